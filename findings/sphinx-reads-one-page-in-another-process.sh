#!/usr/bin/env bash
# Sphinx 9.0.4: with -j 2 a single changed page is read by a process of its own.
#
# Nothing is won where there is one page: the process gets the whole environment by its fork, and
# sends it back, pickled. For a small change -j makes a build slower, the more so the larger the
# project is. (An extension can set app.parallel to 1 in env-before-read-docs.)
#
# Seen, one page that changed, who reads it:
#   -j 1: the process of the build
#   -j 2: another process
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir source
cat > source/conf.py <<'PYTHON'
import os

BUILD = os.getpid()


def tell(app, name, text):
    if name == "page":
        who = "the process of the build" if os.getpid() == BUILD else "another process"
        with open("seen.txt", "w", encoding="utf-8") as file:
            file.write(who)


def setup(app):
    app.connect("source-read", tell)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
PYTHON
printf 'Home\n====\n\n.. toctree::\n\n   page\n' > source/index.rst

python3 -m venv venv
venv/bin/python -m pip install --quiet sphinx==9.0.4
for number in 1 2; do
  rm -rf built
  printf 'Page\n====\n\nA word.\n' > source/page.rst
  venv/bin/python -m sphinx -q -j "$number" source built
  printf 'Page\n====\n\nAnother word.\n' > source/page.rst
  venv/bin/python -m sphinx -q -j "$number" source built
  echo "-j $number: $(cat seen.txt)"
done | tee all.txt
diff all.txt - <<'SEEN'
-j 1: the process of the build
-j 2: another process
SEEN
echo "as described"
