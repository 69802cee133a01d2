"""Part 2: ids, the sum, wte and wpe, the letters' map. All numbers are those of checkpoints, read and reckoned with here."""
import math
import re
from functools import cache

import pytest
from conftest import Lab
from figures import (
    EDGE, LETTERS, Rows, fed, figure, fixed, go_to_cell, nearest, numbers, percent, readout, sentence, signed, single, table, tensors, token_name,
)
from playwright.sync_api import Locator, expect

IDS, SUM, MAP = "A name as numbers", "What enters the model", "A map of the letters"
TABLES = {"wte": "wte: a row per token", "wpe": "wpe: a row per position"}
TOKENS = range(EDGE + 1)


@pytest.fixture(scope="session")
def weights(checkpoint):
    """The tensors of the default run at a step."""
    return cache(lambda step: tensors(checkpoint(step)[0]))


def show(lab: Lab, name: str) -> None:
    """Types the name on show."""
    lab.page.locator("#patterns").get_by_role("combobox", name="Name on show").fill(name)


# The numbers that the page must show, written a second time.

def row_name(tensor: str, row: int) -> str:
    return f"row {token_name(row)}" if tensor == "wte" else f"position {row}"


def cell_says(tensor: str, values: Rows, row: int, column: int) -> str:
    return f"{tensor} · {row_name(tensor, row)} · column {column}: {signed(values[row][column], 2)}"


def row_says(tensor: str, values: Rows, row: int) -> str:
    own = values[row]
    most, least = max(own), min(own)
    says = f"{tensor}, {row_name(tensor, row)}: largest {signed(most, 2)} in column {own.index(most)}, " \
           f"smallest {signed(least, 2)} in column {own.index(least)}"
    if tensor == "wte":
        says += f"; nearest letters {', '.join(token_name(token) for token, _ in nearest(values, row)[:2])}"
    return f"{says}."


def sum_says(at: dict[str, Rows], token: int, position: int, column: int) -> str:
    letter, place = at["wte"][token][column], at["wpe"][position][column]
    second = f"({signed(place, 3)})" if place < 0 else signed(place, 3)[1:]
    return f"column {column}: {signed(letter, 3)} + {second} = {signed(single(letter + place), 3)}"


def nearest_say(wte: Rows, token: int) -> str:
    return f"nearest to {token_name(token)}: {', '.join(f'{token_name(other)} {signed(cosine, 2)}' for other, cosine in nearest(wte, token)[:3])}"


def leading_directions(rows: Rows) -> tuple[list[float], Rows, float]:
    """Mean row, the two directions of most spread (power iteration), and the share of the spread that they show."""
    width = range(len(rows[0]))
    mean = [math.fsum(row[i] for row in rows) / len(rows) for i in width]
    centred = [[row[i] - mean[i] for i in width] for row in rows]
    spread = [[math.fsum(row[i] * row[j] for row in centred) for j in width] for i in width]
    total = sum(spread[i][i] for i in width)
    found: Rows = []
    shown = 0.0
    for _ in range(2):
        power = [row[:] for row in spread]
        for _ in range(12):  # to the power of 4,096
            power = [[sum(a * b for a, b in zip(row, other)) for other in power] for row in power]  # symmetric
            size = max(abs(one) for row in power for one in row)
            power = [[one / size for one in row] for row in power]
        direction = max(power, key=lambda row: math.fsum(one * one for one in row))
        length = math.sqrt(math.fsum(one * one for one in direction))
        direction = [one / length for one in direction]
        value = math.fsum(direction[i] * spread[i][j] * direction[j] for i in width for j in width)
        spread = [[spread[i][j] - value * direction[i] * direction[j] for j in width] for i in width]
        shown += value / total
        found.append(direction)
    return mean, found, shown


def on_map(rows: Rows, mean: list[float], directions: Rows) -> Rows:
    return [[math.fsum((one - middle) * part for one, middle, part in zip(row, mean, direction)) for direction in directions] for row in rows]


