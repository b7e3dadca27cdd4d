// To the server and back. Nothing here throws: a network that fails is an answer, too.

const PATIENCE = 10_000;

// The outcome: { body } if the server has answered for the items, else { trouble } in words.
export async function send(address, token, items) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const body = JSON.stringify({ items });
  const response = await ask(address, { method: "POST", headers, body });
  if (!response) return { trouble: "没有网络：照常签到，记录保存在这台设备上，稍后自动上传。" };
  if (response.status === 200 || response.status === 422) {
    const found = await response.json().catch(() => null);
    if (found?.results?.length) return { body: found };
  }
  return { trouble: inWords(response) };
}

// The head count and numbers as they stand now, or null.
export async function standing(address) {
  const response = await ask(address, {});
  return response?.status === 200 ? response.json().catch(() => null) : null;
}

async function ask(address, options) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    // A redirect leads to the log-in: the session is over.
    return await fetch(address, { ...options, redirect: "manual", signal: patience.signal });
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

function inWords(response) {
  if (response.type === "opaqueredirect" || response.status === 403) {
    return "登录已过期：请刷新页面、重新登录。记录保存在这台设备上，不会丢失。";
  }
  if (response.status === 404) return "这个账号不能办理本场签到，请换账号登录。记录保存在这台设备上。";
  return "服务器暂时没有应答：照常签到，记录保存在这台设备上，稍后自动上传。";
}
