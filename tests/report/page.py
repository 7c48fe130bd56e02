#!/usr/bin/env python3
"""What must hold of every report in HTML, looked at by a parser that is not ours.

usage: page.py FILE [CORPUS-FOLDER [JSON-TEXT TIMES]]   prints a line for each fault; exit status 1 when there is one
CORPUS-FOLDER: the texts in the page are compared with its .txt files, in order of their names.
JSON-TEXT: a text that must stand in the page, as text, so many times.
"""
import base64
import hashlib
import json
import os
import re
import sys
from html.parser import HTMLParser

VOID = {"meta", "br", "hr"}
TAGS = VOID | set(
    "html head title style body a abbr b bdi blockquote circle cite code dd desc div dl dt figcaption figure footer h1 h2 h3 h4"
    " header li main mark nav ol p path q rect script section span strong svg table tbody td text th thead tr caption ul"
    .split())
URLS = {"src", "href", "action", "formaction", "data", "poster", "srcset", "background", "xlink:href"}
HIDDEN = [(0x00, 0x1f), (0x7f, 0x9f), (0xad, 0xad), (0x34f, 0x34f), (0x61c, 0x61c), (0x115f, 0x1160), (0x17b4, 0x17b5),
          (0x180b, 0x180f), (0x200b, 0x200b), (0x200e, 0x200f), (0x2028, 0x202e), (0x2060, 0x206f), (0x3164, 0x3164),
          (0xfdd0, 0xfdef), (0xfeff, 0xfeff), (0xffa0, 0xffa0), (0xfff0, 0xfffb), (0xfffe, 0xffff), (0x1bca0, 0x1bca3),
          (0x1d173, 0x1d17a), (0xe0000, 0xe00ff), (0xe01f0, 0xe0fff)]


def shown(text):
    """The words of the manual: what reorders or hides text becomes visible."""
    out = []
    for c in text:
        cp = ord(c)
        hidden = any(a <= cp <= b for a, b in HIDDEN) or cp & 0xfffe == 0xfffe
        if not hidden or c in "\n\t":
            out.append(c)
        elif cp < 0x20 or cp == 0x7f:
            out.append("^" + chr(cp ^ 0x40))
        else:
            out.append("<%02X>" % cp if cp < 0xa0 else "<U+%04X>" % cp)
    return "".join(out)


def flat(text):
    return re.sub(r"[\n\t]", " ", text).strip(" ")


class Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.faults, self.stack, self.ids, self.ways = [], [], set(), []
        self.policy, self.embedded, self.levels = "", {}, []
        self.columns, self.line, self.skip = [], None, 0
        self.classes, self.text = [], ""

    def fault(self, what):
        self.faults.append("%s (line %d)" % (what, self.getpos()[0]))

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        values = dict(attrs)
        classes = (values.get("class") or "").split()
        if tag not in TAGS:
            self.fault("element <%s>" % tag)
        if len(names) != len(set(names)):
            self.fault("an attribute twice on <%s>" % tag)
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.fault("attribute %s" % name)
            if name in URLS and not re.match(r"(#|https?://)", value or ""):
                self.fault("%s leads to %r" % (name, value))
            if name in URLS and tag != "a":
                self.fault("<%s> loads %r" % (tag, value))
            if value is None:
                self.fault("attribute %s without value" % name)
        if "id" in values:
            if values["id"] in self.ids:
                self.fault("id %s twice" % values["id"])
            self.ids.add(values["id"])
        if values.get("href", "").startswith("#"):
            self.ways.append(values["href"][1:])
        if tag == "a" and values.get("href", "").startswith("http") and "noopener" not in values.get("rel", ""):
            self.fault("a way out without rel")
        if values.get("http-equiv") == "Content-Security-Policy":
            self.policy = values["content"]
        if re.fullmatch(r"h[1-6]", tag):
            if self.levels and int(tag[1]) > self.levels[-1] + 1:
                self.fault("heading %s after h%d" % (tag, self.levels[-1]))
            self.levels.append(int(tag[1]))
        if tag in VOID:
            return
        self.stack.append(tag)
        if "scroll" in classes:
            self.columns.append({})
        if tag == "p" and self.in_column():
            self.line = ["", None]
        if self.line is not None and {"n", "to", "ln"} & set(classes):
            self.skip += 1
        self.classes.append(classes)

    def in_column(self):
        return any("scroll" in c for c in self.classes)

    def handle_endtag(self, tag):
        if not self.stack or self.stack[-1] != tag:
            self.fault("</%s> ends <%s>" % (tag, self.stack[-1] if self.stack else ""))
            return
        self.stack.pop()
        classes = self.classes.pop()
        if self.line is not None and {"n", "to", "ln"} & set(classes):
            self.skip -= 1
        if tag == "p" and self.line is not None:
            self.columns[-1][int(self.line[1])] = self.line[0]
            self.line = None

    def handle_data(self, data):
        self.text += data
        if self.stack and self.stack[-1] in ("style", "script"):
            self.embedded[self.stack[-1]] = self.embedded.get(self.stack[-1], "") + data
        elif self.line is not None and self.skip == 0:
            self.line[0] += data
        elif self.line is not None and self.classes[-1] == ["ln"]:
            self.line[1] = data
        if "\0" in data:
            self.fault("a NUL")

    def handle_comment(self, data):
        self.fault("a comment: %r" % data[:40])

    def handle_pi(self, data):
        self.fault("a processing instruction")

    def unknown_decl(self, data):
        self.fault("a declaration")

    def finish(self):
        self.close()
        if self.stack:
            self.fault("open at the end: %s" % self.stack)
        for way in self.ways:
            if way not in self.ids:
                self.fault("#%s leads nowhere" % way)
        for tag in ("style", "script"):
            digest = base64.b64encode(hashlib.sha256(self.embedded.get(tag, "").encode()).digest()).decode()
            if "%s-src 'sha256-%s'" % (tag, digest) not in self.policy:
                self.fault("the policy does not let the %s be used" % tag)
        if "default-src 'none'" not in self.policy:
            self.fault("the policy lets other things be loaded")
        if self.levels.count(1) != 1:
            self.fault("%d headings of the first level" % self.levels.count(1))
    def compare(self, corpus):
        files = sorted(f for f in os.listdir(corpus) if f.endswith(".txt"))
        if not self.columns or len(self.columns) % len(files):
            self.fault("%d texts in the page, %d in the corpus" % (len(self.columns), len(files)))
        for name, column in zip(files * (len(self.columns) // len(files)), self.columns):
            with open(os.path.join(corpus, name), "rb") as f:
                lines = f.read().split(b"\n")
            for i, raw in enumerate(lines, 1):
                text = shown(decode(raw[:-1] if raw.endswith(b"\r") else raw))
                if text.strip(" \t\n\r\v\f") and column.get(i) != text:
                    self.fault("%s:%d is %r in the page, %r in the file" % (name, i, column.get(i), text))
                if not text.strip() and column.get(i, "").strip():
                    self.fault("%s:%d is not in the file: %r" % (name, i, column.get(i)))


def decode(raw):
    """UTF-8 with one U+FFFD for each byte that is no part of a character."""
    out, i = [], 0
    while i < len(raw):
        for n in (1, 2, 3, 4):
            try:
                out.append(raw[i:i + n].decode())
                i += n
                break
            except UnicodeDecodeError:
                continue
        else:
            out.append("\ufffd")
            i += 1
    return "".join(out)


def main():
    page = Page()
    with open(sys.argv[1], "rb") as f:
        raw = f.read()
    try:
        page.feed(raw.decode())
    except UnicodeDecodeError as err:
        print("not UTF-8: %s" % err)
        return 1
    page.finish()
    if len(sys.argv) > 2:
        page.compare(sys.argv[2])
    if len(sys.argv) > 3:
        with open(sys.argv[3], encoding="utf-8") as f:
            want = flat(shown(json.load(f)))
        times = page.text.count(want)
        if times < int(sys.argv[4]):
            page.faults.append("the text stands there %d times: %r" % (times, want))
    print("\n".join(page.faults[:20]), end="\n" if page.faults else "")
    return 1 if page.faults else 0


if __name__ == "__main__":
    sys.exit(main())
