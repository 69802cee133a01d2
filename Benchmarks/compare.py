"""The engine beside the yardstick, in alternating pairs on one machine: ratios of steps a second, medians.

    swift build -c release && python3 Benchmarks/compare.py [PAIRS]     # 9 by default; needs clang with WebAssembly, and node
"""
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
TOOL = ROOT / ".build/release/gptosaurus"
NAMES = ROOT / "Data/dinosaurs.txt"
# Bits of a vector, the yardstick's build of that width, and what the processor must have for it.
WIDTHS = [(128, "strict4", "avx"), (256, "strict8", "avx2"), (512, "strict16", "avx512f")]
STEPS = "5000"


def steps_a_second(*command: str | pathlib.Path, **environment: str) -> float:
    said = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | environment).stdout
    return float(re.search(r'(?:steps/s |"stepsPerSecond": ?)([\d.]+)', said)[1])


def flags() -> set[str]:
    """What the processor has; nothing where the system does not say."""
    info = pathlib.Path("/proc/cpuinfo")
    found = re.search(r"^flags\s*:(.*)$", info.read_text(), re.M) if info.exists() else None
    return set(found[1].split()) if found else set()


def main() -> None:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    yardstick = ROOT / ".build/yardstick"
    subprocess.run(["sh", ROOT / "Benchmarks/yardstick/build.sh", yardstick], check=True)
    with tempfile.TemporaryDirectory() as folder:
        site = pathlib.Path(folder) / "site"
        subprocess.run([TOOL, "site", "--output", site], check=True, stdout=subprocess.DEVNULL)
        has = flags()
        train = [TOOL, "train", "--steps", STEPS, "--output", f"{folder}/model.safetensors", "--json"]
        runs = [(f"native, {bits} bits", lambda bits=bits: steps_a_second(*train, GPTOSAURUS_VECTOR=str(bits)),
                 lambda build=build: steps_a_second(yardstick / build, NAMES, STEPS))
                for bits, build, needs in WIDTHS if needs in has]
        runs.append(("WebAssembly in node", lambda: steps_a_second("node", ROOT / "Benchmarks/node.mjs", site / "engine.wasm", STEPS),
                     lambda: steps_a_second("node", ROOT / "Benchmarks/yardstick/run_wasm.mjs", yardstick / "strict.wasm", NAMES, STEPS)))
        for name, ours, theirs in runs:
            ratios = [ours() / theirs() for _ in range(pairs)]
            print(f"{name:22} {statistics.median(ratios):.2f} of the yardstick  ({min(ratios):.2f} to {max(ratios):.2f}, {pairs} pairs)", flush=True)


if __name__ == "__main__":
    main()
