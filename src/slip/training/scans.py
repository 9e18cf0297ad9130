"""Filled slips as scanned pages, with their truth, to judge the reader by: `python scans.py STROKES COUNT SEED OUT`.

The digits are those held out of training. What is crossed out or overwritten is drawn here once more in another way than
for training (junk.py), so that the net is judged by junk that it has not been taught.
"""

import json
import math
import pathlib
import sys
from dataclasses import replace

import cv2
import img2pdf
import numpy as np
import segno
from PIL import Image, ImageDraw, ImageFont

from hand import Strokes, Style, any_style, digit_ink, draw_line, fade, stamp
from paper import BOX_HIGH, BOX_WIDE, WEAR, box_lefts, print_boxes, print_comma, scanned

SCALE = 10.0
WIDE, HIGH = 148, 105
MARKS = ((8, 8), (140, 8), (140, 97), (8, 97))
ROW_TOPS = (49.0, 63.5, 78.0)
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
PAGES = {1: (160, 118), 2: (210, 297), 3: (216, 356)}


def check_digits(account: str, meter: str) -> str:
    return f"{98 - int(account + meter + '00') % 97:02d}"


def print_form(slip: dict, regs: list[tuple[int, int]], rng) -> np.ndarray:
    """The printed slip: 1 paper, 0 black."""
    image = Image.new("L", (int(WIDE * SCALE), int(HIGH * SCALE)), 255)
    draw = ImageDraw.Draw(image)
    for k, (x, y) in enumerate(MARKS):
        draw.rectangle([(x - 2.5) * SCALE, (y - 2.5) * SCALE, (x + 2.5) * SCALE - 1, (y + 2.5) * SCALE - 1], fill=0)
        if k == 0:
            draw.rectangle([(x - 1) * SCALE, (y - 1) * SCALE, (x + 1) * SCALE - 1, (y + 1) * SCALE - 1], fill=255)
    pairs = ",".join(f"{whole}{decimals}" for whole, decimals in regs)
    chk = check_digits(slip["account"], slip["meter"])
    text = f"ST00012|Name=ЭНЕРГОСБЫТ|PersAcc={slip['account']}|CounterId={slip['meter']}|PaymPeriod={slip['period']}|TechCode=02|Form=R1|Regs={pairs}|Chk={chk}"
    code = segno.make_qr(text.encode(), error="m", boost_error=False, mode="byte")
    modules = np.array([list(row) for row in code.matrix], np.uint8)
    symbol = cv2.resize((1 - modules) * 255, (int(30 * SCALE), int(30 * SCALE)), interpolation=cv2.INTER_NEAREST)
    image.paste(Image.fromarray(symbol), (int(14 * SCALE), int(14 * SCALE)))
    write = lambda x, y, size, words: draw.text((x * SCALE, y * SCALE), words, fill=20, font=ImageFont.truetype(FONT, int(size * SCALE)))
    write(48, 6, 4.2, "ПОКАЗАНИЯ СЧЁТЧИКА")
    write(48, 16, 4, f"Лицевой счёт {slip['account']}-{chk}")
    write(48, 22, 4, f"№ счётчика {slip['meter']}")
    write(48, 40.5, 2, "Пишите чёрной или синей ручкой, по одной цифре в клетке,")
    write(48, 43.3, 2, "не касаясь рамки; пустые клетки слева не заполняйте.")
    write(14, 92.5, 2.6, "Дата ____________   Подпись ____________")
    write(84, 92.5, 2.6, "Образец:  0 1 2 3 4 5 6 7 8 9")
    for k in range(len(regs)):
        write(13, ROW_TOPS[k] + 2.2, 3.4, "Показание" if len(regs) == 1 else ("Т1 (день)", "Т2 (ночь)", "Т3 (полупик)")[k])
    layer = np.asarray(image, np.float32) / 255
    line, grey = rng.uniform(0.2, 0.4), rng.uniform(0.35, 0.7)
    for k, (whole, decimals) in enumerate(regs):
        lefts = box_lefts(whole, decimals)
        print_boxes(layer, lefts, ROW_TOPS[k], SCALE, line, grey)
        if decimals:
            print_comma(layer, lefts[whole] - 3.9, ROW_TOPS[k] + BOX_HIGH, SCALE)
    return layer


