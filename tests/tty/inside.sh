#!/bin/sh
# The reader inside other programs: tmux, screen, a connection of ssh that is cut; and every command with
# its standard streams closed, full or cut off. What is not installed is skipped. Everything started here
# listens in a folder of its own and is stopped by its number.
# usage: BUILD=build/cc sh tests/tty/inside.sh
set -u
build=$(pwd)/$BUILD
gainsay=$build/gainsay
fixture=$(pwd)/tests/screens/fixture
tmp=$(mktemp -d)
server=
round=0
trap 'stop_all; rm -rf "$tmp"' EXIT
unset GAINSAY_ANNOTATOR NO_COLOR VISUAL EDITOR LINES COLUMNS TMUX STY GAINSAY_MARGINS
export GAINSAY_NOW=2026-03-01T12:00:00Z GAINSAY_SEED=1 GAINSAY_STATE="$tmp/state" LC_ALL=C.UTF-8
status=0

# is NAME CONDITION-STATUS
is() {
    if [ "$2" -eq 0 ]; then
        echo "ok tty/$1"
    else
        echo "not ok tty/$1"
        status=1
    fi
}

# Until a command succeeds, for twenty seconds: a machine may be busy.
wait_for() {
    tries=0
    until "$@" >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ $tries -lt 400 ] || return 1
        sleep 0.05
    done
}

# A workspace with an article of wide, combining and disputed characters.
fresh() {
    rm -rf "$tmp/space" "$tmp/state"
    cp -R "$fixture" "$tmp/space"
    {
        echo 'Ferry Sinks off Lindø'
        for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
            printf '\n%s 日本語のテキスト e\314\201\314\201 שלום \033[31mred\033[0m \377 한글 ±“—” he said.\n' \
                $i
            [ "${1-}" = plain ] ||
                printf '\n%s 👨\342\200\215👩 🇵🇰 ❤\357\270\217 👍🏽 1\357\270\217\342\203\243 कः end.\n' $i
        done
    } >"$tmp/space/corpus/ferry/wide.txt"
}

# The rows of the grid after some keys, as a script tells them.
grid() { # KEYS
    printf 'keys %s\nsnap\n' "$1" >"$tmp/keys"
    (cd "$tmp/space" && GAINSAY_STATE=$tmp/state-of-script "$gainsay" --as ana read ferry/wide \
        --script "$tmp/keys" --size 80x24) | sed '1d;/^-- roles/,$d;s/ *$//' | head -24
}

tmux_() { tmux -f /dev/null -S "$tmp/tmux$round" "$@"; }
tmux_screen() { tmux_ capture-pane -p | sed 's/ *$//'; }
tmux_has() { tmux_screen | grep -q "$1"; }
screen_() { SCREENDIR=$tmp/screen screen -U -S gainsay "$@"; }

stop_all() {
    [ -S "$tmp/tmux$round" ] && tmux_ kill-server 2>/dev/null
    round=$((round + 1)) # the next one does not meet it while it goes
    [ -d "$tmp/screen" ] && screen_ -X quit >/dev/null 2>&1
    [ -n "$server" ] && kill "$server" 2>/dev/null
    server=
}

# The screen, or what a filter leaves of it, is the grid, and stays so when it is drawn anew.
tmux_is_grid() { tmux_screen | $filter >"$tmp/shown" && cmp -s "$tmp/grid" "$tmp/shown"; }
tmux_is_as_before() { tmux_screen >"$tmp/again" && cmp -s "$tmp/before" "$tmp/again"; }
tmux_shows() { # KEYS [FILTER]
    filter=${2-cat}
    grid "$1" | $filter >"$tmp/grid"
    wait_for tmux_is_grid || { diff "$tmp/grid" "$tmp/shown"; return 1; }
    tmux_screen >"$tmp/before"
    tmux_ send-keys C-l
    sleep 0.2
    wait_for tmux_is_as_before || { diff "$tmp/before" "$tmp/again"; return 1; }
}

in_tmux() {
    fresh plain
    (cd "$tmp/space" && tmux_ new-session -d -x 80 -y 24 "'$gainsay' --as ana read ferry/wide")
    wait_for tmux_has 'Ferry Sinks off Lind'
    tmux_ send-keys jjj C-d C-e C-e k G gg 7j C-y '}' '}' ')' j
    tmux_shows 'jjj<C-d><C-e><C-e>kGgg7j<C-y>}})j'
    is tmux_shows_the_grid $?
    tmux_ detach-client 2>/dev/null
    tmux_ resize-window -x 100 -y 30
    tmux_ resize-window -x 80 -y 24
    tmux_shows 'jjj<C-d><C-e><C-e>kGgg7j<C-y>}})j'
    is tmux_shows_it_after_resizes $?
    tmux_ send-keys q
    wait_for sh -c "! tmux -S '$tmp/tmux$round' has-session"
    is tmux_ends_with_the_reader $?
}

