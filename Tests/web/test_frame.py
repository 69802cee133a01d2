"""The frame around the parts: run bar, timeline, menu, depths, name on show, and what the page says when something breaks."""
import re

import pytest
from conftest import Lab, start_server
from figures import READINGS, figure, fixed, table
from playwright.sync_api import Locator, Page, expect

# Names of the bar's controls that can be seen, in their order.
IN_BAR = """bar => [...bar.querySelectorAll('.bar-row :is(button, select, input)')].filter((one) => one.getClientRects().length > 0)
  .map((one) => one.getAttribute('aria-label') ?? one.labels?.[0]?.querySelector('span').textContent ?? one.textContent)"""


def story_step(seconds: float) -> int:
    """Where the story is after so long: the page's specification, written a second time."""
    return max(int(2 * seconds), int(5000 * (seconds / 30) ** 3))


def out_of_sight(page: Page, is_hidden: bool) -> None:
    """Says that the tab is out of sight, or is back."""
    page.evaluate(
        """(isHidden) => {
             Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
             document.dispatchEvent(new Event('visibilitychange'));
           }""", is_hidden)


def in_view(lab: Lab) -> dict:
    box = lab.bar.bounding_box()
    assert box["y"] >= 0 and box["y"] + box["height"] <= lab.page.viewport_size["height"] + 0.5, box
    return box


# The run bar.

@pytest.mark.main_path
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_the_bar_has_few_controls_before_the_first_start_and_all_after_it(open_lab, width: int):
    lab = open_lab(width=width, height=800)
    wide = ["Previous name", "Name on show", "Next name", "Depth", "Share"] if width >= 1200 else []
    assert lab.bar.evaluate(IN_BAR) == ["Train", *(wide or ["Depth"]), "More"]
    expect(lab.bar.get_by_text("0 of 5,000")).to_be_visible()
    lab.page.get_by_role("button", name="Train it").click()
    expect(lab.toggle).to_have_text("Pause")
    assert lab.bar.evaluate(IN_BAR) == ["Pause", "+1 step", "Pace", "Timeline", *wide, "More"]
    expect(lab.bar.get_by_text("0 of 5,000")).to_be_hidden()
    expect(lab.bar.locator(".numbers")).to_have_text(re.compile(r"step [1-9]\d*loss \d\.\d\d"))
    lab.toggle.click()
    expect(lab.toggle).to_have_text("Train")


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_the_bar_stays_in_view(open_lab, width: int):
    lab = open_lab("step=10", width=width, height=640)
    for place in [0, 300, 1e6]:
        lab.page.evaluate("(y) => window.scrollTo(0, y)", place)
        box = in_view(lab)
        assert (box["y"] + box["height"] == 640) if width == 360 else (box["y"] == 0)


def test_the_story_is_the_pace_unless_another_is_chosen(lab: Lab):
    lab.page.get_by_role("button", name="Train it").click()
    expect(lab.pace).to_have_value("story")
    labels = ["Story", "1 a second", "5 a second", "50 a second", "500 a second", "Full"]
    expect(lab.pace.get_by_role("option")).to_have_text(labels)
    lab.pace.select_option("500")
    expect(lab.fingerprint).to_contain_text(re.compile(r"step \d{3} "))
    lab.toggle.click()
    expect(lab.page).to_have_url(re.compile("pace=500"))


def test_a_run_in_story_pace_takes_thirty_seconds_and_says_little(watched: Page, site: str):
    watched.clock.install(time=0)
    watched.goto(site)
    lab = Lab(watched).ready()
    watched.clock.pause_at(60_000)
    watched.clock.run_for(300)
    watched.evaluate(
        """() => {
             window.said = [];
             const region = document.querySelector('#live');
             new MutationObserver(() => window.said.push(region.textContent)).observe(region, { childList: true, subtree: true });
           }""")
    watched.get_by_role("button", name="Train it").click()
    watched.clock.run_for(8_000)
    # The bar's numbers are a quarter of a second old at most.
    assert story_step(7.7) <= lab.step() <= story_step(8)
    lab.toggle.click()
    watched.clock.run_for(300)
    paused = lab.step()
    assert story_step(7.9) <= paused <= story_step(8.1)
    # It goes on from where it was, not from where the clock is.
    watched.clock.run_for(5_000)
    assert lab.step() == paused
    lab.toggle.click()
    watched.clock.run_for(2_000)
    assert story_step(9.6) <= lab.step() <= story_step(10.1)
    watched.clock.run_for(19_600)
    expect(lab.toggle).to_have_text("Pause")
    watched.clock.run_for(1_500)
    lab.rests_at(5000)
    watched.clock.run_for(5_000)
    said = watched.evaluate("said")
    print(len(said), "messages:", said)
    assert 3 <= len(said) <= 12
    assert not [sentence for sentence in said if re.match(r"^(step )?[\d,]+$", sentence)]


