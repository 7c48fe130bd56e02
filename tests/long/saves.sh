#!/bin/sh
# Every command that writes, at every call: killed, cut off in a write, without power, refused once and from there on.
# Each file must be as before or as after, success said only of what is done, the next run must go on and leave
# nothing behind; no bytes get a name, and no folder is left, before an fsync.
# usage: BUILD=build/cc [STEP=7] [ONLY=WORKLOAD] [SAVES_IN=FOLDER] tests/long/saves.sh
#   SAVES_IN  where the files lie, instead of in memory: a disk has calls of its own
set -u
if [ -z "${ONLY:-}" ]; then # each workload by itself, as many at once as there are processors; the last is the longest
    sed -n 's/^\(reader\|workload\) \([a-z0-9-]*\) .*/\2/p' "$0" | tac |
        xargs -P "$(getconf _NPROCESSORS_ONLN)" -I NAME env ONLY=NAME sh "$0"
    exit
fi
gainsay=$(pwd)/$BUILD/gainsay
fault=$(pwd)/$BUILD/faults/fault.so
fixture=$(pwd)/tests/screens/fixture
tmp=$(mktemp -d -p "${SAVES_IN:-/dev/shm}" 2>/dev/null || mktemp -d)
trap 'rm -rf "$tmp"' EXIT
box=$tmp/box work=$tmp/box/work start=$tmp/start
export GAINSAY_NOW=2026-03-01T12:00:00Z GAINSAY_SEED=1 GAINSAY_STATE="$box/state" LC_ALL=C.UTF-8
failed=0 points=0 step=${STEP:-1}

if [ ! -f "$fault" ] || ! LD_PRELOAD=$fault "$gainsay" --version >"$tmp/out" 2>&1; then
    echo "ok saves # SKIP this build cannot be preloaded"
    exit 0
fi

# go COMMAND [NAME=VALUE...]: run it in the workspace.
go() {
    run=$1
    shift
    (cd "$work" && exec env "$@" timeout 100 "$gainsay" --as ana $run) >"$tmp/out" 2>&1 </dev/null
}

fresh() {
    rm -rf "$box"
    cp -R "$start" "$box"
}

complain() { # TEXT
    echo "not ok saves/$name.$how: call $at ($(sed -n "${at}p" "$tmp/calls")): $1"
    sed 's/^/# /' "$tmp/out" | head -5
    failed=1 good=no
}

# Is the workspace as in this folder, but for locks and temporary files?
is_as() {
    diff -r -x '*.lock' -x '.*.gainsay-*' "$work" "$tmp/$1" >/dev/null
}

# Is this file as in one of the states?
is_whole() {
    for state in "$tmp/before" "$tmp/after" "$tmp"/halfway.*; do
        if cmp -s "$work/$1" "$state/$1"; then return 0; fi
    done
    return 1
}

each_file_is_whole() {
    if is_as before || is_as after; then return; fi
    for file in $(cd "$work" && find . -type f ! -name '*.lock' ! -name '.*.gainsay-*'); do
        [ "$file" = "${between:-}" ] || is_whole "$file" || complain "$file is neither as before nor as after"
    done
    for file in $(cd "$tmp/before" && find . -type f); do
        [ -f "$work/$file" ] || [ ! -f "$tmp/after/$file" ] || complain "$file is gone"
    done
}

# A sitting in a place that is only to be read ends as any other; its last picture says so at the top.
says_it_cannot() {
    is_as before && grep -q '^ [^ ]*/[^ ]* .* read only ' "$tmp/out"
}

leaves_nothing() {
    left=$(find "$work" -name '*.lock' -o -name '.*.gainsay-*')
    [ -z "$left" ] || complain "left behind: $left"
}

# point [NAME=VALUE...]: the command with one fault, and the next run.
point() {
    fresh
    # What the shell says of each that was killed is not wanted.
    go "$what" LD_PRELOAD="$fault" FAULT_UNDER="$box" FAULT_AT=$at FAULT_HOW="${how%+}" "$@" 2>/dev/null
    status=$?
    points=$((points + 1))
    each_file_is_whole
    case $how.$status in
    [a-z]*.137 | short.0) ;;
    *.124) complain "does not end" ;;
    *.0 | *.1) is_as after || says_it_cannot || complain "success, but not all is done" ;;
    *.[34] | *.129)
        grep -q '^gainsay: .*: ' "$tmp/out" || complain "the message names no file or reason"
        case $how in 4 | short) complain "does not go on" ;; esac
        ;;
    *) complain "status $status" ;;
    esac
    go "$next"
    [ $? -le "$next_status" ] || complain "the next run fails"
    if [ "$next" = "$what" ]; then
        is_as after || complain "the next run does not finish it"
    else
        each_file_is_whole
    fi
    leaves_nothing
}

# each HOW [NAME=VALUE...]: at every call. HOW with a + is from there on.
each() {
    how=$1 good=yes at=$((1 + points % step))
    shift
    case $how in *+) set -- "$@" FAULT_LAST=1 ;; esac
    while [ $at -le "$(wc -l <"$tmp/calls")" ]; do
        case $how.$(sed -n "${at}p" "$tmp/calls") in
        torn.*write | short.*write | [0-9]*.* | kill.* | power.* | zeros.*) point "$@" ;;
        esac
        at=$((at + step))
    done
    [ $good = no ] || echo "ok saves/$name.$how"
}

