"""The printed boxes of form R1, and what a scanner makes of paper. Grey levels 0..255, layers as float32."""

import cv2
import numpy as np

BOX_WIDE, BOX_HIGH, PITCH, COMMA_GAP, FIRST_BOX = 7.5, 10.0, 9.0, 3.0, 42.0


def box_lefts(whole: int, decimals: int) -> list[float]:
    """Left edges of a row's boxes in mm."""
    return [FIRST_BOX + PITCH * i + (COMMA_GAP if i >= whole else 0) for i in range(whole + decimals)]


def print_boxes(layer: np.ndarray, lefts: list[float], top: float, scale: float, line: float, grey: float) -> None:
    """Darkens outlines into a layer of paper (1 white .. 0 black); `lefts` and `top` in mm of the layer."""
    for left in lefts:
        x0, x1 = int((left - 1) * scale), int((left + BOX_WIDE + 1) * scale)
        y0, y1 = int((top - 1) * scale), int((top + BOX_HIGH + 1) * scale)
        xs = (np.arange(x0, x1) + 0.5) / scale - left - BOX_WIDE / 2
        ys = (np.arange(y0, y1) + 0.5) / scale - top - BOX_HIGH / 2
        off = np.maximum(np.abs(xs)[None] - BOX_WIDE / 2, np.abs(ys)[:, None] - BOX_HIGH / 2)
        cover = np.clip((line / 2 - np.abs(off)) * scale + 0.5, 0, 1)
        patch = layer[y0:y1, x0:x1]
        np.minimum(patch, 1 - cover * (1 - grey), out=patch)


def print_comma(layer: np.ndarray, left: float, bottom: float, scale: float) -> None:
    x, y = int((left + 1.4) * scale), int((bottom - 0.8) * scale)
    cv2.line(layer, (x, y), (x - int(0.5 * scale), y + int(1.2 * scale)), 0.1, max(1, int(0.8 * scale)), cv2.LINE_AA)


def uneven(shape, low: float, high: float, rng) -> np.ndarray:
    return cv2.resize(rng.uniform(low, high, (3, 4)).astype(np.float32), shape[::-1], interpolation=cv2.INTER_CUBIC)


def crease(page: np.ndarray, rng) -> None:
    """A fold: a soft line, darker or lighter, across the whole page."""
    high, wide = page.shape
    mask = np.zeros(page.shape, np.uint8)
    if rng.random() < 0.5:
        ends = (0, int(rng.integers(high))), (wide, int(rng.integers(high)))
    else:
        x = int(rng.integers(wide))
        ends = (x, 0), (x + int(rng.normal(0, 12)), high)
    cv2.line(page_mask := mask, *ends, 255, int(rng.integers(1, 4)), cv2.LINE_AA)
    soft = cv2.GaussianBlur(page_mask.astype(np.float32) / 255, (0, 0), rng.uniform(0.4, 1.6))
    page += soft * rng.uniform(-90, 40)


WEAR = {
    "clean": {"blur": (0, 0.5), "noise": (1, 4), "contrast": (0.9, 1), "quality": (70, 95), "light": 0.05, "lines": 0.05, "ink": (0.85, 1)},
    "normal": {"blur": (0.3, 1), "noise": (2, 10), "contrast": (0.65, 1), "quality": (40, 88), "light": 0.14, "lines": 0.15, "ink": (0.62, 1)},
    "harsh": {"blur": (0.6, 1.6), "noise": (5, 21), "contrast": (0.42, 0.85), "quality": (18, 60), "light": 0.26, "lines": 0.3, "ink": (0.42, 0.88)},
}


def scanned(page: np.ndarray, dpi: float, wear: dict, bilevel: bool, rng) -> np.ndarray:
    """The page as a scanner saves it, uint8."""
    page = page.copy()
    if rng.random() < wear["lines"] / 2:
        crease(page, rng)
    blur = rng.uniform(*wear["blur"]) * dpi / 200
    if blur > 0.2:
        page = cv2.GaussianBlur(page, (0, 0), blur)
    contrast = max(rng.uniform(*wear["contrast"]), 0.72 if bilevel else 0)
    page = page * contrast + (1 - contrast) * rng.uniform(145, 220)
    light = min(wear["light"], 0.1) if bilevel else wear["light"]
    page *= 1 + uneven(page.shape, -light, light / 3, rng)
    noise = rng.normal(0, min(rng.uniform(*wear["noise"]), 9 if bilevel else 99), page.shape).astype(np.float32)
    page += cv2.GaussianBlur(noise, (0, 0), 0.7) * 1.6 if rng.random() < 0.5 else noise
    if rng.random() < wear["lines"]:
        for _ in range(int(rng.integers(1, 4))):
            x = int(rng.integers(page.shape[1]))
            stripe = page[:, x : x + int(rng.integers(1, 3))]
            stripe *= rng.uniform(0.35, 0.9)
            stripe += rng.uniform(0, 60)
    if rng.random() < 0.25:
        specks = int(page.size * rng.uniform(0, 0.0005))
        page[rng.integers(0, page.shape[0], specks), rng.integers(0, page.shape[1], specks)] = np.where(rng.random(specks) < 0.6, 30, 250)
    page = np.clip(page, 0, 255).astype(np.uint8)
    return two_levels(page, rng) if bilevel else jpeg(page, int(rng.uniform(*wear["quality"])))


def two_levels(page: np.ndarray, rng) -> np.ndarray:
    if rng.random() < 0.5:
        middle = cv2.threshold(page, 0, 255, cv2.THRESH_OTSU)[0]
        return (page > np.clip(middle + rng.uniform(-15, 40), 60, 230)).astype(np.uint8) * 255
    small = cv2.resize(page, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    paper = cv2.GaussianBlur(cv2.dilate(small, np.ones((5, 5))), (0, 0), 6)
    return (page > cv2.resize(paper, page.shape[::-1]).astype(np.float32) * rng.uniform(0.68, 0.88)).astype(np.uint8) * 255


def jpeg(page: np.ndarray, quality: int) -> np.ndarray:
    return cv2.imdecode(cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_GRAYSCALE)
