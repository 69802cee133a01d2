"""What train shows while it trains: a picture on a terminal, plain lines with --verbose, nothing otherwise."""

import fcntl
import os
import re
import signal
import struct
import subprocess
import termios
import time

from conftest import BINARY


def on_terminal(folder, *arguments, columns=90, rows=30, interrupt_after=None):
    """(exit code, what a terminal of this size received)"""
    leader, follower = os.openpty()
    fcntl.ioctl(leader, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    process = subprocess.Popen(
        [BINARY, *map(str, arguments)], cwd=folder, stdin=follower, stdout=follower, stderr=follower,
        env={**os.environ, "TERM": "xterm"})
    os.close(follower)
    received, start = b"", time.monotonic()
    while True:
        try:
            data = os.read(leader, 1 << 16)
        except OSError:
            break
        if not data:
            break
        received += data
        if interrupt_after is not None and time.monotonic() - start > interrupt_after:
            process.send_signal(signal.SIGINT)
            interrupt_after = None
    os.close(leader)
    return process.wait(timeout=10), received.decode()


def visible(text):
    """The text without marks."""
    return re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", text)


def test_a_terminal_gets_a_picture(tool):
    code, text = on_terminal(tool.folder, "train", "--steps", 6000, "--output", "a")
    assert code == 0
    assert re.search("[\u2801-\u28ff]", text) and "█" in text and "steps/s" in text and "held out" in text
    assert "left" in text and "step 6,000 of 6,000" in text and "100 %" in text
    pictures = text.count("steps/s")
    assert 2 <= pictures <= 40
    assert all(len(visible(line)) < 90 for line in re.split(r"[\r\n]+", text))
    assert text.count("\x1b[?25l") == text.count("\x1b[?25h")


def test_a_small_terminal_gets_a_small_picture(tool):
    code, text = on_terminal(tool.folder, "train", "--steps", 300, "--output", "a", columns=30, rows=6)
    assert code == 0 and "step" in text
    drawn = text[: text.index("fingerprint")].split("held out, to measure on")[1]
    assert all(len(visible(line)) < 30 for line in re.split(r"[\r\n]+", drawn) if "steps a second" not in line and "nats" not in line)


def test_an_interrupted_picture_ends_in_order(tool):
    code, text = on_terminal(tool.folder, "train", "--steps", 1000000, "--output", "a", interrupt_after=0.5)
    assert code == 130 and (tool.folder / "a").exists()
    assert re.search(r"steps/s[^\n]*\n[^\n]*step ", text) and text.endswith("a\r\n")


def test_pipes_get_nothing(tool):
    result = tool("train", "--steps", 300, "--output", "a")
    assert result.returncode == 0 and result.stderr == b""
    assert b"fingerprint" in result.stdout and b"\x1b" not in result.stdout


def test_verbose_gives_plain_lines(tool):
    result = tool("train", "--steps", 250, "--output", "a", "--verbose")
    lines = [line for line in result.stderr.decode().splitlines() if line.startswith("step ")]
    assert [line.split()[1] for line in lines] == ["100", "200", "250"]
    assert all("loss" in line and "held out" in line and "steps/s" in line for line in lines)
    assert b"\x1b" not in result.stderr


def test_generate_labels_names_on_a_terminal(tool, model):
    _, text = on_terminal(tool.folder, "generate", "--model", model[0], "--count", 60)
    lines = visible(text).split("\r\n")[:-1]
    assert len(lines) == 60
    assert all(re.fullmatch(r"[a-z]* +(new|known|held back)(, cut)?", line) for line in lines)


def test_predict_marks_only_on_a_terminal(tool, model):
    _, text = on_terminal(tool.folder, "predict", "--model", model[0], "tyr", columns=60)
    assert "\x1b[1m" in text and all(len(visible(line)) < 60 for line in text.split("\r\n") if "nats" not in line)