@pytest.mark.parametrize("pace", [1, 5, 50])
def test_a_pace_is_so_many_steps_a_second(watched: Page, site: str, pace: int):
    watched.clock.install(time=0)
    watched.goto(f"{site}#pace={pace}")
    lab = Lab(watched).ready()
    watched.clock.pause_at(60_000)
    watched.get_by_role("button", name="Train it").click()
    watched.clock.run_for(3_050)
    lab.toggle.click()
    watched.clock.run_for(300)
    assert 3 * pace <= lab.step() <= 3 * pace + pace / 10 + 1


# The timeline.

def test_the_timeline_reaches_only_what_was_trained(open_lab):
    lab = open_lab("step=100")
    for step in [100, 10, 1, 0, 100]:
        lab.visit(step)
        place = round(10000 * (step / 5000) ** (1 / 3))
        expect(lab.timeline).to_have_js_property("value", str(place))
    lab.timeline.evaluate("(slider) => { slider.value = '10000'; slider.dispatchEvent(new Event('input', { bubbles: true })); }")
    lab.rests_at(100)
    expect(lab.timeline).to_have_js_property("value", str(round(10000 * (100 / 5000) ** (1 / 3))))
    reached = lab.timeline.evaluate("(slider) => parseFloat(slider.style.getPropertyValue('--reached'))")
    assert reached == pytest.approx(100 * (100 / 5000) ** (1 / 3), abs=0.1)


@pytest.mark.main_path
def test_the_timeline_obeys_the_keyboard(open_lab):
    lab = open_lab("step=600")
    lab.timeline.focus()
    for key, step in [("ArrowLeft", 599), ("ArrowDown", 598), ("PageDown", 498), ("ArrowRight", 499), ("ArrowUp", 500),
                      ("PageUp", 600), ("ArrowRight", 600), ("Home", 0), ("ArrowLeft", 0), ("End", 600), ("PageDown", 500)]:
        lab.page.keyboard.press(key)
        lab.rests_at(step)
        said = rf"^step {step}, loss \d\.\d\d$" if step > 0 else "^step 0$"
        expect(lab.timeline).to_have_attribute("aria-valuetext", re.compile(said))


@pytest.mark.main_path
def test_training_from_a_past_step_plays_the_same_run_again(open_lab, checkpoint):
    lab = open_lab("step=600")
    assert lab.digits() == checkpoint(600)[1]["fingerprint"]
    lab.visit(200)
    assert lab.digits() == checkpoint(200)[1]["fingerprint"]
    lab.bar.get_by_role("button", name="+1 step").click()
    lab.rests_at(201)
    assert lab.digits() == checkpoint(201)[1]["fingerprint"]
    lab.toggle.click()
    expect(lab.fingerprint).not_to_contain_text("step 201 ")
    lab.jump(900)
    assert lab.digits() == checkpoint(900)[1]["fingerprint"]


def test_moving_the_timeline_shows_its_step_at_once(lab: Lab):
    lab.train_to_end()
    times = lab.page.evaluate(
        """async () => {
             const slider = document.querySelector('[data-part=scrubber]');
             const shown = document.querySelector('#fingerprint');
             const times = [];
             for (let i = 0; i < 40; i += 1) {
               // All over the timeline: 37 is prime to 40.
               slider.value = String(((i * 37) % 40) * 250 + 125);
               const step = Math.round(5000 * (Number(slider.value) / 10000) ** 3);
               const begin = performance.now();
               await new Promise((done) => {
                 const look = () => {
                   if (!shown.textContent.startsWith(`step ${step.toLocaleString('en-US')} `)) return;
                   observer.disconnect();
                   done();
                 };
                 const observer = new MutationObserver(look);
                 observer.observe(shown, { childList: true, subtree: true, characterData: true });
                 slider.dispatchEvent(new Event('input', { bubbles: true }));
               });
               times.push(performance.now() - begin);
             }
             return times.sort((a, b) => a - b);
           }""")
    print(f"timeline to fingerprint: median {times[20]:.0f} ms, 95th percentile {times[37]:.0f} ms, longest {times[-1]:.0f} ms")
    assert times[20] < 1000


# The end of a run.

