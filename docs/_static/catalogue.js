// A field above the table of the catalogue: the entries that answer what is typed stay, best first.
"use strict";

const table = document.querySelector("table.catalogue");
const body = table.tBodies[0];
const rows = new Map(
  [...body.rows].map((row) => [new URL(row.querySelector("a").href).hash.slice(1), row]),
);
let prepared = null;

const field = document.createElement("input");
field.type = "search";
field.id = "catalogue-filter";
field.placeholder = "tr(A X^{-1} B), ridge regression, eq. 124 …";
field.autocomplete = "off";

const label = document.createElement("label");
label.htmlFor = field.id;
label.textContent = "Find";

const count = document.createElement("output");
count.htmlFor = field.id;

function show() {
  const query = field.value.trim();
  const found = query && prepared ? find(prepared, query).map((entry) => rows.get(entry.name)) : [...rows.values()];
  const shown = new Set(found);
  for (const row of rows.values()) row.hidden = !shown.has(row);
  body.append(...found, ...[...rows.values()].filter((row) => row.hidden));
  count.textContent = `${found.length} of ${rows.size}`;
}

// The texts of the entries come when somebody begins to type; a page on a disk can load a script, not data.
window.catalogueTexts = (entries) => {
  prepared = entries.map(prepare);
  show();
};
function load() {
  const script = document.createElement("script");
  script.src = new URL("../catalogue-texts.js", document.baseURI).href;
  document.head.append(script);
}

const form = document.createElement("form");
form.className = "catalogue-filter";
form.setAttribute("role", "search");
form.setAttribute("aria-label", "This table");
form.append(label, field, count);
form.addEventListener("submit", (event) => event.preventDefault());
field.addEventListener("focus", load, { once: true });
field.addEventListener("input", show);
(table.closest(".table-wrapper") ?? table).before(form);
show();
