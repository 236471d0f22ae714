export default function ({ data, parentElement, setStateValue }) {
  const place = parentElement.querySelector(".map");
  const draw = () => {
    if (!globalThis.argmapLibrary || place.dataset.digest === data.digest) return;
    // As high as the map is where its words can be read; the style sheet keeps it within the window.
    const [width, height] = data.size;
    const scale = Math.min(1, Math.max(data.least, place.clientWidth / width));
    place.style.height = `${Math.ceil(height * scale)}px`;
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts");
    frame.title = data.title;
    frame.srcdoc = data.document.join(globalThis.argmapLibrary);
    place.replaceChildren(frame);
    place.dataset.digest = data.digest;
  };
  const heard = (event) => {
    const frame = place.querySelector("iframe");
    if (!frame || event.source !== frame.contentWindow || typeof event.data?.argmap !== "string") return;
    setStateValue("chosen", { id: event.data.argmap, at: Date.now() + Math.random() });
  };
  addEventListener("message", heard);
  addEventListener("argmap-library", draw);
  draw();
  return () => { removeEventListener("message", heard); removeEventListener("argmap-library", draw); };
}
