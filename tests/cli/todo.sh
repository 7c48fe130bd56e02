#!/bin/sh
# Work left: exit status, each kind with its place, coverage; a reading that is finished has none.
. tests/cli/lib.inc
mkdir -p "$work/ws/corpus/fire" "$work/ws/annotations/ana/fire"
cd "$work/ws" || exit 1
printf 'The mayor said that five people died.\nNobody saw it.\n' >corpus/fire/gazette.txt
printf 'gainsay: 1\nsources:\n\n- id: mayor\n  name: The Mayor\n  kind: office\n' >annotations/sources.yaml
claim() { # LINES behind the claim's type
    cat <<END
gainsay: 1
article: fire/gazette
annotator: ana
claims:

- id: c0000001
  span:
  - at: [20, 36]
    quote: five people died
  type: quantity
  attributed_to:
  - source: mayor
    act: asserts
END
    printf '%s\n' "$@"
}
cue='    cue:
      at: [0, 19]
      quote: The mayor said that'
nothing='furniture:

- id: f0000001
  span:
  - at: [38, 52]
    quote: Nobody saw it.'
kinds() {
    "$gainsay" --tsv todo gazette | sed 1d | cut -f 3 | tr '\n' ' '
}

run 1 "an article that nobody has begun" todo gazette
has "is all left" out "2 left, 0 % of the text covered"
claim >annotations/ana/fire/gazette.yaml
run 1 "work left" todo
has "the voice" out "mayor speaks without a cue"
has "the text" out "“Nobody saw it.”"
is "its kinds" "$(kinds)" "cue text text "
claim "$cue" "$nothing" >annotations/ana/fire/gazette.yaml
run 0 "nothing left" todo
has "it is said" out "0 left, 100 % of the text covered"
run 0 "no rows" --tsv todo
is "but the names" "$(rows)" 0
printf 'Six people died.\n' >corpus/fire/herald.txt
is "another article" "$(kinds)" "counterpart "
run 1 "and it is not begun" --tsv todo --as ana
is "it is left as well" "$(sed -n '$p' "$work/out" | cut -f 1-3,8)" "ana	fire/herald	text	Six people died."
run 1 "as JSON" --json todo gazette
is_json "is JSON" out
sed 's/source: mayor/source: major/; s/five people/nine people/' annotations/ana/fire/gazette.yaml >"$work/new"
cp "$work/new" annotations/ana/fire/gazette.yaml
is "wrong before missing" "$(kinds)" "anchor id counterpart "
run 1 "coverage" --tsv todo --coverage gazette
is "furniture is no prose" "$(sed 1d "$work/out" | cut -f 3-)" "1	0	37	30	30"
run 3 "an article that is not there" todo nowhere

# What is left of claims that a query asks for, and of whole readings.
cat >>annotations/ana/fire/gazette.yaml <<'END'

links:

- id: l0000001
  from: c0000001
  to:
    article: fire/herald
    claim: c0000009
  type: differs
END
asked() { # QUERY [OPTION...]
    "$gainsay" --tsv todo --where "$@" | sed 1d | cut -f 2,3 | tr '\t\n' ': '
}
is "claims that match" "$(asked type:quantity)" \
    "fire/gazette:anchor fire/gazette:id fire/gazette:id fire/gazette:why fire/gazette:point "
is "by a link" "$(asked link:differs gazette | wc -w)" 5
is "by another" "$(asked 'link:contradicts')" ""
run 0 "nothing is left of none" todo --where type:event
is "and nothing is printed" "$(wc -c <"$work/out" | tr -d ' ')" 0
is "a reading with its text" "$(asked article:herald)" "fire/herald:text "
is "of one annotator" "$(asked 'by:ana article:herald')" "fire/herald:text "
is "of nobody here" "$(asked by:ben)" ""
is "not of the other" "$(asked 'not article:herald' | tr ' ' '\n' | grep -c herald)" 0
run 1 "coverage of a reading" todo --coverage --where event:fire
run 2 "but of no claims" todo --coverage --where type:event
has "it is said" err "can ask by 'article:'"
run 2 "a query that is wrong" todo --where 'type:'
has "its column" err "query: column"
run 1 "a value that nothing has" todo --where 'type:quantity,quantty'
has "is warned of" err "quantty"
# Every kind is in the manual.
sed -n 's/^LEFT([A-Z]*, *"\([a-z]*\)".*/\1/p' "$top/src/model/worklist.def" >"$work/names"
while read -r name; do
    grep -q "^\.It Li $name$" "$top/man/gainsay.1"
    result $? "the manual has $name"
done <"$work/names"
finish
