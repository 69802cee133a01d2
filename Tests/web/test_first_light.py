"""What comes next is what the command line says."""
from conftest import Lab
from playwright.sync_api import expect


def test_predictions_and_losses_are_the_command_lines(lab: Lab, command, checkpoint):
    lab.train_to_end()
    path, _ = checkpoint(5000)
    for text in ["t", "tyranno", "mei"]:
        lab.page.get_by_label("A name to feed in").fill(text)
        said = command("predict", "--model", path, text)
        # The bars are at the temperature of the dice.
        odds = [share ** (1 / 0.8) for share in said["probabilities"][-1]]
        last = [chance / sum(odds) for chance in odds]
        letters = [*"abcdefghijklmnopqrstuvwxyz", "END"]
        best = sorted(zip(last, letters), key=lambda pair: -pair[0])[:5]
        rows = lab.page.get_by_role("list", name="Next letters, most probable first").get_by_role("listitem")
        for index, (share, letter) in enumerate(best):
            expect(rows.nth(index).locator("b")).to_have_text(letter)
            expect(rows.nth(index).locator(".share")).to_have_text(f"{round(100 * share)} %" if share >= 0.01 else "<1 %")


def test_letters_that_the_model_lacks_are_named(lab: Lab):
    field = lab.page.get_by_label("A name to feed in")
    field.fill("caf\u00e9")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(lab.page.locator("#text-problem")).to_contain_text("“é” at place 4")
    field.fill("a" * 18)
    expect(lab.page.locator("#text-problem")).to_contain_text("17 letters at most")
    field.fill("tawa")
    expect(lab.page.locator("#text-problem")).to_have_text("")
