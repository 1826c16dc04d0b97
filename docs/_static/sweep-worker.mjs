// Runs the site's own Python, and Graphviz, away from the page.
// Messages in: { files }, then { formula, point }. Messages out: { loaded }, { ready }, { answer }, { failed }.
import { fetchAll, script, start } from "./python.mjs";

let answer;

const begin = async (files) => {
  const got = await fetchAll(files, (loaded) => postMessage({ loaded }));
  const graphviz = async () => (await script(got["viz.js.gz"])).instance();
  const [viz, pyodide] = await Promise.all([graphviz(), start(got)]);
  pyodide.FS.mkdirTree("/site/autodiff_notes/tape");
  for (const name of files.filter((name) => name.endsWith(".py")))
    pyodide.FS.writeFile(`/site/autodiff_notes/tape/${name}`, await got[name].text());
  pyodide.runPython("import sys; sys.path.insert(0, '/site')");
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
