"""Read WebAnno TSV 3.3 and compare it with the text and with the records as JSON Lines.

usage: webanno.py TSV TEXT JSONL ARTICLE; prints how many tokens, claims and relations agree, or what does not.
Written from the description of the format alone.
"""
import json
import re
import sys

tsv, text, jsonl = (open(path, encoding="utf-8", newline="").read() for path in sys.argv[1:4])
units = text.encode("utf-16-le")


def piece(beg, end):
    return units[2 * beg : 2 * end].decode("utf-16-le")


def unescape(value):
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t", "r": "\r"}.get(m[1], m[1]), value)


def values(cell):
    """The stacked values of a cell with their numbers."""
    if cell == "_":
        return []
    parts = re.split(r"(?<!\\)(?:\\\\)*\|", cell) if "|" in cell else [cell]
    found = []
    for part in parts:
        match = re.fullmatch(r"(.*?)\[(\d+)\]", part, re.S)
        if not match or re.search(r"(?<!\\)(?:\\\\)*[\[\]|]", match[1]):
            sys.exit(f"no value with a number: {part!r}")
        found.append((unescape(match[1]) if match[1] != "*" else None, int(match[2])))
    return found


lines = tsv.split("\n")
if lines[0] != "#FORMAT=WebAnno TSV 3.3" or lines[3:5] != ["", ""]:
    sys.exit("not the head of the format")
features = lines[1].split("=")[1].split("|")[1:]
relation_features = lines[2].split("=")[1].split("|")[1:]
spans, rows, relations, tokens, end = {}, {}, [], 0, 0
for line in lines[5:]:
    if line.startswith("#Text="):
        sentence = unescape(line[6:])
        if sentence not in text:
            sys.exit(f"not in the text: {sentence!r}")
        continue
    if not line:
        continue
    address, extent, token, *cells = line.split("\t")
    beg, fin = map(int, extent.split("-"))
    if piece(beg, fin) != unescape(token):
        sys.exit(f"{address}: {token!r} is not {piece(beg, fin)!r}")
    if "." not in address:
        if beg < end:
            sys.exit(f"{address}: tokens overlap")
        end, tokens = fin, tokens + 1
    if len(cells) != len(features) + len(relation_features) + 1 or cells[-1]:
        sys.exit(f"{address}: {len(cells)} columns")
    rows[address] = set()
    for feature, cell in zip(features, cells):
        for value, number in values(cell):
            span = spans.setdefault(number, {"beg": beg})
            span["end"] = fin
            rows[address].add(number)
            if span.setdefault(feature, value) != value:
                sys.exit(f"{address}: {feature} of {number} is two things")
    *told, source = cells[len(features) : -1]
    if source != "_":
        for kind, at in zip(told[0].split("|"), source.split("|")):
            where, one, other = re.fullmatch(r"([\d.-]+)\[(\d+)_(\d+)\]", at).groups()
            relations.append((int(one), unescape(kind), int(other), where))
for one, kind, other, where in relations:
    if one not in rows[where]:
        sys.exit(f"{where} has no {one}")

records = [record for record in map(json.loads, jsonl.split("\n")[:-1]) if record.get("article") == sys.argv[4]]
want = []
for record in records:
    if record["record"] == "claim":
        for part in record["span"]:
            want.append((record["id"], "".join(part["quote"].split()), record.get("says")))
got = [(s["identifier"], "".join(piece(s["beg"], s["end"]).split()), s["says"]) for s in spans.values()]
if sorted(want, key=str) != sorted(got, key=str):
    sys.exit(f"spans differ: {sorted(set(want) ^ set(got), key=str)[:4]}")
ids = {record["id"] for record in records if "id" in record}
links = sorted(
    (r["from"], r["type"], r["to"]["claim"])
    for r in records
    if r["record"] == "link" and r["to"].get("claim") in ids
)
if links != sorted((spans[a]["identifier"], k, spans[b]["identifier"]) for a, k, b, _ in relations):
    sys.exit("links differ")
print(f"{tokens} tokens, {len(got)} spans, {len(links)} relations")
