#!/bin/sh
# Instructions by callgrind, which no other load changes: a line each, NAME TAB COUNT. With BASE, a
# file of such lines, what changed since.
# usage: BUILD=build/cc [BASE=FILE] tests/bench/counts.sh
set -u
command -v valgrind >/dev/null || { echo "counts: valgrind is not installed, no instructions counted"; exit 0; }
gainsay=$(pwd)/$BUILD/gainsay
textspeed=$(pwd)/$BUILD/bench/textspeed
out=$(pwd)/$BUILD/bench/counts.tsv
base=${BASE:-}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export LC_ALL=C.UTF-8 GAINSAY_STATE=/dev/null/none GAINSAY_SEED=1 GAINSAY_NOW=2026-01-01T00:00:00Z

mkdir -p "$tmp/corpus/made" "$tmp/annotations"
awk 'BEGIN { for (p = 0; p < 100; p++) { for (s = 0; s < 5; s++)
    printf "The office of town %d said on day %d that %d people had left the place. ", p, s, p * 7 + s
    print "\n" } }' >"$tmp/corpus/made/long.txt"
awk 'BEGIN { for (i = 0; i < 300; i++) print "keys )C" }' >"$tmp/mark"
"$gainsay" -C "$tmp" --as bench read --script "$tmp/mark" made/long || exit 1

count() { # COMMAND...: its instructions
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null |
        sed -n 's/.*Collected : *\([0-9]*\).*/\1/p'
}
sitting() { # LINE TIMES: instructions of a sitting on a claim in which LINE is run so often
    awk -v line="$1" -v times="$2" 'BEGIN { print "keys ]"; for (i = 0; i < times; i++) print line }' |
        sed 's/;/\n/' >"$tmp/script"
    rm -rf "$tmp/copy"
    mkdir "$tmp/copy"
    cp -R "$tmp/corpus" "$tmp/annotations" "$tmp/copy/"
    count "$gainsay" -C "$tmp/copy" --as bench read --script "$tmp/script" made/long
}
each() { # LINE: instructions of one more LINE
    echo $((($(sitting "$1" 30) - $(sitting "$1" 10)) / 20))
}
{
    printf 'load, 300 claims, first picture\t%s\n' "$(sitting snap 1)"
    printf 'one picture\t%s\n' "$(each snap)"
    printf 'one key, a row down, and its picture\t%s\n' "$(each 'keys j;snap')"
    printf 'one key, a page, and its picture\t%s\n' "$(each 'keys <Space>;snap')"
    printf 'one key that saves\t%s\n' "$(each 'keys !')"
    printf 'wrap of 44 kB, and the start of its driver\t%s\n' \
        "$(count "$textspeed" 1 "$tmp/corpus/made/long.txt" wrap)"
} >"$tmp/counts" && cp "$tmp/counts" "$out"
echo
echo "instructions (also in ${out#"$(pwd)/"}; keep it and give it as BASE to a later run)"
awk -F'\t' -v base="$base" 'BEGIN { while (base != "" && (getline line < base) > 0) { split(line, part, "\t"); was[part[1]] = part[2] } }
    { printf "%-44s %12d", $1, $2; if (was[$1]) printf " %12d %+6.1f %%", was[$1], ($2 / was[$1] - 1) * 100; print "" }' "$out"
