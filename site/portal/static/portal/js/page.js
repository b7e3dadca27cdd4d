// Small comforts of every page; each works without this file, only less comfortably.

// Whether the style sheet puts it beside the text; elsewhere it is at the window's edge or above the
// text. Only the layout knows: it turns by the size of the type as well (large type in a wide window
// is narrow).
const isBeside = (details) => getComputedStyle(details).position === "sticky";

// Scrolls the list, never the page: scrollIntoView would take the reader away from what he reads.
function showWithin(list, entry) {
  const [seen, at] = [list.getBoundingClientRect(), entry.getBoundingClientRect()];
  if (at.top < seen.top) list.scrollTop += at.top - seen.top;
  else if (at.bottom > seen.bottom) list.scrollTop += at.bottom - seen.bottom;
}

// A folded list that a wide window has room for, where the browser can't open it by CSS.
function openWhenWide() {
  for (const details of document.querySelectorAll("details[data-open-when-wide]")) {
    const beside = String(isBeside(details));
    if (details.dataset.beside === beside) continue;
    details.dataset.beside = beside;
    details.open = beside === "true";
  }
}

// The entry of the contents whose part is on the screen.
function markWhereWeAre() {
  const links = new Map();
  for (const link of document.querySelectorAll("[data-toc] a[href^='#']")) {
    const part = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (part) links.set(part, link);
  }
  if (!links.size || !("IntersectionObserver" in window)) return;
  const mark = (link) => {
    for (const other of links.values()) other.removeAttribute("aria-current");
    link.setAttribute("aria-current", "location");
    const list = link.closest("[data-toc]");
    if (isBeside(list)) showWithin(list, link);
  };
  const observer = new IntersectionObserver(
    (entries) => {
      const shown = entries.find((entry) => entry.isIntersecting);
      if (shown) mark(links.get(shown.target));
    },
    { rootMargin: "0px 0px -75% 0px" },
  );
  for (const part of links.keys()) observer.observe(part);
}

function say(button, words) {
  const label = button.querySelector("span") ?? button;
  const before = label.textContent;
  label.textContent = words;
  setTimeout(() => (label.textContent = before), 2500);
}

async function copy(button) {
  const source = document.querySelector(button.dataset.copy);
  const text = "value" in source ? source.value : source.innerText;
  try {
    await navigator.clipboard.writeText(text);
    say(button, "已复制");
  } catch {
    getSelection().selectAllChildren(source);
    say(button, "已选中，请按复制");
  }
}

function setUpButtons() {
  for (const button of document.querySelectorAll("[data-copy], [data-print]")) button.hidden = false;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy], [data-print]");
    if (!button) return;
    if ("print" in button.dataset) print();
    else copy(button);
  });
}

function setUpReadAloud() {
  const bar = document.querySelector("[data-read-aloud-bar]");
  if (!bar || !("speechSynthesis" in window)) return;
  bar.hidden = false;
  bar.querySelector("[data-read-aloud-toggle]").addEventListener("click", async () => {
    const { toggle } = await import(bar.dataset.module);
    toggle(bar);
  });
}

// Open when the page was loaded, closed while it is read. Only words: typed text stays where it is.
function watchClosing() {
  const mark = document.querySelector("[data-closes]");
  const left = mark ? new Date(mark.dataset.closes) - Date.now() : 0;
  if (left > 0 && left < 6 * 3600e3) setTimeout(() => (mark.textContent = "征集时间已到"), left);
}

document.querySelector("[data-error-summary]")?.focus();
openWhenWide();
if ("ResizeObserver" in window) new ResizeObserver(openWhenWide).observe(document.body);
setUpButtons();
setUpReadAloud();
markWhereWeAre();
watchClosing();
