"""Part 3: the four beats, one weight, the loss chart, A and B. All numbers are the command line's, or counted from its checkpoints."""
import functools
import json
import math
import re
import struct
from decimal import ROUND_HALF_UP, Decimal

import pytest
from conftest import ROOT, Lab
from figures import AGES, LAST, LETTERS, READINGS, figure, fixed, percent, readout, sentence, table, tensors
from playwright.sync_api import Locator, expect

BEATS, WEIGHT, LOSS, PAIR = "This one step", "One weight in this step", "Loss, step by step", "A and B"
NAMES = (ROOT / "Data/dinosaurs.txt").read_text().split()
LABELS = {"new": "○", "known": "●", "found again": "★", "cut": "⌁"}


@pytest.fixture(scope="module")
def own_losses(command, tmp_path_factory) -> dict[int, float]:
    """The loss of each step's own name."""
    folder = tmp_path_factory.mktemp("log")
    command("train", "--steps", "600", "--log", str(folder / "log.jsonl"), "--output", str(folder / "600.safetensors"))
    lines = map(json.loads, (folder / "log.jsonl").read_text().splitlines())
    return {line["step"]: line["loss"] for line in lines if "loss" in line}


def small(value: float) -> str:
    """With three digits that count, as JavaScript writes them."""
    if value == 0:
        return "0"
    size = Decimal(abs(value))
    for _ in range(2):  # Rounded up, 0.9996 has a digit more.
        size = size.quantize(Decimal(1).scaleb(size.adjusted() - 2), ROUND_HALF_UP)
    sign = "−" if value < 0 else ""
    if size >= Decimal("0.0001"):
        return f"{sign}{size:f}"
    power = size.adjusted()
    return f"{sign}{size.scaleb(-power):.2f} · 10⁻{str(-power).translate(str.maketrans('0123456789', '⁰¹²³⁴⁵⁶⁷⁸⁹'))}"


def printed(name: str) -> str:
    return name.capitalize()


def flat(rows: list[list[float]]) -> list[float]:
    return [one for row in rows for one in row]


def mean_size(values: list[float]) -> float:
    return math.fsum(map(abs, values)) / len(values)


def shares(bars: Locator) -> list[float]:
    return bars.evaluate_all("bars => bars.map((bar) => Number(bar.style.getPropertyValue('--share')))")


def step_name(beats: Locator, step: int) -> str:
    """The name of the step that comes after one."""
    title = beats.locator("[data-part=name]")
    expect(title).to_have_text(re.compile(rf"^This step’s name is [A-Z][a-z]*\. Taking it makes step {step + 1:,}\.$"))
    return title.inner_text().split(" is ")[1].split(".")[0].lower()


def press_beat(beats: Locator, number: int, name: str) -> None:
    """Chooses a beat by its button; of the four panels its own is shown."""
    beats.get_by_role("button", name=f"{number} {name}").click()
    shows_beat(beats, number, name)


def shows_beat(beats: Locator, number: int, name: str) -> None:
    tabs = beats.get_by_role("group", name="Beats").get_by_role("button")
    expect(tabs.and_(beats.locator("[aria-pressed=true]"))).to_have_text([f"{number} {name}"])
    expect(beats.locator(".beat:visible")).to_have_count(1)
    expect(beats.locator(f".beat[data-part={name.split()[0]}]")).to_be_visible()


