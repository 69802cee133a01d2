"""The lab opens, learns, and says the same as the command line."""
import re

import pytest
from conftest import Lab, start_server
from playwright.sync_api import Page, expect

chromium_only = pytest.mark.only_browser("chromium")


def test_it_trains_below_the_letter_pairs_and_stops(lab: Lab, command, checkpoint):
    expect(lab.status).to_have_text(re.compile("^Untrained"))
    lab.train_to_end()
    expect(lab.status).to_have_text(re.compile("^(Past letter triples|Near its best)"))
    _, trained = checkpoint(5000)
    assert lab.digits() == trained["fingerprint"]
    readout = lab.page.locator("#loss [data-part=readout]").inner_text()
    held_back = float(readout.split("held-back names ")[1])
    assert held_back < command("stats")["baselines"]["bigram"]
    assert held_back == round(trained["heldOutLoss"], 2)
    assert f"last 100 names {trained['meanLoss100']:.2f}" in readout


def test_the_bits_are_the_command_lines_and_come_back(lab: Lab, checkpoint):
    lab.train_to_end()
    lab.visit(1000)
    assert lab.digits() == checkpoint(1000)[1]["fingerprint"]
    lab.visit(500)
    assert lab.digits() == checkpoint(500)[1]["fingerprint"]
    lab.bar.get_by_role("button", name="+1 step").click()
    expect(lab.fingerprint).to_contain_text("step 501 ")
    lab.bar.get_by_role("button", name="Train").click()
    expect(lab.fingerprint).to_contain_text("step 5,000 ", timeout=60_000)
    assert lab.digits() == checkpoint(5000)[1]["fingerprint"]


def test_the_timeline_obeys_the_keyboard(lab: Lab):
    lab.train_to_end()
    lab.timeline.focus()
    lab.page.keyboard.press("ArrowLeft")
    expect(lab.fingerprint).to_contain_text("step 4,999 ")
    lab.page.keyboard.press("PageDown")
    expect(lab.fingerprint).to_contain_text("step 4,899 ")
    lab.page.keyboard.press("ArrowRight")
    expect(lab.fingerprint).to_contain_text("step 4,900 ")
    expect(lab.timeline).to_have_attribute("aria-valuetext", re.compile(r"^step 4,900, loss \d\.\d\d$"))


def test_an_address_opens_the_same_state(watched: Page, site: str, checkpoint):
    watched.goto(f"{site}#step=500&name=rex&v=1")
    lab = Lab(watched).ready()
    expect(lab.fingerprint).to_contain_text("step 500 ", timeout=15_000)
    assert lab.digits() == checkpoint(500)[1]["fingerprint"]
    expect(watched.get_by_label("A name to feed in")).to_have_value("rex")
    expect(watched).to_have_url(re.compile(r"#step=500&name=rex&v=1$"))


def test_an_address_that_can_not_be_is_answered_with_a_sentence(watched: Page, site: str):
    watched.goto(f"{site}#seed=-3")
    Lab(watched).ready()
    expect(watched.get_by_role("alert")).to_contain_text("seed=-3")


def test_predictions_and_losses_are_the_command_lines(lab: Lab, command, checkpoint):
    lab.train_to_end()
    path, _ = checkpoint(5000)
    for text in ["", "t", "tyranno", "mei"]:
        lab.page.get_by_label("A name to feed in").fill(text)
        said = command("predict", "--model", path, text)
        last = said["probabilities"][-1]
        letters = [*"abcdefghijklmnopqrstuvwxyz", "END"]
        best = sorted(zip(last, letters), key=lambda pair: -pair[0])[:5]
        rows = lab.page.get_by_role("list", name="Next letters, most probable first").get_by_role("listitem")
        for index, (share, letter) in enumerate(best):
            expect(rows.nth(index)).to_have_text(f"{letter}{round(100 * share)} %" if share >= 0.01 else f"{letter}<1 %")
        lab.page.get_by_role("button", name="layer 2").click()
        lab.page.get_by_role("button", name="head 3").click()
        attention = said["attention"][1][2][-1]
        largest = max(range(len(attention)), key=lambda key: attention[key])
        names = ["START", *text]
        label = "itself" if largest == len(text) and text else names[largest]
        expect(lab.page.locator("#attention [data-part=readout]")).to_contain_text(
            f"Head 2.3, {names[-1]} looks at: {label} {round(100 * attention[largest])} %")


