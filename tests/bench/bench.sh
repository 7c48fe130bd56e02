#!/bin/sh
# The reader against less on this machine, side by side: see README.md here for how to read it.
# usage: BUILD=build/cc tests/bench/bench.sh [RUNS]
set -u
runs=${1:-9}
gainsay=$(pwd)/$BUILD/gainsay
ptytime=$(pwd)/$BUILD/bench/ptytime
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
unset NO_COLOR
export TERM=xterm-256color LC_ALL=C.UTF-8 LESSHISTFILE=- GAINSAY_SEED=1
export GAINSAY_STATE=/dev/null/none # every sitting begins at the top

# The sample, and a text with 300 claims made by the keys a reader would press.
cp -R corpus annotations "$tmp/"
mkdir -p "$tmp/large/corpus/made" "$tmp/large/annotations"
awk 'BEGIN { for (p = 0; p < 100; p++) { for (s = 0; s < 5; s++)
    printf "The office of town %d said on day %d that %d people had left the place. ", p, s, p * 7 + s
    print "\n" } }' >"$tmp/large/corpus/made/long.txt"
awk 'BEGIN { for (i = 0; i < 300; i++) print "keys )C" }' >"$tmp/mark.keys"
"$gainsay" -C "$tmp/large" --as bench read --script "$tmp/mark.keys" made/long || exit 1
claims=$(grep -c '^- id: c' "$tmp/large/annotations/bench/made/long.yaml")

article=$(cd "$tmp/corpus" && find . -name '*.txt' | LC_ALL=C sort | sed -n '1s#^\./##p')
reader="exec $gainsay -C $tmp --as ana read ${article%.txt}"
large="exec $gainsay -C $tmp/large --as bench read made/long"

row() { # WHAT GAINSAY PEER GOAL
    awk -v what="$1" -v a="$2" -v b="$3" -v goal="$4" 'BEGIN {
        ratio = (b + 0) ? sprintf("%.2f", a / b) : ""
        printf "%-44s %9s %9s %8s  %s\n", what, a, (b + 0) ? b : "", ratio, goal }'
}
field() { echo "$figures" | sed -n "$1p" | cut -d' ' -f"$2"; }

echo "120x40, medians of $runs runs in turn; gainsay against less"
printf '%-44s %9s %9s %8s  %s\n' '' gainsay less ratio goal
figures=$("$ptytime" "$runs" j 20 q "$reader" j 20 q "exec less $tmp/corpus/$article")
row "first paint of the sample, ms" "$(field 1 1)" "$(field 2 1)" "<= 3 times less"
row "bytes of the first screen" "$(field 1 2)" "$(field 2 2)" ""
figures=$("$ptytime" 3 '\x05' 40 q "$large" j 40 q "exec less $tmp/large/corpus/made/long.txt")
row "one row scrolled, $claims claims: bytes" "$(field 1 5)" "$(field 2 5)" ""
row "one row scrolled, $claims claims: ms" "$(field 1 3)" "$(field 2 3)" "<= 16 ms"
line_of() { # WHAT KEYS COUNT: bytes for one row or page, by the terminal's abilities
    figures=$("$ptytime" 1 "$2" "$3" q "$large")
    row "$1: bytes" "$(field 1 5)" 0 ""
}
line_of "one page" ' ' 20
export FIRST=gC # the list of claims beside the text
line_of "one row, the list stays" '\x05' 40
export GAINSAY_MARGINS=1
line_of "one row, the list stays, margins" '\x05' 40
line_of "one page, the list stays, margins" ' ' 20
unset FIRST GAINSAY_MARGINS
key() { # KEYS WHAT
    figures=$("$ptytime" 1 "$1" 25 q "$large")
    row "$2: median, ms" "$(field 1 3)" 0 "<= 16 ms"
    row "$2: 99 of 100, ms" "$(field 1 4)" 0 ""
}
key j "j, one row down"
key ')' "), the next sentence"
key ']' "], the next claim"
key '/office\n' "a search, five letters"
key ')!' ")!, contested and on disk"
