"""Trains the net: `python train.py SHARDS STROKES EPOCHS SEED OUT.pt`."""

import pathlib
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

from digits import doubtful
from learning import Course, teach
from net import CLASSES, DigitNet

BATCH = 256


def load(paths) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Of each box the picture, the label and the index of MNIST's digit in it, -1 where there is none."""
    files = [np.load(path) for path in sorted(paths)]
    pictures, labels, digits = (torch.from_numpy(np.concatenate([file[name] for file in files])) for name in ("pictures", "labels", "digits"))
    return pictures, labels, digits


def targets(labels: torch.Tensor, digits: torch.Tensor, strokes: pathlib.Path) -> torch.Tensor:
    """What a net should say of each box: its label; of a doubtful digit what plain nets take it for."""
    doubts = np.load(strokes / "doubts.npy")
    in_doubt = torch.from_numpy(doubtful(doubts, np.load(strokes / "labels.npy")))
    wanted = F.one_hot(labels, CLASSES).float()
    chosen = (digits >= 0) & in_doubt[digits.clamp_min(0)]
    wanted[chosen] = F.pad(torch.from_numpy(doubts).float()[digits[chosen]], (0, CLASSES - 10))
    return wanted


def varied(x: torch.Tensor) -> torch.Tensor:
    """Each picture a little turned, stretched, moved, and two in three lightened and grained: seen anew in every epoch."""
    n = len(x)
    turn, grow, wide = torch.randn(n) * 0.035, 1 + torch.randn(n) * 0.04, 1 + torch.randn(n) * 0.03
    grid = torch.zeros(n, 2, 3)
    grid[:, 0, 0], grid[:, 0, 1] = grow * wide * torch.cos(turn), -torch.sin(turn) * 1.2
    grid[:, 1, 0], grid[:, 1, 1] = torch.sin(turn) / 1.2, grow * torch.cos(turn)
    grid[:, 0, 2], grid[:, 1, 2] = torch.randn(n) * 0.04, torch.randn(n) * 0.035
    x = F.grid_sample(x, F.affine_grid(grid, list(x.shape), align_corners=False), align_corners=False, padding_mode="border")
    # Paper without a speck stays so: of two levels a scanner may leave nothing of an empty box, not even its outline.
    grained = (torch.rand(n, 1, 1, 1) < 2 / 3).float()
    x = x * (1 + torch.randn(n, 1, 1, 1) * 0.08) + grained * torch.randn(n, 1, 1, 1) * 0.015
    return (x + torch.randn_like(x) * grained * (0.05 * torch.rand(n, 1, 1, 1))).clamp(0, 1)


def logits_of(net, pictures: torch.Tensor) -> torch.Tensor:
    net.eval()
    with torch.no_grad():
        parts = [net(pictures[i : i + 1024].float().unsqueeze(1) / 255) for i in range(0, len(pictures), 1024)]
    net.train()
    return torch.cat(parts)


def told(logits: torch.Tensor, labels: torch.Tensor) -> str:
    right = logits.argmax(1) == labels
    share = lambda mask: f"{right[mask].float().mean().item():.4f}"
    loss = F.cross_entropy(logits, labels).item()
    return f"loss {loss:.4f} digits {share(labels < 10)} empty {share(labels == 10)} dash {share(labels == 11)} junk {share(labels == 12)}"


def train(shards: pathlib.Path, strokes: pathlib.Path, epochs: int, seed: int, out: pathlib.Path) -> None:
    torch.manual_seed(seed)
    pictures, labels, digits = load(shards.glob("train-*.npz"))
    wanted = targets(labels, digits, strokes)
    held, held_labels, _ = load(shards.glob("held-*.npz"))
    net = DigitNet().to(memory_format=torch.channels_last)
    print(sum(p.numel() for p in net.parameters()), "weights,", len(labels), "boxes", flush=True)
    begun = time.monotonic()

    def loss_of(chosen: torch.Tensor) -> torch.Tensor:
        x = varied(pictures[chosen].float().unsqueeze(1) / 255).to(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16):
            logits = net(x)
        return F.cross_entropy(logits.float(), wanted[chosen])

    def ended(epoch: int, mean: torch.nn.Module) -> None:
        print(epoch, told(logits_of(mean, held), held_labels), f"{time.monotonic() - begun:.0f} s", flush=True)
        torch.save(mean.state_dict(), out)

    teach(net, len(labels), Course(epochs, BATCH, rate=2.5e-3, decay=0.02, rise=0.1, memory=1500), loss_of, ended)


if __name__ == "__main__":
    # Two threads add up in another order each time.
    torch.set_num_threads(1)
    shards, strokes, epochs, seed, out = sys.argv[1:]
    train(pathlib.Path(shards), pathlib.Path(strokes), int(epochs), int(seed), pathlib.Path(out))
