// A field above the table of the catalogue: only rows that have every typed word stay.
"use strict";

const table = document.querySelector("table.catalogue");
const rows = [...table.tBodies[0].rows].map((row) => {
  const link = row.querySelector("a").getAttribute("href");
  return { row, text: `${row.textContent} ${link}`.toLowerCase() };
});

const field = document.createElement("input");
field.type = "search";
field.id = "catalogue-filter";
field.placeholder = "trace, det X, softmax …";
field.autocomplete = "off";

const label = document.createElement("label");
label.htmlFor = field.id;
label.textContent = "Filter";

const count = document.createElement("output");
count.htmlFor = field.id;

function filter() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const { row, text } of rows) {
    row.hidden = !words.every((word) => text.includes(word));
    shown += !row.hidden;
  }
  count.textContent = `${shown} of ${rows.length}`;
}

const form = document.createElement("form");
form.className = "catalogue-filter";
form.setAttribute("role", "search");
form.setAttribute("aria-label", "This table");
form.append(label, field, count);
form.addEventListener("submit", (event) => event.preventDefault());
field.addEventListener("input", filter);
(table.closest(".table-wrapper") ?? table).before(form);
filter();
