#!/usr/bin/env python3
"""Files of records that are cut, doubled, bent and full of bad bytes: each is read, or refused with its line, within
some seconds; what is saved into it is put in and changes no other line; the other articles open; and nothing that a
terminal obeys comes out.
usage: tests/long/malformed.py GAINSAY FIXTURE [EVERY]      EVERY: of so many only one
"""
import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading

LAYER = "annotations/ana/ferry/herald.yaml"
FILES = [LAYER, "annotations/sources.yaml", "annotations/scheme.yaml", "corpus/ferry/herald.yaml"]
SCHEME = b"""gainsay: 1
version: '2'
vocabularies:

- id: type
  values:
  - id: rumour
    key: h
    definition: |
      Passed on without a source.
  - {id: weather, key: w, color: red}
reporting:

- id: style
  forms: [styles, styled]
  act: asserts
"""
SECONDS = 10  # one is asked of a machine that has nothing else to do
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
                 "\U000e0000-\U000e007f]")
PIECES = [b"\x00", b"\x1b[31m", b"\xff", b"\xc2\x9b", b"\t", b"\r", b"\x7f", b"\xe2\x80\xae", b"\xed\xa0\x80",
          b"\xef\xbb\xbf", b"\xc2\x85", b"\xf4\x90\x80\x80", b"'", b'"', b": ", b"- ", b"# ", b"[", b"{", b"\n",
          b"&a ", b"*a ", b"!!int ", b"%", b"|", b"? "]
VALUES = [b"", b"~", b"null", b"yes", b"-1", b"1e999", b"[[]]", b"{}", b"[0, 4294967296]", b"[9, 3]", b"[-1, 2]",
          b"*a", b"&a a", b"!!binary AA==", b'"\\e[2J"', b'"\\0"', b"|\n  a\n b", b"2001-01-01",
          b"99999999999999999999", b"'", b"<<: a", b"../../etc/passwd", b"[a, b: c]", b"? a", b"- a"]
LINES = [b"<<<<<<< HEAD\n", b"=======\n", b">>>>>>> other\n", b"---\n", b"...\n", b"%YAML 1.2\n", b"x: &a [*a]\n",
         b"\t- a\n"]

local = threading.local()
boxes = []


def mutants(data):
    """Each with its name."""
    lines = data.splitlines(keepends=True)

    def around(at, middle):
        return b"".join(lines[:at]) + middle + b"".join(lines[at + 1:])

    for at in range(len(data)):
        yield f"cut at {at}", data[:at]
    for at in range(len(data)):
        bit = 1 << at % 8
        yield f"bit {bit} of byte {at} turned", data[:at] + bytes([data[at] ^ bit]) + data[at + 1:]
    for at, line in enumerate(lines):
        yield f"without line {at + 1}", around(at, b"")
        yield f"line {at + 1} twice", around(at, line + line)
        yield f"line {at + 1} further in", around(at, b" " + line)
        yield f"line {at + 1} further out", around(at, line[1:])
        yield f"line {at + 1} at the end", around(at, b"") + line
        for other in LINES:
            yield f"before line {at + 1}: {other}", around(at, other + line)
        for piece in PIECES:
            middle = len(line) // 2
            yield f"in line {at + 1}: {piece}", around(at, line[:middle] + piece + line[middle:])
        key, colon, _ = line.partition(b": ")
        for value in VALUES if colon else []:
            yield f"value of line {at + 1}: {value}", around(at, key + b": " + value + b"\n")
        yield f"from line {at + 1} on twice", data + b"".join(lines[at:])
        yield f"from line {at + 1} on first", b"".join(lines[at:] + lines[:at])


