// What can be said of a number without the server: whether the list of the session knows it. Never
// that somebody is checked in: only the server knows what other devices have done.

const EXPECTED = ["confirmed", "no_show"];

// Whether a code that the camera saw can be a pass: posters have codes, too.
export function isPass(text) {
  return /^\d{8}-\d{6}(~|$)/.test(text);
}

// The full number of what was scanned or typed, as far as the list tells.
export function numberOf(text, numbers) {
  const typed = text.normalize("NFKC").trim().split("~")[0];
  const digits = typed.replace(/\D/g, "");
  if (digits.length === 14) return `${digits.slice(0, 8)}-${digits.slice(8)}`;
  if (!/^\d{6}$/.test(typed)) return typed;
  const found = Object.keys(numbers).filter((number) => number.endsWith(`-${typed}`));
  return found.length === 1 ? found[0] : typed;
}

export function offlineAnswer(number, numbers) {
  const state = numbers[number];
  const message = inWords(state);
  const kind = EXPECTED.includes(state) ? "kept" : "kept-doubt";
  return { kind, word: "已记录，待上传", message, number };
}

function inWords(state) {
  if (EXPECTED.includes(state)) return "编号在本场名单上。";
  if (state === "attended") return "名单上显示已经签到，可能重复，上传后核对。";
  if (state) return "名单上显示没有名额，上传后核对。";
  return "本场名单上没有这个编号，可能不是本场，上传后核对。";
}
