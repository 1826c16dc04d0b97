// Runs the site's own Python, and Graphviz, away from the page.
// Messages in: { files }, then { formula, point }. Messages out: { loaded }, { ready }, { answer }, { failed }.
import { fetchAll, script, start } from "./python.mjs";

let answer;

const begin = async (files) => {
  const got = await fetchAll(files, (loaded) => postMessage({ loaded }));
  const graphviz = async () => (await script(got["viz.js.gz"])).instance();
  const [viz, pyodide] = await Promise.all([graphviz(), start(got)]);
  const layout = (source) => viz.renderString(source, { format: "plain" });
  const python = pyodide.pyimport("autodiff_notes.tape.html");
  answer = (formula, point) => python.answer(formula, point, layout);
};

self.onmessage = async ({ data }) => {
  try {
    if (data.files) {
      await begin(Object.keys(data.files));
      postMessage({ ready: true });
    } else {
      postMessage({ answer: JSON.parse(answer(data.formula, data.point)) });
    }
  } catch (error) {
    postMessage({ failed: String(error.message ?? error) });
  }
};
