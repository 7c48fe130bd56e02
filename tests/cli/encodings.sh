#!/bin/sh
# Texts of any bytes: each opens in every command that reads texts, nothing is changed, and positions behind bad
# bytes are right: a bad byte counts as one code point.
. tests/cli/lib.inc
mkdir -p "$work/ws/corpus/ev" "$work/ws/annotations/ana/ev"
cd "$work/ws" || exit 1

# text NAME FORMAT: a text of these bytes. POSITION: of the word "needle", in code points.
text() { # NAME POSITION FORMAT
    printf "$3" >"corpus/ev/$1.txt"
    cksum <"corpus/ev/$1.txt" >"$work/before"
    for command in "show ev/$1" "sentences ev/$1" "suggest ev/$1" "todo ev/$1" "check corpus/ev/$1.txt" \
        "read ev/$1 --as ana --script /dev/null"; do
        "$gainsay" $command >"$work/out" 2>"$work/err" </dev/null
        status=$?
        if [ $status -gt 4 ] || ! iconv -f UTF-8 -t UTF-8 "$work/out" >/dev/null 2>&1; then
            echo "not ok cli encodings: $1: $command: status $status"
            failed=1
        fi
    done
    is "$1 keeps its bytes" "$(cksum <"corpus/ev/$1.txt")" "$(cat "$work/before")"
    [ -n "$2" ] || return
    run 0 "$1 is searched" find --tsv needle "ev/$1"
    is "$1: where the word stands" "$(sed -n 2p "$work/out" | cut -f 2)" "$2"
}
text empty '' ''
text one-byte '' 'x'
text nul 2 '\000\000needle'
text latin-1 5 'caf\351 needle'
text windows-1252 7 '\223quote\224needle'
text utf-16le '' '\377\376n\000e\000e\000d\000'
text utf-16be '' '\376\377\000n\000e\000e\000d'
text utf-32 '' '\377\376\000\000n\000\000\000'
text mark 1 '\357\273\277needle'
text marks-inside 3 'a\357\273\277\357\273\277needle'
text overlong 2 '\300\257needle'
text overlong-nul 2 '\300\200needle'
text overlong-three 3 '\340\200\257needle'
text surrogates 6 '\355\240\200\355\260\200needle'
text above 4 '\364\220\200\200needle'
text stray 3 '\200\277\277needle'
text cut-two 1 '\303needle'
text cut-three 2 '\342\202needle'
text cut-four 3 '\360\237\230needle'
text cut-at-end 0 'needle\360\237\230'
text never 2 '\376\377needle'
text five-bytes 5 '\370\210\200\200\200needle'
text crlf 3 'a\r\nneedle\r\n'
text cr 2 'a\rneedle\r'
text mixed-ends 6 'a\r\nb\n\rneedle'
text no-end 2 'a\nneedle'
text separators 5 'a\302\205\342\200\250\342\200\251bneedle'
text noncharacters 2 '\357\277\276\357\277\277needle'
text decomposed 5 'cafe\314\201needle'
text astral 2 '\360\237\230\200\360\220\200\200needle'
text gb18030 4 '\261\261\276\251needle'
text shift-jis 4 '\223\372\226\173needle'
finish
