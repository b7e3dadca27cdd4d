// How far the work on a film is, and from a line of its captions to its place in the film.

const PAUSE = 2000;

const waiting = document.querySelector("[data-video-progress]");
if (waiting) {
  const label = waiting.querySelector("[data-video-label]");
  const percent = waiting.querySelector("[data-video-percent]");
  const bar = waiting.querySelector("progress");
  const ask = async () => {
    try {
      const reply = await fetch(waiting.dataset.videoProgress, { headers: { Accept: "application/json" } });
      if (reply.ok) {
        const found = await reply.json();
        // What was typed meanwhile must not be lost by a reload.
        if (!found.waiting && !document.querySelector("[data-typed]")) return location.reload();
        label.textContent = found.label;
        percent.textContent = found.waiting ? `${found.percent}%` : "已处理完，保存后可看到";
        bar.value = found.percent;
        if (!found.waiting) return undefined;
      }
    } catch {
      // The next time.
    }
    return setTimeout(ask, PAUSE);
  };
  setTimeout(ask, PAUSE);
}

document.addEventListener("input", (event) => event.target.closest("form")?.setAttribute("data-typed", ""));

const player = document.querySelector("[data-video-player]");
for (const button of document.querySelectorAll("[data-video-at]")) {
  button.addEventListener("click", () => {
    if (!player) return;
    player.currentTime = Number(button.dataset.videoAt);
    player.play();
  });
}

// A title is proposed from the file's name.
const file = document.querySelector("input[type=file][name=file]");
const title = document.querySelector("input[name=title]");
if (file && title) {
  file.addEventListener("change", () => {
    const name = file.files[0]?.name ?? "";
    if (!title.value && !document.querySelector("[data-video-player]")) title.value = name.replace(/\.[^.]+$/, "");
  });
}
