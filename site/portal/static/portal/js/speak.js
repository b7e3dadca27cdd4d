// The form for opinions: filled from the notes on this device, sent through bad networks.
// Without this file the same form is sent by the browser itself.

import { setUpFiles } from "./files.js";
import { keep, kept, newId, written } from "./notes.js";

const WAITS = [2000, 6000];
const TIMEOUT = 45e3;
const CAPTCHA_WAIT = 25e3;
const COUNT_FROM = 300;
const AGAIN = "未发送，联网后点此重试";

const main = document.getElementById("main");
const sleep = (time) => new Promise((resolve) => setTimeout(resolve, time));

// ---- rows of opinions ----

const rowsOf = (form) => [...form.querySelectorAll("[data-row]")];
const partsOf = (row) => ({
  clause: row.querySelector("select"),
  text: row.querySelector("textarea"),
});

function renumber(form) {
  const rows = rowsOf(form);
  rows.forEach((row, index) => {
    for (const element of row.querySelectorAll("[id], [name], [for], [aria-describedby]")) {
      for (const name of ["id", "name", "for", "aria-describedby"]) {
        const value = element.getAttribute(name);
        if (value) {
          element.setAttribute(name, value.replace(/opinions-(\d+|__prefix__)-/g, `opinions-${index}-`));
        }
      }
    }
    row.querySelector("[data-row-number]").textContent = index + 1;
    row.querySelector("[data-row-remove]").hidden = rows.length === 1;
  });
  form.elements["opinions-TOTAL_FORMS"].value = rows.length;
  const add = form.querySelector("[name=add]");
  if (add) add.hidden = rows.length >= Number(form.dataset.max);
}

function count(form, row) {
  const limit = Number(form.dataset.maxLength);
  const length = [...partsOf(row).text.value.normalize("NFC").trim()].length;
  const left = limit - length;
  const words = left < 0 ? `超出 ${-left} 字，请删减或分成两条` : `还可以写 ${left} 字`;
  row.querySelector("[data-row-count]").textContent = left <= COUNT_FROM ? words : "";
}

function keepRow(form, row) {
  const { clause, text } = partsOf(row);
  count(form, row);
  keep(form.dataset.draft, ({ notes }) => {
    if (text.value.trim()) notes[row.dataset.note] = { clause: clause.value, text: text.value };
    else delete notes[row.dataset.note];
  });
}

function addRow(form, { id = newId(), clause = "", text = "" } = {}) {
  const row = document.getElementById("row-template").content.cloneNode(true).firstElementChild;
  const parts = partsOf(row);
  row.dataset.note = id;
  parts.clause.value = clause;
  if (parts.clause.selectedIndex < 0) parts.clause.value = "";
  parts.text.value = text;
  form.querySelector("[data-rows]").append(row);
  renumber(form);
  count(form, row);
  return row;
}

function removeRow(form, row) {
  const before = row.previousElementSibling ?? row.nextElementSibling;
  keep(form.dataset.draft, ({ notes }) => delete notes[row.dataset.note]);
  row.remove();
  renumber(form);
  partsOf(before).text.focus();
}

// A form that came back from the server holds the truth; a fresh one is filled from the notes.
function fillRows(form) {
  const notes = written(form.dataset.draft).map(([id, note]) => ({ id, ...note }));
  const [first] = rowsOf(form);
  if ("returned" in form.dataset || !notes.length) {
    for (const row of rowsOf(form)) {
      const { clause, text } = partsOf(row);
      const own = notes.findIndex((note) => note.clause === clause.value && note.text === text.value);
      row.dataset.note = own < 0 ? newId() : notes.splice(own, 1)[0].id;
    }
    return renumber(form);
  }
  const wanted = partsOf(first).clause.value;
  const max = Number(form.dataset.max);
  first.remove();
  for (const note of notes.slice(0, max)) addRow(form, note);
  if (notes.length > max) {
    const left = `其余 ${notes.length - max} 条还在这台设备上，提交后请回到草案再提交一次。`;
    say(form, `您写了 ${notes.length} 条，一次最多提交 ${max} 条。${left}`);
  }
  const named = new URLSearchParams(location.search).has("clause");
  if (!named) return;
  const own = rowsOf(form).find((row) => partsOf(row).clause.value === wanted);
  const row = own ?? (notes.length < max && addRow(form, { clause: wanted }));
  if (row) partsOf(row).text.focus();
}

// ---- sending ----

function say(form, words, sending = false) {
  const state = form.querySelector("[data-speak-state]");
  state.textContent = words;
  state.classList.toggle("speak__state--sending", sending);
}

async function captchaReady(form) {
  const end = Date.now() + CAPTCHA_WAIT;
  const waits = () => {
    const widget = form.querySelector("altcha-widget");
    return widget?.getClientRects().length && !form.querySelector("altcha-widget [name=captcha]")?.value;
  };
  while (waits() && Date.now() < end) {
    say(form, "正在自动验证，请稍候……", true);
    await sleep(300);
  }
}

