#!/usr/bin/env python3
"""A report in a real browser: Chromium without a screen, driven over its pipe.

usage: browser.py FILE [FOLDER]   prints "ok browser NAME" or "not ok browser NAME"; pictures go to FOLDER
"""
import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

SIZES = [(320, 640), (800, 600), (1280, 800)]

# Contrast of every run of text with what is painted behind it, as WCAG 2 counts it.
CONTRAST = r"""(() => {
  const rgb = text => text.match(/[\d.]+/g).map(Number);
  const light = ([r, g, b]) => { const f = v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
    return .2126 * f(r) + .7152 * f(g) + .0722 * f(b); };
  const behind = node => { for (let e = node; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] === 1) return c; } return [255, 255, 255]; };
  const faults = new Set(), walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || e.closest("script, style, title, desc, .skip")) continue;
    const style = getComputedStyle(e), ink = rgb(e.closest("svg") ? style.fill : style.color);
    const back = e.matches(".in-dot") ? rgb(getComputedStyle(document.querySelector(".dot")).fill) : behind(e);
    const [a, b] = [light(ink), light(back)].sort((x, y) => y - x), ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) faults.add(`${e.tagName}.${e.getAttribute("class")} ${ratio.toFixed(2)}`);
  }
  return [...faults].join("; ");
})()"""

# What is wider than the screen, but for what scrolls on its own.
OVERFLOW = r"""(() => {
  const wide = document.documentElement.scrollWidth, faults = [];
  if (wide > innerWidth) for (const e of document.body.querySelectorAll("*"))
    if (e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".wide, .picture")) faults.push(e.tagName + "." + e.className);
  return wide > innerWidth ? `${wide} > ${innerWidth}: ${faults.slice(0, 5)}` : "";
})()"""


