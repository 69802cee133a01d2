"""Exit codes and sentences: flags (64), contents (65), missing input (66), places that can't be written (73, 74)."""

import os
import resource
import subprocess

import numpy as np
import pytest
from safetensors.numpy import save

from checkpoints import header_of, load, with_header
from conftest import BINARY


@pytest.mark.parametrize("flags, words", [
    (["--heads", 5], "--heads 5 does not divide --width 32"),
    (["--heads", 0], "--heads 0"),
    (["--layers", 0], "--layers 0"),
    (["--layers", 9223372036854775807], "--layers 9223372036854775807"),
    (["--layers", "99999999999999999999"], "99999999999999999999"),
    (["--width", 2048, "--layers", 64], "33,554,432"),
    (["--context", 1], "--context 1"),
    (["--mlp-ratio", -1], "--mlp-ratio -1"),
    (["--layers", 64, "--heads", 8], "256"),
    (["--lr", "nan"], "--lr nan"),
    (["--lr", 0], "--lr 0"),
    (["--lr", "-0.1"], "--lr -0.1"),
    (["--beta1", 1], "--beta1 1"),
    (["--beta2", 1.5], "--beta2 1.5"),
    (["--floor", 2], "--floor 2"),
    (["--horizon", 0], "--horizon 0"),
    (["--init-std", "inf"], "--init-std inf"),
    (["--batch", 65537], "65536"),
    (["--batch", 0], "--batch 0"),
    (["--hold-out", 1], "--hold-out 1"),
    (["--seed", 4294967296], "4294967295"),
    (["--seed", -1], "--seed -1"),
    (["--steps", -1], "--steps -1"),
    (["--save-every", 0], "--save-every 0"),
    (["--threads", 0], "--threads 0 can't be: it must be a whole number from 1 to 64"),
    (["--threads", -1], "--threads -1"),
    (["--threads", 65], "--threads 65"),
    (["--threads", "two"], "two"),
    (["--steps", "many"], "many"),
    (["--unknown"], "--unknown"),
    (["--log", "./model.safetensors"], "same file"),
])
def test_flags_that_cannot_be(tool, flags, words):
    assert words in tool.fails(64, "train", "--output", "model.safetensors", *flags)
    assert os.listdir(tool.folder) == []


def test_train_needs_an_output(tool):
    assert "--output" in tool.fails(64, "train")


def test_names_are_not_overwritten(tool):
    tool.write("names.txt", "ann\n")
    assert "same file" in tool.fails(64, "train", "--names", "names.txt", "--output", "./names.txt")


@pytest.mark.parametrize("flag", [
    "layers", "width", "heads", "context", "mlp-ratio", "lr", "beta1", "beta2", "floor", "horizon", "init-std", "batch",
    "hold-out", "seed"])
def test_resume_takes_the_run_from_the_file(tool, model, flag):
    assert f"--{flag}" in tool.fails(64, "train", "--resume", model[0], f"--{flag}", 1, "--output", "a")


def test_resume_needs_the_same_names_and_a_later_step(tool, model):
    tool.write("names.txt", "ann\nbob\n")
    message = tool.fails(65, "train", "--resume", model[0], "--names", "names.txt", "--output", "a")
    assert "fingerprint" in message and "--names" in message
    assert "1000" in tool.fails(64, "train", "--resume", model[0], "--steps", 999, "--output", "a")


@pytest.mark.parametrize("content, words", [
    (b"", "holds no name"),
    (b"\xef\xbb\xbf \r\n\n", "holds no name"),
    (b"ann\nb\xffb\n", "line 2, column 2"),
    (b"ann\n\nbob,cid\n", "line 3, column 4: a comma"),
    (b"ann;\n", "line 1, column 4: a semicolon"),
    (b"ann\n\tbob\n", "line 2, column 1: a tab"),
    (b"ann\nbo\x00b\n", "line 2, column 3: U+0000"),
    ("zoë\x1b\n".encode(), "line 1, column 4: U+001B"),
    (b"an\rn\n", "line 1, column 3: a carriage return"),
    (b"ann\n" + b"a" * 65 + b"\n", "line 2, column 65"),
    ("".join(chr(0x4E00 + i) for i in range(60)).encode() + b"\n"
     + "\n".join("".join(chr(0x4E3C + 60 * j + i) for i in range(60)) for j in range(3)).encode(), "200"),
])
def test_names_that_cannot_be(tool, content, words):
    tool.write("names.txt", content)
    message = tool.fails(65, "train", "--names", "names.txt", "--output", "a")
    assert words in message and "names.txt" in message and message.count("\n") == 1
    assert os.listdir(tool.folder) == ["names.txt"]


