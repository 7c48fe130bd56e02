#!/bin/sh
# related, quotations, clashes: what of one article tells of the same as the other, and why.
. tests/cli/lib.inc
mkdir -p "$work/ws/corpus/fire" "$work/ws/corpus/alone"
cd "$work/ws" || exit 1
cat >corpus/fire/harbour.txt <<'END'
Six sailors died when the ferry Aurora burned in the old harbour on Friday.
“We were never shown how to lower the boats in the dark,” a cook said.
END
cat >corpus/fire/inquiry.txt <<'END'
Nobody has been charged yet.
The burning of the Aurora cost the lives of 6 of her sailors, a board found.
A cook told it he was “never shown how to lower the boats”.
END
echo 'Rain fell.' >corpus/alone/rain.txt
"$gainsay" init . >/dev/null
cat >annotations/sources.yaml <<'END'
gainsay: 1
sources:

- id: cook
  name: a cook
  aliases: [the galley hand]
END
tab=$(printf '\t')

run 0 "the passage that tells of the same" related --tsv harbour 0 75
is "comes first" "$(sed -n 2p "$work/out" | cut -f 1,3,4,7)" \
    "fire/inquiry${tab}29${tab}105${tab}The burning of the Aurora cost the lives of 6 of her sailors, a board found."
has "with the words they share" out 'Aurora'
has "a number in words and figures is one" out 'Six~6'
run 0 "the other article can be named" related -n 1 inquiry 29 105 fire/harbour
has "in plain text it has its grade" out 'strong  fire/harbour:1  0-75'
run 0 "a quotation" related --json harbour 76 146
is_json "as JSON" out
has "is a reason of its own" out '"kind": "quotation"'
has "so are the names of a source" out '"kind": "source"'
run 1 "what shares nothing" related harbour 0 75 alone/rain
is "finds nothing" "$(cat "$work/out")" ""
run 3 "an article alone in its event" related alone/rain 0 4
has "asks for another" err "the event of 'alone/rain' has no other article; name one"

mkdir -p annotations/ana/fire
cat >annotations/ana/fire/harbour.yaml <<'END'
gainsay: 1
article: fire/harbour
annotator: ana

claims:

- id: c2345678
  span:
  - at: [11, 75]
    quote: died when the ferry Aurora burned in the old harbour on Friday
  topic: Guilt
END
cat >annotations/ana/fire/inquiry.yaml <<'END'
gainsay: 1
article: fire/inquiry
annotator: ana

claims:

- id: c2345679
  span:
  - at: [0, 28]
    quote: Nobody has been charged yet.
  topic: guilt

furniture:

- id: f2345678
  span:
  - at: [106, 166]
    quote: A cook told it he was “never shown how to lower the boats”.
END
run 0 "a claim of the same topic there" related --json harbour 0 75
is_json "in JSON" out
has "is a reason" out '"kind": "topic"'
run 0 "and in a line" related harbour 0 75
has "is said" out 'the same topic 100 %'
run 0 "furniture" related harbour 76 146
is "is left out" "$(grep -c 'never shown' "$work/out")" 0
rm -r annotations/ana
run 2 "no passage" related harbour 10 10
has "is said" err "START and END are code points, 0 to 147"
run 2 "past the end" related harbour 0 148
run 2 "no figure" related harbour 0 1x
run 2 "no number of passages" related -n 0 harbour 0 75

run 0 "what both quote" quotations harbour
is "is marked in both" "$(cat "$work/out")" \
    'fire/harbour:2: We were [never shown how to lower the boats] in the dark,
fire/inquiry:3: [never shown how to lower the boats]'
run 0 "as rows" quotations --tsv harbour
is "with what is cut" "$(sed -n 2p "$work/out" | cut -f 1,11)" "7${tab}other"
run 0 "and as JSON" quotations --json --cut harbour
is_json "is JSON" out
run 1 "no shared quotation" quotations harbour alone/rain
run 1 "numbers that agree" clashes harbour
is "are no clash" "$(cat "$work/out")" ""
sed 's/lives of 6/lives of 5/' corpus/fire/inquiry.txt >corpus/fire/other.txt
run 0 "numbers that do not" clashes harbour other
is "are marked in both" "$(cat "$work/out")" \
    'fire/harbour:1: [Six sailors] died when the ferry Aurora burned in the old harbour on Friday.
fire/other:2: The burning of the Aurora cost the lives of [5 of her sailors], a board found.'
run 0 "as rows" clashes --tsv harbour other
is "with their places" "$(sed -n 2p "$work/out" | cut -f 2,3,4,7,8,9)" \
    "0${tab}3${tab}Six sailors${tab}73${tab}74${tab}5 of her sailors"
run 0 "and as JSON" clashes --json harbour other
is_json "is JSON" out

awk 'BEGIN { for (i = 0; i < 9000; i++) printf "Sentence %d tells of boats and sailors.\n", i }' \
    >corpus/fire/long.txt
run 0 "a text too long to be compared" related -n 1 harbour 0 75 long
has "is cut, and that is said" err "of 'fire/long' only the first 128 KiB are compared"
finish
