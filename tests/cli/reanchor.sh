#!/bin/sh
# A text that changed: what moved is written, what is doubtful or lost is shown and left alone; with the
# old text from git, and without.
. tests/cli/lib.inc
layer=annotations/ana/fire/gazette.yaml
text=corpus/fire/gazette.txt

make_space() { # a claim with a cue and two parts, a claim that will change, a note, what was read
    rm -rf "$work/ws"
    mkdir -p "$work/ws/corpus/fire" "$work/ws/annotations/ana/fire"
    cd "$work/ws" || exit 1
    printf 'The mayor said that five people died in the fire.\nNobody saw it begin, he said.\nThe “old” mill burned down, and a house.\n' >$text
    printf 'gainsay: 1\nsources:\n\n- id: mayor\n  name: The Mayor\n' >annotations/sources.yaml
    cat >$layer <<END
gainsay: 1
article: fire/gazette
annotator: ana
text:
  sha256: $(sha256sum <$text | cut -d ' ' -f 1)
  length: $(wc -m <$text)
claims:

- id: c0000001
  span:
  - at: [20, 48]
    quote: five people died in the fire
    before: 'The mayor said that '
    after: '. Nobody'
  attributed_to:
  - source: mayor
    cue:
      at: [0, 14]
      quote: The mayor said

- id: c0000002
  span:
  - at: [50, 69]
    quote: Nobody saw it begin
notes:

- id: n0000001
  span:
  - at: [80, 106]
    quote: The “old” mill burned down
  text: when? # kept
read:
- [0, 120]
END
}
change_text() { # a sentence in front, plain quotes, another rewrapping; "begin" becomes "end"
    printf 'A fire broke out on Monday.\nThe mayor said that five people\ndied in the fire.\nNobody saw it end, he said.\nThe "old" mill burned down, and a house.\n' >$text
}
ids() { # those of one state
    "$gainsay" --tsv reanchor -n gazette | awk -F '\t' -v s="$1" '$3 == s { printf "%s/%s ", $4, $5 }'
}
at() { # the position of a record in the layer
    awk -v id="$1" '/^- id:/ { on = $3 == id } on && /at:/ { print $3 $4; exit }' $layer
}

for with in "git" "no git"; do
    make_space
    if [ "$with" = git ]; then
        git init -q . && git -c user.name=a -c user.email=a@b add . &&
            git -c user.name=a -c user.email=a@b commit -qm first || exit 1
    fi
    run 0 "$with: nothing changed" reanchor
    [ ! -s "$work/out" ]
    result $? "$with: and nothing is said"
    change_text
    cp $layer "$work/before"
    run 1 "$with: a dry run" reanchor -n
    cmp -s $layer "$work/before"
    result $? "$with: a dry run writes nothing"
    [ "$(ids moved)" = "c0000001/claim c0000001/cue n0000001/note " ]
    result $? "$with: what is the same but for white space and quotation marks has moved"
    [ "$(ids doubtful)" = "c0000002/claim " ]
    result $? "$with: another word is doubtful"
    run 1 "$with: it is written" reanchor gazette
    has "says what was and is" out "now “Nobody saw it end"
    if [ "$with" = git ]; then
        has "says how" out "by the old text, from git"
    else
        has "says how" out "by quote and context"
    fi
    [ "$(at c0000001) $(at n0000001) $(at c0000002)" = "[48,76] [106,132] [50,69]" ]
    result $? "$with: sure ones are written, the doubtful one is not"
    grep -q "sha256: $(sha256sum <$text | cut -d ' ' -f 1)" $layer
    result $? "$with: the layer names the new text"
    grep -q 'when? # kept' $layer
    result $? "$with: other bytes are kept"
    run 1 "$with: what is doubtful stays so" reanchor
    has "and nothing else is left" out "0 moved, 1 doubtful, 0 lost"
done

run 0 "somebody who marked nothing" --as zoe reanchor
# What was read follows; what came in was not read.
make_space
git init -q . && git -c user.name=a -c user.email=a@b add . &&
    git -c user.name=a -c user.email=a@b commit -qm first || exit 1
change_text
"$gainsay" reanchor >/dev/null 2>&1
[ "$(sed -n '/^read/,$p' $layer | tr -d '\n')" = 'read:- [28, 92]- [95, 146]' ]
result $? "read ranges follow the text"

# A sentence that is gone is lost, though its words stand elsewhere.
make_space
printf 'The mayor said that five people died in the fire.\nThe “old” mill burned down, and a house.\n' >$text
[ "$(ids lost)" = "c0000002/claim " ]
result $? "a sentence that is gone is lost"
finish
