#!/bin/sh
# Every subcommand and option on a hostile workspace: no byte that a terminal obeys, no sign that hides or turns
# text, and no invalid UTF-8 comes out, whatever the form and the locale. What there is to run comes from
# `dump commands` and `dump options`, so a new one is tested the day it is there.
. tests/cli/lib.inc
. "$top/tests/cli/hostile.inc"
unset GAINSAY_ANNOTATOR

# Controls but TAB and LF; C1, soft hyphen; U+200B, U+200E.., U+2028.., U+2060.., U+061C, U+FEFF; tags.
raw='[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f\xad]|\xe2\x80[\x8b\x8e\x8f\xa8-\xae]|\xe2\x81[\xa0-\xaf]|\xd8\x9c|\xef\xbb\xbf|\xf3\xa0[\x80-\x87]'
if ! printf 'a\033' | LC_ALL=C grep -qaP "$raw" 2>/dev/null; then
    echo "ok cli hostile # SKIP this grep knows no -P"
    exit 0
fi
make_hostile "$work/ws"
printf 'Text \033[31m of a file \342\200\256\342\200\256 \377 to be added.\n' >"$work/file.txt"
cp -R "$work/ws" "$work/now"
cd "$work/now" || exit 1
runs=0

# try ARG...: what comes out of gainsay ARG... must be clean; a killed program is a finding too.
try() {
    "$gainsay" "$@" </dev/null >"$work/out" 2>"$work/err"
    status=$?
    runs=$((runs + 1))
    cat "$work/out" "$work/err" >"$work/both"
    if LC_ALL=C grep -qaP "$raw" "$work/both"; then
        echo "not ok cli hostile: raw bytes of: $(printf '%s ' "$@" | cat -v)"
        LC_ALL=C grep -aP "$raw" "$work/both" | cat -v | head -3 | cut -c 1-200 | sed 's/^/# /'
        failed=1
    fi
    if ! iconv -f UTF-8 -t UTF-8 "$work/both" >/dev/null 2>&1; then
        echo "not ok cli hostile: invalid UTF-8 of: $(printf '%s ' "$@" | cat -v)"
        failed=1
    fi
    case $1,$status in
    merge,13[0-2]) status=$((status - 128)) ;; # git takes what is below for conflicts
    esac
    if [ $status -ge 126 ]; then
        echo "not ok cli hostile: status $status of: $(printf '%s ' "$@" | cat -v)"
        failed=1
    fi
    case $1 in # what writes is let loose on the same files each time
    add | fmt | init | merge-sources | rename | read)
        rm -rf "$work/now"
        cp -R "$work/ws" "$work/now"
        cd "$work/now" || exit 1
        ;;
    esac
}

# The value that stands for a word of `dump commands` or `dump options`.
value_of() { # WORD
    case $1 in
    ARTICLE* | TABLE) echo ev/one ;;
    OTHER) echo ev/two ;;
    EVENT) echo ev ;;
    SHELL) echo bash ;;
    START) echo 0 ;;
    END) echo 60 ;;
    N) echo 3 ;;
    FILE*) echo "$work/file.txt" ;;
    DIR) echo . ;;
    KIND) echo source ;;
    OLD | KEEP) echo minister ;;
    DROP) echo police ;;
    NEW) echo elder ;;
    PATTERN) echo e ;;
    COLSxROWS) echo 80x24 ;;
    *) printf '%s' "$evil" ;;
    esac
}

# Operands of a command that must be given, or all of them: in "$operands", one a line.
operands_of() { # FORM all|needed
    form=$1
    [ "$2" = all ] || form=$(echo "$form" | sed 's/\[.*//')
    for word in $(echo "$form" | tr -d '[]'); do
        value_of "$(echo "$word" | sed 's/\.\.\.$//; s/|.*//')"
        echo
    done
}

run_with() { # FORM all|needed ARG...
    form=$1 which=$2
    shift 2
    while IFS= read -r operand; do
        [ -z "$operand" ] || set -- "$@" "$operand"
    done <<END
$(operands_of "$form" "$which")
END
    try "$@"
}

printf 'snap first\nkeys gC\nsnap claims\nkeys <Esc>gs\nsnap sources\nkeys <Esc>gd\nsnap board\nkeys <Esc>gw\nsnap todo\nkeys <Esc>]]<Enter>\nsnap form\n' \
    >"$work/keys"
"$gainsay" dump commands --tsv | sed 1d >"$work/commands"
"$gainsay" dump options --tsv | sed 1d >"$work/options"
while IFS="$(printf '\t')" read -r command form help; do
    [ "$command" = "$form" ] || : "$help"
    case $command in read | help) continue ;; esac # one needs a terminal; the other prints our own pages
    for format in '' --json --tsv; do
        run_with "$form" needed "$command" $format
        run_with "$form" all "$command" $format
        [ -n "$format" ] || try "$command" "$evil"
    done
    # Each option of its own, with a value of its kind and a hostile one.
    awk -F '\t' -v OFS='\t' -v command="$command" '$1 == command { print $2, $4 }' "$work/options" >"$work/mine"
    while IFS="$(printf '\t')" read -r option argument; do
        for format in '' --json; do
            if [ -n "$argument" ]; then
                run_with "$form" needed "$command" $format "$option" "$(value_of "$argument")"
                run_with "$form" needed "$command" $format "$option" "$evil"
            else
                run_with "$form" needed "$command" $format "$option"
            fi
        done
    done <"$work/mine"
done <"$work/commands"
for word in topic: source: type: @ "$evil"; do
    try completion fish -- gainsay list "$word"
done
try completion fish -- gainsay show ''
try list --as "$evil"
try list -C "$evil"
try "$evil"
try read ev/one ev/two --as ana --script "$work/keys" --size 100x30
try read ev/one --as ana --script "$work/keys" --size 40x12
for name in $("$gainsay" dump nothing 2>&1 | sed 's/.*one of//' | tr -d ',;:' | head -1); do
    try dump "$name"
    try dump "$name" --json
done
export LC_ALL=C
for command in list contested sources board todo show check; do
    run_with "$(awk -F '\t' -v command=$command '$1 == command { print $2 }' "$work/commands")" needed $command
done
[ $failed -ne 0 ] || echo "ok cli hostile: $runs runs"
[ $runs -ge 150 ]
result $? "enough was run"

# What was printed of it is not nothing: the marks of less stand for the bytes.
export LC_ALL=C.UTF-8
"$gainsay" list >"$work/out" 2>&1
has "bytes are shown by marks" out '^[]0;PWNED^G'
has "hidden signs too" out '<U+202E>'
printf 'x: [1, "%s' "$yaml_evil" >annotations/team.yaml
try check
try list
finish