def spoil(ink: np.ndarray, x: float, y: float, digit: int, strokes: Strokes, style: Style, rng) -> str:
    """Writes a digit and spoils it; returns how."""
    put = lambda which, dx=0.0, dy=0.0, size=1.0, pen=1.0: stamp(
        ink, digit_ink(which, style.height * size, SCALE, strokes, replace(style, pen=style.pen * pen), rng), x + dx * SCALE, y + dy * SCALE
    )
    pen = style.pen * SCALE
    kind = str(rng.choice(["crossed-out", "overwritten", "two-digits-in-box", "blot"], p=[0.4, 0.25, 0.15, 0.2]))
    if kind == "crossed-out":
        put(digit)
        around = rng.random() < 0.3
        if around:
            turn = np.linspace(0, 2 * math.pi * rng.uniform(1.5, 4), 60)
            draw_line(ink, np.column_stack([x + (np.cos(turn) * 2.6 + turn * 0.05) * SCALE, y + np.sin(turn) * 3 * SCALE]), pen)
        else:
            lean = rng.uniform(0.15, 1.2)
            for k in range(int(rng.integers(2, 6))):
                off = (k - 1.5) * 1.4 * SCALE
                draw_line(ink, [(x - 3.2 * SCALE, y + off + 3 * lean * SCALE), (x + 3.2 * SCALE, y + off - 3 * lean * SCALE)], pen)
        if rng.random() < 0.5:
            put(int(rng.integers(10)), rng.uniform(-0.5, 1), -7.6, 0.5)
    elif kind == "overwritten":
        put(digit)
        put(int((digit + rng.integers(1, 10)) % 10), rng.normal(0, 0.25), rng.normal(0, 0.25), rng.uniform(0.95, 1.1), rng.uniform(1.1, 1.6))
    elif kind == "two-digits-in-box":
        narrow = replace(style, aspect=style.aspect * 0.62)
        for side in (-1.9, 1.9):
            stamp(ink, digit_ink(int(rng.integers(10)), style.height * 0.85, SCALE, strokes, narrow, rng, 4), x + side * SCALE, y)
    else:
        walk = np.cumsum(rng.normal(0, 1.4, (int(rng.integers(12, 30)), 2)), 0)
        walk = np.clip(walk - walk.mean(0), -3.2, 3.2)
        draw_line(ink, np.column_stack([x + walk[:, 0] * SCALE, y + walk[:, 1] * 1.2 * SCALE]), pen * rng.uniform(1, 2))
    return kind


def fill_row(ink: np.ndarray, text: str, top: float, lefts: list[float], strokes: Strokes, style: Style, rng, spoiled: int | None) -> str | None:
    why = None
    for i, (sign, left) in enumerate(zip(text, lefts)):
        x = (left + BOX_WIDE / 2 + style.offset[0] + rng.normal(0, style.jitter)) * SCALE
        y = (top + BOX_HIGH / 2 + style.offset[1] + rng.normal(0, style.jitter)) * SCALE
        if i == spoiled:
            why = spoil(ink, x, y, int(sign), strokes, style, rng)
        elif sign == "-":
            half = rng.uniform(1.2, 2.6) * SCALE
            draw_line(ink, [(x - half, y + rng.normal(0, 2)), (x + half, y + rng.normal(0, 2))], style.pen * SCALE)
        elif sign != " ":
            stamp(ink, digit_ink(int(sign), style.height * rng.uniform(0.88, 1.1), SCALE, strokes, style, rng), x, y)
    return why


