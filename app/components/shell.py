"""What the browser gets once for all screens: the style sheet, the drawing library, the keys.

They travel as the data of one component. Streamlit sends a large message that has not changed as a reference to the
one before, so that a rerun costs nothing for them.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from argmap.drawing import LINK_LOOKS, NODE_LOOKS, library

_CSS = Path(__file__).with_name("style.css")

_JS = """
export default function ({ data }) {
  let style = document.getElementById("argmap-style");
  if (!style) {
    style = document.createElement("style");
    style.id = "argmap-style";
    document.head.append(style);
  }
  if (style.textContent !== data.style) style.textContent = data.style;
  globalThis.argmapLibrary = data.library;
  globalThis.dispatchEvent(new Event("argmap-library"));

  const writes = (element) => element?.closest?.("input, textarea, select, [contenteditable=true], [role=combobox]");
  const walk = (step) => {
    const cards = [...document.querySelectorAll('[class*="st-key-open-"] button')];
    const at = cards.indexOf(document.activeElement);
    const next = cards[Math.min(cards.length - 1, Math.max(0, at + step))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };
  const actions = {
    "/": () => document.querySelector(".st-key-q input")?.focus(),
    j: () => walk(1),
    k: () => walk(-1),
    Backspace: () => document.querySelector(".st-key-up button")?.click(),
  };
  const pressed = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || writes(event.target) || !(event.key in actions)) return;
    event.preventDefault();
    event.stopPropagation();
    actions[event.key]();
  };
  document.addEventListener("keydown", pressed, true);
  return () => document.removeEventListener("keydown", pressed, true);
}
"""

_mount = st.components.v2.component("argmap.shell", js=_JS)


def mount() -> None:
    """Give the browser all of it. Keys: / searches, j and k walk the cards, Backspace goes up."""
    with st.container(key="nothing-shell"):
        _mount(key="shell", data=_once(), height=1)


@st.cache_resource(show_spinner=False)
def _once() -> dict[str, str]:
    return {"style": style_sheet(), "library": library()}


def style_sheet() -> str:
    """The style sheet, with the colours of `argmap.drawing.conventions` for both themes."""
    pairs = [*NODE_LOOKS.items(), *LINK_LOOKS.items()]
    colours = "".join(f"--am-{kind}: light-dark({look.light}, {look.dark});" for kind, look in pairs)
    return f":root {{ {colours} }}\n{_CSS.read_text(encoding='utf-8')}"
