#!/bin/sh
# check: each thing that can be wrong is found, with its place; one bad file stops nothing.
. tests/cli/lib.inc
. "$top/tests/cli/workspace.inc"
make_workspace "$work/good"

# seed NAME FILE SED-SCRIPT CODE [PLACE]: a copy of the workspace with a change; check must find CODE as error
# at PLACE (of the form :LINE:COL) and everything else must still be there.
seed() {
    rm -rf "$work/ws"
    cp -R "$work/good" "$work/ws"
    cd "$work/ws" || exit 1
    sed -i "$3" "$2"
    run 1 "$1: status" check --tsv
    awk -F '\t' -v code="$4" -v path="$2" -v place="${5:-}" '
        $1 == "error" && $2 == code && $3 == path && (place == "" || ":" $4 ":" $5 == place) { found = 1 }
        END { exit !found }' "$work/out"
    ok=$?
    result $ok "$1: $4"
    [ $ok -eq 0 ] || grep '^error' "$work/out" | head -5 | sed 's/^/# /'
}
dam=annotations/ana/flood/dam.yaml
seed "not YAML" $dam '12s/quote: /quote: "/' yaml
seed "an anchor" $dam '12s/quote: /quote: \&a /' refused :12:12
seed "a duplicate key" $dam '15s/.*/  type: place\n  type: event/' refused
seed "a merge conflict" $dam '12s/^/<<<<<<< ours\n/' conflict :12:1
grep -q dangling "$work/out"
[ $? -eq 1 ]
result $? "links to a refused file are not called dangling"
seed "a newer version" $dam '1s/1/99/' version
seed "a word that the scheme does not have" $dam '14s/event/evnet/' word
has "the nearest word is named" out "event"
seed "an id twice in a file" $dam 's/id: cad00002/id: cad00001/' id
seed "an id twice in the workspace" annotations/ben/flood/dam.yaml 's/cbd00002/cad00002/' id
seed "an id of the wrong form" $dam 's/id: cad00002/id: claim-2/' id
seed "a link to nothing" $dam 's/claim: cav00010/claim: cav00999/' dangling
seed "a position outside the text" $dam '11s/87/99999/' span
seed "a quote that is not there" $dam '12s/001/002/' quote
seed "an unknown source" $dam 's/source: mayor/source: major/' dangling
seed "a text that changed" $dam '5s/: ../: 00/' text
seed "a file in the wrong place" $dam '2s/dam/levee/' name
seed "a registry that contradicts itself" annotations/sources.yaml 's/part_of: police/part_of: nobody/' dangling
seed "a broken registry" annotations/sources.yaml '5s/^/\t/' yaml

rm -rf "$work/ws"
cp -R "$work/good" "$work/ws"
cd "$work/ws" || exit 1
sed -i 's/^  type: event$/&\n  colour: red/' $dam
run 0 "an unknown key is a warning" check --tsv
has "that names it" out "unknown-key"
printf 'gainsay: 1\nvocabularies:\n\n- id: type\n  values:\n  - id: event\n    color: pink\n' >annotations/scheme.yaml
run 1 "a colour that there is not" check
has "is told with its place and those there are" out "annotations/scheme.yaml:6:5: error: color 'pink' of 'event' in 'type' must be one of: red, green"
printf 'x: [\n' >annotations/scheme.yaml
run 1 "a broken scheme" check
has "is named" out "annotations/scheme.yaml:"
has "and the rest is checked" out "unknown-key"
rm annotations/scheme.yaml
sed -i.old '2s/.*/article: flood\/ebb/' $dam
run 1 "a reading that says it is another's" check
has "is told once, with its place" out "$dam:2:1: error: 'article' is 'flood/ebb', but the file lies where"
is "and nowhere else" "$(grep -c "'article' is" "$work/out")" 1
mv $dam.old $dam
printf '{' >annotations/team.yaml
run 1 "a broken team file" check
has "is named too" out "annotations/team.yaml:"
rm annotations/team.yaml
rm corpus/flood/levee.txt
run 1 "a reading without its text" check
has "is found" out "annotations/ana/flood/levee.yaml: error: there is no text 'corpus/flood/levee.txt'"
has "metadata without it too" out "corpus/flood/levee.yaml: warning:"
printf 'bad \377 byte\n' >corpus/flood/bad.txt
run 1 "bytes that are not UTF-8" check
has "are a warning with a place" out "corpus/flood/bad.txt:1:5: warning: byte 0xFF"
run 0 "only what is asked for" check corpus/flood/dam.txt annotations/ben/flood/dam.yaml
has "still counts all files" out " files"
printf 'gainsay: 1\n' >"$work/outside.yaml"
ln -s "$work/outside.yaml" annotations/ana/flood/out.yaml
ln -s dam.yaml annotations/ana/flood/in.yaml
run 1 "a link out of the workspace" check
has "is not followed" out "annotations/ana/flood/out.yaml: error: is a link out of the workspace"
"$gainsay" fmt >/dev/null 2>&1
is "and not formatted" "$(cat "$work/outside.yaml")" "gainsay: 1"
rm annotations/ana/flood/out.yaml annotations/ana/flood/in.yaml
run 3 "a path that is not there" check corpus/none
run 3 "a path outside" check /usr
cd corpus/flood || exit 1
run 1 "from a folder below" check ../../annotations
cd ../..

# The questions answer from what can be read, and say what they left out.
sed -i '12s/^/<<<<<<< ours\n/' $dam
run 4 "a refused file makes the answer incomplete" list --tsv
is "the rest is answered" "$(rows)" 405
has "the file is named" err "gainsay: annotations/ana/flood/dam.yaml:12:1:"
finish
