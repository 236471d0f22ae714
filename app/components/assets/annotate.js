// The annotator itself: what is chosen, what each key and each click does, how the text is drawn.
class Annotator extends Panels {
  constructor(root) {
    super();
    this.root = root;
    this.parts = Object.fromEntries(["tools", "line", "text", "side", "said"].map((name) => [name, root.querySelector(`.an-${name}`)]));
    Object.assign(this, { selected: null, draft: null, mode: null, card: -1, later: new Set(), made: {}, threshold: 0.8, place: null });
    this.actions = this.table();
    this.parts.tools.replaceChildren(...this.actions.filter(([, label]) => label).map((action) => this.button(...action)));
    this.parts.text.addEventListener("mouseup", (event) => this.pointed(event));
    this.heard = (event) => this.pressed(event);
    addEventListener("keydown", this.heard, true);
    this.timer = setInterval(() => this.tick(), 500);
  }
  // key, label, what it does; those without a label are keys of another button
  table() {
    return [
      ["k", "↑", "previous span", () => this.step(-1)],
      ["j", "↓", "next span", () => this.step(1)],
      ["n", "Next open", "next undecided suggestion", () => this.nextOpen()],
      ["a", "✓ Accept", "accept, then the next undecided one", () => this.judge("accept")],
      ["x", "✗ Reject", "reject, then the next undecided one", () => this.judge("reject")],
      [" ", "Skip", "skip, ask later", () => this.skip()],
      ["A", "Accept all…", "accept all above a threshold", () => this.enter("all")],
      ...KINDS.map((kind, place) => [String(place + 1), `${this.glyph(kind)} ${kind}`, `mark as ${kind}; a new span where text is chosen`, () => this.kind(kind)]),
      ["s", "Choose text", "choose the next sentence that is not marked", () => this.choose()],
      ["[", "⇤", "start one word earlier", () => this.resize(-1, 0)],
      ["{", "↦", "start one word later", () => this.resize(1, 0)],
      ["}", "↤", "end one word earlier", () => this.resize(0, -1)],
      ["]", "⇥", "end one word later", () => this.resize(0, 1)],
      ["l", "Link", "link to another span: a digit picks it, then + − e q a p u say how", () => this.enter("pick")],
      ["o", "Links", "walk the links of this span; a and x then decide on the link", () => this.walkCards()],
      ["u", "Undo", "take back your last step", () => this.push({ verb: "undo" })],
      ["U", "Redo", "take back the last undo", () => this.push({ verb: "redo" })],
      ["m", "Note", "leave a note; without words it says unsure", () => this.enter("note")],
      ["h", "Guidelines", "open or close the guidelines", () => this.guidelines()],
      ["?", "Keys", "what the keys do", () => this.enter(this.mode?.name === "help" ? null : "help")],
      ["Escape", "", "leave what is open", () => this.leave()],
      ["ArrowDown", "", "next span", () => this.step(1)],
      ["ArrowUp", "", "previous span", () => this.step(-1)],
      ["r", "", "", () => {}],
      ["c", "", "", () => {}],
    ];
  }
  glyph(kind) { return { claim: "◆", rebuttal: "−", evidence: "▤", question: "?" }[kind]; }
  button(key, label, says, act) {
    const made = make("button", "an-button");
    made.type = "button";
    made.append(label, make("kbd", "", key === " " ? "space" : key));
    made.title = says;
    made.setAttribute("aria-label", `${says} (${key === " " ? "space" : key})`);
    made.onclick = () => { act(); this.root.focus({ preventScroll: true }); };
    return made;
  }

  update(data, set) {
    this.set = set;
    if (this.queue?.by !== data.by) this.queue = new OperationQueue(data.by, (batch) => this.set("batch", batch));
    for (const block of data.blocks) block.letters = Array.from(block.text);
    this.data = data;
    Object.assign(this.made, data.made);
    if (this.place !== data.place.key) Object.assign(this, { place: data.place.key, selected: null, draft: null, mode: null, card: -1 });
    this.queue.answered(data);
    this.redraw();
    if (this.selected === null && this.open().length) this.nextOpen();
    if (document.activeElement === document.body) this.root.focus({ preventScroll: true });
  }
  tick() {
    if (!this.root.isConnected) { removeEventListener("keydown", this.heard, true); clearInterval(this.timer); return; }
    this.queue?.tick();
    this.line();
    this.uncover();
  }
  // While the server is away Streamlit lays a message over the page and takes its focus. What is typed is kept
  // here, and the line says so: work goes on.
  covering() { return [...document.querySelectorAll(".stDialog")].find((dialog) => !dialog.querySelector("input, textarea, .stButton")); }
  uncover() {
    const dialog = this.covering();
    if (!dialog) return;
    dialog.style.display = "none";
    this.root.closest("[inert]")?.removeAttribute("inert");
    this.root.focus({ preventScroll: true });
  }
  push(operation) {
    const made = this.queue.push(operation);
    this.redraw();
    return made;
  }

