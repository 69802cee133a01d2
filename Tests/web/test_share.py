"""Sharing: a link is the state to the bit, in any browser, and three pictures are drawn on the device."""
import re

import pytest
from conftest import Lab, browser_path
from PIL import Image
from playwright.sync_api import Locator, expect


def open_share(lab: Lab) -> Locator:
    """The Share panel: from the bar where it has the button, else from the menu."""
    in_bar = lab.bar.get_by_role("button", name="Share")
    (in_bar if in_bar.is_visible() else lab.open_more().get_by_role("button", name="Share")).click()
    panel = lab.page.get_by_role("dialog", name="Share")
    expect(panel).to_be_visible()
    return panel


def link_of(lab: Lab) -> str:
    return open_share(lab).get_by_role("textbox", name="Link to exactly this state").input_value()


@pytest.mark.main_path
def test_the_link_says_the_state(open_lab, site: str):
    lab = open_lab("step=100")
    lab.bar.get_by_role("combobox", name="Name on show").fill("tawa")
    lab.bar.get_by_role("combobox", name="Depth").select_option("advanced")
    menu = lab.open_more()
    menu.get_by_role("combobox", name="Colours of values").select_option("orange and blue")
    lab.page.keyboard.press("Escape")
    lab.visit(10)
    assert link_of(lab) == f"{site}#step=10&name=tawa&depth=advanced&palette=blue-orange&v=1"


def test_the_other_browser_engine_opens_the_same_state(open_lab, playwright):
    lab = open_lab("seed=7&width=16&step=300&depth=minimal", width=768)
    link, digits = link_of(lab), lab.digits()
    assert "seed=7" in link and "width=16" in link and "step=300" in link
    firefox = playwright.firefox.launch(
        channel="moz-firefox", executable_path=browser_path("FIREFOX", "firefox-esr", "/Applications/Firefox.app/Contents/MacOS/firefox"))
    try:
        other = Lab(firefox.new_page())
        other.page.goto(link)
        expect(other.fingerprint).to_contain_text("step 300 ", timeout=30_000)
        assert other.digits() == digits
        assert link_of(other) == link
    finally:
        firefox.close()


def test_the_link_is_copied(open_lab, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    lab = open_lab("step=10")
    panel = open_share(lab)
    panel.get_by_role("button", name="Copy link").click()
    expect(panel.get_by_text("Link copied: whoever opens it sees the same, to the bit.")).to_be_visible()
    expect(lab.live).to_have_text("Link copied: whoever opens it sees the same, to the bit.")
    assert lab.page.evaluate("navigator.clipboard.readText()") == panel.get_by_role("textbox").input_value()


def test_where_copying_is_refused_the_link_is_selected(open_lab):
    lab = open_lab("step=10")
    lab.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    panel = open_share(lab)
    panel.get_by_role("button", name="Copy link").click()
    expect(panel.get_by_text(re.compile("The link is selected: copy it with the keyboard"))).to_be_visible()
    assert lab.page.evaluate("getSelection().toString() || document.activeElement.selectionEnd - document.activeElement.selectionStart > 10")


def test_three_pictures_are_drawn_and_saved(open_lab, tmp_path):
    lab = open_lab("step=500", width=768)
    panel = open_share(lab)
    save = panel.get_by_role("button", name="Save picture")
    pictures = set()

    def saved(name: str) -> None:
        canvas = panel.get_by_role("img", name=name)
        expect(panel.get_by_role("button", name=name)).to_have_attribute("aria-pressed", "true")
        assert canvas.evaluate("(canvas) => [canvas.width, canvas.height]") == [1200, 630]
        with lab.page.expect_download() as download:
            save.click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        with Image.open(path) as picture:
            assert (picture.format, picture.size) == ("PNG", (1200, 630))
            # Title and foot alone are about 2 % of the pixels.
            paper = picture.convert("RGB").getpixel((0, 0))
            inked = sum(count for count, colour in picture.convert("RGB").getcolors(1 << 24) if colour != paper)
            print(path.name, f"{inked / (1200 * 630):.1%} inked")
            assert inked > 0.02 * 1200 * 630
            pictures.add(picture.tobytes())

    saved("Same dice, seven ages")
    panel.get_by_role("button", name="No heads, no -saurus").click()
    expect(save).to_be_visible(timeout=20_000)
    saved("No heads, no -saurus")
    # Without a name of one's own there is none to show.
    panel.get_by_role("button", name="Your name is a dinosaur").click()
    expect(panel.get_by_text("Put your own name in first: in the figure “Same dice, seven ages”.")).to_be_visible()
    expect(save).to_be_hidden()
    lab.page.keyboard.press("Escape")
    lab.page.get_by_label("Your own name").fill("taylor")
    lab.page.get_by_role("button", name="Finish it").click()
    panel = open_share(lab)
    expect(save).to_be_visible()
    saved("Your name is a dinosaur")
    assert len(pictures) == 3
