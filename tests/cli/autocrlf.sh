#!/bin/sh
# Under core.autocrlf=true and eol=crlf: a clone checks clean, a save of one claim is a difference of that claim and
# nothing else, and what a killed program leaves is no untracked file.
. tests/cli/lib.inc
if ! command -v git >/dev/null; then
    echo "ok cli autocrlf # SKIP git is not installed"
    exit 0
fi
git config --global user.name ana
git config --global user.email ana@example.org
git config --global init.defaultBranch main
cp -R "$top/tests/screens/fixture" "$work/origin"
cd "$work/origin" || exit 1
git init -q
run 0 "init in git" init
git add . && git commit -qm one
echo 'keys ))C' >"$work/keys"
for setting in autocrlf=true autocrlf=input eol=crlf autocrlf=false; do
    cd "$work" && rm -rf "$work/clone"
    git -c core.$setting clone -q "$work/origin" "$work/clone"
    cd "$work/clone" || exit 1
    git config core.${setting%=*} "${setting#*=}"
    is "$setting: bytes of the texts" "$(cat corpus/*/*.txt | cksum)" "$(cat "$work/origin"/corpus/*/*.txt | cksum)"
    run 0 "$setting: check" check
    run 0 "$setting: a claim is saved" read ferry/herald --script "$work/keys"
    is "$setting: one file differs" "$(git status --porcelain)" " M annotations/ana/ferry/herald.yaml"
    is "$setting: by lines of one claim alone" \
        "$(git diff --numstat 2>"$work/err" | cut -f 2) $(git diff 2>"$work/err" | grep -c '^+- id:')" "0 1"
    : >annotations/ana/ferry/.herald.yaml.gainsay-00000000-1
    : >annotations/ana/ferry/herald.yaml.lock
    is "$setting: what is left behind is ignored" "$(git status --porcelain)" " M annotations/ana/ferry/herald.yaml"
done

# Line ends that an editor made: they stay, and so does every other byte.
cd "$work/clone" || exit 1
git checkout -q . && rm -f annotations/ana/ferry/*.lock annotations/ana/ferry/.*.gainsay-*
file=annotations/ana/ferry/herald.yaml
sed -i 's/$/\r/' $file
run 0 "a file with CR LF" read ferry/herald --script "$work/keys"
is "other lines keep their ends" "$(git show :$file | sed 's/$/\r/' | diff - $file | grep -c '^<')" 0
finish
