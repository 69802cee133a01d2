"""Part 0: same dice and seven ages, a name of one's own, letter by letter, the journey, no heads. All numbers are the command line's."""
import re

import pytest
from conftest import Lab
from playwright.sync_api import Locator, expect


def printed(name: dict) -> str:
    """A generated name as the page prints it."""
    return name["name"].capitalize() if name["ended"] else f"{name['name']}…"


def percent(share: float) -> str:
    """A share as the page prints it."""
    return "<1 %" if share < 0.01 else f"{int(share * 100 + 0.5)} %"


def figure(lab: Lab, name: str) -> Locator:
    return lab.page.get_by_role("figure", name=name)


@pytest.mark.main_path
def test_seven_ages_are_the_command_lines_names(lab: Lab, command, checkpoint):
    rows = figure(lab, "Same dice, seven ages").locator("table").first.get_by_role("row")
    expect(rows).to_have_count(8)
    expect(rows.get_by_role("rowheader")).to_have_text(["now", "0", "10", "100", "500", "1,000", "2,500", "5,000"])
    # What was not reached is a dot.
    expect(rows.nth(2).get_by_role("cell")).to_have_text(["·"] * 4)
    lab.train_to_end()
    for row, step in [(1, 0), (2, 10), (4, 500), (7, 5000)]:
        names = command("generate", "--model", checkpoint(step)[0], "--count", "4")["names"]
        expect(rows.nth(row).get_by_role("cell")).to_have_text([printed(name) for name in names])
    # The same dice with the same model are the same names; dragged back, "now" is another age.
    for row, step in [(7, 5000), (4, 500), (1, 0)]:
        lab.visit(step)
        expect(rows.nth(0).get_by_role("cell")).to_have_text(rows.nth(row).get_by_role("cell").all_inner_texts())


@pytest.mark.main_path
def test_ones_own_name_is_finished(open_lab, command, checkpoint):
    lab = open_lab("step=500")
    field = lab.page.get_by_label("Your own name")
    finish = lab.page.get_by_role("button", name="Finish it")
    says = lab.page.locator("#own-says")
    finish.click()
    expect(says).to_have_text("Write a name first: yours, a friend’s, a town’s.")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("Zo\u00eb")
    finish.click()
    expect(says).to_have_text("Only a to z here: “ë” at place 3.")
    expect(lab.live).to_have_text("Only a to z here: “ë” at place 3.")
    field.fill("a" * 18)
    finish.click()
    expect(says).to_have_text("17 letters at most: this model has 18 places and START takes one.")

    # Each press rolls the next dice; the first is the link's.
    names = command("generate", "--model", checkpoint(500)[0], "--count", "2", "--prefix", "emma")["names"]
    field.fill("Emma")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "false")
    for name in names:
        label = "new" if not name["known"] else "known"
        label = label if name["ended"] else "cut"
        expect(says).to_have_text(re.compile(rf"^{re.escape(printed(name))} [○●★⌁] {label} · nearest real name: [A-Z][a-z]+$"))
        expect(lab.live).to_have_text(says.inner_text())
        finish.click()
    expect(lab.page).to_have_url(re.compile("own=emma"))


def test_a_friend_gets_the_same_name(open_lab, command, checkpoint):
    made = command("generate", "--model", checkpoint(100)[0], "--count", "1", "--prefix", "london")["names"][0]
    lab = open_lab("step=100&own=london", width=360, height=640)
    lab.page.locator("#own-says").scroll_into_view_if_needed()
    expect(lab.page.locator("#own-says")).to_have_text(re.compile(f"^{re.escape(printed(made))} "))
    expect(lab.page.get_by_label("Your own name")).to_have_value("london")


