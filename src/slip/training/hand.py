"""A hand with a pen: digits drawn from MNIST's strokes, or in the forms that are usual in Russia and rare in MNIST."""

import math
import pathlib
from dataclasses import dataclass, replace

import cv2
import numpy as np

from digits import CENTRE_SCALE, EDGE_SCALE, EDGE_ZERO, GRID, doubtful

FAR = 255 / CENTRE_SCALE


DOUBTFUL_TIMES = 9
"""A doubtful digit is drawn so many times as often as another."""


class Strokes:
    """The prepared strokes of one split; `drawn` is the index of the digit drawn last, -1 if it was none of MNIST's."""

    def __init__(self, folder: pathlib.Path, split: str):
        read = lambda name: np.load(folder / f"{name}.npy", mmap_mode="r")
        self.centres, self.edges = read("centres"), read("edges")
        self.boxes, self.whole, labels = read("boxes"), read("whole"), read("labels")
        self.drawn = -1
        chosen = np.load(folder / f"split-{split}.npy")
        chosen = np.repeat(chosen, np.where(doubtful(read("doubts"), labels)[chosen], DOUBTFUL_TIMES, 1))
        self.of_digit = [chosen[labels[chosen] == digit] for digit in range(10)]


@dataclass
class Style:
    """How one person writes on one slip. Millimetres and radians."""

    pen: float
    height: float
    aspect: float
    slant: float
    turn: float
    wobble: float
    jitter: float
    offset: tuple[float, float]
    redrawn: float
    """Share of digits drawn along their centre line; the others keep MNIST's own thick and thin."""
    grey: float
    skips: float
    lead: str
    """What stands before the first digit: ' ', '0' or '-'."""


def any_style(rng: np.random.Generator) -> Style:
    kind = rng.random()
    grey = rng.normal(52, 16) if kind < 0.6 else rng.normal(34, 10) if kind < 0.85 else rng.uniform(65, 140)
    return Style(
        pen=float(np.clip(rng.normal(0.52, 0.15), 0.25, 1.1)),
        height=float(np.clip(rng.normal(6.9, 0.95), 4.2, 9.4)),
        aspect=rng.uniform(0.75, 1.18),
        slant=rng.normal(0.06, 0.14),
        turn=rng.normal(0, 0.04),
        wobble=rng.uniform(0.2, 1.3),
        jitter=rng.uniform(0.1, 0.7),
        offset=(rng.normal(0, 0.4), rng.normal(0, 0.45)),
        redrawn=1.0 if rng.random() < 0.75 else 0.0,
        grey=float(np.clip(grey, 5, 150)),
        skips=rng.uniform(0.05, 0.4) if rng.random() < 0.35 else 0.0,
        lead=str(rng.choice([" ", "0", "-"], p=[0.6, 0.2, 0.2])),
    )


def bow(a, b, bend: float, rng) -> np.ndarray:
    """From a to b, bent aside by about `bend`."""
    a, b = np.asarray(a, float), np.asarray(b, float)
    middle = (a + b) / 2 + rng.normal(0, bend, 2)
    t = np.linspace(0, 1, 10)[:, None]
    return (1 - t) ** 2 * a + 2 * t * (1 - t) * middle + t * t * b


def along(*lines) -> np.ndarray:
    """Distance to the nearest of some lines, on the grid."""
    mask = np.ones((GRID, GRID), np.uint8)
    for points in lines:
        cv2.polylines(mask, [np.round(np.asarray(points) * 16).astype(np.int32)], False, 0, 1, cv2.LINE_8, 4)
    return cv2.distanceTransform(mask, cv2.DIST_L2, 5)


def box_of(*lines) -> np.ndarray:
    points = np.vstack(lines)
    return np.concatenate([points.min(0), points.max(0)]).astype(np.float32)


