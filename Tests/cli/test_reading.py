"""info, generate, predict, bench: what they report, and that the numbers are right."""

import json
import math
import re
import shutil
import subprocess

import numpy as np
import pytest

from checkpoints import forward, load, softmax
from conftest import NAMES


def test_checkpoints_open_in_safetensors(model):
    tensors, metadata = load(model[0])
    shapes = {"wte": (27, 32), "wpe": (18, 32), "lm_head": (27, 32)}
    for layer in range(2):
        shapes |= {f"layer{layer}.attn_w{part}": (32, 32) for part in "qkvo"}
        shapes |= {f"layer{layer}.mlp_fc1": (128, 32), f"layer{layer}.mlp_fc2": (32, 128)}
    expected = {kind + name: shape for kind in ("", "adam.m.", "adam.v.") for name, shape in shapes.items()}
    assert {name: tensor.shape for name, tensor in tensors.items()} == expected
    assert all(tensor.dtype == np.float32 for tensor in tensors.values())
    assert all((tensors[name] >= 0).all() for name in tensors if name.startswith("adam.v."))
    for key in ("format", "version", "numerics", "config", "recipe", "vocabulary", "seed", "step", "names_fingerprint",
                "fingerprint"):
        assert isinstance(metadata[key], str)
    assert (metadata["format"], metadata["version"], metadata["numerics"]) == ("gptosaurus", "1", "1")
    assert (metadata["seed"], metadata["step"], metadata["vocabulary"]) == ("42", "1000", "abcdefghijklmnopqrstuvwxyz")


def fnv1a(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value:016x}"


def test_fingerprints_are_those_of_the_design(model):
    tensors, metadata = load(model[0])
    order = ["wte", "wpe", "lm_head"] + [
        f"layer{layer}.{part}" for layer in range(2)
        for part in ("attn_wq", "attn_wk", "attn_wv", "attn_wo", "mlp_fc1", "mlp_fc2")]
    data = b"".join(tensors[name].astype("<f4").tobytes() for name in order)
    assert fnv1a(data) == metadata["fingerprint"] == model[1]["fingerprint"]
    assert fnv1a(NAMES.read_bytes()) == metadata["names_fingerprint"]


def test_info(tool, model):
    report = tool.json("info", model[0])
    tensors, metadata = load(model[0])
    assert list(report) == sorted(
        ["step", "seed", "parameters", "fingerprint", "vocabulary", "config", "recipe", "tensors"])
    assert (report["step"], report["seed"], report["parameters"]) == (1000, 42, 26880)
    assert report["config"] == json.loads(metadata["config"]) == {
        "nLayer": 2, "nEmbd": 32, "nHead": 4, "blockSize": 18, "vocabSize": 27, "mlpRatio": 4}
    assert report["recipe"] == json.loads(metadata["recipe"]) == {
        "learningRate": 0.005, "beta1": 0.85, "beta2": 0.99, "floor": 0.1, "horizon": 5000, "initStd": 0.08,
        "holdOut": 0.1, "batch": 1}
    assert {entry["name"]: tuple(entry["shape"]) for entry in report["tensors"]} == {
        name: tensor.shape for name, tensor in tensors.items()}
    text = tool("info", model[0]).stdout.decode()
    assert "26,880" in text and report["fingerprint"] in text and "layer1.mlp_fc2" in text


@pytest.mark.parametrize("prefix", ["", "t", "tyr", "tyrannosaurusrexx"])
def test_predictions_agree_with_a_pass_in_double_precision(tool, model, prefix):
    report = tool.json("predict", "--model", model[0], prefix)
    tensors, metadata = load(model[0])
    assert list(report) == ["attention", "letters", "logits", "loss", "probabilities", "tokens"]
    assert report["tokens"] == [26] + [ord(letter) - 97 for letter in prefix]
    assert report["letters"] == ["BOS", *prefix]
    logits, attention = forward(tensors, json.loads(metadata["config"]), report["tokens"])
    assert np.shape(report["logits"]) == (len(prefix) + 1, 27)
    assert np.abs(logits - report["logits"]).max() < 1e-4
    assert np.abs(softmax(logits) - report["probabilities"]).max() < 1e-5
    assert np.shape(report["attention"]) == (2, 4, len(prefix) + 1, len(prefix) + 1)
    assert np.abs(attention - report["attention"]).max() < 1e-5
    assert not np.triu(report["attention"], 1).any()
    assert np.abs(np.sum(report["attention"], axis=-1) - 1).max() < 1e-5
    assert np.abs(np.sum(report["probabilities"], axis=-1) - 1).max() < 1e-5
    targets = report["tokens"][1:] + [26]
    losses = -np.log(softmax(logits)[range(len(targets)), targets])
    assert np.abs(losses - report["loss"]["perLetter"]).max() < 1e-4
    assert math.isclose(np.mean(report["loss"]["perLetter"]), report["loss"]["mean"], rel_tol=1e-9)


