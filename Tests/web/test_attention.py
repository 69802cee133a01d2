"""Part 5, second half: where it looks. Shares are predict's; scores, lengths and sums are those of a pass in plain Python."""
import math
import re
from functools import cache

import pytest
from conftest import Lab
from figures import Rows, copied, fed, figure, fixed, percent, readout, sentence, signed, single, table, tensors
from plain_gpt import HEADS, Pass, Row, forward
from playwright.sync_api import Locator, expect

ARCS, MAP, WORKED, MERGE = "One letter looks back", "Rows look at columns", "One look worked out", "The heads of a layer come together"
TEXT = "stego"
LABELS = ["START", *TEXT]
# Width of a letter under the arcs, and of a map's cell, on a wide screen.
LETTER, CELL, EDGE = 52, 28, 22

# (layer, head, query, key)
Attention = list[list[list[Rows]]]


@pytest.fixture(scope="session")
def attended(command, checkpoint):
    """Who looks at whom in a text at a step, says predict."""
    return cache(lambda text, step=500: command("predict", "--model", checkpoint(step)[0], text)["attention"])


@pytest.fixture(scope="session")
def passed(checkpoint):
    """A pass of plain Python through the weights of a step."""
    weights = cache(lambda step: tensors(checkpoint(step)[0]))
    return cache(lambda text, step=500: forward(weights(step), fed(text)))


# What the page must show, written a second time.

def head_name(layer: int | None, head: int) -> str:
    return f"{head + 1} of all layers" if layer is None else f"{layer + 1}.{head + 1}"


def looks(attention: Attention, layer: int | None, head: int, text: str, query: int) -> str:
    """The four largest shares and the rest; a look at itself by that word."""
    labels = ["START", *text]
    shares = shares_of(attention, layer, head, query)
    named = sorted(((share, "itself" if key == query and query else labels[key]) for key, share in enumerate(shares)), key=lambda pair: -pair[0])
    rest = math.fsum(share for share, _ in named[4:])
    parts = [f"{label} {percent(share)}" for share, label in named[:4]] + ([f"the rest {percent(rest)}"] if rest >= 0.005 else [])
    return f"Head {head_name(layer, head)}, {labels[query]} in “{text}”: {', '.join(parts)}."


def shares_of(attention: Attention, layer: int | None, head: int, query: int) -> Row:
    if layer is not None:
        return attention[layer][head][query][:query + 1]
    return [single(math.fsum(one) / len(attention)) for one in zip(*(each[head][query][:query + 1] for each in attention))]


def picker(lab: Lab, what: str, name: str) -> Locator:
    group = lab.page.get_by_role("group", name=what, exact=True)
    group.scroll_into_view_if_needed()
    return group.get_by_role("button", name=name, exact=True)


def plot_of(found: Locator) -> Locator:
    return found.get_by_role("img")


def shows_look(found: Locator, says: str) -> None:
    expect(readout(found)).to_have_text(says)
    expect(sentence(found)).to_have_text(says)


def near(text: str, value: float, digits: int) -> None:
    """A number as the page writes it is a value, within its last digit."""
    assert float(text.replace("−", "-")) == pytest.approx(value, abs=0.5 * 10 ** -digits + 1e-5), (text, value)


def pick(lab: Lab, layer: int, head: int) -> None:
    picker(lab, "layer", f"layer {layer + 1}").click()
    picker(lab, "head", f"head {head + 1}").click()


def choose(arcs: Locator, place: int) -> None:
    """Clicks a letter under the arcs."""
    arcs.locator("canvas").click(position={"x": (place + 0.5) * LETTER, "y": 100})


# Arcs.

@pytest.mark.main_path
def test_arcs_say_where_the_chosen_letter_looks(open_lab, attended):
    lab = open_lab(f"step=500&text={TEXT}")
    arcs, attention = figure(lab, ARCS), attended(TEXT)
    expect(picker(lab, "layer", "average")).to_have_count(0)
    # The last letter until another is chosen; by click, for every head.
    shows_look(arcs, looks(attention, 0, 0, TEXT, 5))
    for number in range(2 * HEADS):
        layer, head = divmod(number, HEADS)
        pick(lab, layer, head)
        place = (3 * number + 1) % len(LABELS)
        choose(arcs, place)
        shows_look(arcs, looks(attention, layer, head, TEXT, place))
        expect(plot_of(arcs)).to_have_accessible_name(f"Who looks at whom. {looks(attention, layer, head, TEXT, place)}")
        for what, index in [("layer", layer), ("head", head)]:
            expect(lab.page.get_by_role("group", name=what, exact=True).get_by_role("button", pressed=True)).to_have_text(str(index + 1))
    # By key: to the ends and no further.
    plot_of(arcs).focus()
    for key, place in [("Home", 0), ("ArrowLeft", 0), ("ArrowRight", 1), ("ArrowRight", 2), ("End", 5), ("ArrowRight", 5), ("ArrowLeft", 4)]:
        lab.page.keyboard.press(key)
        shows_look(arcs, looks(attention, 1, 3, TEXT, place))
    headings, rows = table(arcs, f"{ARCS}, at step 500")
    assert headings == ["who looks", "at", "share"]
    assert rows == [["g", label, percent(share)] for label, share in zip(LABELS, shares_of(attention, 1, 3, 4))]
    assert "rest" in looks(attention, 1, 3, TEXT, 5) or "rest" in looks(attention, 0, 0, TEXT, 5)


