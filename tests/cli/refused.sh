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
"$gainsay" -C "$tmp" --as ana read kabul-blast --script "$tmp/keys" --size 80x24 >"$tmp/screens" 2>&1

result() { # NAME STATUS
    [ "$2" -eq 0 ] && echo "ok refused $1" || { echo "not ok refused $1"; failed=1; }
}

sed -n '/^== opened/,/^-- roles/p' "$tmp/screens" | grep -q 'annotations/sources.yaml:5:1: not YAML'
result "the place of the fault is shown at the start" $?
sed -n '/^== refused/,/^-- roles/p' "$tmp/screens" | grep -q 'sources.yaml: the registry could not be read'
result "a new source says why it cannot be made" $?
cmp -s "$tmp/before" "$tmp/annotations/sources.yaml"
result "the file is left as it is" $?
exit $failed