def letters_are_true(lab: Lab, command, path: str, step: int, own: float) -> None:
    """Guess and measure against what the checkpoint expects of the name; its loss says that it is the right name."""
    beats = figure(lab, BEATS)
    name = step_name(beats, step)
    assert name in NAMES
    given = command("predict", "--model", path, name)["probabilities"]
    targets = [*map(LETTERS.index, name), 26]
    got = [row[target] for row, target in zip(given, targets, strict=True)]
    losses = [-math.log(share) for share in got]
    loss = math.fsum(losses) / len(losses)
    assert loss == pytest.approx(own, abs=1e-6)

    press_beat(beats, 1, "guess")
    right = [*name, "END"]
    favourites = [row.index(max(row)) for row in given]
    told = [f"{(LETTERS + '.')[best] if best < 26 else 'END'} {percent(row[best])}" for row, best in zip(given, favourites)]
    items = beats.get_by_role("list", name="Share of each right letter").get_by_role("listitem")
    expect(items).to_have_text([
        f"{letter}{percent(share)}{'' if best == target else favourite}"
        for letter, share, best, target, favourite in zip(right, got, favourites, targets, told)])
    assert shares(items.locator(".letter-bar")) == pytest.approx(got, abs=1e-6)
    listed = ", ".join(f"{letter} {percent(share)}" for letter, share in zip(right, got))
    begins = beats.locator("[data-part=name]").inner_text()
    expect(sentence(beats)).to_have_text(f"{begins} Shares of the right letters: {listed}.")
    headings, rows = table(beats, f"{BEATS}, at step {step:,}")
    assert headings == ["after", "right letter", "share it got", "loss", "favourite"]
    assert [[cell.replace("\u00a0", " ") for cell in row] for row in rows] == [
        list(row) for row in zip(["START", *name], right, map(percent, got), [fixed(one, 2) for one in losses], told)]
    beats.get_by_role("button", name="Close table").click()

    press_beat(beats, 2, "measure")
    items = beats.get_by_role("list", name="Loss of each letter").get_by_role("listitem")
    expect(items).to_have_text([f"{letter}{fixed(one, 2)}" for letter, one in zip(right, losses)])
    assert shares(items.locator(".letter-bar")) == pytest.approx([min(1, one / 6) for one in losses], abs=1e-6)
    measured = f"Loss of this name: {fixed(own, 2)} per letter, as unsure as choosing blindly among {math.floor(math.exp(own) + 0.5)}."
    expect(beats.locator("[data-part=measured]")).to_have_text(measured)
    expect(sentence(beats)).to_have_text(f"{begins} {measured}")


def tensors_are_true(beats: Locator, panel: str, values: dict[str, list[float]]) -> None:
    """A bar for each tensor: its mean size, on a scale that says where bars end."""
    sizes = {name: mean_size(rows) for name, rows in values.items()}
    found = beats.locator(f"[data-part={panel}]")
    items = found.get_by_role("listitem")
    expect(items).to_have_count(len(sizes))
    shown = [item.split("\t") for item in items.evaluate_all(
        "items => items.map((item) => [...item.querySelectorAll('.tensor, .value')].map((one) => one.textContent).join('\\t'))")]
    assert shown == [[name, small(sizes[name])] for name, _ in shown]
    assert sorted(name for name, _ in shown) == sorted(sizes)
    end = float(found.locator("p").inner_text().removeprefix("bars end at "))
    assert shares(items.locator(".bar-line")) == pytest.approx([sizes[name] / end for name, _ in shown], rel=1e-3)


@pytest.mark.main_path
def test_the_four_beats_are_the_real_step(open_lab, command, checkpoint, own_losses):
    lab = open_lab("step=500&depth=advanced")
    before, after = tensors(checkpoint(500)[0]), tensors(checkpoint(501)[0])
    names = [name for name in before if not name.startswith("adam.")]
    letters_are_true(lab, command, checkpoint(500)[0], 500, own_losses[501])

    beats = figure(lab, BEATS)
    press_beat(beats, 3, "trace back")
    # m = 0.85 m + 0.15 g says what g was.
    gradients = {name: [(new - 0.85 * old) / 0.15 for old, new in zip(flat(before[f"adam.m.{name}"]), flat(after[f"adam.m.{name}"]))]
                 for name in names}
    tensors_are_true(beats, "gradients", gradients)
    count = sum(map(len, gradients.values()))
    traced = f"{count:,} slopes, one a weight. Mean size {small(mean_size(sum(gradients.values(), [])))}."
    expect(beats.locator("[data-part=traced]")).to_have_text(traced)
    expect(sentence(beats)).to_contain_text(traced)

    press_beat(beats, 4, "nudge")
    changed = {name: [new - old for old, new in zip(flat(before[name]), flat(after[name]))] for name in names}
    tensors_are_true(beats, "changes", changed)
    moves = sum(changed.values(), [])
    rate = 0.005 * max(0.1, 1 - 500 / 5000)
    nudged = f"A weight moves by {small(mean_size(moves))} on average, {small(max(map(abs, moves)))} at most. Learning rate {small(rate)}."
    expect(beats.locator("[data-part=nudged]")).to_have_text(nudged)
    expect(sentence(beats)).to_contain_text(nudged)

    # Untrained, all of it is the first step's.
    lab.visit(0)
    letters_are_true(lab, command, checkpoint(0)[0], 0, own_losses[1])
    expect(beats.locator("[data-part=nudged]")).to_contain_text(f"Learning rate {small(0.005)}.")


