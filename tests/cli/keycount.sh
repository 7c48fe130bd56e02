#!/bin/sh
# What annotating costs in keys: ten annotations of the sample corpus, each begun with the cursor at the start of its
# sentence, made by the keys a reader would press. A claim in the author's voice may cost 8, one with its
# source 12, a link 7, contested 1.
# usage: BUILD=build/cc tests/cli/keycount.sh
set -u
gainsay=$(pwd)/$BUILD/gainsay
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export GAINSAY_NOW=2026-03-01T12:00:00Z GAINSAY_SEED=1 GAINSAY_STATE="$tmp/state" LC_ALL=C.UTF-8
mkdir -p "$tmp/ws/annotations" "$tmp/ws/corpus"
cp -R corpus/haqqani-2024 "$tmp/ws/corpus/"
cat >"$tmp/ws/annotations/sources.yaml" <<'YAML'
gainsay: 1
sources:

- id: afghan-interim-government
  name: Afghan interim government
  kind: government
  aliases: [interim government, The government]

- id: amaq
  name: Amaq
  kind: outlet

- id: local-media
  name: local media
  kind: outlet
YAML

cat >"$tmp/keys" <<'KEYS'
# claims of the other article that the links go to; not counted
keys <Tab>
type "/along with six\n"
keys C
type "/middle of prayers\n"
keys C
keys gg<Tab>
count before

type "/Haqqani was among\n"
count before
keys cic<Esc>
count author rank

type "/Jalaluddin\n"
count before
keys 3Lci<Esc>
count author nephew

type "/Within two\n"
count before
keys 4Lcec<Esc>
count author Kandahar

type "/The interim government called\n"
count before
keys 3Lttcj<Esc>
count author image

type "/Khalil Ur-Rahman\n"
count before
keys 2Lcqc<Esc>a<Enter>r<Enter>
count attributed local-media

type "/Amaq\n"
count before
keys 3Ltttce<Esc>a<Enter>r<Enter>
count attributed amaq

type "/The government has said\n"
count before
keys Lcjc<Esc>a<Enter>s<Enter>
count attributed afghan-interim-government
keys !
count contested wiped-out

type "/together with five\n"
count before
keys x<Enter>dn
count link number

type "/stood waiting\n"
count before
keys xG[<Enter>cp
count link place
KEYS

if ! "$gainsay" -C "$tmp/ws" --as ana read --script "$tmp/keys" haqqani-2024/kabul-blast \
    haqqani-2024/fall-of-haqqani >"$tmp/out" 2>&1; then
    echo "not ok keycount: the script stopped"
    cat "$tmp/out"
    exit 1
fi

awk '
BEGIN { budget["author"] = 8; budget["attributed"] = 12; budget["link"] = 7; budget["contested"] = 1 }
/^== .*: [0-9]+ keys/ && $2 in budget {
    keys = $0
    sub(/.*: /, "", keys)
    name = $3
    sub(/:.*/, "", name)
    count++
    ok = keys + 0 <= budget[$2]
    bad += !ok
    printf "%s keycount %s claim %s: %d keys, at most %d\n", ok ? "ok" : "not ok", $2, name, keys, budget[$2]
}
END {
    if (count != 10)
        printf "not ok keycount: %d annotations counted, not 10\n", count
    exit bad || count != 10
}' "$tmp/out"
status=$?

# The keys made what they stand for.
made() { # what, pattern, file
    if grep -q -e "$2" "$tmp/ws/annotations/ana/haqqani-2024/$3.yaml"; then
        echo "ok keycount made $1"
    else
        echo "not ok keycount made $1: no '$2' in $3.yaml"
        status=1
    fi
}
made "the rank" 'quote: Haqqani was among the senior leaders of the Haqqani Network' kabul-blast
made "the nephew" 'quote: Sirajuddin Haqqani, the interior minister, is his nephew' kabul-blast
made "Kandahar" 'quote: lately struck inside Kandahar' kabul-blast
made "the image" 'quote: a sign of rulers anxious to manage the story while their ranks grow less united' kabul-blast
made "the killing" 'quote: was killed by an explosion in Kabul together with five other people' kabul-blast
made "its source" 'source: local-media' kabul-blast
made "its cue" 'quote: local media said' kabul-blast
made "the militant" 'quote: a militant of the group .* when Haqqani came out' kabul-blast
made "Amaq" 'source: amaq' kabul-blast
made "Daesh" 'quote: Daesh is wiped out' kabul-blast
made "the government" 'source: afghan-interim-government' kabul-blast
made "contested" '  contested: {}' kabul-blast
made "differs" 'type: differs' kabul-blast
made "number" 'point: number' kabul-blast
made "contradicts" 'type: contradicts' kabul-blast
made "place" 'point: place' kabul-blast
six=$(awk '/^- id:/ { id = $3 } /quote: along with six/ { print id }' "$tmp/ws/annotations/ana/haqqani-2024/fall-of-haqqani.yaml")
made "the counterpart" "claim: ${six:-none}" kabul-blast
exit $status
