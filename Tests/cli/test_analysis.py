"""heads and stats against a second implementation, Scripts/reference_analysis.py, written from the definitions alone."""

import json
import subprocess
import sys

import pytest

from conftest import NAMES, ROOT, Tool


def reference(tool, *arguments):
    result = subprocess.run(
        [sys.executable, str(ROOT / "Scripts/reference_analysis.py"), *map(str, arguments)], cwd=tool.folder,
        capture_output=True, timeout=300)
    assert result.returncode == 0, result.stderr.decode()
    return json.loads(result.stdout)


def differences(ours, other, tolerance, path=""):
    """Where two reports say different things: keys, words, whole numbers, or numbers further apart than the tolerance."""
    if isinstance(ours, dict) and isinstance(other, dict) and ours.keys() == other.keys():
        return [line for key in ours for line in differences(ours[key], other[key], tolerance, f"{path}.{key}")]
    if isinstance(ours, list) and isinstance(other, list) and len(ours) == len(other):
        pairs = enumerate(zip(ours, other))
        return [line for index, pair in pairs for line in differences(*pair, tolerance, f"{path}[{index}]")]
    if type(ours) in (int, float) and type(other) in (int, float):
        same = ours == other if isinstance(ours, int) and isinstance(other, int) else abs(ours - other) <= tolerance
    else:
        same = type(ours) is type(other) and ours == other
    return [] if same else [f"{path}: {ours} and {other}"]


def test_differences_are_found():
    assert differences({"a": [1, 0.5, None]}, {"a": [1, 0.5000001, None]}, 1e-6) == []
    for other in ({"a": [1, 0.6, None]}, {"a": [2, 0.5, None]}, {"a": [1, 0.5, 0]}, {"a": [1, 0.5]}, {"b": []}):
        assert differences({"a": [1, 0.5, None]}, other, 1e-6)


@pytest.mark.parametrize("flags", [
    [], ["--hold-out", 0], ["--hold-out", 0.5, "--seed", 7], ["--hold-out", 0.0001, "--seed", 4294967295]])
def test_stats(tool, flags):
    report = tool.json("stats", *flags)
    assert differences(report, reference(tool, "stats", *flags), 1e-9) == []
    assert differences(report, tool.json("stats", "--names", NAMES, *flags), 0) == []
    baselines = report["baselines"]
    assert baselines["uniform"] > baselines["unigram"] > baselines["bigram"] > baselines["trigram"]


@pytest.mark.parametrize("flags", [[], ["--hold-out", 0]])
def test_stats_of_another_list(tool, flags):
    tool.write("names.txt", "Zoë\nMaël\nanna\nÉlan\nanna\nO'Hara\nanna maria\n" + "ab" * 32 + "\n")
    report = tool.json("stats", "--names", "names.txt", *flags)
    assert differences(report, reference(tool, "stats", "--names", "names.txt", *flags), 1e-9) == []
    assert report["length"] == {"3": 1, "4": 4, "6": 1, "10": 1, "64": 1} and report["firstLetter"]["a"] == 4


def test_stats_of_one_name(tool):
    tool.write("names.txt", "rex\n")
    report = tool.json("stats", "--names", "names.txt")
    assert differences(report, reference(tool, "stats", "--names", "names.txt"), 1e-9) == []
    assert (report["training"], report["heldOut"], report["scoredOn"]) == (1, 0, "leaveOneOut")


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A run after 300 steps."""
    tool = Tool(tmp_path_factory.mktemp("trained"))
    tool.train("--steps", 300)
    return tool.folder / "model.safetensors"


@pytest.mark.parametrize("flags", [[], ["--count", 1], ["--count", 3], ["--count", 201]], ids=str)
def test_heads(tool, trained, flags):
    report = tool.json("heads", "--model", trained, *flags)
    assert differences(report, reference(tool, "heads", "--model", trained, *flags), 1e-4) == []
    assert len(report["heads"]) == 8 and len(report["pooled"]) == 4
    assert report["names"] == (flags[-1] if flags else 80)


def test_heads_of_a_trained_model_lean(tool, model):
    report = tool.json("heads", "--model", model[0])
    assert differences(report, reference(tool, "heads", "--model", model[0]), 1e-4) == []
    assert any(head["lean"] for head in report["heads"])


@pytest.mark.parametrize("flags", [
    ["--layers", 1, "--heads", 2, "--width", 16, "--context", 6], ["--hold-out", 0], ["--layers", 3, "--seed", 9]], ids=str)
def test_heads_of_other_sizes(tool, flags):
    tool.train("--steps", 300, *flags)
    report = tool.json("heads", "--model", "model.safetensors")
    assert differences(report, reference(tool, "heads", "--model", "model.safetensors"), 1e-4) == []


def test_heads_over_other_letters(tool):
    tool.write("names.txt", "Zoë\nMaël\nAnna\nÉlan\nAnnaël\nOzma\n" * 3)
    tool.train("--names", "names.txt", "--steps", 300, "--hold-out", 0.2)
    command = ["heads", "--model", "model.safetensors", "--names", "names.txt", "--count", 0]
    report = tool.json(*command)
    assert differences(report, reference(tool, *command), 1e-4) == []
    assert report["names"] == 18 and differences(report, tool.json(*command[:-1], 99), 0) == []
    assert report["vowelRate"] is None and report["heads"][0]["vowelShare"] is None


def test_tables_for_people(tool, trained):
    text = tool("heads", "--model", trained).stdout.decode()
    assert "worth" in text and ("no clear lean" in text or "mostly" in text)
    text = tool("stats").stdout.decode()
    assert "letter triples" in text and "1,727" in text
