"""What plain nets take a training digit for that they did not see: `python doubts.py MNIST-DATA STROKES`.

Writes `doubts.npy`, float16 [60000, 10]: of each digit of the `train` split the mean of what a net says of its picture and of
its centre line drawn thin; of every other digit, nothing (zeros). A digit that such nets take for another may be one to people
too, and to a reader that knows no better it must not be plain.
"""

import pathlib
import sys

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from digits import CENTRE_SCALE, images_and_labels
from learning import Course, teach
from net import layer

PARTS = 3
"""Each third of the digits is judged by a net that learnt from the other two."""

COURSE = Course(epochs=4, batch=128, rate=3e-3, decay=0.01, rise=0.3, memory=1)


def plain_net() -> nn.Sequential:
    return nn.Sequential(
        layer(1, 16), nn.MaxPool2d(2), layer(16, 32), nn.MaxPool2d(2), layer(32, 48),
        nn.Flatten(), nn.Dropout(0.3), nn.Linear(48 * 49, 10),
    )


def thin(centre: np.ndarray) -> np.ndarray:
    """The centre line as a pen of MNIST's grid draws it that is a pixel and a half wide, 0..1."""
    drawn = np.clip((2.1 - centre.astype(np.float32) / CENTRE_SCALE) / 0.75 + 0.5, 0, 1)
    small = cv2.resize(drawn, (28, 28), interpolation=cv2.INTER_AREA)
    return small / max(float(small.max()), 1e-3)


def moved(x: torch.Tensor) -> torch.Tensor:
    """Each picture turned, stretched and shifted a little."""
    n = len(x)
    turn, grid = torch.randn(n) * 0.12, torch.zeros(n, 2, 3)
    grid[:, 0, 0], grid[:, 1, 1] = 1 + torch.randn(n) * 0.08, 1 + torch.randn(n) * 0.08
    grid[:, 0, 1], grid[:, 1, 0] = turn, -turn
    grid[:, :, 2] = torch.randn(n, 2) * 0.06
    return F.grid_sample(x, F.affine_grid(grid, list(x.shape), align_corners=False), align_corners=False)


def taught(pictures: torch.Tensor, labels: torch.Tensor) -> nn.Module:
    net = plain_net().to(memory_format=torch.channels_last)

    def loss_of(chosen: torch.Tensor) -> torch.Tensor:
        return F.cross_entropy(net(moved(pictures[chosen]).to(memory_format=torch.channels_last)), labels[chosen])

    return teach(net, lambda: torch.randperm(len(labels)), COURSE, loss_of).eval()


def doubts(mnist_data: pathlib.Path, strokes: pathlib.Path) -> np.ndarray:
    torch.manual_seed(0)
    images, labels = images_and_labels(mnist_data)
    train = np.load(strokes / "split-train.npy")
    centres = np.load(strokes / "centres.npy", mmap_mode="r")
    usual = torch.from_numpy(images[train].astype(np.float32) / 255).unsqueeze(1)
    drawn = torch.from_numpy(np.stack([thin(centres[index]) for index in train])).unsqueeze(1)
    truth = torch.from_numpy(labels[train].astype(np.int64))
    said = torch.zeros(len(train), 10)
    part = torch.arange(len(train)) % PARTS
    for k in range(PARTS):
        seen, judged = part != k, part == k
        net = taught(torch.cat([usual[seen], drawn[seen]]), truth[seen].repeat(2))
        with torch.no_grad():
            said[judged] = (F.softmax(net(usual[judged]), 1) + F.softmax(net(drawn[judged]), 1)) / 2
    print(f"taken for what it is: {(said.argmax(1) == truth).float().mean().item():.4f}")
    every = np.zeros((len(labels), 10), np.float16)
    every[train] = said.numpy()
    return every


if __name__ == "__main__":
    mnist_data, strokes = (pathlib.Path(path) for path in sys.argv[1:])
    np.save(strokes / "doubts.npy", doubts(mnist_data, strokes))