def test_the_average_is_the_mean_over_the_layers(open_lab, attended, passed):
    lab = open_lab(f"step=500&text={TEXT}&depth=advanced")
    arcs, attention = figure(lab, ARCS), attended(TEXT)
    picker(lab, "layer", "average").click()
    expect(lab.page.get_by_role("group", name="layer", exact=True).get_by_role("button", pressed=True)).to_have_text("average")
    for head in range(HEADS):
        picker(lab, "head", f"head {head + 1}").click()
        shows_look(arcs, looks(attention, None, head, TEXT, 5))
    _, rows = table(figure(lab, MAP), f"{MAP}, at step 500")
    assert rows == [[label, *(percent(share) for share in shares_of(attention, None, 3, query))] for query, label in enumerate(LABELS)]
    # An average can't be worked out; a layer can.
    worked = figure(lab, WORKED)
    expect(worked.locator("[data-part=look]")).to_have_text("An average of layers is no head: there is nothing to work out. Pick a layer.")
    expect(worked.get_by_role("table", name=WORKED, exact=True)).to_have_count(0)
    expect(readout(worked)).to_have_text("")
    picker(lab, "layer", "layer 2").click()
    works_out(worked, passed(TEXT), 1, 3, 5)


def test_minimal_shows_the_head_that_is_worth_most(open_lab, command, checkpoint, attended):
    lab = open_lab(f"step=500&text={TEXT}&depth=minimal")
    for step in [500, 0]:
        if lab.step() != step:
            lab.visit(step)
        best = max(command("heads", "--model", checkpoint(step)[0])["heads"], key=lambda head: head["worth"])
        layer, head = best["layer"], best["head"]
        arcs = figure(lab, ARCS)
        worth = fixed(best["worth"], 3)
        expect(arcs.locator("[data-part=best]")).to_have_text(
            f"Head {head_name(layer, head)} is shown: without it the loss on held-back names would rise by {worth}, more than without any other.",
            timeout=15_000)
        for place in [5, 2]:
            choose(arcs, place)
            shows_look(arcs, looks(attended(TEXT, step), layer, head, TEXT, place))
    for name in [MAP, WORKED, MERGE]:
        expect(lab.page.get_by_role("figure", name=name)).to_have_count(0)
    expect(lab.page.get_by_role("group", name="head", exact=True)).to_have_count(0)


# The map.

def light(pixel: list[int]) -> float:
    return 0.2126 * pixel[0] + 0.7152 * pixel[1] + 0.0722 * pixel[2]


def test_the_map_shows_every_look(open_lab, attended):
    lab = open_lab(f"step=500&text={TEXT}&theme=dark")
    attention = attended(TEXT)
    pick(lab, 0, 2)
    found = figure(lab, MAP)
    plot = plot_of(found)
    expect(plot).to_have_accessible_name("Who looks at whom")
    expect(sentence(found)).to_have_text(looks(attention, 0, 2, TEXT, 5))
    headings, rows = table(found, f"{MAP}, at step 500")
    assert headings == ["", *LABELS]
    assert rows == [[label, *(percent(share) for share in shares_of(attention, 0, 2, query))] for query, label in enumerate(LABELS)]
    # Brighter is more, of 100 %; nothing is drawn of letters still to come.
    pixels = found.locator(".plot canvas").evaluate(
        """(canvas, { n, edge, cell }) => Array.from({ length: n * n }, (_, index) => Array.from(canvas.getContext('2d')
             .getImageData(edge + (index % n) * cell + cell / 2, edge + Math.floor(index / n) * cell + cell / 2, 1, 1).data))""",
        {"n": len(LABELS), "edge": EDGE, "cell": CELL})
    cells = []
    for query in range(len(LABELS)):
        for key in range(len(LABELS)):
            pixel = pixels[query * len(LABELS) + key]
            assert (pixel[3] == 255) == (key <= query)
            if key <= query:
                cells.append((attention[0][2][query][key], light(pixel)))
    cells.sort()
    assert all(a[1] <= b[1] + 0.5 for a, b in zip(cells, cells[1:]))
    assert cells[-1][1] - cells[0][1] > 100

    # By key, to every row; the cursor stops where the letters to come begin.
    plot.focus()
    lab.page.keyboard.press("ArrowDown")
    for key, row in [("ArrowDown", 1), ("ArrowDown", 2), ("End", 2), ("ArrowUp", 1), ("PageDown", 2), ("ArrowRight", 2), ("ArrowDown", 3), ("ArrowDown", 4),
                     ("ArrowDown", 5), ("End", 5), ("ArrowDown", 5), ("ArrowUp", 4), ("Home", 4), ("PageUp", 3)]:
        lab.page.keyboard.press(key)
        shows_look(found, looks(attention, 0, 2, TEXT, row))
        expect(plot).to_have_accessible_name(f"Who looks at whom: {looks(attention, 0, 2, TEXT, row)}")
    # By pointer, its own cell.
    found.locator(".plot canvas").hover(position={"x": EDGE + 4.5 * CELL, "y": EDGE + 4.5 * CELL})
    shows_look(found, looks(attention, 0, 2, TEXT, 4))
    assert "itself" in looks(attention, 0, 2, TEXT, 4)


