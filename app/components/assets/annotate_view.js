// The view as it will be once everything pending is stored.
const verbs = {
  accept: (view, { ids }) => judge(view, ids, true),
  reject: (view, { ids }) => judge(view, ids, false),
  kind: (view, { id, kind }) => change(view, id, { kind, verdict: true }),
  move: (view, { id, start, end, was }) => change(view, id, { start, end, verdict: true }, was),
  add: (view, { queue, seq, start, end, kind }) =>
    view.spans.push({ id: view.made[`new:${queue}:${seq}`] ?? `new:${queue}:${seq}`, start, end, kind, verdict: true, p: 1, by: view.by }),
  link: (view, { queue, seq, kind, source, target }) =>
    view.links.push({ id: `link:${queue}:${seq}`, kind, sources: [source], target, verdict: true, p: 1 }),
  comment: () => {},
};
const judge = (view, ids, verdict) => {
  for (const item of [...view.spans, ...view.links]) if (ids.includes(item.id)) item.verdict = verdict;
};
const change = (view, id, fields, was) => {
  for (const item of [...view.spans, ...view.links])
    if (item.id === id && (was === undefined || item.start === was)) Object.assign(item, fields);
};
// An undo takes back the last pending operation; where there is none, the server knows which one it is.
const standing = (pending) => {
  const done = [], undone = [];
  for (const operation of pending) {
    if (operation.verb === "undo") { if (done.length) undone.push(done.pop()); }
    else if (operation.verb === "redo") { if (undone.length) done.push(undone.pop()); }
    else { done.push(operation); undone.length = 0; }
  }
  return done;
};
const renamed = (operation, made) =>
  Object.fromEntries(Object.entries(operation).map(([name, value]) =>
    [name, Array.isArray(value) ? value.map((one) => made[one] ?? one) : made[value] ?? value]));
const patched = (data, pending, made) => {
  const view = { spans: structuredClone(data.spans), links: structuredClone(data.links), by: data.by, made };
  for (const operation of standing(pending)) {
    const { document, verb, ...fields } = renamed(operation, made);
    if (verb !== "add" || document === data.document) verbs[verb]?.(view, fields);
  }
  view.spans = view.spans.filter((span) => data.blocks.some((block) => holds(block, span)));
  view.spans.sort((a, b) => a.start - b.start || b.end - a.end);
  return view;
};
const holds = (block, { start }) => block.start <= start && start < block.start + block.letters.length;

// Offsets count code points, as Python does; JavaScript's own count UTF-16 units.
const pieces = (block, spans, draft) => {
  const end = block.start + block.letters.length;
  const over = [...spans, ...(draft ? [draft] : [])].filter((span) => span.start < end && span.end > block.start);
  const cuts = new Set([block.start, end]);
  for (const span of over) { cuts.add(Math.max(span.start, block.start)); cuts.add(Math.min(span.end, end)); }
  const borders = [...cuts].sort((a, b) => a - b);
  return borders.slice(0, -1).map((from, place) => ({
    from,
    text: block.letters.slice(from - block.start, borders[place + 1] - block.start).join(""),
    over: over.filter((span) => span.start <= from && span.end >= borders[place + 1]).sort((a, b) => (a.end - a.start) - (b.end - b.start)),
    starting: over.filter((span) => span.start === from && span !== draft),
  }));
};
const isSpace = (letter) => letter === undefined || /\s/u.test(letter);
const wordLeft = (letters, at) => {
  let place = at;
  while (place > 0 && isSpace(letters[place - 1])) place -= 1;
  while (place > 0 && !isSpace(letters[place - 1])) place -= 1;
  return place;
};
const wordRight = (letters, at) => {
  let place = at;
  while (place < letters.length && isSpace(letters[place])) place += 1;
  while (place < letters.length && !isSpace(letters[place])) place += 1;
  return place;
};
const trimmed = (letters, start, end) => {
  let [from, to] = [start, end];
  while (from < to && isSpace(letters[from])) from += 1;
  while (to > from && isSpace(letters[to - 1])) to -= 1;
  return [from, to];
};
// The next sentence from here on that nothing marks yet.
const nextFree = (blocks, spans, after) => {
  for (const block of blocks) {
    if (block.grey) continue;
    let from = Math.max(0, after - block.start);
    while (from < block.letters.length) {
      let to = from;
      while (to < block.letters.length && !(/[.!?\n]/u.test(block.letters[to]) && isSpace(block.letters[to + 1]))) to += 1;
      const [start, end] = trimmed(block.letters, from, Math.min(to + 1, block.letters.length)).map((place) => place + block.start);
      if (end > start && !spans.some((span) => span.start < end && span.end > start && span.verdict !== false)) return { start, end };
      from = to + 1;
    }
  }
  return null;
};
