"""Part 4: one pass. What the page adds up is added up here again in 32 bits, from the checkpoint's own weights."""
import re

import pytest
from conftest import ROOT, Lab
from figures import fed, figure, readout, single, tensors
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.only_browser("chromium")

TITLE = "Every table, in order"


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def opened(lab: Lab) -> tuple[Locator, Locator]:
    """The figure and what is in hand."""
    found = figure(lab, TITLE)
    found.scroll_into_view_if_needed()
    hand = found.get_by_role("group", name="In hand")
    expect(hand.locator("[data-part=cell]")).to_have_text(re.compile("="))
    return found, hand


def take(found: Locator, name: str) -> None:
    found.get_by_role("combobox", name="Box").select_option(label=name)


def terms(hand: Locator) -> list[list[float]]:
    """The numbers of the sum in hand, term by term."""
    rows = hand.locator("tbody tr").evaluate_all("(rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent))")
    return [[number(cell) for cell in row] for row in rows]


def adds_up(hand: Locator, start: float = 0) -> float:
    """Every product and sum on show is what 32 bits make of the numbers beside it; the last sum."""
    total = start
    shown = terms(hand)
    assert shown
    for a, b, product, so_far in shown:
        assert single(product) == single(single(a) * single(b))
        total = single(total + single(product))
        assert single(so_far) == total
    return total


def test_six_stations_lead_to_where_each_is_explained(open_lab):
    lab = open_lab("step=500&depth=focused")
    stations = lab.page.locator("#stations")
    stations.scroll_into_view_if_needed()
    links = stations.get_by_role("link")
    expect(links).to_have_count(6)
    for station in range(6):
        expect(stations.locator("[data-part=number]").nth(station)).not_to_be_empty()
    expect(lab.page.get_by_role("figure", name=TITLE)).to_be_hidden()
    links.nth(2).click()
    expect(lab.page.locator("#arcs")).to_be_in_viewport()
    links.nth(3).click()
    expect(lab.page.get_by_role("figure", name=TITLE)).to_be_visible()
    expect(lab.page.locator("html")).to_have_attribute("data-depth", "advanced")


def test_the_card_of_the_journey_is_a_link(open_lab):
    lab = open_lab()
    lab.page.get_by_role("link", name="4 One pass").first.click()
    expect(lab.page.get_by_role("heading", name="One letter’s trip through the model")).to_be_in_viewport()


def test_a_number_adds_up_to_the_bit_and_leads_to_what_fed_it(open_lab, checkpoint):
    lab = open_lab("step=500&depth=advanced")
    found, hand = opened(lab)
    weights = tensors(checkpoint(500)[0])
    value = hand.locator("[data-part=cell]")
    for box, name, tensor in [("1 · query", "q", "layer0.attn_wq"), ("2 · hidden", "h", "layer1.mlp_fc1"), ("scores of letters", "z", "lm_head")]:
        take(found, box)
        expect(value).to_have_text(re.compile(rf"^{name}\[0\] = "))
        expect(hand.locator("tbody tr")).to_have_count(32)
        total = adds_up(hand)
        assert single(number(value.inner_text().split(" = ")[1])) == total
        assert [single(a) for a, *_ in terms(hand)] == weights[tensor][0]
    # The sum of the two embeddings, from the file.
    take(found, "sum of two rows")
    last = fed("mei")[-1]
    expected = single(weights["wte"][last][0] + weights["wpe"][3][0])
    expect(value).to_have_text(re.compile(r"^sum\[0\] = "))
    assert single(number(value.inner_text().split(" = ")[1])) == expected

    # From a query to the norm that it read, and back.
    take(found, "1 · query")
    expect(value).to_have_text(re.compile(r"^q\[0\] = "))
    lit = hand.locator("tbody [aria-pressed=true]")
    expect(lit).to_have_count(1)
    term = lit.inner_text()
    hand.get_by_role("button", name="To the number it came from").click()
    expect(value).to_have_text(re.compile(rf"^n\[{term}\] = "))
    hand.get_by_role("button", name="Back").click()
    expect(value).to_have_text(re.compile(r"^q\[0\] = "))
    hand.get_by_role("button", name="To the weight").click()
    expect(value).to_have_text(re.compile(rf"^layer0\.attn_wq\[0, {term}\] = .* a term of q\[0\]"))


def test_keys_walk_through_the_boxes_and_the_pointer_reads(open_lab):
    lab = open_lab("step=500&depth=advanced")
    found, hand = opened(lab)
    plot = found.get_by_role("img")
    plot.focus()
    value = hand.locator("[data-part=cell]")
    lab.page.keyboard.press("ArrowDown")
    expect(value).to_have_text(re.compile(r"^q\[1\] = "))
    lab.page.keyboard.press("End")
    expect(value).to_have_text(re.compile(r"^q\[31\] = "))
    expect(plot).to_have_attribute("aria-label", re.compile(r"q\[31\] = "))
    lab.page.keyboard.press("PageUp")
    expect(value).to_have_text(re.compile(r"^layer0\.attn_wq\[0, 0\] = "))
    plot.locator("canvas").hover(position={"x": 30, "y": 20})
    expect(readout(found)).to_have_text(re.compile(r"^wte\[0, 0\] = "))
    expect(value).to_have_text(re.compile(r"^layer0\.attn_wq\[0, 0\] = "))
    plot.locator("canvas").click(position={"x": 30, "y": 20})
    expect(value).to_have_text(re.compile(r"^wte\[0, 0\] = .*not read for i"))


def test_gradients_are_sums_over_the_letters(open_lab):
    lab = open_lab("step=500&depth=advanced")
    found, hand = opened(lab)
    found.get_by_role("button", name="gradients").click()
    take(found, "layer1.attn_wo")
    value = hand.locator("[data-part=cell]")
    expect(value).to_have_text(re.compile(r"^slope of the loss along layer1\.attn_wo\[0, 0\]: "))
    expect(hand.locator("tbody tr")).to_have_count(4)
    assert single(number(value.inner_text().split(": ")[1])) == adds_up(hand)


def test_code_is_that_of_the_file(open_lab):
    lab = open_lab("depth=advanced")
    found, hand = opened(lab)
    hand.get_by_role("button", name="Code", exact=True).click()
    place = hand.locator(".file").first.inner_text()
    file, first, last = re.fullmatch(r"(Sources/TinyGPT/\S+), lines (\d+) to (\d+)", place).groups()
    lines = (ROOT / file).read_text().split("\n")[int(first) - 1:int(last)]
    assert hand.locator("pre").first.text_content() == "\n".join(lines)
    assert any("w.qkv(p), into: a.qkv" in line for line in lines)


@pytest.mark.parametrize("sizes", ["layers=1&width=16&heads=2", "layers=4&width=64"])
def test_any_shape_is_drawn(open_lab, sizes):
    lab = open_lab(f"depth=advanced&{sizes}", width=360)
    found, hand = opened(lab)
    layers = int(sizes[7])
    options = found.get_by_role("combobox", name="Box").locator("option")
    expect(options).to_have_count(3 + 6 * layers + 4 + 12 * layers)
    take(found, f"{layers} · stream + MLP")
    expect(hand.locator("[data-part=start]")).to_have_text(re.compile("^begins with x = "))
    start = single(number(hand.locator("[data-part=start]").inner_text().split(" = ")[1]))
    value = hand.locator("[data-part=cell]").inner_text()
    assert single(number(value.split(" = ")[1])) == adds_up(hand, start)
    assert lab.page.evaluate("document.documentElement.scrollWidth") <= 360
