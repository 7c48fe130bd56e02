#!/bin/sh
# rename and merge-sources: all files or none, and nothing in them but the name.
. tests/cli/lib.inc
cp -R "$top/tests/screens/fixture" "$work/ws"
cd "$work/ws" || exit 1
cp -R annotations "$work/before"
sum() { diff -r "$work/before" annotations | grep -c '^[<>]'; }
ids() { grep -- '- id: [a-z-]*$' annotations/sources.yaml | sort -c && echo sorted; }

run 0 "a dry run tells" rename -n source coast-guard zz-guard
is "each file and its places" "$(cat "$work/out")" "annotations/ana/ferry/tribune.yaml  1
annotations/sources.yaml            1"
is "and writes nothing" "$(sum)" 0
run 0 "a source is renamed" rename source coast-guard zz-guard
grep -rq 'coast-guard' annotations
is "in all files" $? 1
is "the registry is in order" "$(ids)" sorted
run 0 "the check finds nothing wrong" check
run 0 "and back" rename source zz-guard coast-guard
is "byte for byte" "$(sum)" 0

run 0 "a topic" rename topic load 'cargo: weight'
is "touches its lines alone" "$(sum)" 8
run 0 "is renamed into words that need quotes, and found" list 'topic:"cargo: weight"'
run 0 "and back" rename topic 'cargo: weight' load
is "byte for byte, a topic" "$(sum)" 0
run 0 "a tag" rename --tsv tag anonymous nameless
has "as rows" out "annotations/ana/ferry/herald.yaml	1"
run 0 "and back" rename --json tag nameless anonymous
is_json "as JSON" out
run 1 "a name that nobody uses" rename tag nothing something

cat >annotations/queries.yaml <<'END'
gainsay: 1
queries:

# What weighed.
- id: weight
  query: '(topic:load,"load"  or tag:load) load source:load'

- id: too-much
  query: '@weight not topic:load'
  what: load
END
cp annotations/queries.yaml "$work/queries"
run 0 "a topic that saved queries ask for" rename topic load 'cargo: weight'
is "is another in them, and nothing else is" "$(diff "$work/queries" annotations/queries.yaml | sed -n 's/^> *//p')" \
    "query: '(topic:\"cargo: weight\",\"cargo: weight\"  or tag:load) load source:load'
query: '@weight not topic:\"cargo: weight\"'"
run 0 "and back" rename topic 'cargo: weight' load
run 0 "they can still be asked" list --tsv '@weight or linked'
rm annotations/queries.yaml
run 0 "a built-in value" rename act denies rejects
has "goes into the scheme" out "annotations/scheme.yaml"
run 0 "the check knows it" check
run 0 "a value of the scheme" rename act rejects refuses
run 0 "is found" list act:refuses
run 4 "a value that there is" rename act refuses reports
run 4 "a value that there is not" rename act refuse says
has "names the nearest" err "did you mean 'refuses'?"
rm annotations/scheme.yaml
run 0 "values that the scheme lacks go back to one that it has" rename act refuses denies
is "byte for byte, an act" "$(sum)" 0

run 4 "a source that there is not" rename source coastguard x
has "names the nearest source" err "did you mean 'coast-guard'?"
run 4 "an id that is taken" rename source coast-guard police
has "leads to merging" err "gainsay merge-sources police coast-guard"
run 2 "no kind" rename sauce a b
has "names the kinds" err "source, topic, tag, type, form, act"
run 2 "the name it has" rename topic load load
run 2 "too few words" rename topic load

run 0 "two sources are merged" merge-sources police coast-guard
is "with one line" "$(diff -r "$work/before" annotations | grep '^[<>]')" ">   merged: [coast-guard]"
run 0 "the check finds nothing wrong in that" check
run 0 "an old id still resolves" sources source:police --tsv
has "to the source that took it in" out "police	the police	office	reports	ferry/tribune"
is "in all its rows" "$(grep -c '^coast-guard' "$work/out")" 0
run 4 "merging twice" merge-sources police coast-guard
has "is refused" err "'police' and 'coast-guard' are one source"
run 4 "merging into a part of it" merge-sources ane-brekke ferry-company
run 4 "merging nobody" merge-sources police polise
run 4 "undoing what was not done" merge-sources --undo police deckhand
run 0 "and undone" merge-sources --undo police coast-guard
is "byte for byte, the registry" "$(sum)" 0

printf 'claims: [\n' >annotations/ana/ferry/herald.yaml
run 4 "a file that is no YAML stops all" rename source coast-guard zz-guard
has "with its name" err "annotations/ana/ferry/herald.yaml:2:1"
is "and nothing else is changed" "$(diff -rq "$work/before" annotations | grep -c .)" 1
finish
