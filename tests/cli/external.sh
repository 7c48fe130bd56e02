#!/bin/sh
# A workspace that another program wrote after the format: it opens, passes `check`, and the questions get
# the answers that are known.
. tests/cli/lib.inc
. "$top/tests/cli/workspace.inc"
make_workspace "$work/ws"
cd "$work/ws" || exit 1
find . -type f | sort | xargs cksum >"$work/before"

run 0 "check has no errors" check
has "check says so" out "0 errors"
run 0 "check as TSV" check --tsv
is "check names no error" "$(grep -c '^error' "$work/out")" 0

# count ANSWER NAME ARG...: rows of gainsay ARG... --tsv
count() {
    wanted=$1 what=$2
    shift 2
    run 0 "$what" "$@" --tsv
    is "$what: how many" "$(rows)" "$wanted"
}
count $total_claims "all claims" list
count $total_contested "contested claims" contested
count $total_disputed "disputed claims" disputed
count $total_voices "voices of all sources" sources
count $total_quantity "claims of a type" list type:quantity
count $total_mayor "claims of a source by its id" list source:mayor
count $total_mayor "claims of a source by its alias" list 'source:"ms ortiz"'
count $((total_claims / 2)) "claims of one annotator by --as" list --as ben
count $((total_claims / 2)) "claims of one annotator by the query" list by:ben
count $((total_claims / 4)) "claims of one article by one annotator" list article:flood/dam by:ana
count $((total_disputed / 4)) "disputed in one article, linked from the other" disputed article:flood/dam by:ben
count $((total_claims - total_contested)) "what is not contested" list not contested
count 6 "what the other article is silent about" list silent
count 272 "of odd topic" list topic:odd

run 1 "nothing found" list topic:none
is "nothing is printed when nothing is found" "$(cat "$work/out")" ""
for command in list contested disputed sources; do
    run 0 "$command as JSON" $command --json by:ana
    is_json "$command prints JSON" out
done
run 1 "nothing found as JSON" list --json topic:none
is "nothing is an empty list" "$(cat "$work/out")" "[]"

run 0 "disputed says by what" disputed --tsv id:cad00010
is "the counterpart and the reason" "$(sed -n 2p "$work/out" | cut -f 7-12)" \
    "$(printf 'contradicts\tnumber\tnumber 10\tlad00010\tflood/levee\tcav00010')"
run 0 "the same link from its other end" disputed --tsv id:cav00010
is "the counterpart seen from there" "$(sed -n 2p "$work/out" | cut -f 7-12)" \
    "$(printf 'contradicts\tnumber\tnumber 10\tlad00010\tflood/dam\tcad00010')"
run 0 "contested says how" contested --tsv id:cad00054,cad00055,cad00090
is "by a mark, a neighbour, the other article" "$(sed 1d "$work/out" | cut -f 3,9-10 | tr '\t' ' ')" \
    "cad00054 mark,within police,flood/dam#cad00055
cad00055 within flood/dam#cad00054
cad00090 mark,disputed police,flood/levee#cav00090"
run 0 "a voice inside a voice" sources --tsv id:cad00004
is "comes through the outer one" "$(sed 1d "$work/out" | cut -f 1,4,8 | tr '\t' ' ')" \
    "police reports 
residents alleges police"
run 0 "a claim as JSON" list --json id:cad00090
has "fields by their names" out '"attributed_to": ['
has "position" out '      "at": ['
has "derived flags" out '"disputed": true'
has "figures are numbers" out '"number": 30'

run 0 "show" show dam
has "marks stand in the text" out '[1 [2 Sentence 001 of the dam says that 7 people came ]2 ]1.'
has "claims stand under it" out '[1] cad00001  40-87  ana'
has "notes stand under it" out 'note nad00001  14-16  ana  question “東京”: Why Tokyo? Why here?'
has "furniture too" out 'furniture fbd00001  0-38  ben  “Überschrift — 東京, der Bericht über dam”'
has "and what the other article leaves out" out '· flood/levee (omits; searched: flood)'
has "figures" out 'value exactly 35 people'
run 0 "show as JSON" show --json flood/levee
is_json "show prints JSON" out
run 0 "fmt finds this form canonical" fmt --check
is "fmt names nothing" "$(cat "$work/out")" ""

is "asking writes nothing" "$(find . -type f | sort | xargs cksum)" "$(cat "$work/before")"
finish
