#!/bin/sh
# Files of records at the limits of the format: 64 MiB of the least a record can be, of values, of depth. Each is
# read or refused with its place within 5 seconds of the processor and 4 times its bytes of memory.
set -u
gainsay=$(pwd)/$BUILD/gainsay
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export GAINSAY_STATE="$tmp/state" LC_ALL=C.UTF-8
failed=0
layer=$tmp/ws/annotations/ana/ev/a.yaml
mkdir -p "$tmp/ws/corpus/ev" "$tmp/ws/annotations/ana/ev"
echo 'Text here.' >"$tmp/ws/corpus/ev/a.txt"

# limit NAME SAYS: what awk prints from the program on standard input, up to 64 MiB, as a layer.
limit() {
    name=$1 says=$2
    { printf 'gainsay: 1\narticle: ev/a\nannotator: ana\n'; awk "$(cat)"; } | head -c 67108000 >"$layer"
    # 4 times 64 MiB, and 80 for the libraries' address space; the processor's time, whatever else runs.
    (ulimit -v 344064 -t 5; exec "$gainsay" -C "$tmp/ws" check) >"$tmp/out" 2>&1
    status=$?
    if [ $status -gt 1 ] || ! grep -q "$says" "$tmp/out"; then
        echo "not ok limits/$name: status $status, $(head -1 "$tmp/out" | cut -c 1-160)"
        failed=1
    else
        echo "ok limits/$name"
    fi
}

ids='function id(i,   s, k) { s = ""; for (k = 0; k < 7; k++) { s = substr("0123456789abcdefghjkmnpqrstvwxyz", i % 32 + 1, 1) s; i = int(i / 32) } return s }'
limit claims 'more than 100000 records' <<END
$ids BEGIN { print "claims:"; for (i = 0; i < 1300000; i++) print "- id: c" id(i) "\n  span:\n  - at: [0, 4]\n    quote: Text" }
END
limit unknown-keys 'more than 100000 records' <<END
$ids BEGIN { print "claims:"; for (i = 0; i < 1200000; i++) print "- id: c" id(i) "\n  span:\n  - at: [0, 4]\n    quote: Text\n  z: 1" }
END
limit tags 'more than 2000000 values' <<END
$ids BEGIN { for (k = 0; k < 3000; k++) t = t "a" k ", "; print "claims:"
    for (i = 0; i < 4000; i++) print "- id: c" id(i) "\n  span:\n  - at: [0, 4]\n    quote: Text\n  tags: [" t "a]" }
END
limit one-list 'more than 250000 values' <<'END'
BEGIN { print "x:"; for (i = 0; i < 33000000; i++) print "-" }
END
limit flow-list 'more than 250000 values' <<'END'
BEGIN { printf "x: ["; for (i = 0; i < 33000000; i++) printf "a," }
END
limit one-scalar ' in ' <<'END'
BEGIN { printf "note: \""; for (i = 0; i < 600000; i++) printf "a hundred bytes of a text that goes on and on without an end to it, line after line after line. "; print "\"" }
END
limit depth 'nested deeper than 32' <<'END'
BEGIN { printf "x: "; for (i = 0; i < 100000; i++) printf "[" }
END
limit dashes 'nested deeper than 32' <<'END'
BEGIN { print "x:"; for (i = 0; i < 1000000; i++) printf "- " }
END
limit comments ' in ' <<'END'
BEGIN { for (i = 0; i < 16000000; i++) print "# c" }
END
exit $failed
