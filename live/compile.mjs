// Writes python.bin: the memory of a Python that has imported what the pages use, and has answered once.
// To start and to import took most of the time until a first answer; a copy of the memory is there at once.
// Files are written into the folder that is named, or node_modules. The same sources give the same bytes: the clock stands still, and nothing is random.
import crypto from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { unfilled } from "../docs/_static/python.mjs";

const near = (path) => fileURLToPath(new URL(path, import.meta.url));
const target = process.argv[2] ?? near("node_modules");
const zeros = (numbers) => numbers.fill(0);
Date.now = performance.now = () => 0;
crypto.randomFillSync = globalThis.crypto.getRandomValues = zeros;
Object.defineProperty(globalThis, "navigator", { value: { userAgent: "Node.js" } }); // with a version, it would lie in the memory
process.argv.splice(1, Infinity, "compile.mjs"); // with its folder, it would lie there, too
process.env.TZ = "UTC";
const env = { PYTHONHASHSEED: "0" };
const { loadPyodide } = await import("pyodide");

const ASK = `
import json
import autodiff_notes.tape.html
from autodiff_notes.answering.messages import messages

for question in (
    {"way": "derive", "function": "norm2(A*x-y)^2"},
    {"way": "lines", "lines": "d(x @ A @ x)\\n= 2 * A @ d(x)"},
    {"way": "claim", "function": "x'*A*x", "claim": "2*A*x"},
    {"way": "derive", "function": "x + ("},
):
    list(messages(json.dumps(question), lambda latex, display: latex))
`;

// One Python compiles, for what that leaves behind would lie in the memory of the other. It asks, too:
// a module that nobody imports would leave its name and its size there.
const compiler = await loadPyodide({ env });
compiler.FS.writeFile("/source.zip", readFileSync(near("node_modules/pyodide/python_stdlib.zip")));
compiler.FS.mkdirTree("/site");
compiler.FS.mount(compiler.FS.filesystems.NODEFS, { root: near("../src") }, "/site");
const imported = compiler.runPython(`
import ast
import marshal
import sys
import zipfile
from importlib.util import MAGIC_NUMBER
from pathlib import Path

READ = "autodiff_notes/evaluation/functions.py"  # its text is the code of words that torch lacks
UNUSED = ("ssl.", "lzma.", "bz2.", "compression/")  # what imports them does without
archive = next(path for path in sys.path if path.endswith(".zip"))

def lean(code):
    # Without the table of lines, which only a traceback reads.
    parts = (lean(part) if hasattr(part, "co_code") else part for part in code.co_consts)
    return code.replace(co_linetable=b"", co_consts=tuple(parts))

def write(library, name, content):
    tree = ast.parse(content)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node, False):
            node.body[:1] = [] if node.body[1:] else [ast.copy_location(ast.Pass(), node.body[0])]
    code = compile(tree, f"{archive}/{name}", "exec", dont_inherit=True)
    library.writestr(zipfile.ZipInfo(f"{name}c"), MAGIC_NUMBER + bytes(12) + marshal.dumps(lean(code)))

sys.path.insert(0, "/site")
sys.dont_write_bytecode = True
${ASK}
ours = [module.__file__ for name, module in sys.modules.items() if name.startswith("autodiff_notes")]
ours = sorted([READ, *(file.removeprefix("/site/") for file in ours)])

with zipfile.ZipFile("/source.zip") as source, zipfile.ZipFile("/library.zip", "w") as library:
    for name in sorted(source.namelist()):
        if name.endswith(".py") and not name.startswith(UNUSED):
            write(library, name, source.read(name))
    for name in ours:
        content = Path("/site", name).read_bytes()
        write(library, name, content)
        if name == READ:
            library.writestr(zipfile.ZipInfo(name), content)
"\\n".join(ours)
`);
writeFileSync(`${target}/library.zip`, compiler.FS.readFile("/library.zip"));

const python = await loadPyodide({ env, stdLibURL: `${target}/library.zip`, _makeSnapshot: true });
python.runPython(`
import gc
import random
${ASK}
random.seed(0)
del question
gc.collect()
`);
writeFileSync(`${target}/imported.txt`, imported);
const wasm = readFileSync(near("node_modules/pyodide/pyodide.asm.wasm"));
writeFileSync(`${target}/python.bin`, unfilled(python.makeMemorySnapshot(), wasm));
