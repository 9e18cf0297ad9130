"""Averages the weights of one net at the ends of several parts of its training: `python average.py KIND SHARDS OUT.pt PART.pt…`."""

import pathlib
import sys

import torch
from torch import nn

from nets import KINDS
from train import BATCH, load, varied

BATCHES = 40
"""The statistics of the averaged net's layers are its own, so they are taken anew, over so many batches."""


def averaged(parts: list[dict]) -> dict:
    mean = lambda name: torch.stack([part[name].double() for part in parts]).mean(0).to(parts[0][name].dtype)
    return {name: mean(name) if value.is_floating_point() else value for name, value in parts[0].items()}


def average(kind: str, shards: pathlib.Path, out: str, paths: list[str]) -> None:
    torch.manual_seed(5)
    pictures, *_ = load(sorted(shards.glob("train-*.npz"))[-1:])
    net = KINDS[kind]()
    net.load_state_dict(averaged([torch.load(path) for path in paths]))
    for layer in net.modules():
        if isinstance(layer, nn.BatchNorm2d):
            layer.reset_running_stats()
            layer.momentum = None
    with torch.no_grad():
        for _ in range(BATCHES):
            net(varied(pictures[torch.randint(len(pictures), (BATCH,))].float().unsqueeze(1) / 255))
    torch.save(net.state_dict(), out)


if __name__ == "__main__":
    torch.set_num_threads(1)
    kind, shards, out, *paths = sys.argv[1:]
    average(kind, pathlib.Path(shards), out, paths)
