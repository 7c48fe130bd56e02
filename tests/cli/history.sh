#!/bin/sh
# diff and log: what changed by record, between revisions, files and annotators, and in git's own diff.
. tests/cli/lib.inc
command -v git >/dev/null || {
    echo "ok cli history: git # SKIP git is not installed"
    exit 0
}
PATH=$build:$PATH
export PATH
git config --global user.name Ana
git config --global user.email ana@example.org
layer=annotations/ana/ferry/tribune.yaml
cp -R "$top/tests/screens/fixture" ws
mkdir ws/../outer && mv ws outer/ws
cd outer && git init -q . && cd ws || exit 1
"$gainsay" init >"$work/init"
has "init sets the words of git diff" init "set the words of git diff"
git add -A
GIT_AUTHOR_DATE=2026-11-20T10:00:00Z GIT_COMMITTER_DATE=2026-11-20T10:00:00Z git commit -qm start
sed -i 's/^  topic: missing/  topic: gone/' $layer
GIT_AUTHOR_DATE=2026-11-21T10:00:00Z git commit -qam 'rename the topic' --author 'Ben <ben@example.org>'

run 0 "nothing differs" diff
is "and nothing is said" "$(cat "$work/out")" ""
sed -i 's/^  says: The company .*/  says: Too many cars./' $layer
cp -R annotations/ana annotations/ben
sed -i 's/^annotator: ana/annotator: ben/; s/^- id: c00000/- id: c00001/; s/^  topic: on-board/  topic: people/' annotations/ben/ferry/tribune.yaml
run 1 "the files as they stand against HEAD" diff --tsv
is "one field" "$(grep -c "^$layer	changed	claim	c0000023	says	The company loaded too many cars.	Too many cars.$" "$work/out")" 1
is "and a file git does not know yet" "$(grep -c '^annotations/ben/ferry/tribune.yaml	added	claim' "$work/out")" 5
run 1 "two revisions" diff --tsv HEAD~1 HEAD
is "the commit's change alone" "$(sed 1d "$work/out")" "$layer	changed	claim	c0000021	topic	missing	gone"
run 1 "for people" diff HEAD~1 HEAD
has "the words of the claim" out "~ claim c0000021 35-61 “Six people are feared dead”"
has "both values" out "topic: missing → gone"
run 1 "as JSON" diff --json HEAD~1
is_json "which is JSON" out
run 1 "two annotators, whose ids differ" diff --tsv ana ben
is "by place and field" "$(sed 1d "$work/out")" "annotations/ben/ferry/tribune.yaml	changed	claim	c0000122	topic	on-board	people"
git show HEAD:./$layer >"$work/old.yaml"
run 1 "two files" diff --tsv "$work/old.yaml" $layer
is "by record" "$(sed 1d "$work/out" | cut -f 2-5)" "changed	claim	c0000023	says"
run 2 "no revision" diff nowhere
run 2 "an option is none" diff -- --output=x HEAD
is "and writes nothing" "$(ls x 2>&1 | grep -c x)" 1

git diff HEAD~1 HEAD >"$work/out"
has "git diff speaks in words" out "+    topic: gone"
echo 'claims: [' >"$work/broken.yaml"
run 0 "a file that cannot be read is given as it is" diff --textconv "$work/broken.yaml"
has "to the letter" out "claims: ["

git checkout -q $layer
run 0 "the history of a claim" log --tsv c0000021
is "who, when and what" "$(sed 1d "$work/out" | cut -f 2-5,8-10)" "2026-11-21T10:00:00+00:00	Ben	$layer	changed	topic	missing	gone
2026-11-20T10:00:00+00:00	Ana	$layer	added			35-61 “Six people are feared dead”"
run 0 "of an article" log -n 1 tribune
has "the commit" out "2026-11-21T10:00  Ben"
has "and its subject" out "rename the topic"
is "one commit" "$(grep -c '^2026-' "$work/out")" 1
run 0 "of everything" log
is "both" "$(grep -c '^2026-' "$work/out")" 2
run 1 "of a claim that never was" log c0000099

