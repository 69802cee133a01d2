"""Part 5, first half: the text fed in, the bars, the dice and the surprise. Every figure is the command line's, or reckoned here from its scores."""
import math
import re
from functools import cache

import pytest
from conftest import ROOT, Lab
from figures import LETTERS, copied, fed, figure, fixed, percent, readout, sentence, signed, table, tensors
from plain_gpt import Row, forward, softmax
from playwright.sync_api import Locator, Page, expect

BARS, SURPRISE = re.compile("^Next letter( after |$)"), "Is this a dinosaur name?"
OUTCOMES = [*LETTERS, "END"]
NAMES = (ROOT / "Data/dinosaurs.txt").read_text().split()
FEW = 8

# letter, share, ln p at T = 1
Bar = tuple[str, float, float]


@pytest.fixture(scope="session")
def predicted(command, checkpoint):
    """What the command line predicts after a text at a step."""
    return cache(lambda text, step=500: command("predict", "--model", checkpoint(step)[0], text))


@pytest.fixture(scope="session")
def rolled(command, checkpoint):
    """The name that the dice make of a text at their n-th roll."""
    def name(text: str, index: int, step: int = 500, temperature: float = 0.8, *cuts: str) -> dict:
        prefix = ["--prefix", text] if text else []
        return command("generate", "--model", checkpoint(step)[0], *prefix, "--temperature", str(temperature), "--seed", "42",
                       "--count", str(index + 1), *cuts)["names"][index]
    return name


def field_of(lab: Lab) -> Locator:
    return lab.page.get_by_role("textbox", name="A name to feed in")


def items(bars: Locator, alphabetic: bool = False) -> Locator:
    return bars.get_by_role("list", name="Next letters, from A to Z" if alphabetic else "Next letters, most probable first").get_by_role("listitem")


# What the page must show, written a second time.

def bars_of(logits: Row, temperature: float = 0.8, top_k: int = 0, top_p: float = 1, alphabetic: bool = False) -> list[Bar]:
    """Every outcome: shares of z / T, of the k likeliest, of those of them that reach p; and ln p at T = 1."""
    shares = softmax(logits, temperature)
    ranked = sorted(range(len(shares)), key=lambda token: -shares[token])[:top_k or None]
    total, sum_, kept = math.fsum(shares[token] for token in ranked), 0.0, []
    for token in ranked:
        if sum_ < top_p * total:
            kept.append(token)
        sum_ += shares[token]
    whole = math.fsum(shares[token] for token in kept)
    rows = [(letter, shares[token] / whole if token in kept else 0.0, math.log(softmax(logits)[token])) for token, letter in enumerate(OUTCOMES)]
    return rows if alphabetic else sorted(rows, key=lambda row: (-row[1], -row[2]))


def show_bars(bars: Locator, text: str, rows: list[Bar], alphabetic: bool = False) -> None:
    expect(bars.locator(".figure-title")).to_have_text(f"Next letter after “{text}”")
    expect(items(bars, alphabetic)).to_have_text([f"{letter}{percent(share)}{signed(log, 2)}" for letter, share, log in rows])
    widths = items(bars, alphabetic).locator(".bar-line").evaluate_all("bars => bars.map((bar) => Number(bar.style.getPropertyValue('--share')))")
    assert widths == pytest.approx([share for _, share, _ in rows], abs=2e-6)
    told = ", ".join(f"{letter} {percent(share)}" for letter, share, _ in rows[:5])
    expect(sentence(bars)).to_have_text(f"Next letter after “{text}”: {told}.")


def printed(name: str, ended: bool) -> str:
    return name[0].upper() + name[1:] if ended else f"{name}…"


def distance(a: str, b: str) -> int:
    """Letters to insert, remove or replace (Levenshtein)."""
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, other in enumerate(b, 1):
            last, row[j] = row[j], min(last + (letter != other), row[j] + 1, row[j - 1] + 1)
    return row[-1]


def finished(name: dict) -> str:
    """A name with its label and the nearest real name, the first of the list where several are as near."""
    label = "⌁ cut" if not name["ended"] else "★ found again" if name["heldOut"] else "● known" if name["known"] else "○ new"
    near = min(NAMES, key=lambda real: distance(name["name"], real))
    return f"{printed(name['name'], name['ended'])} {label} · nearest real name: {printed(near, True)}"


def surprise_of(text: str, losses: Row) -> str:
    mean = math.fsum(losses) / len(losses)
    blind = math.floor(math.exp(mean) + 0.5)
    return f"{printed(text, True)}: {fixed(mean, 2)} nats per letter, as unsure as choosing blindly among {blind}."


