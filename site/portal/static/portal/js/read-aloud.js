// Reads an article aloud with the browser's own voice, paragraph by paragraph, marking where it is.
// Loaded when somebody first asks for it.

const LONGEST = 120; // Some voices fall silent in longer pieces.
const BLOCKS = "h1, h2, h3, h4, h5, h6, p, li, td, th, dt, dd, figcaption";
const SILENT = "[hidden], .visually-hidden, .read-aloud, .clause__tools, [aria-hidden='true']";

let queue = [];
let speaking = false;

function pieces(text) {
  const sentences = text.match(/[^。！？；\n]+[。！？；]?/g) ?? [];
  return sentences.flatMap((sentence) => sentence.match(new RegExp(`.{1,${LONGEST}}`, "gsu")) ?? []);
}

function collect() {
  const root = document.querySelector("[data-read-aloud]");
  const blocks = [...root.querySelectorAll(BLOCKS)].filter(
    (block) => !block.closest(SILENT) && !block.querySelector(BLOCKS) && block.checkVisibility?.() !== false,
  );
  return blocks.flatMap((block) =>
    pieces(block.innerText.trim()).map((text) => ({ text, block })),
  );
}

function show(bar, label, running) {
  bar.querySelector("[data-read-aloud-label]").textContent = label;
  bar.querySelector("[data-read-aloud-stop]").hidden = !running;
}

function mark(block) {
  for (const old of document.querySelectorAll(".is-being-read")) old.classList.remove("is-being-read");
  if (!block) return;
  block.classList.add("is-being-read");
  block.scrollIntoView({ block: "nearest" });
}

function next(bar) {
  const piece = queue.shift();
  if (!piece) {
    stop(bar);
    return;
  }
  const words = new SpeechSynthesisUtterance(piece.text);
  words.lang = "zh-CN";
  words.rate = 0.9;
  words.voice = speechSynthesis.getVoices().find((voice) => /^zh[-_]CN/i.test(voice.lang)) ?? null;
  words.onstart = () => mark(piece.block);
  words.onend = () => speaking && next(bar);
  words.onerror = (event) => {
    if (event.error !== "interrupted" && event.error !== "canceled") stop(bar, "无法朗读，再试一次");
  };
  speechSynthesis.speak(words);
}

function stop(bar, label = "朗读全文") {
  speaking = false;
  queue = [];
  speechSynthesis.cancel();
  mark(null);
  show(bar, label, false);
}

export function toggle(bar) {
  const stopButton = bar.querySelector("[data-read-aloud-stop]");
  stopButton.onclick = () => stop(bar);
  addEventListener("pagehide", () => speechSynthesis.cancel(), { once: true });
  if (!speaking) {
    speaking = true;
    queue = collect();
    show(bar, "暂停朗读", true);
    next(bar);
  } else if (speechSynthesis.paused) {
    speechSynthesis.resume();
    show(bar, "暂停朗读", true);
  } else {
    speechSynthesis.pause();
    show(bar, "继续朗读", true);
  }
}
