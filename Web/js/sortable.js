// A click on a column's head sorts the table by it, by number where the cells are numbers.
const { lang } = document.documentElement;
const decimal = lang === "en" ? "." : ",";

function key(row, column) {
  const cell = row.cells[column];
  if (column === 1 && "value" in row.dataset) return Number(row.dataset.value);
  const text = cell.textContent.trim();
  if (!cell.classList.contains("number")) return text;
  const digits = text.replace("−", "-").replaceAll(decimal === "." ? /[^\d.-]/gu : /[^\d,-]/gu, "");
  return digits ? Number(digits.replace(",", ".")) : text;
}

function compared(one, other) {
  if (typeof one === "number" && typeof other === "number") return one - other;
  // What isn't stated comes last.
  if (typeof one !== typeof other) return typeof one === "number" ? -1 : 1;
  return one.localeCompare(other, lang);
}

function sort(table, head, column) {
  const isDown = head.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
  const rows = [...table.tBodies[0].rows];
  rows.sort((one, other) => compared(key(one, column), key(other, column)) * (isDown ? -1 : 1));
  table.tBodies[0].append(...rows);
}

for (const table of document.querySelectorAll("table.sortable")) {
  if (table.tBodies[0].rows.length < 3) continue;
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(table, head, column));
  });
}
