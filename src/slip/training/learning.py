"""How a net is taught: AdamW, with a rate that rises and falls to nothing in one cycle; its weights are the mean of its last ones."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn


@dataclass
class Course:
    epochs: int
    batch: int
    rate: float
    """The highest."""
    decay: float
    rise: float
    """For which share of the steps the rate rises."""
    memory: int
    """Over about how many of the last steps the weights are averaged: that errs less where it is sure than the last weights."""


def teach(
    net: nn.Module,
    order_of: Callable[[], torch.Tensor],
    course: Course,
    loss_of: Callable[[torch.Tensor], torch.Tensor],
    ended: Callable[[int, nn.Module], None] = lambda _epoch, _net: None,
) -> nn.Module:
    """
    Shows pictures by their numbers, which `order_of` gives anew for every epoch, always as many; `loss_of` takes the numbers of a
    batch, `ended` that of an epoch and the net as it would be given then. Returns the net whose weights are the running mean of those
    of the last `course.memory` steps.
    """
    steps = len(order_of()) // course.batch
    optimiser = torch.optim.AdamW(net.parameters(), lr=course.rate, weight_decay=course.decay)
    total = course.epochs * steps
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, course.rate, total_steps=total, pct_start=course.rise)
    mean = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(1 - 1 / course.memory), use_buffers=True)
    for epoch in range(course.epochs):
        for chosen in order_of()[: steps * course.batch].split(course.batch):
            loss = loss_of(chosen)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            mean.update_parameters(net)
        ended(epoch, mean.module)
    return mean.module