def test_predict_prints_bars_and_tables(tool, model):
    text = tool("predict", "--model", model[0], "tyr").stdout.decode()
    assert "█" in text and "END" in text and "layer 1  head 3" in text and "\x1b" not in text
    shares = [float(line.split()[1]) for line in text.split("Surprise")[0].splitlines() if "█" in line]
    assert shares == sorted(shares, reverse=True)
    assert tool("predict", "--model", model[0], "").returncode == 0
    assert max(map(len, text.splitlines())) <= 80


def test_generated_names_are_the_same_for_every_count(tool, model):
    names = tool.json("generate", "--model", model[0], "--count", 2500)["names"]
    assert tool.json("generate", "--model", model[0], "--count", 40)["names"] == names[:40]
    assert tool.json("generate", "--model", model[0], "--count", 0)["names"] == []
    assert tool.json("generate", "--model", model[0], "--count", 5, "--seed", 1)["names"] != names[:5]
    plain = tool("generate", "--model", model[0], "--count", 2500).stdout.decode()
    assert plain.splitlines() == [entry["name"] for entry in names]
    listed = set(NAMES.read_text().split())
    assert [entry["known"] for entry in names] == [entry["name"] in listed for entry in names]
    assert any(entry["heldOut"] for entry in names) and any(entry["known"] and not entry["heldOut"] for entry in names)
    assert all(entry["known"] for entry in names if entry["heldOut"])
    assert list(names[0]) == ["ended", "heldOut", "known", "logProbability", "name"]


def test_log_probabilities_are_those_of_predict(tool, model):
    for entry in tool.json("generate", "--model", model[0], "--count", 5, "--temperature", 1.5)["names"]:
        losses = tool.json("predict", "--model", model[0], entry["name"])["loss"]["perLetter"]
        counted = losses if entry["ended"] else losses[:-1]
        assert math.isclose(entry["logProbability"], -sum(counted), rel_tol=1e-4)


def test_generate_obeys_its_flags(tool, model):
    greedy = tool.json("generate", "--model", model[0], "--temperature", 0, "--count", 3)["names"]
    assert len({entry["name"] for entry in greedy}) == 1
    assert greedy == tool.json("generate", "--model", model[0], "--top-k", 1, "--count", 3)["names"]
    prefixed = tool.json("generate", "--model", model[0], "--prefix", "tyr")["names"]
    assert all(entry["name"].startswith("tyr") for entry in prefixed)
    full = tool.json("generate", "--model", model[0], "--prefix", "a" * 17, "--count", 4)["names"]
    assert all(entry["name"] == "a" * 17 for entry in full)
    assert all(len(entry["name"]) <= 17 for entry in prefixed)


def test_known_is_told_by_the_list_given(tool):
    tool.write("own.txt", "ann\nbob\ncid\ndan\n")
    tool.write("other.txt", "ann\neve,\n".replace(",", ""))
    tool.train("--names", "own.txt", "--steps", 300, "--hold-out", 0.25, "--context", 6, "--layers", 1)
    command = ["generate", "--model", "model.safetensors", "--count", 200]
    for entry in tool.json(*command)["names"]:
        assert (entry["known"], entry["heldOut"]) == (None, None)
    own = tool.json(*command, "--names", "own.txt")["names"]
    assert any(entry["known"] for entry in own) and all(isinstance(entry["heldOut"], bool) for entry in own)
    other = tool.json(*command, "--names", "other.txt")["names"]
    assert any(entry["known"] for entry in other)
    assert all(entry["known"] == (entry["name"] in ("ann", "eve")) and entry["heldOut"] is None for entry in other)


