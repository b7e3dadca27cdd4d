// A warning leads to its line in the text: the caret goes there and the line is selected.
const text = document.querySelector("[data-import-text]");

const showLine = (number) => {
  const lines = text.value.split("\n");
  const start = lines.slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
  text.focus();
  text.setSelectionRange(start, start + lines[number - 1].length);
  text.scrollTop = (text.scrollHeight / lines.length) * Math.max(0, number - 4);
};

document.addEventListener("click", (event) => {
  const warning = event.target.closest("[data-import-line]");
  if (warning) showLine(Number(warning.dataset.importLine));
});
