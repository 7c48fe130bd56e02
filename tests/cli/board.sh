#!/bin/sh
# The dispute board: on a workspace whose figures are known, and on the sample, whose planted
# disagreements it must show.
. tests/cli/lib.inc
. "$top/tests/cli/workspace.inc"
make_workspace "$work/ws"
cd "$work/ws" || exit 1

where() { # QUERY: rows of ana's board
    "$gainsay" --as ana --tsv board --where "$1" >"$work/out" 2>"$work/err"
    rows
}
weights() { # how many rows of each weight, ana's
    "$gainsay" --as ana --tsv board | sed 1d | cut -f 4 | sort | uniq -c | awk '{ printf "%s %s, ", $1, $2 }'
}

# 13 links over the articles, 3 within the dam, 3 omits; without counterpart: 135 - 13 claims of the levee, in
# the dam 3 fewer for which it is said.
run 0 "two annotators, one event" --tsv board
is "every annotator's rows" "$(rows)" $((2 * (13 + 3 + 3 + 122 + 119)))
is "weights" "$(weights)" "3 dispute, 13 numbers, 244 one-sided, "
is "a link's type" "$(where link:undercuts)" 3
is "a point" "$(where point:number)" 13
is "either article" "$(where 'disputed article:levee')" 13
run 0 "values of both sides" --as ana --tsv board --where 'id:cad00010'
is "figures against each other" "$(sed -n 2p "$work/out" | cut -f 16,22)" "70 people	70 people"
run 0 "an event by name" --as ben board flood
has "its topic" out "even"
run 3 "an event that is not there" board drought
has "what an event is" err "no event 'drought'"
run 1 "nothing matches" board --where 'topic:none'
run 2 "a wrong query" board --where 'topic:'
has "its place is told" err "gainsay: query: column "
run 0 "as JSON" --as ana --json board --where link:undercuts
is_json "is JSON" out
has "records as in the format" out '"link": {'
run 0 "matrix as JSON" --json board --matrix
is_json "is JSON too" out
run 0 "the matrix" --as ana --tsv board --matrix
is "a cell for each topic and article" "$(rows)" 4
is "claims, links, disputes" "$(sed -n 2p "$work/out" | cut -f 5-)" "67	14	14"

# The sample: rows of the README of the corpus that are linked stand on the board with both wordings.
cd "$top" || exit 1
row() { # TOPIC WEIGHT: left and right wording of its first row
    "$gainsay" --tsv board --where "topic:$1" | awk -F '\t' -v w="$2" '$4 == w { print $13 " | " $19; exit }'
}
is "casualties" "$(row deaths strict)" "killed Haqqani, the acting Minister for Refugees, along with six \
more people | Khalil Ur-Rahman Haqqani … was killed by an explosion in Kabul together with five other people"
is "the place" "$(row scene scene | cut -d '|' -f 2)" " what had happened in the compound of the refugee ministry"
is "number of attacks" "$(row attacks numbers | cut -d '|' -f 1)" "put its attacks since 2021 at more than 300 "
is "agreed: ISKP acts on its own" "$(row backing agreement | cut -d '|' -f 1)" "takes its own decisions "
for topic in relocation bounty; do
    "$gainsay" --tsv board --matrix | awk -F '\t' -v t=$topic '$3 == t { printf "%s ", ($5 > 0) }' >"$work/out"
    is "only one has $topic" "$(cat "$work/out")" "1 0 "
done
run 1 "a value that nothing can have" board --where type:quantty
has "is told, with the nearest" err "'quantty' is no type; did you mean 'quantity'?"
finish
