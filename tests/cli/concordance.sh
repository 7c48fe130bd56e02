#!/bin/sh
# concordance: occurrences below each other, with who says them there; orders; claims; sources by articles by act.
. tests/cli/lib.inc
mkdir -p "$work/ws/corpus/fire" "$work/ws/annotations/ana/fire"
cd "$work/ws" || exit 1
printf 'The mill 東京 burned.\nThe mayor said the old mill burned down.\nNo mill stood near the river, residents say of the mills.\n' >corpus/fire/gazette.txt
printf 'A mill burned.\n' >corpus/fire/herald.txt
printf 'published: 2026-11-02\n' >corpus/fire/gazette.yaml
printf 'published: 2026-11-01\n' >corpus/fire/herald.yaml
printf 'gainsay: 1\nsources:\n\n- id: mayor\n  name: The Mayor\n\n- id: residents\n' >annotations/sources.yaml
cat >annotations/ana/fire/gazette.yaml <<'END'
gainsay: 1
article: fire/gazette
annotator: ana
claims:

- id: c0000001
  span:
  - at: [35, 59]
    quote: the old mill burned down
  says: The mill went up in flames.
  type: event
  attributed_to:
  - source: mayor
    act: asserts
    citing:
      source: residents
      act: alleges

- id: c0000002
  span:
  - at: [61, 118]
    quote: No mill stood near the river, residents say of the mills.
  type: place
  attributed_to:
  - source: residents
    act: denies

- id: c0000003
  span:
  - at: [61, 68]
    quote: No mill
  type: place
END

# column N: that column of the rows of ./out
column() {
    sed 1d "$work/out" | cut -f "$1"
}
run 0 "occurrences" concordance --tsv mill
is "in the order of the texts" "$(column 1,3 | tr '\t\n' ': ')" \
    "fire/gazette:1 fire/gazette:2 fire/gazette:3 fire/gazette:3 fire/herald:1 "
is "each with the shortest claim it stands in" "$(column 6 | tr '\n' ,)" ",c0000001,c0000003,c0000002,,"
is "and with its voices" "$(column 8 | sed -n 2p)" "mayor:asserts>residents:alleges"
run 0 "by date" concordance --tsv --sort date mill
is "the oldest first" "$(column 1 | head -1)" fire/herald
run 0 "by source, then from the last" concordance --tsv -s source,after mill
is "what has no source comes last" "$(column 6 | tr '\n' ,)" "c0000001,c0000002,,c0000003,,"
run 0 "by what stands before" concordance --tsv --sort before mill
is "word by word to the left" "$(column 9 | tr '\n' '|')" \
    "A |No |The mayor said the old |The |No mill stood near the river, residents say of the |"
run 0 "by what stands behind" concordance --tsv --sort after /mills?/
is "to the right" "$(column 10,11 | head -1)" "$(printf 'mills\t.')"
run 0 "by what was found" concordance --tsv --sort match /mills?/
is "the longest last" "$(column 10 | tail -1)" mills
run 2 "nothing can be sorted by that" concordance --sort size mill
has "what can is named" err "there are article, date, source, match, before, after"
run 0 "only in claims that match" concordance --tsv --where act:denies mill
is "two stand there" "$(rows)" 2
run 0 "in one article" concordance --tsv mill herald
is "one stands there" "$(rows)" 1
run 0 "in what claims say" concordance --tsv --says mill
is "with the claim that says it" "$(column 1,3,6,10 | tr '\t' ' ')" "fire/gazette  c0000001 mill"
run 1 "nowhere" concordance xyzzy
run 1 "in no claim that matches" concordance --where type:quantity mill
run 2 "a query that cannot be understood" concordance --where tpye:x mill
run 2 "a pattern that cannot be understood" concordance '/(/'
run 0 "as JSON" concordance --json mill
is_json "JSON of occurrences" out
COLUMNS=60 "$gainsay" concordance mill >"$work/out"
is "the occurrences stand below each other, by cells" "$(cat "$work/out")" \
    "gazette:1                         The [mill] 東京 burned.
gazette:2  The Mayor  or said the old [mill] burned down.
gazette:3                          No [mill] stood near the
gazette:3  residents  ents say of the [mill]s.
herald:1                            A [mill] burned."
COLUMNS=40 "$gainsay" concordance mill >"$work/out"
is "where there is no room the source goes first" "$(sed -n 2p "$work/out")" "gazette:2  id the old [mill] burned down"
sed -i 's/The mayor/Our mayor/; s/old mill/new mill/' corpus/fire/gazette.txt
run 0 "the text changed" concordance --tsv 'new mill'
is "a claim whose words are gone says nothing of it" "$(column 6)" ""

run 0 "sources by articles by act" sources --matrix --tsv
is "each voice counts, inner ones too" "$(column 2,4,5,6 | tr '\t' ' ')" "residents alleges fire/gazette 1
residents denies fire/gazette 1
mayor asserts fire/gazette 1"
run 0 "as a table" sources --matrix
is "a column for each article" "$(cat "$work/out")" "fire
source     act      gazette
residents  alleges  1
           denies   1
The Mayor  asserts  1"
run 0 "for the claims that match" sources --matrix --json act:denies
is_json "JSON of the matrix" out
run 1 "nobody speaks" sources --matrix type:quantity
run 1 "a value that nothing can have" concordance said --where type:quantty
has "is told, with the nearest" err "'quantty' is no type; did you mean 'quantity'?"
finish
