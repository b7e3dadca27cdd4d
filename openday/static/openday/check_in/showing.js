// What is seen: the answer in large type, and the lists of what waits and what was answered.

// Empty parts are hidden; these say what they are.
const LABELS = { needs: "无障碍需求：", number: "编号 " };

export function showAnswer(panel, answer) {
  panel.hidden = false;
  panel.dataset.kind = answer.kind;
  for (const part of panel.querySelectorAll("[data-door-part]")) {
    const name = part.dataset.doorPart;
    part.hidden = !answer[name];
    part.textContent = answer[name] ? `${LABELS[name] ?? ""}${answer[name]}` : "";
  }
  panel.scrollIntoView({ block: "nearest" });
}

export function showNote(note, words) {
  if (note.textContent !== words) note.textContent = words;
  note.hidden = !words;
}

// One line an item: word, number, time, and what is to be done about it.
export function showLines(list, items, template) {
  const lines = items.map((item) => {
    const line = template.content.cloneNode(true);
    const [word, number, message] = line.querySelectorAll("strong, span");
    const time = line.querySelector("time");
    word.textContent = item.word ?? "待上传";
    number.textContent = item.number || item.text.split("~")[0];
    time.dateTime = item.scanned_at;
    time.textContent = clock(item.scanned_at);
    message.textContent = item.kind === "in" ? "" : (item.message ?? "");
    return line;
  });
  list.replaceChildren(...lines);
}

function clock(moment) {
  const style = { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" };
  return new Date(moment).toLocaleTimeString("zh-CN", style);
}