# The field.

def test_the_field_feeds_the_text_or_the_name_on_show(open_lab, predicted):
    lab = open_lab("step=500&name=tawa")
    field, bars = field_of(lab), figure(lab, BARS)
    show_bars(bars, "tawa", bars_of(predicted("tawa")["logits"][-1]))
    expect(field).to_have_value("")
    expect(field).to_have_attribute("placeholder", "tawa")
    expect(field).to_have_accessible_description("empty: the name on show, tawa")
    back = lab.page.get_by_role("button", name="Back to the name on show")
    expect(back).to_be_hidden()

    # Capitals are small letters, blanks around it are none.
    field.fill(" ReX ")
    show_bars(bars, "rex", bars_of(predicted("rex")["logits"][-1]))
    expect(field).to_have_accessible_description("3 of 17 letters")
    field.press("Tab")
    expect(field).to_have_value("rex")

    for text in ["stego", "tyranno", "rex"]:
        lab.page.locator("#feed").get_by_role("button", name=text, exact=True).click()
        expect(field).to_have_value(text)
        show_bars(bars, text, bars_of(predicted(text)["logits"][-1]))

    back.click()
    expect(field).to_have_value("")
    expect(field).to_have_accessible_description("empty: the name on show, tawa")
    show_bars(bars, "tawa", bars_of(predicted("tawa")["logits"][-1]))
    expect(back).to_be_hidden()

    # A blank is no text: the name on show, whichever it is.
    field.fill("   ")
    lab.bar.get_by_role("combobox", name="Name on show").fill("mei")
    show_bars(figure(lab, BARS), "mei", bars_of(predicted("mei")["logits"][-1]))
    expect(field).to_have_attribute("placeholder", "mei")


def test_what_the_model_cannot_read_is_said_in_words(open_lab, predicted):
    lab = open_lab("step=500&name=tawa")
    field, bars = field_of(lab), figure(lab, BARS)
    for text, problem in [
        ("caf\u00e9", "Only a to z here: “é” at place 4."), ("t rex", "Only a to z here: “ ” at place 2."), ("tri2", "Only a to z here: “2” at place 4."),
        ("a" * 18, "17 letters at most: this model has 18 places and START takes one."),
    ]:
        field.fill(text)
        expect(lab.page.locator("#text-problem")).to_have_text(problem)
        expect(field).to_have_accessible_description(f"{len(text)} of 17 letters {problem}")
        expect(lab.live).to_have_text(problem)
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_value(text)
        show_bars(bars, "tawa", bars_of(predicted("tawa")["logits"][-1]))
    field.fill("a" * 17)
    expect(lab.page.locator("#text-problem")).to_have_text("")
    expect(field).to_have_accessible_description("17 of 17 letters")
    expect(field).to_have_attribute("aria-invalid", "false")
    show_bars(bars, "a" * 17, bars_of(predicted("a" * 17)["logits"][-1]))


def test_the_text_stands_in_the_address_and_outlives_a_reload(open_lab, predicted, site: str):
    lab = open_lab("step=500")
    figure(lab, BARS)
    field_of(lab).fill("stego")
    figure(lab, BARS).get_by_role("button", name="1.2", exact=True).click()
    expect(lab.page).to_have_url(f"{site}#step=500&text=stego&temperature=1.2&v=1")
    field_of(lab).fill("stego!")
    expect(lab.page).to_have_url(f"{site}#step=500&temperature=1.2&v=1")
    field_of(lab).fill("stego")
    expect(lab.page).to_have_url(f"{site}#step=500&text=stego&temperature=1.2&v=1")
    lab.page.reload()
    lab.ready().rests_at(500)
    expect(field_of(lab)).to_have_value("stego")
    show_bars(figure(lab, BARS), "stego", bars_of(predicted("stego")["logits"][-1], 1.2))


# The bars.