# workload NAME COMMAND [NEXT [STATUS]]: NEXT, if not the command itself, ends with at most STATUS. Where a file is
# saved more than once, each script named in $firsts makes a state between.
workload() {
    name=$1 what=$2 next=${3:-$2} next_status=${4:-0}
    [ "$ONLY" = "$name" ] || return
    how=none at=0 good=yes
    rm -rf "$tmp/before" "$tmp"/halfway.* "$tmp/after"
    cp -R "$start/work" "$tmp/before"
    for script in ${firsts:-}; do
        fresh
        go "read ferry/herald --script $script" || complain "fails without a fault"
        cp -R "$work" "$tmp/halfway.${script##*.}"
    done
    for counted in reads saves; do
        fresh
        : >"$tmp/$counted"
        reads= && [ $counted = saves ] || reads=FAULT_READS=1
        go "$what" LD_PRELOAD="$fault" FAULT_UNDER="$box" FAULT_LOG="$tmp/$counted" FAULT_AUDIT="$tmp/audit" $reads
        [ $? -le 1 ] || complain "fails without a fault"
    done
    cp -R "$work" "$tmp/after"
    if is_as before; then
        complain "changes nothing"
        return
    fi
    if [ -s "$tmp/audit" ]; then
        cp "$tmp/audit" "$tmp/out"
        complain "bytes or folders that are not safe"
    fi
    rm -f "$tmp/audit"
    cp "$tmp/saves" "$tmp/calls"
    for kind in kill torn power zeros short 4; do each $kind; done
    case $name in link | undo-*) return ;; esac # keys mean something else where a text or log is not read
    cp "$tmp/reads" "$tmp/calls"
    for kind in 5 28 30 122 116 24 5+ 28+ 30+ 24+; do each $kind FAULT_READS=1; done
}

# begin: the workspace that the next workloads start from.
begin() {
    rm -rf "$box" "$start"
    mkdir -p "$box"
    cp -R "$fixture" "$work"
}

ready() {
    cp -R "$box" "$start"
}

sitting="read ferry/herald --script $tmp/nothing"
reader() { # NAME KEYS
    printf 'keys %s\nsnap at the end\n' "$2" >"$tmp/keys.$1"
    workload "$1" "read ferry/herald --script $tmp/keys.$1" "$sitting"
}

: >"$tmp/nothing"
echo "The harbour stayed shut on Monday." >"$tmp/gazette.txt"
begin
ready
reader mark '))C'
reader delete ']d'
reader new-source 'gg]aNewsource<Enter>r<Enter><Esc>'
{ printf 'type "/22:40\\n"\nkeys x\nkeys <Enter>d!\nkeys t\nsnap at the end\n'; } >"$tmp/keys.link"
workload link "read ferry/herald --script $tmp/keys.link" "$sitting"
workload finish 'status --finish ferry/herald' "$sitting"
between=./corpus/ferry/post.txt
workload add "add --event ferry --id gazette $tmp/gazette.txt" "add --event ferry --id post $tmp/gazette.txt"
between=
workload merge-sources 'merge-sources coast-guard police' "$sitting"

begin
echo 'keys ]d' >"$tmp/keys.first"
go "read ferry/herald --script $tmp/keys.first" || exit 1
ready
reader undo-of-the-last-sitting 'u'

# A layer of more than a mebibyte: from one save to the next it is watched, and not read again; from the third on the
# file of before last is written over.
begin
layer=$work/annotations/ana/ferry/herald.yaml
awk '{ print } /^annotator:/ { print "note: |-"; for (i = 0; i < 11000; i++)
    printf "  %05d a remark as long as a year of reading makes it, line after line, which nobody will ever shorten\n", i }' \
    "$layer" >"$tmp/layer" && mv "$tmp/layer" "$layer"
ready
firsts= keys=
for key in '))C' ']d' u ! u; do
    keys=$keys$key
    echo "keys $keys" >"$tmp/keys.large${#keys}"
    firsts="$firsts $tmp/keys.large${#keys}"
done
echo 'snap at the end' >>"$tmp/keys.large${#keys}"
workload changes-of-a-large-layer "read ferry/herald --script $tmp/keys.large${#keys}" "$sitting"
firsts=

# A second reader who found the same.
begin
mkdir -p "$work/annotations/ben/ferry"
sed 's/: ana$/: ben/; s/\([cfln]\)0000/\1b000/g' "$work/annotations/ana/ferry/herald.yaml" \
    >"$work/annotations/ben/ferry/herald.yaml"
ready
workload adjudicate 'adjudicate --agreed ferry/herald' 'adjudicate --agreed ferry/herald' 1

begin
go 'export jsonl' || exit 1
cp "$tmp/out" "$tmp/herald.jsonl"
rm -r "$work/annotations/ana"
ready
workload import "import jsonl $tmp/herald.jsonl" "import jsonl $tmp/herald.jsonl" 1

begin
for annotator in ben cleo dora; do
    for copy in 1 2 3 4 5 6 7 8 9 10; do
        mkdir -p "$work/annotations/$annotator/e$copy" "$work/corpus/e$copy"
        cp "$work"/corpus/ferry/*.txt "$work/corpus/e$copy/"
        for article in herald tribune; do
            letter=${annotator%"${annotator#?}"} digit=$((copy % 10))
            sed "s/: ana\$/: $annotator/; s/\\([cfln]\\)0000/\\1$letter${digit}00/g; s#ferry/#e$copy/#" \
                "$work/annotations/ana/ferry/$article.yaml" >"$work/annotations/$annotator/e$copy/$article.yaml"
        done
    done
done
ready
step=$((step * 13)) # hundreds of calls
between=./annotations/sources.yaml # both sources are in it while files name one or the other
workload rename-in-60-files 'rename source coast-guard zz-guard' 'rename source coast-guard zz-guard' 4

if [ $points -eq 0 ]; then
    echo "not ok saves/$ONLY: no such workload, or nothing in it to fail"
    exit 1
fi
[ $failed -ne 0 ] || echo "ok saves/$ONLY: $points points"
exit $failed
