#!/usr/bin/env bash
# Sphinx 9.0.4 with sphinxcontrib-bibtex 2.7.0: one small build asks all that is installed for plugins many times.
#
# importlib.metadata.entry_points keeps nothing: each call opens the file of entry points of every
# installed package anew, also for a single group and name. pybtex calls it at each find_plugin and,
# before it looks at force, at each register_plugin; a build of one page with one citation makes twelve
# such calls, and the next build, for which nothing has changed, eleven. With 160 packages a call takes
# 6 ms. A call is counted here by the one package that brings Sphinx's own theme, alabaster.
#
# Seen:
#   find_plugin, twice: 2
#   register_plugin(force=True): 1
#   first build, one citation: 12
#   second build, nothing changed: 11
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet sphinx==9.0.4 sphinxcontrib-bibtex==2.7.0 pybtex==0.26.1 \
  alabaster==1.0.0 pygments==2.20.0

mkdir "$folder/docs"
cat > "$folder/docs/conf.py" <<'PYTHON'
extensions = ["sphinxcontrib.bibtex"]
bibtex_bibfiles = ["works.bib"]
PYTHON
cat > "$folder/docs/works.bib" <<'BIB'
@book{giles, author = {Giles, M.}, title = {A book}, publisher = {A house}, year = {2008}}
BIB
cat > "$folder/docs/index.rst" <<'RST'
One citation
============

Seen :cite:p:`giles`.

.. bibliography::
RST

cat > "$folder/counted.py" <<'PYTHON'
import sys

opened = []


def note(event, about):
    if event == "open" and "alabaster" in str(about[0]) and "entry_points" in str(about[0]):
        opened.append(about[0])


sys.addaudithook(note)


def times(*steps):
    """Return how often the entry points of one package are read."""
    opened.clear()
    for step in steps:
        step()
    return len(opened)
PYTHON
cat > "$folder/plugins.py" <<'PYTHON'
from counted import times
from pybtex.plugin import find_plugin, register_plugin
from pybtex.style.formatting.unsrt import Style

group = "pybtex.style.formatting"
print("find_plugin, twice:", times(*[lambda: find_plugin(group, "unsrt")] * 2))
print("register_plugin(force=True):", times(lambda: register_plugin(group, "mine", Style, force=True)))
PYTHON
cat > "$folder/build.py" <<'PYTHON'
import sys

from counted import times
from sphinx.cmd.build import main

name, folder = sys.argv[1:]
print(f"{name}:", times(lambda: main(["-q", f"{folder}/docs", f"{folder}/out"])))
PYTHON

{
  "$folder/venv/bin/python" "$folder/plugins.py"
  "$folder/venv/bin/python" "$folder/build.py" "first build, one citation" "$folder"
  "$folder/venv/bin/python" "$folder/build.py" "second build, nothing changed" "$folder"
} | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
find_plugin, twice: 2
register_plugin(force=True): 1
first build, one citation: 12
second build, nothing changed: 11
SEEN
echo "as described"