def test_next_beat_takes_the_step_and_run_on_trains(open_lab, checkpoint, own_losses):
    lab = open_lab("step=500")
    beats = figure(lab, BEATS)
    first = step_name(beats, 500)
    shows_beat(beats, 1, "guess")
    for number, name in [(2, "measure"), (3, "trace back"), (4, "nudge")]:
        beats.get_by_role("button", name="Next beat").click()
        shows_beat(beats, number, name)
        assert step_name(beats, 500) == first
    expect(beats.get_by_role("button", name="Next beat")).to_have_count(0)
    beats.get_by_role("button", name="Take this step").click()
    lab.rests_at(501)
    shows_beat(beats, 1, "guess")
    assert lab.digits() == checkpoint(501)[1]["fingerprint"]
    assert step_name(beats, 501) != first
    beats.get_by_role("button", name="2 measure").click()
    expect(beats.locator("[data-part=measured]")).to_contain_text(f"Loss of this name: {fixed(own_losses[502], 2)} per letter")

    lab.pace.select_option("50")
    beats.get_by_role("button", name="Run on").click()
    expect(lab.toggle).to_have_text("Pause")
    expect(sentence(beats)).to_have_text("Training; pause to read.")
    expect(lab.fingerprint).not_to_contain_text("step 501 ")
    beats.get_by_role("button", name="Pause").click()
    expect(lab.toggle).to_have_text("Train")
    expect(beats.get_by_role("button", name="Run on")).to_be_visible()
    # The last steps told before the pause may still come.
    expect(beats.locator("[data-part=name]")).not_to_contain_text("makes step 502.")
    expect(sentence(beats)).to_contain_text("Loss of this name")
    step = lab.step()
    assert step > 501
    step_name(beats, step)
    assert lab.digits() == checkpoint(step)[1]["fingerprint"]


def test_one_weight_goes_where_adam_says(open_lab, checkpoint):
    lab = open_lab("step=500&depth=advanced")
    before, after = tensors(checkpoint(500)[0]), tensors(checkpoint(501)[0])
    found = figure(lab, WEIGHT)
    tensor = found.get_by_role("combobox", name="Tensor")
    row, column = (found.get_by_role("spinbutton", name=name) for name in ("Row", "Column"))
    expect(tensor.get_by_role("option")).to_have_count(15)
    assert sorted(tensor.get_by_role("option").all_inner_texts()) == sorted(
        f"{name} ({len(rows)} × {len(rows[0])})" for name, rows in before.items() if not name.startswith("adam."))

    def shows(name: str, i: int, j: int) -> None:
        (weight, moved), (m, m_after), (v, v_after) = (
            [state[f"{kind}{name}"][i - 1][j - 1] for state in (before, after)] for kind in ("", "adam.m.", "adam.v."))
        gradient = (m_after - 0.85 * m) / 0.15
        change = moved - weight
        # Adam's rule, as the specification has it.
        rate = 0.0045 * math.sqrt(1 - 0.99**501) / (1 - 0.85**501)
        assert change == pytest.approx(-rate * m_after / (math.sqrt(v_after) + 1e-8 * math.sqrt(1 - 0.99**501)), rel=1e-3)
        operand = f"({small(m_after)})" if m_after < 0 else small(m_after)
        expected = [
            ("gradient g", small(gradient)), ("m: mean of gradients", f"{small(m)} → {small(m_after)}"),
            ("v: mean of squares", f"{small(v)} → {small(v_after)}"),
            ("change", f"−a · {operand} ÷ (√{small(v_after)} + ε) = {small(change)}"), ("weight", f"{small(weight)} → {small(moved)}")]
        expect(found.get_by_role("definition")).to_have_text([value for _, value in expected])
        expect(found.get_by_role("term")).to_have_text([term for term, _ in expected])
        assert table(found, f"{WEIGHT}, at step 500") == (["of this weight", "value"], [list(line) for line in expected])
        found.get_by_role("button", name="Close table").click()

    shows("wte", 1, 1)
    tensor.select_option(label="layer1.mlp_fc2 (32 × 128)")
    row.fill("7")
    column.fill("101")
    shows("layer1.mlp_fc2", 7, 101)
    # Beyond the tensor's edges the last row and column stand for it; below one, the first.
    row.fill("999")
    column.fill("129")
    shows("layer1.mlp_fc2", 32, 128)
    column.blur()
    expect(row).to_have_value("32")
    expect(column).to_have_value("128")
    tensor.select_option(label="wpe (18 × 32)")
    expect(row).to_have_value("18")
    expect(column).to_have_value("32")
    row.fill("-3")
    column.fill("")
    shows("wpe", 1, 1)
    column.blur()
    expect(row).to_have_value("1")
    expect(column).to_have_value("1")