@pytest.mark.main_path
def test_letter_by_letter_says_what_predict_says(open_lab, command, checkpoint):
    lab = open_lab("step=500")
    spelled = figure(lab, "A name, letter by letter")
    rows = spelled.locator("tbody").first.get_by_role("row")
    letters = [*"abcdefghijklmnopqrstuvwxyz", "END"]

    def agrees(name: str) -> None:
        shares = command("predict", "--model", checkpoint(500)[0], name)["probabilities"]
        expect(rows).to_have_count(len(name) + 1)
        for place, row in enumerate(shares):
            token = letters.index(name[place]) if place < len(name) else 26
            best = max(range(27), key=lambda letter: row[letter])
            expect(rows.nth(place).get_by_role("rowheader")).to_have_text(f"START{name[:place]}")
            expect(rows.nth(place).get_by_role("cell")).to_have_text(
                [letters[token], percent(row[token]), f"{letters[best]} {percent(row[best])}"])

    expect(spelled.get_by_role("button", name="mei")).to_have_attribute("aria-pressed", "true")
    agrees("mei")
    spelled.get_by_role("button", name="rex").click()
    expect(spelled.get_by_role("button", name="rex")).to_have_attribute("aria-pressed", "true")
    agrees("rex")
    field = spelled.get_by_role("textbox", name="Another name to spell")
    field.fill("Taylor")
    agrees("taylor")
    field.fill("tay lor")
    expect(spelled.locator("[data-part=problem]")).to_have_text("Only a to z here: “ ” at place 4.")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("")
    agrees("mei")
    # It follows the timeline.
    lab.visit(0)
    share = command("predict", "--model", checkpoint(0)[0], "mei")["probabilities"][0][letters.index("m")]
    expect(rows.nth(0).get_by_role("cell").nth(1)).to_have_text(percent(share))


def test_the_journey_ends_in_a_name_of_this_moment(open_lab, command, checkpoint):
    lab = open_lab("step=500")
    journey = lab.page.locator("#journey")
    journey.scroll_into_view_if_needed()
    cards = journey.get_by_role("listitem")
    expect(cards).to_have_count(8)
    expect(cards.nth(0)).to_have_text("In: 1,727 real names")
    for number, title in enumerate(["Patterns", "Tokens", "Training", "One pass", "Next letter", "Heads"], 1):
        expect(cards.nth(number)).to_contain_text(f"{number} {title}")
        picture = cards.nth(number).locator("canvas")
        if title in ("Patterns", "Tokens", "Training", "Next letter"):
            expect(cards.nth(number).get_by_role("link", name=title)).to_be_visible()
        assert picture.evaluate(
            "(canvas) => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0)"), title
    for step in [500, 10]:
        lab.visit(step)
        name = command("generate", "--model", checkpoint(step)[0], "--count", "1")["names"][0]
        expect(cards.nth(7)).to_have_text(f"Out, at this moment:{printed(name)}")
    cards.nth(3).get_by_role("link", name="Training").click()
    expect(lab.page.get_by_role("heading", name="Wrong, then a little less wrong")).to_be_in_viewport()
    expect(lab.page).not_to_have_url(re.compile("#training"))


def test_what_g_p_and_t_stand_for(lab: Lab):
    expect(lab.page.locator("#first-look").get_by_role("term")).to_have_text(["G", "P", "T"])
    expect(lab.page.locator("#first-look").get_by_role("definition")).to_have_text(
        [re.compile("^Generative"), re.compile("^Pre-trained"), re.compile("^Transformer")])


