"""What no machine may read: digits crossed out, overwritten, blotted, two in a box – many of them near to a digit."""

import math
from dataclasses import replace

import cv2
import numpy as np

from hand import Strokes, Style, digit_ink, draw_line, stamp, with_pen


def crossed_out(layer, x, y, scale, digit, strokes: Strokes, style: Style, rng) -> None:
    stamp(layer, digit_ink(digit, style.height * rng.uniform(0.85, 1.1), scale, strokes, style, rng), x, y)
    pen = style.pen * scale * rng.uniform(0.8, 1.4)
    wide, high = scale * rng.uniform(2, 4), style.height * scale * rng.uniform(0.3, 0.55)
    spread = lambda size=0.3: rng.normal(0, size * scale)
    point = lambda dx, dy: (x + dx * wide + spread(), y + dy * high + spread())
    kind = rng.random()
    if kind < 0.28:
        draw_line(layer, [point(-1, -1), point(1, 1)], pen)
        draw_line(layer, [point(-1, 1), point(1, -1)], pen)
    elif kind < 0.5:
        for _ in range(int(rng.integers(2, 5))):
            level = y + rng.uniform(-0.8, 0.8) * high
            draw_line(layer, [(x - wide + spread(), level + spread()), (x + wide + spread(), level + spread())], pen)
    elif kind < 0.68:
        turns = int(rng.integers(4, 13))
        across = rng.random() < 0.5
        points = [point(*((-1 + 2 * k / turns, 1 if k % 2 else -1) if across else (1 if k % 2 else -1, -1 + 2 * k / turns))) for k in range(turns + 1)]
        draw_line(layer, points, pen)
    elif kind < 0.78:
        turn = np.linspace(0, 2 * math.pi * rng.uniform(0.9, 3.5), 50) + rng.uniform(0, 6)
        grown = 1 + (turn - turn[0]) * rng.uniform(-0.01, 0.03)
        reach = rng.uniform(2.3, 3.4), style.height / 2 * rng.uniform(0.9, 1.15)
        # A ring around a zero is a zero, drawn twice; its middle must be struck.
        draw_line(layer, np.column_stack([x + np.cos(turn) * grown * reach[0] * scale, y + np.sin(turn) * grown * reach[1] * scale]), pen)
        if digit == 0:
            draw_line(layer, [point(-0.8, rng.uniform(-0.5, 0.5)), point(0.8, rng.uniform(-0.5, 0.5))], pen)
    elif kind < 0.89:
        for _ in range(int(rng.integers(1, 4)) + (digit == 0)):
            lean = rng.choice([-1, 1]) if digit != 0 else 1
            aside = rng.uniform(-0.4, 0.4)
            draw_line(layer, [point(-1 + aside, lean), point(1 + aside, -lean)], pen)
    else:
        # One level line is a bar where the digit is a 7 or a 1, so those get two.
        for k in range(2 if digit in (1, 7) else 1):
            level = y + (rng.uniform(-0.3, 0.3) + 0.5 * k) * high
            draw_line(layer, [(x - wide + spread(), level + spread()), (x + wide + spread(), level + spread())], pen)
    if rng.random() < 0.35:
        above = replace(style, height=style.height * 0.6)
        stamp(layer, digit_ink(int(rng.integers(10)), above.height, scale, strokes, above, rng), x + spread(0.8), y - rng.uniform(6.5, 8.5) * scale)


def adds(before: np.ndarray, after: np.ndarray, share: float) -> bool:
    """Whether `after` can be seen beside `before` at all: a 5 written exactly over a 6 is a 6 to everyone, and over a 1 a 5."""
    near = cv2.dilate(before, np.ones((5, 5)))
    return np.maximum(after - near, 0).sum() > share * before.sum()


def overwritten(layer, x, y, scale, digit, strokes: Strokes, style: Style, rng) -> None:
    heavy = with_pen(style, rng.uniform(0.9, 1.9))
    while True:
        before, after = np.zeros_like(layer), np.zeros_like(layer)
        stamp(before, digit_ink(digit, style.height * rng.uniform(0.85, 1.1), scale, strokes, style, rng), x, y)
        shift = rng.normal(0, 0.35 * scale, 2)
        other = int((digit + rng.integers(1, 10)) % 10)
        over = digit_ink(other, style.height * rng.uniform(0.8, 1.15), scale, strokes, heavy, rng)
        if rng.random() < 0.2:
            over = half_of(over, rng)
        stamp(after, over, x + shift[0], y + shift[1])
        if adds(before, after, 0.22) and adds(after, before, 0.05):
            np.maximum(layer, np.maximum(before, after), out=layer)
            return


def half_of(ink: np.ndarray, rng) -> np.ndarray:
    """Only a stroke or two, as when 3 is made 8 or 0 is made 6."""
    half, middle = ink.copy(), ink.shape[0] // 2
    turned = np.rot90(half, int(rng.integers(4)))
    turned[:middle] = 0
    return half


def two_digits(layer, x, y, scale, digit, strokes: Strokes, style: Style, rng) -> None:
    narrow = replace(style, aspect=style.aspect * rng.uniform(0.5, 0.8))
    apart = rng.uniform(1.5, 2.3) * scale
    for side, which in ((-1, digit), (1, int(rng.integers(10)))):
        ink = digit_ink(which, style.height * rng.uniform(0.6, 1), scale, strokes, narrow, rng, width_max=4.2)
        stamp(layer, ink, x + side * apart, y + rng.normal(0, 0.5 * scale))


def blot(layer, x, y, scale, digit, strokes: Strokes, style: Style, rng) -> None:
    if rng.random() < 0.4:
        stamp(layer, digit_ink(digit, style.height, scale, strokes, style, rng), x, y)
    pen = style.pen * scale * rng.uniform(0.9, 1.9)
    if rng.random() < 0.7:
        count = int(rng.integers(7, 30))
        reach = rng.uniform(0.6, 1.1)
        points = np.column_stack([x + rng.normal(0, 1.8 * reach * scale, count), y + rng.normal(0, 2.2 * reach * scale, count)])
        draw_line(layer, points, pen)
    else:
        for _ in range(int(rng.integers(1, 5))):
            at = (x + rng.normal(0, 1.3 * scale), y + rng.normal(0, 1.8 * scale))
            draw_line(layer, [at, (at[0] + rng.normal(0, scale), at[1] + rng.normal(0, scale))], rng.uniform(1.2, 4) * scale)


KINDS = ((crossed_out, 0.36), (overwritten, 0.34), (two_digits, 0.14), (blot, 0.16))


def draw_junk(layer, x, y, scale, strokes: Strokes, style: Style, rng) -> None:
    kinds, shares = zip(*KINDS)
    kind = kinds[int(rng.choice(len(kinds), p=shares))]
    kind(layer, x, y, scale, int(rng.integers(10)), strokes, style, rng)