def test_seven_ages_are_the_command_lines_names(lab: Lab, command, checkpoint):
    lab.train_to_end()
    rows = lab.page.get_by_role("table", name="Same dice, seven ages").get_by_role("row")
    expect(rows).to_have_count(8)
    for row, step in [(1, 0), (4, 500), (7, 5000)]:
        path, _ = checkpoint(step)
        names = command("generate", "--model", path, "--count", "4")["names"]
        printed = [n["name"].capitalize() if n["ended"] else f"{n['name']}…" for n in names]
        expect(rows.nth(row).get_by_role("cell")).to_have_text(printed)


def test_letters_that_the_model_lacks_are_named(lab: Lab):
    field = lab.page.get_by_label("A name to feed in")
    field.fill("caf\u00e9")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(lab.page.locator("#text-problem")).to_contain_text("“é” at place 4")
    field.fill("a" * 18)
    expect(lab.page.locator("#text-problem")).to_contain_text("17 letters at most")
    field.fill("tawa")
    expect(lab.page.locator("#text-problem")).to_have_text("")


def test_a_server_that_is_gone_is_told(watched_free: Page):
    server, address = start_server()
    watched_free.goto(address)
    Lab(watched_free).ready()
    watched_free.route("**/engine.wasm", lambda route: route.abort())
    watched_free.reload()
    expect(watched_free.get_by_role("alert")).to_contain_text("could not be loaded")
    watched_free.unroute("**/engine.wasm")
    server.kill()
    server.wait()


def test_a_killed_server_does_not_disturb_an_open_lab(watched_free: Page):
    server, address = start_server()
    watched_free.goto(address)
    lab = Lab(watched_free).ready()
    server.kill()
    server.wait()
    lab.bar.get_by_role("button", name="Train").click()
    expect(lab.fingerprint).to_contain_text(re.compile("step [1-9]"), timeout=20_000)


def test_a_reload_restores_the_state(lab: Lab, checkpoint):
    lab.train_to_end()
    lab.visit(500)
    expect(lab.page).to_have_url(re.compile("step=500"))
    lab.page.reload()
    expect(lab.fingerprint).to_contain_text("step 500 ", timeout=15_000)
    assert lab.digits() == checkpoint(500)[1]["fingerprint"]


@chromium_only
def test_a_dead_worker_is_told_and_replaced(watched_free: Page, site: str):
    # The trainer's first look at the clock while it trains fails, once.
    watched_free.add_init_script(
        """const Real = window.Worker; let made = 0;
           window.Worker = class extends Real {
             constructor(...given) { super(...given); made += 1; if (made === 1) window.firstWorker = this; }
           };""")
    watched_free.goto(site)
    lab = Lab(watched_free).ready()
    watched_free.evaluate("firstWorker.dispatchEvent(new ErrorEvent('error', { message: 'gone' }))")
    expect(watched_free.get_by_role("alert")).to_contain_text("The trainer stopped")
    lab.bar.get_by_role("button", name="Train").click()
    expect(lab.fingerprint).to_contain_text(re.compile("step [1-9]"), timeout=20_000)


@chromium_only
def test_without_webassembly_a_sentence(watched_free: Page, site: str):
    watched_free.add_init_script("delete window.WebAssembly")
    watched_free.goto(site)
    expect(watched_free.get_by_role("alert")).to_contain_text("WebAssembly")


@pytest.fixture
def watched_free(page: Page) -> Page:
    """A page whose errors are the test's own doing."""
    return page
