// Loads the site's own Python, for a worker: files of the site, with progress, and nothing from elsewhere.

const here = new URL("live/", import.meta.url);

/** Fetch files of the site, and say how many bytes have come. */
export const fetchAll = async (files, tell) => {
  let loaded = 0;
  const fetchOne = async (name) => {
    const response = await fetch(new URL(name, here));
    if (!response.ok) throw new Error(`${name}: ${response.status} ${response.statusText}`);
    const chunks = [];
    for await (const chunk of chunksOf(response.body)) {
      chunks.push(chunk);
      tell((loaded += chunk.length));
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

const address = (blob, type) => URL.createObjectURL(new Blob([blob].flat(), { type }));

/** Import a script that was fetched; `more` is put behind it. */
export const script = (blob, more = "") => import(address([blob, more], "text/javascript"));

/** Start Python from files that were fetched. */
export const start = async (got) => {
  const wasm = address(got["pyodide.asm.wasm.gz"], "application/wasm");
  const original = self.fetch;
  self.fetch = (what, ...more) =>
    original(String(what?.url ?? what).endsWith("pyodide.asm.wasm") ? wasm : what, ...more);
  const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all(
    ["pyodide.mjs", "pyodide.asm.mjs.gz"].map((name) => script(got[name])),
  );
  return loadPyodide({
    indexURL: here.href,
    createPyodideModule,
    stdLibURL: address(got["python_stdlib.zip.gz"], "application/zip"),
    lockFileContents: await got["pyodide-lock.json"].text(),
  });
};