@pytest.mark.main_path
def test_the_bars_are_the_models_scores_at_a_temperature_in_two_orders(open_lab, predicted):
    lab = open_lab("step=500&text=stego")
    bars = figure(lab, BARS)
    logits = predicted("stego")["logits"][-1]
    slider = bars.get_by_role("slider", name="Temperature")
    choices = [bars.get_by_role("button", name=name, exact=True) for name in ["0.5", "0.8", "1.2"]]
    show_bars(bars, "stego", bars_of(logits))
    for temperature, choice in zip([0.5, 0.8, 1.2], choices):
        choice.click()
        show_bars(bars, "stego", bars_of(logits, temperature))
        expect(choice).to_have_attribute("aria-pressed", "true")
        expect(bars.get_by_role("group", name="Temperature").get_by_role("button", pressed=True)).to_have_count(1)
        expect(slider).to_have_value(str(temperature))
    for temperature in [0.3, 1, 1.5, 2]:
        slider.fill(str(temperature))
        show_bars(bars, "stego", bars_of(logits, temperature))
        expect(bars.locator(".temperature-value")).to_have_text(f"T {temperature:.1f}")
        expect(bars.get_by_role("group", name="Temperature").get_by_role("button", pressed=True)).to_have_count(0)
    # T = 1: the model's own odds.
    slider.fill("1")
    own = [share for _, share, _ in bars_of(logits, 1, alphabetic=True)]
    assert own == pytest.approx(predicted("stego")["probabilities"][-1], abs=1e-6)

    order = bars.get_by_role("group", name="Order")
    order.get_by_role("button", name="A to Z").click()
    show_bars(bars, "stego", bars_of(logits, 1, alphabetic=True), alphabetic=True)
    expect(order.get_by_role("button", pressed=True)).to_have_text("A to Z")
    headings, rows = table(bars, "Next letter after “stego”, at step 500")
    assert headings == ["letter", "chance", "ln p at T = 1"]
    assert rows == [[letter, percent(share), signed(log, 2)] for letter, share, log in bars_of(logits, 1, alphabetic=True)]
    order.get_by_role("button", name="by chance").click()
    show_bars(bars, "stego", bars_of(logits, 1))
    expect(order.get_by_role("button", pressed=True)).to_have_text("by chance")
    # What Advanced adds is not here.
    expect(items(bars).first.locator(".log")).to_be_hidden()
    expect(bars.get_by_role("slider", name=re.compile("^Top-"))).to_have_count(0)


# Puts another number in place of one weight of every state that the trainer sends.
CHANGE = """([index, value]) => {
  const listen = Worker.prototype.addEventListener;
  Worker.prototype.addEventListener = function (kind, listener, ...rest) {
    listen.call(this, kind, kind !== 'message' ? listener : (event) => {
      if (event.data.kind === 'state') event.data.weights[index] = value;
      listener(event);
    }, ...rest);
  };
}"""


def test_a_changed_weight_is_seen_in_the_numbers(watched: Page, open_lab, checkpoint):
    weights = tensors(checkpoint(100)[0])
    before = bars_of(forward(weights, fed("mei")).logits[-1])
    row, column, value = LETTERS.index("e"), 7, 2.5
    weights["wte"][row][column] = value
    after = bars_of(forward(weights, fed("mei")).logits[-1])
    assert before != after
    watched.add_init_script(f"({CHANGE})([{row * len(weights['wte'][0]) + column}, {value}])")
    lab = open_lab("step=100&text=mei")
    show_bars(figure(lab, BARS), "mei", after)


def test_top_k_and_top_p_cut_what_the_dice_may_take(open_lab, predicted, rolled):
    lab = open_lab("step=500&text=stego&depth=advanced")
    bars = figure(lab, BARS)
    logits = predicted("stego")["logits"][-1]
    top_k = bars.get_by_role("slider", name="Top-k: only the k likeliest letters")
    top_p = bars.get_by_role("slider", name="Top-p: only the likeliest letters that share this much")
    expect(items(bars).first.locator(".log")).to_be_visible()
    expect(bars).to_contain_text("top-k off")
    expect(bars).to_contain_text("top-p off")
    for k, p, temperature in [(3, 1, 0.8), (1, 1, 0.8), (27, 1, 0.8), (0, 0.5, 0.8), (0, 0.9, 1.2), (5, 0.75, 1.2), (4, 0.95, 0.5)]:
        top_k.fill(str(k))
        top_p.fill(str(p))
        bars.get_by_role("button", name=str(temperature), exact=True).click()
        show_bars(bars, "stego", bars_of(logits, temperature, k, p))
        expect(bars).to_contain_text(f"top-k {k}" if k else "top-k off")
        expect(bars).to_contain_text(f"top-p {p:.2f}" if p < 1 else "top-p off")
        kept = sum(share > 0 for _, share, _ in bars_of(logits, temperature, k, p))
        assert kept == k if p == 1 else kept < (k or len(OUTCOMES))
    # The dice are cut as the bars are.
    expect(lab.page).to_have_url(re.compile("topK=4&topP=0.95"))
    bars.get_by_role("button", name="Finish").click()
    expect(bars.locator(".made")).to_have_text(finished(rolled("stego", 1, 500, 0.5, "--top-k", "4", "--top-p", "0.95")))


