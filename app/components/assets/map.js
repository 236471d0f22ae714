export default function ({ data, parentElement, setStateValue }) {
  const place = parentElement.querySelector(".map");
  const draw = () => {
    if (!globalThis.argmapLibrary || place.dataset.digest === data.digest) return;
    place.style.height = `${data.height}px`;
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
    setStateValue("chosen", { id: event.data.argmap, at: Date.now() });
  };
  addEventListener("message", heard);
  addEventListener("argmap-library", draw);
  draw();
  return () => { removeEventListener("message", heard); removeEventListener("argmap-library", draw); };
}
