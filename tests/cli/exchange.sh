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
    printf 'keys u\nsnap undone\nkeys U\nsnap redone\n' >"$work/keys"
    run 0 "undo in the reader, $form" --as ana read dam --script "$work/keys"
    has "takes the import back, $form" out "undid: import of all.$form, of "
    has "all of it, $form" out "claims 0 "
    has "and brings it back, $form" out "redid: import of all.$form, of "
    is "the same bytes, $form" "$(diff -r "$work/before/ana" annotations/ana | grep '^[<>]')" "$lost"
    run 0 "a second time, $form" import --tsv $form "$work/all.$form"
    is "nothing is new, $form" "$(awk -F '\t' 'NR > 1 { n += $4 + $5 + $6 + $7 } END { print n }' "$work/out")" 0
    is "nothing changed, $form" "$(diff -r "$work/before/ana" annotations/ana | grep '^[<>]')" "$lost"
done

# Brat is several files, and several go in.
cd "$work/ws" || exit 1
run 2 "brat wants a folder" --as ana export brat
has "and says so" err "'--output DIR'"
run 0 "brat goes out" --as ana export brat -o "$work/brat"
lost=$(grep -h -A1 '^read:' annotations/ana/flood/*.yaml | sed '/^--$/d; s/^/< /')
empty
run 0 "and comes in, brat" import brat "$work"/brat/ana/flood/*.ann "$work/brat/links.tsv"
is "byte for byte, brat" "$(diff -r "$work/before/ana" annotations/ana | grep '^[<>]')" "$lost"
run 0 "a second time, brat" import --tsv brat "$work"/brat/ana/flood/*.ann "$work/brat/links.tsv"
is "nothing is new, brat" "$(awk -F '\t' 'NR > 1 { n += $4 + $5 + $6 + $7 } END { print n }' "$work/out")" 0
cat >"$work/foreign.ann" <<'END'
T1	Person 89 101	Sentence 002
T2	Merge-org 123 132	14 people
E1	Merge-org:T2 Org-Arg:T1
A1	Negation E1
N1	Reference T1 Wiki:1	x
#1	AnnotatorNotes T1	Who\nis this?
T3	Place 102 108;139 151	of the Sentence 003
R1	Located Arg1:T9 Arg2:T3
R2	qualifies Arg1:T9 Arg2:T3
END
sed -i 's/T1	Person/T9	Person/; s/ T1/ T9/g; s/:T1/:T9/' "$work/foreign.ann"
run 0 "brat of others" import -a dam brat "$work/foreign.ann"
has "has roles that have no place" err "left out roles of events: 1"
has "and relations of another scheme" err "left out links of the type 'Located', which the scheme does not have: 1"
has "and references" err "left out references to other resources: 1"
run 0 "its types are tags" list 'tag:Person or tag:Merge-org or tag:Place' --tsv
is "of claims" "$(rows)" 3
has "with several parts" out "of the … Sentence 003"
run 0 "and the workspace is whole" check

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
has "names those there are" err "there is no format 'xml'; what can be exported: w3c,"
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
is "one by one up to a number" "$(grep -c 'here it is' "$work/err")" 20
has "and then by their count" err "more ids are used already, and are others here"
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
run 1 "of a text that is none here" import w3c "$work/other.json"
has "the address is told" err "records of 'https://example.org/dam/#top', which is no article here"
echo '{"record":"comment","article":"flood/dam","annotator":"ana","id":"t9999999","about":"ben/c9999999","kind":"question","text":"Who?","created":"2026-11-25T12:00:00Z"}' >"$work/lone.jsonl"
run 1 "a comment on what is not there" import jsonl "$work/lone.jsonl"
has "is left out" err "left out comments on what is not there: 1"
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

refused "brat whose words are others" brat 'T1\tClaim 0 4\tfour?\n' "bad:1:1: 'T1' has 5 characters of words, its positions 4"
refused "brat without positions" brat 'T1\tClaim x\tfour\n' "bad:1:10: 'T1' must be a type and positions"
refused "no brat" brat 'hello\n' "bad:1:1: this is no line of brat"
refused "no export of Hypothesis" hypothesis '{"total": 3}\n' "bad:1:1: this is no export of Hypothesis"

# Hypothesis: its export, positions in UTF-16 of a page that is no text of ours, replies and notes on the page.
empty
echo 'url: http://example.org/dam' >>corpus/flood/dam.yaml
cat >"$work/h.json" <<'END'
{"export_date": "2026-11-20T10:00:00Z", "annotations": [
 {"id": "a1", "uri": "https://example.org/dam", "user": "acct:cleo@hypothes.is", "text": "Who counted?",
  "tags": ["numbers", "levee"], "created": "2026-11-20T10:00:00.123456+00:00", "group": "__world__",
  "target": [{"source": "https://example.org/dam", "selector": [
   {"type": "RangeSelector", "startContainer": "/p[1]", "startOffset": 0, "endContainer": "/p[1]", "endOffset": 3},
   {"type": "TextPositionSelector", "start": 2077, "end": 2086},
   {"type": "TextQuoteSelector", "exact": "14 people", "prefix": "ntence 002 of the dam says that ",
    "suffix": " came.\nSentence 003 of the dam s"}]}]},
 {"id": "a2", "uri": "https://example.org/dam", "user": "acct:cleo@hypothes.is", "text": "Yes, who?", "tags": [],
  "references": ["a1"], "target": [{"source": "https://example.org/dam"}]},
 {"id": "a3", "uri": "https://example.org/dam", "user": "acct:dan@hypothes.is", "text": "A note", "tags": [],
  "target": [{"source": "https://example.org/dam"}]}]}
END
run 0 "an export of Hypothesis" import hypothesis "$work/h.json"
has "replies are named" err "left out replies: 1"
has "notes on the page too" err "left out notes on a whole page: 1"
run 0 "it is a claim" list tag:numbers --json
has "with its comment" out '"note": "Who counted?"'
has "and its time" out '"created": "2026-11-20T10:00:00Z"'
run 0 "which is whole" check
run 0 "a second time" import --tsv hypothesis "$work/h.json"
is "it is there" "$(awk -F '\t' 'NR > 1 { print $4, $9 }' "$work/out")" "0 1"
run 0 "rows of the API" import -n --by dan hypothesis "$work/h.json"

# A verdict is the team's, or nobody's.
cd "$work/ws" || exit 1
sed 's/^  created: .*/&/; 0,/^  topic: odd$/s//  topic: odd\n  tags: [rating:1\/5:false]/' annotations/ana/flood/dam.yaml >t && cp annotations/ana/flood/dam.yaml keep && mv t annotations/ana/flood/dam.yaml
run 1 "a reader's rating is no verdict" export claimreview
has "it is named" err "ratings of one reader, which are not the team's"
run 1 "nor when the reader asks" --as ana export claimreview
mkdir -p annotations/adjudicated/flood
sed 's/^annotator: ana/annotator: adjudicated/; s/^- id: ca/- id: cz/; s/: ca/: cz/; s/^- id: \([lfn]\)a/- id: \1z/' annotations/ana/flood/dam.yaml >annotations/adjudicated/flood/dam.yaml
run 0 "the team's is" --as adjudicated export claimreview
has "with its value" out '"ratingValue": 1'
has "and words" out '"alternateName": "false"'
has "and what is left" err "claims without a rating: 134"
rm -r annotations/adjudicated
mv keep annotations/ana/flood/dam.yaml

# Hostile texts through every form: what comes out is a form still.
empty
printf 'A \360\237\232\242\360\237\232\242 ship [sank] | {here}_now; -> *no* \\ "way"\302\240\033[2Jx.\n\nLast\tline\342\200\250of \360\237\232\242it & <b>.\n' >corpus/flood/dam.txt
cat >"$work/hostile.jsonl" <<'END'
{"record": "claim", "article": "flood/dam", "id": "c0000001", "span": [{"at": [0, 4], "quote": "A \ud83d\udea2\ud83d\udea2"}], "says": "=cmd|' /C calc'!A0", "tags": ["#a (b)", "x]y", "rating:2/5:half \"true\""], "attributed_to": [{"source": "mayor", "act": "denies"}]}
{"record": "claim", "article": "flood/dam", "id": "c0000002", "span": [{"at": [3, 8], "quote": "\ud83d\udea2 shi"}, {"at": [12, 40], "quote": "nk] | {here}_now; -> *no* \\ "}], "says": "\"]; } // </script> \\N & &amp; [c0000001] {x} \u001b[2J\nnew line", "topic": "}\n{", "note": "a|b[1]\t*"}
{"record": "claim", "article": "flood/dam", "id": "c0000003", "span": [{"at": [51, 58], "quote": "x.\n\nLas"}], "says": "===\n# Head"}
{"record": "link", "article": "flood/dam", "id": "l0000001", "from": "c0000001", "to": {"claim": "c0000002"}, "type": "contradicts", "why": "a|b"}
{"record": "link", "article": "flood/dam", "id": "l0000002", "from": "c0000003", "to": {"claim": "c0000002"}, "type": "undercuts", "strict": true}
END
run 0 "hostile texts come in" import jsonl "$work/hostile.jsonl"
for form in csv argdown aif dot w3c jsonl webanno claimreview; do
    run 0 "and go out as $form" --as ana export -f -o "$work/hostile.$form" $form
done
run 0 "and as brat" --as ana export -o "$work/hostile-brat" brat
cp -R annotations "$work/hostile-before"
rm annotations/ana/flood/*.yaml
run 0 "and come in again" import csv "$work/hostile.csv"
diff -r "$work/hostile-before" annotations >/dev/null
is "as they were" $? 0
is "no cell is a formula" "$(grep -c '[,"]=cmd' "$work/hostile.csv")" 0
is "no line of Argdown is a head but ours" "$(grep -c '^#' "$work/hostile.argdown")" 1
if command -v dot >/dev/null; then
    dot -Tsvg "$work/hostile.dot" >"$work/out" 2>"$work/err"
    is "graphviz draws hostile texts" "$? $(wc -c <"$work/err" | tr -d ' ')" "0 0"
fi
if command -v python3 >/dev/null; then
    for form in aif w3c claimreview; do
        cp "$work/hostile.$form" "$work/out"
        is_json "JSON of hostile texts, $form" out
    done
    is "WebAnno by a reader of its own" \
        "$(python3 "$top/tests/cli/webanno.py" "$work/hostile.webanno" corpus/flood/dam.txt "$work/hostile.jsonl" flood/dam 2>&1)" \
        "36 tokens, 4 spans, 2 relations"
    is "brat by a reader of its own" \
        "$(python3 "$top/tests/cli/brat.py" "$work"/hostile-brat/ana/flood/*.ann "$work"/brat/ana/flood/*.ann 2>&1)" \
        "500 text-bound lines"
    cd "$work/ws" || exit 1
    "$gainsay" --as ana export -o "$work/webanno" webanno >/dev/null 2>&1
    for article in dam levee; do
        is "WebAnno of $article" \
            "$(python3 "$top/tests/cli/webanno.py" "$work/webanno/ana/flood/$article.tsv" corpus/flood/$article.txt "$work/all.jsonl" flood/$article 2>&1)" \
            "$(case $article in dam) echo 1493 tokens, 135 spans, 3 relations ;; *) echo 1493 tokens, 135 spans, 0 relations ;; esac)"
    done
else
    echo "ok cli exchange: WebAnno and brat by readers of their own # SKIP python3 is not installed"
fi

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