class Browser:
    def __init__(self, program):
        self.folder = tempfile.mkdtemp()
        down_read, self.down = os.pipe()
        self.up, up_write = os.pipe()

        def wire():
            os.dup2(down_read, 3, inheritable=True) if down_read != 3 else os.set_inheritable(3, True)
            os.dup2(up_write, 4, inheritable=True) if up_write != 4 else os.set_inheritable(4, True)

        # The numbers 3 and 4 are the browser's: keep our own ends out of their way.
        spare = [os.dup(fd) for fd in (down_read, up_write)]
        while min(spare) <= 4:
            spare = [os.dup(fd) for fd in spare]
        down_read, up_write = spare
        self.process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--no-first-run",
             "--disable-extensions", "--disable-background-networking", "--disable-component-update",
             "--user-data-dir=" + self.folder, "about:blank"],
            preexec_fn=wire, close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.bytes, self.number, self.session, self.events = b"", 0, None, []
        targets = self.send("Target.getTargets")["targetInfos"]
        page = next(t for t in targets if t["type"] == "page")
        self.session = self.send("Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "DOM", "Accessibility"):
            self.send(domain + ".enable")

    def receive(self):
        while b"\0" not in self.bytes:
            more = os.read(self.up, 1 << 20)
            if not more:
                raise EOFError("the browser went away")
            self.bytes += more
        message, self.bytes = self.bytes.split(b"\0", 1)
        return json.loads(message)

    def send(self, method, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.down, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError("%s: %s" % (method, answer["error"]))
                return answer["result"]
            if "method" in answer:
                self.events.append(answer)

    def wait(self, method):
        while not any(e["method"] == method for e in self.events):
            self.events.append(self.receive())

    def open(self, url, width, height, dark=False, media="", script=True):
        self.events = []
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.send("Emulation.setEmulatedMedia", media=media,
                  features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.send("Emulation.setScriptExecutionDisabled", value=not script)
        self.send("Page.navigate", url="about:blank")
        self.wait("Page.loadEventFired")
        self.events = []
        self.send("Page.navigate", url=url)
        self.wait("Page.loadEventFired")
        if script:
            self.settle()

    def settle(self):
        """Two frames: what a click or a new size leads to has been drawn."""
        self.value("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r(1))))")

    def value(self, expression):
        result = self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"].get("text", "") + expression[:80])
        return result["result"].get("value")

    def click(self, selector):
        at = json.loads(self.value(
            "(() => { const e = document.querySelector(%s); e.scrollIntoView({block: 'center'}); const r = e.getClientRects()[0];"
            " return JSON.stringify([r.left + r.width / 2, r.top + r.height / 2]); })()" % json.dumps(selector)))
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, x=at[0], y=at[1], button="left", clickCount=1)
        self.settle()

    def key(self, key, code):
        for kind in ("rawKeyDown", "char" if key == "Enter" else None, "keyUp"):
            if kind:
                self.send("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code,
                          text="\r" if kind == "char" else "")
        self.settle()

    def shot(self, path, clip=None):
        params = {"format": "png", "captureBeyondViewport": bool(clip)}
        if clip:
            params["clip"] = dict(zip(("x", "y", "width", "height"), clip), scale=1)
        with open(path, "wb") as f:
            f.write(base64.b64decode(self.send("Page.captureScreenshot", **params)["data"]))

    def close(self):
        try:
            self.send("Browser.close")
        except (EOFError, OSError):
            pass
        self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)

    # What the page said or asked for that it should not have.
    def complaints(self, url):
        out = []
        for event in self.events:
            method, params = event["method"], event["params"]
            if method in ("Runtime.exceptionThrown", "Runtime.consoleAPICalled"):
                out.append("%s: %s" % (method, json.dumps(params)[:200]))
            elif method == "Log.entryAdded":
                out.append(params["entry"]["text"][:200])
            elif method == "Network.requestWillBeSent" and params["request"]["url"].split("#")[0] != url:
                out.append("asks for " + params["request"]["url"])
        return "; ".join(out)


def accessibility(browser):
    """Faults of the tree that a screen reader gets."""
    nodes = browser.send("Accessibility.getFullAXTree")["nodes"]
    faults, roles, level = [], {}, 0
    for node in nodes:
        if node.get("ignored"):
            continue
        role = node["role"]["value"]
        name = node.get("name", {}).get("value", "").strip()
        properties = {p["name"]: p["value"].get("value") for p in node.get("properties", [])}
        roles[role] = roles.get(role, 0) + 1
        if role in ("link", "image", "img", "region", "heading", "navigation", "table", "RootWebArea") and not name:
            faults.append("%s without a name" % role)
        if properties.get("focusable") and not name:
            faults.append("%s can have the focus and has no name" % role)
        if role == "heading":
            if properties.get("level", 0) > level + 1:
                faults.append("heading %r: level %s after %s" % (name, properties.get("level"), level))
            level = properties.get("level", 0)
    for role, count in (("main", 1), ("navigation", 1), ("banner", 1), ("contentinfo", 1)):
        if roles.get(role) != count:
            faults.append("%s landmarks %s" % (roles.get(role, 0), role))
    for role in ("region", "heading", "link", "list", "table", "columnheader", "rowheader", "blockquote", "figure"):
        if not roles.get(role):
            faults.append("no %s" % role)
    if not roles.get("image", 0) + roles.get("img", 0):
        faults.append("no picture")
    return "; ".join(sorted(set(faults))[:8])


def main():
    url, shots = "file://" + os.path.abspath(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which(
        "google-chrome")
    if not program:
        print("ok browser # SKIP chromium is not installed")
        return 0
    failed = [0]

    def check(name, fault):
        print("%sok browser: %s" % ("not " if fault else "", name))
        if fault:
            failed[0] = 1
            print("# %s" % fault)

    browser = Browser(program)
    started = time.monotonic()
    for width, height in SIZES:
        for dark in (False, True):
            kind = "%d px, %s" % (width, "dark" if dark else "light")
            browser.open(url, width, height, dark)
            check(kind + ": nothing asked for, no complaint", browser.complaints(url))
            check(kind + ": nothing wider than the screen", browser.value(OVERFLOW))
            check(kind + ": contrast of every text", browser.value(CONTRAST))
            if shots:
                browser.shot("%s/%d-%s.png" % (shots, width, "dark" if dark else "light"),
                             [0, 0, width, min(browser.value("document.documentElement.scrollHeight"), 9000)])

    browser.open(url, 1280, 800)
    check("accessibility tree", accessibility(browser))
    seen = """(() => [...document.querySelectorAll('mark.on')].filter(m => { const r = m.getClientRects()[0];
      const p = m.closest('.scroll').getBoundingClientRect();
      return r.top >= 0 && r.bottom <= innerHeight && r.top >= p.top - 1 && r.bottom <= p.bottom + 1; })
      .flatMap(m => m.dataset.c.split(' ')))()"""
    ends = json.loads(browser.value("""(() => { const r = document.querySelector('.board li[data-a][data-b]');
      return JSON.stringify([r.dataset.a, r.dataset.b]); })()"""))
    for end in ends:
        browser.open(url, 1280, 800)
        browser.click(".board li[data-a] a[href='#t-%s']" % end)
        check("from the board to the text: the address", "" if browser.value("location.hash") == "#t-" + end else
              browser.value("location.hash"))
        got = browser.value(seen)
        check("both ends are in view", "" if set(ends) <= set(got) else "%s, not %s" % (got, ends))
        check("their line stands out", "" if browser.value("document.querySelectorAll('.wires .on').length") == 1 else "it does not")
    if shots:
        browser.shot(shots + "/clicked.png")
    check("no complaint after all that", browser.complaints(url))

    browser.open(url, 1280, 800)
    browser.key("Tab", 9)
    check("the first key leads past the contents",
          "" if browser.value("document.activeElement.className") == "skip" else browser.value("document.activeElement.outerHTML"))
    browser.key("Enter", 13)
    check("to the report", "" if browser.value("location.hash") == "#main" else browser.value("location.hash"))

    browser.open(url, 1280, 800, script=False)
    browser.send("Page.navigate", url=url + "#t-" + ends[1])
    root = browser.send("DOM.getDocument")["root"]["nodeId"]
    node = browser.send("DOM.querySelector", nodeId=root, selector="[id='t-%s']" % ends[1])["nodeId"]
    top = browser.send("DOM.getBoxModel", nodeId=node)["model"]["content"][1]
    check("without script: a link leads to its claim", "" if 0 <= top <= 800 else "it stands at %s" % top)

    browser.open(url, 794, 1123, media="print")
    check("on paper: no text is cut off", browser.value(
        "[...document.querySelectorAll('main *')].filter(e => getComputedStyle(e).overflowY !== 'visible' && !e.closest('svg'))"
        ".map(e => e.className).join(' ')"))
    check("on paper: nothing wider than the page", browser.value(OVERFLOW))
    check("on paper: contrast", browser.value(CONTRAST))
    pdf = base64.b64decode(browser.send("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])
    check("it prints", "" if pdf.startswith(b"%PDF") and pdf.count(b"/Type /Page") > 1 else "no pages")
    if shots:
        with open(shots + "/print.pdf", "wb") as f:
            f.write(pdf)
    print("# %.1f s" % (time.monotonic() - started))
    browser.close()
    return failed[0]


if __name__ == "__main__":
    sys.exit(main())
