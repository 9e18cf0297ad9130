"""Trains the net, then what it is to doubt, and then how rarely: `python train.py SHARDS STROKES UNSEEN-0.npy UNSEEN-1.npy OUT.pt`."""

import copy
import pathlib
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.optim.swa_utils import AveragedModel, update_bn

from boxes import BATCH, Boxes, as_input, doubted, labelled, load, logits_of, order_as_in_life, taught, told, varied
from learning import Course
from net import CLASSES, DigitNet

FIRST = Course(epochs=6, batch=BATCH, rate=2.5e-3, decay=0.02, rise=0.1, memory=1500)
DOUBTING = Course(epochs=2, batch=BATCH, rate=2e-3, decay=0.02, rise=0.1, memory=1000)
AS_IN_LIFE = Course(epochs=3, batch=BATCH, rate=2e-3, decay=0.02, rise=0.1, memory=1000)

MEASURED = 24_000
"""So many boxes tell the statistics of the layers of a net whose weights were not taught but averaged."""


def midway(one: nn.Module, other: nn.Module, pictures: torch.Tensor) -> nn.Module:
    """The net whose weights are the mean of two, one of which was taught on from the other."""
    mean = AveragedModel(one)
    mean.update_parameters(one)
    mean.update_parameters(other)
    chosen = torch.randperm(len(pictures))[:MEASURED]
    update_bn((varied(as_input(pictures[some])) for some in chosen.split(BATCH)), mean)
    return mean.module


def train(boxes: Boxes, held: Boxes, strokes: pathlib.Path, unseen: torch.Tensor) -> nn.Module:
    begun = time.monotonic()

    def ended(epoch: int, mean: nn.Module) -> None:
        print(epoch, told(logits_of(mean, held.pictures), held.labels), f"{time.monotonic() - begun:.0f} s", flush=True)

    wanted = labelled(boxes, strokes)
    first = taught(DigitNet(), boxes.pictures, wanted, FIRST, ended)
    doubting = taught(copy.deepcopy(first), boxes.pictures, doubted(wanted, boxes.labels, unseen), DOUBTING, ended)
    between = midway(first, doubting, boxes.pictures)
    half = (F.one_hot(boxes.labels, CLASSES) + wanted) / 2
    in_life = taught(copy.deepcopy(between), boxes.pictures, half, AS_IN_LIFE, ended, order_as_in_life(boxes, strokes))
    return midway(between, in_life, boxes.pictures)


if __name__ == "__main__":
    shards, strokes, *halves, out = (pathlib.Path(path) for path in sys.argv[1:])
    torch.manual_seed(1)
    boxes, held = load(shards.glob("train-*.npz")), load(shards.glob("held-*.npz"))
    print(len(boxes), "boxes", flush=True)
    unseen = torch.from_numpy(sum(np.load(half).astype(np.float32) for half in halves))
    torch.save(train(boxes, held, strokes, unseen).state_dict(), out)