def are_alike(points: Rows, others: Rows) -> None:
    """All distances between the points are those between the others: turning and mirroring leave them."""
    for a in range(len(points)):
        for b in range(a):
            assert math.dist(points[a], points[b]) == pytest.approx(math.dist(others[a], others[b]), abs=1e-6), (a, b)


# Ids.

def test_a_name_is_its_ids_between_two_edges(lab: Lab, command, checkpoint):
    for name in ["mei", "rex", "zby", "tyrannosaurus"]:
        show(lab, name)
        ids = figure(lab, IDS)
        tokens = command("predict", "--model", checkpoint(0)[0], name)["tokens"]
        assert tokens == fed(name)
        expect(ids.get_by_role("listitem")).to_have_text([f"START{EDGE}", *(f"{a}{token}" for a, token in zip(name, tokens[1:])), f"END{EDGE}"])
        letters = lab.page.get_by_role("group", name="Letter of the name").get_by_role("button")
        expect(letters).to_have_text(["START", *name])
    headings, rows = table(ids, f"{IDS}, at step 0")
    assert headings == ["Position", "Token", "Id"]
    assert rows == [["0", "START", "26"], *([str(i), a, str(LETTERS.index(a))] for i, a in enumerate(name, 1)), [str(len(name) + 1), "END", "26"]]


# The sum.

