#!/bin/sh
# The cache of layers: every answer is that of the files, whatever became of them meanwhile.
. tests/cli/lib.inc
cache=$GAINSAY_STATE/cache/layers
mkdir -p ws/corpus ws/annotations && printf 'gainsay: 1\nsources:\n' >ws/annotations/sources.yaml

# Layers of 60 articles, more than is read again in no time.
awk 'BEGIN {
    for (a = 10; a < 70; a++) {
        dir = "ws/annotations/ana/e" int(a / 10)
        system("mkdir -p " dir " ws/corpus/e" int(a / 10))
        file = dir "/a" a ".yaml"
        printf "Text %d\n", a >"ws/corpus/e" int(a / 10) "/a" a ".txt"
        printf "gainsay: 1\narticle: e%d/a%d\nannotator: ana\nclaims:\n", int(a / 10), a >file
        for (c = 100; c < 200; c++)
            printf "\n- id: c%d%d00\n  span:\n  - at: [0, 4]\n    quote: Text\n  says: Claim %d of article %d, in some twenty words that are " \
                   "of no other use than to be many and to be read.\n  type: %s\n  topic: topic-%d\n", c, a, c, a, c % 3 ? "event" : "cause", c % 7 >file
        # Each with a claim of the next article, of which no other query than one for links tells.
        printf "\nlinks:\n\n- id: l%d0000\n  from: c1%d%d00\n  to:\n    article: e%d/a%d\n    claim: c1%d%d00\n  type: differs\n", 100 + a, \
               11, a, int((a + 1) / 10), a + 1, 12, a + 1 >file
        close(file)
    }
}'
alike() { # NAME: with and without the cache
    for command in "list topic:topic-3 --tsv" "list type:cause not linked --tsv" "contested type:event" "disputed --json" \
        "list links:>1 or topic:topic-5 --count-by type" "list cloud or topic:TOPIC-1,topic-2 unsourced --tsv" \
        "list not (topic:* or linked) --tsv" "list article:e3/a33,a42 not id:c15 --tsv" \
        "list cloud --json" "list CLAIM claim type:cause links:0 --tsv" "list /m.150/ --tsv" "status --tsv"; do
        # shellcheck disable=SC2086
        "$gainsay" -C ws $command >"$work/out" 2>"$work/err"
        echo $? >>"$work/out"
        # shellcheck disable=SC2086
        "$gainsay" -C ws --no-cache $command >"$work/want" 2>"$work/want.err"
        echo $? >>"$work/want"
        cmp -s "$work/out" "$work/want" && cmp -s "$work/err" "$work/want.err" || {
            result 1 "$1: $command"
            return
        }
    done
    result 0 "$1"
}
touch ws/annotations/ana/*/*.yaml
run 0 "files written just now" -C ws list topic:topic-3
is "are not kept" "$(ls "$cache" 2>/dev/null | wc -l)" 0
sleep 2.2
run 0 "without the cache" -C ws --no-cache list
is "nothing is kept" "$(ls "$cache" 2>/dev/null | wc -l)" 0
alike "the first time"
is "one file for the annotator" "$(ls "$cache" | wc -l)" 1
is "which is hers alone" "$(ls -l "$cache" | sed -n 2p | cut -c 1-10)" "-rw-------"
alike "the second time"
before=$(cksum "$cache"/*)

file=ws/annotations/ana/e3/a33.yaml
cp -p $file stamp
sed -i 's/Claim 150/Cloud 150/' $file && touch -r stamp $file
alike "a file of the same size and time"
is "which is seen" "$("$gainsay" -C ws list --tsv | grep -c 'Cloud 150')" 1
printf 'x' | dd of=$file bs=1 seek=400 conv=notrunc 2>/dev/null && touch -r stamp $file
alike "changed in place"
cp -p stamp $file
alike "put back"
rm ws/annotations/ana/e4/a41.yaml
alike "one file less"
sed 's/a42/a49/; s/c\(...\)4200/c\14200/' ws/annotations/ana/e4/a42.yaml >ws/annotations/ana/e4/a49.yaml
alike "one overwritten by another"
mv ws/annotations/ana/e5/a50.yaml swap && mv ws/annotations/ana/e5/a51.yaml ws/annotations/ana/e5/a50.yaml &&
    mv swap ws/annotations/ana/e5/a51.yaml
alike "two swapped"
has "which is said of both" err "but the file lies where that of 'e5/a50' belongs"
mv ws/annotations/ana/e6 ws/annotations/ana/e7
alike "a folder of another name"
echo 'claims: [' >ws/annotations/ana/e2/a20.yaml
alike "a file that is refused"
is "the cache was not written for so little" "$(cksum "$cache"/*)" "$before"
if command -v git >/dev/null; then
    git -C ws init -q && git -C ws add -A && git -C ws -c user.name=a -c user.email=a@b commit -qm one
    sed -i 's/type: event/type: cause/' ws/annotations/ana/e1/*.yaml
    alike "before a checkout"
    git -C ws checkout -q .
    alike "and after it"
fi

# Whatever the cache is, it is no error.
for damage in 'head -c 1000' 'tr a b' 'head -c 0' 'cat - /etc/passwd'; do
    cp "$cache"/* kept
    $damage <kept >"$cache/$(ls "$cache")"
    alike "a cache through '$damage'"
    cat kept >"$cache/$(ls "$cache")"
done
rm -rf "$GAINSAY_STATE" && : >"$GAINSAY_STATE"
alike "no folder for it"
rm -f "$GAINSAY_STATE"
"$gainsay" -C ws list >"$work/one" 2>/dev/null &
"$gainsay" -C ws list >"$work/two" 2>/dev/null
wait
cmp -s "$work/one" "$work/two"
result $? "two at once"
exit $failed
