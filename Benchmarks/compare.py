"""The engine beside the yardstick and beside scripts that train the same run, in alternating pairs on one machine: ratios.

    swift build -c release && python3 Benchmarks/compare.py [PAIRS] [--only ROWS]     # 9 pairs by default; see README.md here

Prints a table in Markdown.
"""
import argparse
import contextlib
import functools
import http.server
import importlib.util
import json
import os
import pathlib
import platform
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from typing import NamedTuple

import run_file

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
BUILD = ROOT / ".build/release"
TOOL = BUILD / "gptosaurus"
# The default run: a step takes less time the further it is, as more and more hidden units are 0, and zeros are left out.
STEPS = 5_000
# A pair of programs is itself the median of several turns, each of so many steps or names.
TURNS = 3
NAMES_A_TURN = 5_000
PROCESSOR, WALL = "processor", "wall"
KINDS = ["native", "node", "chromium", "inspection", "generation", "memory", "scripts"]


class Width(NamedTuple):
    bits: int
    build: str  # of the yardstick
    needs: str  # of the processor
    against: str = ""


# The builds for a processor without AVX-512, or without AVX, are what such a machine would compare with; those for this one
# have its 32 registers and its instructions in every width.
WIDTHS = [Width(512, "strict16", "avx512f"), Width(256, "strict8", "avx2"), Width(128, "strict4", "avx"),
          Width(256, "strict8-avx2", "avx512f", " against C for AVX2"), Width(128, "strict4-sse", "avx", " against C for SSE")]


class Row(NamedTuple):
    name: str
    kinds: set[str]
    clock: str
    goal: str = ""


class Group(NamedTuple):
    """Rows that are measured together; `pair` answers with the ratio of each."""
    rows: list[Row]
    pair: Callable[[int], list[float]]


def output(*command: str | pathlib.Path, **environment: str) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=os.environ | environment).stdout


def number(pattern: str, text: str) -> float:
    found = re.search(pattern + r"\D*?([\d.]+)", text)
    if found is None:
        raise ValueError(f"no {pattern} in {text!r}")
    return float(found[1])


def processor_seconds(*command: str | pathlib.Path, **environment: str) -> float:
    """Of a program from its start to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    output(*command, **environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def features() -> set[str]:
    """What the processor has; nothing where the system does not say."""
    info = pathlib.Path("/proc/cpuinfo")
    found = re.search(r"^flags\s*:(.*)$", info.read_text(), re.M) if info.exists() else None
    return set(found[1].split()) if found else set()


def by_turns(ours: Callable[[], float], theirs: Callable[[], float], turns: int = TURNS) -> Callable[[int], list[float]]:
    """Ours / theirs, each first in every other turn: the median of the turns."""
    def pair(index: int) -> list[float]:
        ratios = []
        for turn in range(index, index + turns):
            if turn % 2:
                their = theirs()
                ratios.append(ours() / their)
            else:
                ratios.append(ours() / theirs())
        return [statistics.median(ratios)]
    return pair


class Bench:
    """What the comparisons need: the yardstick, the module, the default run; all in a folder for a while."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.yardstick = ROOT / ".build/yardstick"
        subprocess.run(["sh", HERE / "yardstick/build.sh", self.yardstick], check=True)
        output(TOOL, "site", "--output", folder / "site")
        output(TOOL, "train", "--steps", "0", "--output", folder / "start.safetensors")
        self.run = run = run_file.read(folder / "start.safetensors")
        # The yardstick trains on the same names in the same order.
        self.names = folder / "names.txt"
        self.names.write_text("".join(name + "\n" for name in run.names[:run.training]))
        config, recipe = run.config, run.recipe
        settings = [run.seed, *(config[key] for key in ("nLayer", "nEmbd", "nHead", "blockSize", "mlpRatio")),
                    *(recipe[key] for key in ("learningRate", "beta1", "beta2", "floor", "horizon", "initStd", "holdOut", "batch"))]
        (folder / "run.json").write_text(json.dumps(
            {"list": run.listed, "names": run.names, "training": run.training, "settings": settings}))
        shutil.copy(folder / "site/engine.wasm", folder)
        shutil.copy(self.yardstick / "strict.wasm", folder)
        for name in ("turns.js", "chromium.html", "chromium-worker.js"):
            shutil.copy(HERE / name, folder)

    def steps_a_second(self, **environment: str) -> float:
        """Of the tool's `train`; what it takes to begin and to end is taken away."""
        train = [TOOL, "train", "--output", self.folder / "model.safetensors", "--steps"]
        return STEPS / (processor_seconds(*train, str(STEPS), **environment) - processor_seconds(*train, "0", **environment))

    @functools.cached_property
    def generator(self) -> pathlib.Path:
        """generate.swift, compiled against the release build."""
        program = self.folder / "generate"
        objects = [path for name in ("", "256", "512") for path in sorted(BUILD.glob(f"TinyGPT{name}.build/*.o"))]
        module_map = BUILD / "CMath.build/module.modulemap"
        output("swiftc", "-O", HERE / "generate.swift", "-o", program, "-I", BUILD / "Modules",
               "-Xcc", f"-fmodule-map-file={module_map}", *map(str, objects))
        return program

    def letters_a_second(self, **environment: str) -> float:
        with self.names.open("rb") as names:
            said = subprocess.run([self.generator, "1000", str(NAMES_A_TURN)], stdin=names, check=True, stdout=subprocess.PIPE, text=True,
                                  env=os.environ | environment).stdout
        return number("letters/s", said)


