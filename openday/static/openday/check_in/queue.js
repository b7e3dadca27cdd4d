// What this device took, kept in its memory until the server has answered for each: a reload or a
// dead network loses nothing. Numbers and passes only, no names: the phone may be anybody's.

const MOST_DONE = 50;

export class Queue {
  constructor(session) {
    this.key = `door:${session}`;
    this.memory = { waiting: [], done: [] };
    // False once the browser refuses to store: then the page must stay open.
    this.lasting = true;
  }

  // Read anew each time: another window of the same device may have changed it.
  read() {
    if (!this.lasting) return this.memory;
    try {
      const { waiting, done } = JSON.parse(localStorage.getItem(this.key)) ?? {};
      this.memory = { waiting: listOf(waiting), done: listOf(done) };
    } catch (error) {
      if (!(error instanceof SyntaxError)) this.lasting = false;
    }
    return this.memory;
  }

  get waiting() {
    return this.read().waiting;
  }

  get done() {
    return this.read().done;
  }

  // Adds what was taken now; returns the item.
  add(text, method) {
    const item = { nonce: newNonce(), text, method, scanned_at: new Date().toISOString() };
    const { waiting, done } = this.read();
    this.write({ waiting: [...waiting, item], done });
    return item;
  }

  // The server has answered: those items wait no longer, and their outcome stays to be seen.
  settle(results) {
    const { waiting, done } = this.read();
    const answers = new Map(results.map((result) => [result.nonce, result]));
    const outcomes = waiting
      .filter((item) => answers.has(item.nonce))
      .map((item) => ({ ...item, ...unnamed(answers.get(item.nonce)) }));
    this.write({
      waiting: waiting.filter((item) => !answers.has(item.nonce)),
      done: [...outcomes.reverse(), ...done].slice(0, MOST_DONE),
    });
  }

  clear() {
    this.write({ waiting: this.read().waiting, done: [] });
  }

  write(kept) {
    this.memory = kept;
    try {
      localStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      this.lasting = false;
    }
  }
}

function unnamed({ kind, word, message, number }) {
  return { kind, word, message, number };
}

function listOf(value) {
  return Array.isArray(value) ? value.filter((item) => typeof item?.nonce === "string") : [];
}

// Without https there is no randomUUID.
function newNonce() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}