class Axis:
    """Where the chart's steps stand."""

    def __init__(self, canvas: Locator, is_even: bool = False):
        canvas.scroll_into_view_if_needed()
        self.canvas, self.is_even = canvas, is_even
        self.box = canvas.bounding_box()
        self.wide = self.box["width"] - 36 - 160

    def at(self, step: float) -> float:
        """From the canvas's left edge."""
        return 36 + self.wide * (step / LAST if self.is_even else math.cbrt(step / LAST))

    def point(self, step: int) -> tuple[int, int]:
        """The nearest whole pixel of the window, half way up."""
        return round(self.box["x"] + self.at(step)), round(self.box["y"] + self.box["height"] / 2)

    def under(self, x: int) -> int:
        """The step under a pixel of the window."""
        share = min(1, max(0, (x - self.box["x"] - 36) / self.wide))
        return math.floor(LAST * (share if self.is_even else share**3) + 0.5)


@pytest.fixture
def read_step(checkpoint, own_losses):
    """What the chart must say of a step."""
    def say(step: int, has_held_back: bool = True) -> str:
        reading = max(one for one in READINGS if one <= step)
        when = "" if reading == step else f" (at {reading:,})"
        held = f" · held-back names {fixed(checkpoint(reading)[1]['heldOutLoss'], 2)}{when}" if has_held_back else ""
        if step == 0:
            return f"step 0{held}"
        mean = checkpoint(step)[1]["meanLoss100"]
        return f"step {step:,}: its name {fixed(own_losses[step], 2)} · last 100 names {fixed(mean, 2)}{held}"
    return say


@pytest.mark.main_path
def test_the_loss_chart_reads_any_step(open_lab, read_step, checkpoint, own_losses):
    lab = open_lab("step=600&depth=advanced")
    lab.visit(500)
    found = figure(lab, LOSS)
    plot = found.get_by_role("img", name=LOSS)
    expect(readout(found)).to_have_text(read_step(500))
    said = checkpoint(500)[1]
    expect(sentence(found)).to_contain_text(
        f"Loss at step 500: {fixed(said['meanLoss100'], 2)} over the last 100 names, {fixed(own_losses[500], 2)} for its own. "
        f"Held-back names {fixed(said['heldOutLoss'], 2)}, as many shown names ")
    expect(lab.page.locator("#training")).to_contain_text(
        re.compile(rf"{fixed(said['heldOutLoss'], 2)} ± 0\.0[1-9] at step 500\."))

    plot.focus()
    for key, step in [("ArrowLeft", 499), ("ArrowRight", 500), ("ArrowRight", 501), ("End", 600), ("ArrowRight", 600), ("PageDown", 500),
                      ("Home", 0), ("ArrowLeft", 0), ("ArrowRight", 1), ("PageUp", 101)]:
        plot.press(key)
        expect(readout(found)).to_have_text(read_step(step))
        expect(plot).to_have_accessible_name(f"{LOSS}. {read_step(step)}")
    # Enter goes there.
    plot.press("Enter")
    lab.rests_at(101)
    assert lab.digits() == checkpoint(101)[1]["fingerprint"]
    plot.blur()
    expect(plot).to_have_accessible_name(LOSS)
    expect(readout(found)).to_have_text(read_step(101))

    # The pointer reads the step that it is on.
    axis = Axis(plot.locator("canvas"))
    mouse = lab.page.mouse
    for near in [10, 250, 5000]:
        x, y = axis.point(near)
        mouse.move(x, y)
        expect(readout(found)).to_have_text(read_step(min(600, axis.under(x))))
    x, y = axis.point(250)
    mouse.click(x, y)
    expect(readout(found)).to_have_text(read_step(axis.under(x)))
    expect(lab.fingerprint).to_contain_text("step 101 ")
    # From the playhead on it drags.
    goal, _ = axis.point(300)
    mouse.move(axis.point(101)[0] + 4, y)
    mouse.down()
    mouse.move(goal, y, steps=3)
    mouse.up()
    lab.rests_at(axis.under(goal))
    expect(readout(found)).to_have_text(read_step(axis.under(goal)))
    mouse.move(x, y)
    expect(readout(found)).to_have_text(read_step(axis.under(x)))
    expect(lab.fingerprint).to_contain_text(f"step {axis.under(goal)} ")

    # Even, another step stands under the same place.
    axis_of = found.get_by_role("group", name="Axis of steps")
    expect(axis_of.get_by_role("button", name="stretched")).to_have_attribute("aria-pressed", "true")
    axis_of.get_by_role("button", name="even").click()
    expect(axis_of.get_by_role("button", name="even")).to_have_attribute("aria-pressed", "true")
    expect(axis_of.get_by_role("button", name="stretched")).to_have_attribute("aria-pressed", "false")
    even = Axis(plot.locator("canvas"), is_even=True)
    x, y = even.point(400)
    mouse.move(x, y)
    assert axis.under(x) < 10
    expect(readout(found)).to_have_text(read_step(even.under(x)))
    axis_of.get_by_role("button", name="stretched").click()
    mouse.move(*Axis(plot.locator("canvas")).point(10))
    expect(readout(found)).to_have_text(read_step(axis.under(axis.point(10)[0])))


