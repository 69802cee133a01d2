"""Part 1: first letters, lengths, the name on show, pairs, the ladder. All numbers are the command line's, or counted here."""
import collections
import re

import pytest
from conftest import ROOT, Lab
from figures import EDGE, LETTERS, fed, figure, fixed, percent, readout, sentence, table
from playwright.sync_api import Locator, expect

FIRST, LENGTHS, PAIRS, LADDER = "Which letter comes first", "How many letters", "Which letter follows which", "The ladder"
NAMES = (ROOT / "Data/dinosaurs.txt").read_text().split()


def starts(letter: str, count: int) -> str:
    return f"{letter} starts {count:,} of {len(NAMES):,} names, {percent(count / len(NAMES))}"


def has_letters(length: int, count: int) -> str:
    return f"{length} {'letter' if length == 1 else 'letters'}: {count:,} of {len(NAMES):,} names, {percent(count / len(NAMES))}"


def bars_of(found: Locator, name: str) -> Locator:
    return found.get_by_role("list", name=name).get_by_role("listitem")


def sizes(bars: Locator, side: str) -> list[float]:
    """Heights or widths of bars on the screen."""
    return bars.evaluate_all("(bars, side) => bars.map((bar) => bar.getBoundingClientRect()[side])", side)


def are_true_to(shown: list[float], values: list[float]) -> None:
    """Bars are as long as their values, within half a pixel."""
    longest, most = max(shown), max(values)
    assert longest > 50
    for size, value in zip(shown, values, strict=True):
        assert abs(size - longest * value / most) < 0.5, (size, value)


def lit_rows(lab: Lab, name: str) -> list[int]:
    """The rows of a table of weights that are outlined: the outline's left half stands in the labels' margin."""
    return lab.page.get_by_role("figure", name=name).locator(".plot canvas").evaluate(
        """(canvas, rows) => {
             const ratio = canvas.width / canvas.clientWidth, cell = (canvas.clientHeight - 1) / rows;
             const left = canvas.clientWidth - 1 - 32 * cell;
             const pixels = canvas.getContext('2d');
             return [...Array(rows).keys()].filter((row) =>
               pixels.getImageData(Math.floor((left - 1) * ratio), Math.floor((row + 0.5) * cell * ratio), 1, 1).data[3] > 0);
           }""", 27 if name.startswith("wte") else 18)


@pytest.mark.main_path
def test_first_letters_and_lengths_are_those_of_stats(lab: Lab, command):
    stats = command("stats")
    assert stats["names"] == len(NAMES)
    firsts = [stats["firstLetter"].get(letter, 0) for letter in LETTERS]
    lengths = [stats["length"].get(str(length), 0) for length in range(1, 18)]
    assert sum(firsts) == sum(lengths) == len(NAMES)

    letters = figure(lab, FIRST)
    bars = bars_of(letters, "Names by first letter")
    expect(bars).to_have_count(26)
    expect(bars).to_contain_text([starts(*pair) for pair in zip(LETTERS, firsts)])
    are_true_to(sizes(bars.locator(".upright-bar"), "height"), firsts)
    assert table(letters, f"{FIRST}, at step 0") == (["First letter", "Names"], [[a, str(n)] for a, n in zip(LETTERS, firsts)])
    common = sorted(zip(LETTERS, firsts), key=lambda pair: -pair[1])[:3]
    expect(sentence(letters)).to_have_text(
        f"Most names start with {', '.join(f'{a} ({n})' for a, n in common)}. mei: {starts('m', stats['firstLetter']['m'])}.")

    long = figure(lab, LENGTHS)
    bars = bars_of(long, "Names by number of letters")
    expect(bars).to_have_count(17)
    expect(bars).to_contain_text([has_letters(*pair) for pair in enumerate(lengths, 1)])
    are_true_to(sizes(bars.locator(".upright-bar"), "height"), lengths)
    assert table(long, f"{LENGTHS}, at step 0") == (["Letters", "Names"], [[str(i), str(n)] for i, n in enumerate(lengths, 1)])
    expect(sentence(long)).to_have_text(f"mei: {has_letters(3, lengths[2])}.")

    # The text's own numbers.
    section = lab.page.get_by_role("region", name="Patterns in the names")
    expect(section.locator("[data-part=names]")).to_have_text(f"{len(NAMES):,}")
    size, least = next((size, least) for size in range(1, 18) for least in range(1, 19 - size)
                       if sum(lengths[least - 1:least - 1 + size]) >= 0.8 * len(NAMES))
    share = sum(lengths[least - 1:least - 1 + size]) / len(NAMES)
    expect(section.locator("[data-part=bulk]")).to_have_text(f"{percent(share)} of the names have {least} to {least + size - 1} letters.")
    assert max(map(len, NAMES)) <= 17
    expect(section.locator("[data-part=too-long]")).to_have_text("None is longer than the 17 letters this model has room for.")
    expect(section.locator("[data-part=held-back]")).to_have_text(
        f"{stats['heldOut']} of the {len(NAMES):,} names, drawn by lot, are held back.")


