// Keys and conveniences of the desk. Everything here can be done without it, by links and buttons.

const typing = (target) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

// A link or button names its keys in data-desk-key ("j ArrowRight").
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || typing(event.target)) return;
  const target = [...document.querySelectorAll("[data-desk-key]")].find((element) =>
    element.dataset.deskKey.split(" ").includes(event.key),
  );
  if (!target) return;
  event.preventDefault();
  target.click();
});

// The template's words go into the reason without a round trip; what was written stays.
for (const form of document.querySelectorAll("[data-desk-template]")) {
  const select = form.elements.template;
  const fill = form.querySelector("[data-desk-fill]");
  if (!select || !fill) continue;
  fill.addEventListener("click", (event) => {
    const words = select.selectedOptions[0]?.dataset.text;
    event.preventDefault();
    if (!words) return;
    const reason = form.elements.reason;
    reason.value = reason.value.trim() ? `${reason.value.trim()}\n${words}` : words;
    reason.focus();
  });
}

for (const button of document.querySelectorAll("[data-desk-print]")) {
  button.addEventListener("click", () => window.print());
}