class Box:
    """A workspace of a thread's own."""

    def __init__(self):
        self.root = tempfile.mkdtemp(dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
        self.work = os.path.join(self.root, "work")
        self.keys = os.path.join(self.root, "keys")
        with open(self.keys, "w") as file:
            file.write("keys ))C\nsnap at the end\n")
        self.renew()
        boxes.append(self)

    def renew(self):
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.rmtree(os.path.join(self.root, "state"), ignore_errors=True)
        shutil.copytree(fixture, self.work)
        self.write("annotations/scheme.yaml", SCHEME)

    def write(self, path, data):
        with open(os.path.join(self.work, path), "wb") as file:
            file.write(data)

    def read(self, path):
        with open(os.path.join(self.work, path), "rb") as file:
            return file.read()

    def names(self):
        return {os.path.join(root, name) for root, _, found in os.walk(self.work) for name in found}

    def run(self, *args):
        env = dict(os.environ, GAINSAY_STATE=self.root + "/state", GAINSAY_ANNOTATOR="ana", LC_ALL="C.UTF-8")
        done = subprocess.run([gainsay, *args], cwd=self.work, env=env, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=SECONDS)
        return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


def is_only_added_to(old, new):
    """Are the lines of the old one there, in order? Not those of blanks, and not a head that says nothing."""
    rest = iter(new.split(b"\n"))
    idle = re.compile(rb"([ \t]|\xc2\x85|\xef\xbb\xbf)*|(article|annotator): *(null|~)?")
    return all(line in rest for line in old.split(b"\n") if not idle.fullmatch(line))


def faults(box, path, mutant):
    """What does not hold, in words: of check, of another article, and of a sitting that marks a claim."""
    box.write(path, mutant)
    before = box.names()

    status, said = box.run("check", "--tsv")
    rows = [line.split("\t") for line in said.splitlines()]
    errors = [row for row in rows if row[0] == "error"]
    if status not in (0, 1):
        yield f"check ends with {status}: {said[:200]!r}"
    if RAW.search(said):
        yield f"check prints {RAW.search(said)}"
    for row in errors:
        if row[2] == path and not (row[3].isdigit() and int(row[3]) > 0 and row[5]):
            yield f"no line or no reason: {row}"

    status, said = box.run("show", "ferry/tribune")
    if status not in (0, 1, 4) or status and not errors:
        yield f"show of another article ends with {status}: {said[:200]!r}"
    if "[1 Six people are feared dead" not in said:
        yield f"show of another article does not show its claims: {said[:200]!r}"
    if RAW.search(said):
        yield f"show prints {RAW.search(said)}"

    status, said = box.run("read", "ferry/herald", "--script", box.keys)
    if status not in (0, 1, 3, 4):
        yield f"a sitting ends with {status}: {said[:200]!r}"
    if RAW.search(said):
        yield f"a sitting prints {RAW.search(said)}"
    now = box.read(path)
    if now != mutant and (path != LAYER or not is_only_added_to(mutant, now)):
        yield "what stood there has changed"
    for name in box.names() ^ before:
        if not name.endswith(LAYER):
            yield f"comes or goes: {name}"


def work_on(job):
    path, name, mutant = job
    if not hasattr(local, "box"):
        local.box = Box()
    try:
        found = list(faults(local.box, path, mutant))
    except subprocess.TimeoutExpired as late:
        found = [f"does not end: {late.cmd[1]}"]
    local.box.renew()
    return [f"not ok malformed/{path}, {name}: {text}" for text in found]


def jobs(every):
    number = 0
    for path in FILES:
        whole = SCHEME
        if path != "annotations/scheme.yaml":
            with open(os.path.join(fixture, path), "rb") as file:
                whole = file.read()
        for name, mutant in mutants(whole):
            number += 1
            if number % every == 0:
                yield path, name, mutant


gainsay, fixture = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
count = bad = 0
try:
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for lines in pool.map(work_on, jobs(int(sys.argv[3]) if len(sys.argv) > 3 else 1)):
            count += 1
            bad += bool(lines)
            for line in lines:
                print(line, flush=True)
finally:
    for each in boxes:
        shutil.rmtree(each.root, ignore_errors=True)
if bad == 0:
    print(f"ok malformed/{count} files")
sys.exit(bad > 0)
