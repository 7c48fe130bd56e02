#!/bin/sh
# comments: threads on records across layers: listed, told by list, show and todo, checked, and carried by
# fmt, diff, log and merge like any record.
. tests/cli/lib.inc
. "$top/tests/cli/workspace.inc"
cd "$work" || exit 1
make_workspace "$work/ws"
ana=ws/annotations/ana/flood/dam.yaml
ben=ws/annotations/ben/flood/dam.yaml

# comment FILE: the section `comments` from standard input, before `read`
comment() {
    { sed '/^read:/,$d' "$1" && cat && sed -n '/^read:/,$p' "$1"; } >new && mv new "$1"
}

run 1 "without comments" -C ws comments
is "there is nothing" "$(cat out)" ""
comment $ben <<'END'
comments:

- id: t0000001
  about: ana/cad00003
  kind: question
  text: Is it the mayor who says so?
  created: 2026-11-25T10:00:00Z

- id: t0000002
  about: cbd00001
  kind: remark
  text: Look at this again.
  created: 2026-11-25T10:01:00Z
END
comment $ana <<'END'
comments:

- id: t0000003
  about: cad00003
  reply_to: ben/t0000001
  text: |
    Yes: it goes on
    in the next sentence.
  created: 2026-11-25T10:05:00Z
END
run 0 "comments are right" -C ws check $ana $ben
run 0 "and canonical" -C ws fmt --check $ana $ben
run 0 "threads" -C ws comments
has "have their record" out "ana/cad00003  open  “Sentence 003 of the dam says that 21 people came”"
has "who asked" out "    ben  2026-11-25T10:00  question: Is it the mayor who says so?"
has "and who answered" out "    ana  2026-11-25T10:05  Yes: it goes on in the next sentence."
run 0 "a report" -C ws report --md
has "has threads with their record" out "- ana **A3** “Sentence 003 of the dam says that 21 people came” **open**"
has "who asked" out "  - ben, \`2026-11-25T10:00\`, **question**: Is it the mayor who says so?"
run 0 "as HTML" -C ws report
has "has what was said" out "</span>: Yes: it goes on in the next sentence.</li>"
run 0 "of one claim" -C ws report --md --where id:cad00003
is "has its thread alone" "$(grep -c -e '^  - ben' -e '^- ana' out)" 2
run 0 "as rows" -C ws comments --tsv dam
is "one for each comment" "$(rows)" 3
has "in their thread" out "flood/dam	ana/cad00003	yes	t0000001	t0000003	ana	2026-11-25T10:05:00Z		Yes: it goes on\\nin"
run 0 "as JSON" -C ws comments --json
is_json "is JSON" out
run 1 "of an article without any" -C ws comments levee
run 0 "of one annotator" -C ws comments --as ana --tsv
is "where they speak or are asked" "$(rows)" 2

run 0 "the list" -C ws list id:cad00003
has "has a sign" out "1 open thread"
run 0 "also when only that layer is asked for" -C ws list --as ana --tsv id:cad00003
is "in a column" "$(tail -n 1 out | awk -F '\t' '{ print $NF }')" 1
run 0 "the article" -C ws show dam
has "has what was said" out "ben  2026-11-25T10:00  question: Is it the mayor who says so?"
run 0 "and as JSON" -C ws show --json dam
is_json "is JSON too" out
has "with the count" out '"open_threads": 1'
run 1 "the work left" -C ws todo --tsv dam
has "has it for whoever is asked" out "ana	flood/dam	comment	cad00003	139	187	ben: Is it the mayor who says so?"
has "and for whoever asks" out "ben	flood/dam	comment	t0000001"

comment $ana <<'END'

- id: t0000004
  about: cad00003
  reply_to: ben/t0000001
  kind: resolved
  created: 2026-11-25T11:00:00Z
END
run 0 "a thread is resolved" -C ws check $ana
run 0 "and then" -C ws comments --open --tsv
is "is not open" "$(rows)" 1
run 0 "but there" -C ws comments
has "with who settled it" out "    ana  2026-11-25T11:00  resolved"
sed -i 's/cad00003$/cad00999/' $ben
run 0 "a record that is gone" -C ws check $ben
has "is told, as a warning" out "dam.yaml:" 
has "with the comment" out "warning: comment 't0000001' is about 'cad00999', which is no record of 'ana'"
run 0 "and what was said of it" -C ws comments
has "is kept" out "ana/cad00999  resolved  a record that is not there"
sed -i 's/cad00999$/cad00003/; s,reply_to: ben/t0000001,reply_to: ben/t0000009,' $ben $ana
run 0 "an answer whose question is gone" -C ws check $ana
has "is a warning too" out "'t0000003' answers 't0000009', which is no comment of 'ben'"
sed -i 's,reply_to: ben/t0000009,reply_to: ben/t0000001,; s,about: ana/cad00003,about: ana/,' $ana $ben
run 1 "what names no record" -C ws check $ben
has "is an error with its line" out "'about' is 'ana/'; write ANNOTATOR/ID"
sed -i 's,about: ana/$,about: ana/cad00003,' $ben
sed -i 's/kind: remark/kind: remrk/' $ben
run 1 "a kind that there is not" -C ws check $ben
has "gets the nearest" out "did you mean 'remark'"
sed -i 's/kind: remrk/kind: remark/' $ben

# As any record: in git.
PATH=$build:$PATH
export PATH
export GIT_AUTHOR_NAME=Ana GIT_AUTHOR_EMAIL=ana@example.org GIT_COMMITTER_NAME=Ana GIT_COMMITTER_EMAIL=ana@example.org
git -C ws init -q -b main
run 0 "the driver is set" init ws
git -C ws add -A && git -C ws commit -qm one
git -C ws checkout -q -b there
comment $ana <<'END'

- id: t0000005
  about: cad00004
  kind: question
  text: From there.
  created: 2026-11-25T12:00:00Z
END
git -C ws commit -qam there
git -C ws checkout -q main
comment $ana <<'END'

- id: t0000006
  about: cad00005
  kind: question
  text: From here.
  created: 2026-11-25T12:00:00Z
END
git -C ws commit -qam here
git -C ws merge -q there >/dev/null 2>&1
is "comments added at one place on both sides merge" "$?" 0
is "and are both there" "$(grep -c 'From t*here' $ana)" 2
run 0 "in order" -C ws fmt --check $ana
run 1 "the difference" -C ws diff HEAD~1 HEAD
has "names them" out "comment t0000005 on cad00004, question"
has "with what they say" out "text: From there."
run 0 "the log of a claim's article" -C ws log dam
has "has them" out "t0000006"

# In a team that works blind what a comment is about may be hidden; it is not gone.
printf 'gainsay: 1\nblind: true\nannotators:\n\n- id: ana\n\n- id: ben\n' >ws/annotations/team.yaml
GAINSAY_ANNOTATOR=ben
export GAINSAY_ANNOTATOR
run 0 "in a blind team" -C ws comments
has "what is hidden is said to be" out "a record that is hidden"
finish
