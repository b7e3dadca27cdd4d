// Shows the captcha's widget in place of the question, where a script can solve it.
// A form that arrives later (by fetch) is set up with setUpCaptcha(element).

const RETRIES = [2000, 8000];

async function load(address) {
  if (new URL(address, location.href).origin === location.origin) {
    await import(address);
    return;
  }
  await new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
}

function show(captcha, useWidget) {
  const question = captcha.querySelector("[data-captcha-question]");
  question.hidden = useWidget;
  for (const input of question.querySelectorAll("input")) input.disabled = useWidget;
  captcha.querySelector("[data-captcha-widget]").hidden = !useWidget;
}

function fallBack(captcha) {
  // A widget that can't solve it would block the form: its checkbox is required.
  captcha.querySelector("altcha-widget")?.remove();
  show(captcha, false);
}

function watch(captcha) {
  const widget = captcha.querySelector("altcha-widget");
  const waits = [...RETRIES];
  widget?.addEventListener("statechange", (event) => {
    if (event.detail.state !== "error") return;
    if (waits.length === 0) fallBack(captcha);
    else setTimeout(() => widget.isConnected && widget.verify(), waits.shift());
  });
}

export async function setUpCaptcha(root = document) {
  const captcha = root.querySelector("[data-captcha]:not([data-captcha-ready])");
  if (!captcha || !window.isSecureContext) return;
  captcha.dataset.captchaReady = "";
  watch(captcha);
  show(captcha, true);
  try {
    await load(captcha.dataset.script);
  } catch {
    fallBack(captcha);
  }
}

setUpCaptcha();
