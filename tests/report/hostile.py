#!/usr/bin/env python3
"""A workspace whose every text would like to be more than text.   usage: hostile.py DIR"""
import hashlib
import json
import os
import sys

BAD = ("<script>alert(1)</script> </style> </title> <!-- ]]> --> <img src=x onerror=alert(2)> \"'>&amp;&lt; &#x3c; "
       "\u202eevil\u202c \u2066iso\u2069 \u200b\u00ad \x00\x01\x1b[31m\x7f\x85 | `code` *b* _i_ [a](javascript:alert(3)) "
       "@ana #1 GH-2 https://example.org/?a=b&c www.example.org :smile: $x$ ~~s~~ \\ {{x}} \ufdd0\ufffe "
       "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \U0001f469\u200d\U0001f680 e\u0301")


def quoted(text):
    """A YAML scalar that any text can stand in."""
    out = ['"']
    for c in text:
        cp = ord(c)
        if c in '"\\':
            out.append("\\" + c)
        elif cp < 0x20 or 0x7f <= cp < 0xa0 or cp in (0xfdd0, 0xfffe, 0xffff):
            out.append("\\u%04X" % cp)
        else:
            out.append(c)
    return "".join(out) + '"'


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(text if isinstance(text, bytes) else text.encode())


def part(text, beg, end):
    return "  - at: [%d, %d]\n    quote: %s\n" % (beg, end, quoted(text[beg:end]))


def claim(name, text, spans, rest):
    return "\n- id: %s\n  span:\n%s%s" % (name, "".join(part(text, *s) for s in spans), rest)


def layer(article, text, raw, claims, links, tail=""):
    return ("gainsay: 1\narticle: %s\nannotator: ana\ntext:\n  sha256: %s\n  length: %d\nclaims:\n%s%s%s"
            % (article, hashlib.sha256(raw).hexdigest(), len(text), claims, links, tail))


def main():
    root = sys.argv[1]
    bad = quoted(BAD)
    one = BAD + "\n\nSecond <b>line</b>.\n\n" + "\u202e" + BAD + "\n"
    two = "Plain beginning.\n\n" + BAD + "\n"
    raw_one, raw_two = one.encode() + b"\xff\xc0 end\n", two.encode()
    one += "\ufffd\ufffd end\n"
    meta = "".join("%s: %s\n" % (key, bad) for key in
                   ("title", "outlet", "author", "published"))
    meta += "url: \"javascript:alert(4)//\"\n"
    meta += "".join("%s: %s\n" % (key, bad) for key in ("retrieved", "language", "licence", "origin", "note"))
    write(root + "/corpus/bad/one.txt", raw_one)
    write(root + "/corpus/bad/two.txt", raw_two)
    write(root + "/corpus/bad/one.yaml", meta)
    write(root + "/corpus/bad/two.yaml", "title: Two\nurl: https://example.org/?a=1&b=%22\n")
    write(root + "/annotations/sources.yaml",
          "gainsay: 1\nsources:\n\n- id: someone\n  name: %s\n  kind: %s\n  origin: %s\n  note: %s\n" % (bad, bad, bad, bad))
    voice = ("  attributed_to:\n  - source: someone\n    act: %s\n    unsure: true\n    citing:\n      source: %s\n      act: %s\n"
             % (bad, bad, bad))
    rest = ("  says: %s\n  type: %s\n  form: %s\n  topic: %s\n  certainty: %s\n  values:\n  - what: %s\n    number: 5\n    bound: %s\n"
            "%s  author_stance: %s\n  contested:\n    by: [someone, %s]\n    why: %s\n  note: %s\n"
            % (bad, bad, bad, bad, bad, bad, bad, voice, bad, bad, bad, bad))
    n = len(BAD)
    claims_one = (claim("c1aaaaaa", one, [(0, 40)], rest)                       # over markup
                  + claim("c1bbbbbb", one, [(8, 60), (70, 120)], rest)          # crossing it, and with a gap
                  + claim("c1cccccc", one, [(100, n)], "  topic: %s\n" % bad)   # crossing that
                  + claim("c1dddddd", one, [(n + 2, n + 22)], rest))
    links = ("links:\n\n- id: l1aaaaaa\n  from: c1aaaaaa\n  to:\n    article: bad/two\n    claim: c2aaaaaa\n  type: differs\n"
             "  point: %s\n  strict: true\n  why: %s\n\n- id: l1bbbbbb\n  from: c1bbbbbb\n  to:\n    article: bad/two\n  type: omits\n"
             "  searched: [%s, plain]\n  why: %s\n\n- id: l1dddddd\n  from: c1dddddd\n  to:\n    article: bad/two\n    claim: c2gone00\n"
             "  type: %s\n" % (bad, bad, bad, bad, bad))
    notes = "notes:\n\n- id: n1aaaaaa\n  span:\n%s  kind: %s\n  text: %s\n" % (part(one, 0, n), bad, bad)
    notes += ("\ncomments:\n\n- id: t1aaaaaa\n  about: c1aaaaaa\n  kind: %s\n  text: %s\n  created: %s\n"
              "\n- id: t1bbbbbb\n  about: c1gone00\n  text: %s\n" % (bad, bad, bad, bad))
    claims_two = claim("c2aaaaaa", two, [(18, 18 + n)], rest)
    write(root + "/annotations/ana/bad/one.yaml", layer("bad/one", one, raw_one, claims_one, links, notes))
    write(root + "/annotations/ana/bad/two.yaml", layer("bad/two", two, raw_two, claims_two, ""))
    write(root + "/bad.json", json.dumps(BAD))


main()
