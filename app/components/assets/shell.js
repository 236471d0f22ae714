export default function ({ data }) {
  let style = document.getElementById("argmap-style");
  if (!style) {
    style = document.createElement("style");
    style.id = "argmap-style";
    document.head.append(style);
  }
  if (style.textContent !== data.style) style.textContent = data.style;
  // Menus and forms stand outside the app's own element, where its theme would not reach them.
  document.documentElement.style.colorScheme = getComputedStyle(document.querySelector(".stApp")).colorScheme;

  const icon = document.querySelector("link[rel~=icon]");
  if (icon) icon.href = `data:image/svg+xml,${encodeURIComponent(data.icon)}`;

  const writes = (element) => element?.closest?.("input, textarea, select, [contenteditable=true], [role=combobox]");
  const walk = (step) => {
    const cards = [...document.querySelectorAll("a.am-open:not([href=explore])")];
    const at = cards.indexOf(document.activeElement);
    const next = cards[Math.min(cards.length - 1, Math.max(0, at + step))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };
  const view = (name) => () => [...document.querySelectorAll(".st-key-view button")].find((one) => one.textContent.trim() === name)?.click();
  // A claim's page has no search: it leads to the list, which has.
  const search = () => {
    const field = () => document.querySelector(".st-key-q input"), list = document.querySelector("a.am-open[href=explore]");
    const look = (tries) => { if (field()) field().focus(); else if (list && tries) setTimeout(look, 100, tries - 1); };
    if (!field()) list?.click();
    look(50);
  };
  const actions = {
    "/": search,
    j: () => walk(1),
    k: () => walk(-1),
    g: view("map"),
    o: view("outline"),
    v: view("columns"),
    Backspace: () => document.querySelector(".am-up, .st-key-up button")?.click(),
  };
  const pressed = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in actions)) return;
    if (writes(event.target) || event.target.closest?.("[role=dialog]")) return;
    event.preventDefault();
    event.stopPropagation();
    actions[event.key]();
  };
  // Streamlit hears of a long field when it is left. While somebody writes a claim, alike ones should show, and the
  // server keeps what is written; of a pasted text, its turns should show: so it hears of these after a pause, and
  // every four seconds without one.
  let pause = 0, since = 0;
  const wrote = (event) => {
    if (!event.target.matches?.("[role=dialog] textarea, [class*=st-key-paste-text] textarea")) return;
    clearTimeout(pause);
    since ||= Date.now();
    const key = { key: "Enter", code: "Enter", ctrlKey: true, bubbles: true, cancelable: true };
    pause = setTimeout(() => {
      since = 0;
      event.target.dispatchEvent(new KeyboardEvent("keydown", key));
    }, Math.max(0, Math.min(700, since + 4000 - Date.now())));
  };
  // While the connection is away Streamlit switches fields off, which takes the cursor out of the one somebody writes
  // in; it goes back, as soon as the message that lies over the page is gone too.
  let left = null;
  const back = (tries) => {
    if (!left || left.disabled || (document.activeElement !== document.body && !document.activeElement.contains(left))) return;
    left.focus({ preventScroll: true });
    if (document.activeElement !== left && tries) setTimeout(back, 200, tries - 1);
  };
  const switched = new MutationObserver((records) => {
    for (const { target } of records) {
      if (target.disabled && target === document.activeElement && writes(target)) left = target;
      else if (!target.disabled && target === left) back(10);
    }
  });
  switched.observe(document.body, { subtree: true, attributeFilter: ["disabled"] });
  document.addEventListener("input", wrote, true);
  document.addEventListener("keydown", pressed, true);
  return () => {
    document.removeEventListener("keydown", pressed, true);
    document.removeEventListener("input", wrote, true);
    switched.disconnect();
    clearTimeout(pause);
  };
}
