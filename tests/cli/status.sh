#!/bin/sh
# status: who reads what; a team that works blind; marking an article as finished.
. tests/cli/lib.inc
. "$top/tests/cli/workspace.inc"
cd "$work" || exit 1
make_workspace "$work/ws"
mine=ws/annotations/ana/flood/dam.yaml

run 0 "without a team" -C ws status --tsv
is "is all there is" "$(rows)" 4
has "with claims" out "ana	flood/dam	no	in progress"
COLUMNS=80 "$gainsay" -C "$top" status >out
is "has no column of what is assigned to nobody" "$(sed 1q out | tr -s ' ')" "annotator article state read claims links"
is "and fits a line of 80" "$(wc -l <out)" 3
run 3 "of no article" -C ws status none
run 0 "as JSON" -C ws status --json levee
is_json "is JSON" out
has "of one article" out '"article": "flood/levee"'

cat >ws/annotations/team.yaml <<'END'
gainsay: 1
guideline: v3
blind: true
adjudicators: [eva]
annotators:

- id: ana
  name: Ana Ruiz
  articles: [flood]

- id: ben
  articles: [flood/dam]

- id: eva
END
run 0 "a team" -C ws check ws/annotations/team.yaml
run 0 "is canonical" -C ws fmt --check ws/annotations/team.yaml
run 0 "in a blind team" -C ws status --tsv
has "own work is counted" out "ana	flood/dam	yes	in progress"
has "that of others is not" out "ben	flood/dam	yes	hidden			"
has "which is said" err "the team works blind"
lines=$(wc -l <out)
longest() { awk '{ if (length($0) > n) n = length($0) } END { print n }' out; }
COLUMNS=80 "$gainsay" -C ws status >out 2>/dev/null
is "fits a line of 80, a row a line" "$(longest | awk '{ print $1 <= 80 }') $(wc -l <out)" "1 $lines"
COLUMNS=40 "$gainsay" -C ws status >out 2>/dev/null
is "and one of 40" "$(longest | awk '{ print $1 <= 40 }')" 1
has "each article under its annotator" out "  flood/dam"
run 0 "the list" -C ws list --tsv
is "has one's own claims" "$(rows)" 270
for command in contested disputed sources board todo; do
    "$gainsay" -C ws $command --tsv >out 2>err
    has "$command says so" err "the team works blind"
    is "and has nothing of others" "$(grep -c '^ben	\|	ben	' out)" 0
done
run 1 "others asked for by name" -C ws list --as ben
is "say nothing" "$(cat out)" ""
run 1 "agreement" -C ws agree ana ben
run 0 "an adjudicator" -C ws status --tsv --as ben
GAINSAY_ANNOTATOR=eva "$gainsay" -C ws list --tsv >out
is "sees everything" "$(rows)" $total_claims

cp $mine before.yaml
run 0 "an article is finished" -C ws status --finish dam
is "in one's own layer, in one line" "$(diff before.yaml $mine | tr '\n' ' ')" "3a4 > state: finished "
run 0 "then" -C ws list --tsv
is "others' work on it is seen" "$(rows)" 405
run 0 "and agreement" -C ws agree --tsv -m f1 ana ben
has "is there" out "claims	f1 exact	1.000000"
run 0 "and opened again" -C ws status --reopen dam
is "leaves the bytes as they were" "$(cat $mine)" "$(cat before.yaml)"
GAINSAY_ANNOTATOR=eva "$gainsay" -C ws status --tsv --finish dam >out
has "a reading that was not begun can be finished" out "eva	flood/dam	yes	finished"
for way in --finish --reviewed; do
    GAINSAY_ANNOTATOR=zoe "$gainsay" -C ws status --tsv $way dam >out 2>err
    is "$way by a name that is not of the team is refused" $? 4
    has "which says who is" err "'zoe' is not of this team, which is 'ana', 'ben', 'eva'; --as NAME says who you are"
    is "and makes no layer" "$(ls ws/annotations/zoe 2>/dev/null)" ""
done
run 0 "a guideline in force" -C ws check ws/annotations/ana
has "lists what was made without one" out "annotations/ana/flood/dam.yaml:3:1: warning: made under no guideline, the team's is 'v3': 135 claims to see again"
run 0 "one's own reading gone through" -C ws status --reviewed dam
is "names it, in one line" "$(diff before.yaml $mine | tr '\n' ' ')" "3a4 > guideline: v3 "
run 0 "and then" -C ws check $mine
is "nothing is to be seen again" "$(grep -c guideline out)" 0
sed -i 's/^guideline: v3/guideline: v4/' ws/annotations/team.yaml
run 0 "a new guideline" -C ws check --json $mine
has "lists them with their line" out '"line": 4'
has "under a name of its own" out '"code": "guideline"'
run 0 "the records themselves" -C ws list --tsv guideline:v3
is "are found by a query" "$(rows)" 135
GAINSAY_ANNOTATOR=eva "$gainsay" -C ws status --tsv --finish levee >out
has "names the one in force" out "eva	flood/levee	yes	finished	0	0	0	v4"
sed -i 's/^guideline: v4/guideline: v3/' ws/annotations/team.yaml
cp before.yaml $mine
run 2 "finished without a name" -C ws status --finish
run 2 "finished and opened" -C ws status --finish --reopen dam

sed -i 's/\[eva\]/[zoe]/; s,flood/dam,flod,; s/^- id: eva/- id: Eva/' ws/annotations/team.yaml
run 1 "what is wrong with a team" -C ws check ws/annotations/team.yaml
has "is told with its place: who decides" out "annotations/team.yaml:4:1: error: 'zoe' decides"
has "articles" out "annotations/team.yaml:12:3: error: 'flod' is no article or event"
has "names" out "annotations/team.yaml:14:3: error: 'Eva' is no annotator"
sed -i 's/^state: .*//; s/^annotator: ana/annotator: ana\nstate: done/' $mine
run 1 "a state that there is not" -C ws check $mine
has "is told" out "'done' is no state"
echo 'gainsay: 2' >ws/annotations/team.yaml
run 4 "a team that cannot be read" -C ws list --tsv
is "hides what it may have hidden" "$(rows)" 270
finish
