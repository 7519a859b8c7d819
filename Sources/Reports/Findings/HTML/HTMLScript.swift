/// The page's script: it sorts and filters rows that stand there. It holds nothing of any report.
enum HTMLScript {
  /// What the page's policy allows: the SHA-256 of `text`, in Base64. A test tells what it has to be.
  static let hash = "sha256-AmKX7zy6TiFt4GmIUOqvsGN3Bk4KU2dQgTfSlJwOfjY="

  /// Neither `<` nor `&` stands in it, so that the page can be read as XML, too.
  static let text = #"""

    "use strict";
    (() => {
      const language = document.documentElement.lang;
      const collator = new Intl.Collator(language, {numeric: true, sensitivity: "base"});

      const sort = (table, column, order) => {
        const sign = order === "ascending" ? 1 : -1;
        const rows = [...table.tBodies[0].rows].map((row) => {
          const cell = row.cells[column];
          return {row, key: cell.dataset.sort ?? cell.textContent};
        });
        rows.sort((left, right) => sign * collator.compare(left.key, right.key));
        table.tBodies[0].append(...rows.map((entry) => entry.row));
      };

      for (const table of document.querySelectorAll("table")) {
        const heads = [...table.tHead.rows[0].cells];
        heads.forEach((head, column) => {
          const button = document.createElement("button");
          button.type = "button";
          button.append(...head.childNodes);
          head.append(button);
          button.addEventListener("click", () => {
            const other = {ascending: "descending", descending: "ascending"}[head.ariaSort];
            const order = other ?? head.dataset.first ?? "ascending";
            for (const each of heads) each.removeAttribute("aria-sort");
            head.setAttribute("aria-sort", order);
            sort(table, column, order);
          });
        });
      }

      for (const chart of document.querySelectorAll(".weeks")) chart.scrollLeft = chart.scrollWidth;

      const filters = document.getElementById("filters");
      if (filters === null) return;
      const search = filters.querySelector("input");
      const choices = [...filters.querySelectorAll("select")];
      const shown = document.getElementById("shown");
      const rows = [...document.getElementById("findings-table").tBodies[0].rows].map((row) => {
        return {row, text: [...row.cells].map((cell) => cell.textContent).join("\n").toLowerCase()};
      });

      const filter = () => {
        const words = search.value.toLowerCase().split(/\s+/);
        const chosen = choices.filter((choice) => choice.value !== "");
        let count = 0;
        for (const {row, text} of rows) {
          const fits = words.every((word) => text.includes(word))
            ? chosen.every((choice) => row.dataset[choice.name] === choice.value) : false;
          row.hidden = !fits;
          if (fits) count += 1;
        }
        shown.textContent = shown.dataset.text
          .replace("{0}", count.toLocaleString(language)).replace("{1}", rows.length.toLocaleString(language));
      };
      const reset = () => {
        search.value = "";
        for (const choice of choices) choice.value = "";
      };

      search.addEventListener("input", filter);
      for (const choice of choices) choice.addEventListener("change", filter);
      filters.querySelector("button").addEventListener("click", () => { reset(); filter(); });
      for (const link of document.querySelectorAll("a[data-rule]")) {
        link.addEventListener("click", () => {
          reset();
          choices.find((choice) => choice.name === "rule").value = link.dataset.rule;
          filter();
        });
      }
      filters.hidden = false;
      filter();
    })();

    """#
}
