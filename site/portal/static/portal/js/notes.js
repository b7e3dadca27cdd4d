// The page of a draft: notes at clauses, kept on this device until they are sent; the contents at
// hand; where the draft stands, read anew when the clock passes a boundary.
// Without this file each mark leads to the form, and the standing is that of the page's loading.

const PREFIX = "opinions:";

// What is kept for a draft: {key, notes: {id: {clause, text}}}. `key` is the idempotency key of a
// sending whose answer never came.
export function kept(draft) {
  try {
    const found = JSON.parse(localStorage.getItem(PREFIX + draft));
    if (found && typeof found.notes === "object") return found;
  } catch {
    // no storage, or not ours
  }
  return { notes: {} };
}

// Changes what is kept by `change(kept)`. False: this browser keeps nothing.
export function keep(draft, change) {
  const found = kept(draft);
  change(found);
  try {
    if (found.key || Object.keys(found.notes).length) {
      localStorage.setItem(PREFIX + draft, JSON.stringify(found));
    } else {
      localStorage.removeItem(PREFIX + draft);
    }
    return true;
  } catch {
    return false;
  }
}

export const written = (draft) =>
  Object.entries(kept(draft).notes).filter(([, note]) => note.text.trim());

export const newId = () => Date.now().toString(36) + Math.random().toString(36).slice(2, 8);

function canKeep() {
  try {
    localStorage.setItem(`${PREFIX}test`, "1");
    localStorage.removeItem(`${PREFIX}test`);
    return true;
  } catch {
    return false;
  }
}

function noteOf(draft, clause) {
  const found = Object.entries(kept(draft).notes).find(([, note]) => note.clause === clause);
  return found ? { id: found[0], text: found[1].text } : { id: newId(), text: "" };
}

function showNotes(page) {
  const notes = written(page.dataset.draft);
  for (const old of page.querySelectorAll(".clause .note__kept")) old.remove();
  for (const mark of page.querySelectorAll("a[data-clause]")) {
    const own = notes.find(([, note]) => note.clause === mark.dataset.clause);
    const clause = mark.closest(".clause");
    clause.classList.toggle("clause--noted", Boolean(own));
    mark.querySelector("[data-mark]").textContent = own ? "修改" : "提意见";
    if (!own || clause.querySelector(".note")) continue;
    const shown = document.createElement("p");
    shown.className = "note__kept";
    shown.textContent = `我的意见（还没有提交）：${own[1].text}`;
    clause.append(shown);
  }
  showHowMany(page);
}

function showHowMany(page) {
  const notes = written(page.dataset.draft);
  for (const link of page.querySelectorAll("[data-send]")) {
    const label = link.querySelector("span") ?? link;
    link.dataset.words ??= label.textContent;
    label.textContent = notes.length ? `去提交（${notes.length}条）` : link.dataset.words;
  }
}

function openNote(page, mark) {
  const clause = mark.closest(".clause");
  const open = clause.querySelector(".note");
  if (open) return open.querySelector("textarea").focus();
  const { draft } = page.dataset;
  const note = noteOf(draft, mark.dataset.clause);
  const form = document.getElementById("note-template").content.cloneNode(true).firstElementChild;
  const text = form.querySelector("textarea");
  const state = form.querySelector(".note__state");
  text.id = `note-${mark.dataset.clause}`;
  text.value = note.text;
  form.querySelector("label").htmlFor = text.id;
  text.addEventListener("input", () => {
    const saved = keep(draft, ({ notes }) => {
      notes[note.id] = { clause: mark.dataset.clause, text: text.value };
    });
    showHowMany(page);
    state.textContent = saved ? "已保存在这台设备上" : "这台设备存不下了，请现在就去提交";
  });
  const close = () => {
    if (!text.value.trim()) keep(draft, ({ notes }) => delete notes[note.id]);
    form.remove();
    mark.setAttribute("aria-expanded", "false");
    showNotes(page);
    mark.focus();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    close();
  });
  form.querySelector("[data-note-delete]").addEventListener("click", () => {
    text.value = "";
    close();
  });
  mark.setAttribute("aria-expanded", "true");
  clause.append(form);
  clause.querySelector(".note__kept")?.remove();
  text.focus();
  form.scrollIntoView({ block: "nearest" });
}

