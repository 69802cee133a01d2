"""The Workbench: one-button experiments, the reader's own names, every setting; and the page at other shapes."""
import pathlib
import re
from urllib.parse import unquote_plus

import pytest
from conftest import Lab
from playwright.sync_api import Locator, Page, expect
from test_quality import BEYOND, TWO_FRAMES, see_everything

# Thirty-three letters, each in two names.
CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
TOWNS = [CYRILLIC[at:at + 5] + CYRILLIC[:3] for at in range(0, 33, 2)] + [CYRILLIC[at:at + 4] for at in range(0, 30, 2)]


class Bench:
    """The Workbench, by role and name."""

    def __init__(self, lab: Lab):
        self.lab = lab
        self.root = lab.page.get_by_role("region", name="Change one thing")
        self.now = self.root.get_by_text("On show:")
        self.back = self.root.get_by_role("button", name="Back to the last run")
        self.own = self.root.get_by_role("group", name="Names to train on")
        self.names = self.own.get_by_role("textbox", name="One name a line")
        self.problem = self.own.locator("#own-list-problem")
        self.fields = self.root.get_by_role("group", name="Every setting")
        # What is out of sight is not drawn.
        self.see(self.own)

    def see(self, group: Locator) -> None:
        group.evaluate("(group) => group.scrollIntoView({ block: 'center' })")
        expect(plan(group, "weights")).not_to_have_text("")

    def press(self, name: str) -> None:
        self.root.get_by_role("button", name=name, exact=True).click()

    def pause(self) -> None:
        """Waits until it trains, then pauses."""
        expect(self.lab.fingerprint).not_to_contain_text("step 0 ")
        self.lab.bar.get_by_role("button", name="Pause").click()
        expect(self.lab.toggle).to_have_text("Train")

    def field(self, label: str) -> Locator:
        return self.fields.get_by_role("textbox", name=label, exact=True)

    def open(self, text: bytes, name: str = "names.txt") -> None:
        self.own.get_by_label("Open a file").set_input_files({"name": name, "mimeType": "text/plain", "buffer": text})

    def put(self, text: str) -> None:
        """Puts a long text in at once."""
        self.names.evaluate("(area, text) => { area.value = text; area.dispatchEvent(new Event('input', { bubbles: true })); }", text)


def plan(group: Locator, label: str) -> Locator:
    """What the first look at a run says of one thing."""
    return group.locator("dl > div").filter(has=group.page.get_by_text(label, exact=True)).locator("dd")


@pytest.fixture
def fingerprint(tmp_path: pathlib.Path, command):
    """The command line's fingerprint of a run."""
    def of(steps: int, *flags: str, names: str | None = None) -> str:
        if names is not None:
            path = tmp_path / "names.txt"
            path.write_text(names, encoding="utf-8")
            flags = ("--names", str(path), *flags)
        return command("train", "--steps", str(steps), "--output", str(tmp_path / "model.safetensors"), *flags)["fingerprint"]
    return of


@pytest.mark.main_path
def test_each_experiment_starts_what_it_says_and_leads_back(open_lab, fingerprint):
    lab = open_lab("step=20")
    bench = Bench(lab)
    before = lab.digits()
    dinosaurs = (pathlib.Path(__file__).parents[2] / "Data/dinosaurs.txt").read_text().splitlines()
    for name, said, flags, names in [
            ("Only 40 names", "On show: the first 40 dinosaurs · seed 42", [], "\n".join(dinosaurs[:40])),
            ("Ten times too fast", "On show: all 1,727 dinosaurs · learning rate 0.05 · seed 42", ["--lr", "0.05"], None)]:
        expect(bench.back).to_have_count(0)
        bench.press(name)
        expect(bench.now).to_have_text(said)
        bench.pause()
        lab.jump(50)
        assert lab.digits() == fingerprint(50, *flags, names=names), name
        bench.back.click()
        lab.rests_at(20)
        assert lab.digits() == before
        # Back leads there and back again: the page starts anew.
        lab.page.reload()
        lab.ready().rests_at(20)
    bench.press("Another seed")
    expect(bench.now).to_have_text(re.compile(r"On show: all 1,727 dinosaurs · seed (?!42$)\d+$"))
    seed = bench.now.inner_text().split("seed ")[1]
    bench.pause()
    lab.jump(50)
    assert lab.digits() == fingerprint(50, "--seed", seed)
    bench.back.click()
    lab.rests_at(20)
    assert lab.digits() == before
    bench.press("Your own names")
    expect(bench.names).to_be_focused()