# One look worked out, and the merge.

def works_out(worked: Locator, plain: Pass, layer: int, head: int, query: int, text: str = TEXT) -> None:
    labels = ["START", *text]
    shown = worked.get_by_role("table", name=WORKED, exact=True)
    own = [*labels[:query], f"{labels[query]} (itself)" if query else "START"]
    expect(worked.locator("[data-part=look]")).to_have_text(f"{labels[query]} looks back, head {head_name(layer, head)}")
    expect(shown.get_by_role("rowheader")).to_have_text(own)
    rows = shown.locator("tbody tr").evaluate_all("rows => rows.map((row) => [...row.cells].map((cell) => cell.textContent))")
    one = plain.layers[layer]
    for key, (_, score, share, added) in enumerate(rows):
        near(score, one.scores[head][query][key], 2)
        assert share == percent(one.shares[head][query][key])
        near(added, one.lengths[head][query][key], 2)
    bars = shown.locator("tbody .bar-line").evaluate_all("bars => bars.map((bar) => Number(bar.style.getPropertyValue('--share')))")
    assert bars == pytest.approx(one.shares[head][query], abs=2e-6)
    keys = range(query + 1)
    most, strongest = max(keys, key=lambda key: one.shares[head][query][key]), max(keys, key=lambda key: one.lengths[head][query][key])
    if most == strongest:
        expect(readout(worked)).to_have_text(f"Most of the look goes to {own[most]}, and it also adds most here.")
    else:
        expect(readout(worked)).to_have_text(
            f"{own[most]} gets {rows[most][2]} and adds {rows[most][3]}. {own[strongest]} gets {rows[strongest][2]} and adds {rows[strongest][3]}.")


def test_one_look_is_worked_out_as_by_hand(open_lab, passed, attended):
    lab = open_lab(f"step=500&text={TEXT}")
    worked = figure(lab, WORKED)
    plain = passed(TEXT)
    # The pass by hand is the engine's, so the rest may be read off it.
    for layer, heads in enumerate(attended(TEXT)):
        for head, queries in enumerate(heads):
            for query, shares in enumerate(queries):
                assert plain.layers[layer].shares[head][query] == pytest.approx(shares[:query + 1], abs=1e-5)
    for layer, head, query in [(0, 0, 5), (0, 3, 3), (1, 0, 4), (1, 1, 1), (1, 2, 0), (1, 3, 5)]:
        pick(lab, layer, head)
        choose(figure(lab, ARCS), query)
        works_out(worked, plain, layer, head, query)
    headings, rows = table(worked, f"{WORKED}, at step 500")
    assert headings == ["letter", "query · key ÷ √d", "share", "its value adds"]
    assert rows == worked.get_by_role("table", name=WORKED, exact=True).locator("tbody tr").evaluate_all(
        "rows => rows.map((row) => [...row.cells].map((cell) => cell.textContent))")


def merges(found: Locator, plain: Pass, layer: int, query: int, text: str = TEXT) -> None:
    start = f"Layer {layer + 1}, {['START', *text][query]}: the heads add "
    expect(readout(found)).to_have_text(re.compile(re.escape(start)))
    lengths = readout(found).inner_text().removeprefix(start).removesuffix(".").split(", ")
    assert len(lengths) == HEADS
    for said, length in zip(lengths, plain.layers[layer].head_lengths[query]):
        near(said, length, 2)


