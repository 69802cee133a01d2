"""Losses are read beside the training: they may come late, in any order, or after their run; what is said waits for them."""
import re

import pytest
from conftest import Lab
from figures import READINGS, figure, fixed, readout, sentence, table
from playwright.sync_api import Page, expect

LOSS = "Loss, step by step"
# Keeps readings back until they are let go, the last of them first.
HOLD = """window.held = [];
  window.letGo = () => { for (const hear of held.splice(0).reverse()) hear(); };
  const listen = Worker.prototype.addEventListener;
  Worker.prototype.addEventListener = function (kind, listener, ...rest) {
    listen.call(this, kind, kind !== 'message' ? listener : (event) => {
      if (event.data.kind === 'reading') held.push(() => listener(event));
      else listener(event);
    }, ...rest);
  };"""


def steps(lab: Lab, step: int) -> list[int]:
    """The steps that the chart has readings of."""
    return [int(row[0].replace(",", "")) for row in rows(lab, step)]


def rows(lab: Lab, step: int) -> list[list[str]]:
    found = figure(lab, LOSS)
    shown = table(found, f"{LOSS}, at step {step:,}")[1]
    found.get_by_role("button", name="Close table").click()
    return shown


def says(lab: Lab, sentence: str) -> None:
    """What is said of the run under the first button begins so: only what is in sight is drawn."""
    lab.status.scroll_into_view_if_needed()
    expect(lab.status).to_have_text(re.compile(f"^({sentence})"))


@pytest.fixture
def held(watched: Page, open_lab) -> Lab:
    watched.add_init_script(HOLD)
    return open_lab()


def all_held(lab: Lab, count: int) -> None:
    """Waits until the reader is done."""
    lab.page.evaluate(
        """(count) => new Promise((done) => {
             const look = () => (held.length === count ? done() : setTimeout(look, 20));
             look();
           })""", count)


@pytest.mark.main_path
def test_the_end_is_told_once_its_last_reading_is_there(held: Lab, command, checkpoint):
    held.train_to_end()
    all_held(held, len(READINGS))
    assert held.digits() == checkpoint(5000)[1]["fingerprint"]
    expect(held.strip).to_be_hidden()
    says(held, "Untrained")
    held.page.evaluate("held.splice(-1)[0]()")
    # The others are still missing: the one is not enough.
    expect(held.strip).to_be_hidden()
    held.page.evaluate("letGo()")
    ended = re.compile(r"^Step 5,000\. (Past letter triples|Near its best)")
    expect(held.strip.get_by_role("paragraph")).to_have_text(ended)
    expect(held.live).to_have_text(ended)
    says(held, "Past letter triples|Near its best")
    read = rows(held, 5000)
    assert [int(row[0].replace(",", "")) for row in read] == READINGS
    for row in read:
        step = int(row[0].replace(",", ""))
        if step in (0, 153, 500, 1000, 5000):
            assert row[2] == fixed(checkpoint(step)[1]["heldOutLoss"], 2), step


def test_a_late_reading_changes_what_is_said_of_the_step_on_show(held: Lab, checkpoint):
    held.jump(500)
    all_held(held, sum(step <= 500 for step in READINGS))
    held.visit(100)
    says(held, "Untrained")
    found = figure(held, LOSS)
    found.scroll_into_view_if_needed()
    late = fixed(checkpoint(100)[1]["heldOutLoss"], 2)
    expect(sentence(found)).not_to_contain_text(late)
    held.page.evaluate("letGo()")
    expect(sentence(found)).to_contain_text(late)
    expect(readout(found)).to_contain_text(late)
    says(held, "It knows|Past letter pairs")


def test_a_run_that_is_come_back_to_gets_the_readings_that_it_lacks(held: Lab):
    held.jump(500)
    before = [step for step in READINGS if step <= 500]
    all_held(held, len(before))
    held.bar.get_by_role("button", name="More").click()
    held.more.get_by_role("button", name="New seed").click()
    expect(held.fingerprint).to_contain_text("step 0 ")
    all_held(held, len(before) + 1)
    # Those of the run before are heard by nobody now.
    held.page.evaluate("letGo()")
    says(held, "Untrained")
    assert steps(held, 0) == [0]
    held.strip.get_by_role("button", name=re.compile("^Back to seed")).click()
    held.rests_at(500)
    all_held(held, len(before))
    assert steps(held, 500) == []
    held.page.evaluate("letGo()")
    says(held, "Past letter pairs")
    assert steps(held, 500) == before
