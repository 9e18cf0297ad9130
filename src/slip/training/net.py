"""A small net over the cut-out of a box."""

import torch
from torch import nn

CLASSES = 13


def layer(inputs: int, outputs: int, size: int = 3, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, size, stride, size // 2, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)
    )


class Block(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = layer(width, width)
        self.second = nn.Sequential(nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.relu(x + self.second(self.first(x)))


class DigitNet(nn.Module):
    """Strides in place of pooling, shortcuts, and maps weighed over the whole box."""

    def __init__(self, near: int = 24, middle: int = 48, far: int = 80) -> None:
        super().__init__()
        self.seen = nn.Sequential(
            layer(1, near, 5, 2), Block(near),
            layer(near, middle, 3, 2), Block(middle), Block(middle),
            layer(middle, far, 3, 2), Block(far), Block(far),
        )
        self.judged = nn.Sequential(nn.Flatten(), nn.Dropout(0.4), nn.Linear(far * 30, CLASSES))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.judged(self.seen(x))


class Calibrated(nn.Module):
    """What is exported: darkness [n, 1, 48, 40] → probabilities [n, 13], at the temperature that fits the net."""

    def __init__(self, net: nn.Module, temperature: float) -> None:
        super().__init__()
        self.net = net
        self.temperature = temperature

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.softmax(self.net(x) / self.temperature, 1)
