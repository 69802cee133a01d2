"""What figures look like at states 0 and 500 of seed 42, beside pictures that were looked at.

    RENEW=1 python -m pytest -q Tests/web/test_pictures.py     # draws them anew: look at each before committing

Only Debian's Chromium and fonts draw the same pixels; elsewhere the test is skipped.
"""
import io
import os
import pathlib
import shutil
import sys
import time

import pytest
from conftest import Lab
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page

PICTURES = pathlib.Path(__file__).parent / "pictures"
# name, address, theme, width, selector
SHOTS = [
    ("first-screen-phone", "", "dark", 360, None),
    ("ages-500", "step=500", "light", 1440, "#ages table"),
    ("first-letters", "step=500", "light", 1440, "#first-letters"),
    ("wte-0", "depth=advanced", "light", 1440, "#wte .plot"),
    ("wte-500", "step=500", "dark", 1440, "#wte .plot"),
    ("letter-map-500", "step=500", "light", 1440, "#letter-map .plot"),
    ("loss-500", "step=500", "light", 1440, "#loss .plot"),
    ("loss-500-phone", "step=500", "dark", 360, "#loss .plot"),
    ("arcs-500", "step=500&text=stego", "light", 1440, "#arcs .plot"),
    ("attention-500", "step=500&text=stego", "dark", 1440, "#attention .plot"),
    ("merge-500", "step=500&text=stego", "light", 1440, "#merge .plot"),
    ("pass-500", "step=500&depth=advanced", "dark", 1440, "#pass-figure .plot"),
    ("switchboard-500", "step=500&off=heads", "light", 1440, "#switchboard table"),
]
# A pixel counts as different beyond this much of 255 in a channel; that many of all may.
STEP = 48
SHARE = 0.004

pytestmark = pytest.mark.skipif(sys.platform != "linux" or shutil.which("apt-get") is None, reason="other fonts")


@pytest.mark.parametrize(("name", "fragment", "theme", "width", "selector"), SHOTS, ids=[shot[0] for shot in SHOTS])
def test_it_looks_as_it_did(browser: Browser, site: str, name: str, fragment: str, theme: str, width: int, selector: str | None):
    context = browser.new_context(viewport={"width": width, "height": 640 if width < 700 else 900}, color_scheme=theme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{site}#{fragment}")
    lab = Lab(page).ready()
    if "step=500" in fragment:
        lab.fingerprint.filter(has_text="step 500 ").wait_for()
    if selector is not None:
        page.locator(selector).scroll_into_view_if_needed()
        page.locator(f"{selector.split()[0]} .where").filter(has_text="step 500" if "step=500" in fragment else "step 0").wait_for()
    path = PICTURES / f"{name}.png"
    if "RENEW" in os.environ:
        PICTURES.mkdir(exist_ok=True)
        page.wait_for_timeout(2000)
        picture_of(page, selector).quantize(64).save(path, optimize=True)
        context.close()
        return
    known = Image.open(path).convert("RGB")
    # Answers come one after the other: what counts is the picture that it comes to.
    until = time.monotonic() + 15
    while (count := differing(picture_of(page, selector), known)) > SHARE * known.width * known.height and time.monotonic() < until:
        pass
    context.close()
    assert count <= SHARE * known.width * known.height, f"{count} pixels differ from {path}"


def picture_of(page: Page, selector: str | None) -> Image.Image:
    """What the page, or an element of it, looks like two frames from now."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))")
    bytes_ = page.screenshot() if selector is None else page.locator(selector).screenshot()
    return Image.open(io.BytesIO(bytes_)).convert("RGB")


def differing(shot: Image.Image, known: Image.Image) -> int:
    """How many pixels differ; all of them where the sizes do. An element may begin between two rows of pixels: a row is no difference."""
    wide, high = known.width, min(shot.height, known.height) - 1
    if shot.width != wide or abs(shot.height - known.height) > 1:
        return wide * known.height
    def at(row: int, row_of_known: int) -> int:
        difference = ImageChops.difference(shot.crop((0, row, wide, row + high)), known.crop((0, row_of_known, wide, row_of_known + high))).split()
        return sum(ImageChops.lighter(ImageChops.lighter(difference[0], difference[1]), difference[2]).histogram()[STEP:])
    return min(at(0, 0), at(0, 1), at(1, 0))
