"""Check brat standoff: the stretches of each text-bound line, cut from the text beside it and joined by a blank, are
its words; events, relations and notes name what is there. usage: brat.py FILE.ann..."""
import sys

bound = 0
for path in sys.argv[1:]:
    text = open(path[:-4] + ".txt", encoding="utf-8", newline="").read()
    lines = [line.split("\t", 2) for line in open(path, encoding="utf-8", newline="").read().split("\n") if line]
    ids = {line[0] for line in lines}
    types = {}
    for line in lines:
        if line[0][0] == "T":
            types[line[0]], spans = line[1].split(" ", 1)
            spans = [tuple(map(int, span.split())) for span in spans.split(";")]
            words = " ".join(text[beg:end] for beg, end in spans)
            if words != line[2]:
                sys.exit(f"{path}: {line[0]} is {words!r}, not {line[2]!r}")
            bound += 1
    for line in lines:
        kind, *rest = line[1].split(" ")
        if line[0][0] == "E":
            trigger = kind.split(":")
            if types.get(trigger[1]) != trigger[0]:
                sys.exit(f"{path}: the trigger of {line[0]} is of another type")
        if line[0][0] in "ER":
            rest = [word.split(":")[1] for word in rest]
        if line[0][0] in "ER#" and not set(rest) <= ids or line[0][0] == "A" and rest[0] not in ids:
            sys.exit(f"{path}: {line[0]} names what is not there")
print(f"{bound} text-bound lines")
