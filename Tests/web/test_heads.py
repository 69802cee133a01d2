"""Part 6: what each head does. Numbers are those of the command line: heads, generate and train."""
import re

import pytest
from conftest import Lab
from figures import figure, fixed, percent, readout, sentence, signed, table
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.only_browser("chromium")

BOARD, WORTH, TABLE, TIME, SEEDS = "Switchboard", "What a head is worth", "All heads, measured", "How the heads came about", "Eight seeds side by side"
HEADS = [f"{layer}.{head}" for layer in (1, 2) for head in (1, 2, 3, 4)]
MEASURES = {"start": "positional", "before": "previous", "itself": "current", "vowels": "vowelShare", "repeats": "copy", "spread": "entropyShare"}
LEANS = {"start": "start", "before": "letter before", "itself": "itself", "repeats": "repeats", "vowels": "vowels", "consonants": "consonants"}


@pytest.fixture(scope="session")
def report(command, checkpoint):
    """What the command line says of the heads at a step."""
    return lambda step, count=80: command("heads", "--model", checkpoint(step)[0], "--count", str(count))


def cells(found: Locator) -> list[list[str]]:
    """The rows of a table, cell by cell, as they are drawn."""
    return found.evaluate("body => [...body.rows].filter((row) => !row.matches('.full')).map((row) => [...row.cells].map((cell) => cell.textContent.trim()))")


def switch(board: Locator, name: str) -> Locator:
    return board.get_by_role("switch", name=name, exact=True)


def test_the_switchboard_rolls_the_same_dice_with_and_without(open_lab, command, checkpoint):
    lab = open_lab("step=500")
    path, trained = checkpoint(500)
    names = command("generate", "--model", path, "--count", "1000")["names"]
    share = percent(sum(one["ended"] and one["name"].endswith("saurus") for one in names) / len(names))
    loss = fixed(trained["heldOutLoss"], 3)
    board = figure(lab, BOARD)
    expect(board.get_by_role("switch")).to_have_count(10)
    expect(board.get_by_role("switch", checked=True)).to_have_count(10)
    expect(readout(board)).to_have_text(f"Everything is on. Of 1,000 names in -saurus: {share} · loss on held-back names {loss}", timeout=20_000)
    rows = cells(board.locator("tbody").first)
    assert [left.lower().rstrip("…") for left, _ in rows] == [one["name"] for one in names[:6]]
    assert all(left == right for left, right in rows)

    switch(board, "head 1.4").click()
    expect(switch(board, "head 1.4")).not_to_be_checked()
    expect(lab.page).to_have_url(re.compile(r"off=1\.4(&|$)"))
    switch(board, "MLP 2").click()
    expect(lab.page).to_have_url(re.compile(r"off=1\.4,mlp2(&|$)"))
    expect(readout(board)).to_have_text(re.compile(rf"^Of 1,000 names in -saurus: {share} → <?\d+ % · loss on held-back names {loss} → \d\.\d{{3}}$"), timeout=20_000)
    expect(sentence(board)).to_have_text(re.compile(r"^off: 1\.4,mlp2\."))
    assert [left for left, _ in cells(board.locator("tbody").first)] == [left for left, _ in rows]

    board.get_by_role("button", name="All heads off").click()
    expect(board.get_by_role("switch", checked=False)).to_have_count(8)
    expect(lab.page).to_have_url(re.compile("off=heads"))
    expect(readout(board)).to_have_text(re.compile(r"→ 0 % · "), timeout=20_000)
    board.get_by_role("button", name="All on").click()
    expect(board.get_by_role("switch", checked=True)).to_have_count(10)
    expect(lab.page).not_to_have_url(re.compile("off="))


def test_clicks_within_one_frame_all_count(open_lab):
    lab = open_lab("step=10&depth=advanced")
    board = figure(lab, BOARD)
    expect(board.get_by_role("switch")).to_have_count(10)
    board.evaluate("(board) => [0, 5].forEach((index) => board.querySelectorAll('[role=switch]')[index].click())")
    expect(lab.page).to_have_url(re.compile(r"off=1\.1,2\.2(&|$)"))
    expect(board.get_by_role("switch", checked=False)).to_have_count(2)


def test_clicks_before_a_figure_is_drawn_count(open_lab):
    lab = open_lab("step=10&depth=advanced")
    seeds = lab.page.get_by_role("figure", name=SEEDS)
    # By script, as a locator's click scrolls to the figure, which is then drawn.
    for name in ["Train eight seeds to step 1,000", "Read as table"]:
        seeds.get_by_role("button", name=name).evaluate("(button) => button.click()")
    expect(seeds.locator(".where")).to_be_empty()
    expect(readout(figure(lab, SEEDS)).first).to_have_text(re.compile("^(Training seed 4|Eight seeds at step 1,000)"))
    expect(seeds.get_by_role("table", name=f"{SEEDS}, at step 10")).to_be_visible()


