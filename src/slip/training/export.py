"""Calibrates two trained nets on held-out boxes and writes them as one ONNX file: `python export.py SHARDS POOLED.pt RESIDUAL.pt OUT.onnx`."""

import pathlib
import sys

import torch
import torch.nn.functional as F

from nets import Both, Pooled, Residual
from train import load, logits_of, told


def temperature(logits: torch.Tensor, labels: torch.Tensor) -> float:
    """The temperature at which the held-out boxes are the least surprising."""
    tried = torch.linspace(0.6, 2.5, 96)
    return tried[torch.stack([F.cross_entropy(logits / t, labels) for t in tried]).argmin()].item()


def reliability(probabilities: torch.Tensor, labels: torch.Tensor) -> None:
    best, said = probabilities.max(1)
    for low, high in ((0, 0.5), (0.5, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 0.99), (0.99, 0.999), (0.999, 1.01)):
        chosen = (best >= low) & (best < high)
        if chosen.any():
            right = (said == labels)[chosen].float().mean().item()
            print(f"said {low:.3f}-{min(high, 1):.3f}: {chosen.sum().item():6d} boxes, mean {best[chosen].mean().item():.4f}, right {right:.4f}")


def export(shards: pathlib.Path, weights: list[str], out: str) -> None:
    pictures, labels = load(shards.glob("held-*.npz"))
    nets, temperatures, said = [Pooled(), Residual()], [], []
    for net, path in zip(nets, weights):
        net.load_state_dict(torch.load(path))
        logits = logits_of(net, pictures)
        net.eval()
        temperatures.append(temperature(logits, labels))
        said.append(torch.softmax(logits / temperatures[-1], 1))
        print(path, "temperature", round(temperatures[-1], 3), told(logits / temperatures[-1], labels))
    print("mean of both:", told(torch.stack(said).mean(0).log(), labels))
    reliability(torch.stack(said).mean(0), labels)
    both = Both(nets, temperatures).eval()
    torch.onnx.export(
        both, torch.zeros(2, 1, 48, 40), out, input_names=["darkness"], output_names=["probabilities"],
        dynamic_axes={"darkness": {0: "n"}, "probabilities": {0: "n"}}, opset_version=17,
    )
    print(out, pathlib.Path(out).stat().st_size, "bytes")


if __name__ == "__main__":
    shards, pooled, residual, out = sys.argv[1:]
    export(pathlib.Path(shards), [pooled, residual], out)
