#!/bin/sh
# Where results go, and what happens when they cannot: full, closed, left by its reader.
. tests/cli/lib.inc
. "$top/tests/cli/workspace.inc"
make_workspace "$work/ws"
cd "$work/ws" || exit 1

if [ -w /dev/full ]; then
    for command in --help --version list\ --help; do # full.sh has all the commands
        # shellcheck disable=SC2086
        "$gainsay" $command >/dev/full 2>"$work/err" </dev/null
        is "status of '$command' on a full disk" $? 3
        has "the reason is said for '$command'" err "No space left on device"
    done
else
    echo "ok cli output: full disk # SKIP there is no /dev/full"
fi
"$gainsay" list >&- 2>"$work/err" </dev/null
is "status when standard output is closed" $? 3
has "it is said" err "standard output"
"$gainsay" list --tsv 2>"$work/err" </dev/null >"$work/out" <&-
is "standard input may be closed" $? 0
"$gainsay" list topic:odd >"$work/out" 2>&- </dev/null
is "standard error may be closed" $? 0
mkfifo "$work/pipe"
(
    "$gainsay" list --json 2>"$work/err" </dev/null
    echo $? >"$work/status"
) >"$work/pipe" &
head -c 10 <"$work/pipe" >/dev/null
wait
is "status when the reader goes away" "$(cat "$work/status")" 3
is "nothing is said about it" "$(cat "$work/err")" ""

run 0 "no colour in a pipe" list
is "no escape in it" "$(tr -cd '\033' <"$work/out" | wc -c | tr -d ' ')" 0
COLUMNS=40 "$gainsay" list >"$work/out" 2>&1 </dev/null
is "lines fit the columns" "$(sed 's/[^ -~]/x/g' "$work/out" | awk 'length($0) > 40 { print }')" ""

# What a terminal would obey does not get out, whatever says it.
printf 'Evil \033[2J\302\233 \342\200\256text\n' >corpus/flood/evil.txt
printf 'title: "x\\u001b[2Jy\\u202e"\n' >corpus/flood/evil.yaml
for command in 'show evil' 'show --json evil' 'check' 'check --json' 'check --tsv'; do
    # shellcheck disable=SC2086
    "$gainsay" $command >"$work/out" 2>"$work/err" </dev/null
    cat "$work/out" "$work/err" | LC_ALL=C tr -cd '\033\233\256' >"$work/raw"
    is "no raw control from '$command'" "$(wc -c <"$work/raw" | tr -d ' ')" 0
done
run 3 "a name with an escape" show "$(printf 'e\033[2J')"
has "is shown with it visible" err '^[[2J'

sed -i 's/says: People came, says number 7\./says: "a\\tb\\\\c\\nd"/' annotations/ana/flood/dam.yaml
run 0 "a tab, a backslash and a line end" list --tsv id:cad00007
is "are escaped" "$(sed 1d "$work/out" | cut -f 7)" 'a\tb\\c\nd'
run 0 "an article's claims as TSV" show --tsv dam --as ana
is "a row for each" "$(rows)" $((total_claims / 4))
is "with the line it stands on, as list has its place" "$(sed -n 2p "$work/out" | cut -f 1-5)" \
    "$(printf '1\t3\t%s' "$("$gainsay" list --tsv id:cad00001 | sed -n 2p | cut -f 4,5)")	cad00001"
sed -i '3s/^/New. /' corpus/flood/dam.txt
run 0 "after the text changed" show --tsv dam --as ana
is "the words are found where they stand now" "$(sed -n 2p "$work/out" | cut -f 3)" \
    "$(($("$gainsay" list --tsv id:cad00001 | sed -n 2p | cut -f 4) + 5))"
sed -i '3d' corpus/flood/dam.txt
run 0 "after they went" show --tsv dam --as ana
is "no place is given" "$(grep cad00001 "$work/out" | cut -f 2-4 | tr -d '\t')" ""
finish
