"""The lab in real browsers: the built tool serves it, Debian's Chromium and Firefox open it.

    python -m pytest -q Tests/web                                   # Chromium
    python -m pytest -q Tests/web --browser firefox -m main_path    # Firefox: the main path
    GPTOSAURUS=path/of/the/binary, CHROMIUM=, FIREFOX= choose others; LAB_ADDRESS=http://… is a lab that is served already.
"""
import json
import os
import pathlib
import shutil
import subprocess

import pytest
from playwright.sync_api import Locator, Page, expect

ROOT = pathlib.Path(__file__).resolve().parents[2]
GPTOSAURUS = os.environ.get("GPTOSAURUS", str(ROOT / ".build/release/gptosaurus"))


def pytest_configure(config):
    config.addinivalue_line("markers", "main_path: what a second browser engine is tested with")


def browser_path(variable: str, *names: str) -> str:
    """The browser's program: the variable's, else the first of the names that exists."""
    if variable in os.environ:
        return os.environ[variable]
    found = next((path for path in map(shutil.which, names) if path), None)
    return found or next((name for name in names if os.path.exists(name)), names[0])


# The address bar's pop-ups, each a page of its own in every window: without them the tests take four fifths of the time. The last
# such list counts, so the others that Playwright leaves out, as far as they could disturb a test, stand here again.
LEFT_OUT = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "AimEnabled", "DestroyProfileOnBrowserClose", "GlobalMediaControls", "HttpsUpgrades",
            "MediaRouter", "OptimizationHints", "PaintHolding", "Translate"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, browser_name):
    if browser_name == "firefox":
        path = browser_path("FIREFOX", "firefox-esr", "/Applications/Firefox.app/Contents/MacOS/firefox")
        # Emulated media do nothing in stock Firefox: a preference does.
        return {**browser_type_launch_args, "channel": "moz-firefox", "executable_path": path,
                "firefox_user_prefs": {"ui.prefersReducedMotion": 1}}
    path = browser_path("CHROMIUM", "chromium-headless-shell", "chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    return {**browser_type_launch_args, "executable_path": path, "args": ["--font-render-hinting=none", f"--disable-features={','.join(LEFT_OUT)}"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"}


def start_server(*flags: str) -> tuple[subprocess.Popen, str]:
    """A server on a free port, and its address."""
    server = subprocess.Popen([GPTOSAURUS, "serve", "--port", "0", *flags], stdout=subprocess.PIPE, text=True)
    line = server.stdout.readline()
    return server, line.split("http://", 1)[1].split(" ", 1)[0].join(["http://", ""])


@pytest.fixture(scope="session")
def site():
    """The lab's address, with a slash at its end."""
    if "LAB_ADDRESS" in os.environ:
        yield os.environ["LAB_ADDRESS"].rstrip("/") + "/"
        return
    server, address = start_server()
    yield address
    server.terminate()
    server.wait(10)


@pytest.fixture(scope="session")
def command():
    """Runs the command line with --json and returns what it says."""
    def run(*arguments: str) -> dict:
        done = subprocess.run([GPTOSAURUS, *arguments, "--json"], capture_output=True, text=True, check=True)
        return json.loads(done.stdout)
    return run


@pytest.fixture(scope="session")
def checkpoint(tmp_path_factory, command):
    """A checkpoint of the default run at a step, and what train said."""
    folder = tmp_path_factory.mktemp("checkpoints")
    made: dict[int, tuple[str, dict]] = {}

    def at(step: int) -> tuple[str, dict]:
        if step not in made:
            path = str(folder / f"{step}.safetensors")
            made[step] = (path, command("train", "--steps", str(step), "--output", path))
        return made[step]
    return at


@pytest.fixture
def watched(page: Page):
    """The page; the test fails on any console error, page error or failed request."""
    bad: list[str] = []
    page.on("console", lambda m: bad.append(f"console: {m.text}") if m.type == "error" else None)
    page.on("pageerror", lambda e: bad.append(f"pageerror: {e}"))
    page.on("requestfailed", lambda r: bad.append(f"failed: {r.url}"))
    page.on("response", lambda r: bad.append(f"{r.status}: {r.url}") if r.status >= 400 else None)
    yield page
    assert not bad, bad


class Lab:
    """The lab's page, by role and name."""

    def __init__(self, page: Page):
        self.page = page
        self.bar = page.get_by_role("banner", name="Training")
        self.toggle = self.bar.locator("[data-part=toggle]")
        self.timeline = self.bar.get_by_role("slider", name="Timeline")
        self.pace = self.bar.get_by_role("combobox", name="Pace")
        self.fingerprint = page.locator("#fingerprint")
        self.live = page.locator("#live")
        self.status = page.locator("#first-look [data-part=status]")
        self.strip = page.locator("#strip")
        self.more = page.get_by_role("dialog", name="More")

    def ready(self) -> "Lab":
        expect(self.fingerprint).to_contain_text("fingerprint", timeout=15_000)
        return self

    def train_to_end(self) -> None:
        """Trains at full speed until the run stops by itself."""
        self.page.get_by_role("button", name="Train it").click()
        self.pace.select_option("full")
        expect(self.fingerprint).to_contain_text("step 5,000 ", timeout=60_000)
        expect(self.toggle).to_have_text("Train")

    def open_more(self) -> Locator:
        """Opens the menu."""
        self.bar.get_by_role("button", name="More").click()
        expect(self.more).to_be_visible()
        return self.more

    def rests_at(self, step: int) -> None:
        """Waits until a step is on show and nothing trains."""
        expect(self.fingerprint).to_contain_text(f"step {step:,} ", timeout=60_000)
        expect(self.toggle).to_have_text("Train")

    def jump(self, step: int) -> None:
        """Goes to a step by the menu, training there where it was not reached."""
        self.set_off(step)
        self.rests_at(step)

    def set_off(self, step: int) -> None:
        """Asks the menu for a step."""
        menu = self.open_more()
        field = menu.get_by_role("spinbutton", name="Any step")
        # Playwright's Firefox adds to what stands in a field of numbers.
        field.evaluate("(field) => { field.value = ''; }")
        field.fill(str(step))
        menu.get_by_role("button", name="Jump", exact=True).click()

    def step(self) -> int:
        """The step on show."""
        return int(self.fingerprint.inner_text().split("step ", 1)[1].split(" ", 1)[0].replace(",", ""))

    def visit(self, step: int) -> None:
        """Drags the timeline to a step that was reached: near it by place, then by key."""
        self.timeline.evaluate(
            """(slider, step) => {
                 slider.value = String(Math.round(10000 * Math.cbrt(step / 5000)));
                 slider.dispatchEvent(new Event('input', { bubbles: true }));
               }""", step)
        expect(self.fingerprint).to_contain_text(f"step {step:,} ", timeout=10_000)

    def digits(self) -> str:
        """The fingerprint on show."""
        return self.fingerprint.inner_text().split("fingerprint ")[1].split(" ")[0]


@pytest.fixture
def lab(watched: Page, site: str) -> Lab:
    watched.goto(site)
    return Lab(watched).ready()


@pytest.fixture
def open_lab(watched: Page, site: str):
    """Opens the lab with an address's fragment, on a screen of a size."""
    def opened(fragment: str = "", width: int = 1440, height: int = 900) -> Lab:
        watched.set_viewport_size({"width": width, "height": height})
        watched.goto(site + (f"#{fragment}" if fragment else ""))
        opened_lab = Lab(watched).ready()
        if "step=" in fragment:
            opened_lab.rests_at(int(fragment.split("step=")[1].split("&")[0]))
        return opened_lab
    return opened
