"""Keys that work on every screen: / searches, j and k walk the cards, Backspace goes up."""

from __future__ import annotations

import streamlit as st

_JS = """
export default function () {
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

_listen = st.components.v2.component("argmap.keys", js=_JS)


def listen() -> None:
    """Mount the listener; it shows nothing."""
    with st.container(key="nothing-keys"):
        _listen(key="keys", data=None, height=1)
