// The door. Each arrival goes into the queue first and then to the server, so that a dead network,
// a reload or a lost answer change nothing: the server counts each nonce once.

import { Camera } from "./check_in/camera.js";
import { isPass, numberOf, offlineAnswer } from "./check_in/offline.js";
import { Queue } from "./check_in/queue.js";
import { send, standing } from "./check_in/sending.js";
import { showAnswer, showLines, showNote } from "./check_in/showing.js";
import { allowSound, signal } from "./check_in/signals.js";

const BATCH = 50;
const AGAIN = 10_000;
const LOOK = 20_000;
const SLOW = 1_500;

const door = document.querySelector("[data-door]");
const find = (name) => door.querySelector(`[data-door-${name}]`);
const token = door.querySelector("[name=csrfmiddlewaretoken]").value;
const panel = find("answer");
const line = find("line");
const queue = new Queue(door.dataset.door);

let { numbers } = JSON.parse(document.querySelector("#door-standing").textContent);
// The one whose answer is shown; the answers of others only go into the list.
let current = null;
let sending = false;

function takeIn(text, method) {
  allowSound();
  const number = numberOf(text, numbers);
  const before = queue.waiting.find((item) => numberOf(item.text, numbers) === number);
  if (before) {
    const message = "这台设备已经记录过，待上传。";
    tell({ kind: "duplicate", word: "重复", message, number });
    return forgetSearch();
  }
  const item = queue.add(text, method);
  current = item.nonce;
  showAnswer(panel, { kind: "checking", word: "正在核对", number });
  forgetSearch();
  showQueue();
  if (navigator.onLine) setTimeout(() => keep(item), SLOW);
  else keep(item);
  upload();
}

// Who was looked for is not who comes next: their names and buttons go, once an answer is shown.
function forgetSearch() {
  const found = find("found");
  const search = door.querySelector("form [name=name]");
  if (found?.contains(document.activeElement)) panel.focus();
  found?.remove();
  if (search) search.value = "";
}

function tell(answer) {
  showAnswer(panel, answer);
  signal(answer.kind);
}

// The server is slow or away: what this device can say by itself.
function keep(item) {
  const isAsked = current === item.nonce && panel.dataset.kind === "checking";
  if (isAsked) tell(offlineAnswer(numberOf(item.text, numbers), numbers));
}

async function upload() {
  if (sending) return;
  sending = true;
  try {
    while (queue.waiting.length) {
      const items = queue.waiting.slice(0, BATCH);
      const { body, trouble } = await send(door.dataset.upload, token, items);
      showNote(find("net"), trouble ?? "");
      if (!body || !settle(body, items)) {
        items.forEach(keep);
        break;
      }
    }
  } finally {
    sending = false;
  }
}

// True if something was answered, so that the rest may follow.
function settle(body, items) {
  const results = body.results.filter(({ nonce }) => items.some((item) => item.nonce === nonce));
  queue.settle(results);
  for (const result of results) {
    if (result.kind === "in") numbers[result.number] = "attended";
    if (result.nonce === current) tell(result);
  }
  const late = results.filter((result) => result.nonce !== current);
  if (late.length) {
    const bad = late.filter((result) => result.kind !== "in").length;
    if (bad) signal("broken");
    const more = bad ? `，其中${bad}条没有签到，请看下面的记录` : "";
    showNote(find("net"), `已上传${late.length}条${more}。`);
  }
  showCount(body);
  showQueue();
  return results.length > 0;
}

function showCount({ came, expected }) {
  find("came").textContent = came;
  find("expected").textContent = expected;
}

function showQueue() {
  const { waiting, done } = queue.read();
  find("queue").hidden = !waiting.length;
  find("waiting").textContent = waiting.length;
  showLines(find("waiting-list"), waiting, line);
  find("done").hidden = !done.length;
  showLines(find("done-list"), done, line);
  if (!queue.lasting) {
    showNote(find("net"), "这个浏览器不能保存记录：上传完以前，请不要关闭或刷新页面。");
  }
}

async function lookAgain() {
  if (document.hidden) return;
  const found = await standing(door.dataset.standing);
  if (!found) return;
  numbers = found.numbers;
  showCount(found);
}

function setUpCamera() {
  const part = find("camera");
  const [video, button, note] = part.querySelectorAll("video, button, p");
  const camera = new Camera(video, door.dataset.decoder, (text) => {
    if (isPass(text)) return takeIn(text, "qr");
    tell({ kind: "unknown", word: "不是入场码", message: "这个二维码不是本平台的入场码。" });
    forgetSearch();
  });
  const show = () => {
    video.hidden = !camera.isOpen;
    button.textContent = camera.isOpen ? "关闭摄像头" : "打开摄像头扫码";
  };
  button.addEventListener("click", async () => {
    allowSound();
    showNote(note, "");
    button.disabled = true;
    if (camera.isOpen) camera.close();
    else await camera.open().catch((error) => (camera.close(), showNote(note, error.message)));
    button.disabled = false;
    show();
    // A phone that sleeps sees nothing.
    if (camera.isOpen) navigator.wakeLock?.request("screen").catch(() => {});
  });
  addEventListener("pagehide", () => camera.close());
  part.hidden = false;
}

for (const form of door.querySelectorAll("[data-door-form]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { text, method } = form.elements;
    if (text.value.trim()) takeIn(text.value.trim(), method.value);
    if (text.type !== "text") return;
    text.value = "";
    text.focus();
  });
}
find("send").addEventListener("click", upload);
find("clear").addEventListener("click", () => (queue.clear(), showQueue()));
addEventListener("online", upload);
addEventListener("offline", () => showNote(find("net"), "没有网络：照常签到，稍后自动上传。"));
addEventListener("storage", showQueue);
setInterval(upload, AGAIN);
setInterval(lookAgain, LOOK);
setUpCamera();
showQueue();
upload();