@pytest.mark.main_path
def test_at_the_end_it_stops_and_says_how_it_stands(lab: Lab, command, checkpoint):
    expect(lab.status).to_have_text(re.compile("^Untrained"))
    lab.train_to_end()
    sentence = re.compile(r"(Past letter triples|Near its best)[^.]*\.")
    expect(lab.status).to_have_text(sentence)
    expect(lab.strip.get_by_role("paragraph")).to_have_text(re.compile(r"^Step 5,000\. " + sentence.pattern))
    expect(lab.live).to_have_text(re.compile(r"^Step 5,000\. " + sentence.pattern))
    assert lab.digits() == checkpoint(5000)[1]["fingerprint"]
    offers = ["Put your own name in", "Drag back in time", "Switch all heads off", "Train on", "×"]
    expect(lab.strip.get_by_role("button")).to_have_text(offers)
    # What the sentence says is so.
    assert checkpoint(5000)[1]["heldOutLoss"] < command("stats")["baselines"]["bigram"]


def test_each_offer_at_the_end_works(lab: Lab, checkpoint):
    lab.train_to_end()
    lab.strip.get_by_role("button", name="Close").click()
    expect(lab.strip).to_be_hidden()
    for offer, focused in [("Put your own name in", lab.page.get_by_label("Your own name")), ("Drag back in time", lab.timeline)]:
        lab.visit(4900)
        lab.toggle.click()
        lab.strip.get_by_role("button", name=offer).click()
        expect(focused).to_be_focused()
        expect(lab.strip).to_be_hidden()
    lab.visit(4900)
    lab.toggle.click()
    lab.strip.get_by_role("button", name="Train on").click()
    lab.rests_at(10_000)


def test_switching_all_heads_off_opens_in_the_smallest_depth_too(open_lab):
    lab = open_lab("depth=minimal")
    lab.train_to_end()
    lab.strip.get_by_role("button", name="Switch all heads off").click()
    figure = lab.page.get_by_role("figure", name="No heads, no -saurus")
    expect(figure).to_be_in_viewport()
    expect(figure.locator("[data-part=readout]")).to_contain_text("in -saurus", timeout=20_000)


# The menu.

@pytest.mark.main_path
def test_the_menu_jumps_to_listed_and_typed_steps(lab: Lab, checkpoint):
    menu = lab.open_more()
    listed = menu.get_by_role("button", name=re.compile("^Jump to step"))
    expect(listed).to_have_text(["10", "100", "500", "1,000", "2,500", "5,000", "20,000", "50,000"])
    menu.get_by_role("button", name="Jump to step 100", exact=True).click()
    expect(menu).to_be_hidden()
    lab.rests_at(100)
    assert lab.digits() == checkpoint(100)[1]["fingerprint"]
    lab.jump(137)
    assert lab.digits() == checkpoint(137)[1]["fingerprint"]
    lab.jump(12)
    assert lab.digits() == checkpoint(12)[1]["fingerprint"]


def test_a_step_that_can_not_be_is_answered(lab: Lab):
    menu = lab.open_more()
    menu.get_by_role("spinbutton", name="Any step").fill("-3")
    # The browser's own check says so before the page has to.
    menu.get_by_role("button", name="Jump", exact=True).click()
    expect(menu.get_by_role("spinbutton", name="Any step")).to_be_focused()
    assert menu.get_by_role("spinbutton", name="Any step").evaluate("(field) => !field.checkValidity()")
    menu.get_by_role("spinbutton", name="Any step").fill("")
    menu.get_by_role("button", name="Jump", exact=True).click()
    expect(lab.live).to_have_text("A step is a whole number from 0 to 1,000,000.")
    expect(menu).to_be_visible()


def test_a_far_jump_goes_there_and_the_timeline_with_it(lab: Lab):
    menu = lab.open_more()
    menu.get_by_role("button", name="Jump to step 20,000", exact=True).click()
    expect(lab.toggle).to_have_text("Pause")
    lab.rests_at(20000)
    expect(lab.timeline).to_have_js_property("value", "10000")
    lab.timeline.evaluate("(slider) => { slider.value = '5000'; slider.dispatchEvent(new Event('input', { bubbles: true })); }")
    lab.rests_at(2500)


def test_back_to_step_0_is_the_very_same_run(lab: Lab):
    first = lab.digits()
    lab.jump(100)
    reached = lab.digits()
    assert reached != first
    lab.open_more().get_by_role("button", name="Back to step 0").click()
    lab.rests_at(0)
    assert lab.digits() == first
    lab.jump(100)
    assert lab.digits() == reached