# Where the multiplexer counts other cells than the system, what is not such a cluster still stands: the
# border and all that is right of it.
right_of_border() { sed -n '1p; s/^[^│]*│/│/p'; } # and where the reader is
disputed_in_tmux() {
    fresh
    grid C >/dev/null # a claim: without one there is no border
    (cd "$tmp/space" && tmux_ new-session -d -x 80 -y 24 "'$gainsay' --as ana read ferry/wide")
    wait_for tmux_has 'Ferry Sinks off Lind'
    tmux_ send-keys jjj C-d C-e C-e k G gg 7j C-y '}' '}' ')' j
    tmux_shows 'jjj<C-d><C-e><C-e>kGgg7j<C-y>}})j' right_of_border
    is tmux_keeps_the_border_beside_disputed_clusters $?
    stop_all
}

in_screen() { # itself inside tmux, which can tell what it shows
    fresh plain
    mkdir -m 700 "$tmp/screen"
    echo 'startup_message off' >"$tmp/screenrc"
    (cd "$tmp/space" && tmux_ new-session -d -x 80 -y 24 \
        "SCREENDIR='$tmp/screen' exec screen -U -S gainsay -c '$tmp/screenrc' '$gainsay' --as ana read ferry/wide")
    wait_for tmux_has 'Ferry Sinks off Lind'
    tmux_ send-keys jjj C-d C-e C-e k G gg 7j C-y '}' '}' ')' j
    tmux_shows 'jjj<C-d><C-e><C-e>kGgg7j<C-y>}})j'
    is screen_shows_the_grid $?
    tmux_ kill-session # its terminal goes
    wait_for screen_ -X select .
    tmux_ new-session -d -x 80 -y 24 "SCREENDIR='$tmp/screen' exec screen -U -c '$tmp/screenrc' -r gainsay"
    wait_for tmux_has 'Ferry Sinks off Lind'
    tmux_shows 'jjj<C-d><C-e><C-e>kGgg7j<C-y>}})j'
    is screen_shows_it_after_detaching $?
    stop_all
}

in_mosh() { # which drops what it does not know, whatever the terminal's type
    fresh plain
    (TERM=xterm-256color mosh-server new -i 127.0.0.1 -p $((30000 + $$ % 20000)) -- \
        "$gainsay" -C "$tmp/space" --as ana read ferry/wide) >"$tmp/mosh" 2>&1 </dev/null
    server=$(sed -n 's/.*pid = \([0-9]*\).*/\1/p' "$tmp/mosh")
    set -- $(sed -n 's/^MOSH CONNECT //p' "$tmp/mosh")
    tmux_ new-session -d -x 80 -y 24 "MOSH_KEY=$2 exec mosh-client 127.0.0.1 $1"
    wait_for tmux_has 'Ferry Sinks off Lind'
    tmux_ send-keys jjj C-d C-e C-e k G gg 7j C-y '}' '}' ')' j
    sleep 0.5
    tmux_shows 'jjj<C-d><C-e><C-e>kGgg7j<C-y>}})j'
    is mosh_shows_the_grid $?
    tmux_ send-keys q
    wait_for sh -c "! kill -0 $server"
    stop_all
}

