#!/bin/sh
# agree: measures of plain cases, and of the layers of a workspace.
. tests/cli/lib.inc
cd "$work" || exit 1

# ---- one case

# 10 units: 4 times a a, 3 times b b, twice a b, once b a
cat >table.json <<'END'
{"kind": "table", "data": [[4, 2], [1, 3]]}
END
run 0 "a table" agree --case table.json
has "has kappa" out 'cohen_kappa 0.4'
has "has the percentage" out 'percentage 0.7'
has "has what was observed" out 'observed_disagreement_nominal 0.3'
cat >coding.json <<'END'
{"kind": "coding", "data": [["x", "x", null, "y"], ["x", "x", "x", null]]}
END
run 0 "one value only" agree --case coding.json
has "is undefined" out 'alpha_nominal undefined'
has "unit by unit" out 'item_agreement [1.0, 1.0, null, null]'
"$gainsay" agree --json --case - <coding.json >out 2>err
is_json "from standard input, as JSON" out
has "with null for what is undefined" out '"cohen_kappa": null'
run 0 "as TSV" agree --tsv --case coding.json
is "has a line of names" "$(head -n 1 out)" "measure	value"
is "and rows as long" "$(rows)" "$(($(wc -l <out) - 1))"
cat >counts.json <<'END'
{"kind": "counts", "data": [[2, 0], [0, 2], [1, 1], [1, 1]]}
END
run 0 "counts of raters" agree --case counts.json
has "have Fleiss' kappa" out 'fleiss_kappa 0.0'
has "of each category" out 'fleiss_kappa_by_category:1 0.0'
has "and unit by unit" out 'item_agreement [1.0, 1.0, 0.0, 0.0]'
cat >units.json <<'END'
{"kind": "units", "begin": 100, "length": 50, "raters": 2, "data": [
 {"rater": 0, "category": "k", "begin": 110, "length": 5},
 {"rater": 1, "category": "k", "begin": 110, "length": 5}]}
END
run 0 "units" agree --case units.json
is "that are equal agree wholly" "$(sed -n 1,3p out)" "alpha_U 1.0
alpha_U:k 1.0
observed:k 0.0"
cat >gamma.json <<'END'
{"kind": "gamma", "data": [
 {"annotator": "a", "start": 0, "end": 10, "category": "k"},
 {"annotator": "b", "start": 1, "end": 9, "category": "j"},
 {"annotator": "b", "start": 20, "end": 30, "category": "k"}]}
END
run 0 "gamma" agree --case gamma.json
# (1 + (2/18)^2 + 1) / 1.5 units each
has "has the disorder" out 'best_alignment_disorder 1.34156378600823'
has "each pair" out '"positional": 0.0123456790123457, "categorical": 1.0, "combined": 1.01234567901235'
cp out first
run 0 "gamma again" agree --case gamma.json
is "is the same" "$(cat out)" "$(cat first)"

# refused TEXT MESSAGE
refused() {
    printf '%s\n' "$1" >bad.json
    run 4 "$2" agree --case bad.json
    has "is told" err "bad.json"
    is "and nothing else" "$(cat out)" ""
}
refused '{"kind": "coding"' "no JSON"
has "with the place" err 'bad.json:2:'
refused '{"kind": "coding"}' "no data"
refused '{"kind": "cording", "data": []}' "no such kind"
refused '{"kind": "coding", "data": []}' "no rater"
refused '{"kind": "coding", "data": [[1, 2], [1]]}' "rows of two lengths"
refused '{"kind": "coding", "data": [[1, [2]]]}' "sets and numbers"
refused '{"kind": "table", "data": [[1, 2]]}' "a table that is not square"
refused '{"kind": "table", "data": [[1, -2], [1, 1]]}' "a count below zero"
refused '{"kind": "table", "data": [[1, 1e9], [1, 1]]}' "a count too large"
refused '{"kind": "counts", "data": []}' "no counts"
refused '{"kind": "units", "data": []}' "no length"
refused '{"kind": "units", "begin": 0, "length": 9, "raters": 1, "data": [{"rater": 1, "category": "a", "begin": 0, "length": 1}]}' \
    "a rater too many"
refused '{"kind": "gamma", "data": [{"annotator": "a", "start": 2, "end": 2}]}' "an empty unit"
run 3 "no such file" agree --case none.json

# Values published or found by other programs, where that collection is at hand.
cases=${GAINSAY_EXTRA:-}/conformance/agreement-cases.json
if [ -n "${GAINSAY_EXTRA:-}" ] && [ -f "$cases" ] && command -v python3 >/dev/null; then
    python3 - "$gainsay" "$cases" <<'END' >out 2>&1