def test_a_new_seed_can_be_taken_back_for_ten_seconds_and_by_the_menu_later(watched: Page, site: str, checkpoint):
    watched.clock.install(time=0)
    watched.goto(site)
    lab = Lab(watched).ready()
    expect(lab.open_more().get_by_role("button", name="New seed")).to_be_visible()
    expect(lab.more.get_by_role("button", name="Back to the last run")).to_be_hidden()
    watched.keyboard.press("Escape")
    lab.jump(50)
    old = lab.digits()
    undo = lab.strip.get_by_role("button", name="Back to seed 42", exact=True)

    lab.open_more().get_by_role("button", name="New seed").click()
    lab.rests_at(0)
    expect(lab.strip).to_contain_text(re.compile(r"A new model, from seed \d+\."))
    expect(watched).to_have_url(re.compile(r"seed=\d+"))
    undo.click()
    lab.rests_at(50)
    assert lab.digits() == old
    expect(lab.strip).to_be_hidden()
    # The run that was taken back is the last one now.
    expect(lab.open_more().get_by_role("button", name="Back to the last run")).to_be_visible()
    watched.keyboard.press("Escape")

    lab.open_more().get_by_role("button", name="New seed").click()
    lab.jump(20)
    other = lab.digits()
    lab.open_more()
    # From here on time passes as it is told to.
    watched.clock.pause_at(600_000)
    lab.more.get_by_role("button", name="New seed").click()
    watched.clock.run_for(100)
    expect(lab.strip).to_contain_text("A new model")
    watched.clock.run_for(9_000)
    expect(lab.strip.get_by_role("button", name=re.compile("^Back to seed"))).to_be_visible()
    watched.clock.run_for(1_500)
    expect(lab.strip).to_be_hidden()
    watched.clock.resume()
    lab.open_more().get_by_role("button", name="Back to the last run").click()
    lab.rests_at(20)
    assert lab.digits() == other


@pytest.mark.main_path
def test_the_last_run_goes_on_exactly(lab: Lab, checkpoint):
    lab.jump(250)
    lab.visit(200)
    lab.open_more().get_by_role("button", name="New seed").click()
    lab.rests_at(0)
    lab.open_more().get_by_role("button", name="Back to the last run").click()
    lab.rests_at(200)
    assert lab.digits() == checkpoint(200)[1]["fingerprint"]
    for step in [250, 100, 300]:
        lab.jump(step)
        assert lab.digits() == checkpoint(step)[1]["fingerprint"]


def test_theme_palette_and_marks(open_lab):
    lab = open_lab("step=10")
    root = lab.page.locator("html")

    def colour(name: str) -> str:
        return root.evaluate("(root, name) => getComputedStyle(root).getPropertyValue(name)", name)
    menu = lab.open_more()
    light = colour("--paper")
    menu.get_by_role("combobox", name="Theme").select_option("dark")
    expect(root).to_have_attribute("data-theme", "dark")
    assert colour("--paper") != light
    expect(lab.page).to_have_url(re.compile("theme=dark"))
    menu.get_by_role("combobox", name="Theme").select_option("as the system’s")
    expect(root).not_to_have_attribute("data-theme", re.compile(".*"))
    assert colour("--paper") == light
    lab.page.emulate_media(color_scheme="dark")
    assert colour("--paper") != light
    menu.get_by_role("combobox", name="Theme").select_option("light")
    expect(root).to_have_attribute("data-theme", "light")
    assert colour("--paper") == light

    amber = colour("--pos")
    menu.get_by_role("combobox", name="Colours of values").select_option("orange and blue")
    expect(root).to_have_attribute("data-palette", "blue-orange")
    assert colour("--pos") != amber
    expect(lab.page).to_have_url(re.compile("palette=blue-orange"))
    lab.page.reload()
    lab.ready()
    expect(root).to_have_attribute("data-palette", "blue-orange")

    cells = lab.page.locator("#wte canvas").first
    cells.scroll_into_view_if_needed()
    lab.page.wait_for_function("() => document.querySelector('#wte canvas').width > 300")
    unmarked = cells.evaluate("(canvas) => canvas.toDataURL()")
    lab.open_more().get_by_role("checkbox", name="Mark negative cells with a line").check()
    lab.page.wait_for_function("(unmarked) => document.querySelector('#wte canvas').toDataURL() !== unmarked", arg=unmarked)


def test_out_of_sight_it_pauses_unless_asked_not_to(lab: Lab):
    lab.page.get_by_role("button", name="Train it").click()
    expect(lab.fingerprint).to_contain_text(re.compile("step [1-9]"))
    out_of_sight(lab.page, True)
    expect(lab.toggle).to_have_text("Train")
    out_of_sight(lab.page, False)
    expect(lab.strip).to_contain_text("Paused while this tab was out of sight.")
    lab.strip.get_by_role("button", name="Go on").click()
    expect(lab.toggle).to_have_text("Pause")
    expect(lab.strip).to_be_hidden()
    lab.open_more().get_by_role("checkbox", name="Keep running out of sight").check()
    lab.page.keyboard.press("Escape")
    lab.pace.select_option("5")
    before = lab.step()
    out_of_sight(lab.page, True)
    expect(lab.fingerprint).not_to_contain_text(f"step {before} ")
    expect(lab.toggle).to_have_text("Pause")