def rows_of_ink(canvas: Locator, left: float, right: float, is_solid: bool = False) -> list[int]:
    """The rows of pixels that have any ink between two places; solid: the interface's ink, unmixed."""
    return canvas.evaluate(
        """(canvas, [left, right, isSolid]) => {
             const ratio = canvas.width / canvas.clientWidth, wide = Math.max(1, Math.round((right - left) * ratio));
             const data = canvas.getContext('2d').getImageData(Math.round(left * ratio), 0, wide, canvas.height).data;
             const ink = getComputedStyle(document.documentElement).getPropertyValue('--ink').trim();
             const solid = [1, 3, 5].map((place) => parseInt(ink.slice(place, place + 2), 16));
             const isInk = (at) => isSolid ? data[at + 3] === 255 && solid.every((one, i) => data[at + i] === one) : data[at + 3] > 0;
             return [...Array(canvas.height).keys()].filter((row) => [...Array(wide).keys()].some((x) => isInk(4 * (row * wide + x))));
           }""", [left, right, is_solid])


def lines_between(canvas: Locator, left: float, right: float) -> list[float]:
    """How high the lines above the axis stand between two places: the middles of rows that follow one another."""
    groups: list[list[int]] = []
    for row in rows_of_ink(canvas, left, right):
        if groups and row == groups[-1][-1] + 1:
            groups[-1].append(row)
        else:
            groups.append([row])
    bottom = canvas.bounding_box()["height"] - 28
    return [middle for group in groups if (middle := (group[0] + group[-1] + 1) / 2) < bottom]


def png_size(path) -> tuple[int, int]:
    data = path.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", data[16:24])


def test_the_loss_chart_is_drawn_and_kept_as_table_and_picture(open_lab, command, checkpoint, tmp_path):
    lab = open_lab("step=500")
    found = figure(lab, LOSS)
    canvas = found.locator(".plot canvas")
    axis = Axis(canvas)
    base = command("stats")["baselines"]
    high = axis.box["height"]

    def y(loss: float) -> float:
        return 8 + (3.6 - loss) / 2.6 * (high - 34)

    # Right of what was reached stand the ladder and the axis alone.
    ladder = [y(base[kind]) for kind in ("uniform", "unigram", "bigram", "trigram")]
    empty = axis.at(2000), axis.at(4000)
    assert lines_between(canvas, *empty) == pytest.approx(ladder, abs=1)
    # The lines of the last 100 names and of the held-back names, dashed, and the playhead: through that one step, and no other.
    for step, said in [(step, checkpoint(step)[1]) for step in (10, 100)]:
        for loss in (said["meanLoss100"], said["heldOutLoss"]):
            lines = rows_of_ink(canvas, axis.at(step) - 3, axis.at(step) + 3, is_solid=True)
            assert min(abs(line - y(loss)) for line in lines) < 3, (step, lines, y(loss))
    playhead = axis.at(500)
    assert len(rows_of_ink(canvas, playhead - 0.5, playhead + 0.5, is_solid=True)) > 0.8 * high
    assert len(rows_of_ink(canvas, playhead + 6, playhead + 8, is_solid=True)) < 0.2 * high

    # The timeline's ticks stand where the chart's steps do.
    ticks = lab.bar.locator("[data-part=ticks]")
    places = ticks.evaluate("""ticks => [...ticks.children].map((tick) => [Number(tick.dataset.step),
        (tick.getBoundingClientRect().left - ticks.getBoundingClientRect().left) / ticks.getBoundingClientRect().width])""")
    assert [step for step, _ in places] == AGES
    for step, place in places:
        assert place == pytest.approx((axis.at(step) - 36) / axis.wide, abs=2e-3)

    headings, rows = table(found, f"{LOSS}, at step 500")
    assert headings == ["step", "last 100 names", "held-back names", "as many shown names"]
    assert [int(row[0]) for row in rows] == [step for step in READINGS if step <= 500]
    assert rows[0][1] == "–"
    for step, mean, held, shown in rows:
        if int(step) in (0, 100, 500):
            said = checkpoint(int(step))[1]
            assert held == fixed(said["heldOutLoss"], 2)
            assert mean == ("–" if step == "0" else fixed(said["meanLoss100"], 2))
            # Two samples of names: alike, not the same.
            assert abs(float(shown) - float(held)) < 0.2
    found.get_by_role("button", name="Close table").click()

    with lab.page.expect_download() as download:
        found.get_by_role("button", name="Save picture").click()
    number = found.locator(".where").inner_text().split(" ")[1]
    assert download.value.suggested_filename == f"gptosaurus-figure-{number}-step-500.png"
    kept = tmp_path / "chart.png"
    download.value.save_as(kept)
    assert png_size(kept) == tuple(canvas.evaluate("canvas => [canvas.width, canvas.height]"))

    # The sentence under the chart.
    section = lab.page.get_by_role("region", name="Wrong, then a little less wrong")
    status = section.locator("p.status")
    for step, said in [(500, "Past letter pairs"), (50, "It knows the common letters"), (0, "Untrained")]:
        lab.visit(step)
        status.scroll_into_view_if_needed()
        expect(status).to_contain_text(said)
    for part, text in [("tokens", "27"), ("blind", fixed(base["uniform"], 2)), ("held-out", str(command("stats")["heldOut"]))]:
        expect(section.locator(f"[data-part={part}]")).to_have_text(text)


