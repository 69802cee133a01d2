"""Drives the built tool as a black box: GPTOSAURUS names the binary, else the release build of this repository."""

import json
import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("GPTOSAURUS", str(ROOT / ".build/release/gptosaurus"))
NAMES = ROOT / "Data/dinosaurs.txt"


class Tool:
    """Runs the tool in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder

    def __call__(self, *arguments, **options):
        options.setdefault("timeout", 60)
        return subprocess.run([BINARY, *map(str, arguments)], cwd=self.folder, capture_output=True, **options)

    def json(self, *arguments, code=0):
        """The one JSON object that a command prints."""
        result = self(*arguments, "--json")
        assert result.returncode == code, result.stderr.decode()
        assert result.stdout.endswith(b"\n") and result.stdout.count(b"\n") == 1
        return json.loads(result.stdout)

    def fails(self, code, *arguments, **options):
        """The sentence of a failure with this exit code. Nothing may stand on standard output."""
        result = self(*arguments, **options)
        message = result.stderr.decode()
        assert result.returncode == code, (result.returncode, message)
        assert result.stdout == b""
        assert message.strip()
        return message

    def train(self, *arguments, output="model.safetensors", code=0):
        return self.json("train", "--output", output, *arguments, code=code)

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return name


@pytest.fixture
def tool(tmp_path):
    return Tool(tmp_path)


@pytest.fixture(scope="session")
def model(tmp_path_factory):
    """The default run after 1,000 steps: (path, what train reported)."""
    tool = Tool(tmp_path_factory.mktemp("model"))
    report = tool.train("--steps", 1000)
    return tool.folder / "model.safetensors", report
