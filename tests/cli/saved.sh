#!/bin/sh
# Saved queries: asked by name wherever a query is, listed, checked with line and column, kept canonical, merged and
# told like any file of records.
. tests/cli/lib.inc
. "$top/tests/cli/workspace.inc"
make_workspace "$work/ws"
cd "$work/ws" || exit 1
file=annotations/queries.yaml

run 1 "no query is saved" queries
is "nothing is printed" "$(cat "$work/out")" ""
run 2 "one is asked for" list @toll
has "where they are saved is told" err "query: column 1: no saved query '@toll'; none is saved yet, in annotations/queries.yaml"
cat >$file <<'END'
gainsay: 1
queries:

- id: odd-figures
  query: topic:odd value:*
  what: Figures of odd topic

# Both of the above and of the mayor.
- id: mayor
  query: '@odd-figures source:mayor'
END
run 0 "the file is right" check
run 0 "the file is canonical" fmt --check $file
run 0 "saved queries are listed" queries --tsv
is "with how many claims match each" "$(sed 1d "$work/out" | cut -f 1,2 | tr '\t' ' ')" "@odd-figures 56
@mayor 20"
run 0 "as JSON" queries --json
is_json "JSON of saved queries" out
for command in list contested disputed sources; do
    "$gainsay" $command --tsv 'topic:odd value:*' >"$work/want" 2>/dev/null
    run $? "$command asks for a saved query" $command --tsv @odd-figures
    is "$command answers as if it were written out" "$(cksum <"$work/out")" "$(cksum <"$work/want")"
done
"$gainsay" board --tsv --where 'topic:odd value:* source:mayor' >"$work/want"
run 0 "board --where asks for one that asks for another" board --tsv --where @mayor
is "it answers as if they were written out" "$(cksum <"$work/out")" "$(cksum <"$work/want")"
run 2 "a misspelt name" list by:ana @mayr
has "is told with the nearest" err "query: column 8: no saved query '@mayr'; did you mean '@mayor'"
run 1 "the name as a word" list '"@mayor"'

cat >>$file <<'END'

- id: slip
  query: type:quantty

- id: wrong
  query: linked tpye:x

- id: Not a name
  query: linked

- id: round
  query: '@again'

- id: again
  query: not @round
END
run 1 "what is wrong is found" check $file
has "a query that cannot be understood" out "$file:16:3: error: column 8: 'tpye:' is no key; did you mean 'type:' [query]"
has "a name that cannot be asked for" out "$file:18:3: error: 'Not a name' cannot be asked for"
has "a query that asks for itself" out "$file:22:3: error: column 1: in '@again': column 5: in '@round': column 1: '@again' asks for itself [query]"
has "a value that nothing can have" out "$file:13:3: warning: 'quantty' is no type; did you mean 'quantity'? [word]"
run 2 "the one that is wrong cannot be listed" queries
has "which it is" err "gainsay: $file:15: column 8: 'tpye:' is no key"
has "the others are" out "@odd-figures"
run 2 "the one that is wrong cannot be asked" list @wrong
has "the column is that of the query typed, then of the saved one" err "query: column 1: in '@wrong': column 8:"
run 0 "nor does it stop the others" list @mayor

printf 'gainsay: 1\nqueries:\n\n- id: toll\n  query: [a]\n' >$file
run 1 "a value of the wrong kind is found" check
has "with its place" out "$file:5:10: error:"
printf 'gainsay: 1\nqueries:\n\n- id: toll\n  query: linked\n- id: toll\n  query: linked\n' >$file
run 4 "an id that stands twice refuses the file" list @toll
has "and says so" err "$file:6"
run 0 "what asks for none is answered" list linked
cd "$work" || exit 1

# Three versions that change what stands apart merge; what meets is left to decide.
printf 'gainsay: 1\nqueries:\n\n- id: one\n  query: linked\n\n- id: two\n  query: silent\n' >base
sed 's/linked/linked strict/' base >ours
sed 's/silent/silent type:event/' base >theirs
run 0 "changes of two queries merge" merge base ours theirs $file
is "both are in it" "$(grep -c 'linked strict\|silent type:event' ours)" 2
sed 's/linked/linked nested/' base >theirs
cp base ours
sed -i 's/linked/linked strict/' ours
run 1 "two changes of one do not" merge base ours theirs $file
run 0 "in words for git" diff --textconv base
has "a query is told" out "saved_query one"
cp base new
sed -i 's/silent/silent nested/' new
run 1 "two files differ" diff base new
has "by the query" out "silent nested"
finish
