#!/bin/sh
# report: the brief of an event in both forms, looked at by parsers that are not ours; on the sample, on texts and
# records that would like to be markup, and on a team.
. tests/cli/lib.inc
cp -R "$top/corpus" "$top/annotations" "$work"

# page NAME FILE [CORPUS [TEXT TIMES]]
page() {
    name=$1
    shift
    if command -v python3 >/dev/null; then
        python3 "$top/tests/report/page.py" "$@" >"$work/faults"
        result $? "$name"
        sed 's/^/# /' "$work/faults"
    else
        echo "ok cli $script: $name # SKIP python3 is not installed"
    fi
}
# parsed NAME FILE [TEXT TIMES]: Markdown as GitHub's own parser reads it
parsed() {
    name=$1
    shift
    if command -v cmark-gfm >/dev/null && command -v python3 >/dev/null; then
        python3 "$top/tests/report/sheet.py" "$@" >"$work/faults"
        result $? "$name"
        sed 's/^/# /' "$work/faults"
    else
        echo "ok cli $script: $name # SKIP cmark-gfm or python3 is not installed"
    fi
}

run 0 "the sample as HTML" report
page "is HTML that needs nothing else, with the texts as they are" out corpus/haqqani-2024
cp out first
has "a claim of two parts with both places" out 'code points 84–108 and 163–230, line 3'
has "what was searched for" out 'brother, Jalaluddin'
has "the hash of a text" out "$(sha256sum <corpus/haqqani-2024/kabul-blast.txt | cut -d ' ' -f 1)"
has "the date of the records, not of today" out '2026-11-25'
run 0 "the sample as Markdown" report --md
parsed "is Markdown, and nothing in it is a link or HTML" out
has "a row of the board is one line" out "| D1 | **differs in number**, strict"
has "one day of all records as one day" out "; recorded on 2026-11-25"
cp out first.md

# ---- of what a query asks for
run 0 "the claims of a topic" report --where topic:deaths -o deaths.html
has "are counted" out "deaths.html  2 articles, 3 claims, 2 links, 1 dispute"
page "are HTML" deaths.html corpus/haqqani-2024
run 0 "as Markdown" report --where topic:deaths --md
parsed "are Markdown" out
has "with the query" out 'Claims that match `topic:deaths`, and those that a link joins to them: 3 of 62.'
has "and their numbers" out '| **B1** `cqpx9eds` |'
[ "$(grep '^| \*\*[AB][0-9]*\*\* `c' out | cut -c 1-24 | sort)" = \
    "$(grep '^| \*\*[AB][0-9]*\*\* `c' first.md | grep -e A11 -e A17 -e 'B1\*' | cut -c 1-24 | sort)" ]
result $? "which are those of the whole report"
run 0 "every claim by a query" report --md --where 'article:kabul-blast or not article:kabul-blast'
sed '/^Claims that match/,+1d; /^- Query: /d' out >all.md
cmp -s all.md first.md
result $? "is the whole report, but for the query"
run 1 "no claim matches" report --where type:nosuch
has "it is said" err "no claim of this event matches"
is "and nothing written" "$(wc -c <out | tr -d ' ')" 0
run 2 "a wrong query" report --where '('
has "its column" err "query: column"

mkdir elsewhere
(cd elsewhere && TZ=Asia/Kabul LC_ALL=C LANG=de_DE.UTF-8 GAINSAY_NOW=2031-01-01T00:00:00Z GAINSAY_SEED=77 HOME=/nowhere \
    "$gainsay" -C "$work" report haqqani-2024 >"$work/second" 2>"$work/err")
cmp -s first second
result $? "same input, same bytes: another day, place, locale and folder"
[ "$(grep -c -e "$work" -e "$top" first)" -eq 0 ]
result $? "no path of this machine"

# ---- where it goes
run 0 "into a file" report -o brief.html
cmp -s brief.html first
result $? "with the same bytes"
has "and says what it is" out 'brief.html  2 articles, 62 claims, 24 links, 15 disputes'
run 0 "Markdown by its name" report -o brief.md
cmp -s brief.md first.md
result $? "with the same bytes as --md"
for folder in corpus annotations corpus/haqqani-2024 annotations/ana; do
    run 4 "not into $folder" report -o "$folder/brief.html"
    [ ! -e "$folder/brief.html" ]
    result $? "nothing is there"
done
ln -s corpus/haqqani-2024 way
ln -s corpus/haqqani-2024/kabul-blast.txt text.html
run 4 "not through a link to a folder" report -o way/brief.html
run 4 "nor through one to a text" report -o text.html
cmp -s text.html "$top/corpus/haqqani-2024/kabul-blast.txt"
result $? "the text is as it was"
run 3 "not into a folder that is not there" report -o nowhere/brief.html
run 2 "one form" report --html --md
run 2 "no JSON" report --json
run 3 "no such event" report drought
run 2 "nobody of that name" report --as ben
run 0 "somebody by name" report --as ana
cmp -s out first
result $? "is the same as the only one"

# ---- a text that changed, and a claim that was rejected
cp -R "$top/corpus" "$top/annotations" elsewhere
cd elsewhere || exit 1
sed -i '1s/$/ Again./; s/its late founder, was his brother/its founder, was a cousin/' corpus/haqqani-2024/kabul-blast.txt
run 0 "a text that changed" report
has "is told" err 'warning: the words of 2 claims are not found'
has "and in the report, too" out 'the text has changed'
page "its words are those of now" ../out corpus/haqqani-2024
cd "$work" || exit 1
mkdir annotations/adjudicated
cp -R annotations/ana/haqqani-2024 annotations/adjudicated
sed -i 's/^annotator: ana/annotator: adjudicated/; s/^  topic: kinship$/&\n  decision: rejected\n  why: not a claim/' \
    annotations/adjudicated/haqqani-2024/*.yaml
run 0 "the adjudicated layer" report
has "is the base and says so" out 'The adjudicated layer, which the team agreed on'
has "without what was rejected" out 'what it rejected is left out'
is "nowhere" "$(sed -n 's/.*id="t-c1kdn24p".*/there/p' out)" ""
is "nor its links" "$(sed -n 's/.*id="l-lwvcpamg".*/there/p' out)" ""
page "every way leads somewhere" out corpus/haqqani-2024
run 0 "one reader by name" report --as ana
has "is not it" out 'by one reader and not adjudicated'

# ---- two readers, three articles
rm -rf ws
. "$top/tests/cli/workspace.inc"
make_workspace "$work/ws"
cd ws || exit 1
printf 'A third tells it, too.\n' >corpus/flood/third.txt
run 0 "two readers and three articles" report
page "each reading stands there" ../out corpus/flood
has "agreement" out 'Agreement of the readers'
run 0 "as Markdown" report --md
parsed "both readings" ../out
mkdir corpus/fire && printf 'Fire.\n' >corpus/fire/gazette.txt
run 2 "several events" report
has "are named" err "say which: fire, flood"
run 1 "nobody read it" report fire
has "which is said" err 'there is no reading of this event to be shown'
cd "$work" || exit 1

# ---- hostile
if command -v python3 >/dev/null; then
    python3 "$top/tests/report/hostile.py" "$work/hostile"
    cd hostile || exit 1
    run 0 "texts that would like to be markup" report
    page "are text, and all of it" ../out corpus/bad bad.json 20
    run 0 "in Markdown, too" report --md
    parsed "they are text there, and all of it" ../out bad.json 20
else
    echo "ok cli $script: hostile # SKIP python3 is not installed"
fi
finish
