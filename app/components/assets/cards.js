// Lists of claims and sources. All words go in by textContent; a click comes back as a state, since triggers get lost.
export default function ({ data, parentElement, setStateValue }) {
  const place = parentElement.querySelector(".am-cards");
  const seen = JSON.stringify(data);
  if (place.dataset.seen === seen) return;
  place.dataset.seen = seen;
  const make = (tag, name, ...inside) => {
    const made = document.createElement(tag);
    if (name) made.className = name;
    made.append(...inside.filter((part) => part !== null && part !== undefined));
    return made;
  };
  const choose = (act, id = "") => setStateValue("chosen", { act, id, at: Date.now() + Math.random() });
  const action = (words, act, id) => {
    const made = make("button", "", words);
    made.type = "button";
    made.onclick = () => {
      const menu = made.closest("details");
      menu?.firstChild.focus();
      menu?.removeAttribute("open");
      choose(act, id);
    };
    return made;
  };
  const glyph = (sign) => {
    const made = make("span", "am-glyph", sign);
    made.setAttribute("aria-hidden", "true");
    return made;
  };
  const link = (item, name, ...inside) => {
    const made = make("a", name, ...inside);
    made.href = item.href;
    made.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      choose("open", item.id);
    };
    return made;
  };
  const label = ([name, sign, words]) => make("span", name, sign ? glyph(sign) : null, sign ? ` ${words}` : words);
  const words = (pieces) => pieces.map(([text, hit]) => (hit ? make("mark", "", text) : text));
  const spaced = (parts, between) => parts.flatMap((part, at) => (at ? [between, part] : [part]));
  const menu = ({ title, acts, about }) => {
    const made = make("details", "am-menu", make("summary", "", title), make("div", "", ...acts.map(([act, said]) => action(said, act, about))));
    made.addEventListener("keydown", (event) => { if (event.key === "Escape") { made.open = false; made.firstChild.focus(); } });
    return made;
  };
  const card = (item) => make("li", `am-card am-${item.kind} am-is-${item.status}`,
    make("p", "am-head", ...spaced(item.head.map(label), " ")),
    make("p", "am-text", link(item, "am-open", ...words(item.text))),
    item.foot.length ? make("p", "am-foot", ...spaced(item.foot.map((part) => make("span", "am-count", part)), " · ")) : null,
    item.menu ? menu(item.menu) : null);
  const row = (item) => {
    const made = make("li", "", link(item, `am-open${item.here ? " am-here" : ""}${item.up ? " am-up" : ""}`, glyph(item.glyph), make("span", "", item.text)));
    if (item.here) made.firstChild.setAttribute("aria-current", "true");
    made.style.setProperty("--am-depth", item.depth);
    return made;
  };
  const heading = (data) => {
    if (!data.title) return null;
    if (data.column) return make("p", `am-column am-${data.column}`, make("strong", "", data.title), make("span", "", data.number));
    const whole = data.whole ? action(data.whole, "whole") : null;
    whole?.setAttribute("aria-label", `${data.whole}: ${data.title}`);
    return make("div", "am-title", make("h3", "", data.title), whole);
  };
  const list = (data) => {
    const items = data.rows?.map(row) ?? data.cards.map(card);
    if (!items.length) return data.empty ? make("p", "am-note", data.empty) : null;
    return make("ul", data.rows ? "am-rows" : `am-list${data.two ? " am-two" : ""}`, ...items);
  };
  const bar = (data) => make("div", "am-acts", ...data.acts.map(([act, sign, words, tip]) => {
    const made = action("", act, data.about);
    made.append(glyph(sign), ` ${words}`);
    made.title = tip;
    return made;
  }), menu(data.menu[0]));
  const quote = (item) => make("figure", "",
    make("blockquote", "am-quote", make("span", "am-around", item.before), make("mark", "", item.words), make("span", "am-around", item.after)),
    make("figcaption", "am-note", item.said, " ", action("Show in the source →", "source", item.id)));
  const part = (data) => make("div", "am-part", heading(data), ...(data.acts ? [bar(data)] : data.quotes?.map(quote) ?? [list(data)]));
  // Whoever stands on a card or a button stands there still, where it is still there.
  const named = (element) => `${element.closest("li")?.querySelector("a")?.href ?? ""} ${element.textContent}`;
  const focus = place.querySelector(":focus");
  const held = focus && named(focus);
  place.replaceChildren(...(data.sides ?? [data]).map(part));
  if (held) [...place.querySelectorAll("a, button, summary")].find((one) => named(one) === held)?.focus({ preventScroll: true });
  place.classList.toggle("am-sides", Boolean(data.sides));
}
