#!/bin/sh
# export and import: what goes out comes back the same, what cannot is named, bad files are refused whole.
. tests/cli/lib.inc
. "$top/tests/cli/workspace.inc"
make_workspace "$work/ws"
cd "$work/ws" || exit 1
"$gainsay" fmt >/dev/null 2>&1
sed '/^links:$/{N;s/^links:\nfurniture/furniture/;}' annotations/ana/flood/levee.yaml >t && mv t annotations/ana/flood/levee.yaml
cp -R annotations "$work/before"

# A workspace with the same texts and no reading of ana's.
empty() {
    rm -rf "$work/new"
    cp -R "$work/ws" "$work/new"
    rm -rf "$work/new/annotations/ana" "$work/new/annotations/ben"
    cd "$work/new" || exit 1
}

for form in jsonl csv w3c; do
    cd "$work/ws" || exit 1
    case $form in
    w3c | brat) lost=$(grep -h -A1 '^read:' annotations/ana/flood/*.yaml | sed '/^--$/d; s/^/< /') ;;
    *) lost= ;;
    esac
    run 0 "$form goes out" --as ana export -f -o "$work/all.$form" $form
    empty
    run 0 "and comes in, $form" import $form "$work/all.$form"
    is "byte for byte, $form" "$(diff -r "$work/before/ana" annotations/ana | grep '^[<>]')" "$lost"
    run 0 "a second time, $form" import --tsv $form "$work/all.$form"
    is "nothing is new, $form" "$(awk -F '\t' 'NR > 1 { n += $4 + $5 + $6 + $7 } END { print n }' "$work/out")" 0
    is "nothing changed, $form" "$(diff -r "$work/before/ana" annotations/ana | grep '^[<>]')" "$lost"
done

cd "$work/ws" || exit 1
run 0 "a query chooses" --as ana export jsonl 'disputed source:mayor'
n=$(grep -c '"record": "claim"' "$work/out")
run 0 "the same as of list" --as ana list --tsv 'disputed source:mayor'
is "as many claims" "$n" "$(rows)"
run 1 "nothing matches" export jsonl 'nowhere-to-be-found'
is "and nothing is written" "$(wc -c <"$work/out" | tr -d ' ')" 0
run 0 "a form that has no place for all" --as ana export dot
has "names it with counts" err "dot has no place for: part at"
has "by field" err "claim type"
run 2 "a form that there is not" export xml
has "names those there are" err "what can be exported: w3c,"
run 2 "a form that only goes out" import dot x
has "says so" err "can only be exported"

echo other >"$work/taken"
run 3 "a file that is there" export -o "$work/taken" jsonl
has "is not replaced" err "--force"
is "nor touched" "$(cat "$work/taken")" other
run 0 "unless asked for" --as ana export -f -o "$work/taken" jsonl
cmp -s "$work/taken" "$work/all.jsonl"
is "then it is" $? 0
run 0 "the same bytes may be there" --as ana export -o "$work/taken" jsonl

# Into a workspace where the ids are another's.
run 0 "of ben's, dry" import -n jsonl "$work/all.jsonl"
run 0 "ben's layers go out" --as ben export -f -o "$work/ben.jsonl" jsonl
run 0 "and come in as cleo's" --as cleo import jsonl "$work/ben.jsonl"
has "under new ids, told" err "is used in annotations/ben/flood/dam.yaml already; here it is"
run 0 "and the workspace is whole" check
run 0 "once more" --as cleo import --tsv jsonl "$work/ben.jsonl"
is "adds nothing" "$(awk -F '\t' 'NR > 1 { n += $4 + $5 } END { print n }' "$work/out")" 0
rm -r annotations/cleo
run 0 "two people's layers go out together" export -f -o "$work/both.jsonl" jsonl
run 4 "and do not come in together" --as cleo import jsonl "$work/both.jsonl"
has "but one by one" err "ana, ben; say whose with '--by NAME'"
run 0 "as asked for" --as cleo import --by ben jsonl "$work/both.jsonl"
rm -r annotations/cleo
diff -r "$work/before" annotations >/dev/null
is "those of others stay as they were" $? 0

# Quotes that are no longer where they were.
empty
sed 's/^Sentence 001/A line that was not there. &/' corpus/flood/dam.txt >t && mv t corpus/flood/dam.txt
run 0 "a text that changed" import --tsv csv "$work/all.csv"
is "its claims are found by quote and context" "$(awk -F '\t' '$2 ~ /dam/ { print ($11 > 0), $12 + $13 }' "$work/out")" "1 0"
run 0 "and stand" check
empty
printf 'Quite another story.\n' >corpus/flood/dam.txt
run 1 "a text that is another" import jsonl "$work/all.jsonl"
has "lost passages are named" err "stands nowhere in flood/dam; left out"
is "and left out" "$(cat annotations/ana/flood/dam.yaml 2>/dev/null | grep -c '^- id: c')" 0

# What others wrote.
empty
cat >"$work/other.json" <<'END'
{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": [
 {"@context": "http://www.w3.org/ns/anno.jsonld", "id": "http://example.org/1", "type": "Annotation",
  "creator": {"name": "Cleo"}, "created": "2026-11-20T10:00:00.5+02:00", "rights": "CC0",
  "body": [{"type": "TextualBody", "value": "doubtful", "purpose": "tagging"},
           {"type": "TextualBody", "value": "Says who?"}, "http://example.org/picture"],
  "target": {"source": "https://example.org/dam/#top", "selector": [
    {"type": "TextQuoteSelector", "exact": "14 people", "prefix": "the dam says that ",
     "suffix": " came.\nSentence 003 of the dam s"}]}},
 {"@context": "http://www.w3.org/ns/anno.jsonld", "id": "http://example.org/2", "type": "Annotation",
  "target": {"source": "http://example.org/dam", "selector":
    {"type": "TextQuoteSelector", "exact": "people came", "prefix": "says that "}}},
 {"@context": "http://www.w3.org/ns/anno.jsonld", "id": "http://example.org/3", "type": "Annotation",
  "target": "http://example.org/elsewhere"}]}
END
run 0 "of a text that is none here" import w3c "$work/other.json"
has "the address is told" err "records of 'https://example.org/dam/#top', which is no article here"
echo 'url: http://example.org/dam' >>corpus/flood/dam.yaml
run 1 "an address that is known" import w3c "$work/other.json"
has "what stands often is in doubt" err "claim 'people came' is in doubt"
has "what has no place is named" err "left out 'rights' of annotations: 1"
has "bodies too" err "left out bodies that are another resource: 1"
has "annotations of a whole page too" err "left out annotations without a quote: 1"
run 0 "it is a claim" list --json
has "with its tag" out '"doubtful"'
has "its comment" out '"note": "Says who?"'
has "its time in our form" out '"created": "2026-11-20T08:00:00Z"'
run 0 "and its place" list --tsv
has "and context" out "14 people"
run 0 "which is whole" check

# Bad files: line, column and what would be right; nothing is written.
refused() { # NAME FORM TEXT MESSAGE
    empty
    printf "$3" >"$work/bad"
    run 4 "$1" import "$2" "$work/bad"
    has "says where: $1" err "$4"
    [ ! -d annotations/ana ]
    result $? "writes nothing: $1"
}
good='{"record": "claim", "article": "flood/dam", "id": "c0000001", "span": [{"at": [0, 11], "quote": "Überschrift"}]}'
refused "no JSON" jsonl "$good\n{\"record\": claim}\n" "bad:2:16: this is no JSON"
refused "a value of the wrong kind" jsonl "$good\n{\"record\": \"claim\", \"span\": 7}\n" "bad:2:29: 'span' is a number; it must be a list of maps"
refused "an id twice" jsonl "$good\n$good\n" "bad:2:1: id 'c0000001' is used twice"
refused "a claim without words" jsonl '{"record": "claim", "id": "c0000001"}\n' "bad:1:1: 'span' of claim is missing"
refused "no table" csv 'a,b\n1,2\n' "bad:1:1: the first line must name the columns"
refused "a quotation mark that does not end" csv 'record,id\nclaim,"c1\n' "bad:2:7: this is no CSV"
refused "a cell that is no count" csv 'record,id,start,end,quote\nclaim,c0000001,zero,2,x\n' "bad:2:16: column 'start' must be a count of characters"
refused "a row that is too long" csv 'record,id\nclaim,c1,x\n' "bad:2:10: this row has more cells"
refused "bytes that are no text" csv 'record,id\nclaim,\377\n' "save the table as UTF-8"
refused "no annotation" w3c '[\n {"type": "Person"}]\n' "bad:2:2: this is no annotation"
refused "a voice in too many voices" jsonl "$(printf '{"record": "claim", "article": "flood/dam", "span": [{"at": [0, 11], "quote": "Überschrift"}], "attributed_to": [%s{"source": "x"}%s]}' "$(for i in 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0; do printf '{"citing": '; done)" "$(printf '%020d' 0 | tr 0 '}')")\n" "nested too deeply"

# Every MUST of the Web Annotation tests.
schemas=${GAINSAY_EXTRA:-}/conformance/web-annotation
if [ -n "${GAINSAY_EXTRA:-}" ] && command -v node >/dev/null && NODE_PATH=/usr/share/nodejs node -e 'require("ajv")' 2>/dev/null; then
    is "every MUST of the Web Annotation tests" \
        "$(NODE_PATH=/usr/share/nodejs node "$top/tests/cli/w3c.js" "$schemas" "$work/all.w3c" | tail -1)" \
        "some annotations, 54 assertions, 0 failed"
    printf '[%s]' "$(cat "$schemas/samples/incorrect/anno2.json")" >"$work/wrong"
    is "which find what is wrong" "$(NODE_PATH=/usr/share/nodejs node "$top/tests/cli/w3c.js" "$schemas" "$work/wrong" | grep -c ' 0 failed')" 0
else
    echo "ok cli exchange: every MUST of the Web Annotation tests # SKIP no GAINSAY_EXTRA, node or ajv"
fi

# Graphviz reads what is drawn.
if command -v dot >/dev/null; then
    cd "$work/ws" || exit 1
    "$gainsay" --as ana export dot 2>/dev/null | dot -Tsvg >"$work/out" 2>"$work/err"
    is "graphviz draws it" "$? $(wc -c <"$work/err" | tr -d ' ')" "0 0"
    is "a box for each claim" "$(grep -c '<title>c[a-z0-9]*<.title>' "$work/out")" 270
else
    echo "ok cli exchange: graphviz draws it # SKIP graphviz is not installed"
fi
finish