def keys_sheet(lab: Lab) -> Locator:
    return lab.page.get_by_role("dialog", name="Keys")


def test_the_keys_work_and_can_be_switched_off(lab: Lab):
    keyboard = lab.page.keyboard
    shown = lab.bar.get_by_role("combobox", name="Name on show")
    keyboard.press(".")
    lab.rests_at(1)
    keyboard.press("k")
    expect(lab.toggle).to_have_text("Pause")
    keyboard.press("k")
    expect(lab.toggle).to_have_text("Train")
    expect(shown).to_have_value("mei")
    keyboard.press("]")
    expect(shown).not_to_have_value("mei")
    keyboard.press("[")
    expect(shown).to_have_value("mei")
    for key, depth in [("1", "minimal"), ("3", "advanced"), ("2", "focused")]:
        keyboard.press(key)
        expect(lab.page.locator("html")).to_have_attribute("data-depth", depth)
    # Not while something is typed.
    lab.page.get_by_label("Your own name").focus()
    keyboard.type("k3?")
    expect(lab.page.get_by_label("Your own name")).to_have_value("k3?")
    expect(lab.page.locator("html")).to_have_attribute("data-depth", "focused")
    expect(keys_sheet(lab)).to_be_hidden()
    lab.page.get_by_role("button", name="Finish it").focus()
    keyboard.press("?")
    sheet = keys_sheet(lab)
    expect(sheet.get_by_role("listitem")).to_have_text(
        ["k train or pause", ". one step", "[ ] previous or next name", "1 2 3 Minimal, Focused, Advanced", "? this list"])
    sheet.get_by_role("checkbox", name="Use these keys").uncheck()
    keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(lab.page.get_by_role("button", name="Finish it")).to_be_focused()
    keyboard.press("3")
    keyboard.press("?")
    lab.open_more().get_by_role("button", name="Keys").click()
    expect(sheet).to_be_visible()
    expect(lab.page.locator("html")).to_have_attribute("data-depth", "focused")
    sheet.get_by_role("checkbox", name="Use these keys").check()
    keyboard.press("Escape")
    keyboard.press("3")
    expect(lab.page.locator("html")).to_have_attribute("data-depth", "advanced")


def test_a_panel_takes_the_focus_and_gives_it_back(open_lab):
    lab = open_lab(width=768)
    more = lab.bar.get_by_role("button", name="More")
    for close in ["Escape", "button", "outside"]:
        expect(more).to_have_attribute("aria-expanded", "false")
        more.click()
        expect(lab.more.get_by_role("button", name="Close")).to_be_focused()
        expect(more).to_have_attribute("aria-expanded", "true")
        if close == "Escape":
            lab.page.keyboard.press("Escape")
        elif close == "button":
            lab.more.get_by_role("button", name="Close").click()
        else:
            lab.page.mouse.click(8, 500)
        expect(lab.more).to_be_hidden()
        expect(more).to_be_focused()
    # One panel opens another: the focus returns to where the first was opened.
    for button, panel in [("Share", "Share"), ("Keys", "Keys")]:
        lab.open_more().get_by_role("button", name=button).click()
        opened = lab.page.get_by_role("dialog", name=panel)
        expect(opened.get_by_role("button", name="Close")).to_be_focused()
        expect(lab.more).to_be_hidden()
        lab.page.keyboard.press("Escape")
        expect(opened).to_be_hidden()
        expect(more).to_be_focused()


# Depths.

@pytest.mark.main_path
def test_three_depths_are_kept_in_the_address(lab: Lab):
    depth = lab.bar.get_by_role("combobox", name="Depth")
    expect(depth.get_by_role("option")).to_have_text(["Minimal · 5 min", "Focused · 20 min", "Advanced · 60 min"])
    expect(depth).to_have_value("focused")
    patterns = lab.page.get_by_role("region", name="Patterns in the names")
    expect(patterns).to_be_visible()
    depth.select_option("minimal")
    expect(patterns).to_be_hidden()
    expect(lab.page.locator("#tokens")).to_be_hidden()
    expect(lab.page.locator("#training")).to_be_visible()
    expect(lab.page.get_by_role("navigation", name="Parts").get_by_role("link")).to_have_text(["First look", "3 Training", "5 Next letter", "8 Take along"])
    expect(lab.page).to_have_url(re.compile("#depth=minimal&v=1$"))
    lab.page.reload()
    lab.ready()
    expect(lab.bar.get_by_role("combobox", name="Depth")).to_have_value("minimal")
    lab.open_more().get_by_role("combobox", name="Depth").select_option("advanced")
    expect(patterns).to_be_visible()
    expect(lab.page.get_by_role("figure", name="Which letter follows which")).to_be_visible()
    expect(lab.page).to_have_url(re.compile("#depth=advanced&v=1$"))


