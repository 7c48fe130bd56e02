#!/bin/sh
# Questions to many articles, against libyaml, find and a search of the same files: see README.md here.
# usage: BUILD=build/cc [ARTICLES=2000] [RUNS=5] tests/bench/scale.sh
set -u
articles=${ARTICLES:-2000}
runs=${RUNS:-5}
gainsay=$(pwd)/$BUILD/gainsay
floor=$(pwd)/$BUILD/bench/yamlfloor
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export LC_ALL=C.UTF-8 GAINSAY_STATE="$tmp/state"
cd "$tmp" || exit 1

make_space() { # FOLDER ARTICLES: two articles an event, eight claims an article
    mkdir -p "$1/corpus" "$1/annotations/ana"
    printf 'gainsay: 1\nsources:\n\n- id: mayor\n  name: The Mayor\n' >"$1/annotations/sources.yaml"
    seq 0 $(($2 / 2 - 1)) | sed "s#.*#$1/corpus/e& $1/annotations/ana/e&#" | xargs mkdir -p
    awk -v dir="$1" -v count="$2" 'BEGIN {
        split("event quantity cause motive judgement", types)
        split("alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november", words)
        for (a = 0; a < count; a++) {
            id = "e" int(a / 2) "/" (a % 2 ? "b" : "a")
            text = dir "/corpus/" id ".txt"; layer = dir "/annotations/ana/" id ".yaml"
            printf "gainsay: 1\narticle: %s\nannotator: ana\nclaims:\n", id >layer
            for (c = at = 0; c < 8; c++) {
                line = ""
                for (w = 0; w < 40; w++) line = line words[1 + (a * 7 + c * 5 + w * w) % 14] " "
                line = line sprintf("and %d more.", a * 8 + c)
                print line >text
                printf "\n- id: c%07d\n  span:\n  - at: [%d, %d]\n    quote: %s\n", a * 8 + c, at, at + length(line), line >layer
                at += length(line) + 1
                printf "  says: %s\n  type: %s\n  form: assertion\n  topic: %s\n", line, types[1 + (a + c) % 5], words[1 + c] >layer
                printf "  attributed_to:\n  - source: mayor\n    act: reports\n    quoting: indirect\n" >layer
                if (c % 3 == 0) printf "  contested:\n    why: %s\n", line >layer
                printf "  tags: [one, two]\n  created: 2026-11-25T12:00:00Z\n" >layer
            }
            close(text); close(layer)
        }
    }'
}

# measure NAME COMMAND...: milliseconds of processor and of waiting, one line a run.
measure() {
    name=$1
    shift
    from=$(date +%s%N)
    (
        "$@" >/dev/null 2>&1
        times >"$tmp/times"
    )
    awk -v wall="$((($(date +%s%N) - from) / 1000))" 'NR == 2 {
        gsub(/[ms]/, " ")
        print ($1 * 60 + $2 + $3 * 60 + $4) * 1000, wall / 1000 }' "$tmp/times" >>"$tmp/$name"
}
median() { # NAME FIELD
    cut -d' ' -f"$2" "$tmp/$1" | sort -n | sed -n "$(((runs + 1) / 2))p"
}
row() { # WHAT OWN PEER FIELD GOAL
    awk -v what="$1" -v own="$(median "$2" "$4")" -v peer="$(median "$3" "$4")" -v goal="$5" 'BEGIN {
        printf "%-52s %8.1f %8.1f %6s  %s\n", what, own, peer, peer + 0 ? sprintf("%.2f", own / peer) : "", goal }'
}
search() {
    if command -v rg >/dev/null; then
        rg -c --no-ignore contested large/annotations
    else
        grep -rc contested large/annotations
    fi
}

make_space large "$articles"
make_space small 2
sleep 2.2 # a file changed just now is not kept in the cache
"$gainsay" -C large list >/dev/null 2>&1
echo 'keys j' >keys
for run in $(seq "$runs"); do
    measure cold "$gainsay" -C large --no-cache list --tsv
    measure yaml "$floor" large/annotations
    measure warm "$gainsay" -C large contested --tsv type:cause
    measure search search
    measure find find large/annotations -type f -printf '%s %T@ %p\n'
    measure one "$gainsay" -C large read e0/a --script keys
    measure other "$gainsay" -C small read e0/a --script keys
done
printf '\n%s articles, %s claims: medians of %s runs in turn\n' "$articles" $((articles * 8)) "$runs"
printf '%-52s %8s %8s %6s  %s\n' '' gainsay peer ratio goal
row "every claim, from the files, against libyaml: CPU ms" cold yaml 1 "<= 1.3"
row "a question, cache warm, against a search: ms" warm search 2 "<= 3"
row "the same, against find: ms" warm find 2 ""
row "an article, against a workspace of two: ms" one other 2 "<= 1.1"