@pytest.mark.parametrize("command", [
    ["train", "--output", "a", "--names"], ["train", "--output", "a", "--resume"], ["info"], ["generate", "--model"],
    ["predict", "a", "--model"]])
def test_missing_files_and_folders(tool, command):
    assert "nothing" in tool.fails(66, *command, "nothing")
    assert "folder" in tool.fails(66, *command, tool.folder)
    if os.geteuid() != 0:
        path = tool.folder / tool.write("closed", "ann\n")
        path.chmod(0)
        assert "closed" in tool.fails(66, *command, "closed")


def test_devices_are_no_checkpoints(tool):
    os.mkfifo(tool.folder / "pipe")
    for path in ["pipe", "/dev/zero", "/dev/full"]:
        tool.fails(66, "info", path, timeout=5)
    assert "64 MB" in tool.fails(65, "train", "--names", "/dev/zero", "--output", "a")


def test_outputs_are_checked_before_training(tool):
    long = ["train", "--steps", 1000000000]
    (tool.folder / "folder").mkdir()
    os.mkfifo(tool.folder / "pipe")
    (tool.folder / "file").write_bytes(b"")
    for place in ["folder", "no/a", "file/a", "pipe", "/dev/full", "/dev/null", "new/", ""]:
        tool.fails(73, *long, "--output", place, timeout=5)
        tool.fails(73, *long, "--output", "a", "--log", place, timeout=5)
    assert sorted(os.listdir(tool.folder)) == ["file", "folder", "pipe"]


def test_a_folder_that_is_closed(tool):
    if os.geteuid() == 0:
        place = "/proc/a"
    else:
        (tool.folder / "closed").mkdir(mode=0o500)
        place = "closed/a"
    assert place in tool.fails(73, "train", "--steps", 1000000000, "--output", place, timeout=5)


def limited(size):
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_full_disk_leaves_what_was_there(tool):
    tool.write("model.safetensors", "before")
    message = tool.fails(
        74, "train", "--steps", 5, "--output", "model.safetensors", preexec_fn=limited(100_000))
    assert "model.safetensors" in message
    assert (tool.folder / "model.safetensors").read_text() == "before"
    assert os.listdir(tool.folder) == ["model.safetensors"]
    tool.fails(74, "train", "--steps", 9000, "--output", "a", "--log", "log", preexec_fn=limited(100_000))
    assert os.listdir(tool.folder) == ["model.safetensors"]


