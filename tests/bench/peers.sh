#!/bin/sh
# The reader, less, vim and nano on texts of several sizes, in turn: see README.md here.
# usage: BUILD=build/cc [SIZES='12k 1m 10m'] [RUNS=3] tests/bench/peers.sh
set -u
sizes=${SIZES:-12k 1m 10m}
runs=${RUNS:-3}
gainsay=$(pwd)/$BUILD/gainsay
ptytime=$(pwd)/$BUILD/bench/ptytime
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
unset NO_COLOR
export TERM=xterm-256color LC_ALL=C.UTF-8 LESSHISTFILE=- GAINSAY_STATE=/dev/null/none

# Paragraphs of one long line; the word to be searched stands at 99 of 100.
make_text() { # BYTES
    awk -v bytes="$1" 'BEGIN {
        while (size < bytes) {
            line = ""
            for (s = 0; s < 6; s++)
                line = line sprintf("The office of town %d said on day %d that %d people had left. ",
                                    n % 977, s + n % 31, (n * 7 + s * 13) % 4001)
            if (!found && size > bytes * 0.99) { line = line "needle99 "; found = 1 }
            print line "\n"; size += length(line) + 2; n++
        }
    }' | head -c "$1"
}

command_of() { # PROGRAM
    case $1 in
    gainsay) echo "exec $gainsay -C $tmp --as bench read $size/text" ;;
    less) echo "exec less $text" ;;
    vim) echo "exec vim -N -u NONE -i NONE -n --cmd 'set wrap linebreak display=lastline' $text" ;;
    nano) echo "exec nano -I -v -S $text" ;;
    esac
}
keys_of() { # PROGRAM ACT: its keys
    case $1.$2 in
    gainsay.line | vim.line) printf '%s' '\x05' ;;
    less.line) printf '%s' j ;;
    nano.line) printf '%s' '\e[1;3B' ;;
    gainsay.page | less.page) printf '%s' ' ' ;;
    vim.page) printf '%s' '\x06' ;;
    nano.page) printf '%s' '\x16' ;;
    nano.end) printf '%s' '\e/' ;;
    *.end) printf '%s' G ;;
    nano.search) printf '%s' '\x17needle99\x0d' ;;
    *.search) printf '%s' '/needle99\n' ;;
    *.resize) printf '%s' resize ;;
    esac
}
quit_of() { # PROGRAM
    case $1 in
    gainsay | vim) printf '%s' '\e:q!\n' ;;
    less) printf '%s' q ;;
    nano) printf '%s' '\x18' ;;
    esac
}
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%s", b + 0 ? sprintf("%.2f", a / b) : "" }'; }

measure() { # ACT COUNT RUNS: one line of figures for each program
    act=$1 count=$2 turns=$3
    set --
    for program in $programs; do
        set -- "$@" "$(keys_of "$program" "$act")" "$count" "$(quit_of "$program")" \
            "$(command_of "$program")"
    done
    "$ptytime" "$turns" "$@" >"$tmp/$act"
}
print() { # WHAT ACT FIELD: a row, and each program's figure over the reader's
    set -- "$1" $(cut -d' ' -f"$3" "$tmp/$2")
    what=$1 own=$2
    printf '%-30s %10s' "$what" "$own"
    shift 2
    for figure; do
        printf ' %10s %6s' "$figure" "$(ratio "$own" "$figure")"
    done
    echo
}

programs=gainsay
for program in less vim nano; do
    command -v "$program" >/dev/null && programs="$programs $program"
done
mkdir -p "$tmp/annotations"
for size in $sizes; do
    bytes=$(echo "$size" | sed 's/k$/000/; s/m$/000000/')
    text=$tmp/corpus/$size/text.txt
    mkdir -p "${text%/*}"
    make_text "$bytes" >"$text"
    printf '\n%s: medians of %s runs in turn; behind each figure: gainsay divided by it\n' \
        "$size" "$runs"
    printf '%-30s %10s' '' gainsay
    for program in ${programs#gainsay}; do
        printf ' %10s %6s' "$program" ratio
    done
    echo
    measure line 60 "$runs"
    print "first paint, ms" line 1
    print "first paint, bytes" line 2
    print "peak memory after lines, kB" line 7
    print "one row scrolled, bytes" line 5
    print "one row scrolled, processor ms" line 6
    measure page 10 "$runs"
    print "one page, bytes" page 5
    print "one page, processor ms" page 6
    measure resize 6 1
    print "another size, ms" resize 3
    measure end 1 "$runs"
    print "to the end, ms" end 3
    measure search 1 "$runs"
    print "search to 99 of 100, ms" search 3
    print "peak memory after it, kB" search 7
    start=$(date +%s%N)
    grep -c needle99 "$text" >/dev/null
    taken=$((($(date +%s%N) - start) / 1000))
    printf '%-30s %10s ms, started and ended\n' "grep -c over the same text" \
        "$(awk -v us="$taken" 'BEGIN { printf "%.2f", us / 1000 }')"
done
