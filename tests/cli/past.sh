#!/bin/sh
# The workspace as of a revision: what is shown is what git has, nothing can be changed, nothing is written.
. tests/cli/lib.inc
command -v git >/dev/null || {
    echo "ok cli past: git # SKIP git is not installed"
    exit 0
}
git config --global user.name Ana
git config --global user.email ana@example.org
layer=annotations/ana/ferry/tribune.yaml
mkdir outer && cp -R "$top/tests/screens/fixture" outer/ws
cd outer && git init -q . && cd ws || exit 1
git add -A && git commit -qm start
sed -i 's/^  topic: missing/  topic: gone/' $layer
sed -i 's/two islands/three islands/' corpus/ferry/herald.txt
printf '\n- id: port\n  name: the port\n  kind: office\n' >>annotations/sources.yaml
git commit -qam second
git tag second
git mv corpus/ferry corpus/boat
git mv annotations/ana/ferry annotations/ana/boat
sed -i 's,^article: ferry/,article: boat/,' annotations/ana/boat/*.yaml
git commit -qam 'another name'
: >annotations/sources.yaml
rm corpus/boat/herald.yaml
state() { find . -type f ! -path './.git/*' -exec sha256sum {} + | LC_ALL=C sort; find . -exec stat -c '%n %Y %i' {} + | grep -v '^\./\.git' | LC_ALL=C sort; }
state >"$work/before"

keys() { printf '%b' "$1" >"$work/keys"; }
keys 'snap first\nkeys ]\nkeys c\nsnap no\nkeys gc\nkeys d\nsnap list\nkeys gcu\nsnap undo\nkeys gd\nkeys w\nsnap board\nkeys qgs\nkeys M\nsnap sources\nkeys qgx\nsnap conflicts\nkeys gu\nsnap drafts\ntype ":set topic x"\nkeys <Enter>\nsnap typed\n'
run 0 "the reader on a revision" read --at second ferry/tribune --script "$work/keys" --size 100x30
has "shows what it had" out "quantity · gone"
is "the other article as well" "$(grep -c 'three islands' "$work/out" | sed 's/[1-9][0-9]*/some/')" some
has "says so in the top line" out "as of $(git rev-parse --short=8 second) ($(date -u +%Y-%m-%d)), read only"
for name in mark delete undo set-why merge-source merge-conflicts drafts set; do
    has "refuses $name" out "'$name' changes data; this is read only, as of"
done
state >"$work/after"
is "and changes no file and no folder" "$(cmp "$work/before" "$work/after" && echo same)" same
is "and keeps no place" "$(grep -rl tribune "$work/state" 2>/dev/null)" ""
keys 'keys ]\nsnap first\nkeys q\n'
run 0 "a revision before" read --at 'HEAD~2' tribune --script "$work/keys" --size 100x30
has "shows what that had" out "quantity · missing"
run 0 "one by date" read --at 'HEAD@{0}' boat/tribune --script "$work/keys"
run 2 "one that is none" read --at nowhere boat/tribune --script "$work/keys"
has "is named" err "'nowhere' is no revision that git has here"
run 2 "an option is none" read --at=--output=x boat/tribune --script "$work/keys"
is "and nothing came of it" "$(ls x 2>/dev/null)" ""
run 3 "an article that was not there" read --at second boat/tribune --script "$work/keys"
has "is named too" err "boat/tribune"

# ---- from the history in the reader, back to where it was
git checkout -q annotations corpus
keys 'keys ]gh\nkeys jj<Enter>\nsnap past\nkeys q\nkeys q\ntype ":set topic after"\nkeys <Enter>\nsnap now\n'
run 0 "a revision from the history" read boat/tribune --script "$work/keys" --size 100x30
is "under the name of then" "$(grep -ac '^ ferry/tribune .*read only' "$work/out")" 1
is "and back" "$(sed -n '/^== now/,$p' "$work/out" | grep -ac '^ boat/tribune .*saved')" 1
is "where changes are made again" "$(grep -c '^  topic: after' annotations/ana/boat/tribune.yaml)" 1
keys 'keys ]gh\nkeys j<Enter>\nsnap past\n'
run 0 "a script may end there" read boat/tribune --script "$work/keys"
is "and the place kept is that of now" "$(grep -rl 'ferry/tribune' "$work/state" 2>/dev/null)" ""

mv ../.git ../git
keys 'keys ]gh\nsnap none\nkeys gH\nsnap none\n'
run 0 "without git" read boat/tribune --script "$work/keys"
is "it says so" "$(grep -c '^the workspace is not in git' "$work/out")" 2
run 3 "and there is no revision" read --at HEAD boat/tribune --script "$work/keys"
has "which is said" err "not in git"
finish
