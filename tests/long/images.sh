#!/bin/sh
# What was said to be saved outlives a loss of power: after each of fifty saves on each kind of file system its image is
# copied as the disk has it at that moment, and the copy, mounted, must hold what was saved. Locks may come back.
# usage: BUILD=build/cc [SAVES=50] tests/long/images.sh
set -u
gainsay=$(pwd)/$BUILD/gainsay
fixture=$(pwd)/tests/screens/fixture
tmp=$(mktemp -d)
disk=$tmp/disk copy=$tmp/copy
trap 'umount "$copy" 2>/dev/null; umount "$disk" 2>/dev/null; rm -rf "$tmp"' EXIT
export GAINSAY_NOW=2026-03-01T12:00:00Z GAINSAY_STATE="$tmp/state" LC_ALL=C.UTF-8
failed=0
mkdir "$disk" "$copy"

# One save: a claim marked in a sitting, or a topic renamed by a command.
save() { # NUMBER
    if [ $(($1 % 2)) -eq 0 ]; then
        GAINSAY_SEED=$1 && export GAINSAY_SEED
        echo "keys gg$1)C" >"$tmp/keys"
        "$gainsay" -C "$disk/ws" --as ana read ferry/herald --script "$tmp/keys"
    else
        "$gainsay" -C "$disk/ws" --as ana rename topic "$topic" "topic-$1" && topic=topic-$1
    fi >"$tmp/out" 2>&1
}

# image NAME MEGABYTES MAKE OPTIONS
image() {
    name=$1 bad=0 number=1 topic=sinking
    if ! command -v "${3%% *}" >/dev/null; then
        echo "ok images/$name # SKIP ${3%% *} is not to be had"
        return
    fi
    rm -f "$tmp/image"
    truncate -s "$2M" "$tmp/image"
    if ! $3 "$tmp/image" >"$tmp/out" 2>&1 || ! mount -o "loop$4" "$tmp/image" "$disk" 2>"$tmp/out"; then
        echo "ok images/$name # SKIP no such image can be mounted here"
        return
    fi
    cp -R "$fixture" "$disk/ws"
    sync
    while [ $number -le "${SAVES:-50}" ]; do
        if ! save $number; then
            echo "# save $number: $(head -1 "$tmp/out")"
            bad=$((bad + 1))
        fi
        cp --sparse=always "$tmp/image" "$tmp/snapshot"
        # A copy has the id of the one that is mounted: xfs and btrfs want to be told, so it is looked at alone.
        cp -R "$disk/ws/annotations" "$tmp/want"
        umount "$disk"
        mount -o loop "$tmp/snapshot" "$copy" || exit 1
        if ! diff -r -x '*.lock' "$tmp/want" "$copy/ws/annotations" >"$tmp/out"; then
            echo "# save $number: $(head -1 "$tmp/out")"
            bad=$((bad + 1))
        fi
        umount "$copy"
        rm -rf "$tmp/want"
        mount -o "loop$4" "$tmp/image" "$disk" || exit 1
        number=$((number + 1))
    done
    umount "$disk"
    if [ $bad -eq 0 ]; then
        echo "ok images/$name: $((number - 1)) saves"
    else
        echo "not ok images/$name: $bad of $((number - 1)) saves were not there"
        failed=1
    fi
}

image ext4 16 'mkfs.ext4 -q' ''
image ext4-noauto 16 'mkfs.ext4 -q' ,noauto_da_alloc
image ext4-writeback 16 'mkfs.ext4 -q' ,noauto_da_alloc,data=writeback
image xfs 300 'mkfs.xfs -q' ''
image btrfs 128 'mkfs.btrfs -q' ''
exit $failed
