"""Parts 7 and 8, and what helps to teach: cards answered first, links that show some parts, terms, print, the lesson sheet."""
import math
import re
import urllib.request
from collections import Counter

import pytest
from conftest import ROOT, Lab
from figures import LETTERS, figure, fixed, percent
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.only_browser("chromium")

NAMES = (ROOT / "Data/dinosaurs.txt").read_text().split()
WEIGHTS = 26_880


def card(lab: Lab, question: str) -> Locator:
    return lab.page.get_by_role("complementary", name=question)


def likeliest(prediction: dict) -> tuple[str, float]:
    """The letter that is likeliest to come next, and its share."""
    shares = prediction["probabilities"][-1]
    share = max(shares)
    token = shares.index(share)
    return (LETTERS[token] if token < len(LETTERS) else "END"), share


def test_the_page_says_how_much_code_it_is_and_beside_what(open_lab, site: str):
    lab = open_lab("depth=advanced&step=100")
    served = urllib.request.urlopen(site).read().decode()
    counted = dict(re.findall(r"(\w+)=(\d+)", re.search(r'name="code-lines" content="([^"]+)"', served)[1])) if "code-lines\" content" in served else {}
    code = figure(lab, "This lab in lines of code")
    code.scroll_into_view_if_needed()
    if counted:
        shown = [int(row.inner_text().split("\n")[-1].replace(",", "")) for row in code.get_by_role("listitem").all()]
        assert shown == [int(lines) for lines in counted.values()]
    else:
        expect(code).to_contain_text("Not counted here")
    scale = figure(lab, "Weights as areas")
    scale.scroll_into_view_if_needed()
    rows = scale.locator(".wide-table tbody tr")
    expect(rows.first).to_have_text(re.compile(f"{WEIGHTS:,}.*124,439,808"))
    expect(lab.page.locator("#reality")).to_contain_text(f"{124_439_808 / WEIGHTS:,.0f} times the weights")
    expect(scale).to_contain_text("1,727 names, 20,048 letters")
    assert sum(map(len, NAMES)) == 20_048


def test_links_leave_the_lab_safely(lab: Lab):
    outside = lab.page.locator("main a[href^=http]")
    assert outside.count() >= 5
    for link in outside.all():
        assert link.get_attribute("rel") == "noopener noreferrer" and link.get_attribute("href").startswith("https://")


def test_a_card_is_answered_before_it_reveals_this_run(open_lab, command, checkpoint):
    path, said = checkpoint(500)
    lab = open_lab("step=500&depth=focused")
    follows = card(lab, "Which letter follows q most often?")
    reveal = follows.get_by_role("button", name="Reveal")
    reveal.click()
    expect(follows.locator(".revealed")).to_be_hidden()
    follows.get_by_role("button", name="u", exact=True).click()
    reveal.click()
    after = Counter(name[place + 1:place + 2] for name in NAMES for place, letter in enumerate(name) if letter == "q")
    letter, count = after.most_common(1)[0]
    expect(follows).to_contain_text(f"q is followed by {letter} {count} times of {sum(after.values())}.")
    favourite, share = likeliest(command("predict", "--model", path, "q"))
    expect(follows).to_contain_text(f"at step 500: {favourite}, {percent(share)}.")
    heads = card(lab, "One head off, or all of them: how much worse, and which ending goes?")
    heads.get_by_role("button", name="both a lot").click()
    heads.get_by_role("button", name="Reveal").click()
    best = max(command("heads", "--model", path)["heads"], key=lambda head: head["worth"])
    expect(heads).to_contain_text(f"Loss on held-back names {fixed(said['heldOutLoss'], 2)}. "
                                  f"Without {best['layer'] + 1}.{best['head'] + 1}, the head worth most, +{fixed(best['worth'], 2)}.")
    expect(heads).to_contain_text("Names in -saurus:", timeout=20_000)
    blind = card(lab, "When does it beat blind guessing?")
    blind.get_by_role("button", name="step 2", exact=True).click()
    blind.get_by_role("button", name="Reveal").click()
    expect(blind).to_contain_text(f"blind guessing is at {fixed(math.log(27), 2)}.")
    expect(lab.page.locator(".predict").first).to_be_visible()
    lab.page.emulate_media(media="print")
    expect(lab.page.locator(".predict").first).to_be_hidden()
    expect(lab.bar).to_be_hidden()


