#!/bin/sh
# What a save keeps of a file (48 kinds of mode, umask and link), and what is said where nothing can be written.
. tests/cli/lib.inc
fixture=$top/tests/screens/fixture
echo 'keys ))C' >"$work/keys"
chmod 755 "$work"
file=annotations/ana/ferry/herald.yaml
bad=0 kinds=0

# save UMASK MODE LINK: mark a claim in a fresh copy; what must stay is compared.
save() {
    rm -rf "$work/ws" "$work/state"
    cp -R "$fixture" "$work/ws"
    cd "$work/ws" || exit 1
    chmod "$2" "$file"
    [ "$(id -u)" -ne 0 ] || chown 1:2 "$file"
    case $3 in
    file) mv $file annotations/real.yaml && ln -s ../../real.yaml $file ;;
    folder) mv annotations/ana/ferry annotations/real && ln -s ../real annotations/ana/ferry ;;
    hard) ln $file annotations/twin ;;
    esac
    before=$(stat -L -c '%a %u %g' $file)
    sum=$(cksum <$file)
    (umask "$1" && exec "$gainsay" --as ana read ferry/herald --script "$work/keys") >"$work/out" 2>&1
    status=$?
    what=
    [ "$(stat -L -c '%a %u %g' $file)" = "$before" ] || what="is now $(stat -L -c '%a %u %g' $file), was $before"
    case $3 in
    hard)
        [ "$status" -ne 0 ] && [ "$(cksum <$file)" = "$sum" ] && grep -q 'hard links' "$work/out" || what="is not refused"
        ;;
    *)
        [ "$status" -eq 0 ] && [ "$(cksum <$file)" != "$sum" ] || what="is not saved: status $status"
        ;;
    esac
    case $3 in
    file) [ -L $file ] || what="is no link any more" ;;
    folder) [ -L annotations/ana/ferry ] || what="stands in no linked folder any more" ;;
    esac
    kinds=$((kinds + 1))
    [ -z "$what" ] || {
        echo "# umask $1, mode $2, link $3: $what"
        bad=$((bad + 1))
    }
}
for umask in 022 077; do
    for mode in 600 640 644 660 664 755; do
        for link in none file folder hard; do
            save $umask $mode $link
        done
    done
done
is "mode, owner, group and link stay in $kinds kinds" "$bad" 0

# Nothing can be written: reading, searching and asking go on, the first change says why, nothing is left behind.
rm -rf "$work/ws" "$work/state"
cp -R "$fixture" "$work/ws"
chmod -R go=rX "$work/ws"
cd "$work/ws" || exit 1
as=
if [ "$(id -u)" -eq 0 ]; then
    as='setpriv --reuid=65534 --regid=65534 --clear-groups'
    if ! $as "$gainsay" --version >"$work/out" 2>&1; then
        echo "ok cli attributes: read-only # SKIP root may write everywhere, and setpriv does not help"
        finish
    fi
else
    chmod -R a-w .
fi
find . -type f -exec cksum {} + | sort >"$work/before"
export HOME=/nonexistent GAINSAY_STATE=/nonexistent/state
for command in 'list' 'find the' 'show ferry/herald' 'board' 'todo' 'sources --names' 'check'; do
    $as "$gainsay" $command >"$work/out" 2>"$work/err" </dev/null
    status=$?
    [ $status -le 1 ] && [ -s "$work/out" ]
    result $? "read only: $command"
done
printf 'keys ))C\nsnap tried\n' >"$work/keys"
$as "$gainsay" --as ana read ferry/herald --script "$work/keys" --size 160x24 >"$work/out" 2>"$work/err" </dev/null
has "the top line says so" out "read only"
has "the first change says why" out "cannot be written"
$as "$gainsay" rename source coast-guard guard >"$work/out" 2>"$work/err"
has "a renaming says which file and why" err "ermission denied"
$as "$gainsay" add "$top/README.md" --id new >"$work/out" 2>"$work/err"
has "adding says why" err "ermission denied"
is "nothing is changed or left behind" "$(find . -type f -exec cksum {} + | sort)" "$(cat "$work/before")"
chmod -R u+w .
finish