def test_own_names_train_invent_and_stay_here(open_lab, fingerprint):
    lab = open_lab()
    bench = Bench(lab)
    sent: list[str] = []
    lab.page.on("request", lambda request: sent.append(f"{request.method} {request.url} {request.post_data or ''}"))
    text = "\n".join(TOWNS)
    bench.names.fill(text)
    expect(plan(bench.own, "names")).to_have_text(re.compile(rf"^{len(TOWNS)}, \d of them held back$"))
    expect(plan(bench.own, "alphabet")).to_have_text("33 letters")
    expect(plan(bench.own, "cut")).to_have_text("none: at most 8 letters")
    # 33 letters and the edge instead of 26 and the edge: 7 more rows of 32 in two tables.
    expect(plan(bench.own, "weights")).to_have_text(f"{26880 + (34 - 27) * 64:,}")
    expect(plan(bench.own, "5,000 steps")).to_have_text(re.compile(r"^(about \d+ (second|minute)s?|under a second) here"), timeout=15_000)
    bench.press("Train on these names")
    expect(bench.now).to_have_text(f"On show: {len(TOWNS)} own names · seed 42")
    bench.pause()
    lab.jump(50)
    assert lab.digits() == fingerprint(50, names=text)
    seven = lab.page.get_by_role("figure", name="Same dice, seven ages")
    seven.scroll_into_view_if_needed()
    expect(seven.get_by_role("cell").filter(has_text=re.compile(f"^[{CYRILLIC}…]+$", re.IGNORECASE)).first).to_be_visible()
    expect(seven.get_by_role("cell").filter(has_text=re.compile("^[a-z]+…?$", re.IGNORECASE))).to_have_count(0)
    # Nothing that leaves the page holds a name; nor does the address.
    assert all(one.startswith("GET ") and not re.search(r"[а-я]|%D0|%D1", one) for one in sent), sent
    assert "names=" not in lab.page.url
    stored = lab.page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])")
    assert not re.search("[а-я]", stored), stored
    bench.press("Use the dinosaurs again")
    expect(bench.now).to_have_text("On show: all 1,727 dinosaurs · seed 42")


def test_names_come_by_file_and_by_drop(open_lab):
    bench = Bench(open_lab())
    bench.open("αγάπη\nελένη\nσοφία\n".encode())
    expect(bench.names).to_have_value("αγάπη\nελένη\nσοφία\n")
    expect(plan(bench.own, "names")).to_have_text("3, none held back")
    bench.names.evaluate(
        """(area) => {
             const data = new DataTransfer();
             data.items.add(new File(['rex\\nmax\\nbella\\nluna\\n'], 'cats.txt', { type: 'text/plain' }));
             area.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
           }""")
    expect(bench.names).to_have_value("rex\nmax\nbella\nluna\n")
    expect(plan(bench.own, "names")).to_have_text("4, none held back")
    expect(bench.problem).to_have_text("")


