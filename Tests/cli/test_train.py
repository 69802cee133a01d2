"""train: what it reports and writes, resuming, signals, notices."""

import json
import os
import signal
import stat
import subprocess
import time

import numpy as np
import pytest

from checkpoints import load
from conftest import BINARY, NAMES, ROOT

SHORT = "ann\nbob\ncid\ndan\neve\nfay\ngus\nhal\nida\njim\n"


def test_reports_the_keys_of_the_contract(tool):
    report = tool.train("--steps", 150)
    assert list(report) == sorted(
        ["step", "loss", "meanLoss100", "heldOutLoss", "fingerprint", "stepsPerSecond", "parameters", "output"])
    assert (report["step"], report["parameters"], report["output"]) == (150, 26880, "model.safetensors")
    assert 1 < report["meanLoss100"] < 3.3 and 1 < report["heldOutLoss"] < 3.3 and report["stepsPerSecond"] > 100


def test_step_0_writes_the_untrained_model(tool):
    report = tool.train("--steps", 0)
    assert (report["step"], report["loss"], report["meanLoss100"], report["stepsPerSecond"]) == (0, None, None, None)
    assert 3.2 < report["heldOutLoss"] < 3.7
    tensors, metadata = load(tool.folder / "model.safetensors")
    assert metadata["step"] == "0" and abs(tensors["wte"].std() - 0.08) < 0.01
    assert not tensors["adam.m.wte"].any()


def test_golden_fingerprints(tool):
    path = ROOT / "Tests/Fixtures/golden.json"
    if not path.exists():
        pytest.skip("no Tests/Fixtures/golden.json yet")
    golden = json.loads(path.read_text())
    for step, fingerprint in golden["fingerprints"].items():
        if int(step) > 20000:
            continue
        assert tool.train("--steps", step, "--seed", golden["seed"])["fingerprint"] == fingerprint


def test_the_list_of_the_repository_is_the_built_in_one(tool, model):
    assert tool.train("--steps", 1000, "--names", NAMES)["fingerprint"] == model[1]["fingerprint"]


def test_resuming_is_exact(tool, model):
    first = tool.train("--steps", 1000)
    assert first["fingerprint"] == model[1]["fingerprint"]
    resumed = tool.train("--resume", "model.safetensors", "--steps", 2000, output="resumed.safetensors")
    straight = tool.train("--steps", 2000, output="straight.safetensors")
    for key in ("fingerprint", "loss", "meanLoss100", "heldOutLoss"):
        assert resumed[key] == straight[key]
    files = [(tool.folder / f"{name}.safetensors").read_bytes() for name in ("resumed", "straight")]
    assert files[0] == files[1]


def test_resuming_in_place_at_the_goal_changes_nothing(tool):
    tool.train("--steps", 20)
    before = (tool.folder / "model.safetensors").read_bytes()
    report = tool.train("--resume", "model.safetensors", "--steps", 20)
    assert report["step"] == 20 and report["loss"] is None
    assert (tool.folder / "model.safetensors").read_bytes() == before


def test_resuming_keeps_recipe_sizes_seed_and_names(tool):
    tool.write("names.txt", SHORT)
    flags = ["--names", "names.txt", "--seed", 9, "--layers", 1, "--width", 8, "--heads", 2, "--context", 6, "--batch", 3]
    tool.train(*flags, "--lr", 0.01, "--hold-out", 0.3, "--steps", 50)
    resumed = tool.train("--resume", "model.safetensors", "--names", "names.txt", "--steps", 100)
    assert resumed["fingerprint"] == tool.train(*flags, "--lr", 0.01, "--hold-out", 0.3, "--steps", 100)["fingerprint"]


@pytest.mark.parametrize("batch", [1, 2, 5, 16])
def test_any_number_of_threads_writes_the_same_file(tool, batch):
    files = set()
    for threads in (1, 2, 3, 4, 7, 64):
        tool.train("--steps", 60, "--batch", batch, "--threads", threads)
        files.add((tool.folder / "model.safetensors").read_bytes())
    assert len(files) == 1


def test_resuming_with_another_number_of_threads_is_exact(tool):
    straight = tool.train("--steps", 90, "--batch", 6, output="straight.safetensors")
    tool.train("--steps", 30, "--batch", 6, "--threads", 3)
    for steps, threads in ((60, 1), (90, 2)):
        resumed = tool.train("--resume", "model.safetensors", "--steps", steps, "--threads", threads)
    assert resumed["fingerprint"] == straight["fingerprint"]
    assert (tool.folder / "model.safetensors").read_bytes() == (tool.folder / "straight.safetensors").read_bytes()


