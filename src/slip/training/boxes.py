"""The drawn boxes that nets learn from, and what they are to say of each."""

import pathlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from digits import SURE_FROM, doubtful
from hand import DOUBTFUL_TIMES
from learning import Course, teach
from net import CLASSES
from rows import DASH, EMPTY, JUNK

BATCH = 256

BFLOAT16 = any(flag in pathlib.Path("/proc/cpuinfo").read_text() for flag in ("avx512_bf16", "amx_bf16"))
"""Whether the processor knows it; where it does not, emulating it is twenty times as slow as doing without."""


@dataclass
class Boxes:
    pictures: torch.Tensor
    """uint8 [n, 48, 40]."""
    labels: torch.Tensor
    digits: torch.Tensor
    """Of each box the index of MNIST's digit in it, -1 where there is none."""

    def __len__(self) -> int:
        return len(self.labels)


def load(paths: Iterable[pathlib.Path]) -> Boxes:
    files = [np.load(path) for path in sorted(paths)]
    return Boxes(*(torch.from_numpy(np.concatenate([file[name] for file in files])) for name in ("pictures", "labels", "digits")))


def with_doubtful(boxes: Boxes, strokes: pathlib.Path) -> torch.Tensor:
    """Bool [n]: in which boxes a doubtful digit stands."""
    in_doubt = torch.from_numpy(doubtful(np.load(strokes / "doubts.npy"), np.load(strokes / "labels.npy")))
    return (boxes.digits >= 0) & in_doubt[boxes.digits.clamp_min(0)]


def labelled(boxes: Boxes, strokes: pathlib.Path) -> torch.Tensor:
    """Float [n, 13]: of each box its label; of a doubtful digit what plain nets take it for."""
    doubts = torch.from_numpy(np.load(strokes / "doubts.npy")).float()
    wanted = F.one_hot(boxes.labels, CLASSES).float()
    chosen = with_doubtful(boxes, strokes)
    wanted[chosen] = F.pad(doubts[boxes.digits[chosen]], (0, CLASSES - 10))
    return wanted


def order_as_in_life(boxes: Boxes, strokes: pathlib.Path) -> Callable[[], torch.Tensor]:
    """An order of boxes in which doubtful digits come as often as others: of those that were drawn of them other ones each time."""
    doubted_ones = with_doubtful(boxes, strokes)
    plain, few = (~doubted_ones).nonzero().squeeze(1), doubted_ones.nonzero().squeeze(1)

    def order() -> torch.Tensor:
        chosen = few[torch.randperm(len(few))[: len(few) // DOUBTFUL_TIMES]]
        every = torch.cat([plain, chosen])
        return every[torch.randperm(len(every))]

    return order


def doubted(wanted: torch.Tensor, labels: torch.Tensor, unseen: torch.Tensor) -> torch.Tensor:
    """
    The same; of a box that nets that did not see it are not sure of, half its label and half what they take it for. So a form is
    learnt as one that may be either, and never surely as what it is not. Junk stays junk, whatever it looks like.
    """
    chosen = (labels != JUNK) & (unseen[torch.arange(len(labels)), labels] < SURE_FROM)
    print(f"{chosen.sum().item()} boxes of {len(labels)} in doubt", flush=True)
    return torch.where(chosen.unsqueeze(1), (F.one_hot(labels, CLASSES) + unseen) / 2, wanted)


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


def as_input(pictures: torch.Tensor) -> torch.Tensor:
    return pictures.float().unsqueeze(1) / 255


def taught(
    net: nn.Module,
    pictures: torch.Tensor,
    wanted: torch.Tensor,
    course: Course,
    ended: Callable[[int, nn.Module], None],
    order_of: Callable[[], torch.Tensor] | None = None,
) -> nn.Module:
    """All pictures in any order, unless one is given."""
    net = net.to(memory_format=torch.channels_last)

    def loss_of(chosen: torch.Tensor) -> torch.Tensor:
        x = varied(as_input(pictures[chosen])).to(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16, enabled=BFLOAT16):
            logits = net(x)
        return F.cross_entropy(logits.float(), wanted[chosen])

    return teach(net, order_of or (lambda: torch.randperm(len(pictures))), course, loss_of, ended)


def logits_of(net: nn.Module, pictures: torch.Tensor) -> torch.Tensor:
    net.eval()
    with torch.no_grad():
        parts = [net(as_input(pictures[i : i + 1024])) for i in range(0, len(pictures), 1024)]
    net.train()
    return torch.cat(parts)


def told(logits: torch.Tensor, labels: torch.Tensor) -> str:
    right = logits.argmax(1) == labels
    share = lambda mask: f"{right[mask].float().mean().item():.4f}"
    loss = F.cross_entropy(logits, labels).item()
    return f"loss {loss:.4f} digits {share(labels < 10)} empty {share(labels == EMPTY)} dash {share(labels == DASH)} junk {share(labels == JUNK)}"