def test_minimal_has_two_rungs_and_no_comparison(open_lab, command, read_step):
    lab = open_lab("step=500&depth=minimal")
    base = command("stats")["baselines"]
    found = figure(lab, LOSS)
    expect(readout(found)).to_have_text(read_step(500, has_held_back=False))
    expect(sentence(found)).not_to_contain_text("Held-back")
    assert table(found, f"{LOSS}, at step 500")[0] == ["step", "last 100 names"]
    expect(lab.page.get_by_role("figure", name=PAIR)).to_have_count(0)
    expect(lab.page.get_by_role("figure", name=WEIGHT)).to_have_count(0)
    expect(found.get_by_role("group", name="Axis of steps")).to_have_count(0)
    depth = lab.bar.get_by_role("combobox", name="Depth")
    canvas = found.locator(".plot canvas")
    axis = Axis(canvas)
    places = [8 + (3.6 - base[kind]) / 2.6 * (axis.box["height"] - 34) for kind in ("uniform", "bigram")]
    assert lines_between(canvas, axis.at(2000), axis.at(4000)) == pytest.approx(places, abs=1)

    legend = found.locator("[data-part=legend]")
    expect(legend).to_have_text("")
    lab.page.set_viewport_size({"width": 360, "height": 640})
    found.get_by_role("img", name=LOSS).scroll_into_view_if_needed()
    expect(legend).to_have_text(
        f"a blind guess {fixed(base['uniform'], 2)} · b letter pairs {fixed(base['bigram'], 2)} · ━ last 100 names")
    lab.page.set_viewport_size({"width": 1440, "height": 900})
    depth.select_option("focused")
    expect(lab.page.get_by_role("figure", name=PAIR)).to_be_visible()
    expect(lab.page.get_by_role("figure", name=WEIGHT)).to_have_count(0)
    expect(readout(figure(lab, LOSS))).to_have_text(read_step(500))
    lab.page.set_viewport_size({"width": 360, "height": 640})
    found.get_by_role("img", name=LOSS).scroll_into_view_if_needed()
    rungs = " · ".join(f"{letter} {name} {fixed(base[kind], 2)}" for letter, name, kind in [
        ("a", "blind guess", "uniform"), ("b", "common letters", "unigram"), ("c", "letter pairs", "bigram"), ("d", "letter triples", "trigram")])
    expect(legend).to_contain_text(f"{rungs} · ━ last 100 names · ╍ held-back names")


def distance(a: str, b: str, limit: int) -> int:
    """How many letters must change to make one of the other; the limit where it is no less."""
    if abs(len(a) - len(b)) >= limit:
        return limit
    row = list(range(len(b) + 1))
    for i, one in enumerate(a, 1):
        above, row = row, [i]
        for j, other in enumerate(b, 1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (one != other)))
        if min(row) >= limit:
            return limit
    return min(limit, row[-1])


@functools.cache
def nearest_name(text: str) -> str:
    """The first of the nearest names of the list."""
    least, found = 99, ""
    for name in NAMES:
        apart = distance(text, name, least)
        if apart < least:
            least, found = apart, name
    return found


def label(made: dict) -> str:
    if not made["ended"]:
        return "cut"
    return "found again" if made["heldOut"] else "known" if made["known"] else "new"


def as_printed(made: dict) -> str:
    return printed(made["name"]) if made["ended"] else f"{made['name']}…"