@pytest.mark.parametrize("code", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("ignored", [False, True], ids=["heard", "ignored by the parent"])
def test_a_signal_ends_a_run_that_can_be_resumed(tool, code, ignored):
    process = subprocess.Popen(
        [BINARY, "train", "--steps", "1000000", "--save-every", "100", "--output", "a.safetensors", "--log", "log.jsonl", "--json"],
        cwd=tool.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=(lambda: signal.signal(code, signal.SIG_IGN)) if ignored else None)
    while not (tool.folder / "a.safetensors").exists():
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(code)
    process.send_signal(code)
    out, err = process.communicate(timeout=10)
    assert process.returncode == 128 + code and err == b""
    report = json.loads(out)
    assert 0 < report["step"] < 1000000
    assert len((tool.folder / "log.jsonl").read_text().splitlines()) == report["step"] + report["step"] // 100
    goal = report["step"] + 500
    resumed = tool.train("--resume", "a.safetensors", "--steps", goal)
    assert resumed["fingerprint"] == tool.train("--steps", goal)["fingerprint"]


def test_log_has_a_line_a_step(tool):
    report = tool.train("--steps", 250, "--log", "log.jsonl")
    text = (tool.folder / "log.jsonl").read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    losses = [line for line in lines if "loss" in line]
    held_out = [line for line in lines if "heldOutLoss" in line]
    assert [line["step"] for line in losses] == list(range(1, 251))
    assert [line["step"] for line in held_out] == [100, 200]
    assert losses[-1]["loss"] == report["loss"] and len(lines) == 252
    assert text.splitlines()[0].startswith('{"loss":') and text.endswith("\n")
    assert os.listdir(tool.folder) in (["log.jsonl", "model.safetensors"], ["model.safetensors", "log.jsonl"])


def test_log_of_a_run_without_held_out_names(tool):
    report = tool.train("--steps", 100, "--hold-out", 0, "--log", "log.jsonl")
    assert report["heldOutLoss"] is None
    last = json.loads((tool.folder / "log.jsonl").read_text().splitlines()[-1])
    assert last == {"step": 100, "heldOutLoss": None}


def test_save_every_writes_whole_files_on_the_way(tool):
    process = subprocess.Popen(
        [BINARY, "train", "--steps", "1000000", "--save-every", "50", "--output", "a.safetensors"], cwd=tool.folder,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    steps = set()
    until = time.monotonic() + 5
    while len(steps) < 3 and time.monotonic() < until:
        try:
            steps.add(int(load(tool.folder / "a.safetensors")[1]["step"]))
        except FileNotFoundError:
            pass
    process.kill()
    process.wait()
    assert len(steps) >= 3 and all(step % 50 == 0 for step in steps)


def test_a_diverging_run_stops_and_writes_nothing_broken(tool):
    message = tool.fails(1, "train", "--lr", "1e15", "--steps", 3000, "--output", "a", "--log", "log.jsonl")
    assert "--lr" in message and not (tool.folder / "a").exists()
    last = json.loads((tool.folder / "log.jsonl").read_text().splitlines()[-1])
    assert last["loss"] is None and f"step {last['step']} " in message


def test_save_every_has_kept_the_last_good_state(tool):
    message = tool.fails(1, "train", "--lr", "1e6", "--steps", 3000, "--output", "a", "--save-every", 1)
    step = tool.json("info", "a")["step"]
    assert step > 10 and f"step {step + 1} " in message
    assert all(np.isfinite(tensor).all() for tensor in load(tool.folder / "a")[0].values())


def test_a_diverging_run_leaves_the_file_that_it_goes_on_from(tool):
    tool.train("--lr", "1e6", "--steps", 50)
    before = (tool.folder / "model.safetensors").read_bytes()
    tool.fails(1, "train", "--resume", "model.safetensors", "--steps", 3000, "--output", "model.safetensors")
    assert (tool.folder / "model.safetensors").read_bytes() == before


def test_names_are_normalised(tool):
    plain = tool.train("--names", tool.write("a.txt", SHORT), "--steps", 30)
    messy = "\ufeff" + SHORT.replace("\n", "  \r\n\r\n \n").rstrip()
    assert tool.train("--names", tool.write("b.txt", messy), "--steps", 30)["fingerprint"] == plain["fingerprint"]


def test_duplicates_are_counted_and_kept(tool):
    tool.write("names.txt", SHORT + "ann\nann\nbob\n")
    result = tool("train", "--names", "names.txt", "--steps", 1, "--output", "a", "--json")
    assert result.returncode == 0 and b"3 lines repeat" in result.stderr
    kept = json.loads(result.stdout)["fingerprint"]
    assert kept == tool.train("--names", "names.txt", "--steps", 1)["fingerprint"]


def test_long_names_are_counted_listed_and_cut(tool):
    tool.write("names.txt", SHORT + "maximilian\nbartholomew\nalexandrina\nwilhelmina\n")
    result = tool("train", "--names", "names.txt", "--context", 8, "--steps", 1, "--output", "a")
    message = result.stderr.decode()
    assert result.returncode == 0
    assert "4 names are longer than 7 letters" in message and "maximilian, bartholomew, alexandrina, …" in message


def test_another_vocabulary_is_said(tool):
    capitals = "".join(f"{letter}{letter.lower()}\n" for letter in "ABCDE")
    result = tool("train", "--names", tool.write("names.txt", capitals), "--steps", 1, "--output", "a")
    assert b"10 letters, 5 of them capitals: lower-case the file?" in result.stderr
    result = tool("train", "--names", tool.write("names.txt", "zoë\nmaël\n"), "--steps", 1, "--output", "a")
    assert "ë" in result.stderr.decode()
    _, metadata = load(tool.folder / "a")
    assert metadata["vocabulary"] == "almozë"


def test_a_file_that_is_replaced_keeps_its_permissions(tool):
    path = tool.folder / "model.safetensors"
    path.write_bytes(b"")
    path.chmod(0o640)
    tool.train("--steps", 1)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640 and os.listdir(tool.folder) == ["model.safetensors"]


def test_names_may_come_from_a_pipe(tool):
    result = tool("train", "--names", "/dev/stdin", "--steps", 1, "--output", "a", input=SHORT.encode())
    assert result.returncode == 0
