// The elder version, remembered by the browser alone. Loaded in the head and not deferred, so that
// the page is never drawn small first. Without scripts the same link leads to /elder/.
(function () {
  var KEY = "elder";
  var root = document.documentElement;
  var served = root.classList.contains("elder");

  function remember(on) {
    try {
      if (on) localStorage.setItem(KEY, "1");
      else localStorage.removeItem(KEY);
      return true;
    } catch (refused) {
      return false; // no storage: the link leads to the other version
    }
  }

  try {
    if (localStorage.getItem(KEY)) root.classList.add("elder");
  } catch (refused) {
    // no storage: nothing was remembered
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("[data-elder-switch]");
    if (!link) return;
    var on = !root.classList.contains("elder");
    if (!remember(on) || served) return;
    event.preventDefault();
    root.classList.toggle("elder", on);
    link.scrollIntoView({ block: "nearest" });
  });
})();
