"""The width of vectors (GPTOSAURUS_VECTOR): the same bits in each, no code for wide vectors where others may call it, and no
allocation in a training step."""

import functools
import os
import pathlib
import platform
import re
import shutil
import subprocess

import pytest

from conftest import BINARY, NAMES, ROOT

IS_LINUX_X86 = platform.system() == "Linux" and platform.machine() == "x86_64"
FEATURES = pathlib.Path("/proc/cpuinfo").read_text() if IS_LINUX_X86 else ""
SUPPORTED = [128] + [256] * (" avx2 " in FEATURES) + [512] * (" avx512f " in FEATURES)
BUILD = pathlib.Path(BINARY).resolve().parent

on_linux_x86 = pytest.mark.skipif(not IS_LINUX_X86, reason="only x86-64 has several widths")


def with_width(bits):
    return {**os.environ, "GPTOSAURUS_VECTOR": str(bits)}


def tools(name):
    """A tool of the Swift toolchain."""
    return str(pathlib.Path(os.path.realpath(shutil.which("swiftc"))).parent / name)


def test_every_width_gives_the_same_state(tool):
    states = []
    for bits in SUPPORTED + [""]:
        output = tool.folder / f"of-{bits}.safetensors"
        result = tool("train", "--steps", 200, "--output", output, "--json", env=with_width(bits))
        assert result.returncode == 0, result.stderr
        states.append(output.read_bytes())
    assert len(set(states)) == 1


@pytest.mark.parametrize("text", ["64", "-1", "AVX2", "0256", " 256"])
def test_an_unknown_width_is_refused(tool, text):
    message = tool.fails(64, "info", env=with_width(text))
    assert "GPTOSAURUS_VECTOR must be 128, 256 or 512" in message


@pytest.mark.parametrize("bits", [bits for bits in (256, 512) if bits not in SUPPORTED])
def test_a_width_that_the_processor_lacks_is_refused(tool, bits):
    message = tool.fails(64, "info", env=with_width(bits))
    assert f"GPTOSAURUS_VECTOR is {bits}" in message and "128" in message


@functools.cache
def functions(path):
    """Each function of a program or object: (name, its instructions)."""
    text = subprocess.check_output([tools("llvm-objdump"), "-d", "--no-show-raw-insn", path], text=True)
    return re.findall(r"^[0-9a-f]+ <(.*)>:\n((?:.+\n)*)", text, re.MULTILINE)


def weak_symbols(folder):
    names = set()
    for path in sorted((BUILD / folder).glob("*.o")):
        for line in subprocess.check_output([tools("llvm-nm"), path], text=True).splitlines():
            if line and line.split()[-2] in "Ww":
                names.add(line.split()[-1])
    return names


@on_linux_x86
@pytest.mark.parametrize("bits, register", [(256, "%ymm"), (512, "%zmm")])
def test_a_wide_module_shares_only_helpers_with_the_program(bits, register):
    """A weak function may take the place of one of the same name anywhere in the program. Those that carry the module's name
    have no namesakes; the others must be `TinyGPT`'s too, which is linked first."""
    shared = {name for name in weak_symbols(f"TinyGPT{bits}.build") if f"TinyGPT{bits}" not in name}
    assert shared <= weak_symbols("TinyGPT.build")
    assert not [name for name in shared if not name.startswith("__swift_")]
    product = BUILD / f"TinyGPT{bits}.build/Product.swift.o"
    assert any(register in body for _, body in functions(product)), "compiled for its vectors"


@on_linux_x86
def test_only_the_wide_modules_have_wide_instructions():
    """No instruction of AVX or later (all begin with v) in any other function of the program."""
    found = functions(BINARY)
    wide = {name for name, body in found if re.search(r"\tv[a-z]|%[yz]mm", body)}
    assert len(found) > 1_000 and len(wide) > 20
    assert not [name for name in wide if "TinyGPT256" not in name and "TinyGPT512" not in name]


@on_linux_x86
def test_no_product_is_fused_with_a_sum():
    """Each is rounded on its own, also where processors could do both at once."""
    assert not [name for name, body in functions(BINARY) if re.search(r"\tvfn?m(add|sub)", body)]


@on_linux_x86
@pytest.mark.parametrize("bits", SUPPORTED)
def test_a_training_step_allocates_nothing_and_touches_no_reference_count(tmp_path, bits):
    """Ten thousand more steps may cost a few allocations, where the list of their losses grows."""
    sources = ROOT / "Tests/allocations"
    counter = tmp_path / "counting.so"
    program = tmp_path / "train"
    subprocess.run([tools("clang"), "-shared", "-fPIC", "-O1", "-o", counter, sources / "counting.c", "-ldl"], check=True)
    objects = [path for name in ("", "256", "512") for path in sorted(BUILD.glob(f"TinyGPT{name}.build/*.o"))]
    subprocess.run(
        [tools("swiftc"), "-O", sources / "train.swift", "-o", program, "-I", BUILD / "Modules", "-Xcc",
         f"-fmodule-map-file={BUILD / 'CMath.build/module.modulemap'}", *objects],
        check=True, capture_output=True)

    def counts(steps):
        result = subprocess.run(
            [program, str(steps), str(bits)], stdin=open(NAMES, "rb"), capture_output=True, text=True, check=True,
            env={**os.environ, "LD_PRELOAD": str(counter)})
        return [int(count) for count in result.stderr.split()]

    few, many = counts(1_000), counts(11_000)
    assert min(few) > 100, "the counting works"
    allocations, references = (b - a for a, b in zip(few, many))
    assert allocations < 50 and references < 50
