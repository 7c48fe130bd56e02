#!/bin/sh
# Both articles of the sample annotated through the keyboard, claim by claim and link by link: every key is
# counted, and what the keys made is compared with what they were to make. A claim in the author's voice may
# cost 8 keys, one with its source 12, a link 7.
# usage: BUILD=build/cc tests/cli/replay.sh
set -u
gainsay=$(pwd)/$BUILD/gainsay
data=$(pwd)/tests/data/replay.txt
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export GAINSAY_NOW=2026-03-01T12:00:00Z GAINSAY_SEED=1 GAINSAY_STATE="$tmp/state" LC_ALL=C.UTF-8
mkdir -p "$tmp/ws/annotations" "$tmp/ws/corpus"
cp -R corpus/haqqani-2024 "$tmp/ws/corpus/"
cp annotations/sources.yaml "$tmp/ws/annotations/"

awk -F'|' '
BEGIN { here = "kabul-blast" }
/^#/ { next }
{
    if ($1 != here)
        print "keys <Tab>"
    here = $1
    if (last != "select") # the selection would follow
        print "keys gg"
    printf "type \"/%s\\n\"\ncount before\nkeys %s\ncount %s\n", $3, $4, $2
    if ($2 == "select") # its Tab is counted, and goes there
        here = here == "kabul-blast" ? "fall-of-haqqani" : "kabul-blast"
    last = $2
}' "$data" >"$tmp/keys"

if ! "$gainsay" -C "$tmp/ws" --as ana read --script "$tmp/keys" haqqani-2024/kabul-blast \
    haqqani-2024/fall-of-haqqani >"$tmp/out" 2>&1; then
    echo "not ok replay: the script stopped"
    cat "$tmp/out"
    exit 1
fi

# Keys of every claim and link.
grep -v '^#' "$data" | awk -F'|' -v out="$tmp/out" '
BEGIN { budget["author"] = 8; budget["attributed"] = 12; budget["link"] = 7 }
{
    while ((getline line <out) > 0 && line !~ "^== " $2 ": [0-9]+ keys")
        ;
    keys = line
    sub(/.*: /, "", keys)
    sum += keys + 0
    if ($2 == "select")
        next
    count[$2]++
    total[$2] += sum
    most[$2] = sum > most[$2] ? sum : most[$2]
    if (line == "" || sum > budget[$2]) {
        printf "not ok replay %s at \"%s\": %d keys, at most %d\n", $2, $3, sum, budget[$2]
        bad = 1
    }
    sum = 0
}
END {
    for (kind in budget)
        printf "%s replay %d of kind %s: %.1f keys each, %d at most\n", most[kind] <= budget[kind] ? "ok" : "not ok",
            count[kind], kind, total[kind] / count[kind], most[kind]
    if (count["author"] + count["attributed"] < 40 || count["link"] < 20) {
        print "not ok replay: fewer than 40 claims or 20 links"
        bad = 1
    }
    exit bad
}'
status=$?

# What they made.
cat >"$tmp/made.awk" <<'AWK'
function value(line) {
    sub(/^[^:]*: /, "", line)
    if (line ~ /^'.*'$/) {
        line = substr(line, 2, length(line) - 2)
        gsub(/''/, "'", line)
    }
    return line
}
function begins(text, start) { return start != "" && substr(text, 1, length(start)) == start }
FNR == 1 { file++ }
file < 3 && /^- id: / { id = $3; n++; ids[n] = id }
file < 3 && /^    quote: / && !(id in quote) || file < 3 && /^  - quote: / && !(id in quote) { quote[id] = value($0) }
file < 3 && /^  - source: / { source[id] = $3 }
file < 3 && /^  type: / { type[id] = $2 }
file < 3 && /^  point: / { type[id] = type[id] " " $2 }
file < 3 && /^  from: / { from[id] = $2 }
file < 3 && /^    claim: / { to[id] = $2 }
file < 3 || /^#/ { next }
{
    split($0, row, "|")
    if (row[2] == "select")
        next
    found = 0
    for (i = 1; i <= n && !found; i++) {
        id = ids[i]
        if (row[2] != "link")
            found = begins(quote[id], row[5]) && source[id] == row[6]
        else if (type[id] == row[5] && (id in from))
            found = row[6] == "" || begins(quote[to[id]], row[6])
    }
    if (!found) {
        printf "not ok replay made %s \"%s\": no '%s' %s\n", row[2], row[3], row[5], row[6]
        bad = 1
    }
    rows++
}
END {
    if (!bad)
        printf "ok replay made what the keys of %d rows stand for\n", rows
    exit bad
}
AWK
made="$tmp/ws/annotations/ana/haqqani-2024"
awk -f "$tmp/made.awk" "$made/kabul-blast.yaml" "$made/fall-of-haqqani.yaml" "$data" || status=1
"$gainsay" -C "$tmp/ws" --as ana check >"$tmp/check" 2>&1
if ! grep -q "^0 errors" "$tmp/check"; then
    echo "not ok replay: check finds errors"
    cat "$tmp/check"
    status=1
fi
exit $status
