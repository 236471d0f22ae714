export default function ({ data, parentElement, setStateValue }) {
  const place = parentElement.querySelector(".text");
  const seen = JSON.stringify(data);
  if (place.dataset.seen === seen) return;
  place.dataset.seen = seen;
  const held = place.querySelector(":focus")?.dataset.id;
  const make = (tag, name, text) => {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const piece = ({ text, id, kind, word, glyph, status, starts }) => {
    if (!id) return document.createTextNode(text);
    const made = make("span", `find ${kind} ${status}${id === data.focus ? " focus" : ""}`);
    made.tabIndex = 0;
    made.dataset.id = id;
    made.setAttribute("role", "button");
    made.title = `${word}, ${status}`;
    if (starts) made.append(make("span", "glyph", glyph));
    made.append(text);
    made.onclick = () => setStateValue("chosen", { id, at: Date.now() + Math.random() });
    made.onkeydown = (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); made.onclick(); }
    };
    return made;
  };
  const turn = ({ speaker, about, pieces, depth }) => {
    const made = make("section", "turn");
    made.style.marginLeft = `${Math.min(depth, 5) * 1.2}rem`;
    if (speaker || about) {
      const head = make("p", "who");
      head.append(make("strong", "", speaker ?? "unknown"), make("span", "", about ? ` ${about}` : ""));
      made.append(head);
    }
    const words = make("p", "words");
    words.append(...pieces.map(piece));
    made.append(words);
    return made;
  };
  place.replaceChildren(...data.turns.map(turn));
  if (held) place.querySelector(`[data-id="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  const focus = place.querySelector(".focus");
  if (focus) place.scrollTop = focus.getBoundingClientRect().top - place.getBoundingClientRect().top - 180;
}
