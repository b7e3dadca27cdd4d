// Heard and felt, for who looks at the guest and not at the screen: one high tone for 已签到, two low
// ones for a refusal. Browsers allow sound only after the first touch of the page.

let audio = null;

export function allowSound() {
  const Context = globalThis.AudioContext ?? globalThis.webkitAudioContext;
  if (!audio && Context) audio = new Context();
  audio?.resume().catch(() => {});
}

export function signal(kind) {
  const good = kind === "in" || kind === "kept";
  navigator.vibrate?.(good ? 120 : [250, 120, 250]);
  for (const start of good ? [0] : [0, 0.3]) tone(good ? 1200 : 300, start);
}

function tone(frequency, start) {
  if (audio?.state !== "running") return;
  const oscillator = audio.createOscillator();
  const volume = audio.createGain();
  oscillator.frequency.value = frequency;
  volume.gain.value = 0.2;
  oscillator.connect(volume).connect(audio.destination);
  oscillator.start(audio.currentTime + start);
  oscillator.stop(audio.currentTime + start + 0.18);
}
