// An interpretation's comforts: one panel a screen, and a search in the answers. Without this file
// comics are strips and all answers are open.

function setUpComic(comic) {
  const find = (name) => comic.querySelector(`[data-comic-${name}]`);
  const [strip, way, moves, place] = ["strip", "way", "moves", "place"].map(find);
  const panels = [...comic.querySelectorAll("[data-comic-panel]")];
  const shown = () => Math.round(strip.scrollLeft / strip.clientWidth);
  const isScreens = () => comic.classList.contains("comic--screens");
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  const tell = () => {
    const words = `第 ${shown() + 1} 格，共 ${panels.length} 格`;
    if (place.textContent !== words) place.textContent = words;
  };
  const go = (number) => {
    const panel = panels[Math.max(0, Math.min(panels.length - 1, number))];
    strip.scrollTo({ left: panel.offsetLeft - strip.offsetLeft, behavior: still.matches ? "auto" : "smooth" });
  };
  const turn = (screens) => {
    // The panel at the top of the window is the one that goes on being read.
    const inView = panels.findIndex((panel) => panel.getBoundingClientRect().bottom > 80);
    const reading = screens ? Math.max(0, inView) : shown();
    comic.classList.toggle("comic--screens", screens);
    way.setAttribute("aria-pressed", String(screens));
    moves.hidden = !screens;
    if (screens) {
      strip.tabIndex = 0;
      strip.setAttribute("aria-label", "漫画，用左右方向键翻看");
      strip.scrollLeft = panels[reading].offsetLeft - strip.offsetLeft;
      comic.scrollIntoView({ block: "start" });
      tell();
    } else {
      for (const name of ["tabindex", "aria-label"]) strip.removeAttribute(name);
      panels[reading].scrollIntoView({ block: "start" });
    }
  };

  way.addEventListener("click", () => turn(!isScreens()));
  find("back").addEventListener("click", () => go(shown() - 1));
  find("on").addEventListener("click", () => go(shown() + 1));
  strip.addEventListener("scroll", () => isScreens() && tell(), { passive: true });
  comic.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: shown() + 1, ArrowLeft: shown() - 1, Home: 0, End: panels.length - 1 };
    const isOurs = event.target === strip || event.target.closest("[data-comic-bar]");
    if (!isScreens() || !isOurs || !(event.key in steps)) return;
    event.preventDefault();
    go(steps[event.key]);
  });
  find("bar").hidden = panels.length < 2;
}

const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");

function setUpSearch(questions) {
  const field = questions.querySelector("[data-questions-words]");
  const rows = [...questions.querySelectorAll("[data-question]")].map((row) => [row, plain(row.textContent)]);
  const none = questions.querySelector("[data-questions-none]");
  field.addEventListener("input", () => {
    const words = field.value.split(/\s+/).map(plain).filter(Boolean);
    let found = 0;
    for (const [row, text] of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      found += row.hidden ? 0 : 1;
    }
    none.hidden = found > 0;
  });
  questions.querySelector("[data-questions-bar]").hidden = rows.length < 2;
}

// Sent by the script so that nobody leaves the page; where that fails, by the form itself.
function setUpRating(form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = event.submitter;
    const note = document.createElement("p");
    note.setAttribute("role", "status");
    form.append(note);
    const body = new URLSearchParams({ useful: button.value });
    const reply = await fetch(form.action, { method: "POST", body, credentials: "omit" }).catch(() => null);
    if (reply?.ok) {
      note.textContent = "谢谢，已经记下。";
      form.firstElementChild.remove();
    } else {
      note.textContent = reply?.status === 429 ? "操作过于频繁，请过一会儿再试。" : "没有记下，请检查网络后再试。";
    }
  });
}

for (const form of document.querySelectorAll("[data-rating]")) setUpRating(form);
for (const comic of document.querySelectorAll("[data-comic]")) setUpComic(comic);
for (const questions of document.querySelectorAll("[data-questions]")) setUpSearch(questions);