@pytest.mark.parametrize("width", [360, 1440])
def test_a_change_of_depth_keeps_the_heading_in_its_place(open_lab, width: int):
    lab = open_lab("step=100", width=width, height=800)
    heading = lab.page.get_by_role("heading", name="Wrong, then a little less wrong")
    # Figures get their heights when they come into sight.
    for place in range(0, 12_000, 700):
        lab.page.evaluate("(y) => new Promise((done) => { scrollTo(0, y); requestAnimationFrame(() => requestAnimationFrame(done)); })", place)
    heading.evaluate("(heading) => scrollBy(0, heading.getBoundingClientRect().top - 380)")
    settled = "(heading) => new Promise((done) => { let n = 0; const next = () => (n++ < 20 ? requestAnimationFrame(next) : done(heading.getBoundingClientRect().top)); next(); })"
    before = heading.evaluate(settled)
    assert before == pytest.approx(380, abs=2)
    for key, depth in [("3", "advanced"), ("2", "focused"), ("1", "minimal"), ("2", "focused")]:
        lab.page.keyboard.press(key)
        expect(lab.page.locator("html")).to_have_attribute("data-depth", depth)
        assert heading.evaluate(settled) == pytest.approx(before, abs=2), depth


# The name on show.

@pytest.mark.main_path
def test_the_name_on_show_is_picked_typed_and_turned(lab: Lab):
    name = lab.bar.get_by_role("combobox", name="Name on show")
    expect(name).to_have_value("mei")
    lab.bar.get_by_role("button", name="Next name").click()
    expect(name).not_to_have_value("mei")
    lab.bar.get_by_role("button", name="Previous name").click()
    expect(name).to_have_value("mei")
    name.focus()
    options = lab.bar.locator("datalist option")
    expect(options).to_have_count(1727)
    assert options.evaluate_all("(all) => all.some((option) => option.value === 'stegosaurus')")
    # Picking from the list is typing it at once.
    name.fill("stegosaurus")
    bring_in(lab.page, "#patterns")
    expect(lab.page.locator("#patterns").get_by_role("combobox", name="Name on show")).to_have_value("stegosaurus")
    expect(lab.page).to_have_url(re.compile("#name=stegosaurus&v=1$"))
    name.fill("Rexy")
    expect(lab.page).to_have_url(re.compile("#name=rexy&v=1$"))


def test_a_name_with_a_wrong_letter_is_answered(lab: Lab):
    name = lab.bar.get_by_role("combobox", name="Name on show")
    for text, answer in [("caf\u00e9", "Only a to z here: “é” at place 4."), ("a" * 18, "17 letters at most: this model has 18 places and START takes one.")]:
        name.fill(text)
        expect(name).to_have_attribute("aria-invalid", "true")
        expect(lab.bar.get_by_text(answer)).to_be_visible()
        expect(lab.live).to_have_text(answer)
    name.fill("tawa")
    expect(name).to_have_attribute("aria-invalid", "false")
    # Left wrong, the field shows the name on show again.
    name.fill("x9")
    lab.page.get_by_role("heading", level=1).click()
    expect(name).to_have_value("tawa")
    expect(name).to_have_attribute("aria-invalid", "false")


def cycling(page: Page, site: str) -> tuple[Lab, Locator]:
    """The lab with motion and a clock of its own, part 1 in view."""
    page.emulate_media(reduced_motion="no-preference")
    page.clock.install(time=0)
    page.goto(site)
    lab = Lab(page).ready()
    page.clock.pause_at(60_000)
    return lab, lab.bar.get_by_role("combobox", name="Name on show")


def bring_in(page: Page, selector: str) -> None:
    """Scrolls to a place and waits until the page's own observers know."""
    page.mouse.move(1, 400)
    page.locator(selector).evaluate(
        """(target) => new Promise((done) => {
             target.scrollIntoView();
             const observer = new IntersectionObserver(() => { observer.disconnect(); done(); });
             observer.observe(target);
           })""")