def test_arrow_keys_and_pointer_read_any_bar(lab: Lab, command):
    stats = command("stats")
    letters = figure(lab, FIRST)
    bars = letters.get_by_role("list", name="Names by first letter")
    # Nothing chosen: the bar of the name on show.
    expect(readout(letters)).to_have_text(starts("m", stats["firstLetter"]["m"]))
    bars.focus()
    for key, letter in [("ArrowRight", "n"), ("ArrowRight", "o"), ("ArrowLeft", "n"), ("End", "z"), ("ArrowRight", "z"), ("Home", "a"),
                        ("ArrowLeft", "a")]:
        bars.press(key)
        expect(readout(letters)).to_have_text(starts(letter, stats["firstLetter"][letter]))
        expect(bars.locator("[data-cursor]")).to_contain_text(starts(letter, stats["firstLetter"][letter]))
        # What is chosen does not take the outline from the name on show.
        expect(bars.locator("[data-lit]")).to_contain_text("m starts")
    bars.blur()
    expect(readout(letters)).to_have_text(starts("m", stats["firstLetter"]["m"]))

    long = figure(lab, LENGTHS)
    bars = long.get_by_role("list", name="Names by number of letters")
    for length in [12, 1, 17]:
        bars.get_by_role("listitem").nth(length - 1).hover()
        expect(readout(long)).to_have_text(has_letters(length, stats["length"].get(str(length), 0)))
    lab.page.mouse.move(0, 0)
    expect(readout(long)).to_have_text(has_letters(3, stats["length"]["3"]))
    bars.focus()
    bars.press("ArrowRight")
    expect(readout(long)).to_have_text(has_letters(4, stats["length"]["4"]))


def test_the_name_on_show_lights_its_bars_its_ids_and_its_rows(open_lab, command):
    stats = command("stats")
    # All figures in view at once.
    lab = open_lab(height=6000)
    lit = {name: lab.page.get_by_role("figure", name=name).locator("[data-part=bars] [data-lit]") for name in [FIRST, LENGTHS]}
    ids = lab.page.get_by_role("figure", name="A name as numbers").get_by_role("listitem")

    def is_shown(name: str) -> None:
        for figure_name, says in [(FIRST, starts(name[0], stats["firstLetter"][name[0]])),
                                  (LENGTHS, has_letters(len(name), stats["length"][str(len(name))]))]:
            expect(lit[figure_name]).to_have_count(1)
            expect(lit[figure_name]).to_contain_text(says)
            expect(sentence(lab.page.get_by_role("figure", name=figure_name))).to_contain_text(f"{name}: {says}.")
        expect(ids).to_have_text([f"START{EDGE}", *(f"{letter}{LETTERS.index(letter)}" for letter in name), f"END{EDGE}"])
        expect(sentence(lab.page.get_by_role("figure", name="wte: a row per token"))).to_contain_text(f"wte, row {name[0]}: ")
        assert lit_rows(lab, "wte: a row per token") == sorted(set(fed(name)))
        assert lit_rows(lab, "wpe: a row per position") == list(range(len(name) + 1))

    control = lab.page.locator("#patterns").get_by_role("group", name="Name on show")
    field = control.get_by_role("combobox", name="Name on show")
    is_shown("mei")
    seen = ["mei"]
    for _ in range(2):
        control.get_by_role("button", name="Next name").click()
        expect(field).not_to_have_value(seen[-1])
        seen.append(field.input_value())
        assert seen[-1] in NAMES
        is_shown(seen[-1])
    assert len(set(seen)) == 3
    control.get_by_role("button", name="Previous name").click()
    expect(field).to_have_value(seen[1])
    is_shown(seen[1])
    for name in ["rex", max(NAMES, key=len)]:
        field.fill(name)
        is_shown(name)