def test_a_narrow_screen_shows_the_eight_likeliest_then_all(open_lab, predicted):
    lab = open_lab("step=500&text=stego", 360, 640)
    bars = figure(lab, BARS)
    logits = predicted("stego")["logits"][-1]
    ranked = bars_of(logits)
    likeliest = [row for row in bars_of(logits, alphabetic=True) if row in ranked[:FEW]]
    letters = bars.get_by_role("listitem").locator("b")
    expect(bars.get_by_role("listitem")).to_have_count(FEW)
    expect(letters.filter(visible=True)).to_have_text([letter for letter, _, _ in ranked[:FEW]])
    bars.get_by_role("button", name="A to Z").click()
    expect(letters.filter(visible=True)).to_have_text([letter for letter, _, _ in likeliest])
    bars.get_by_role("button", name="Show all").click()
    show_bars(bars, "stego", bars_of(logits, alphabetic=True), alphabetic=True)
    expect(letters.filter(visible=True)).to_have_text(OUTCOMES)
    bars.get_by_role("button", name="by chance").click()
    bars.get_by_role("button", name="Show the likeliest").click()
    expect(letters.filter(visible=True)).to_have_text([letter for letter, _, _ in ranked[:FEW]])


# The dice.

def test_pick_one_takes_the_letters_that_generate_takes(open_lab, predicted, rolled):
    lab = open_lab("step=500")
    bars, field = figure(lab, BARS), field_of(lab)
    pick, made = bars.get_by_role("button", name="Pick one"), bars.locator(".made")
    field.fill("ste")
    text, roll = "ste", 0
    while True:
        roll += 1
        name = rolled(text, roll)
        pick.click()
        ends = name["name"] == text
        says = f"The dice picked END: {printed(text, True)} is finished." if ends else f"The dice picked {name['name'][len(text)]}."
        text = name["name"][:len(text) + 1]
        expect(field).to_have_value(text)
        expect(made).to_have_text(says)
        expect(lab.live).to_have_text(says)
        if ends:
            assert name["ended"]
            break
        show_bars(bars, text, bars_of(predicted(text)["logits"][-1]))
    assert roll > 2

    # The next roll goes on counting; another temperature is another name.
    for temperature in [0.8, 1.2]:
        roll += 1
        bars.get_by_role("button", name=str(temperature), exact=True).click()
        bars.get_by_role("button", name="Finish").click()
        expect(made).to_have_text(finished(rolled(text, roll, 500, temperature)))
        expect(lab.live).to_have_text(finished(rolled(text, roll, 500, temperature)))
        expect(field).to_have_value(text)

    bars.get_by_role("button", name="Start over").click()
    expect(made).to_have_text("")
    expect(field).to_have_value("")
    show_bars(bars, "mei", bars_of(predicted("mei")["logits"][-1], 1.2))
    # Where there is no more room nothing is appended.
    full = "stegostegostegost"
    field.fill(full)
    roll += 1
    assert not rolled(full, roll, 500, 1.2)["ended"]
    pick.click()
    expect(made).to_have_text("There is no more room: the model reads no longer names.")
    expect(lab.live).to_have_text("There is no more room: the model reads no longer names.")
    expect(field).to_have_value(full)


def test_a_finished_name_has_its_label_and_its_nearest_real_name(open_lab, rolled):
    lab = open_lab("step=500&temperature=0.5&depth=minimal")
    bars, made = figure(lab, BARS), figure(lab, BARS).locator(".made")
    labels = set()
    for roll, text in enumerate(["stegosaur", "coronosaur", "zyx", "aurusaurusaurusau"], 1):
        field_of(lab).fill(text)
        bars.get_by_role("button", name="Finish").click()
        says = finished(rolled(text, roll, 500, 0.5))
        expect(made).to_have_text(says)
        expect(lab.live).to_have_text(says)
        labels.add(says.split(" · ")[0].split(" ", 1)[1])
    assert labels == {"○ new", "● known", "★ found again", "⌁ cut"}
    # What was said is said again when it is made again.
    field_of(lab).fill("stegosaur")
    for _ in range(2):
        roll += 1
        bars.get_by_role("button", name="Finish").click()
        expect(made).to_have_text(finished(rolled("stegosaur", roll, 500, 0.5)))