def readings(rng) -> tuple[list[tuple[int, int]], list[dict]]:
    count = int(rng.choice([1, 2, 3], p=[0.5, 0.3, 0.2]))
    whole, decimals = int(rng.choice([5, 6, 7], p=[0.3, 0.6, 0.1])), int(rng.choice([0, 1], p=[0.9, 0.1]))
    registers = []
    for k in range(count):
        usual = max(3.0, rng.lognormal(math.log(160), 0.6) * rng.uniform(0.4, 1.2))
        top = 10**whole
        previous = int(min(top * 0.93, math.exp(rng.uniform(math.log(60), math.log(top * 0.93)))))
        value = min(previous + int(usual * rng.lognormal(0, 0.35)), top - 1)
        registers.append({"name": f"T{k + 1}", "int": whole, "dec": decimals, "previous": previous, "avgMonthly": round(usual, 1), "value": value})
    return [(whole, decimals)] * count, registers


def fill_slip(strokes: Strokes, style: Style, rng) -> tuple[dict, dict, np.ndarray, np.ndarray]:
    regs, registers = readings(rng)
    slip = {"account": f"{rng.integers(5 * 10**9, 6 * 10**9)}", "meter": f"0{rng.integers(10**11):011d}", "period": f"{rng.integers(1, 13):02d}2025"}
    ink = np.zeros((int(HIGH * SCALE), int(WIDE * SCALE)), np.float32)
    event = str(rng.choice(["none", "junk", "gap", "blank", "outside"], p=[0.8, 0.13, 0.03, 0.02, 0.02]))
    target = int(rng.integers(len(regs)))
    told = []
    for k, ((whole, decimals), register) in enumerate(zip(regs, registers)):
        digits = str(register["value"])
        fraction = "".join(str(rng.integers(10)) for _ in range(decimals))
        text = digits.rjust(whole, style.lead) + fraction
        lefts, first, why, spoiled = box_lefts(whole, decimals), whole - len(digits), None, None
        if k == target and event == "junk":
            spoiled = int(rng.integers(first, len(text)))
        elif k == target and event == "gap" and len(digits) > 1:
            at = int(rng.integers(first + 1, len(text)))
            text, why = text[:at] + " " + text[at + 1 :], "empty-box-inside"
        elif k == target and event in ("blank", "outside"):
            why = "blank" if event == "blank" else "written-outside"
            if event == "outside":
                aside = replace(style, height=min(style.height, 5.5))
                for i, sign in enumerate(digits):
                    stamp(ink, digit_ink(int(sign), aside.height, SCALE, strokes, aside, rng), (46 + 5.2 * i) * SCALE, (ROW_TOPS[k] + 15) * SCALE)
            text = " " * len(text)
        why = fill_row(ink, text, ROW_TOPS[k], lefts, strokes, style, rng, spoiled) or why
        value = digits + (f".{fraction}" if decimals else "")
        told.append({"name": register["name"], "value": value, "read": None if why else value, "reason": why})
    if rng.random() < 0.7:
        draw_line(ink, [((62 + 1.4 * k) * SCALE, (94 + rng.normal(0, 1.3)) * SCALE) for k in range(int(rng.integers(8, 18)))], style.pen * SCALE)
    reasons = [one["reason"] for one in told if one["reason"]]
    truth = slip | {"registers": told, "expect": "review" if reasons else "readable", "reasons": reasons, "qrReadable": True}
    known = slip | {"registers": [{key: register[key] for key in ("name", "int", "dec", "previous", "avgMonthly")} for register in registers]}
    return truth, known, print_form(slip, regs, rng), ink


