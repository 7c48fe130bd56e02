// What a report does beyond being read: lines between the texts, and both ends of a dispute in view.
// Without it every link still leads where it says.
"use strict";
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const texts = [...document.querySelectorAll(".texts")];
  const marks = id => [...document.querySelectorAll("mark[data-c~='" + CSS.escape(id) + "']")];
  const rows = [...document.querySelectorAll("li[data-a][data-b]")];
  const panes = new Map(texts.map(box => [box, [...box.querySelectorAll(".scroll")]]));
  let current = null;

  // The place of a claim in its pane, from the top left of the box of texts; null while out of sight.
  const place = (box, id) => {
    const mark = marks(id).find(m => box.contains(m));
    if (!mark) return null;
    const pane = mark.closest(".scroll"), all = box.getBoundingClientRect();
    const at = mark.getClientRects()[0], frame = pane.getBoundingClientRect();
    if (!at || at.bottom < frame.top || at.top > frame.bottom) return null;
    return { y: (at.top + at.bottom) / 2 - all.top, left: frame.left - all.left, right: frame.right - all.left, pane };
  };

  const draw = () => {
    for (const box of texts) {
      let svg = box.querySelector(".wires");
      if (!svg) {
        svg = document.createElementNS(SVG, "svg");
        svg.setAttribute("class", "wires");
        svg.setAttribute("aria-hidden", "true");
        box.append(svg);
      }
      svg.replaceChildren();
      for (const row of rows) {
        const a = place(box, row.dataset.a), b = place(box, row.dataset.b);
        if (!a || !b || a.pane === b.pane) continue;
        const [l, r] = a.left < b.left ? [a, b] : [b, a];
        if (r.left - l.right < 8) continue; // one below the other: no room for lines
        const path = document.createElementNS(SVG, "path"), half = (r.left - l.right) / 2;
        path.setAttribute("d", `M${l.right} ${l.y}C${l.right + half} ${l.y} ${r.left - half} ${r.y} ${r.left} ${r.y}`);
        path.setAttribute("class", "line " + row.className.replace("row", "") + (row === current ? " on" : ""));
        svg.append(path);
      }
    }
  };
  let waiting = false;
  const redraw = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; draw(); });
  };

  const show = ids => {
    for (const mark of document.querySelectorAll("mark.on")) mark.classList.remove("on");
    for (const id of ids) {
      const found = marks(id);
      for (const mark of found) mark.classList.add("on");
      const pane = found.length && found[0].closest(".scroll");
      if (pane && pane.scrollHeight > pane.clientHeight)
        pane.scrollTop += found[0].getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
    }
    redraw();
  };

  // The place the address names: a claim in its text brings its counterpart along.
  const follow = from => {
    const hash = location.hash.slice(1);
    if (!hash.startsWith("t-")) { current = null; show([]); return; }
    const id = hash.slice(2), row = from && from.closest("li[data-a][data-b]");
    current = row && [row.dataset.a, row.dataset.b].includes(id) ? row : null;
    const other = current ? (current.dataset.a === id ? current.dataset.b : current.dataset.a) : null;
    show(other ? [other, id] : [id]);
    const mark = marks(id)[0];
    if (mark) mark.scrollIntoView({ block: "center" });
  };
  let clicked = null;
  document.addEventListener("click", event => {
    const link = event.target.closest("a[href^='#']");
    clicked = link;
    if (link && link.hash === location.hash) follow(link);
  });
  addEventListener("hashchange", () => { follow(clicked); clicked = null; });
  addEventListener("resize", redraw);
  for (const all of panes.values()) for (const pane of all) pane.addEventListener("scroll", redraw, { passive: true });
  if (document.fonts && document.fonts.ready) document.fonts.ready.then(redraw);
  if (location.hash) follow(null);
  draw();
})();
