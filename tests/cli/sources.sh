#!/bin/sh
# sources: who says what, and under which names the texts speak of them.
. tests/cli/lib.inc
cp -R "$top/tests/screens/fixture" "$work/ws"
cd "$work/ws" || exit 1

run 0 "the names in the texts" sources --names
has "the articles stand at the top" out "ferry"
has "a name with its counts side by side" out "    the company"
has "parts stand below their wholes" out "  Ane Brekke  ane-brekke  person"
run 0 "as rows" sources --names --tsv
[ "$(rows)" != uneven ]
result $? "all rows are even"
run 0 "as JSON" sources --names --json
is_json "is JSON" out
run 0 "of the articles of a query" sources --names --tsv article:herald
grep -q 'ferry/tribune' "$work/out"
is "others are left out" $? 1
run 1 "of no article" sources --names article:nothing

count() { # FORM ARTICLE: counted, doubtful
    "$gainsay" sources --names --tsv |
        awk -F '\t' -v form="$1" -v article="ferry/$2" '$6 == form && $7 == article { print $8, $9, $10 }'
}
before=$(count 'the company' herald)
is "it was counted" "${before%% *}" "$(grep -io 'the company' corpus/ferry/herald.txt | wc -l | tr -d ' ')"
sed -i 's/^  kind: collective$/&\n  aliases: [the company]/' annotations/sources.yaml
is "a name of two sources counts for neither" "$(count 'the company' herald)" \
    "0 ${before%% *} survivors
0 ${before%% *} ferry-company"
run 0 "and is flagged" sources --names
has "with whose it is too" out "also a name of survivors"

. "$top/tests/cli/workspace.inc"
make_workspace "$work/flood"
run 0 "who says what" -C "$work/flood" sources source:residents
has "whom a voice is cited by is told by name" out "via Police “"
finish
