// Small comforts of every page; each works without this file, only less comfortably.

const wide = matchMedia("(min-width: 52rem)");

// A folded list that a wide window has room for, where the browser can't open it by CSS.
function openWhenWide() {
  for (const details of document.querySelectorAll("details[data-open-when-wide]")) {
    details.open = wide.matches;
  }
}
