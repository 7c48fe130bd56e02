#!/bin/sh
# Queries that cannot be understood: the column, and what could stand there; who asks.
. tests/cli/lib.inc
. "$top/tests/cli/workspace.inc"
make_workspace "$work/ws"
cd "$work/ws" || exit 1

for query in 'topic:' '(odd' 'nokey:x' 'not' 'a or' '/[/' ; do
    run 2 "a wrong query: $query" list "$query"
    has "its place is told: $query" err "gainsay: query: column "
done
run 2 "an annotator who is not here" list --as nobody
has "those who are, are named" err "ana, ben"
run 0 "a query in several words is one" list topic:odd not type:quantity --tsv
several=$(rows)
run 0 "a query in one word" list 'topic:odd not type:quantity' --tsv
is "both are the same" "$(rows)" "$several"
run 1 "a value that nothing can have" list type:quantty source:mayer
has "is told, with the nearest" err "gainsay: warning: query: 'quantty' is no type; did you mean 'quantity'?"
has "also of a source" err "no source goes by 'mayer'; did you mean 'mayor'?"
run 0 "words of the quote" list '"Sentence 007"' --tsv
is "found in both texts, by both" "$(rows)" 4
run 0 "words of what it says" list '"says number 7"' --tsv
run 0 "either of two" list 'id:cad00001 or id:cad00002' --tsv
is "both" "$(rows)" 2
finish
