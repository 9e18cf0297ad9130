"""Three small nets over the same cut-out, unlike in build, so that they err differently."""

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


class Pooled(nn.Module):
    """Convolutions, pooled twice, a shortcut, and a hidden layer."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = nn.Sequential(
            layer(1, 20, 5, 2), layer(20, 24), nn.MaxPool2d(2), layer(24, 40), layer(40, 56), nn.MaxPool2d(2), Block(56)
        )
        self.judged = nn.Sequential(nn.Flatten(), nn.Dropout(0.3), nn.Linear(56 * 30, 72), nn.ReLU(), nn.Dropout(0.3), nn.Linear(72, CLASSES))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.judged(self.seen(x))


class Residual(nn.Module):
    """Strides in place of pooling, shortcuts, and maps weighed over the whole box."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = nn.Sequential(
            layer(1, 16, 5, 2), Block(16), layer(16, 32, 3, 2), Block(32), Block(32), layer(32, 64, 3, 2), Block(64)
        )
        self.judged = nn.Sequential(nn.Flatten(), nn.Dropout(0.4), nn.Linear(64 * 30, CLASSES))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.judged(self.seen(x))


class Half(nn.Module):
    """Half the resolution from the start, no shortcuts, and more maps."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = nn.Sequential(
            nn.AvgPool2d(2), layer(1, 32), layer(32, 32), nn.MaxPool2d(2), layer(32, 56), layer(56, 56), nn.MaxPool2d(2), layer(56, 72), layer(72, 72)
        )
        self.judged = nn.Sequential(nn.Flatten(), nn.Dropout(0.4), nn.Linear(72 * 30, CLASSES))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.judged(self.seen(x))


KINDS = {"pooled": Pooled, "residual": Residual, "half": Half}


class Together(nn.Module):
    """What is exported: darkness [n, 1, 48, 40] → probabilities [n, nets, 13], each net at its own temperature."""

    def __init__(self, nets: list[nn.Module], temperatures: list[float]) -> None:
        super().__init__()
        self.nets = nn.ModuleList(nets)
        self.temperatures = temperatures

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.stack([torch.softmax(net(x) / t, 1) for net, t in zip(self.nets, self.temperatures)], 1)
