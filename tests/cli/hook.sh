#!/bin/sh
# init --hook: a commit of annotations that are wrong is refused, by what is staged; hooks of others stay.
# check: levels, and the forms for reviews.
. tests/cli/lib.inc
command -v git >/dev/null || {
    echo "ok cli hook: git # SKIP git is not installed"
    exit 0
}
PATH=$build:$PATH
export PATH
git config --global user.name Ana
git config --global user.email ana@example.org
git config --global init.defaultBranch main
layer=annotations/ana/ferry/tribune.yaml
fresh() { # FOLDER: a repository with the fixture in it, and a hook
    cd "$work" || exit 1
    rm -rf repo
    mkdir -p "repo/$1"
    git init -q repo
    cp -R "$top/tests/screens/fixture/." "repo/$1"
    cd "repo/$1" || exit 1
    "$gainsay" init >/dev/null
    git add -A
    git commit -qm start
}
commit() { # NAME WANT ARG...: git commit; WANT is its exit status
    name=$1 want=$2
    shift 2
    git commit -qm edit "$@" >"$work/out" 2>&1
    is "$name" $? "$want"
}

fresh .
run 0 "a hook is made" init --hook
has "and told of" out "hooks/pre-commit"
run 0 "once" init --hook
is "the second time there is nothing to do" "$(cat "$work/out")" ""
sed -i 's/^  topic: missing/  topic: gone/' $layer
commit "what is right is committed" 0 -a
is "without a word" "$(cat "$work/out")" ""
sed -i 's/^  type: cause/  type: no-such-type/' $layer
commit "what is wrong is not" 1 -a
has "and why is told, with the line" out "$layer:48:3: error: 'type' is 'no-such-type'"
has "and how to pass it over" out "git commit --no-verify"
git add $layer
git checkout -q HEAD -- corpus
git show "HEAD:$layer" >$layer
commit "what is staged counts, not what lies in the folder" 1
git add $layer
sed -i 's/^  type: cause/  type: no-such-type/' $layer
printf 'A note.\n' >notes.txt
git add notes.txt
commit "files of others are not looked at" 0
commit "a file named to git commit is" 1 $layer
git commit -qam skipped --no-verify
is "it can be passed over" $? 0
printf 'One.\n' >more.txt
git add more.txt
commit "an old fault in a file that is not staged stops nobody" 0
sed -i 's/^  type: no-such-type/  type: cause/' $layer
printf '<<<<<<< ours\n' >>annotations/sources.yaml
commit "a registry with a conflict in it is refused" 1 -a
has "with the word" out "conflict"
git checkout -q annotations/sources.yaml
sed -i '/^    act: accuses/d' $layer
commit "a warning is none" 0 -a
rm $layer
commit "a layer can be taken out" 0 -a
printf 'gainsay: 1\nannotators:\n\n- id: ana\n  articles: [nowhere]\n' >annotations/team.yaml
git add annotations/team.yaml
rm annotations/team.yaml
commit "the team as it is staged" 1

fresh "deep/it's here"
run 0 "a workspace in a folder of the repository" init --hook
mkdir ../../other && cp -R corpus annotations ../../other
sed -i 's/^  type: cause/  type: no-such-type/' $layer
commit "is found by the hook" 1 -a
git checkout -q .
cd ../../other || exit 1
run 0 "and a second one" init --hook
has "which is added" out "added this workspace"
git add -A . && commit "both are looked at" 0
sed -i 's/^  type: cause/  type: no-such-type/' $layer
commit "the second one too" 1 -a
git checkout -q .
git worktree add -q ../../tree
cd ../../tree/other || exit 1
sed -i 's/^  type: cause/  type: no-such-type/' $layer
commit "in another work tree as well" 1 -a

fresh .
printf '#!/bin/sh\nexit 0\n' >.git/hooks/pre-commit
chmod +x .git/hooks/pre-commit
cp .git/hooks/pre-commit "$work/theirs"
run 3 "a hook of somebody else" init --hook
has "is left, and what to add is told" err "gainsay -C '.' check --staged || exit 1"
is "to the byte" "$(cmp .git/hooks/pre-commit "$work/theirs" && echo same)" same
git config core.hooksPath .hooks
run 0 "another folder of hooks in the repository" init --hook
is "is the one" "$(test -x .hooks/pre-commit && echo yes)" yes
sed -i 's/^  type: cause/  type: no-such-type/' $layer
commit "and works" 1 -a
git config core.hooksPath "$work/shared"
run 3 "one that other repositories share" init --hook
has "is not touched" err "serve others too"
is "at all" "$(ls "$work/shared")" ""
git config --unset core.hooksPath
cd "$work" && cp -R repo plain && rm -rf plain/.git && cd plain || exit 1
run 3 "no git, no hook" init --hook
run 3 "and nothing staged" check --staged

# ---- levels, reviews
fresh sub
sed -i '/^    act: accuses/d' $layer
run 0 "warnings are no errors" check
run 1 "but where they are to be" check --strict
sed -i 's/^  type: cause/  type: no-such-type/' $layer
run 1 "for a machine" check --json
is_json "as JSON" out
is "each with its place" "$(python3 -c '
import json, sys
for f in json.load(open(sys.argv[1])):
    if f["severity"] == "error": print(f["path"], f["line"], f["column"], f["code"])' "$work/out")" "$layer 48 3 word"
run 1 "for a review at GitHub" check --review github
is "as workflow commands" "$(grep -c "^::error file=sub/$layer,line=48,col=3,title=gainsay word::'type' is" "$work/out")" 1
is "warnings as such" "$(grep -c "^::warning file=sub/$layer,.*lacks: act" "$work/out")" 1
is "and nothing else" "$(grep -vc '^::' "$work/out")" 0
run 1 "for a review at GitLab" check --review gitlab
is_json "as JSON" out
is "of its form" "$(python3 -c '
import json, sys
for f in json.load(open(sys.argv[1])):
    if f["severity"] == "major": print(f["location"]["path"], f["location"]["lines"]["begin"], f["check_name"], len(f["fingerprint"]))' "$work/out")" "sub/$layer 48 word 16"
run 2 "no other" check --review forge
finish