def test_hostile_names_are_answered_and_harmless(open_lab):
    lab = open_lab("step=10")
    bench = Bench(lab)
    before = lab.digits()
    lab.page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
    for data, sentence in [
            (b"", "There is no name yet: write one name a line."),
            (b"\n \n\n", "There is no name yet: write one name a line."),
            (b"ada\n\xff\xfe", "This file is not UTF-8 text: save it as plain text, one name a line."),
            (b"ada\nb\x07b", "Line 2, place 2: the character U+0007 can’t be part of a name. Write one name a line and nothing else."),
            (b"ada,3\nbob", "Line 1, place 4: a comma can’t be part of a name. Write one name a line and nothing else."),
            ("ada\nab\u202eba".encode(), "Line 2, place 3: the character U+202E can’t be part of a name. Write one name a line and nothing else."),
            (b"a" * 10_000_000, "This is too long: at most 2,000,000 bytes can be read. Give a shorter list.")]:
        bench.open(data)
        expect(bench.problem).to_have_text(sentence)
        expect(lab.live).to_have_text(sentence)
        bench.press("Train on these names")
        expect(lab.toggle).to_have_text("Train")
        assert lab.digits() == before
    bench.put("\n".join("a" + chr(97 + at % 26) for at in range(50_001)))
    expect(bench.problem).to_have_text("These are 50,001 names: at most 50,000 train here. Give fewer.")
    bench.put("".join(chr(0x4E00 + at) + "\n" for at in range(3000)))
    expect(bench.problem).to_contain_text("different letters: at most")
    # Markup is letters like others, if a name may hold them, and never markup.
    bench.put("<img src=x onerror=alert(1)>\n<b>ada</b>\n\"'&amp;\n")
    if bench.problem.inner_text() == "":
        bench.press("Train on these names")
        bench.pause()
        see_everything(lab)
    assert lab.page.locator("main img, main b").count() == 0


