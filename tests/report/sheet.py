#!/usr/bin/env python3
"""What must hold of every report in Markdown, as cmark-gfm, the parser of GitHub, reads it.

usage: sheet.py FILE [JSON-TEXT TIMES]   prints a line for each fault; exit status 1 when there is one
JSON-TEXT: a text that must stand in it, as text, so many times.
"""
import json
import re
import subprocess
import sys
from html.parser import HTMLParser

sys.path.insert(0, sys.path[0])
from page import flat, shown  # noqa: E402

TAGS = {"h1", "h2", "h3", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "strong", "code"}


class Sheet(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.faults, self.text, self.runs = [], "", []

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS:
            self.faults.append("element <%s>" % tag)
        for name, _ in attrs:
            if name not in ("align", "style"):
                self.faults.append("attribute %s on <%s>" % (name, tag))
        if tag in ("td", "th", "li", "p", "h1", "h2", "h3", "tr"):
            self.text += "\n"

    def handle_comment(self, data):
        if data.strip():
            self.faults.append("a comment: %r" % data[:40])
        self.runs.append("")

    def handle_data(self, data):
        self.text += data
        self.runs.append(data)


def main():
    sheet = Sheet()
    html = subprocess.run(["cmark-gfm", "--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough", "-e", "tasklist",
                           sys.argv[1]], check=True, capture_output=True).stdout.decode()
    sheet.feed(html)
    sheet.close()
    # What GitHub makes of the text between the tags, after Markdown: each run of text by itself.
    for run in sheet.runs:
        for pattern in (r"(?<!\w)@[a-z0-9]", r"#\d", r"\bgh-\d", r"https?://", r"\bwww\.", r":[a-z0-9+_-]+:"):
            if re.search(pattern, run, re.I):
                sheet.faults.append("GitHub would see %r in %r" % (pattern, run[:60]))
    if len(sys.argv) > 2:
        with open(sys.argv[2], encoding="utf-8") as f:
            want = flat(shown(json.load(f)))
        times = sheet.text.count(want)
        if times < int(sys.argv[3]):
            sheet.faults.append("the text stands there %d times: %r" % (times, want))
    print("\n".join(sheet.faults[:20]), end="\n" if sheet.faults else "")
    return 1 if sheet.faults else 0


if __name__ == "__main__":
    sys.exit(main())
