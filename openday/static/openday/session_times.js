// The times of a session follow its start while it is typed. The server computes them, as it does
// for the button of the form without this script; what an editor wrote himself stays.

const form = document.querySelector("[data-session-times]");
const names = form.dataset.sessionTimes.split(" ");
let asked = 0;

async function follow() {
  const number = (asked += 1);
  const typed = new FormData(form);
  const before = Object.fromEntries(names.map((name) => [name, form.elements[name].value]));
  typed.set("fill", "1");
  let answer;
  try {
    answer = await fetch(window.location.href, { method: "POST", body: typed });
  } catch {
    return; // without a network the button and saving compute them, too
  }
  if (!answer.ok || number !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const name of names) {
    const field = form.elements[name];
    const computed = page.querySelector(`[name="${name}"]`);
    if (computed && field.value === before[name]) field.value = computed.value;
  }
}

form.elements.starts_at.addEventListener("change", follow);
