"""How a net is taught: AdamW, with a rate that rises and falls to nothing in one cycle."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import nn


@dataclass
class Course:
    epochs: int
    batch: int
    rate: float
    """The highest."""
    decay: float
    rise: float
    """For which share of the steps the rate rises."""


def teach(
    net: nn.Module, count: int, course: Course, loss_of: Callable[[torch.Tensor], torch.Tensor], ended: Callable[[int], None] = lambda _: None
) -> None:
    """Shows `count` pictures in another order in every epoch; `loss_of` takes the numbers of a batch, `ended` that of an epoch."""
    steps = count // course.batch
    optimiser = torch.optim.AdamW(net.parameters(), lr=course.rate, weight_decay=course.decay)
    total = course.epochs * steps
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, course.rate, total_steps=total, pct_start=course.rise)
    for epoch in range(course.epochs):
        order = torch.randperm(count)
        for chosen in order[: steps * course.batch].split(course.batch):
            loss = loss_of(chosen)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
        ended(epoch)
