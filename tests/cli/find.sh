#!/bin/sh
# find and sentences: what of a text is printed, and where it stands.
. tests/cli/lib.inc
. "$top/tests/cli/workspace.inc"
make_workspace "$work/ws"
cd "$work/ws" || exit 1
tab=$(printf '\t')

run 0 "a word in all articles" find 'levee says that 42'
is "is shown in its sentence" "$(cat "$work/out")" \
    'flood/levee:8: Sentence 006 of the [levee says that 42] people came.
flood/levee:108: Sentence 106 of the [levee says that 42] people came.'
run 0 "accents and case are folded" find ubersch dam
is "in the article named" "$(cat "$work/out")" 'flood/dam:1: [Übersch]rift — 東京, der Bericht über dam'
run 0 "a plain hyphen finds a dash" find --tsv 'rift - 東' levee
is "positions are code points" "$(sed 1d "$work/out")" \
    "flood/levee${tab}7${tab}15${tab}1${tab}rift — 東${tab}Übersch${tab}京, der Bericht über levee"
run 0 "a regular expression" find --tsv '/people came\.$/'
is "all its matches" "$(rows)" 270
run 0 "JSON" find --json '/der \w+/'
is_json "is JSON" out
has "with numbers" out '"line": 1'
run 1 "nothing found" find Flood
is "nothing is printed" "$(cat "$work/out")$(cat "$work/err")" ""
run 1 "nothing found as JSON" find --json Flood
is "is an empty list" "$(cat "$work/out")" "[]"
run 2 "no regular expression" find '/(/'
has "is said" err "is no regular expression"
run 2 "no pattern" find
run 3 "no such article" find people nowhere
has "is named" err "no article 'nowhere'"
run 3 "the articles that are there" find 'Sentence 001' nowhere dam
is "are searched all the same" "$(cat "$work/out")" 'flood/dam:3: [Sentence 001] of the dam says that 7 people came.'
rm corpus/flood/levee.txt && mkfifo corpus/flood/levee.txt
run 3 "a text that cannot be read" find 'Sentence 001' levee dam
is "stops no other" "$(wc -l <"$work/out" | tr -d ' ')" 1
rm corpus/flood/levee.txt

awk 'BEGIN { for (i = 0; i < 40; i++) printf "word%02d ", i; print "needle", "end."
    for (i = 0; i < 5000; i++) printf "a"; print "bcd\nOne. Two needle\r\nneedle" }' >corpus/flood/long.txt
run 0 "a long sentence" find needle long
is "is cut at words" "$(cat "$work/out")" \
    'flood/long:1: …word35 word36 word37 word38 word39 [needle] end.
flood/long:3: Two [needle]
flood/long:4: [needle]'
run 2 "a pathological pattern" find '/(a|aa|aaa)*[bc]d/'
has "stops at the limit, the article is named" err "'flood/long'"
run 2 "what stands elsewhere" find '/Sentence 00[12]|(a|aa|aaa)*[bc]d/'
is "is still found" "$(wc -l <"$work/out" | tr -d ' ')" 2
run 0 "a match over a line end" find --tsv '/needle\s+needle/'
is "is one row" "$(rows)" 1
printf 'x\033[2Jneedle \302\233\n' >corpus/flood/evil.txt
run 0 "a text with escapes" find needle evil
is "is made visible" "$(cat "$work/out")" 'flood/evil:1: x^[[2J[needle] <9B>'
if command -v python3 >/dev/null; then
    # Ctrl-C is pressed before it begins, and held back by who started it.
    python3 -c 'import os, signal, sys
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
os.kill(os.getpid(), signal.SIGINT)
os.execv(sys.argv[1], sys.argv[1:])' "$gainsay" find --json people >"$work/out" 2>"$work/err" </dev/null
    is "status after Ctrl-C" $? 130
    is "what was found until then" "$(cat "$work/out")" "[]"
else
    echo "ok cli find: Ctrl-C # SKIP python3 is not installed"
fi

cd "$work" || exit 1
printf 'One, as I said.  Ünd zwei! “Three?”\n\nFour goes\non.' >text
run 0 "sentences of a file, without a workspace" sentences text
is "are pairs of code points" "$(cat "$work/out")" "0 15
17 26
27 35
37 46
47 50"
run 0 "hard-wrapped" sentences --hard-wrapped text
is "line ends are blanks" "$(tail -1 "$work/out")" "37 50"
run 0 "clauses" sentences --clauses text
is "are parts of them" "$(head -2 "$work/out")" "0 3
5 14"
run 0 "sentences as JSON" sentences --json text
is_json "are JSON" out
run 0 "sentences as TSV" sentences --tsv text
is "have a line of names" "$(sed -n '1p;6p' "$work/out")" "start${tab}end
47${tab}50"
"$gainsay" sentences - <text >"$work/out"
is "standard input" "$(wc -l <"$work/out" | tr -d ' ')" 5
run 0 "of an article, by the end of its name" -C ws sentences dam
is "all of them" "$(wc -l <"$work/out" | tr -d ' ')" 136
run 3 "neither file nor article" sentences nothing
has "is said" err "'nothing' is no file"
run 3 "no article in a workspace" -C ws sentences nothing
has "names the articles" err "flood/dam"
finish
