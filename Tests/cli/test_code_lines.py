"""How much code there is, as the delivered page says it: counted a second time, character by character."""
import re

from conftest import ROOT

COUNTED = {
    "forward": ["Sources/TinyGPT/Model/Forward.swift"],
    "backward": ["Sources/TinyGPT/Model/Backward.swift"],
    "kernels": ["Sources/TinyGPT/Kernels"],
    "engine": ["Sources/CMath", "Sources/TinyGPT"],
    "analysis": ["Sources/TinyGPTAnalysis"],
    "bridge": ["Sources/TinyGPTWasm"],
    "page": ["Web"],
}
CODE = {".swift", ".c", ".h", ".js", ".css", ".html"}


def lines_of_code(text: str) -> int:
    """Lines that are neither blank nor begin with a comment or stand inside one."""
    text = re.sub(r"^[ \t]*(/\*.*?\*/|<!--.*?-->)[^\n]*", "", text, flags=re.DOTALL | re.MULTILINE)
    return sum(1 for line in text.split("\n") if line.strip() and not line.strip().startswith("//"))


def test_the_page_is_delivered_with_how_much_code_there_is(tool):
    tool.json("site", "--output", "site")
    for page in ["index.html", "lesson.html"]:
        said = re.findall(r'<meta name="code-lines" content="([^"]*)">', (tool.folder / "site" / page).read_text())
        assert len(said) == 1
        counts = {name: int(lines) for name, lines in (one.split("=") for one in said[0].split(" "))}
        expected = {}
        for name, places in COUNTED.items():
            files = [file for place in map(ROOT.joinpath, places) for file in ([place] if place.is_file() else place.rglob("*"))]
            expected[name] = sum(lines_of_code(file.read_text()) for file in files if file.suffix in CODE)
        assert counts == expected


def test_the_lesson_sheet_is_delivered_with_its_script_and_stylesheet(tool):
    tool.json("site", "--output", "site")
    sheet = (tool.folder / "site/lesson.html").read_text()
    assert re.findall(r'(?:href|src)="([^"]+\.(?:css|js))"', sheet) == ["lab.css", "lesson-boot.js"]
    assert re.search(r"^(import|export)\b", (tool.folder / "site/lesson-boot.js").read_text(), re.MULTILINE) is None
    # No number of the run is typed in: each place waits for its own.
    for place in re.findall(r'<(?:li|p|span) data-number="\w+">([^<]*)<', sheet):
        assert place == "–"
