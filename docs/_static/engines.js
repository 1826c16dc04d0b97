// The table of the engines: choose rows and a column, and unfold a cell to the code as run and its output.
"use strict";

const make = (tag, set = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), set);
  element.append(...children);
  return element;
};

// The answers come when somebody asks for one; a page on a disk can load a script, not data.
let answers = null;
function load() {
  answers ??= new Promise((arrive) => {
    window.engineAnswers = (data) => arrive(data);
    document.head.append(make("script", { src: new URL("answers.js", document.baseURI).href }));
  });
  return answers;
}

/** A labelled choice; the first option stands for all. */
function choice(name, label, all, options) {
  const select = make("select", { name }, new Option(all, ""));
  select.append(...options.map(([value, text]) => new Option(text, value)));
  return make("label", { textContent: `${label} ` }, select);
}

/** The words that an address carries behind its question mark, put into the fields of a form. */
function remember(form) {
  const given = new URLSearchParams(location.search);
  for (const field of form.elements) if (field.name && given.has(field.name)) field.value = given.get(field.name);
  return () => {
    const now = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    history.replaceState(null, "", `${`${now}` ? `?${now}` : location.pathname}${location.hash}`);
  };
}

// The table

const table = document.querySelector("table.engines");
if (table) {
  const columns = [...table.tHead.rows[0].cells].slice(1);
  const engines = columns.map((cell) => [cell.dataset.engine, cell.textContent.trim()]);
  const bodies = [...table.tBodies];
  const families = bodies.map((body) => [body.id, body.rows[0].textContent.trim()]);
  const cases = bodies.flatMap((body) => [...body.rows].slice(1).map((row) => ({ body, row, cells: [...row.cells] })));
  const verdicts = [...document.querySelectorAll("#engines-legend [data-verdict]")]
    .map((item) => [item.dataset.verdict, item.querySelector("b").textContent]);

  const words = make("input", { type: "search", name: "find", id: "engines-find", placeholder: "determinant, tie, complex …", autocomplete: "off" });
  const count = make("output", { id: "engines-count" });
  const form = make("form", { className: "engines-filter" },
    make("label", { textContent: "Find " }, words),
    choice("family", "Family", "all", families),
    choice("engine", "Engine", "all", engines),
    choice("verdict", "Verdict", "any", verdicts),
    count,
  );
  form.setAttribute("role", "search");
  form.setAttribute("aria-label", "This table");

  const keep = remember(form);
  const show = () => {
    const { find, family, engine, verdict } = Object.fromEntries(new FormData(form));
    const wanted = find.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = columns.map(({ dataset }) => !engine || dataset.engine === engine);
    let left = 0;
    fold();
    for (const { body, row, cells } of cases) {
      const text = `${row.id} ${cells[0].textContent}`.toLowerCase();
      const answered = cells.slice(1).filter((cell, i) => shown[i] && (!verdict || cell.className === verdict));
      row.hidden = (family && body.id !== family) || !answered.length || !wanted.every((word) => text.includes(word));
      if (!row.hidden) left += 1;
      cells.slice(1).forEach((cell, i) => (cell.hidden = !shown[i]));
    }
    columns.forEach((cell, i) => (cell.hidden = !shown[i]));
    for (const body of bodies) body.rows[0].hidden = [...body.rows].slice(1).every((row) => row.hidden);
    count.textContent = `${left} of ${cases.length}`;
    keep();
  };

  // A cell unfolds below its row.
  let unfolded = null;
  const fold = () => {
    unfolded?.row.remove();
    unfolded?.link.setAttribute("aria-expanded", "false");
    unfolded = null;
  };
  const unfold = async (link) => {
    const again = unfolded?.link === link;
    fold();
    if (again) return;
    const row = link.closest("tr");
    const engine = columns[link.parentElement.cellIndex - 1].dataset.engine;
    const cell = make("td", { colSpan: columns.filter((column) => !column.hidden).length + 1 });
    const below = make("tr", { className: "unfolded" }, cell);
    unfolded = { link, row: below };
    row.after(below);
    link.setAttribute("aria-expanded", "true");
    const data = await load();
    const found = data.cases.find(({ name }) => name === row.id);
    cell.append(panel(data, found, engine, link.href));
  };

  table.addEventListener("click", (event) => {
    const link = event.target.closest("td[class] > a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    unfold(link);
  });
  // With the keyboard a row is one stop, and the arrows go from cell to cell.
  for (const { cells } of cases) {
    for (const cell of cells.slice(1)) {
      const link = cell.firstElementChild;
      if (!link) continue;
      link.setAttribute("role", "button");
      link.setAttribute("aria-expanded", "false");
      link.tabIndex = cells.slice(1).find((other) => other.firstElementChild) === cell ? 0 : -1;
    }
  }
  table.addEventListener("keydown", (event) => {
    const link = event.target.closest("td[class] > a");
    if (!link) return;
    if (event.key === " ") { event.preventDefault(); unfold(link); }
    if (event.key === "Escape") fold();
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!step) return;
    event.preventDefault();
    const rows = cases.filter(({ row }) => !row.hidden);
    const [down, across] = step;
    const from = rows.findIndex(({ row }) => row === link.closest("tr"));
    let column = link.parentElement.cellIndex + across;
    const cells = rows[from + down]?.cells ?? [];
    while (cells[column]?.hidden || (across && cells[column] && !cells[column].firstElementChild)) column += across || 1;
    cells[column]?.firstElementChild?.focus();
  });

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", show);
  document.getElementById("engines-wrapper").before(form);
  show();
}

