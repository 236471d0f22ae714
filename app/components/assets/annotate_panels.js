const KINDS = ["claim", "rebuttal", "evidence", "question"];
const LINKS = { "+": "supports", "-": "attacks", e: "evidence", q: "questions", a: "answers", p: "rephrases", u: "undercuts" };
const make = (tag, name = "", text) => {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined) made.textContent = text;
  return made;
};
const cut = (text, longest = 140) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

// What stands beside the text: the links of the chosen span as cards, and what a key has opened.
class Panels {
  side() {
    const shown = { pick: () => this.pickPanel(), how: () => this.howPanel(), all: () => this.allPanel(), note: () => this.notePanel(), help: () => this.helpPanel() };
    // A panel somebody writes in stays the same one, whatever comes from the server meanwhile.
    const isWritten = ["note", "all"].includes(this.mode?.name);
    const panel = isWritten ? (this.kept ??= shown[this.mode.name]()) : this.mode ? shown[this.mode.name]() : [];
    return [...panel, ...this.about(), this.feet()];
  }
  about() {
    if (this.draft) return [make("p", "an-hint", "New span: 1 claim, 2 rebuttal, 3 evidence, 4 question; [ ] { } move its ends; Esc drops it.")];
    if (!this.span) return [make("p", "an-hint", this.own.length ? "j chooses a span." : "Nothing is marked here. Choose text with the mouse, or press s, then 1–4.")];
    const links = this.cards();
    const head = make("p", "an-head", links.length ? `${links.length} link${links.length > 1 ? "s" : ""} of this ${this.span.kind}` : `No links of this ${this.span.kind}; l makes one.`);
    return [head, ...links.map((link, place) => this.card_of(link, place))];
  }
  card_of(link, place) {
    const made = make("div", `an-card${place === this.card ? " an-current" : ""}${link.verdict === false ? " an-no" : ""}`);
    const end = (id) => {
      const target = this.view.spans.find((span) => span.id === id);
      const text = make("button", "an-end", cut(this.named(id)));
      text.type = "button";
      text.disabled = !target || id === this.span.id;
      text.onclick = () => { this.select(target); this.root.focus({ preventScroll: true }); };
      return text;
    };
    const sign = Object.entries(LINKS).find(([, kind]) => kind === link.kind)?.[0].replace("-", "−") ?? "";
    const verdict = link.verdict === null ? "suggested" : link.verdict ? "accepted" : "rejected";
    const foot = make("p", "an-foot", verdict);
    for (const [verb, label] of [["accept", "✓"], ["reject", "✗"]]) {
      const button = make("button", "an-button", label);
      button.type = "button";
      button.setAttribute("aria-label", `${verb} this link`);
      button.onclick = () => { this.judgeLink(verb, link); this.root.focus({ preventScroll: true }); };
      foot.append(button);
    }
    made.append(...link.sources.map(end), make("p", `an-how an-${link.kind}`, `${sign} ${link.kind}`), end(link.target), foot);
    return made;
  }
  named(id) {
    const span = this.view.spans.find((other) => other.id === id);
    if (span) return this.words(span);
    const link = this.view.links.find((other) => other.id === id);
    return link ? `the step: ${cut(this.named(link.sources[0]), 60)} → ${cut(this.named(link.target), 60)}` : this.data.texts[id] ?? "elsewhere";
  }
  pickPanel() {
    const panel = make("div", "an-panel");
    panel.append(make("p", "an-head", "Link to which? 1–9 or a click; l shows farther ones; Esc leaves."));
    this.candidates().forEach((span, place) => panel.append(this.choice(String(place + 1), `${this.glyph(span.kind)} ${cut(this.words(span), 80)}`, () => this.pick(span))));
    return [panel];
  }
  howPanel() {
    const panel = make("div", "an-panel");
    panel.append(make("p", "an-head", `How does it bear on “${cut(this.words(this.mode.target), 80)}”?`));
    for (const [key, kind] of Object.entries(LINKS)) panel.append(this.choice(key, kind === "undercuts" ? "undercuts the step from it" : kind === "evidence" ? "is evidence for it" : kind, () => this.connect(kind)));
    return [panel];
  }
  allPanel() {
    const panel = make("div", "an-panel");
    const count = make("p", "an-head");
    const says = () => { count.textContent = `Accept ${this.certain().length} suggestions with p ≥ ${this.threshold.toFixed(2)}? A or Enter does it, u takes it back.`; };
    const field = make("input");
    Object.assign(field, { type: "number", min: 0, max: 1, step: 0.05, value: this.threshold });
    field.setAttribute("aria-label", "Least confidence");
    field.oninput = () => { this.threshold = Number(field.value) || 0; says(); };
    says();
    panel.append(count, field, this.choice("A", "Accept them", () => this.acceptAll()));
    return [panel];
  }
  notePanel() {
    const field = make("input", "an-note");
    Object.assign(field, { type: "text", maxLength: 500, placeholder: "Why are you unsure? Enter saves" });
    field.setAttribute("aria-label", "Note on this span");
    return [field];
  }
  helpPanel() {
    const panel = make("dl", "an-panel an-keys");
    for (const [key, label, says] of this.actions) if (says) panel.append(make("dt", "", key === " " ? "space" : key), make("dd", "", says));
    panel.append(make("dt", "", "Ctrl+Enter"), make("dd", "", "finish this segment, go to the next"));
    return [panel];
  }
  choice(key, label, act) {
    const made = make("button", "an-choice");
    made.type = "button";
    made.append(make("kbd", "", key), ` ${label}`);
    made.onclick = () => { act(); this.root.focus({ preventScroll: true }); };
    return made;
  }
  feet() {
    const foot = make("p", "an-feet");
    const open = this.open().length;
    const { number, of } = this.data.place;
    for (const [to, label, isOff] of [["previous", "Previous segment", number <= 1], ["next", number < of ? `Finish, next segment (Ctrl+Enter)` : "Finish (Ctrl+Enter)", false]]) {
      const button = make("button", "an-button", label);
      button.type = "button";
      button.disabled = isOff;
      button.onclick = () => { this.go(to); this.root.focus({ preventScroll: true }); };
      foot.append(button);
    }
    if (open) foot.append(make("span", "an-hint", `${open} undecided here`));
    return foot;
  }
}