@pytest.mark.parametrize("command", [["info"], ["info", "--json"], ["generate", "--model"], ["--help"]])
def test_standard_output_that_takes_nothing(tool, model, command):
    arguments = [BINARY, *command] + ([] if command == ["--help"] else [str(model[0])])
    with open("/dev/full", "wb") as full:
        result = subprocess.run(arguments, stdout=full, stderr=subprocess.PIPE)
    assert result.returncode == 74 and b"standard output" in result.stderr
    reading, writing = os.pipe()
    os.close(reading)
    result = subprocess.run(arguments, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert result.returncode == 74 and b"standard output" in result.stderr
    result = subprocess.run(arguments, stderr=subprocess.PIPE, preexec_fn=lambda: os.close(1))
    assert result.returncode == 74 and b"standard output" in result.stderr


def test_train_with_closed_streams_still_writes_a_whole_checkpoint(tool):
    def close():
        for descriptor in range(3):
            os.close(descriptor)

    result = subprocess.run(
        [BINARY, "train", "--steps", "3", "--output", "a", "--log", "log"], cwd=tool.folder, preexec_fn=close)
    assert result.returncode == 74
    assert load(tool.folder / "a")[1]["step"] == "3"
    assert len((tool.folder / "log").read_text().splitlines()) == 3


@pytest.mark.parametrize("flags, words", [
    (["--temperature", -1], "--temperature -1"), (["--temperature", "nan"], "--temperature nan"),
    (["--top-k", 0], "--top-k 0"), (["--top-p", 0], "--top-p 0"), (["--top-p", 1.1], "--top-p 1.1"),
    (["--count", -1], "--count -1"), (["--seed", -1], "--seed -1"),
    (["--prefix", "T"], 'letter 1, "T"'), (["--prefix", "T", "--count", 0], 'letter 1, "T"'), (["--prefix", "aé"], 'letter 2, "é"'), (["--prefix", "a" * 18], "17"),
])
def test_generate_flags_that_cannot_be(tool, model, flags, words):
    assert words in tool.fails(64, "generate", "--model", model[0], *flags)


def test_prefixes_that_cannot_be(tool, model):
    assert 'letter 2, "2"' in tool.fails(64, "predict", "--model", model[0], "a2")
    assert "17" in tool.fails(64, "predict", "--model", model[0], "a" * 18)


class TestDamagedCheckpoints:
    """Each damage is found by every command that reads the file, with 65 and a sentence that names the file."""

    @pytest.fixture
    def check(self, tool, model):
        data = model[0].read_bytes()

        def check(change, words):
            tool.write("bad", change(data))
            for command in (["info"], ["generate", "--model"], ["predict", "a", "--model"],
                            ["train", "--output", "a", "--resume"]):
                message = tool.fails(65, *command, "bad", timeout=5)
                assert "bad" in message and words in message, message
                assert message.count("\n") == 1

        return check

    @staticmethod
    def header(change):
        def apply(data):
            header, numbers = header_of(data)
            change(header)
            return with_header(header, numbers)

        return apply

    @staticmethod
    def tensors(change):
        """Changes the numbers with the real safetensors package."""
        def apply(data):
            from safetensors.numpy import load as read
            tensors = {name: tensor.copy() for name, tensor in read(data).items()}
            change(tensors)
            return save(tensors, header_of(data)[0]["__metadata__"])

        return apply

    @pytest.mark.parametrize("count", [0, 7, 8, 100, 5000, -1])
    def test_truncated(self, check, count):
        check(lambda data: data[:count], "")

    def test_flipped_bits(self, check):
        check(lambda data: data[:-250000] + bytes([data[-250000] ^ 1]) + data[-249999:], "fingerprint")
        check(lambda data: data[:-1000] + bytes([data[-1000] ^ 1]) + data[-999:], "moments")
        check(lambda data: data.replace(b'"seed":"42"', b'"seed":"43"'), "fingerprint")

    def test_another_file(self, check):
        check(lambda data: b"ann\nbob\n" * 100, "not a checkpoint")
        check(lambda data: b"\0" * 1000, "not a checkpoint")

    def test_lying_lengths(self, check):
        check(lambda data: (2**63).to_bytes(8, "little") + data[8:], "header")
        check(lambda data: (len(data)).to_bytes(8, "little") + data[8:], "header")
        check(lambda data: (16).to_bytes(8, "little") + data[8:], "header")

    def test_lying_headers(self, check):
        def entry(key, value):
            return self.header(lambda header: header["wte"].__setitem__(key, value))

        check(entry("dtype", "F16"), "F16")
        check(entry("dtype", "F64"), "F64")
        check(entry("shape", [32, 27]), "[32, 27]")
        check(entry("shape", [27, 33]), "wte")
        check(entry("shape", [2**62, 2**62]), "wte")
        check(entry("shape", [-27, 32]), "wte")
        check(entry("data_offsets", [0, 2**60]), "wte")
        check(entry("data_offsets", [4, 3460]), "")
        check(entry("data_offsets", "x"), "wte")

    def test_sizes_that_ask_for_everything(self, check):
        import json

        def huge(header):
            config = json.loads(header["__metadata__"]["config"])
            config.update(nLayer=64, nEmbd=2048)
            header["__metadata__"]["config"] = json.dumps(config)
            del header["__metadata__"]["metadata_fingerprint"]

        check(self.header(huge), "sizes")

    def test_other_versions(self, check):
        for key in ("format", "version", "numerics"):
            check(self.header(lambda header: header["__metadata__"].update({key: "99"})), '"99"')
        check(self.header(lambda header: header["__metadata__"].pop("format")), "format")
        check(self.header(lambda header: header.pop("__metadata__")), "format")

    def test_numbers_that_are_none(self, check):
        def put(name, value):
            return self.tensors(lambda tensors: tensors[name].__setitem__((0, 0), value))

        check(put("wte", np.nan), "wte")
        check(put("layer1.mlp_fc2", -np.inf), "layer1.mlp_fc2")
        check(put("adam.m.wpe", np.nan), "adam.m.wpe")
        check(put("adam.v.wpe", -1), "adam.v.wpe")

    def test_missing_and_unknown_tensors(self, check):
        check(self.tensors(lambda tensors: tensors.pop("lm_head")), "lm_head")
        check(self.tensors(lambda tensors: tensors.pop("adam.v.layer0.attn_wq")), "adam.v.layer0.attn_wq")
        check(self.tensors(lambda tensors: tensors.update(extra=np.zeros(3, np.float32))), "extra")
        check(self.tensors(lambda tensors: tensors.update(wte=tensors["wte"].astype(np.float64))), "F64")


def test_a_file_without_moments_is_read_but_not_resumed(tool, model):
    tensors, metadata = load(model[0])
    weights = {name: tensor for name, tensor in tensors.items() if not name.startswith("adam.")}
    (tool.folder / "weights").write_bytes(save(weights, metadata))
    assert tool.json("info", "weights")["fingerprint"] == model[1]["fingerprint"]
    assert len(tool.json("generate", "--model", "weights")["names"]) == 10
    assert "adam.m" in tool.fails(65, "train", "--resume", "weights", "--output", "a")