def native(bench: Bench, kinds: set[str]) -> Iterator[Group]:
    has = features()
    for bits, build, needs, against in WIDTHS:
        if needs not in has:
            continue
        program = bench.yardstick / build
        width = {"GPTOSAURUS_VECTOR": str(bits)}
        yield Group([Row(f"training, native, {bits} bits{against}", {"native"}, PROCESSOR, "≥ 0.9")], by_turns(
            functools.partial(bench.steps_a_second, **width),
            lambda program=program: number("steps/s", output(program, bench.names, str(STEPS), "0"))))
        yield Group([Row(f"generation, native, {bits} bits{against}", {"native", "generation"}, PROCESSOR, "≥ 1.0")], by_turns(
            functools.partial(bench.letters_a_second, **width),
            lambda program=program: number("letters/s", output(program, bench.names, "1000", str(NAMES_A_TURN)))))


def module_rows(place: str, kind: str, clock: str) -> dict[str, Row]:
    """What turns.js measures, by its names."""
    return {
        "training": Row(f"training, WebAssembly in {place}", {kind}, clock, "≥ 1.0"),
        "generation": Row(f"generation, WebAssembly in {place}", {kind, "generation"}, clock, "≥ 1.0"),
        "look": Row(f"time of a pass with everything kept, {place}", {kind, "inspection"}, clock, "≤ 1.3"),
        "heads": Row(f"time of the heads' measures of all names, {place}", {kind, "inspection"}, clock, "≤ 1.5"),
        "heldOut": Row(f"time of the held-out loss, {place}", {kind, "inspection"}, clock, "≤ 1.0"),
    }


def module_group(rows: dict[str, Row], kinds: set[str], measure: Callable[[list[str]], dict[str, float]]) -> Iterator[Group]:
    wanted = [name for name, row in rows.items() if row.kinds & kinds]
    if wanted:
        def pair(_: int) -> list[float]:
            found = measure(wanted)
            return [found[name] for name in wanted]
        yield Group([rows[name] for name in wanted], pair)


def in_node(bench: Bench, rows: list[str]) -> dict[str, float]:
    files = [bench.folder / name for name in ("engine.wasm", "strict.wasm", "run.json")]
    return json.loads(output("node", HERE / "node.mjs", *files, str(STEPS), *rows))