@pytest.mark.main_path
def test_the_sum_is_that_of_the_checkpoints_rows(open_lab, weights):
    lab = open_lab("step=500&name=rex")
    one = figure(lab, SUM)
    letters = one.get_by_role("group", name="Letter of the name")
    plot = one.get_by_role("img", name=re.compile("^Three rows of numbers: letter, position, sum"))
    tokens = fed("rex")

    def is_chosen(position: int) -> None:
        expect(letters.locator("[aria-pressed=true]")).to_have_accessible_name(f"{token_name(tokens[position])}, position {position}")
        expect(letters.locator("[tabindex='0']")).to_have_count(1)

    def reads(step: int, position: int, column: int) -> None:
        says = sum_says(weights(step), tokens[position], position, column)
        expect(readout(one)).to_have_text(says)
        expect(plot).to_have_accessible_name(f"Three rows of numbers: letter, position, sum; {says}")
        expect(sentence(one)).to_have_text(f"{token_name(tokens[position])} at position {position}; {says}.")

    is_chosen(1)
    reads(500, 1, 0)
    for key, column in [("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("End", 31), ("ArrowRight", 31), ("Home", 0)]:
        plot.press(key)
        reads(500, 1, column)
    letters.get_by_role("button", name="x, position 3").click()
    is_chosen(3)
    reads(500, 3, 0)
    for key, position in [("ArrowLeft", 2), ("Home", 0), ("ArrowLeft", 0), ("ArrowRight", 1), ("End", 3), ("ArrowLeft", 2)]:
        lab.page.keyboard.press(key)
        is_chosen(position)
        expect(letters.locator("[aria-pressed=true]")).to_be_focused()
        reads(500, position, 0)
    plot.press("End")
    for step in [500, 0, 500]:
        lab.visit(step)
        reads(step, 2, 31)
        headings, rows = table(one, f"{SUM}, at step {step}")
        assert headings == ["Column", "wte e", "wpe 2", "Sum"]
        letter, place = weights(step)["wte"][tokens[2]], weights(step)["wpe"][2]
        assert numbers(rows) == [[a, b, single(a + b)] for a, b in zip(letter, place)]


# The tables.

def test_every_weight_is_the_checkpoints(open_lab, weights):
    lab = open_lab("step=500")
    cells = {
        "wte": [("ArrowDown", 0, 0), ("ArrowRight", 0, 1), ("PageDown", 6, 1), ("PageDown", 12, 1), ("ArrowDown", 13, 1), ("End", 13, 31),
                ("PageDown", 19, 31), ("PageDown", 25, 31), ("PageDown", EDGE, 31), ("ArrowDown", EDGE, 31), ("ArrowLeft", EDGE, 30)],
        "wpe": [("ArrowLeft", 0, 0), ("PageDown", 4, 0), ("PageUp", 0, 0), ("End", 0, 31), ("ArrowDown", 1, 31), ("ArrowLeft", 1, 30)],
    }
    for tensor, name in TABLES.items():
        found = figure(lab, name)
        # Without a cursor the sentence is about the first letter of the name, or its position.
        expect(sentence(found)).to_have_text(row_says(tensor, weights(500)[tensor], 12 if tensor == "wte" else 1))
        plot = found.get_by_role("img", name=f"Weights of {tensor}")
        plot.focus()
        for key, row, column in cells[tensor]:
            plot.press(key)
            says = cell_says(tensor, weights(500)[tensor], row, column)
            expect(readout(found)).to_have_text(says)
        expect(plot).to_have_accessible_name(f"Weights of {tensor}: {says}")
        expect(sentence(found)).to_have_text(row_says(tensor, weights(500)[tensor], row))
    for step in [500, 0, 500]:
        lab.visit(step)
        for tensor, name in TABLES.items():
            found = figure(lab, name)
            _, row, column = cells[tensor][-1]
            expect(readout(found)).to_have_text(cell_says(tensor, weights(step)[tensor], row, column))
            expect(sentence(found)).to_have_text(row_says(tensor, weights(step)[tensor], row))
            # A table that was read stands still until it is asked for the step on show.
            if step == 0:
                expect(found.get_by_role("table").locator("caption")).to_have_text(f"{name}, at step 500")
            headings, rows = table(found, f"{name}, at step {step}")
            assert headings == ["Row", *map(str, range(32))]
            assert [row[0] for row in rows] == [row_name(tensor, row) for row in range(len(rows))]
            assert numbers(rows) == weights(step)[tensor]
    # The pointer reads the cell it is on; beside the cells there are 22 pixels of labels.
    for tensor, name in TABLES.items():
        found = figure(lab, name)
        found.get_by_role("button", name="Close table").click()
        expect(found.get_by_role("table")).to_have_count(0)
        canvas = found.locator(".plot canvas")
        cell = (canvas.bounding_box()["width"] - 23) / 32
        for row, column in [(2, 5), (9, 31)]:
            canvas.hover(position={"x": 22 + (column + 0.5) * cell, "y": (row + 0.5) * cell})
            expect(readout(found)).to_have_text(cell_says(tensor, weights(500)[tensor], row, column))


# What one weight came from, and where it goes.

def test_a_weights_past_and_future_are_the_checkpoints(open_lab, weights, checkpoint):
    lab = open_lab("step=500&depth=advanced")
    found = figure(lab, TABLES["wte"])
    line = found.locator("[data-part=provenance]")
    plot = found.get_by_role("img", name="Weights of wte")
    expect(line).to_have_text("Where the weight comes from, and where it goes.")

    def gradient(step: int, row: int, column: int) -> float:
        """Read back from Adam's m, which keeps 0.85 of what it was."""
        before, after = (weights(at)["adam.m.wte"][row][column] for at in (step, step + 1))
        return (after - 0.85 * before) / 0.15

    # Rows with and without a gradient: the next name has some letters and lacks others.
    largest = {row: max(range(32), key=lambda column: abs(gradient(500, row, column))) for row in TOKENS}
    has = [row for row in TOKENS if abs(gradient(500, row, largest[row])) > 1e-3]
    lacks = [row for row in TOKENS if abs(gradient(500, row, largest[row])) < 1e-7]
    assert EDGE in has and lacks
    cells = sorted([(EDGE, largest[EDGE]), (has[0], largest[has[0]]), (has[1], 3), (lacks[0], 0), (lacks[-1], 30)])
    number = r"([+−]\d+\.\d+)"

    def tells(step: int, row: int, column: int) -> None:
        now, first = weights(step)["wte"][row][column], weights(0)["wte"][row][column]
        past = f"{signed(now, 3)} at step 0" if step == 0 else f"{signed(first, 3)} at step 0, {signed(now, 3)} at step {step}"
        expect(line).to_have_text(re.compile(
            f"^{re.escape(past)}; the next update changes it by {number} " rf"\(gradient (0|{number}), m {number}, v (.+)\)$"))
        change, slope, _, m, v = re.search(rf"by {number} \(gradient (0|{number}), m {number}, v (.+)\)$", line.inner_text()).groups()
        said = lambda text: float(text.replace("−", "-"))
        later = weights(step + 1)["wte"][row][column]
        assert said(change) == pytest.approx(later - now, abs=5.1e-6)
        assert said(slope) == pytest.approx(gradient(step, row, column), abs=5.1e-6)
        assert (slope == "0") == (abs(gradient(step, row, column)) < 1e-7)
        assert m == signed(weights(step)["adam.m.wte"][row][column], 5)
        square = weights(step)["adam.v.wte"][row][column]
        assert v == ("0" if square == 0 else "{} × 10^−{}".format(*re.fullmatch(r"(.+)e-0?(\d+)", f"{square:.1e}").groups()))

    at = None
    for row, column in cells:
        at = go_to_cell(plot, row, column, at)
        tells(500, row, column)
    assert any(abs(weights(501)["wte"][row][column] - weights(500)["wte"][row][column]) > 1e-4 for row, column in cells)
    lab.visit(0)
    tells(0, *at)
    at = go_to_cell(plot, EDGE - 1, at[1], at)
    tells(0, *at)
    lab.visit(500)
    tells(500, *at)

    # Below it: what tying would save.
    saved = sum(map(len, weights(0)["lm_head"]))
    parameters = checkpoint(0)[1]["parameters"]
    assert parameters == sum(len(row) for name, rows in weights(0).items() if not name.startswith("adam.") for row in rows)
    facts = lab.page.get_by_role("region", name="Letters become numbers")
    expect(facts.locator("[data-part=tying]")).to_have_text(f"{saved:,} of {parameters:,} weights, {fixed(100 * saved / parameters, 1)} %")
    for part in ["width", "width-again"]:
        expect(facts.locator(f"[data-part={part}]")).to_have_text(str(len(weights(0)["wte"][0])))


# The map.

def nearest_are(found: Locator, wte: Rows, token: int) -> None:
    says = nearest_say(wte, token)
    items = found.get_by_role("list", name=f"Nearest to {token_name(token)}, by cosine").get_by_role("listitem")
    expected = nearest(wte, token)[:6]
    expect(items).to_have_text([f"{token_name(other)}{signed(cosine, 2)}" for other, cosine in expected])
    shares = items.evaluate_all("items => items.map((item) => Number(item.style.getPropertyValue('--share')))")
    assert shares == pytest.approx([max(0.0, cosine) for _, cosine in expected])
    expect(readout(found)).to_have_text(says)
    expect(found.get_by_role("img", name=re.compile("^Map of the letters"))).to_have_accessible_name(f"Map of the letters; {says}")


def test_the_map_shows_the_two_directions_of_most_spread(open_lab, weights):
    lab = open_lab("step=500")
    found = figure(lab, MAP)
    share_line = found.locator("[data-part=share]")
    fitted = cache(lambda milestone: leading_directions(weights(milestone)["wte"]))

    def points(step: int, milestone: int) -> Rows:
        """The map's points at a step; they and the share shown are those of the milestone's directions."""
        wte = weights(step)["wte"]
        mean, directions, share = fitted(milestone)
        expect(share_line).to_have_text(
            f"Shows {percent(share)} of the letters’ spread at step {milestone:,}, where its directions were chosen.")
        expect(sentence(found)).to_have_text(f"The map shows {percent(share).removesuffix(' %')} percent of the spread; {nearest_say(wte, 12)}.")
        headings, rows = table(found, f"{MAP}, at step {step}")
        assert headings == ["Letter", "x", "y"]
        assert [row[0] for row in rows] == [token_name(token) for token in TOKENS]
        shown = numbers(rows)
        assert all(math.isfinite(one) for point in shown for one in point)
        are_alike(shown, on_map(wte, mean, directions))
        return shown

    trained = points(500, 500)
    # Between milestones the directions stay.
    lab.jump(510)
    points(510, 500)
    lab.visit(0)
    untrained = points(0, 0)
    assert max(math.dist(a, b) for a, b in zip(trained, untrained)) > 0.3
    lab.visit(500)
    assert points(500, 500) == trained


def test_nearest_letters_are_those_of_the_cosines(open_lab, weights):
    lab = open_lab("step=500")
    found = figure(lab, MAP)
    wte = weights(500)["wte"]
    nearest_are(found, wte, LETTERS.index("m"))
    plot = found.get_by_role("img", name=re.compile("^Map of the letters"))
    for key, token in [("ArrowRight", 13), ("ArrowLeft", 12), ("Home", 0), ("ArrowLeft", EDGE), ("ArrowRight", 0), ("End", EDGE), ("ArrowLeft", 25)]:
        plot.press(key)
        nearest_are(found, wte, token)
    for step in [0, 500]:
        lab.visit(step)
        nearest_are(found, weights(step)["wte"], 25)

    # A click chooses the letter under it: the points stand around the middle, on a scale that ends at 1.4 or more.
    trained = numbers(table(found, f"{MAP}, at step 500")[1])
    canvas = found.locator(".plot canvas")
    size = canvas.bounding_box()["width"]
    most = max(abs(one) for point in trained for one in point)
    scale = (size / 2 - 16) / next(reach for reach in (1.4, 2.5, 4, 8, 16) if reach >= most)
    for letter in "ez":
        x, y = trained[LETTERS.index(letter)]
        canvas.click(position={"x": size / 2 + x * scale, "y": size / 2 - y * scale})
        nearest_are(found, wte, LETTERS.index(letter))


# All of it follows the timeline.

def test_both_parts_follow_the_timeline_and_come_back(open_lab, weights, checkpoint):
    lab = open_lab("step=500&depth=advanced&name=stego", height=8000)
    figures = {name: lab.page.get_by_role("figure", name=name) for name in [IDS, SUM, *TABLES.values(), MAP, "The ladder"]}
    tokens = fed("stego")
    for tensor in TABLES:
        go_to_cell(figures[TABLES[tensor]].get_by_role("img", name=f"Weights of {tensor}"), 6, 9)
    seen = {}
    for step in [500, 0, 500]:
        lab.visit(step)
        at = weights(step)
        loss = fixed(checkpoint(step)[1]["heldOutLoss"], 2)
        expect(readout(figures[SUM])).to_have_text(sum_says(at, tokens[1], 1, 0))
        for tensor, name in TABLES.items():
            expect(readout(figures[name])).to_have_text(cell_says(tensor, at[tensor], 6, 9))
            expect(sentence(figures[name])).to_have_text(row_says(tensor, at[tensor], 6))
        expect(figures[TABLES["wte"]].locator("[data-part=provenance]")).to_contain_text(f"{signed(at['wte'][6][9], 3)} at step {step}")
        expect(readout(figures[MAP])).to_have_text(nearest_say(at["wte"], tokens[1]))
        expect(sentence(figures["The ladder"])).to_contain_text(f"the model {loss}.")
        for found in figures.values():
            expect(found.locator("figcaption .where")).to_have_text(re.compile(rf"^Fig\. \d+ · step {step} · seed 42$"))
        assert lab.digits() == checkpoint(step)[1]["fingerprint"]
        texts = [found.inner_text() for found in figures.values()]
        assert seen.setdefault(step, texts) == texts
    assert all(a != b for name, a, b in zip(figures, seen[0], seen[500]))


def test_while_training_the_sentences_wait_and_then_tell(lab: Lab, weights):
    found = figure(lab, TABLES["wte"])
    expect(sentence(found)).to_have_text(row_says("wte", weights(0)["wte"], 12))
    lab.toggle.click()
    lab.pace.select_option("1")
    expect(sentence(found)).to_have_text("Training; pause to read.")
    lab.toggle.click()
    expect(lab.toggle).to_have_text("Train")
    # What was drawn above it may have moved it out of sight.
    found.scroll_into_view_if_needed()
    expect(sentence(found)).to_have_text(row_says("wte", weights(lab.step())["wte"], 12))