def as_listed(made: dict, knows_nearest: bool = True) -> str | re.Pattern:
    """A generated name as a panel lists it, with its label and the nearest real name of a new one: which, or just any of the list."""
    kind = label(made)
    says = f"{as_printed(made) or '(no letters)'}{LABELS[kind]} {kind}"
    if kind != "new" or not made["name"]:
        return says
    if not knows_nearest:
        return re.compile(rf"^{says} · nearest: [A-Z][a-z]+$")
    return f"{says} · nearest: {printed(nearest_name(made['name']))}"


@pytest.fixture
def rolled(command, checkpoint):
    """The names that the command line rolls."""
    def roll(step: int, count: int, dice: int = 42, temperature: float = 0.8) -> list[dict]:
        return command("generate", "--model", checkpoint(step)[0], "--count", str(count), "--seed", str(dice),
                       "--temperature", str(temperature))["names"]
    return roll


class Comparison:
    """A and B."""

    def __init__(self, lab: Lab, rolled, checkpoint):
        self.lab, self.rolled, self.checkpoint = lab, rolled, checkpoint
        self.found = figure(lab, PAIR)
        self.looked_up = 1

    def press(self, name: str) -> None:
        self.found.get_by_role("button", name=name, exact=True).click()

    def shows(self, which: str) -> Locator:
        return self.found.get_by_role("combobox", name=f"{which} shows")

    def names(self, which: str) -> Locator:
        return self.found.get_by_role("list", name=f"Names of {which}").get_by_role("listitem")

    def panel(self, which: str) -> Locator:
        return self.found.locator(f"[data-part=panel-{which.lower()}]")

    def are(self, which: str, step: int, count: int, first: int = 0, **dice) -> None:
        """A panel shows the names of a step, and the step's loss; the nearest real names of the first few are looked up here too."""
        names = self.rolled(step, first + count, **dice)[first:]
        expect(self.names(which)).to_have_text([as_listed(made, i < self.looked_up) for i, made in enumerate(names)])
        expect(self.panel(which).locator("[data-part=loss]")).to_have_text(
            f"loss on held-back names {fixed(self.checkpoint(step)[1]['heldOutLoss'], 2)}")


def announced(panels: list[list[dict]]) -> str:
    return " ".join(f"{which}: {'; '.join(f'{as_printed(made)}, {label(made)}' for made in names[:3])}." for which, names in zip("AB", panels))


@pytest.fixture
def compare(rolled, checkpoint):
    return lambda lab: Comparison(lab, rolled, checkpoint)


def test_a_and_b_roll_the_same_dice(open_lab, compare, rolled):
    lab = open_lab("step=500")
    both = compare(lab)
    # Without any set-up: untrained, and now.
    expect(both.shows("A")).to_have_value("0")
    expect(both.shows("B")).to_have_value("now")
    expect(both.shows("A").get_by_role("option")).to_have_text(
        ["untrained (step 0)", "step 10", "step 100", "step 500", "now (follows the page)"])
    for first in range(3):
        if first > 0:
            both.press("Roll one")
            expect(lab.live).to_have_text(announced([rolled(step, first + 1)[first:] for step in (0, 500)]))
        both.are("A", 0, 1, first)
        both.are("B", 500, 1, first)

    both.looked_up = 10
    both.press("Roll 20")
    both.are("A", 0, 20)
    both.are("B", 500, 20)
    a, b = rolled(0, 20), rolled(500, 20)
    assert {label(made) for made in a} == {"new", "cut"} and any(made["name"] == "" for made in a)
    expect(lab.live).to_have_text(announced([a, b]))
    headings, rows = table(both.found, f"{PAIR}, at step 500")
    assert headings == ["name", "A", "B"]
    assert rows == [[str(i), *(f"{as_printed(made)} ({label(made)})" for made in pair)] for i, pair in enumerate(zip(a, b), 1)]
    # After twenty, one is the first again.
    both.press("Roll one")
    both.are("A", 0, 1)
    both.are("B", 500, 1)