def test_motion_ends_where_stillness_does(open_lab, predicted, rolled):
    watch = """root => {
        window.pointed = [];
        window.made = [];
        new MutationObserver(() => {
            window.pointed.push(...[...root.querySelectorAll('[data-pointed] b')].map((letter) => letter.textContent));
            window.made.push(root.querySelector('.made').textContent);
        }).observe(root, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['data-pointed'] });
    }"""
    lab = open_lab("step=500&text=ste")
    bars, field = figure(lab, BARS), field_of(lab)
    show_bars(bars, "ste", bars_of(predicted("ste")["logits"][-1]))
    bars.evaluate(watch)
    for first, motion in [(1, "no-preference"), (3, "reduce")]:
        lab.page.emulate_media(reduced_motion=motion)
        ranked = items(bars).locator("b").all_inner_texts()
        text = rolled("ste", first)["name"][:4]
        bars.get_by_role("button", name="Pick one").click()
        expect(field).to_have_value(text)
        expect(bars.locator(".made")).to_have_text(f"The dice picked {text[-1]}.")
        # The pointer runs down to the letter that was picked, and then is gone.
        pointed = [ranked.index(letter) for letter in lab.page.evaluate("() => window.pointed.splice(0)")]
        assert pointed == sorted(pointed)
        assert pointed[-1:] == ([ranked.index(text[-1])] if motion == "no-preference" else [])
        expect(bars.locator("[data-pointed]")).to_have_count(0)

        whole = rolled(text, first + 1)
        lab.page.evaluate("() => window.made.splice(0)")
        bars.get_by_role("button", name="Finish").click()
        expect(bars.locator(".made")).to_have_text(finished(whole))
        # Letter by letter, or at once.
        made = {said for said in lab.page.evaluate("() => window.made") if "·" not in said and not said.startswith("The dice")}
        assert made <= {whole["name"][:count] for count in range(4, len(whole["name"]) + 1)}
        assert len(made) > 2 if motion == "no-preference" else made <= {whole["name"]}
        field.fill("ste")
        show_bars(bars, "ste", bars_of(predicted("ste")["logits"][-1]))


# The surprise, and the timeline.

def show_surprise(found: Locator, text: str, losses: Row) -> None:
    rows = found.get_by_role("list", name="Loss of each letter of the name").get_by_role("listitem")
    expect(rows).to_have_text([f"{letter}{fixed(loss, 2)}" for letter, loss in zip([*text, "END"], losses)])
    heights = rows.locator(".upright").evaluate_all("bars => bars.map((bar) => Number(bar.style.getPropertyValue('--share')))")
    assert heights == pytest.approx([min(1, loss / 8) for loss in losses], abs=2e-6)
    expect(readout(found)).to_have_text(surprise_of(text, losses))


def test_the_surprise_is_the_loss_of_each_letter_and_of_the_end(open_lab, context, predicted):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    lab = open_lab("step=500")
    for text in ["rex", "stego", "tyrannosaurus", "qqqqqqqqqqqqqqqqq"]:
        field_of(lab).fill(text)
        found = figure(lab, SURPRISE)
        loss = predicted(text)["loss"]
        assert len(loss["perLetter"]) == len(text) + 1
        assert loss["mean"] == pytest.approx(math.fsum(loss["perLetter"]) / len(loss["perLetter"]))
        show_surprise(found, text, loss["perLetter"])
    headings, rows = table(found, f"{SURPRISE}, at step 500")
    assert headings == ["letter", "loss in nats"]
    assert rows == [[letter, fixed(one, 2)] for letter, one in zip([*text, "END"], loss["perLetter"])]
    for name in [SURPRISE, BARS]:
        found = figure(lab, name)
        if name == BARS:
            headings, rows = table(found, f"Next letter after “{text}”, at step 500")
        assert copied(found) == [headings, *rows]
    # rex is odd: more so than a name that ends as dinosaurs' do.
    assert predicted("rex")["loss"]["mean"] > predicted("tyrannosaurus")["loss"]["mean"]


def test_bars_and_surprise_follow_the_timeline(open_lab, predicted):
    lab = open_lab("step=500&text=rex&depth=advanced")
    for step in [500, 0, 500]:
        if lab.step() != step:
            lab.visit(step)
        bars = figure(lab, BARS)
        show_bars(bars, "rex", bars_of(predicted("rex", step)["logits"][-1]))
        expect(bars.locator(".where")).to_contain_text(f"step {step} · seed 42")
        show_surprise(figure(lab, SURPRISE), "rex", predicted("rex", step)["loss"]["perLetter"])