def test_a_link_restores_the_switches_and_other_figures_keep_everything_on(open_lab, command, checkpoint):
    lab = open_lab("step=500&name=rex&off=1.2,2.3,mlp1")
    board = figure(lab, BOARD)
    off = board.get_by_role("switch", checked=False)
    expect(off).to_have_count(3)
    assert off.evaluate_all("all => all.map((one) => one.ariaLabel)") == ["head 1.2", "head 2.3", "MLP 1"]
    expect(lab.page.get_by_role("figure", name="No heads, no -saurus")).to_be_hidden()
    attention = command("predict", "--model", checkpoint(500)[0], "rex")["attention"]
    arcs = figure(lab, "One letter looks back")
    largest = max(attention[0][0][3][:4])
    expect(readout(arcs)).to_contain_text(percent(largest))


def test_worths_are_those_of_the_command_line(open_lab, report):
    lab = open_lab("step=500")
    worths = [head["worth"] for head in report(500)["heads"]]
    found = figure(lab, WORTH)
    best = worths.index(max(worths))
    expect(readout(found)).to_have_text(re.compile(
        rf"^Step 500: head {re.escape(HEADS[best])} is worth most, {re.escape(signed(worths[best], 3))}\. All heads together: (\+\d\.\d+); "
        rf"what they are worth singly adds up to {re.escape(signed(sum(worths), 3))}\.$"), timeout=20_000)
    rows = {label: number for label, _, number in cells(found.locator("tbody").first)}
    assert [rows[f"head {name}"] for name in HEADS] == [signed(worth, 3) for worth in worths]
    assert list(rows) == [*(f"head {name}" for name in HEADS[:4]), "layer 1", *(f"head {name}" for name in HEADS[4:]), "layer 2", "all 8 heads", "singly they add up to"]
    assert float(rows["all 8 heads"]) > float(rows["layer 1"])


def shown_row(head: dict, name: str, worth: float | None) -> list[str]:
    measured = [f"{fixed(head[key], 2)} {fixed(head[key] / head[key + 'Chance'], 1)}×" for key in MEASURES.values()]
    return [name, *measured, "–" if worth is None else signed(worth, 3), head["lean"] or "no clear lean"]


def test_the_table_is_the_command_lines_and_sorts(open_lab, report):
    lab = open_lab("step=500&depth=advanced")
    said = report(500)
    found = figure(lab, TABLE)
    expect(readout(found)).to_have_text(re.compile(rf"^80 names, {percent(said['vowelRate'])} of their letters vowels\."), timeout=20_000)
    body = found.locator("tbody").first
    expect(body.locator("tr").first.locator("[data-column=worth]")).to_have_text(re.compile(r"\d"))
    rows = [shown_row(head, name, head["worth"]) for head, name in zip(said["heads"], HEADS)]
    assert cells(body) == rows
    found.get_by_role("columnheader", name="worth").get_by_role("button").click()
    order = [HEADS[at] for at in sorted(range(8), key=lambda at: -said["heads"][at]["worth"])]
    expect(body.get_by_role("rowheader")).to_have_text(order)
    expect(found.get_by_role("columnheader", name="worth")).to_have_attribute("aria-sort", "descending")
    found.get_by_role("columnheader", name="head", exact=True).get_by_role("button").click()
    found.get_by_role("button", name="averaged over the layers").click()
    expect(body.get_by_role("rowheader")).to_have_text(["1", "2", "3", "4"])
    assert cells(body) == [shown_row(head, str(place + 1), None) for place, head in enumerate(said["pooled"])]

    found.get_by_role("button", name="each head").click()
    found.get_by_role("button", name="all 1,727").click()
    everyone = report(500, 0)
    expect(readout(found)).to_have_text(re.compile("^1,727 names"), timeout=20_000)
    assert cells(body) == [shown_row(head, name, head["worth"]) for head, name in zip(everyone["heads"], HEADS)]