# ---- files that get other names
mkdir "$work/kept"
cp -R annotations corpus "$work/kept"
git mv annotations/ana/ferry annotations/ana/boat
git mv corpus/ferry corpus/boat
sed -i 's,^article: ferry/,article: boat/,' annotations/ana/boat/*.yaml
git commit -qam 'the event by another name'
sed -i 's/^  topic: gone/  topic: people/' annotations/ana/boat/tribune.yaml
git commit -qam 'after it'
git mv annotations/ana/boat/tribune.yaml annotations/ana/boat/times.yaml
git mv corpus/boat/tribune.txt corpus/boat/times.txt
git mv corpus/boat/tribune.yaml corpus/boat/times.yaml
sed -i 's,^article: boat/tribune,article: boat/times,' annotations/ana/boat/times.yaml
mkdir corpus/ferry annotations/ana/ferry
printf 'Another text.\n' >corpus/ferry/tribune.txt
printf 'gainsay: 1\narticle: ferry/tribune\nannotator: ana\nclaims:\n\n- id: c0000077\n  span:\n  - at: [0, 7]\n    quote: Another\n' >$layer
git add -A
git commit -qm 'the article by another name, and a new one by its first'
run 0 "the history of a claim follows its file" log --tsv c0000021
is "from its beginning" "$(sed 1d "$work/out" | cut -f 4,9,10)" "annotations/ana/boat/tribune.yaml	gone	people
$layer	missing	gone
$layer		35-61 “Six people are feared dead”"
run 0 "so does that of an article" log --tsv times
is "of which no other file is part" "$(cut -f 7 "$work/out" | grep -c c0000077)" 0
is "with all its claims" "$(cut -f 5,6 "$work/out" | grep -c 'added	claim')" 5
run 0 "and that of the new one" log --tsv --as ana ferry/tribune
is "is its own" "$(sed 1d "$work/out" | cut -f 5,7 | sort -u)" "added	c0000077"
awk '/^- id: / || /^[a-z]/ { out = $3 == "c0000021" } !out' annotations/ana/boat/times.yaml >"$work/dropped"
cp "$work/dropped" annotations/ana/boat/times.yaml
git commit -qam 'take a claim out'
run 0 "a claim that is gone has a history" log --tsv c0000021
is "with its end" "$(sed -n 2p "$work/out" | cut -f 5,7)" "removed	c0000021"
# ---- a merge is told where it decided
git checkout -q -b theirs HEAD
sed -i 's/^  topic: on-board/  topic: theirs/; s/^  topic: load/  topic: cars/' annotations/ana/boat/times.yaml
git commit -qam 'theirs'
git checkout -q -
sed -i 's/^  topic: on-board/  topic: ours/; s/^  topic: warning/  topic: storm/' annotations/ana/boat/times.yaml
git commit -qam 'ours'
git merge -q theirs >/dev/null 2>&1
sed -i '/^<<<<<<<\|^|||||||\|^=======\|^>>>>>>>/d; /^  topic: theirs/d; s/^  topic: ours/  topic: both/' annotations/ana/boat/times.yaml
awk '/^  topic: on-board/ { next } { print }' annotations/ana/boat/times.yaml >"$work/merged" && cp "$work/merged" annotations/ana/boat/times.yaml
git commit -qam 'a merge'
run 0 "the history of a claim on which a merge decided" log --tsv c0000022
is "has the decision" "$(sed -n '2,4p' "$work/out" | cut -f 8- | LC_ALL=C sort)" "topic	on-board	ours
topic	on-board	theirs
topic	ours	both"
run 0 "what a merge only brought together" log --tsv c0000023
is "is told once" "$(cut -f 8- "$work/out" | grep -c '^topic	load	cars')" 1
run 0 "in either branch" log --tsv c0000025
is "as well" "$(cut -f 8- "$work/out" | grep -c '^topic	warning	storm')" 1

rm -rf annotations corpus
mv "$work/kept/annotations" "$work/kept/corpus" .
run 2 "a number that is none" log -n x
cd "$work" && rm -rf outer/.git && cd outer/ws || exit 1
run 3 "outside git" log
run 3 "there is nothing to compare" diff
run 1 "but files" diff $layer annotations/ben/ferry/tribune.yaml
finish
