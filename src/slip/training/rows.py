"""Rows of boxes, filled in, scanned, and cut out as the reader cuts them out: `python rows.py STROKES SPLIT hard|office COUNT SEED OUT.npz`."""

import math
import pathlib
import sys
from dataclasses import dataclass

import cv2
import numpy as np

from hand import Strokes, Style, any_style, digit_ink, draw_line, fade, stamp
from junk import draw_junk
from paper import BOX_HIGH, BOX_WIDE, WEAR, box_lefts, print_boxes, print_comma, scanned

EMPTY, DASH, JUNK = 10, 11, 12

CUT_WIDE, CUT_HIGH, CUT_SCALE = 40, 48, 4.0
"""A box is cut out as 40 x 48 pixels at 4 pixels per mm: the box and 1.25 mm (1 mm above and below) around it. `cut-out.ts` has the same."""

SCALE = 10.0
"""Pixels per mm while drawing."""

LEFT, TOP, HIGH = 38.0, -4.5, 19.0
"""The strip that is drawn, in mm: its left edge on the slip, its top edge above the row's, its height."""


@dataclass
class Mix:
    """What rows are made of. Shares; dots per inch, each as likely as the others."""

    wear: tuple[float, float, float]
    bilevel: float
    junk: float
    dpi: tuple[int, ...]
    scaled: float
    """Of pages above 200 dpi, so many are brought down to it: the gateway does so with all."""
    miss: float
    """How far the boxes are from where they were found, in mm."""


MIXES = {
    "hard": Mix((0.25, 0.45, 0.3), 0.3, 0.16, (150, 170, 200, 200, 240, 300), 0.6, 0.3),
    "office": Mix((0.3, 0.5, 0.2), 0.45, 0.08, (150, 200, 200, 200, 200, 240, 300, 300, 300, 300, 300), 1, 0.27),
}


def any_text(rng, style: Style, mix: Mix) -> tuple[str, int, int]:
    """What is written into a row, one sign a box ('#' is junk); whole boxes, decimal boxes."""
    whole = int(rng.choice([4, 5, 6, 7, 8], p=[0.1, 0.3, 0.35, 0.15, 0.1]))
    decimals = min(8 - whole, int(rng.choice([0, 1, 2, 3], p=[0.75, 0.15, 0.05, 0.05])))
    lead = min(whole - 1, int(rng.geometric(0.45)) - 1)
    signs = list(style.lead * lead) + [str(d) for d in rng.integers(0, 10, whole - lead + decimals)]
    if rng.random() < 0.07:
        signs[int(rng.integers(len(signs)))] = " "
    if rng.random() < 0.04:
        signs = [" " if rng.random() < 0.8 else "-"] * len(signs)
    for i in range(len(signs)):
        if rng.random() < mix.junk * (1 if signs[i] not in " -" else 0.2):
            signs[i] = "#"
    return "".join(signs), whole, decimals


def write_row(layer: np.ndarray, text: str, lefts: list[float], strokes: Strokes, style: Style, rng) -> list[tuple[int, int]]:
    """Of each box its label and, where that is a digit of MNIST's, the digit's index; else -1."""
    labels = []
    for sign, left in zip(text, lefts):
        x = (left - LEFT + BOX_WIDE / 2 + style.offset[0] + rng.normal(0, style.jitter)) * SCALE
        y = (BOX_HIGH / 2 - TOP + style.offset[1] + rng.normal(0, style.jitter)) * SCALE
        if sign == "#":
            draw_junk(layer, x, y, SCALE, strokes, style, rng)
        elif sign == "-":
            half = rng.uniform(0.9, 2.9) * SCALE
            draw_line(layer, [(x - half, y + rng.normal(0, 3)), (x + half, y + rng.normal(0, 3))], style.pen * SCALE)
        elif sign != " ":
            stamp(layer, digit_ink(int(sign), style.height * rng.uniform(0.86, 1.12), SCALE, strokes, style, rng), x, y)
        label = {" ": EMPTY, "-": DASH, "#": JUNK}.get(sign)
        labels.append((label, -1) if label is not None else (int(sign), strokes.drawn))
    return labels


def stray(layer: np.ndarray, lefts: list[float], strokes: Strokes, style: Style, rng) -> None:
    """Ink of the neighbourhood that says nothing about a box: a digit above or below the row, a stroke between."""
    if rng.random() < 0.12:
        x = (rng.choice(lefts) - LEFT + rng.uniform(0, BOX_WIDE)) * SCALE
        y = (BOX_HIGH / 2 - TOP + rng.choice([-9.3, 9.3]) + rng.normal(0, 0.4)) * SCALE
        stamp(layer, digit_ink(int(rng.integers(10)), rng.uniform(3, 5), SCALE, strokes, style, rng), x, y)


def draw_strip(text: str, whole: int, decimals: int, strokes: Strokes, style: Style, wear: dict, bilevel: bool, rng):
    """A strip of paper with one row of boxes, in grey levels, and the labels of its boxes."""
    lefts = box_lefts(whole, decimals)
    wide = int((lefts[-1] + BOX_WIDE + 4 - LEFT) * SCALE)
    paper = np.ones((int(HIGH * SCALE), wide), np.float32)
    print_boxes(paper, [left - LEFT for left in lefts], -TOP, SCALE, rng.uniform(0.15, 0.45), rng.uniform(0.28, 0.8))
    if decimals:
        print_comma(paper, lefts[whole] - LEFT - 3.9, BOX_HIGH - TOP, SCALE)
    ink = np.zeros_like(paper)
    labels = write_row(ink, text, lefts, strokes, style, rng)
    stray(ink, lefts, strokes, style, rng)
    opacity = rng.uniform(*wear["ink"])
    grey = min(style.grey, 105) if bilevel else style.grey
    ink = fade(ink, style, rng) * max(opacity, 0.75 if bilevel else 0)
    base = rng.uniform(222, 255) * (paper * 0.93 + 0.07)
    return base * (1 - ink) + np.minimum(base, grey) * ink, labels