def test_the_name_changes_by_itself_only_beside_the_names(watched: Page, site: str):
    lab, name = cycling(watched, site)
    watched.clock.run_for(9_000)
    expect(name).to_have_value("mei")
    bring_in(watched, "#patterns")
    watched.clock.run_for(3_500)
    expect(name).to_have_value("mei")
    seen = ["mei"]
    for _ in range(3):
        watched.clock.run_for(4_000)
        seen.append(name.input_value())
    assert len(set(seen)) == 4, seen
    # A name that nobody chose is not in the address.
    expect(watched).not_to_have_url(re.compile("name="))
    # What comes into sight is drawn, and may move what stands below.
    bring_in(watched, "#training")
    watched.clock.run_for(100)
    bring_in(watched, "#training")
    now = name.input_value()
    watched.clock.run_for(9_000)
    expect(name).to_have_value(now)
    bring_in(watched, "#tokens")
    watched.clock.run_for(4_500)
    expect(name).not_to_have_value(now)
    # The first touch of a figure ends it for good.
    now = name.input_value()
    watched.get_by_role("figure", name="A name as numbers").hover()
    watched.clock.run_for(9_000)
    expect(name).to_have_value(now)
    bring_in(watched, "#patterns")
    watched.clock.run_for(9_000)
    expect(name).to_have_value(now)


def test_a_name_can_be_held_and_let_go(watched: Page, site: str):
    lab, name = cycling(watched, site)
    bring_in(watched, "#patterns")
    watched.clock.run_for(200)
    control = watched.locator("#patterns").get_by_role("group", name="Name on show")
    control.get_by_role("button", name="Hold this name").click()
    watched.clock.run_for(9_000)
    expect(name).to_have_value("mei")
    control.get_by_role("button", name="Let names change").click()
    watched.clock.run_for(4_500)
    expect(name).not_to_have_value("mei")
    control.get_by_role("button", name="Next name").click()
    watched.clock.run_for(100)
    now = name.input_value()
    watched.clock.run_for(9_000)
    expect(name).to_have_value(now)


def test_with_reduced_motion_the_name_never_changes_by_itself(watched: Page, site: str):
    lab, name = cycling(watched, site)
    watched.emulate_media(reduced_motion="reduce")
    bring_in(watched, "#patterns")
    watched.clock.run_for(13_000)
    expect(name).to_have_value("mei")


# The address and reloads.

@pytest.mark.main_path
def test_an_address_opens_the_same_state(open_lab, checkpoint):
    lab = open_lab("step=500&name=rex&v=1")
    assert lab.digits() == checkpoint(500)[1]["fingerprint"]
    expect(lab.bar.get_by_role("combobox", name="Name on show")).to_have_value("rex")
    expect(lab.page).to_have_url(re.compile(r"#step=500&name=rex&v=1$"))


@pytest.mark.parametrize(("fragment", "answer"), [
    ("seed=-3", "The address says seed=-3, which can’t be; the default is used."),
    ("depth=deep", "The address says depth=deep, which can’t be; the default is used."),
    ("name=caf%C3%A9", "The name “café” in the address has letters that this model lacks; another is shown."),
    ("v=2", "This link was made by engine 2 and this page is 1: digits may differ."),
])
def test_an_address_that_can_not_be_is_answered_with_a_sentence(open_lab, fragment: str, answer: str):
    lab = open_lab(fragment)
    expect(lab.strip).to_contain_text(answer)
    expect(lab.live).to_have_text(answer)
    lab.strip.get_by_role("button", name="Close").click()
    expect(lab.strip).to_be_hidden()


def test_an_address_that_asks_for_much_asks_first(watched: Page, site: str):
    watched.goto(f"{site}#step=20001")
    strip = watched.locator("#strip")
    expect(strip).to_contain_text(re.compile(r"This link asks for 20,001 steps of a model with about [\d,]+ weights\. That can take long\."))
    expect(watched.locator("#fingerprint")).not_to_contain_text("fingerprint")
    strip.get_by_role("button", name="Open anyway").click()
    lab = Lab(watched).ready()
    expect(lab.toggle).to_have_text("Pause")
    expect(strip).to_be_hidden()
    lab.toggle.click()
    expect(lab.toggle).to_have_text("Train")


@pytest.mark.main_path
def test_a_reload_restores_the_state(open_lab, checkpoint):
    lab = open_lab("step=600")
    lab.visit(500)
    expect(lab.page).to_have_url(re.compile("step=500"))
    lab.page.reload()
    lab.rests_at(500)
    expect(lab.strip).to_contain_text("Back where you were: step 500.")
    assert lab.digits() == checkpoint(500)[1]["fingerprint"]


