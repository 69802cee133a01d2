"""What the scripts beside the engine share: their arguments, the run that they train, and what they print."""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

import run_file

TOOL = pathlib.Path(__file__).resolve().parents[1] / ".build/release/gptosaurus"
WARM_UP = 50  # steps before the clock starts, part of the training all the same


def arguments(description: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("steps", nargs="?", type=int, default=1_000, help="default: 1000")
    parser.add_argument("--check", action="store_true", help="trains with the engine too and compares the losses")
    parser.add_argument("--json", action="store_true")
    return parser


def engine(steps: int) -> tuple[run_file.Run, list[float]]:
    """The default run at state 0, and the engine's losses in its first steps."""
    with tempfile.TemporaryDirectory() as folder:
        start, log = pathlib.Path(folder, "start.safetensors"), pathlib.Path(folder, "log")
        quiet = {"check": True, "stdout": subprocess.DEVNULL}
        subprocess.run([TOOL, "train", "--steps", "0", "--output", start], **quiet)
        losses = []
        if steps:
            end = pathlib.Path(folder, "end.safetensors")
            subprocess.run([TOOL, "train", "--steps", str(steps), "--output", end, "--log", log], **quiet)
            losses = [line["loss"] for line in map(json.loads, log.read_text().splitlines()) if "loss" in line]
        return run_file.read(start), losses


def train(options: argparse.Namespace, make_step: Callable[[run_file.Run], Callable[[int, list[int]], float]]) -> None:
    """Trains with `step(number, tokens) -> loss` and prints what came of it; time is that of the processor."""
    run, expected = engine(options.steps if options.check else 0)
    step = make_step(run)
    names = [run.tokens(name) for name in run.names[:run.training]]
    losses: list[float] = []
    start = 0.0
    for number in range(1, options.steps + 1):
        losses.append(step(number, names[(number - 1) % len(names)]))
        if number == min(WARM_UP, options.steps - 1):
            start = time.process_time()
    speed = (options.steps - min(WARM_UP, options.steps - 1)) / (time.process_time() - start)
    mean = sum(losses[-100:]) / len(losses[-100:])
    if options.json:
        print(json.dumps({"stepsPerSecond": speed, "meanLoss100": mean}))
    else:
        print(f"steps {options.steps}  steps/s {speed:.0f} (processor time)  mean loss of last 100 {mean:.4f}")
    if options.check:
        check(losses, expected)


def check(losses: list[float], expected: list[float]) -> None:
    """That it is the same work. Only the first losses can agree closely: Adam divides by √v, so that the rounding of a gradient
    near 0 becomes a whole step, and float32 and float64 are as far apart after 100 steps as two implementations."""
    apart = [abs(a - b) for a, b in zip(losses, expected, strict=True)]
    mean = sum(expected[-100:]) / len(expected[-100:])
    print(f"engine: mean loss of last 100 {mean:.4f}; losses apart at most {max(apart[:5]):.0e} in the first 5 steps, "
          f"{max(apart[:20]):.0e} in 20, {max(apart[:100]):.0e} in 100")
    if max(apart[:5]) > 1e-5 or max(apart[:20]) > 1e-3 or abs(mean - sum(losses[-100:]) / len(losses[-100:])) > 0.05:
        sys.exit("the losses differ: this is not the same work")