# A connection that is cut while a form is open: what was accepted is saved, nobody is left behind, and
# the next sitting sees it.
serve_ssh() {
    ssh-keygen -q -t ed25519 -N '' -f "$tmp/host" && ssh-keygen -q -t ed25519 -N '' -f "$tmp/key"
    cp "$tmp/key.pub" "$tmp/authorized"
    port=$((20000 + $$ % 20000))
    cat >"$tmp/sshd.conf" <<END
ListenAddress 127.0.0.1
Port $port
HostKey $tmp/host
PidFile none
AuthorizedKeysFile $tmp/authorized
StrictModes no
UsePAM no
PasswordAuthentication no
END
    sshd=$(command -v sshd || echo /usr/sbin/sshd)
    if [ "$(id -u)" = 0 ] && [ ! -d /run/sshd ]; then # a /run of its own
        unshare -m sh -c 'mount -t tmpfs none /run && mkdir /run/sshd && exec "$0" -D -e -f "$1"' \
            "$sshd" "$tmp/sshd.conf" 2>"$tmp/sshd.log" &
    else
        "$sshd" -D -e -f "$tmp/sshd.conf" 2>"$tmp/sshd.log" &
    fi
    server=$!
    wait_for grep -q 'listening' "$tmp/sshd.log"
}
over_ssh() {
    cat >"$tmp/space/go.sh" <<END
cd '$tmp/space'
export GAINSAY_NOW=$GAINSAY_NOW GAINSAY_SEED=1 GAINSAY_STATE='$tmp/state' LC_ALL=C.UTF-8
echo \$\$ >'$tmp/reader'
exec '$gainsay' --as ana read ferry/herald
END
    tmux_ new-session -d -x 80 -y 24 "exec ssh -tt -F /dev/null -i '$tmp/key' -p $port \
        -o UserKnownHostsFile=/dev/null -o StrictHostKeyChecking=no -o LogLevel=ERROR \
        127.0.0.1 sh '$tmp/space/go.sh'"
    wait_for tmux_has 'Four people are'
}
ssh_cut() {
    fresh
    serve_ssh || { echo "ok tty/ssh_cut # SKIP sshd does not start here"; return; }
    over_ssh
    is ssh_starts $?
    tmux_ send-keys ')))C'
    wait_for grep -rq 'created: 2026-03-01T12:00:00Z' "$tmp/space/annotations"
    tmux_ send-keys 'Mhalf a sentence'
    wait_for tmux_has 'half a sentence'
    reader=$(cat "$tmp/reader")
    kill -9 "$(tmux_ list-panes -F '#{pane_pid}')" # the connection
    wait_for sh -c "! kill -0 $reader"
    is ssh_leaves_no_reader_behind $?
    grep -rq 'created: 2026-03-01T12:00:00Z' "$tmp/space/annotations"
    is ssh_cut_keeps_what_was_accepted $?
    grep -rq 'half a sentence' "$tmp/state"
    is ssh_cut_keeps_what_was_typed $?
    over_ssh
    is ssh_starts_again $?
    stop_all
}

# ---- standard streams

commands='contested|sources|disputed|list|show ferry/herald|check|fmt|dump|help read|find the|'
commands=$commands'sentences ferry/herald|related ferry/herald:1|quotations ferry/herald ferry/tribune|'
commands=$commands'clashes ferry/herald ferry/tribune|suggest ferry/herald|board|todo|--version|'
commands=$commands'list --json|show ferry/herald --json|read ferry/herald|'

# One command under one condition: it ends and dies of no signal.
ends() { # CONDITION COMMAND
    case $1 in
    'no input') timeout -s KILL 10 "$gainsay" --as ana $2 </dev/null >"$tmp/out" 2>"$tmp/err" ;;
    'closed input') timeout -s KILL 10 "$gainsay" --as ana $2 <&- >"$tmp/out" 2>"$tmp/err" ;;
    'full') timeout -s KILL 10 "$gainsay" --as ana $2 >/dev/full 2>"$tmp/err" ;;
    'closed output') timeout -s KILL 10 "$gainsay" --as ana $2 >&- 2>"$tmp/err" ;;
    'all closed') timeout -s KILL 10 "$gainsay" --as ana $2 <&- >&- 2>&- ;;
    'cut off')
        { timeout -s KILL 10 "$gainsay" --as ana $2 2>"$tmp/err"; echo $? >"$tmp/status"; } | head -1 >"$tmp/out"
        return "$(cat "$tmp/status")"
        ;;
    esac
}
streams() {
    fresh
    bad=0
    for condition in 'no input' 'closed input' 'full' 'closed output' 'all closed' 'cut off'; do
        rest=$commands
        while [ -n "$rest" ]; do
            command=${rest%%|*}
            rest=${rest#*|}
            : >"$tmp/err"
            prints=$(cd "$tmp/space" && "$gainsay" --as ana $command 2>/dev/null </dev/null | head -c 1)
            (cd "$tmp/space" && ends "$condition" "$command")
            got=$?
            lines=$(wc -l <"$tmp/err")
            case ${prints:+prints-}$condition-$got in
            *-12[4-9] | *-13* | *-14*) problem='a signal or no end' ;;
            prints-full-0 | 'prints-closed output-0') problem='no word of output that is lost' ;;
            prints-full-* | 'prints-closed output-'*) problem=$([ "$lines" -ge 1 ] || echo 'no message') ;;
            *) problem= ;;
            esac
            [ -z "$problem" ] || { bad=1; echo "# $command, $condition: $problem ($got): $(cat "$tmp/err")"; }
        done
    done
    is commands_end_whatever_their_streams_are $bad
}

# have PROGRAM NAME FUNCTION
have() {
    if command -v "$1" >/dev/null || [ -x "/usr/sbin/$1" ]; then
        "$3"
    else
        echo "ok tty/$2 # SKIP $1 is not installed"
    fi
}
streams
have tmux tmux in_tmux
have tmux tmux_disputed disputed_in_tmux
if [ -n "${GAINSAY_LONG-}" ]; then
    have screen screen in_screen
    have mosh-server mosh in_mosh
fi
if command -v tmux >/dev/null; then
    have sshd ssh_cut ssh_cut
fi
exit $status
