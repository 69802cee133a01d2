"""What the tests of figures share: checkpoints as plain lists, numbers as the page writes them, figures by name."""
import json
import math
import struct
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from conftest import Lab
from playwright.sync_api import Locator, expect

LETTERS = "abcdefghijklmnopqrstuvwxyz"
EDGE = len(LETTERS)
AGES = [0, 10, 100, 500, 1000, 2500, 5000]
LAST = 5000
# The steps of a run whose losses are read.
READINGS = sorted({*AGES, *(math.floor(Fraction(LAST * i**3, 32**3) + Fraction(1, 2)) for i in range(33))})

Rows = list[list[float]]


def tensors(path: str) -> dict[str, Rows]:
    """A checkpoint's tensors, row by row: the file read by its format's few rules."""
    with open(path, "rb") as file:
        data = file.read()
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8:8 + size])
    header.pop("__metadata__")
    found = {}
    for name, said in header.items():
        assert said["dtype"] == "F32"
        start, end = said["data_offsets"]
        rows, columns = said["shape"]
        flat = struct.unpack(f"<{rows * columns}f", data[8 + size + start:8 + size + end])
        found[name] = [list(flat[row * columns:(row + 1) * columns]) for row in range(rows)]
    return found


def single(value: float) -> float:
    """Rounded to 32 bits."""
    return struct.unpack("<f", struct.pack("<f", value))[0]


def fixed(value: float, digits: int) -> str:
    """With so many decimals, halves up."""
    return str(Decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def signed(value: float, digits: int) -> str:
    """With a sign, a true minus."""
    text = fixed(abs(value), digits)
    return ("−" if value < 0 and float(text) else "+") + text


def percent(share: float) -> str:
    return "0 %" if share == 0 else "<1 %" if share < 0.01 else f"{math.floor(share * 100 + 0.5)} %"


def token_name(token: int) -> str:
    return LETTERS[token] if token < EDGE else "START"


def fed(name: str) -> list[int]:
    """What the model is fed of a name: the edge, then its letters."""
    return [EDGE, *(LETTERS.index(letter) for letter in name)]


def nearest(wte: Rows, token: int) -> list[tuple[int, float]]:
    """The other tokens with their cosines, the most alike first."""
    def dot(a: int, b: int) -> float:
        return math.fsum(x * y for x, y in zip(wte[a], wte[b]))
    cosines = [(other, dot(token, other) / math.sqrt(dot(token, token) * dot(other, other))) for other in range(len(wte)) if other != token]
    return sorted(cosines, key=lambda pair: -pair[1])


def figure(lab: Lab, name: str) -> Locator:
    """A figure, scrolled to and drawn: what is out of sight is not."""
    found = lab.page.get_by_role("figure", name=name)
    found.scroll_into_view_if_needed()
    expect(found.locator(".where:empty")).to_have_count(0)
    return found


def readout(found: Locator) -> Locator:
    return found.locator("[data-part=readout]")


def sentence(found: Locator) -> Locator:
    return found.locator("[data-part=sentence]")


def table(found: Locator, caption: str) -> tuple[list[str], list[list[str]]]:
    """The headings and rows of a figure read as a table; opens it, or brings it up to date."""
    opener = found.get_by_role("button", name="Read as table")
    if opener.count():
        opener.click()
    else:
        found.get_by_role("button", name="Update").click()
    shown = found.locator(".as-table").get_by_role("table")
    expect(shown.locator("caption")).to_have_text(caption)
    headings, *rows = shown.evaluate("table => [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent))")
    expect(shown.get_by_role("columnheader")).to_have_count(len(headings))
    expect(shown.get_by_role("rowheader")).to_have_count(len(rows))
    return headings, rows


def copied(found: Locator) -> list[list[str]]:
    """What a figure's button copies, line by line; the context must allow it."""
    page = found.page
    page.evaluate("() => navigator.clipboard.writeText('')")
    found.get_by_role("button", name="Copy data").click()
    expect(page.locator("#live")).to_have_text("Copied.")
    text = page.evaluate("""async () => {
        for (;;) {
            const text = await navigator.clipboard.readText();
            if (text !== '') return text;
        }
    }""")
    return [line.split("\t") for line in text.split("\n")]


def numbers(rows: list[list[str]]) -> Rows:
    """A table's rows without the cells that head them."""
    return [[float(cell) for cell in row[1:]] for row in rows]


def go_to_cell(plot: Locator, row: int, column: int, before: tuple[int, int] | None = None) -> tuple[int, int]:
    """Takes a map's keyboard cursor to a cell, from the one before or from nowhere. Answers where it is."""
    plot.focus()
    keys = ["Home"] if before is None else []
    rows, columns = row - (before or (0, 0))[0], column - (before or (0, 0))[1]
    keys += ["ArrowDown" if rows > 0 else "ArrowUp"] * abs(rows)
    if abs(columns) <= 8:
        keys += ["ArrowRight" if columns > 0 else "ArrowLeft"] * abs(columns)
    else:
        keys += ["End"] + ["ArrowLeft"] * (31 - column) if column > 16 else ["Home"] + ["ArrowRight"] * column
    for key in keys:
        plot.page.keyboard.press(key)
    return row, column
