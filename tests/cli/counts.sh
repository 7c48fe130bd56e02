#!/bin/sh
# --count-by: claims and voices grouped, with answers that are known; what cannot be counted by.
. tests/cli/lib.inc
. "$top/tests/cli/workspace.inc"
make_workspace "$work/ws"
cd "$work/ws" || exit 1

# row VALUES: the count of a row of ./out as TSV
row() {
    awk -F '\t' -v OFS='\t' -v wanted="$1" '{ n = $NF; NF--; if ($0 == wanted) print n }' "$work/out"
}
run 0 "claims by type" list --count-by type --tsv
is "the line of names" "$(head -1 "$work/out")" "$(printf 'type\tcount')"
is "the most first" "$(sed -n 2p "$work/out")" "$(printf 'event\t%d' $((total_claims - total_quantity)))"
is "then the rest" "$(row quantity)" $total_quantity
run 0 "disputed claims by two keys" disputed --count-by by,article --tsv
is "each combination" "$(sed 1d "$work/out" | tr '\t' ' ')" "ana flood/dam 13
ana flood/levee 13
ben flood/dam 13
ben flood/levee 13"
run 0 "claims by source" list --count-by source,kind --tsv
is "a claim counts for each of its voices" "$(row "$(printf 'mayor\toffice')")" $total_mayor
is "what has no voice counts under nothing" "$(row "$(printf '\t')")" $((total_claims - 180 - 132 + 44))
run 0 "a flag" list --count-by contested --tsv
is "yes and no" "$(row yes),$(row no)" "$total_contested,$((total_claims - total_contested))"
run 0 "voices by act" sources --count-by source,act --tsv
is "an act goes with its own source" "$(sed 1d "$work/out" | tr '\t' ' ')" "mayor confirms 180
police reports 132
residents alleges 132"
run 0 "in words" sources --count-by source
is "what is counted is said" "$(tail -1 "$work/out")" "of $total_voices voices"
run 0 "claims with several values, in words" list source:police --count-by source
has "are said to count for each" out "of 132 claims; one with several values counts for each"
run 0 "as JSON" contested --count-by by,type --json
is_json "prints JSON" out
has "says how many in all" out "\"claims\": $total_contested"
run 1 "nothing to count" list topic:none --count-by type --json
has "none in all" out '"claims": 0'
for keys in nothing '' 'type,,by' note voices; do
    run 2 "what nothing can be counted by: '$keys'" list --count-by "$keys"
    has "what can is named" err "there are article, event, by, type, form,"
done
finish