class Handler(http.server.SimpleHTTPRequestHandler):
    """Pages that are isolated from others, so that their clock is fine."""

    def end_headers(self) -> None:
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextlib.contextmanager
def chromium(folder: pathlib.Path) -> Iterator[Callable[[list[str]], dict[str, float]]]:
    """A page of the folder in Chromium that measures rows."""
    from playwright.sync_api import sync_playwright

    path = (os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-headless-shell")
            or "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/chromium.html")
        yield lambda rows: page.evaluate("([steps, rows]) => takeTurns(steps, rows)", [STEPS, rows])
        browser.close()
    server.shutdown()


def scripts(bench: Bench) -> Iterator[Group]:
    """Programs in Python that train the same run, on one core."""
    one_core = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
    for name, package, command in [("numpy, backward by hand", "numpy", ["numpy_gpt.py"]), ("PyTorch, eager", "torch", ["torch_gpt.py"]),
                                   ("PyTorch, compiled", "torch", ["torch_gpt.py", "--compile"])]:
        if importlib.util.find_spec(package) is None:
            print(f"{name}: left out, needs the package {package}", file=sys.stderr)
            continue
        run = [sys.executable, HERE / command[0], *command[1:], "--json"]
        yield Group([Row(f"training, native, against {name}", {"scripts"}, PROCESSOR)], by_turns(
            bench.steps_a_second, lambda run=run: json.loads(output(*run, **one_core))["stepsPerSecond"], turns=1))


def measure(groups: list[Group], pairs: int) -> list[str]:
    """Lines of a table; every group once, then every group again."""
    ratios: list[list[list[float]]] = [[] for _ in groups]
    for index in range(pairs):
        for place, group in enumerate(groups):
            ratios[place].append(group.pair(index))
        print(f"pair {index + 1} of {pairs}", file=sys.stderr, flush=True)
    lines = ["| | median | least | most | pairs | clock | goal |", "|---|---|---|---|---|---|---|"]
    for group, found in zip(groups, ratios, strict=True):
        for row, numbers in zip(group.rows, zip(*found, strict=True), strict=True):
            digits = 2 if statistics.median(numbers) < 10 else 0
            middle, least, most = (f"{value:.{digits}f}" for value in (statistics.median(numbers), min(numbers), max(numbers)))
            lines.append(f"| {row.name} | {middle} | {least} | {most} | {pairs} | {row.clock} | {row.goal} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="?", type=int, default=9)
    parser.add_argument("--only", nargs="+", choices=KINDS, default=KINDS, metavar="ROWS", help=" ".join(KINDS))
    options = parser.parse_args()
    kinds = set(options.only)
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        bench = Bench(pathlib.Path(name))
        groups = [*native(bench, kinds), *module_group(module_rows("node", "node", PROCESSOR), kinds, functools.partial(in_node, bench))]
        if kinds & {"chromium", "inspection", "generation"}:
            if importlib.util.find_spec("playwright") is None:
                print("Chromium: left out, needs the package playwright", file=sys.stderr)
            else:
                page = stack.enter_context(chromium(bench.folder))
                groups += module_group(module_rows("Chromium", "chromium", WALL), kinds, page)
        if "scripts" in kinds:
            groups += scripts(bench)
        groups = [group for group in groups if any(row.kinds & kinds for row in group.rows)]
        print(f"{processor()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start", file=sys.stderr)
        if groups:
            print("\n".join(measure(groups, options.pairs)))
        if "memory" in kinds:
            memory = in_node(bench, [])
            print(f"\nMemory of the module while it trains the default run: {memory['bytesAfterTraining'] / 1e6:.2f} MB after 1,000 steps "
                  f"({memory['bytesAtStart'] / 1e6:.2f} MB at state 0); weights and both moments are {memory['bytesOfState'] / 1e6:.2f} MB "
                  "of it. Goal: ≤ 2 MB.")


def processor() -> str:
    info = pathlib.Path("/proc/cpuinfo")
    found = re.search(r"^model name\s*:\s*(.*)$", info.read_text(), re.M) if info.exists() else None
    return found[1] if found else platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