def one_with_flag(rng) -> list[np.ndarray]:
    top = np.array([31 + rng.normal(0, 2), 8])
    foot = np.array([top[0] - rng.normal(3, 4), 48])
    reach = rng.uniform(5, 24)
    lines = [bow((top[0] - reach * rng.uniform(0.4, 1), 8 + reach * rng.uniform(0.6, 1.1)), top, 1.5, rng), bow(top, foot, 1.2, rng)]
    if rng.random() < 0.35:
        half = rng.uniform(4, 10)
        lines.append(bow((foot[0] - half, 48 + rng.normal(0, 1)), (foot[0] + half, 48 + rng.normal(0, 1)), 0.5, rng))
    return lines


def seven(rng) -> list[np.ndarray]:
    left, right = np.array([15 + rng.normal(0, 2), 9 + rng.normal(0, 1.5)]), np.array([40 + rng.normal(0, 3), 9 + rng.normal(0, 1.5)])
    foot = np.array([left[0] + rng.uniform(0.1, 0.6) * (right[0] - left[0]), 48])
    stem = bow(right, foot, 2, rng)
    lines = [bow(left, right, 1.5, rng), stem]
    if rng.random() < 0.35:
        lines.append(bow(left + (rng.normal(0, 1), rng.uniform(2, 6)), left, 0.3, rng))
    if rng.random() < 0.8:
        lines.append(bar_at(stem[int(rng.integers(4, 7))], rng))
    return lines


def four(rng) -> list[np.ndarray]:
    """Open: two strokes that don't meet at the top; closed: a triangle."""
    right, foot = 35 + rng.normal(0, 2.5), 48
    level = rng.uniform(27, 36)
    left = 14 + rng.normal(0, 2.5)
    if rng.random() < 0.6:
        start, top = (left + rng.uniform(0, 7), 8 + rng.normal(0, 2)), rng.uniform(7, 24)
    else:
        start, top = (right - rng.uniform(-1, 2), 8), 8
    return [
        bow(start, (left, level), 1.2, rng),
        bow((left, level), (right + rng.uniform(1, 9), level + rng.normal(0, 1.5)), 0.8, rng),
        bow((right + rng.normal(0, 1), top), (right - rng.normal(1, 2), foot), 1.2, rng),
    ]


def bar_at(point, rng) -> np.ndarray:
    half, tilt = rng.uniform(5, 13), rng.normal(0, 2)
    return np.array([[point[0] - half * rng.uniform(0.7, 1.1), point[1] + tilt], [point[0] + half * rng.uniform(0.7, 1.1), point[1] - tilt]])


DRAWN = {1: (0.4, one_with_flag), 7: (0.2, seven), 4: (0.12, four)}


def field_of(digit: int, strokes: Strokes, style: Style, rng) -> tuple[np.ndarray, np.ndarray, bool]:
    """A digit as (field on the grid, bounding box, whether the field is the distance to a centre line)."""
    share, form = DRAWN.get(digit, (0, None))
    strokes.drawn = -1
    if rng.random() < share:
        lines = form(rng)
        return along(*lines), box_of(*lines), True
    strokes.drawn = index = int(rng.choice(strokes.of_digit[digit]))
    box = strokes.boxes[index]
    if not strokes.whole[index] or rng.random() >= style.redrawn:
        return (strokes.edges[index].astype(np.float32) - EDGE_ZERO) / EDGE_SCALE, box, False
    centre = strokes.centres[index].astype(np.float32) / CENTRE_SCALE
    if digit == 7 and rng.random() < 0.3:
        y = box[1] + (box[3] - box[1]) * rng.uniform(0.42, 0.65)
        x = box[0] + centre[int(y), int(box[0]) : int(box[2]) + 1].argmin()
        centre = np.minimum(centre, along(bar_at((x, y), rng)))
    if digit == 0 and rng.random() < 0.08:
        reach = rng.uniform(-3, 2)
        centre = np.minimum(centre, along([(box[2] + reach, box[1] - reach), (box[0] - reach, box[3] + reach)]))
    return centre, box, True


