export default function ({ data }) {
  globalThis.argmapLibrary = data.library;
  globalThis.dispatchEvent(new Event("argmap-library"));
}