def test_no_heads_no_saurus(lab: Lab, command, checkpoint):
    lab.train_to_end()
    lab.strip.get_by_role("button", name="Switch all heads off").click()
    shown = figure(lab, "No heads, no -saurus")
    expect(shown).to_be_in_viewport()
    expect(shown.get_by_role("columnheader")).to_have_text(["all heads on", "all heads off"])
    path, trained = checkpoint(5000)
    names = command("generate", "--model", path, "--count", "1000")["names"]
    rows = shown.locator("tbody").first.get_by_role("row")
    for row in range(4):
        expect(rows.nth(row).get_by_role("cell").nth(0)).to_have_text(printed(names[row]))
    expect(rows.nth(0).get_by_role("cell").nth(1)).not_to_have_text(printed(names[0]))
    share = sum(name["ended"] and name["name"].endswith("saurus") for name in names) / len(names)
    readout = shown.locator("[data-part=readout]")
    expect(readout).to_have_text(re.compile(
        rf"^Of 1,000 names in -saurus: {percent(share)} → <?\d+ % · loss on held-back names {trained['heldOutLoss']:.2f} → \d\.\d\d$"),
        timeout=20_000)
    without = float(readout.inner_text().rsplit("→ ", 1)[1])
    assert without > trained["heldOutLoss"] + 0.3
    expect(lab.page).to_have_url(re.compile("off=heads"))
    shown.get_by_role("button", name="Switch them on again").click()
    expect(shown).to_be_hidden()
    # It opens from the menu too.
    lab.open_more().get_by_role("checkbox", name=re.compile("^All heads off")).check()
    expect(shown).to_be_in_viewport()


# The feet of figures.

def test_a_figure_reads_as_a_table(open_lab):
    lab = open_lab("step=100")
    ages = figure(lab, "Same dice, seven ages")
    expect(ages.get_by_text("Fig. 1 · step 100 · seed 42")).to_be_visible()
    read = ages.get_by_role("button", name="Read as table")
    expect(read).to_have_attribute("aria-expanded", "false")
    read.click()
    table = ages.get_by_role("table", name="Same dice, seven ages, at step 100")
    expect(table.locator("caption")).to_have_text("Same dice, seven ages, at step 100")
    expect(table.locator("thead th[scope=col]")).to_have_text(["step", "name 1", "name 2", "name 3", "name 4"])
    expect(table.locator("tbody th[scope=row]")).to_have_text(["now (100)", "0", "10", "100", "500", "1000", "2500", "5000"])
    names = ages.locator("table").first.get_by_role("row").nth(0).get_by_role("cell").all_inner_texts()
    expect(table.locator("tbody tr").nth(0).locator("td")).to_have_text(names)
    # A still copy, until it is asked again.
    lab.visit(10)
    expect(table).to_be_visible()
    expect(ages.get_by_text("Fig. 1 · step 10 · seed 42")).to_be_visible()
    ages.get_by_role("button", name="Update").click()
    expect(ages.get_by_role("table", name="Same dice, seven ages, at step 10", exact=True)).to_be_visible()
    expect(table).to_be_hidden()
    close = ages.get_by_role("button", name="Close table")
    expect(close).to_have_attribute("aria-expanded", "true")
    close.click()
    expect(ages.locator(".as-table")).to_be_hidden()


def test_a_figures_data_can_be_copied(open_lab, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    lab = open_lab("step=100")
    spelled = figure(lab, "A name, letter by letter")
    spelled.get_by_role("button", name="Copy data").click()
    expect(lab.live).to_have_text("Copied.")
    lines = [line.split("\t") for line in lab.page.evaluate("navigator.clipboard.readText()").split("\n")]
    assert lines[0] == ["It has read", "Next comes", "It gave this", "Its favourite"]
    assert [line[:2] for line in lines[1:]] == [["START ", "m"], ["START m", "e"], ["START me", "i"], ["START mei", "END"]]
    rows = spelled.locator("tbody").first.get_by_role("row")
    for index, line in enumerate(lines[1:]):
        expect(rows.nth(index).get_by_role("cell").nth(1)).to_have_text(line[2])


def test_where_copying_is_refused_it_says_what_to_do(open_lab):
    lab = open_lab()
    lab.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    figure(lab, "A name, letter by letter").get_by_role("button", name="Copy data").click()
    expect(lab.strip).to_contain_text("This browser did not let the page copy. Read it as a table and copy from there.")