def test_the_heads_come_together_as_by_hand(open_lab, passed):
    lab = open_lab(f"step=500&text={TEXT}")
    plain = passed(TEXT)
    found = figure(lab, MERGE)
    merges(found, plain, 0, 5)
    expect(plot_of(found)).to_have_accessible_name(readout(found).inner_text())
    for layer, query in [(1, 5), (1, 2), (0, 0), (0, 3)]:
        picker(lab, "layer", f"layer {layer + 1}").click()
        choose(figure(lab, ARCS), query)
        figure(lab, MERGE)
        merges(found, plain, layer, query)
        headings, rows = table(found, f"{MERGE}, at step 500")
        assert headings == ["head", "length of what it adds"]
        assert [row[0] for row in rows] == [head_name(layer, head) for head in range(HEADS)]
        for (_, said), length in zip(rows, plain.layers[layer].head_lengths[query]):
            near(said, length, 2)
    # Every number of both rows, by key.
    plot_of(found).focus()
    for key, what, values in [("ArrowRight", "heads side by side", plain.layers[0].heads[3]), ("ArrowDown", "added to the stream", plain.layers[0].added[3])]:
        lab.page.keyboard.press("Home")
        lab.page.keyboard.press(key)
        lab.page.keyboard.press("Home")
        for column in [*range(10), len(values) - 1]:
            expect(readout(found)).to_have_text(re.compile(f"^{what}, number {column + 1}: "))
            near(readout(found).inner_text().split(": ")[1], values[column], 2)
            lab.page.keyboard.press("End" if column == 9 else "ArrowRight")
    lab.page.keyboard.press("ArrowUp")
    expect(readout(found)).to_have_text(re.compile(f"^heads side by side, number {len(values)}: "))
    # By pointer, the upper row.
    found.locator("canvas").hover(position={"x": 4, "y": 29})
    expect(readout(found)).to_have_text(f"heads side by side, number 1: {signed(plain.layers[0].heads[3][0], 2)}")


# One letter for all, at every step.

def shown(lab: Lab) -> list[str]:
    """What the four figures say."""
    found = []
    for name in [ARCS, MAP, WORKED, MERGE]:
        one = figure(lab, name)
        expect(one.locator(".where")).to_contain_text(f"step {lab.step()} ")
        found.append(sentence(one).inner_text() if name in {ARCS, MAP} else readout(one).inner_text())
    found.append(lab.page.get_by_role("table", name=WORKED, exact=True).inner_text())
    return found


def all_show(lab: Lab, attended, passed, layer: int, head: int, query: int, text: str = TEXT, step: int = 500) -> None:
    """Arcs, map, table and merge are about the same letter."""
    says = looks(attended(text, step), layer, head, text, query)
    shows_look(figure(lab, ARCS), says)
    expect(sentence(figure(lab, MAP))).to_have_text(says)
    # What was once read in the map doesn't stay behind.
    expect(readout(figure(lab, MAP))).to_have_text(re.compile(f"^{re.escape(says)}$|^$"))
    works_out(figure(lab, WORKED), passed(text, step), layer, head, query, text)
    merges(figure(lab, MERGE), passed(text, step), layer, query, text)


def test_all_show_the_same_letter_at_the_step_on_show(open_lab, attended, passed):
    lab = open_lab(f"step=500&text={TEXT}")
    pick(lab, 1, 1)
    all_show(lab, attended, passed, 1, 1, 5)
    choose(figure(lab, ARCS), 2)
    all_show(lab, attended, passed, 1, 1, 2)
    plot_of(figure(lab, MAP)).focus()
    for _ in range(4):
        lab.page.keyboard.press("ArrowDown")
    all_show(lab, attended, passed, 1, 1, 3)
    choose(figure(lab, ARCS), 4)
    all_show(lab, attended, passed, 1, 1, 4)
    before = shown(lab)

    lab.visit(0)
    all_show(lab, attended, passed, 1, 1, 4, step=0)
    lab.visit(500)
    all_show(lab, attended, passed, 1, 1, 4)
    assert shown(lab) == before

    # Another text: its last letter.
    lab.page.get_by_role("textbox", name="A name to feed in").fill("rex")
    all_show(lab, attended, passed, 1, 1, 3, text="rex")


def test_the_pictures_can_be_saved_and_the_data_copied(open_lab, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    lab = open_lab(f"step=500&text={TEXT}")
    for name in [ARCS, MAP, WORKED, MERGE]:
        found = figure(lab, name)
        expect(found.locator(".where")).to_have_text(re.compile(r"^Fig\. \d+ · step 500 · seed 42$"))
        headings, rows = table(found, f"{name}, at step 500")
        assert rows
        assert copied(found) == [headings, *rows]
        if name != WORKED:
            with lab.page.expect_download() as saved:
                found.get_by_role("button", name="Save picture").click()
            number = found.locator(".where").inner_text().split(" · ")[0].removeprefix("Fig. ")
            assert saved.value.suggested_filename == f"gptosaurus-figure-{number}-step-500.png"