import json, subprocess, sys

RANDOM = {"gamma", "gamma_cat", "unitary_alignments"}  # by sampling, or with ties

def near(got, want, most):
    if isinstance(want, list):
        return len(got) >= len(want) and all(near(g, w, most) for g, w in zip(got, want))
    if isinstance(want, dict):
        return all(near(got[key], want[key], most) for key in want)
    if isinstance(want, float) or isinstance(want, int):
        return abs(got - want) <= max(most, 1e-5 * abs(want))
    return got == want

count = 0
for case in json.load(open(sys.argv[2]))["cases"]:
    expected = [e for e in case.pop("expected") if e["measure"] not in RANDOM]
    run = subprocess.run([sys.argv[1], "agree", "--case", "-"], input=json.dumps(case),
                         capture_output=True, text=True, check=True)
    lines = dict(line.split(" ", 1) for line in run.stdout.splitlines())
    for e in expected:
        got = lines[e["measure"]]
        ok = got == "undefined" if e["value"] is None else \
            near(json.loads(got), e["value"], max(e["tolerance"], 1e-3))
        count += ok
        if not ok:
            print(case["id"], e["measure"], got, "not", e["value"])
print(count)
END
    is "the values of the collection" "$(cat out)" 99
else
    echo "ok cli agree: the values of the collection # SKIP no GAINSAY_EXTRA or no python3"
fi
run 2 "neither case nor annotators" agree

# ---- a workspace: ben has another type for every 5th claim of the dam, lacks its last 35, and has moved
# ends and a type of his own in the levee
. "$top/tests/cli/workspace.inc"
make_workspace "$work/ws"
awk '/^- id: c/ { n++ }
    n > 100 && n <= 135 && !/^links:/ { next }
    /type: quantity/ { sub("quantity", "time") }
    /^links:/ { n = 0 }
    { print }' ws/annotations/ben/flood/dam.yaml >dam.yaml
awk '/^links:/ { exit } { print }' dam.yaml >ws/annotations/ben/flood/dam.yaml
COLUMNS=80
export COLUMNS
run 0 "of two annotators" -C ws agree ana ben
has "counts claims" out "claims  ana 270, ben 235; 235 in common"
has "and what one alone marked" out "35 by one alone"
has "has spans" out "f1 exact        0.931" # 2 * 235 / 505
# 20 of 235 of another type
has "and types" out "percentage      0.915"
has "that go with others" out "type        20 quantity / time"
has "and why there is no value" out "one value only: only"
has "with the seed" out "seed 1"
run 0 "by type" -C ws agree --by type ana ben
has "has labels" out "event      188   188   188   1.000"
has "and a table" out " 3 time"
run 0 "as TSV" -C ws agree --tsv ana ben
is "has rows as long as its head" "$(rows)" "$(($(wc -l <out) - 1))"
has "and words for what is undefined" out "undefined"
run 0 "by source as TSV" -C ws agree --tsv --by source ana ben
is "has pairs" "$(head -n 1 out)" "field	one	other	count"
run 0 "as JSON" -C ws agree --json --by chain ana ben
is_json "is JSON" out
has "with labels" out '"label": "police:reports > residents:alleges"'
cp out first
run 0 "again" -C ws agree --json --by chain ana ben
is "is the same" "$(cat out)" "$(cat first)"
run 0 "with another seed" -C ws agree --seed 9 --measure alpha --by type ana ben
has "says so" out "seed 9"
run 0 "one measure" -C ws agree --tsv -m scott ana ben
is "is all there is" "$(cut -f 2 out | sort -u | tr '\n' ' ')" "measure scott_pi "
run 0 "one article" -C ws agree --tsv -m f1 --article levee ana ben
has "alone" out "claims	f1 exact	1.000000"
run 0 "claims that overlap at all" -C ws agree --overlap 0 -m f1 ana ben
sed -i 's/sha256: ./sha256: x/' ws/annotations/ben/flood/dam.yaml
run 0 "an article that changed for one" -C ws agree -m f1 ana ben
has "is named" err "'flood/dam' is left out"
has "and left out" out "1 article"
mkdir ws/annotations/eva
run 1 "nothing in common" -C ws agree ana eva
run 2 "an annotator twice" -C ws agree ana ana
run 2 "no such annotator" -C ws agree ana zoe
run 2 "no such field" -C ws agree --by tipe ana ben
has "names them" err "say one of: type, form, topic"
run 2 "no such measure" -C ws agree --measure kappa ana ben
run 2 "no share" -C ws agree --overlap 2 ana ben
run 2 "no seed" -C ws agree --seed -1 ana ben
finish