def test_a_link_shows_some_parts_only(open_lab):
    lab = open_lab("show=0,3,5")
    left_out = lab.page.locator("#left-out")
    expect(left_out).to_contain_text("This link shows parts 0, 3 and 5 only.")
    expect(lab.page.locator("main > section:visible")).to_have_count(3)
    expect(lab.page.get_by_role("navigation", name="Parts").get_by_role("link")).to_have_count(3)
    left_out.get_by_role("button", name="Show all parts").click()
    expect(lab.page.locator("#tokens")).to_be_visible()
    expect(left_out).to_be_hidden()
    lab.page.wait_for_function("() => !location.hash.includes('show')")


def test_lines_to_try_do_what_they_say(open_lab):
    lab = open_lab()
    lab.page.get_by_role("button", name="feed in rex").click()
    field = lab.page.get_by_role("textbox", name="A name to feed in")
    # What comes into sight is drawn.
    field.scroll_into_view_if_needed()
    expect(field).to_have_value("rex")
    lab.page.get_by_role("button", name="go to step 1,000").click()
    lab.rests_at(1000)


def test_a_term_opens_its_meaning_in_place(open_lab):
    lab = open_lab("depth=focused", width=360)
    term = lab.page.locator("#reality").get_by_role("button", name="loss", exact=True)
    below = lab.page.locator("#ideas")
    term.scroll_into_view_if_needed()
    # What comes into sight is drawn first.
    expect(lab.page.locator("#scale tbody tr")).not_to_have_count(0)
    place = "(section) => section.offsetTop"
    before = below.evaluate(place)
    term.click()
    expect(term).to_have_attribute("aria-expanded", "true")
    meaning = lab.page.get_by_role("note")
    expect(meaning).to_contain_text("−ln of the chance")
    assert below.evaluate(place) == before, "nothing else moves"
    assert lab.page.evaluate("document.documentElement.scrollWidth") == 360
    lab.page.keyboard.press("Escape")
    expect(meaning).to_have_count(0)
    expect(term).to_be_focused()
    lab.page.keyboard.press("Enter")
    expect(meaning).to_be_visible()
    lab.page.locator("#reality h2").click()
    expect(meaning).to_have_count(0)
    assert not lab.page.evaluate("() => [...document.querySelectorAll('dfn button')].length")


def test_the_lesson_sheet_is_computed(watched: Page, site: str, command, checkpoint):
    watched.goto(f"{site}lesson.html")
    path, said = checkpoint(5000)
    expect(watched.get_by_role("status")).to_contain_text(f"Fingerprint {said['fingerprint']}", timeout=30_000)
    assert said["heldOutLoss"] > 0
    rows = watched.locator("[data-number=ages] tr")
    [name] = command("generate", "--model", path, "--count", "1")["names"]
    expect(rows.last).to_have_text(f"5,000{name['name'].capitalize()}{fixed(said['heldOutLoss'], 2)}")
    early, earlier = checkpoint(100)
    [name] = command("generate", "--model", early, "--count", "1")["names"]
    expect(rows.nth(2)).to_contain_text(f"100{name['name'].capitalize()}{fixed(earlier['heldOutLoss'], 2)}")
    text = watched.locator("main").inner_text()
    favourite, share = likeliest(command("predict", "--model", path, "stego"))
    assert f"favourite is {favourite}, {percent(share)}." in text
    assert f"= {fixed(-math.log(share), 2)} nats." in text
    rolled = command("generate", "--model", path, "--count", "1000")["names"]
    share = sum(one["ended"] and one["name"].endswith("saurus") for one in rolled) / 1000
    assert f"Of 1,000 names in -saurus: {percent(share)} with heads" in text
    best = max(command("heads", "--model", path)["heads"], key=lambda head: head["worth"])
    assert f"Without head {best['layer'] + 1}.{best['head'] + 1}, worth most, +{fixed(best['worth'], 2)};" in text
    minutes = [int(shown.split()[0]) for shown in watched.locator("h2 small").all_inner_texts()]
    assert sum(minutes) == 45
    # Every link opens the lab as it says.
    for link in watched.get_by_role("link", name=re.compile("^Open")).all():
        assert re.fullmatch(r"\./#show=\d(%2C\d)*(&step=5000)?(&(text=stego|off=heads))?", link.get_attribute("href"))
    watched.get_by_role("link", name="Open parts 1 and 5").click()
    lab = Lab(watched).ready()
    lab.rests_at(5000)
    expect(watched.locator("#left-out")).to_contain_text("parts 1 and 5 only")
