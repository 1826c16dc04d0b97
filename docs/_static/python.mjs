// Starts the site's own Python, for a worker: files of the site, with progress, and nothing from elsewhere.

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

/** Yield the data that a WebAssembly module brings, with the place in memory to which each piece goes. */
function* pieces(wasm) {
  const DATA = 11;
  let at = 8; // behind the magic number and the version
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < wasm.length) {
    const section = wasm[at++];
    const end = number() + at;
    if (section === DATA) {
      for (let count = number(); count > 0; count--) {
        at += 2; // an active piece, and i32.const
        const place = number();
        at += 1; // the end of that expression
        const length = number();
        yield [place, wasm.subarray(at, at + length)];
        at += length;
      }
    }
    at = end;
  }
}

/** Take out of a copy of Python's memory, or put back, what its module brings anyway. */
export const unfilled = (copy, wasm) => {
  const memory = copy.subarray(new Uint32Array(copy.buffer, copy.byteOffset)[1]); // behind its header
  for (const [place, piece] of pieces(wasm)) for (let i = 0; i < piece.length; i++) memory[place + i] ^= piece[i];
  return copy;
};

/** Start Python from files that were fetched: from a copy of its memory, with everything imported. */
export const start = async (got) => {
  const wasm = address(got["pyodide.asm.wasm.gz"], "application/wasm");
  const original = self.fetch;
  self.fetch = (what, ...more) =>
    original(String(what?.url ?? what).endsWith("pyodide.asm.wasm") ? wasm : what, ...more);
  const bytes = async (name) => new Uint8Array(await got[name].arrayBuffer());
  const [{ loadPyodide }, { default: create }, packed, module] = await Promise.all([
    script(got["pyodide.mjs"]),
    script(got["pyodide.asm.mjs.gz"]),
    bytes("python.bin.gz"),
    bytes("pyodide.asm.wasm.gz"),
  ]);
  const copy = unfilled(packed, module);
  // Through which function Python calls others depends on the browser: WebKit lacks the one of the copy.
  const createPyodideModule = async (settings) => {
    const python = await create(settings);
    const place = python.__PyRuntime + python.HEAP32[python.__PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET / 4];
    const memory = new DataView(copy.buffer, copy.byteOffset);
    memory.setInt32(memory.getUint32(4, true) + place, python.HEAP32[place / 4], true);
    return python;
  };
  return loadPyodide({
    indexURL: here.href,
    createPyodideModule,
    stdLibURL: address([], "application/zip"), // all of it that is used is in memory
    lockFileContents: await got["pyodide-lock.json"].text(),
    _loadSnapshot: copy,
  });
};
