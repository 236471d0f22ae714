// What a person did, until the log holds it. Kept in the browser's storage too, so that neither a dead server
// nor a closed tab loses anything; what another tab left behind is sent by the next one, under its own numbers.
class OperationQueue {
  constructor(by, transmit) {
    this.by = by;
    this.transmit = transmit;
    this.name = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    this.seq = 0;
    this.pending = [];
    this.sentAt = 0;
    this.answeredAt = Date.now();
    this.isWaiting = false;
    this.problem = null;
    this.prefix = `argmap-operations:${by}:`;
    for (const [key, kept] of this.stored()) if (!key.endsWith(this.name)) this.pending.push(...kept);
    if (this.pending.length) setTimeout(() => this.send(), 0);
  }
  *stored() {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.prefix));
      for (const key of keys) yield [key, JSON.parse(localStorage.getItem(key))];
    } catch { /* a browser without storage keeps them in memory alone */ }
  }
  keep(queue, operations) {
    try {
      const key = this.prefix + queue;
      if (operations.length) localStorage.setItem(key, JSON.stringify(operations)); else localStorage.removeItem(key);
    } catch { /* as above */ }
  }
  push(operation) {
    if (!this.pending.length) this.answeredAt = Date.now();
    this.seq += 1;
    const made = { queue: this.name, seq: this.seq, ...operation };
    this.pending.push(made);
    this.keep(this.name, this.pending.filter(({ queue }) => queue === this.name));
    if (!this.isWaiting) this.send();
    return made;
  }
  send() {
    if (!this.pending.length) return;
    this.isWaiting = true;
    this.sentAt = Date.now();
    this.transmit({ by: this.by, at: this.sentAt, operations: this.pending });
  }
  answered({ acked, problem }) {
    this.answeredAt = Date.now();
    this.problem = problem;
    const before = this.pending.length;
    this.pending = this.pending.filter(({ queue, seq }) => seq > (acked[queue] ?? 0));
    for (const [key, kept] of this.stored()) {
      const queue = key.slice(this.prefix.length);
      if (queue in acked) this.keep(queue, kept.filter(({ seq }) => seq > acked[queue]));
    }
    if (this.pending.length < before) this.isWaiting = false;
    if (!this.isWaiting) this.send();
  }
  // Streamlit drops a message that is sent while the connection is down, so it goes out again.
  tick() {
    if (this.pending.length && Date.now() - this.sentAt > 4000) this.send();
  }
  get says() {
    if (!this.pending.length) return "Saved";
    if (this.problem) return `${this.pending.length} kept here: ${this.problem}`;
    if (Date.now() - this.answeredAt > 6000) return `Offline, ${this.pending.length} kept here`;
    return `${this.pending.length} waiting`;
  }
}