SPEEDS = ["lettersPerSecond", "peakGigaflops", "shareOfPeak", "stepsPerSecond", "trainingGigaflops"]


def test_bench(tool):
    report = tool.json("bench", "--rounds", 1)
    assert list(report) == sorted(SPEEDS + [
        "vectorBits", "widths", "larger", "threads", "namesPerSecond", "memoryBytes", "processor", "processors"])
    for width in report["widths"]:
        assert list(width) == sorted(SPEEDS + ["bits"])
        # In the right units: the tests run side by side, so the peak may be measured at a worse moment than the training.
        assert 0 < width["shareOfPeak"] < 10 and width["stepsPerSecond"] > 100 and width["lettersPerSecond"] > 1000
        assert math.isclose(width["shareOfPeak"], width["trainingGigaflops"] / width["peakGigaflops"])
    bits = [width["bits"] for width in report["widths"]]
    assert bits == sorted(bits) and bits[0] == 128
    chosen = report["widths"][bits.index(report["vectorBits"])]
    assert {key: chosen[key] for key in SPEEDS} == {key: report[key] for key in SPEEDS}
    assert report["larger"]["shareOfPeak"] > 0 and report["larger"]["stepsPerSecond"] > 1
    threads = report["threads"]
    assert math.isclose(threads["ratio"], threads["two"] / threads["one"])
    assert min(report["namesPerSecond"].values()) > 100 and report["processors"] >= 1
    assert 1e6 < report["memoryBytes"] < 1e9


def test_bench_prints_lines(tool):
    result = tool("bench", "--rounds", 1)
    lines = result.stdout.decode().splitlines()
    labels = [re.match(r"(\d+ bits|\w+)  ", line)[1] for line in lines]
    assert labels[0] == "128 bits" and labels[-6:] == ["larger", "counted", "threads", "looking", "memory", "machine"]


def test_bench_shows_how_time_grows(tool):
    tables = tool.json("bench", "--scaling", "--rounds", 3)
    assert list(tables) == ["batch", "layers", "names", "steps"]
    for rows in tables.values():
        counts = [row["count"] for row in rows]
        assert len(rows) >= 4 and counts == sorted(counts) and rows[0]["relative"] == 1
        for row in rows:
            assert math.isclose(row["secondsPerUnit"], row["seconds"] / row["count"])
            # Linear, on whatever machine runs the tests beside other work.
            assert 0.3 < row["relative"] < 3
    text = tool("bench", "--scaling", "--rounds", 1).stdout.decode()
    assert [line.split()[0] for line in text.splitlines() if "relative" in line] == ["names", "steps", "layers", "batch"]


@pytest.mark.parametrize("rounds", [0, -1, 1001])
def test_bench_takes_at_least_a_round(tool, rounds):
    assert f"--rounds {rounds}" in tool.fails(64, "bench", "--rounds", rounds)


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_numbers_are_written_as_javascript_does(tool, model):
    commands = [
        ["info", model[0]], ["predict", "--model", model[0], "tyrannosaurus"],
        ["generate", "--model", model[0], "--count", 100], ["train", "--steps", 30, "--output", "a", "--lr", "1e-7"],
        ["info", "a"]]
    program = "process.stdout.write(JSON.stringify(JSON.parse(require('fs').readFileSync(0, 'utf8'))) + '\\n')"
    for command in commands:
        text = tool(*command, "--json").stdout
        assert subprocess.run(["node", "-e", program], input=text, capture_output=True).stdout == text


def test_the_binary_works_wherever_it_is_copied(tool):
    from conftest import BINARY
    shutil.copy(BINARY, tool.folder / "copy")
    result = subprocess.run(["./copy", "train", "--steps", "1", "--output", "a"], cwd=tool.folder, env={})
    assert result.returncode == 0


def test_help_stands_on_standard_output(tool):
    for arguments in (["--help"], ["train", "--help"], ["help", "generate"]):
        result = tool(*arguments)
        assert result.returncode == 0 and b"USAGE" in result.stdout and result.stderr == b""
