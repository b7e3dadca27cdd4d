// Makes the field for a clause's id a list of the clauses of the pages that are chosen above it.
// Without it the clause's link on the public page can be pasted.
(function () {
  const lists = new Map();

  function chosen() {
    const fields = document.querySelectorAll("input[name^='subjects-'][name$='-subject']");
    return [...fields].filter((field) => {
      const gone = document.querySelector(`[name='${field.name.replace(/-subject$/, "-DELETE")}']`);
      return field.value && !(gone && gone.value);
    }).map((field) => field.value);
  }

  function clausesOf(pages) {
    const query = pages.map((page) => `page=${encodeURIComponent(page)}`).join("&");
    if (!lists.has(query)) {
      const address = new URL("interpretations/clauses/", new URL(window.wagtailConfig.ADMIN_API.PAGES, location).href.replace(/api\/.*$/, ""));
      lists.set(query, fetch(`${address.pathname}?${query}`, { credentials: "same-origin" })
        .then((reply) => (reply.ok ? reply.json() : { clauses: [] })));
    }
    return lists.get(query);
  }

  class ClauseChoice extends window.StimulusModule.Controller {
    connect() {
      if (this.list) return;
      this.list = document.createElement("select");
      this.list.className = "clause-choice";
      this.list.id = `${this.element.id}-list`;
      this.list.setAttribute("aria-label", "条款");
      this.element.hidden = true;
      this.element.after(this.list);
      this.list.addEventListener("pointerdown", () => this.fill());
      this.list.addEventListener("focus", () => this.fill());
      this.list.addEventListener("change", () => {
        this.element.value = this.list.value;
        this.element.dispatchEvent(new Event("input", { bubbles: true }));
        this.element.dispatchEvent(new Event("change", { bubbles: true }));
      });
      this.fill();
    }

    async fill() {
      const pages = chosen();
      if (this.filled === pages.join()) return;
      this.filled = pages.join();
      const { clauses } = pages.length ? await clausesOf(pages) : { clauses: [] };
      const value = this.element.value;
      const first = pages.length ? "（不选）" : "请先在“解读什么”中选文件";
      this.list.replaceChildren(new Option(first, ""));
      for (const clause of clauses) this.list.add(new Option(clause.name, clause.id));
      if (value && !clauses.some((clause) => clause.id === value)) {
        this.list.add(new Option("这一条在所选的文件中找不到", value));
      }
      this.list.value = value;
    }
  }

  window.wagtail.app.register("clause-choice", ClauseChoice);
})();