// The answer's page, or null where none came: no network, a server that is away, another's page.
async function post(form) {
  const files = [...form.querySelectorAll("[type=file]")].flatMap((input) => [...input.files]);
  const size = files.reduce((sum, file) => sum + file.size, 0);
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      signal: AbortSignal.timeout?.(TIMEOUT + size / 10),
    });
    if (response.status === 413) form.dataset.tooLarge = "";
    const text = await response.text();
    const answer = new DOMParser().parseFromString(text, "text/html");
    const ours = answer.querySelector("main#main [data-receipt], main#main [data-refused], main#main #speak");
    return ours || response.status === 403 ? answer : null;
  } catch {
    return null;
  }
}

async function send(form) {
  if (form.dataset.sending) return;
  form.dataset.sending = "1";
  const button = form.querySelector("[data-submit]");
  button.setAttribute("aria-disabled", "true");
  await captchaReady(form);
  const key = form.elements.idempotency_key.value;
  keep(form.dataset.draft, (found) => (found.key = key));
  say(form, "正在提交，请不要关闭页面……", true);
  let answer = await post(form);
  for (const wait of WAITS) {
    if (answer) break;
    say(form, "网络不好，正在重试……", true);
    await sleep(wait);
    answer = await post(form);
  }
  delete form.dataset.sending;
  button.removeAttribute("aria-disabled");
  if (answer) return show(form, answer);
  button.textContent = AGAIN;
  const kept = "您写的意见已保存在这台设备上";
  if ("tooLarge" in form.dataset) say(form, `附件太大，服务器没有接收。请减少附件后重试；${kept}。`);
  else say(form, `还没有提交成功，没有收到回执。${kept}，联网后再点一次，不会重复提交。`);
  delete form.dataset.tooLarge;
}

// Puts the answer in the page's place. Files that were chosen stay chosen.
function show(form, answer) {
  const files = form.querySelector("[type=file]");
  main.replaceChildren(...answer.getElementById("main").childNodes);
  document.title = answer.title;
  for (const button of main.querySelectorAll("[data-copy], [data-print]")) button.hidden = false;
  const receipt = main.querySelector("[data-receipt]");
  const again = main.querySelector("form#speak");
  if (receipt) finish(form);
  if (again) {
    again.querySelector("[type=file]")?.replaceWith(files);
    main.querySelector("[data-files-lost]")?.remove();
    setUp(again);
    setUpCaptcha(again);
  }
  (main.querySelector("[data-error-summary], [data-focus]") ?? main).focus();
  scrollTo(0, 0);
}

async function setUpCaptcha(form) {
  const script = form.querySelector("[data-captcha] script[src]");
  if (script) (await import(script.src)).setUpCaptcha(form);
}

// The receipt is on the screen: what it covers needn't be kept any more.
function finish(form) {
  const unsent = [...main.querySelectorAll("[data-unsent] textarea")].map((text) => text.value.trim());
  const sent = rowsOf(form).filter((row) => !unsent.includes(partsOf(row).text.value.trim()));
  const { key } = kept(form.dataset.draft);
  keep(form.dataset.draft, (found) => {
    delete found.key;
    for (const row of sent) delete found.notes[row.dataset.note];
  });
  try {
    sessionStorage.setItem(`sent:${form.dataset.draft}`, key ?? "");
  } catch {
    // this tab can't show the receipt a second time; it is on the screen now
  }
}

// A tab that was reloaded lost its receipt: the same key brings it back.
function offerReceipt(form) {
  let key = "";
  try {
    key = sessionStorage.getItem(`sent:${form.dataset.draft}`) ?? "";
  } catch {
    return;
  }
  const offer = form.querySelector("[data-offer]");
  if (!key || !offer) return;
  offer.hidden = false;
  offer.querySelector("button").addEventListener("click", () => {
    form.elements.idempotency_key.value = key;
    form.elements.receipt.disabled = false;
    for (const row of rowsOf(form)) row.remove();
    form.submit();
  });
}

function setUp(form) {
  fillRows(form);
  const { key } = kept(form.dataset.draft);
  if (key) form.elements.idempotency_key.value = key;
  form.addEventListener("input", (event) => {
    const row = event.target.closest("[data-row]");
    if (row) keepRow(form, row);
  });
  form.addEventListener("click", (event) => {
    const remove = event.target.closest("[data-row-remove]");
    if (remove) removeRow(form, remove.closest("[data-row]"));
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter?.name === "add") partsOf(addRow(form)).text.focus();
    else send(form);
  });
  setUpFiles(form);
  offerReceipt(form);
}

addEventListener("online", () => {
  const form = document.getElementById("speak");
  if (form?.querySelector("[data-submit]").textContent === AGAIN) send(form);
});

const form = document.getElementById("speak");
if (form) setUp(form);