def test_temperature_and_dice_are_those_of_both(open_lab, compare):
    lab = open_lab("step=500&dice=7")
    both = compare(lab)
    both.are("B", 500, 1, dice=7)
    both.press("Roll 20")
    temperature = both.found.get_by_role("group", name="Temperature")
    slider = temperature.get_by_role("slider", name="Temperature")
    for value in ["0.5", "1.2", "0.8"]:
        temperature.get_by_role("button", name=value).click()
        expect(temperature.locator("[aria-pressed=true]")).to_have_text([value])
        expect(slider).to_have_value(value)
        expect(temperature).to_contain_text(f"T {value}")
        for which, step in [("A", 0), ("B", 500)]:
            both.are(which, step, 20, dice=7, temperature=float(value))
    slider.fill("1.7")
    expect(temperature).to_contain_text("T 1.7")
    expect(temperature.locator("[aria-pressed=true]")).to_have_count(0)
    both.are("B", 500, 20, dice=7, temperature=1.7)
    slider.press("ArrowLeft")
    both.are("B", 500, 20, dice=7, temperature=1.6)
    temperature.get_by_role("button", name="0.8").click()

    expect(lab.page).to_have_url(re.compile(r"[#&]dice=7(&|$)"))
    both.press("New dice")
    expect(lab.page).not_to_have_url(re.compile(r"[#&]dice=7(&|$)"))
    dice = int(re.search(r"[#&]dice=(\d+)", lab.page.url)[1])
    for which, step in [("A", 0), ("B", 500)]:
        both.are(which, step, 20, dice=dice)


def test_pinned_panels_stay_while_the_page_moves(open_lab, compare):
    lab = open_lab("step=500")
    both = compare(lab)
    both.press("Roll 20")
    both.shows("A").select_option(label="step 100")
    both.are("A", 100, 20)
    both.press("Pin this step: B")
    expect(both.shows("B")).to_have_value("500")
    both.are("B", 500, 20)
    lab.visit(0)
    expect(both.found.locator(".where")).to_contain_text("step 0 ")
    both.are("A", 100, 20)
    both.are("B", 500, 20)
    expect(both.shows("A")).to_have_value("100")
    # A step that is no age is listed once it is pinned.
    lab.visit(37)
    both.press("Pin this step: A")
    expect(both.shows("A").get_by_role("option")).to_have_text(
        ["untrained (step 0)", "step 10", "step 37", "step 100", "step 500", "now (follows the page)"])
    both.shows("B").select_option(label="now (follows the page)")
    both.are("B", 37, 20)
    lab.visit(0)
    both.are("A", 37, 20)
    both.are("B", 0, 20)


def counted(names: list[dict]) -> str:
    return " · ".join(f"{shape} {kind}: {sum(label(made) == kind for made in names):,}" for kind, shape in LABELS.items())


def test_a_thousand_are_counted(open_lab, compare, rolled, checkpoint):
    # These dice find a name again that was held back.
    lab = open_lab("step=500&dice=12")
    both = compare(lab)
    both.press("Roll 1,000")
    both_rolled = {which: rolled(step, 1000, dice=12) for which, step in [("A", 0), ("B", 500)]}
    assert all(any(label(made) == kind for made in both_rolled["B"]) for kind in LABELS)
    for which, names in both_rolled.items():
        expect(both.panel(which).locator("[data-part=counts]")).to_have_text(counted(names))
        expect(both.names(which)).to_have_text([as_listed(made) for made in names if made["heldOut"]])
    expect(lab.live).to_have_text(" ".join(f"{which}: {counted(names)}." for which, names in both_rolled.items()))
    problem = both.found.locator("[data-part=problem]")
    expect(problem).to_have_text("")
    # While it trains there is no time to count.
    lab.pace.select_option("1")
    lab.toggle.click()
    expect(problem).to_have_text("Pause to roll 1,000.")
    expect(lab.fingerprint).not_to_contain_text("step 500 ")
    lab.toggle.click()
    expect(lab.toggle).to_have_text("Train")
    # Only what is in sight is drawn.
    problem.scroll_into_view_if_needed()
    expect(problem).to_have_text("", timeout=15_000)
    both.press("Roll 20")
    expect(both.panel("B").locator("[data-part=counts]")).to_have_text("")


def test_a_panel_says_what_it_waits_for(open_lab, compare):
    lab = open_lab("b=100")
    both = compare(lab)
    problem = both.found.locator("[data-part=problem]")
    expect(problem).to_have_text("Step 100 is not reached yet.")
    expect(both.panel("B").locator("[data-part=loss]")).to_have_text("loss on held-back names –")
    both.are("A", 0, 1)
    # By mouse and keyboard alone, for a locator's click scrolls: the menu gives the focus back and leaves the page where it was.
    for control in (lab.bar.get_by_role("button", name="More"), lab.more.get_by_role("spinbutton", name="Any step")):
        expect(control).to_be_visible()
        box = control.bounding_box()
        lab.page.mouse.click(box["x"] + 10, box["y"] + 10)
    lab.page.keyboard.press("ControlOrMeta+a")
    lab.page.keyboard.type("100")
    lab.page.keyboard.press("Enter")
    lab.rests_at(100)
    expect(both.names("B")).to_be_in_viewport()
    both.are("B", 100, 1)
    expect(problem).to_have_text("")
