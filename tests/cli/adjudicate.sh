#!/bin/sh
# adjudicate: the list of differences and of what was decided; who may see it and who decides.
. tests/cli/lib.inc
. "$top/tests/cli/workspace.inc"
cd "$work" || exit 1
make_workspace "$work/ws"
ben=ws/annotations/ben/flood/dam.yaml

# ana and ben made their layers by the same rules: they differ in links alone, which ben stores in the levee
run 0 "readings that agree" -C ws adjudicate --tsv dam
is "have a row for each claim and link" "$(rows)" 154
is "all agreed" "$(cut -f 2 out | sort | uniq -c | tr -s ' \n' ' ')" " 154 agreed 1 state "

cp -R ws agreed
before=$(cat agreed/annotations/ana/flood/*.yaml agreed/annotations/ben/flood/*.yaml | cksum)
run 0 "what all agree on" -C agreed adjudicate --tsv --agreed --as eva dam
is "is decided" "$(cut -f 2,9,11 out | sort | uniq -c | tr -s ' \t\n' ' ')" " 154 decided same eva 1 state decision decided_by "
run 0 "and has no fault" -C agreed check
is "the readings are as they were" \
    "$(cat agreed/annotations/ana/flood/*.yaml agreed/annotations/ben/flood/*.yaml | cksum)" "$before"
cp -R ws broken
printf '<<<<<<< ours\n' >>broken/annotations/ben/flood/dam.yaml
run 3 "while a layer cannot be read" -C broken adjudicate --agreed --as eva dam
has "nothing is taken" err "is not taken while annotations/ben/flood/dam.yaml cannot be read"
is "nor written" "$(ls broken/annotations/adjudicated 2>/dev/null)" ""
cksum agreed/annotations/adjudicated/flood/*.yaml >sums
run 0 "the same again" -C agreed adjudicate --agreed --as eva dam
is "changes no byte" "$(cksum agreed/annotations/adjudicated/flood/*.yaml)" "$(cat sums)"
run 0 "its claims" -C agreed list --tsv --as adjudicated
is "are those of both, and the ends of links" "$(rows)" 148

sed -i -e '/^- id: cbd00003$/,/created/ s/act: confirms/act: denies/' -e '/^- id: cbd00009$/,/created/ s/  contested: {}//' \
    -e '/^- id: cbd00012$/,/created/ s/act: alleges/act: doubts/' -e '/^- id: cbd00007$/,/created/ s/type: event/type: time/' \
    -e '/^- id: lbd00227$/,$ s/type: undercuts/type: corroborates/' "$ben"
sed -i '/^ *$/d; s/^links:/\n&/; s/^- id:/\n&/' "$ben"
run 1 "readings that differ" -C ws adjudicate dam
has "by what they differ in: voices" out "attribution  open  1"
has "with what each says" out "cbd00003  attributed_to mayor denies"
has "chains of voices too" out "cbd00012  attributed_to mayor confirms; police reports › residents doubts"
has "the mark" out "contested  open"
has "types" out "  ben/cbd00007  type time"
has "opposite links" out "opposite  open"
is "the weightiest first" "$(sed -n '2,$p' out | grep -v '^ ' | cut -d ' ' -f 1 | uniq | tr '\n' ' ')" \
    "opposite contested attribution type "
run 1 "as JSON" -C ws adjudicate --json dam
is_json "is JSON" out
run 1 "as TSV" -C ws adjudicate --tsv dam
is "has a row for each" "$(rows)" 154

mkdir -p ws/annotations/adjudicated/flood
cat >ws/annotations/adjudicated/flood/dam.yaml <<END
gainsay: 1
article: flood/dam
annotator: adjudicated
text:
$(sed -n '/^  sha256/p; /^  length/p' "$ben")
claims:

- id: cx000003
$(sed -n '/^- id: cbd00003$/,/quote/ p' "$ben" | sed 1d)
  from: [ana/cad00003, ben/cbd00003]
  decision: same
  decided_by: eva
  why: the mayor denied it

- id: cx000007
$(sed -n '/^- id: cbd00007$/,/quote/ p' "$ben" | sed 1d)
  from: [ana/cad00007, ben/cbd00007]
  decision: rejected
  decided_by: eva
END
run 0 "the adjudicated layer" -C ws check ws/annotations/adjudicated
run 1 "what is decided" -C ws adjudicate --tsv dam
has "is told" out "attribution	decided	claim"
has "with its decision" out "same	cx000003	eva	the mayor denied it"
run 0 "the adjudicated claims" -C ws list --tsv --as adjudicated
is "are without what was rejected" "$(rows)" 1
# A report of what is decided in part says that it is.
"$gainsay" -C ws adjudicate --tsv dam >dam.tsv
"$gainsay" -C ws adjudicate --tsv levee >levee.tsv
open=$(cut -f 2- dam.tsv levee.tsv | sort -u | grep -c -e '^open' -e '^changed' -e '^new')
run 0 "a report of it" -C ws report --md
has "counts what is open" out "$open differences between the readers are still open"
has "and what all agree on" out "on which they agree nothing is taken over yet."
has "on the terminal too" err "warning: $open differences between the readers are open; the report says so"
run 0 "a report of one reading" -C ws report --md --as ben
is "says nothing of it" "$(grep -c 'between the readers' out err | tr '\n' ' ')" "out:0 err:0 "
run 0 "the whole list" -C ws list --tsv
is "too" "$(rows)" $((total_claims + 1))

# ---- what deciding costs in keys
# 30 claims that differ, decided by all ways there are: a reading taken, dots put elsewhere, both kept, rejected with the
# same cause; each with the keys a person would press. 3 keys a difference at most, on average.
cp -R ws keys
rm -r keys/annotations/adjudicated
awk '/^- id: c/ { n = substr($3, 4) + 0 } n > 100 && n < 131 && /^  type:/ { sub(/event|quantity/, "time") } { print }' \
    "$ben" >keys/annotations/ben/flood/dam.yaml
before=$(cat keys/annotations/ana/flood/*.yaml keys/annotations/ben/flood/*.yaml | cksum)
"$gainsay" -C keys adjudicate --tsv dam >out
open=$(cut -f 2 out | grep -c '^open')
cat >keys.keys <<'END'
keys A
count not counted
keys 1 2 1 2 1 2
keys l a
keys j j l a
keys b
keys 2 w
type "said so\n"
keys r
type "no claim\n"
keys r <Enter>
END
n=6
n=$((n + 2 + 1 + 1 + 2))
while [ $n -lt $((open - 4)) ]; do
    printf 'keys 1\nkeys l a\nkeys r <Enter>\nkeys 2\n'
    n=$((n + 4))
done >>keys.keys
while [ $n -lt "$open" ]; do
    echo 'keys 1'
    n=$((n + 1))
done >>keys.keys
echo 'count decided' >>keys.keys
run 0 "a sitting" -C keys --as eva adjudicate --script keys.keys dam
keys=$(sed -n 's/^== decided: \([0-9]*\) keys.*/\1/p' out)
echo "# $open differences, $keys keys"
[ "$open" -gt 30 ] && [ "$keys" -le $((3 * open)) ]
result $? "costs three keys a difference at most"
run 0 "then" -C keys adjudicate --tsv dam
is "nothing is open" "$(cut -f 2 out | grep -c "open\|since\|agreed")" 0
run 0 "and it" -C keys check
is "has no fault, and the readings are as they were" \
    "$(cat keys/annotations/ana/flood/*.yaml keys/annotations/ben/flood/*.yaml | cksum)" "$before"

cat >ws/annotations/team.yaml <<'END'
gainsay: 1
blind: true
adjudicators: [eva]
annotators:

- id: ana

- id: ben

- id: eva
END
"$gainsay" -C ws adjudicate dam >out 2>err
has "a blind team" err "the team works blind: 1 layer is left out"
is "shows one's own alone" "$(grep -c ben/ out)" 0
GAINSAY_ANNOTATOR=eva "$gainsay" -C ws adjudicate dam >out
is "an adjudicator sees all" "$(grep -c 'ben/' out)" "$(grep -c 'ana/' out)"
GAINSAY_ANNOTATOR=ben "$gainsay" -C ws adjudicate --script keys.keys dam >out 2>err
is "who is no adjudicator" "$?" 4
has "is told so" err "the team works blind, and 'ben' has not finished the article"
sed -i '/^blind/d' ws/annotations/team.yaml
GAINSAY_ANNOTATOR=ben "$gainsay" -C ws adjudicate --script keys.keys dam >out 2>err
has "also where nothing is hidden" err "'ben' is no adjudicator of this team; 'eva' decides"
run 3 "of no article" -C ws adjudicate none
run 2 "of nothing" -C ws adjudicate
finish
