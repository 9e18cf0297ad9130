"""Calibrates the trained net on held-out boxes and writes it as an ONNX file: `python export.py SHARDS NET.pt OUT.onnx`."""

import pathlib
import sys

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper

from boxes import load, logits_of, told
from net import Calibrated, DigitNet


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


def halve(model: onnx.ModelProto) -> None:
    """
    Keeps the weights of the last layers as numbers of two bytes, which the runtime widens once, when it opens the file. (Of all
    layers it would take 60 MB a thread to do so.)
    """
    graph, widened = model.graph, []
    for weights in graph.initializer:
        if weights.data_type == TensorProto.FLOAT and len(weights.dims) == 2:
            name = weights.name
            weights.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(weights).astype(np.float16), f"{name}.half"))
            widened.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
    nodes = [*widened, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(model)


def export(shards: pathlib.Path, weights: pathlib.Path, out: pathlib.Path) -> None:
    held = load(shards.glob("held-*.npz"))
    net = DigitNet()
    net.load_state_dict(torch.load(weights))
    logits = logits_of(net, held.pictures)
    fitting = temperature(logits, held.labels)
    print("temperature", round(fitting, 3), told(logits / fitting, held.labels))
    reliability(torch.softmax(logits / fitting, 1), held.labels)
    torch.onnx.export(
        Calibrated(net, fitting).eval(), torch.zeros(2, 1, 48, 40), out, input_names=["darkness"], output_names=["probabilities"],
        dynamic_axes={"darkness": {0: "n"}, "probabilities": {0: "n"}}, opset_version=17,
    )
    model = onnx.load(out)
    halve(model)
    onnx.save(model, out)
    print(out, out.stat().st_size, "bytes")


if __name__ == "__main__":
    export(*(pathlib.Path(path) for path in sys.argv[1:]))
