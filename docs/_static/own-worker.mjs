// Derives and checks what a reader types, away from the page.
// Messages in: { files }, then { question, number }. Messages out: { loaded }, { ready }, { part, number }, { failed }.
import { fetchAll, script, start } from "./python.mjs";

let python, typeset, latest;

const begin = async (files) => {
  const got = await fetchAll(files, (loaded) => postMessage({ loaded }));
  const [{ default: temml }, pyodide] = await Promise.all([
    script(got["temml.js.gz"], "\nexport default temml;"),
    start(got),
  ]);
  python = pyodide.pyimport("autodiff_notes.answering.messages");
  const macros = { "\\d": "\\mathrm{d}", "\\tr": "\\operatorname{tr}" }; // as pages have them
  // The attributes of the outermost element are for Temml's own style sheet.
  typeset = (latex, display) =>
    temml
      .renderToString(latex, { displayMode: display, macros })
      .replace(/^<math[^>]*>/, display ? '<math display="block">' : "<math>");
};

// Between two parts a newer question may come; then this one ends.
const answer = async ({ question, number }) => {
  latest = number;
  const parts = python.messages(JSON.stringify(question), typeset);
  try {
    for (const part of parts) {
      postMessage({ part: JSON.parse(part), number });
      await new Promise((go) => setTimeout(go));
      if (latest !== number) return;
    }
    postMessage({ part: { done: true }, number });
  } finally {
    parts.destroy();
  }
};

self.onmessage = async ({ data }) => {
  try {
    if (data.files) {
      await begin(Object.keys(data.files));
      postMessage({ ready: true, words: JSON.parse(python.words()) });
    } else await answer(data);
  } catch (error) {
    // Of a traceback, the last line.
    postMessage({ failed: String(error.message ?? error).trim().split("\n").at(-1) });
  }
};