def curled(image: np.ndarray, reach: float, rng) -> np.ndarray:
    ways = [cv2.resize(rng.uniform(-reach, reach, (3, 4)).astype(np.float32), image.shape[::-1], interpolation=cv2.INTER_CUBIC) for _ in range(2)]
    xs, ys = np.meshgrid(np.arange(image.shape[1], dtype=np.float32), np.arange(image.shape[0], dtype=np.float32))
    return cv2.remap(image, xs + ways[0], ys + ways[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def draw_page(strokes: Strokes, count: int, dpi: float, bilevel: bool, level: str, rng) -> tuple[np.ndarray, list, list]:
    wear = WEAR[level]
    wide, high = PAGES[count]
    step = dpi / 25.4
    page = np.full((round(high * step), round(wide * step)), float(rng.choice([250, 240, 205, 45])), np.float32)
    over = 180 if rng.random() < 0.2 else 0
    truths, knowns = [], []
    for k in range(count):
        style = any_style(rng)
        truth, known, printed, ink = fill_slip(strokes, style, rng)
        opacity = max(rng.uniform(*wear["ink"]), 0.75 if bilevel else 0)
        base = rng.uniform(228, 255) * (printed * 0.93 + 0.07)
        ink = fade(ink, style, rng) * opacity
        paper = base * (1 - ink) + np.minimum(base, min(style.grey, 105) if bilevel else style.grey) * ink
        if rng.random() < 0.04:
            x, y = MARKS[int(rng.integers(4))]
            cv2.rectangle(paper, (int((x - 6) * SCALE), int((y - 6) * SCALE)), (int((x + 6) * SCALE), int((y + 6) * SCALE)), rng.uniform(150, 255), -1)
        paper = curled(paper, {"clean": 0.1, "normal": 0.3, "harsh": 0.5}[level] * SCALE, rng)
        angle = math.radians(rng.uniform(-4, 4) + over + (180 if rng.random() < 0.08 else 0))
        middle = np.array([wide / 2 + rng.uniform(-2, 2), high / count * (k + 0.5) + rng.uniform(-2, 2)]) * step
        turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]]) * step / SCALE * (1 + rng.normal(0, 0.004))
        matrix = np.column_stack([turn, middle - turn @ (WIDE * SCALE / 2, HIGH * SCALE / 2)])
        cv2.warpAffine(cv2.GaussianBlur(paper, (0, 0), 0.42 * SCALE / step), matrix, page.shape[::-1], dst=page, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_TRANSPARENT)
        truths.append(truth | {"level": level, "dpi": dpi})
        knowns.append(known)
    return scanned(page, dpi, wear, bilevel, rng), truths, knowns


def save(page: np.ndarray, dpi: float, bilevel: bool, stem: pathlib.Path, rng) -> str:
    image = Image.fromarray(page)
    if bilevel:
        path = stem.with_suffix(".tif")
        image.convert("1", dither=0).save(path, compression="group4", dpi=(dpi, dpi))
    else:
        path = stem.with_suffix(".jpg")
        image.save(path, quality=int(rng.integers(70, 92)), dpi=(dpi, dpi))
    if rng.random() < 0.3:
        pdf = stem.with_suffix(".pdf")
        pdf.write_bytes(img2pdf.convert(str(path)))
        path.unlink()
        path = pdf
    return path.name


def main(folder: str, count: int, seed: int, out: pathlib.Path) -> None:
    cv2.setNumThreads(1)
    rng = np.random.default_rng(seed)
    strokes = Strokes(pathlib.Path(folder), "held")
    out.mkdir(parents=True, exist_ok=True)
    slips, previous = [], []
    while len(slips) < count:
        bilevel, dpi, level = rng.random() < 0.35, float(rng.choice([200, 300])), str(rng.choice(list(WEAR), p=[0.3, 0.5, 0.2]))
        page, truths, knowns = draw_page(strokes, int(rng.choice([1, 2, 3], p=[0.5, 0.3, 0.2])), dpi, bilevel, level, rng)
        name = save(page, dpi, bilevel, out / f"s{seed}-{len(slips):04d}", rng)
        for truth in truths:
            slips.append(truth | {"id": f"s{seed}-{len(slips):04d}", "file": name, "page": 0})
        previous += knowns
    (out / "truth.json").write_text(json.dumps({"form": "R1", "slips": slips}, ensure_ascii=False, indent=1))
    (out / "previous.json").write_text(json.dumps(previous, indent=1))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), pathlib.Path(sys.argv[4]))
