#!/bin/sh
# A workspace that cannot be written, by a mount or by its rights: reading, searching and checking work as ever, and
# what would write says why not, with nothing changed.
# usage: BUILD=build/cc tests/long/readonly.sh
set -u
if [ "${1:-}" != inside ]; then
    if ! unshare -m true 2>/dev/null; then
        echo "ok readonly # SKIP no mount of one's own is allowed here"
        exit 0
    fi
    exec unshare -m sh "$0" inside
fi
gainsay=$(pwd)/$BUILD/gainsay
tmp=$(mktemp -d)
work=$tmp/work
trap 'umount "$work" 2>/dev/null; rm -rf "$tmp"' EXIT
export GAINSAY_STATE="$tmp/state" GAINSAY_NOW=2026-03-01T12:00:00Z GAINSAY_SEED=1 LC_ALL=C.UTF-8
failed=0
mkdir "$work"
cp -R tests/screens/fixture "$tmp/whole"
if ! mount --bind "$tmp/whole" "$work" || ! mount -o remount,ro,bind "$work"; then
    echo "ok readonly # SKIP no mount of one's own is allowed here"
    exit 0
fi
cp -R "$tmp/whole" "$tmp/before"
printf 'A text.\n' >"$tmp/text"
printf 'keys ))C\nsnap marked\n' >"$tmp/mark"
: >"$tmp/nothing"

# try STATUS SAYS COMMAND...: empty: it need not say anything.
try() {
    want=$1 says=$2
    shift 2
    (cd "$work" && "$gainsay" --as ana "$@") >"$tmp/out" 2>&1 </dev/null
    status=$?
    if [ $status -ne "$want" ]; then
        echo "not ok readonly/$*: status $status, not $want"
    elif [ -n "$says" ] && ! grep -q "$says" "$tmp/out"; then
        echo "not ok readonly/$*: does not say '$says'"
    elif ! diff -r "$tmp/whole" "$tmp/before" >/dev/null; then
        echo "not ok readonly/$*: something is changed"
    else
        echo "ok readonly/$*"
        return
    fi
    sed 's/^/# /' "$tmp/out" | head -5
    failed=1
}

ro='Read-only file system'
try 0 ferry/herald list
try 0 coast-guard sources
try 0 . board
try 0 Brekke find Brekke
try 0 ferry show ferry/herald
try 0 '' fmt --check
try 0 '' read ferry/herald --script "$tmp/nothing"
try 0 'read only' read ferry/herald --script "$tmp/mark"
try 3 "$ro" add --event ferry "$tmp/text"
try 3 "$ro" rename source coast-guard zz-guard
try 3 "$ro" merge-sources coast-guard police
try 3 "$ro" status --finish ferry/herald
exit $failed
