// The files that were chosen, each with a button that takes it out again. Browsers offer only to
// choose anew, and phones not even that: whoever picked a wrong file would be stuck.

const SIZES = ["KB", "MB", "GB"];

function shownSize(bytes) {
  let size = bytes / 1024;
  let unit = 0;
  while (size >= 1000 && unit < SIZES.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${size < 10 ? Math.max(size, 0.1).toFixed(1) : Math.round(size)} ${SIZES[unit]}`;
}

function row(file, index) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  name.textContent = `${file.name}（${shownSize(file.size)}）`;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--plain";
  button.dataset.remove = index;
  button.textContent = "移除";
  button.setAttribute("aria-label", `移除 ${file.name}`);
  item.append(name, button);
  return item;
}

function draw(list, input) {
  list.replaceChildren(...[...input.files].map(row));
  list.hidden = !input.files.length;
}

function takeOut(input, index) {
  const left = new DataTransfer();
  [...input.files].forEach((file, place) => place !== index && left.items.add(file));
  input.files = left.files;
}

// Called anew for each form that takes the page's place; the input may come from the one before.
export function setUpFiles(form) {
  const input = form.querySelector("[type=file]");
  const note = form.querySelector("[data-files-note]");
  if (!input || !note) return;
  const list = document.createElement("ul");
  list.className = "chosen-files";
  list.setAttribute("aria-label", "已选的文件");
  note.before(list);
  note.classList.add("visually-hidden");
  note.setAttribute("role", "status");
  note.textContent = "";
  draw(list, input);
  form.addEventListener("change", (event) => event.target === input && draw(list, input));
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-remove]");
    if (!button) return;
    const index = Number(button.dataset.remove);
    const { name } = input.files[index];
    takeOut(input, index);
    draw(list, input);
    const buttons = list.querySelectorAll("button");
    (buttons[Math.min(index, buttons.length - 1)] ?? input).focus();
    note.textContent = `已移除 ${name}，还有 ${input.files.length} 个文件`;
  });
}
