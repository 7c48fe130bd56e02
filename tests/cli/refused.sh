#!/bin/sh
# The reader beside a registry that was refused: it opens, says why, and leaves the file as it is.
set -u
gainsay=$(pwd)/$BUILD/gainsay
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export GAINSAY_STATE="$tmp/state" GAINSAY_NOW=2026-03-01T12:00:00Z GAINSAY_SEED=1 LC_ALL=C.UTF-8
failed=0
cp -R corpus annotations "$tmp/"
sed -i '5s/^/\t/' "$tmp/annotations/sources.yaml"
cp "$tmp/annotations/sources.yaml" "$tmp/before"

cat >"$tmp/keys" <<'KEYS'
snap opened
keys ]a
type "somebody new"
keys <Enter>p
snap refused
KEYS
"$gainsay" -C "$tmp" --as ana read kabul-blast --script "$tmp/keys" --size 80x24 >"$tmp/screens" 2>"$tmp/said"
status=$?

result() { # NAME STATUS
    [ "$2" -eq 0 ] && echo "ok refused $1" || { echo "not ok refused $1"; failed=1; }
}

sed -n '/^== opened/,/^-- roles/p' "$tmp/screens" | grep -q 'annotations/sources.yaml:5:1: not YAML'
result "the place of the fault is shown at the start" $?
sed -n '/^== refused/,/^-- roles/p' "$tmp/screens" | grep -q 'sources.yaml: the registry could not be read'
result "a new source says why it cannot be made" $?
cmp -s "$tmp/before" "$tmp/annotations/sources.yaml"
result "the file is left as it is" $?
[ $status -eq 4 ] && grep -q '^gainsay: annotations/sources.yaml: could not be read, so nothing' "$tmp/said"
result "the sitting ends with a status and says why" $?

# A folder of the corpus that cannot be entered is told, not taken for a wrong name.
mkdir "$tmp/ws"
cp -R corpus annotations "$tmp/ws/"
event=$(cd corpus && ls | head -1)
rm -rf "$tmp/ws/corpus/$event"
ln -s "$(printf '%0300d' 0)" "$tmp/ws/corpus/$event"
"$gainsay" -C "$tmp/ws" show "$event/kabul-blast" >"$tmp/out" 2>&1
[ $? -eq 3 ] && grep -q "corpus/$event: cannot be looked at: File name too long" "$tmp/out"
result "a folder that cannot be looked at is named" $?
exit $failed