def test_pairs_are_counted_over_all_names(open_lab):
    counts = collections.Counter(pair for name in NAMES for pair in zip(["START", *name], [*name, "END"]))
    pairs = figure(open_lab("depth=advanced"), PAIRS)
    rows, columns = [*LETTERS, "START"], [*LETTERS, "END"]

    def follows(before: str, after: str) -> str:
        count, all_of = counts[before, after], sum(n for pair, n in counts.items() if pair[0] == before)
        return f"{before} is followed by {after} {count:,} {'time' if count == 1 else 'times'}, {percent(count / all_of)} of all {before}"

    headings, shown = table(pairs, f"{PAIRS}, at step 0")
    assert headings == ["Before", *columns]
    assert shown == [[before, *(str(counts[before, after]) for after in columns)] for before in rows]

    common = [(f"{before} {after}", n) for (before, after), n in counts.most_common(10)]
    assert len({n for _, n in counts.most_common(11)}) == 11, "a tie: their order would be luck"
    items = pairs.get_by_role("list", name="The 10 most common pairs").get_by_role("listitem")
    expect(items).to_have_text([f"{pair}{n:,}" for pair, n in common])
    shares = items.evaluate_all("items => items.map((item) => Number(item.style.getPropertyValue('--share')))")
    assert shares == pytest.approx([n / common[0][1] for _, n in common])
    expect(sentence(pairs)).to_have_text(f"The most common pairs: {'; '.join(f'{pair}, {n:,} times' for pair, n in common[:3])}.")
    expect(pairs.locator("[data-part=scale] span")).to_have_text(["0", f"{common[0][1] // 2:,}", f"{common[0][1]:,} times"])

    plot = pairs.get_by_role("img", name="Counts of letter pairs")
    plot.focus()
    for key, before, after in [
        ("ArrowDown", "a", "a"), ("ArrowRight", "a", "b"), ("ArrowDown", "b", "b"), ("End", "b", "END"), ("PageDown", "h", "END"),
        ("Home", "h", "a"), ("PageDown", "n", "a"), ("PageDown", "t", "a"), ("PageDown", "z", "a"), ("ArrowDown", "START", "a"),
        ("ArrowDown", "START", "a"), ("End", "START", "END"), ("ArrowLeft", "START", "z"), ("ArrowUp", "z", "z"),
    ]:
        plot.press(key)
        expect(readout(pairs)).to_have_text(follows(before, after))
    expect(plot).to_have_accessible_name(f"Counts of letter pairs: {follows(before, after)}")
    # The pointer reads the cell it is on: beside and above the cells there are 22 pixels of labels.
    canvas = plot.locator("canvas")
    cell = (canvas.bounding_box()["width"] - 23) / 27
    for before, after in [("s", "END"), ("q", "u"), ("x", "w")]:
        canvas.hover(position={"x": 22 + (columns.index(after) + 0.5) * cell, "y": 22 + (rows.index(before) + 0.5) * cell})
        expect(readout(pairs)).to_have_text(follows(before, after))


def rungs(command, *flags: str, model: float, at: int) -> list[tuple[str, str, float]]:
    """What the ladder must show."""
    baselines = command("stats", *flags)["baselines"]
    return [
        ("blind guess", "all 27 outcomes alike", baselines["uniform"]), ("common letters", "how often each letter occurs", baselines["unigram"]),
        ("letter pairs", "what follows the last letter", baselines["bigram"]), ("letter triples", "what follows the last two", baselines["trigram"]),
        (f"the model, step {at:,}", "may use every letter so far", model),
    ]


def ladder_shows(lab: Lab, expected: list[tuple[str, str, float]], step: int) -> None:
    ladder = figure(lab, LADDER)
    items = ladder.locator("[data-part=rungs]").get_by_role("listitem")
    expect(items).to_have_text([f"{name}{what}{fixed(loss, 2)}" for name, what, loss in expected])
    losses = [loss for _, _, loss in expected]
    are_true_to(sizes(items.locator(".rung-bar"), "width"), losses)
    model = losses.pop()
    name, counted = expected[-1][0], expected[:-1]
    beaten = [rung for rung in counted if model < rung[2]]
    left = [rung for rung in counted if model >= rung[2]]
    says = f"{name.removeprefix('the model, ')}: {fixed(model, 2)}"
    says += f", better than {beaten[-1][0]}" if beaten else ""
    says += f"; next to beat: {left[0][0]}, {fixed(left[0][2], 2)}" if left else ""
    expect(readout(ladder)).to_have_text(says)
    expect(sentence(ladder)).to_have_text(
        f"Loss per letter: {', '.join(f'{name} {fixed(loss, 2)}' for name, _, loss in counted)}, the model {fixed(model, 2)}.")
    expect(ladder.locator("figcaption .where")).to_contain_text(re.compile(rf"step {step:,} "))


def test_the_ladder_is_that_of_stats_and_train(open_lab, command, checkpoint):
    lab = open_lab("step=500")
    loss = {step: checkpoint(step)[1]["heldOutLoss"] for step in [0, 500, 2500]}
    at_step = {step: rungs(command, model=loss[step], at=step) for step in loss}
    ladder_shows(lab, at_step[500], 500)
    fourgram = command("stats")["baselines"]["fourgram"]
    expect(figure(lab, LADDER).locator("[data-part=quadruples]")).to_contain_text(
        f"Counting what follows the last three no longer helps: {fixed(fourgram, 2)}.")
    headings, rows = table(figure(lab, LADDER), f"{LADDER}, at step 500")
    assert headings == ["What guesses", "What it uses", "Loss (nats)"]
    assert rows == [[name, what, fixed(value, 2)] for name, what, value in at_step[500]]
    # Between two readings it is the last one's, and says of which step.
    lab.jump(510)
    ladder_shows(lab, at_step[500], 510)
    lab.jump(2500)
    ladder_shows(lab, at_step[2500], 2500)
    lab.visit(0)
    ladder_shows(lab, at_step[0], 0)
    lab.visit(500)
    ladder_shows(lab, at_step[500], 500)


def test_another_seed_has_its_own_ladder(open_lab, command, tmp_path):
    lab = open_lab("seed=7&step=100")
    said = command("train", "--seed", "7", "--steps", "100", "--output", str(tmp_path / "7.safetensors"))
    assert lab.digits() == said["fingerprint"]
    ladder_shows(lab, rungs(command, "--seed", "7", model=said["heldOutLoss"], at=100), 100)
