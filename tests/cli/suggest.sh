#!/bin/sh
# suggest: proposals of attributions in code points.
. tests/cli/lib.inc
. "$top/tests/cli/workspace.inc"
cd "$work" || exit 1
tab=$(printf '\t')

printf 'Über Anna said it fell. “It is,” he said. “It was.”\n\nIt is alleged that it fell.\n' >text
run 0 "suggestions of a file, without a workspace" suggest text
is "are spans of code points, parts joined by commas" "$(cat "$work/out")" \
    "0-9${tab}10-14${tab}15-23
33-35${tab}36-40${tab}24-32,42-51
-${tab}56-66${tab}67-80"
run 0 "suggestions as TSV" suggest --tsv text
is "have a line of names and the act" "$(sed -n '1p;4p' "$work/out")" \
    "source${tab}cue${tab}content${tab}act
-${tab}56-66${tab}67-80${tab}alleges"
run 0 "suggestions as JSON" suggest --json text
is_json "are JSON" out
has "with lists of pairs" out '"act": "alleges"'
"$gainsay" suggest - <text >"$work/out"
is "standard input" "$(wc -l <"$work/out" | tr -d ' ')" 3
printf 'It fell.\n' >none
run 1 "nothing to suggest" suggest none
is "prints nothing" "$(cat "$work/out")" ""
run 1 "nothing to suggest as JSON" suggest --json none
is "is an empty list" "$(cat "$work/out")" "[]"
make_workspace "$work/ws"
run 0 "of an article, by the end of its name" -C ws suggest dam
is "all of them" "$(wc -l <"$work/out" | tr -d ' ')" 135
cat >ws/annotations/scheme.yaml <<'END'
gainsay: 1
reporting:

- id: Skyline
  forms: [skylines, skylined]
  act: asserts
- id: gave to understand
- id: say
  how: never
- id: per
  how: sorce
- id: by
  act: denyes
END
printf 'Anna skylined that it fell. She gave to understand that it stood. Tom said it fell.\n' >ws/corpus/own.txt
run 0 "words of the team" -C ws suggest --tsv own
is "go before those of the program" "$(sed 1d "$work/out")" \
    "0-4${tab}5-13${tab}14-27${tab}asserts
28-31${tab}32-50${tab}51-65${tab}-"
run 1 "what is wrong with them" -C ws check ws/annotations/scheme.yaml
has "is told with its place: how" out "annotations/scheme.yaml:11:3: error: 'sorce' is no way to report; did you mean 'source'"
has "and the act" out "annotations/scheme.yaml:13:3: error: 'denyes' is no act of the scheme; did you mean 'denies'"
run 3 "neither file nor article" suggest nothing
has "is said" err "'nothing' is no file"
run 2 "no text named" suggest
finish