def test_a_head_opens_on_a_small_screen_too(open_lab, report):
    lab = open_lab("step=100&depth=advanced", width=360, height=760)
    head = report(100)["heads"][0]
    found = figure(lab, TABLE)
    opener = found.get_by_role("button", name="Head 1.1 in full")
    opener.click(timeout=20_000)
    expect(opener).to_have_attribute("aria-expanded", "true")
    expect(opener).to_be_focused()
    full = found.get_by_role("table", name="Head 1.1 in full")
    rows = full.evaluate("table => [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent))")
    assert [row[0] for row in rows] == ["start", "letter before", "itself", "vowels", "repeats", "spread", "spread in bits"]
    for row, key in zip(rows, [*MEASURES.values(), "entropyBits"]):
        assert row[1:3] == [fixed(head[key], 2), fixed(head[key + "Chance"], 2)], row
    assert lab.page.evaluate("document.documentElement.scrollWidth") == 360


def test_lines_show_the_marked_steps(open_lab, report):
    lab = open_lab("step=500&depth=advanced")
    found = figure(lab, TIME)
    expect(readout(found)).to_have_text(re.compile("^Step 500: 1.1 "), timeout=20_000)
    headings, rows = table(found, f"{TIME}, at step 500")
    assert headings == ["step", *HEADS]
    assert [row[0] for row in rows] == ["0", "10", "100", "500"]
    for row in rows[1:]:
        assert row[1:] == [signed(head["worth"], 3) for head in report(int(row[0]))["heads"]]
    found.get_by_role("button", name="letter before").click()
    expect(readout(found)).to_have_text(re.compile(r"^Step 500: 1\.1 0\.\d\d, "), timeout=20_000)
    plot = found.get_by_role("img")
    plot.focus()
    lab.page.keyboard.press("ArrowLeft")
    before = [fixed(head["previous"], 2) for head in report(100)["heads"]]
    expect(readout(found)).to_have_text("Step 100: " + ", ".join(f"{name} {value}" for name, value in zip(HEADS, before)))


def test_eight_seeds_are_eight_runs_of_the_command_line(open_lab, command, tmp_path):
    lab = open_lab("step=100&depth=advanced")
    found = figure(lab, SEEDS)
    found.get_by_role("button", name="Train eight seeds to step 100", exact=True).click()
    expect(readout(found).first).to_have_text("Eight seeds at step 100.", timeout=60_000)
    rows = cells(found.locator("tbody").first)
    assert [row[0] for row in rows] == [str(seed) for seed in range(42, 50)]
    for seed, row in zip(range(42, 50), rows):
        path = str(tmp_path / f"{seed}.safetensors")
        trained = command("train", "--seed", str(seed), "--steps", "100", "--output", path)
        said = command("heads", "--model", path)
        heads = said["heads"]
        best = max(range(8), key=lambda at: heads[at]["worth"])
        leans = [(head["lean"] or "none").removeprefix("mostly ") for head in heads]
        counts = [str(leans.count(lean)) for lean in [*LEANS.values(), "none"]]
        assert [row[1], *row[3:]] == [f"{HEADS[best]} {signed(heads[best]['worth'], 3)}", fixed(trained["heldOutLoss"], 3), *counts]
    losses = [row[3] for row in rows]
    expect(found.locator("[data-part=ranges]")).to_have_text(re.compile(rf"loss {min(losses)} to {max(losses)}$"))
    with_none = sum(row[-1] != "0" for row in rows)
    expect(found.get_by_role("listitem").filter(has_text="no clear lean")).to_have_text("a head has no clear lean" + ("" if with_none == 8 else f": {with_none} of 8"))


def test_eight_seeds_pause_go_on_and_are_cancelled(open_lab):
    # A shape large enough that no machine is done with eight of them before it is asked to pause.
    lab = open_lab("layers=4&width=128&heads=4&step=10&depth=advanced")
    found = figure(lab, SEEDS)
    said = readout(found).first
    found.get_by_role("button", name="Train eight seeds to step 1,000").click()
    expect(said).to_have_text(re.compile(r"^Training seed 4\d: step [1-9]"), timeout=20_000)
    found.get_by_role("button", name="Pause").click()
    expect(said).to_have_text(re.compile(r"^Paused; \d of 8 measured\.$"))
    found.get_by_role("button", name="Go on").click()
    expect(said).to_have_text(re.compile(r"^Training seed 4\d"))
    # The page's own run goes on meanwhile.
    lab.jump(20)
    expect(said).to_have_text(re.compile(r"^Training seed 4\d"))
    found.get_by_role("button", name="Cancel").click()
    expect(said).to_have_text(re.compile("^Nothing trained yet"))
    expect(found.locator("tbody").first.get_by_role("row")).to_have_count(0)


def test_the_journey_links_here(lab: Lab):
    lab.page.locator("#journey").get_by_role("link", name="6 Heads").click()
    expect(lab.page.get_by_role("heading", name="What each head does")).to_be_in_viewport()