function setUpMarks(page) {
  for (const mark of page.querySelectorAll("a[data-clause]")) {
    mark.setAttribute("role", "button");
    mark.setAttribute("aria-expanded", "false");
  }
  page.addEventListener("click", (event) => {
    const mark = event.target.closest("a[data-clause]");
    if (!mark || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    openNote(page, mark);
  });
  page.addEventListener("keydown", (event) => {
    if (event.key !== " " || !event.target.matches("a[data-clause]")) return;
    event.preventDefault();
    openNote(page, event.target);
  });
  addEventListener("pageshow", () => showNotes(page));
  addEventListener("storage", () => showNotes(page));
}

// Written and never sent, and now it is too late: the text is still its writer's.
function showLeftOver(page) {
  const notes = written(page.dataset.draft);
  if (!notes.length || document.getElementById("standing").dataset.phase === "open") return;
  const shown = document.getElementById("left-over").content.cloneNode(true).firstElementChild;
  for (const [, note] of notes) {
    const text = document.createElement("p");
    text.className = "note__kept";
    text.textContent = note.text;
    shown.querySelector("[data-texts]").append(text);
  }
  shown.querySelector("button").addEventListener("click", () => {
    keep(page.dataset.draft, (found) => {
      found.notes = {};
      delete found.key;
    });
    shown.remove();
  });
  document.getElementById("standing").after(shown);
}

function setUpContents() {
  const contents = document.querySelector(".hand-toc details");
  if (!contents) return;
  const covers = () => getComputedStyle(contents).position === "fixed";
  contents.addEventListener("click", (event) => {
    if (event.target.closest("a") && covers()) contents.open = false;
  });
  contents.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !covers()) return;
    contents.open = false;
    contents.querySelector("summary").focus();
  });
}

const sleep = (time) => new Promise((resolve) => setTimeout(resolve, time));

// The server's clock as far as the page tells it: a phone's own may be wrong.
let skew = 0;
const clock = () => Date.now() + skew;

function countDown(standing) {
  const words = standing.querySelector("[data-countdown]");
  const left = words ? new Date(words.dataset.countdown) - clock() : 0;
  if (left <= 0 || left > 24 * 3600e3) return;
  const minutes = Math.ceil(left / 60e3);
  words.textContent =
    minutes >= 60
      ? `还有 ${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分截止`
      : `还有 ${minutes} 分钟截止`;
}

// Typed text stays where it is; only what can't be done any more goes away.
function endSpeaking(page) {
  for (const gone of page.querySelectorAll(".clause__tools a, .hand-bar, .note a")) gone.remove();
  for (const state of page.querySelectorAll(".note__state")) {
    state.textContent = "征求意见刚刚结束，不能再提交了。您写的内容还在，可以复制保存。";
  }
}

async function readAnew(page, standing) {
  const response = await fetch(location.href, { cache: "no-store" });
  const text = await response.text();
  const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("standing");
  if (!fresh) return;
  const before = standing.dataset.phase;
  standing.replaceWith(fresh);
  if (before === "upcoming" && fresh.dataset.phase === "open") location.reload();
  else if (before === "open" && fresh.dataset.phase !== "open") endSpeaking(page);
  showNotes(page);
}

async function watch(page) {
  const standing = document.getElementById("standing");
  skew = new Date(standing.dataset.now) - Date.now();
  for (;;) {
    const current = document.getElementById("standing");
    const left = current.dataset.turn ? new Date(current.dataset.turn) - clock() : Infinity;
    if (left <= 0) await readAnew(page, current).catch(() => {});
    countDown(document.getElementById("standing"));
    const wait = left <= 0 ? 5000 : Math.min(left + 300, 30e3);
    if (Number.isNaN(wait)) return;
    await sleep(wait);
  }
}

const page = document.querySelector("article[data-draft]");
if (page) {
  if (canKeep()) setUpMarks(page);
  showLeftOver(page);
  setUpContents();
  if (document.getElementById("standing").dataset.turn) watch(page);
}
