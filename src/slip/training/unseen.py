"""What nets take boxes for that they did not see: `python unseen.py SHARDS STROKES HALF OUT.npy`, HALF 0 or 1.

Writes float16 [n, 13]: of each box of that half what a net says of it that learnt from the other half, of the others zeros. No
digit of MNIST's is in both halves.
"""

import pathlib
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

from boxes import BATCH, Boxes, labelled, load, logits_of, taught, told
from learning import Course
from net import CLASSES, DigitNet

COURSE = Course(epochs=3, batch=BATCH, rate=2.5e-3, decay=0.02, rise=0.1, memory=500)


def half_of(boxes: Boxes) -> torch.Tensor:
    return torch.where(boxes.digits >= 0, boxes.digits, torch.arange(len(boxes))) % 2


def unseen(shards: pathlib.Path, strokes: pathlib.Path, half: int) -> np.ndarray:
    torch.manual_seed(half)
    boxes = load(shards.glob("train-*.npz"))
    wanted = labelled(boxes, strokes)
    judged = half_of(boxes) == half
    begun = time.monotonic()
    net = taught(
        DigitNet(16, 32, 56), boxes.pictures[~judged], wanted[~judged], COURSE,
        lambda epoch, _: print(half, epoch, f"{time.monotonic() - begun:.0f} s", flush=True),
    )
    logits = logits_of(net, boxes.pictures[judged])
    print(half, told(logits, boxes.labels[judged]), flush=True)
    every = np.zeros((len(boxes), CLASSES), np.float16)
    every[judged.numpy()] = F.softmax(logits, 1).numpy()
    return every


if __name__ == "__main__":
    shards, strokes, half, out = sys.argv[1:]
    np.save(out, unseen(pathlib.Path(shards), pathlib.Path(strokes), int(half)))
