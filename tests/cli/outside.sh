#!/bin/sh
# Names and links that try to get out: nothing outside the workspace is opened, no shell is run, nothing waits for a
# pipe or socket, and what a name says is not done. What is opened is read from a trace of the system calls.
. tests/cli/lib.inc
. "$top/tests/cli/hostile.inc"
make_hostile "$work/ws"
mkdir -p "$work/secret/ev" "$work/bin"
echo 'a secret text that nobody asked for' >"$work/secret/ev/one.txt"
printf 'title: secret\n' >"$work/secret/ev/one.yaml"
cp "$work/secret/ev/one.yaml" "$work/secret/scheme.yaml"
printf '#!/bin/true\n' >"$work/bin/editor"
chmod +x "$work/bin/editor"
cd "$work/ws" || exit 1

# Names that a shell, printf or an option parser would act on; links; what is no file.
for name in '-rf' '--help' '$(touch PWNED)' '`touch PWNED`' ';touch PWNED;' '| touch PWNED' "'; touch PWNED; '" \
    '%s%n%s' 'a
touch PWNED' '"&&touch PWNED' '*' '~root' 'x y'; do
    printf 'A text of %s.\n' five >"corpus/ev/$name.txt"
    mkdir -p "annotations/$name"
    cp annotations/ana/ev/one.yaml "annotations/ana/ev/$name.yaml"
done
ln -s "$work/secret" corpus/out
ln -s "$work/secret/ev/one.txt" corpus/ev/leak.txt
ln -s "$work/secret/ev/one.yaml" corpus/ev/three.yaml
ln -s ../../../secret/ev/one.txt corpus/ev/up.txt
ln -s "$work/secret" annotations/zoe
ln -s "$work/secret/ev/one.yaml" annotations/ben/ev/three.yaml
ln -s loop corpus/loop
ln -s . corpus/ev/self
echo 'Three.' >corpus/ev/three.txt
mkfifo corpus/ev/pipe.txt corpus/ev/one.yaml.lock annotations/ana/ev/pipe.yaml
rm annotations/scheme.yaml
ln -s "$work/secret/scheme.yaml" annotations/scheme.yaml
ln -s /dev/zero annotations/ben/ev/zero.yaml
export EDITOR="$work/bin/editor -x" VISUAL= PAGER=less

trace=$(command -v strace) || trace=
[ -z "$trace" ] || $trace -o "$work/trace" true 2>/dev/null || trace=
[ -n "$trace" ] || echo "ok cli outside: what is opened # SKIP strace is not to be had"

# go ARG...: within five seconds, with no sign of the secret; its calls are added to ./traced.
: >"$work/traced"
go() {
    timeout 5 ${trace:+$trace -f -qq -o "$work/trace" -e trace=%file,execve} "$gainsay" "$@" \
        >"$work/out" 2>"$work/err" </dev/null
    status=$?
    [ -z "$trace" ] || cat "$work/trace" >>"$work/traced"
    if [ $status -ge 124 ] || grep -q secret "$work/out"; then
        echo "not ok cli outside: status $status of: $*"
        grep -n secret "$work/out" | head -3 | sed 's/^/# /'
        failed=1
    fi
}
printf 'keys ]]<Enter><C-x>e\nsnap a\nkeys <Esc>gs\nsnap b\n' >"$work/keys"
for command in check list board todo sources 'sources --names' contested disputed 'find text' 'find secret' \
    'show ev/one' 'show ev/three' 'show ev/-rf' 'show ev/leak' 'show out/ev/one' 'related ev/one 0 30' \
    'quotations ev/one' 'clashes ev/one' 'suggest ev/three' 'fmt' 'fmt --check' \
    'rename source minister elder' "read ev/one --as ana --script $work/keys" \
    "read ev/one --as zoe --script $work/keys" "read ev/three --as ben --script $work/keys"; do
    go $command
done
go show 'ev/$(touch PWNED)'
go read 'ev/;touch PWNED;' --as ana --script "$work/keys"
go list --as '$(touch PWNED)'
is "nothing is done that a name says" "$(find "$work" -name PWNED | head -1)" ""
is "nothing is changed outside" "$(cat "$work/secret/ev/one.yaml" "$work/secret/scheme.yaml")" \
    "$(printf 'title: secret\ntitle: secret')"

# Opened with success: the workspace, the test's home and state, and what belongs to the system.
if [ -n "$trace" ]; then
    sed -n 's/^[0-9]* *open[a-z0-9]*([^"]*"\(.*\)", [^=]*= [0-9][0-9]*.*$/\1/p' "$work/traced" | sort -u |
        grep -v "^$work\($\|/ws\|/home\|/state\|/keys\)" | grep -v '^\(/etc\|/usr\|/lib\|/lib64\|/proc\|/dev/null\|/dev/tty\)' |
        grep '^/' >"$work/opened"
    is "nothing outside is opened" "$(grep -v "^$(dirname "$build")" "$work/opened" | head -3)" ""
    is "the trace has what was opened" "$([ "$(grep -c 'open' "$work/traced")" -gt 500 ] && echo yes)" yes
    is "no shell is run" "$(grep 'execve(.*/\(sh\|bash\|dash\)"' "$work/traced" | head -3)" ""
fi
finish