def test_a_reload_in_the_middle_of_training_restores_the_step(lab: Lab, checkpoint):
    lab.page.get_by_role("button", name="Train it").click()
    lab.pace.select_option("500")
    expect(lab.fingerprint).to_contain_text(re.compile(r"step \d{3} "))
    before = lab.step()
    lab.page.reload()
    expect(lab.strip).to_contain_text(re.compile(r"Back where you were: step [\d,]+\."))
    step = int(re.search(r"step ([\d,]+)", lab.strip.inner_text())[1].replace(",", ""))
    assert step >= before
    lab.rests_at(step)
    assert lab.digits() == checkpoint(step)[1]["fingerprint"]


# What breaks.

# Keeps the Workers that the page makes and what each is for, so that a test can say that one died.
KEEP_WORKERS = """const Real = window.Worker; window.workers = [];
  window.Worker = class extends Real {
    constructor(...given) { super(...given); workers.push(this); }
    postMessage(message, ...rest) {
      this.role ??= message.isReader ? 'reader' : 'trainer';
      super.postMessage(message, ...rest);
    }
  };"""
KILL = "(role) => workers.findLast((one) => one.role === role).dispatchEvent(new ErrorEvent('error', { message: 'gone' }))"


@pytest.mark.parametrize("role", ["trainer", "reader"])
def test_a_dead_worker_is_replaced_and_nothing_is_lost(page: Page, site: str, checkpoint, role: str):
    page.add_init_script(KEEP_WORKERS)
    page.goto(f"{site}#step=300")
    lab = Lab(page).ready()
    lab.rests_at(300)
    page.evaluate(KILL, role)
    expect(lab.strip).to_contain_text("The trainer stopped and was restored at step 300; nothing is lost.")
    assert lab.digits() == checkpoint(300)[1]["fingerprint"]
    lab.visit(200)
    assert lab.digits() == checkpoint(200)[1]["fingerprint"]
    # In the middle of training.
    lab.pace.select_option("500")
    lab.toggle.click()
    expect(lab.fingerprint).to_contain_text(re.compile(r"step [4-9]\d\d "))
    page.evaluate(KILL, role)
    expect(lab.strip).to_contain_text(re.compile(r"restored at step [4-9]\d\d; nothing is lost"))
    expect(lab.toggle).to_have_text("Train")
    lab.pace.select_option("full")
    lab.toggle.click()
    lab.rests_at(5000)
    assert lab.digits() == checkpoint(5000)[1]["fingerprint"]
    # The end is told of when every reading is there.
    expect(lab.strip).to_contain_text("Step 5,000.")
    rows = table(figure(lab, "Loss, step by step"), "Loss, step by step, at step 5,000")[1]
    assert [int(row[0].replace(",", "")) for row in rows] == READINGS
    assert rows[-1][2] == fixed(checkpoint(5000)[1]["heldOutLoss"], 2)


def test_a_worker_that_always_dies_is_given_up(page: Page, site: str):
    page.add_init_script("window.Worker = class extends EventTarget { constructor() { super(); setTimeout(() => "
                         "this.dispatchEvent(new ErrorEvent('error', { message: 'gone' }))); } postMessage() {} terminate() {} };")
    page.goto(site)
    expect(page.locator("#strip")).to_contain_text("The trainer stopped and can’t be started again.")


@pytest.mark.parametrize(("lacking", "sentence"), [
    ("delete window.WebAssembly", "This browser has no WebAssembly with SIMD"),
    ("WebAssembly.compile = () => Promise.reject(new WebAssembly.CompileError('simd'))", "This browser has no WebAssembly with SIMD"),
    ("delete window.Worker", "This browser can’t run the trainer in the background."),
])
def test_what_a_browser_lacks_is_said(page: Page, site: str, lacking: str, sentence: str):
    page.add_init_script(lacking)
    page.goto(site)
    expect(page.locator("#strip")).to_contain_text(sentence)
    expect(page.get_by_role("status").first).to_contain_text(sentence)


def test_a_server_that_is_gone_is_told(page: Page, site: str):
    page.route("**/engine.wasm", lambda route: route.abort())
    page.goto(site)
    expect(page.locator("#strip")).to_contain_text("The engine could not be loaded. Is the server still running?")


def test_a_killed_server_does_not_disturb_an_open_lab(page: Page):
    server, address = start_server()
    page.goto(address)
    lab = Lab(page).ready()
    server.kill()
    server.wait()
    lab.toggle.click()
    expect(lab.fingerprint).to_contain_text(re.compile("step [1-9]"), timeout=20_000)


def test_a_link_opened_in_the_same_tab_wins_over_the_state_that_is_left(lab: Lab):
    lab.jump(100)
    lab.page.evaluate("() => { window.location.hash = 'step=50&v=1'; }")
    expect(lab.fingerprint).to_contain_text("step 50 ", timeout=20_000)
