#!/bin/sh
# How many parts of the claims of a workspace one clause and two words reach: see README.md here.
# usage: BUILD=build/cc tests/bench/reach.sh [-v] [WORKSPACE]
set -u
verbose=
[ "${1:-}" = -v ] && verbose=-v && shift
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export LC_ALL=C.UTF-8

"$BUILD/gainsay" -C "${1:-.}" export -o "$tmp/out" brat 2>/dev/null || exit 1
find "$tmp/out" -name '*.ann' | sort | while read -r ann; do
    echo "${ann#"$tmp/out/"}"
    # a claim: T NUMBER TAB Claim BEG END[;BEG END...] TAB WORDS
    awk -F'\t' '$1 ~ /^T/ && sub(/^Claim /, "", $2) { gsub(/;/, "\n", $2); print $2 }' "$ann" |
        "$BUILD/bench/reach" $verbose "${ann%.ann}.txt"
done