def warp(field: np.ndarray, matrix: np.ndarray, size: int, style: Style, rng) -> np.ndarray:
    """The field bent like a hand's and laid into a square of pixels."""
    bend = lambda: cv2.resize(rng.normal(0, style.wobble, (4, 4)).astype(np.float32), (GRID, GRID), interpolation=cv2.INTER_CUBIC)
    ys, xs = np.mgrid[0:GRID, 0:GRID].astype(np.float32)
    edge = float(field[0, 0])
    bent = cv2.remap(field, xs + bend(), ys + bend(), cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=edge)
    return cv2.warpAffine(bent, matrix, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=edge)


def digit_ink(digit: int, height: float, scale: float, strokes: Strokes, style: Style, rng, width_max: float = 8.1) -> np.ndarray:
    """A square of ink (0..1), the digit in its middle; `height` and `width_max` in mm, `scale` in pixels per mm."""
    field, box, centred = field_of(digit, strokes, style, rng)
    tall = height * scale / max(box[3] - box[1], 10)
    wide = min(tall * style.aspect * rng.uniform(0.9, 1.1), width_max * scale / max(box[2] - box[0], 1))
    turn, slant = style.turn + rng.normal(0, 0.04), style.slant + rng.normal(0, 0.05)
    cos, sin = math.cos(turn), math.sin(turn)
    a = np.array([[cos, -sin], [sin, cos]]) @ np.array([[1, -slant], [0, 1]]) @ np.diag([wide, tall])
    size = int((max(height * 1.35, 11) + 2) * scale / 2) * 2
    shift = size / 2 - a @ np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2])
    step = math.sqrt(wide * tall)
    laid = warp(np.ascontiguousarray(field, np.float32), np.column_stack([a, shift]), size, style, rng) * step
    if centred:
        return np.clip((style.pen * scale / 2 - laid) / 1.2 + 0.5, 0, 1)
    # The stroke's own width, moved towards the pen's, but never thinned away.
    grow = np.clip(style.pen * scale / 2 - laid.max(), -0.35 * laid.max(), 0.2 * scale) * rng.uniform(0.3, 1)
    return np.clip((laid + grow) / 1.2 + 0.5, 0, 1)


def stamp(layer: np.ndarray, ink: np.ndarray, x: float, y: float) -> None:
    """Lays a square of ink on a layer, its middle at (x, y) in pixels."""
    high, wide = ink.shape
    left, top = round(x - wide / 2), round(y - high / 2)
    x0, y0, x1, y1 = max(0, left), max(0, top), min(layer.shape[1], left + wide), min(layer.shape[0], top + high)
    if x1 > x0 and y1 > y0:
        np.maximum(layer[y0:y1, x0:x1], ink[y0 - top : y1 - top, x0 - left : x1 - left], out=layer[y0:y1, x0:x1])


def draw_line(layer: np.ndarray, points, width: float) -> None:
    """A pen stroke through points, all in pixels."""
    points = np.asarray(points, float)
    margin = width + 3
    x0, y0 = np.floor(points.min(0) - margin).astype(int)
    x1, y1 = np.ceil(points.max(0) + margin).astype(int)
    patch = np.zeros((y1 - y0, x1 - x0), np.uint8)
    cv2.polylines(patch, [np.round((points - (x0, y0)) * 16).astype(np.int32)], False, 255, max(1, round(width)), cv2.LINE_AA, 4)
    stamp(layer, patch.astype(np.float32) / 255, x0 + patch.shape[1] / 2, y0 + patch.shape[0] / 2)


def fade(layer: np.ndarray, style: Style, rng) -> np.ndarray:
    """A pen that skips, a pencil pressed unevenly."""
    if style.skips == 0:
        return layer
    coarse = rng.random((layer.shape[0] // 4 + 1, layer.shape[1] // 4 + 1)).astype(np.float32)
    grain = cv2.resize(coarse, layer.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return layer * np.clip(1 - style.skips * 1.8 * np.clip(grain - 0.35, 0, 1), 0.2, 1)


def with_pen(style: Style, factor: float) -> Style:
    return replace(style, pen=style.pen * factor)
