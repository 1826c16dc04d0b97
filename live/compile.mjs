// Writes Python's standard library anew: what the engines import stands in it compiled.
// Compiling those modules in the browser took most of the time until the first graph.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadPyodide } from "pyodide";

const near = (path) => fileURLToPath(new URL(path, import.meta.url));
const library = near("node_modules/pyodide/python_stdlib.zip");

const python = await loadPyodide();
python.FS.writeFile("/source.zip", readFileSync(library));
python.FS.mkdirTree("/site");
python.FS.mount(python.FS.filesystems.NODEFS, { root: near("../src") }, "/site");
python.runPython(`
import marshal
import sys
import zipfile
from importlib.util import MAGIC_NUMBER

sys.path.insert(0, "/site")
sys.dont_write_bytecode = True
import autodiff_notes.answering.messages
import autodiff_notes.tape.html

archive = next(path for path in sys.path if path.endswith(".zip"))
used = {getattr(module, "__file__", None) for module in sys.modules.values()}
with zipfile.ZipFile("/source.zip") as source, zipfile.ZipFile("/library.zip", "w") as library:
    for name in source.namelist():
        content = source.read(name)
        path = f"{archive}/{name}"
        if path in used:
            code = marshal.dumps(compile(content, path, "exec"))
            name, content = f"{name}c", MAGIC_NUMBER + bytes(12) + code
        library.writestr(zipfile.ZipInfo(name), content)
`);
writeFileSync(near("node_modules/python_stdlib.zip"), python.FS.readFile("/library.zip"));