def test_fifty_thousand_names_train(open_lab):
    lab = open_lab()
    bench = Bench(lab)
    bench.put("\n".join("".join(chr(97 + at // 26 ** place % 26) for place in range(4)) for at in range(50_000)))
    expect(plan(bench.own, "names")).to_have_text("50,000, 5,000 of them held back")
    bench.press("Train on these names")
    expect(bench.now).to_have_text("On show: 50,000 own names · seed 42")
    bench.pause()
    expect(bench.problem).to_have_text("")


def test_names_stand_in_the_link_only_on_request(open_lab, watched: Page):
    lab = open_lab()
    bench = Bench(lab)
    bench.names.fill("\n".join(TOWNS))
    bench.press("Train on these names")
    bench.pause()
    lab.jump(40)
    digits = lab.digits()
    expect(bench.own.get_by_text("A link to this run has no names in it: it opens the dinosaurs.")).to_be_visible()
    assert "names=" not in watched.url
    check = bench.own.get_by_role("checkbox", name="Put my names into the link")
    check.check()
    lab.visit(40)
    expect(watched).to_have_url(re.compile("names="))
    link = watched.url
    assert ",".join(TOWNS) in unquote_plus(link)
    # Opened anew, by someone who has nothing but the link.
    watched.goto("about:blank")
    watched.goto(link)
    lab.ready().rests_at(40)
    assert lab.digits() == digits
    bench.see(bench.own)
    expect(check).to_be_checked()
    check.uncheck()
    expect(watched).not_to_have_url(re.compile("names="))
    check.check()
    # 1,500 letters are the most, commas counted.
    for length, fits in [(1500, True), (1501, False)]:
        bench.put("\n".join([*["abcdefghi"] * 149, "k" * (length - 1490)]))
        bench.press("Train on these names")
        expect(bench.now).to_contain_text("150 own names")
        bench.pause()
        (expect(watched).to_have_url if fits else expect(watched).not_to_have_url)(re.compile("names="))
        expect(bench.own.get_by_text("These names are too long for a link")).to_have_count(0 if fits else 1)


# Every field of Config and recipe: its label, a good value, a bad one.
FIELDS = [
    ("seed", "7", "-1"), ("layers", "1", "0"), ("width", "24", "2049"), ("heads a layer", "3", "1.5"), ("context, in places", "12", "1"),
    ("MLP ratio", "2", "65"), ("learning rate", "0.01", "0"), ("Adam β₁", "0.9", "1"), ("Adam β₂", "0.98", "x"), ("floor of the rate", "0.2", "2"),
    ("horizon, in steps", "100", "0"), ("spread at the start", "0.1", "-1"), ("share held back", "0.2", "1"), ("names a step", "2", "")]
FLAGS = ["--seed", "--layers", "--width", "--heads", "--context", "--mlp-ratio", "--lr", "--beta1", "--beta2", "--floor", "--horizon", "--init-std",
         "--hold-out", "--batch"]


def test_every_setting_is_there_and_bad_values_are_answered(open_lab, fingerprint):
    lab = open_lab("depth=advanced")
    bench = Bench(lab)
    bench.see(bench.fields)
    inputs = bench.fields.get_by_role("textbox")
    expect(inputs).to_have_count(len(FIELDS))
    problem = bench.fields.locator("[data-part=problem]")
    for label, good, bad in FIELDS:
        field = bench.field(label)
        field.fill(bad)
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(problem).to_have_text(re.compile(rf"^{re.escape(label)}: (nothing|“{re.escape(bad)}”) can’t be. It takes: .+\.$"))
        field.fill(good)
        expect(field).to_have_attribute("aria-invalid", "false")
    expect(problem).to_have_text("")
    bench.field("heads a layer").fill("5")
    expect(problem).to_have_text("5 heads can’t share a width of 24 equally. Choose a width that 5 divides.")
    bench.press("Train with these settings")
    expect(lab.live).to_have_text("5 heads can’t share a width of 24 equally. Choose a width that 5 divides.")
    expect(lab.toggle).to_have_text("Train")
    bench.field("heads a layer").fill("3")
    bench.press("Train with these settings")
    bench.pause()
    lab.jump(50)
    assert lab.digits() == fingerprint(50, *[word for flag, (_, good, _) in zip(FLAGS, FIELDS) for word in (flag, good)])
    bench.press("Back to the defaults")
    expect(bench.field("layers")).to_have_value("2")


def test_a_million_weights_train_here_and_the_time_is_told(open_lab):
    lab = open_lab("depth=advanced")
    bench = Bench(lab)
    bench.see(bench.fields)
    bench.field("layers").fill("5")
    bench.field("width").fill("128")
    weights = plan(bench.fields, "weights")
    expect(weights).to_have_text(re.compile(r"^9\d\d,\d{3}$"))
    time = plan(bench.fields, "5,000 steps")
    expect(time).to_have_text(re.compile(r"^about \d+ (second|minute)s? here, at full pace$"), timeout=20_000)
    print(weights.inner_text(), "weights:", time.inner_text())
    bench.press("Train with these settings")
    expect(lab.fingerprint).to_contain_text(re.compile(r"step [1-9]\d"), timeout=30_000)
    lab.bar.get_by_role("button", name="Pause").click()
    expect(lab.toggle).to_have_text("Train")


# Figures that neither picture nor row nor text fills, and numbers that are none.
WRONG = """() => [...document.querySelectorAll('main figure')].filter((one) => one.getClientRects().length > 0).flatMap((figure) => {
  const wrong = [];
  const plot = figure.querySelector('.plot') ?? figure;
  const isDrawn = [...figure.querySelectorAll('canvas')].some((canvas) => {
    if (canvas.width === 0 || canvas.height === 0) return false;
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    for (let at = 3; at < data.length; at += 4) if (data[at] > 0) return true;
    return false;
  });
  if (!isDrawn && plot.textContent.trim() === '' && figure.querySelector('tbody td, li, output') === null) wrong.push('empty');
  const odd = figure.textContent.match(/.{0,30}(NaN|undefined|Infinity|\\[object).{0,30}/);
  if (odd !== null) wrong.push(odd[0]);
  return wrong.map((what) => `${figure.id}: ${what}`);
})"""


@pytest.mark.parametrize("shape", ["layers=1&width=16&heads=2", "layers=4&width=64&heads=4", "names=" + ",".join(TOWNS)])
def test_every_part_holds_at_another_shape(open_lab, shape: str):
    lab = open_lab(f"{shape}&depth=advanced&step=60")
    for width in [1440, 360]:
        lab.page.set_viewport_size({"width": width, "height": 800})
        see_everything(lab)
        assert lab.page.evaluate(BEYOND) == [], width
    for figure in lab.page.locator("main figure:visible").all():
        figure.scroll_into_view_if_needed()
        figure.evaluate(TWO_FRAMES)
    until = lab.page.evaluate("performance.now()") + 12_000
    lab.page.wait_for_function(f"(until) => ({WRONG})().length === 0 || performance.now() > until", arg=until, polling=500)
    assert lab.page.evaluate(WRONG) == []
