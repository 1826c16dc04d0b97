// Runs the site's own Python, and Graphviz, away from the page.
// Messages in: { files }, then { formula, point }. Messages out: { loaded }, { ready }, { answer }, { failed }.

const here = new URL("live/", import.meta.url);
let answer;

const fetchAll = async (files) => {
  let loaded = 0;
  const fetchOne = async (name) => {
    const response = await fetch(new URL(name, here));
    if (!response.ok) throw new Error(`${name}: ${response.status} ${response.statusText}`);
    const chunks = [];
    for await (const chunk of chunksOf(response.body)) {
      chunks.push(chunk);
      postMessage({ loaded: (loaded += chunk.length) });
    }
    return [name, await unpacked(new Blob(chunks))];
  };
  return Object.fromEntries(await Promise.all(files.map(fetchOne)));
};

async function* chunksOf(stream) {
  const reader = stream.getReader();
  for (let read; !(read = await reader.read()).done; ) yield read.value;
}

// Packed while the site is built, unless the server has unpacked it on the way.
const unpacked = async (blob) => {
  const start = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
  if (start[0] !== 0x1f || start[1] !== 0x8b) return blob;
  return new Response(blob.stream().pipeThrough(new DecompressionStream("gzip"))).blob();
};

const address = (blob, type) => URL.createObjectURL(new Blob([blob], { type }));
const script = (blob) => import(address(blob, "text/javascript"));

const begin = async (files) => {
  const got = await fetchAll(files);
  const wasm = address(got["pyodide.asm.wasm.gz"], "application/wasm");
  const original = self.fetch;
  self.fetch = (what, ...more) =>
    original(String(what?.url ?? what).endsWith("pyodide.asm.wasm") ? wasm : what, ...more);

  const [{ loadPyodide }, { instance }, { default: createPyodideModule }] = await Promise.all(
    ["pyodide.mjs", "viz.js.gz", "pyodide.asm.mjs.gz"].map((name) => script(got[name])),
  );
  const [viz, pyodide] = await Promise.all([
    instance(),
    loadPyodide({
      indexURL: here.href,
      createPyodideModule,
      stdLibURL: address(got["python_stdlib.zip.gz"], "application/zip"),
      lockFileContents: await got["pyodide-lock.json"].text(),
    }),
  ]);
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
