"""The lab without a network: below a path of any web host, and at the server's usual port."""
import os
import pathlib
import shutil
import socket
import subprocess
import sys

import pytest
from conftest import GPTOSAURUS, ROOT, Lab
from playwright.sync_api import BrowserContext, Page, expect

USUAL_PORT = 8726

KEPT = "async () => { await navigator.serviceWorker.ready; return caches.keys(); }"
# Asks the server for a new version: resolves once all of it is there.
UPDATED = """async () => {
  const registration = await (await navigator.serviceWorker.ready).update();
  const worker = registration.installing ?? registration.waiting;
  await new Promise((done) => {
    const check = () => worker.state === 'installing' || done();
    worker.addEventListener('statechange', check);
    check();
  });
  return worker.state;
}"""
# Resolves once no version of the lab waits for another to end.
CHANGED = """async (lab) => {
  const { waiting } = await navigator.serviceWorker.getRegistration(lab);
  if (waiting === null) return;
  await new Promise((done, fail) => {
    waiting.addEventListener('statechange', () => waiting.state === 'activated' && done());
    setTimeout(() => fail(new Error(`the new version is ${waiting.state}`)), 30_000);
  });
}"""
# What a page gets that loads one more file.
TITLE = "async () => /<title>(.*)<\\/title>/.exec(await (await fetch('index.html')).text())[1]"


class Host:
    """Python's own web server, with the lab below a path."""

    def __init__(self, root: pathlib.Path):
        self.folder = root / "some/lab"
        subprocess.run([GPTOSAURUS, "site", "--output", str(self.folder)], check=True, stdout=subprocess.DEVNULL)
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "http.server", "--bind", "127.0.0.1", "--directory", str(root), "0"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        port = self.process.stdout.readline().split(" port ")[1].split()[0]
        self.address = f"http://127.0.0.1:{port}/some/lab/"

    def replace(self, path: str, old: str, new: str) -> None:
        file = self.folder / path
        text = file.read_text()
        assert old in text, (path, old)
        file.write_text(text.replace(old, new, 1))
        # Python's server tells versions apart by the second of their writing.
        written = file.stat().st_mtime + 2
        os.utime(file, (written, written))

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def host(tmp_path):
    host = Host(tmp_path)
    yield host
    host.end()


def serve(*flags: str) -> subprocess.Popen:
    """A server on the usual port that listens."""
    server = subprocess.Popen([GPTOSAURUS, "serve", *flags], stdout=subprocess.PIPE, text=True)
    assert f":{USUAL_PORT}/" in server.stdout.readline()
    return server


def end(server: subprocess.Popen) -> None:
    server.kill()
    server.wait()


@pytest.fixture
def usual_address():
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", USUAL_PORT))
        except OSError:
            pytest.skip(f"port {USUAL_PORT} is taken")
    return f"http://127.0.0.1:{USUAL_PORT}/"


@pytest.mark.main_path
def test_the_lab_trains_without_a_network(watched: Page, host: Host):
    watched.goto(host.address)
    Lab(watched).ready()
    assert len(watched.evaluate(KEPT)) == 1
    host.end()
    watched.reload()
    Lab(watched).ready().train_to_end()
    watched.goto(host.address + "index.html?from=elsewhere#step=500")
    lab = Lab(watched).ready()
    expect(lab.fingerprint).to_contain_text("step 500 ", timeout=15_000)


def test_an_open_page_keeps_its_version_and_the_next_gets_the_new_one(context: BrowserContext, host: Host):
    page = context.new_page()
    page.goto(host.address)
    Lab(page).ready()
    first = page.evaluate(KEPT)
    page.reload()
    title = page.title()
    host.replace("index.html", f"<title>{title}", "<title>Newer")
    host.replace("service-worker.js", first[0].split(" ")[-1], "0123456789abcdef")
    assert page.evaluate(UPDATED) == "installed"
    assert page.evaluate(TITLE) == title
    page.reload()
    assert page.title() == title
    # A page outside of the lab sees when the browser changes versions, some time after the last page of the lab closed.
    outside = context.new_page()
    outside.goto(host.address + "..")
    page.close()
    outside.evaluate(CHANGED, host.address)
    page = context.new_page()
    page.goto(host.address)
    assert page.evaluate(TITLE) == "Newer"
    assert page.evaluate(KEPT) == [first[0].replace(first[0].split(" ")[-1], "0123456789abcdef")]


def test_a_file_that_is_missing_keeps_the_lab_from_being_kept(context: BrowserContext, host: Host):
    (host.folder / "icon.svg").unlink()
    page = context.new_page()
    page.goto(host.address)
    Lab(page).ready()
    state = page.evaluate(
        """async () => {
             const registration = await navigator.serviceWorker.register('service-worker.js');
             const worker = registration.installing;
             await new Promise((done) => {
               const check = () => worker.state === 'redundant' && done();
               worker.addEventListener('statechange', check);
               check();
             });
             return worker.state;
           }""")
    assert state == "redundant" and page.evaluate("() => navigator.serviceWorker.controller") is None


def test_yesterdays_lab_makes_way_for_the_page_that_is_worked_on(context: BrowserContext, tmp_path: pathlib.Path, usual_address: str):
    folder = tmp_path / "Web"
    shutil.copytree(ROOT / "Web", folder)
    (folder / "index.html").write_text("<!doctype html><title>Today</title>")
    # One after the other: both need the usual port.
    for fragment in ["", "#theme=dark"]:
        server = serve()
        try:
            page = context.new_page()
            page.goto(usual_address)
            assert len(page.evaluate(KEPT)) == 1
            page.close()
        finally:
            end(server)
        server = serve("--from", str(folder))
        try:
            page = context.new_page()
            page.goto(usual_address + fragment)
            expect(page).to_have_title("Today", timeout=15_000)
            assert page.url.endswith(fragment)
            assert page.evaluate("() => caches.keys()") == []
            page.reload()
            expect(page).to_have_title("Today")
            page.close()
        finally:
            end(server)


def test_other_ports_keep_nothing(watched: Page, site: str):
    watched.goto(site)
    Lab(watched).ready()
    assert watched.evaluate("() => navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