def scan_strip(strip: np.ndarray, wear: dict, bilevel: bool, mix: Mix, rng) -> tuple[np.ndarray, np.ndarray]:
    """The strip on a scanned page, and the matrix from mm of the strip to pixels of the page."""
    dpi = float(rng.choice(mix.dpi))
    step = dpi / 25.4 / SCALE
    high, wide = strip.shape
    angle = math.radians(rng.uniform(-4, 4) + rng.choice([0, 0, 180]))
    cos, sin = math.cos(angle) * step, math.sin(angle) * step
    page_wide, page_high = int(wide * step + 30), int(high * step + 0.07 * wide * step + 20)
    matrix = np.array([[cos, -sin, 0], [sin, cos, 0]])
    matrix[:, 2] = np.array([page_wide / 2, page_high / 2]) - matrix[:, :2] @ (wide / 2, high / 2)
    sharp = cv2.GaussianBlur(strip, (0, 0), 0.42 / step) if step < 1 else strip
    page = cv2.warpAffine(sharp, matrix, (page_wide, page_high), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    page = scanned(page, dpi, wear, bilevel, rng)
    if dpi > 200 and rng.random() < mix.scaled:
        less = 200 / dpi
        way = cv2.INTER_AREA if rng.random() < 0.7 else cv2.INTER_LINEAR
        page = cv2.resize(page, None, fx=less, fy=less, interpolation=way)
        matrix = matrix * less
    return page, matrix @ np.diag([SCALE, SCALE, 1])


def cut_out(page: np.ndarray, matrix: np.ndarray, left: float, top: float) -> np.ndarray:
    """One box, two samples a pixel each way."""
    us = (np.arange(CUT_WIDE * 2) + 0.5) / (CUT_SCALE * 2) + left + BOX_WIDE / 2 - CUT_WIDE / CUT_SCALE / 2
    vs = (np.arange(CUT_HIGH * 2) + 0.5) / (CUT_SCALE * 2) + top + BOX_HIGH / 2 - CUT_HIGH / CUT_SCALE / 2
    xs, ys = np.meshgrid(us, vs)
    px = matrix[0, 0] * xs + matrix[0, 1] * ys + matrix[0, 2] - 0.5
    py = matrix[1, 0] * xs + matrix[1, 1] * ys + matrix[1, 2] - 0.5
    fine = cv2.remap(page, px.astype(np.float32), py.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return fine.reshape(CUT_HIGH, 2, CUT_WIDE, 2).astype(np.float32).mean((1, 3))


def as_darkness(cuts: np.ndarray) -> np.ndarray:
    """A row's cut-outs as darkness 0..1 of that row: paper is each box's own, ink the darkest of the row."""
    paper = np.percentile(cuts, 80, axis=(1, 2), keepdims=True)
    darkest = -np.percentile(cuts - paper, 0.5)
    reach = max(darkest, 0.25 * float(paper.mean()), 4)
    return np.clip((paper - cuts) / reach, 0, 1.2) / 1.2


def draw_row(strokes: Strokes, mix: Mix, rng) -> tuple[np.ndarray, list[tuple[int, int]]]:
    style, wear = any_style(rng), WEAR[str(rng.choice(list(WEAR), p=mix.wear))]
    bilevel = rng.random() < mix.bilevel
    text, whole, decimals = any_text(rng, style, mix)
    strip, labels = draw_strip(text, whole, decimals, strokes, style, wear, bilevel, rng)
    page, matrix = scan_strip(strip, wear, bilevel, mix, rng)
    turn, grow, (dx, dy) = rng.normal(0, 0.004), 1 + rng.normal(0, 0.004), rng.normal(0, mix.miss, 2)
    middle = 40.0
    miss = np.array([[grow, -turn, dx + middle * (1 - grow)], [turn, grow, dy - middle * turn], [0, 0, 1]])
    found = matrix @ miss
    cuts = np.stack([cut_out(page, found, left - LEFT, -TOP) for left in box_lefts(whole, decimals)])
    return as_darkness(cuts), labels


def draw_rows(strokes: Strokes, mix: Mix, count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Pictures of boxes, and of each its label and its digit's index."""
    cv2.setNumThreads(1)
    rng = np.random.default_rng(seed)
    rows = [draw_row(strokes, mix, rng) for _ in range(count)]
    pictures = np.concatenate([cuts for cuts, _ in rows])
    return (pictures * 255 + 0.5).astype(np.uint8), np.concatenate([labels for _, labels in rows]).astype(np.int64)


if __name__ == "__main__":
    folder, split, mix, count, seed, out = sys.argv[1:]
    pictures, labels = draw_rows(Strokes(pathlib.Path(folder), split), MIXES[mix], int(count), int(seed))
    np.savez(out, pictures=pictures, labels=labels[:, 0], digits=labels[:, 1])