/** The sign of a verdict, and its name. */
function verdictOf(data, name) {
  const { mark, title } = data.verdicts[name];
  const sign = make("span", { className: "mark", textContent: mark, ariaHidden: "true" });
  return make("span", { className: `verdict ${name}` }, ...(mark === title ? [] : [sign, " "]), title);
}

/** What one engine answers in one case. */
function panel(data, found, engine, address) {
  const { code, output, verdict, note, precision } = found.answers[engine];
  const { title, runs } = data.engines.find(({ name }) => name === engine);
  const { version } = runs[found.answers[engine].run];
  const said = make("p", {}, make("strong", { textContent: `${title} ${version}` }), precision ? `, ${precision}, ` : ", ", verdictOf(data, verdict), note ? `: ${note}` : "");
  const whole = make("div", { className: "engines-panel" }, said);
  if (code) whole.append(make("pre", { className: "engines-code", textContent: code, tabIndex: 0 }));
  if (output) whole.append(make("pre", { className: "engines-output", textContent: output, tabIndex: 0 }));
  whole.append(make("p", {}, make("a", { href: address, textContent: "The case, with its mathematics and all answers" })));
  return whole;
}

// Any two side by side

const place = document.getElementById("engines-compare");
if (place) {
  // The answers weigh more than the page; an address that carries a choice asks for them.
  const begin = () => load().then((data) => {
    const names = data.engines.map(({ name, title }) => [name, title]);
    const form = make("form", { className: "engines-filter" });
    const [one, other] = ["one", "other"].map((name, i) => {
      const select = make("select", { name }, ...names.map(([value, text]) => new Option(text, value)));
      select.selectedIndex = i;
      form.append(make("label", { textContent: i ? "with " : "Compare " }, select));
      return select;
    });
    const count = make("output");
    form.append(count);
    const rows = make("tbody");
    const heads = [make("th", { scope: "col", textContent: "Case" }), make("th", { scope: "col" }), make("th", { scope: "col" })];
    const shown = make("table", { className: "docutils engine-pair" }, make("caption", { textContent: "Where the two answers differ" }), make("thead", {}, make("tr", {}, ...heads)), rows);
    place.replaceChildren(form, make("div", { className: "table-wrapper docutils container" }, shown));
    const keep = remember(form);
    const show = () => {
      const pair = [one, other];
      pair.forEach(({ selectedOptions }, i) => (heads[i + 1].textContent = selectedOptions[0].textContent));
      const asked = data.cases.filter(({ answers: by }) => pair.every(({ value }) => by[value].code));
      const differing = asked.filter(({ answers: by }) => by[one.value].group !== by[other.value].group);
      rows.replaceChildren(...differing.map(({ name, question, address, answers: by }) =>
        make("tr", { id: name },
          make("th", { scope: "row" }, make("a", { href: new URL(`../${address}`, document.baseURI).href, textContent: question })),
          ...pair.map(({ value }) => make("td", {},
            make("code", { textContent: by[value].output }), " ", verdictOf(data, by[value].verdict))),
        )));
      count.textContent = `${differing.length} differ, of ${asked.length} that both answer`;
      keep();
    };
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", show);
    show();
  });
  if (location.search) begin();
  else place.replaceChildren(make("button", { type: "button", className: "engines-begin", textContent: "Choose two engines", onclick: begin }));
}