  get span() { return this.view.spans.find((span) => this.key(span) === this.selected) ?? null; }
  get own() { return this.view.spans.filter((span) => !this.blockOf(span).grey); }
  blockOf(span) { return this.data.blocks.find((block) => holds(block, span)); }
  key(span) { return `${span.id}@${this.ordinal(span)}`; }
  // A node may be said several times: which of its mentions this is stays the same while its borders move.
  ordinal(span) { return this.view.spans.filter((other) => other.id === span.id).indexOf(span); }
  open() { return this.own.filter((span) => span.verdict === null); }
  words(span) {
    const block = this.blockOf(span);
    return block.letters.slice(span.start - block.start, span.end - block.start).join("");
  }

  step(by) {
    const all = this.view.spans.filter((span) => !this.blockOf(span).grey);
    if (!all.length) return;
    const at = all.indexOf(this.span);
    this.select(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))]);
  }
  select(span) {
    Object.assign(this, { selected: span ? this.key(span) : null, draft: null, mode: null, card: -1 });
    this.redraw();
    this.reveal(".an-selected");
  }
  // Scrolls the text and nothing else, so that the page stays where it is.
  reveal(what) {
    const piece = this.parts.text.querySelector(what)?.getBoundingClientRect();
    const box = this.parts.text.getBoundingClientRect();
    if (!piece) return;
    const [above, below] = [piece.top - box.top - 24, piece.bottom - box.bottom + 24];
    if (above < 0) this.parts.text.scrollTop += above;
    else if (below > 0) this.parts.text.scrollTop += Math.min(below, above);
  }
  nextOpen() {
    let open = this.open().filter((span) => !this.later.has(span.id));
    if (!open.length) { this.later.clear(); open = this.open(); }
    const at = this.span?.start ?? -1;
    const next = open.find((span) => span.start > at || (span.start === at && span !== this.span && !this.passed(span))) ?? open.find((span) => span !== this.span);
    if (next) this.select(next);
  }
  passed(span) { return this.view.spans.indexOf(span) < this.view.spans.indexOf(this.span); }
  judge(verb) {
    if (this.card >= 0) return this.judgeLink(verb, this.cards()[this.card]);
    const span = this.span;
    if (!span) return this.nextOpen();
    this.push({ verb, ids: [span.id] });
    return this.nextOpen();
  }
  judgeLink(verb, link) {
    if (!link) return;
    this.push({ verb, ids: [link.id] });
    const all = this.cards();
    const next = all.findIndex((other) => other.verdict === null);
    this.card = next;
    this.redraw();
  }
  skip() { if (this.span) this.later.add(this.span.id); this.nextOpen(); }
  kind(kind) {
    if (this.draft) return this.add(kind);
    if (this.span) this.push({ verb: "kind", id: this.span.id, kind });
  }
  add(kind) {
    const { start, end } = this.draft;
    const made = this.push({ verb: "add", document: this.data.document, kind, start, end });
    this.draft = null;
    this.select(this.view.spans.find((span) => span.id === `new:${made.queue}:${made.seq}`));
  }
  choose() {
    const after = this.draft?.end ?? this.span?.end ?? 0;
    this.draft = nextFree(this.data.blocks, this.view.spans, after) ?? nextFree(this.data.blocks, this.view.spans, 0);
    this.selected = null;
    this.redraw();
    this.reveal(".an-draft");
  }
  resize(first, last) {
    const span = this.draft ?? this.span;
    const block = span && this.blockOf(span);
    if (!block || block.grey) return;
    const move = (at, by) => (by < 0 ? wordLeft(block.letters, at) : by > 0 ? wordRight(block.letters, at) : at);
    const [from, to] = [span.start - block.start, span.end - block.start];
    const [start, end] = trimmed(block.letters, move(from, first), move(to, last));
    if (end <= start || (start === from && end === to)) return;
    if (this.draft) { this.draft = { start: start + block.start, end: end + block.start }; this.redraw(); return; }
    this.push({ verb: "move", id: span.id, document: this.data.document, was: span.start, start: start + block.start, end: end + block.start });
  }

  // Links: l numbers the nearest spans, a digit or a click picks one, a last key says how it is linked.
  candidates() {
    const span = this.span;
    if (!span) return [];
    const near = this.view.spans.filter((other) => other.id !== span.id && other.verdict !== false);
    near.sort((a, b) => Math.abs(a.start - span.start) - Math.abs(b.start - span.start));
    const from = (this.mode.page * 9) % Math.max(1, near.length);
    return near.slice(from, from + 9);
  }
  pick(target) {
    if (!target || target.id === this.span?.id) return;
    this.mode = { name: "how", target };
    this.redraw();
  }
  connect(how) {
    const [source, { id: target }] = [this.span.id, this.mode.target];
    this.mode = null;
    if (how === "undercuts") {
      const link = this.view.links.find(({ sources, verdict }) => sources.includes(target) && verdict !== false);
      if (link) this.push({ verb: "link", kind: how, source, target: link.id });
      return this.redraw();
    }
    if (how === "evidence" && this.span.kind !== "evidence") this.push({ verb: "kind", id: source, kind: "evidence" });
    this.push({ verb: "link", kind: how === "evidence" ? "supports" : how, source, target });
    return this.redraw();
  }
  cards() {
    const id = this.span?.id;
    return this.view.links.filter((link) => link.sources.includes(id) || link.target === id);
  }
  walkCards() {
    const count = this.cards().length;
    this.card = count ? (this.card + 1) % count : -1;
    this.redraw();
  }

  enter(name) {
    if ((name === "pick" || name === "note") && !this.span) return;
    if (name === "all" && this.mode?.name === "all") return this.acceptAll();
    const page = name === "pick" && this.mode?.name === "pick" ? this.mode.page + 1 : 0;
    Object.assign(this, { mode: name ? { name, page } : null, kept: null });
    this.redraw();
    // At once, so that the next key is a letter of the note already.
    if (name === "note") this.parts.side.querySelector(".an-note").focus();
  }
  leave() {
    Object.assign(this, { mode: null, draft: null, card: -1 });
    delete document.body.dataset.guidelines;
    this.redraw();
  }
  certain() { return this.open().filter(({ p }) => p >= this.threshold); }
  acceptAll() {
    const ids = [...new Set(this.certain().map(({ id }) => id))];
    this.mode = null;
    if (ids.length) this.push({ verb: "accept", ids });
    this.redraw();
  }
  note(text) {
    const id = this.span?.id;
    this.mode = null;
    if (id) this.push({ verb: "comment", id, text });
    this.redraw();
    this.root.focus({ preventScroll: true });
  }
  guidelines() {
    if (document.body.dataset.guidelines) delete document.body.dataset.guidelines;
    else document.body.dataset.guidelines = "open";
  }
  go(to) { this.set("go", { to, from: this.data.place.key, at: Date.now() + Math.random() }); }

  isMine(target) { return this.root.contains(target) || target === document.body || Boolean(this.covering()?.contains(target)); }
  pressed(event) {
    if (!this.root.isConnected || !this.isMine(event.target)) return;
    const writes = event.target.closest?.("input, textarea");
    if (event.altKey || event.metaKey || (event.ctrlKey && event.key !== "Enter")) return;
    if (event.ctrlKey ? this.finish(event) : writes ? this.wrote(event) : this.act(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (writes) event.stopPropagation();
  }
  finish() { this.go("next"); return true; }
  wrote(event) {
    if (event.key === "Enter" && this.mode?.name === "note") { this.note(event.target.value); return true; }
    if (event.key === "Enter") { this.root.focus(); return true; }
    if (event.key === "Escape") { this.leave(); this.root.focus(); return true; }
    return false;
  }
  act({ key, target }) {
    if ((key === "Enter" || key === " ") && target.closest?.("button")) return false;
    if (this.mode?.name === "pick" && /^[1-9]$/.test(key)) { this.pick(this.candidates()[key - 1]); return true; }
    if (this.mode?.name === "how" && key in LINKS) { this.connect(LINKS[key]); return true; }
    if (this.mode?.name === "all" && key === "Enter") { this.acceptAll(); return true; }
    const action = this.actions.find(([name]) => name === key);
    action?.[3]();
    return Boolean(action);
  }
  pointed(event) {
    const chosen = getSelection();
    const range = chosen.rangeCount && !chosen.isCollapsed ? chosen.getRangeAt(0) : null;
    const marked = range && this.parts.text.contains(range.commonAncestorContainer) ? this.span_of(range) : null;
    if (marked) {
      Object.assign(this, { draft: marked, selected: null, mode: null });
      chosen.removeAllRanges();
      this.redraw();
    } else {
      const place = event.target.closest?.(".an-piece");
      const over = place && this.view.spans.filter(({ start, end }) => start <= place.dataset.from && place.dataset.from < end);
      const inner = over?.sort((a, b) => (a.end - a.start) - (b.end - b.start))[0];
      if (inner && this.mode?.name === "pick") this.pick(inner);
      else if (inner) this.select(inner);
    }
    this.root.focus({ preventScroll: true });
  }
  // The offsets of a selection by mouse, within one turn of this segment, without space at its ends.
  span_of(range) {
    const offset = (node, at) => {
      const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.(".an-piece");
      if (!piece) return null;
      return Number(piece.dataset.from) + (node.nodeType === Node.TEXT_NODE ? Array.from(node.data.slice(0, at)).length : 0);
    };
    const [from, to] = [offset(range.startContainer, range.startOffset), offset(range.endContainer, range.endOffset)];
    const block = from === null ? null : this.blockOf({ start: from });
    if (!block || block.grey) return null;
    const last = block.start + block.letters.length;
    const [start, end] = trimmed(block.letters, from - block.start, (to === null ? last : Math.min(to, last)) - block.start);
    return end > start ? { start: start + block.start, end: end + block.start } : null;
  }

  redraw() {
    this.view = patched(this.data, this.queue.pending, this.made);
    if (this.selected && !this.span) {
      const [id, ordinal] = this.selected.split("@");
      this.selected = this.made[id] ? `${this.made[id]}@${ordinal}` : null;
    }
    const numbered = this.mode?.name === "pick" ? this.candidates() : [];
    this.parts.text.replaceChildren(...this.data.blocks.map((block) => this.block(block, numbered)));
    const writing = this.parts.side.contains(document.activeElement) ? document.activeElement : null;
    this.parts.side.replaceChildren(...this.side());
    if (writing?.isConnected) writing.focus();
    this.line();
  }
  block(block, numbered) {
    const made = make("section", `an-block${block.grey ? " an-grey" : ""}`);
    if (block.speaker || block.about) made.append(make("p", "an-who", [block.speaker, block.about].filter(Boolean).join(" · ")));
    const words = make("p", "an-words");
    words.append(...pieces(block, this.view.spans, this.draft).map((piece) => this.piece(piece, numbered)));
    made.append(words);
    return made;
  }
  piece({ from, text, over, starting }, numbered) {
    const made = make("span", "an-piece", text);
    made.dataset.from = from;
    const inner = over.find((span) => span !== this.draft);
    if (inner) made.className += ` an-span an-${inner.kind} an-${inner.verdict === null ? "open" : inner.verdict ? "yes" : "no"}`;
    if (over.includes(this.draft)) made.className += " an-draft";
    if (over.some((span) => span !== this.draft && this.key(span) === this.selected)) made.className += " an-selected";
    const chips = starting.map((span) => {
      const number = numbered.indexOf(span) + 1;
      return `${number ? `(${number}) ` : ""}${this.glyph(span.kind)}${span.verdict === null ? "?" : ""}`;
    });
    if (chips.length) made.dataset.chip = chips.join(" ");
    return made;
  }
  line() {
    const { place, problem } = this.data;
    const refused = this.data.refused.map((why) => `Not done: ${why}`).join(" ");
    const decided = this.own.filter(({ verdict }) => verdict !== null).length;
    const state = [this.queue.says, `segment ${place.number} of ${place.of}`, `${decided} of ${this.own.length} decided`, this.data.blind ? "blind: no suggestions here" : "", refused].filter(Boolean).join(" · ");
    if (this.parts.line.textContent !== state) this.parts.line.textContent = state;
    const span = this.span;
    const says = span ? `${span.kind}, ${span.verdict === null ? "undecided" : span.verdict ? "accepted" : "rejected"}: ${cut(this.words(span), 80)}` : "";
    if (this.parts.said.textContent !== says) this.parts.said.textContent = says;
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".an");
  root.annotator ??= new Annotator(root);
  root.annotator.update(structuredClone(data), setStateValue);
}
