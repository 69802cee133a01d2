"""The reference that the engine is tested against: the same tiny GPT once more, in float64.

It shares nothing with the engine's backward pass. Every number is a node that knows its inputs and its partial
derivatives, and the chain rule, written once in `Value.backward`, gives all gradients. Only the initial weights
are rounded to float32; everything after them is float64 until it is written.

    python3 Scripts/make_reference.py

needs Python 3.11 and nothing else, takes seconds, checks its gradients against finite differences and writes
Tests/Fixtures/reference.json: {"header", "cases": [case, ...]}, where a case is

    name, config, recipe, seed
    documents      token ids of ten training documents in order, without BOS
    initialSums    {tensor: {"sum", "sumOfAbsolutes"}} of the initial weights
    initial        {tensor: initial weights}, in the case "odd" only
    logits, perLetter, loss, gradients    of the first document at the initial weights
    losses         of the ten documents, each before its update
    weightsAfter   {tensor: weights after ten updates}

Logits (predictions, vocabSize) and tensors (out, in) are row-major little-endian float32, in base64.
"""

import base64
import itertools
import json
import math
import struct
from collections.abc import Iterable, Iterator, Sequence
from operator import mul
from pathlib import Path
from typing import Any, NamedTuple

OUTPUT = Path(__file__).resolve().parent.parent / "Tests" / "Fixtures" / "reference.json"

# Names. "brachylophosaurus" fills the context of 18; the odd documents are cut at 7, fill it, or have one letter.

NAMES = "triceratops mei brachylophosaurus velociraptor zuul baryonyx giganotosaurus yi jobaria iguanodon".split()
ODD_DOCUMENTS = [[3, 1, 4, 1, 0, 2, 2, 3, 0], [2], [0, 1, 2], [4, 4, 0, 3, 1, 2], [1, 0],
                 [3, 0, 3, 0, 3, 0, 3], [2, 4, 1, 0], [0], [1, 1, 2, 3, 4], [4, 2, 0, 1, 3, 3, 1, 0]]


class Config(NamedTuple):
    nLayer: int
    nEmbd: int
    nHead: int
    blockSize: int
    vocabSize: int
    mlpRatio: int


class Recipe(NamedTuple):
    learningRate: float
    beta1: float
    beta2: float
    floor: float
    horizon: int
    initStd: float


# Tokens. BOS is the last id and stands at both ends.

def inputs_and_targets(document: list[int], config: Config) -> tuple[list[int], list[int]]:
    bos = config.vocabSize - 1
    tokens = [bos, *document, bos]
    n = min(config.blockSize, len(document) + 1)
    return tokens[:n], tokens[1:n + 1]


# Numbers that remember how they were made.

class Value:
    __slots__ = ("data", "grad", "inputs", "partials", "serial")
    serials = itertools.count()

    def __init__(self, data: float, inputs: Sequence["Value"] = (), partials: Sequence[float] = ()) -> None:
        self.data, self.grad, self.inputs, self.partials = data, 0.0, inputs, partials
        self.serial = next(Value.serials)

    def __add__(self, other: "Value") -> "Value":
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other: "Value") -> "Value":
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def __pow__(self, power: float) -> "Value":
        return Value(self.data ** power, (self,), (power * self.data ** (power - 1),))

    def exp(self) -> "Value":
        return Value(math.exp(self.data), (self,), (math.exp(self.data),))

    def log(self) -> "Value":
        return Value(math.log(self.data), (self,), (1 / self.data,))

    def relu(self) -> "Value":
        return Value(max(0.0, self.data), (self,), (float(self.data > 0),))

    def backward(self) -> None:
        """Adds d self / d node to `grad` of every node behind self, the newest first: users before inputs."""
        reached, waiting = {self}, [self]
        while waiting:
            new = set(waiting.pop().inputs) - reached
            reached |= new
            waiting += new
        self.grad = 1.0
        for node in sorted(reached, key=lambda node: node.serial, reverse=True):
            for source, partial in zip(node.inputs, node.partials, strict=True):
                source.grad += partial * node.grad


Vector = Sequence[Value]
Matrix = list[list[Value]]
Weights = dict[str, Matrix]


def total(x: Vector) -> Value:
    return Value(math.fsum(a.data for a in x), x, [1.0] * len(x))  # not `sum`: Python 3.12 changed its bits


def dot(x: Vector, y: Vector) -> Value:
    xs, ys = [a.data for a in x], [b.data for b in y]
    return Value(math.fsum(map(mul, xs, ys)), [*x, *y], ys + xs)


# Parameters.

GOLDEN, MASK = 0x9E3779B97F4A7C15, 2 ** 64 - 1
WEIGHTS = 1  # the purpose of a random stream


def mix(x: int) -> int:
    """SplitMix64's output for state x."""
    z = (x + GOLDEN) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def uniforms(seed: int, purpose: int, index: int) -> Iterator[float]:
    state = mix(mix(mix(seed) ^ purpose) ^ index)
    while True:
        yield (mix(state) >> 40) * 2.0 ** -24
        state = (state + GOLDEN) & MASK


def normals(uniform: Iterator[float]) -> Iterator[float]:
    """Marsaglia's polar method: each point inside the unit circle gives two deviates."""
    while True:
        a, b = 2 * next(uniform) - 1, 2 * next(uniform) - 1
        s = a * a + b * b
        if 0 < s < 1:
            factor = math.sqrt(-2 * math.log(s) / s)
            yield from (a * factor, b * factor)


def shapes(config: Config) -> dict[str, tuple[int, int]]:
    """(out, in) of each tensor, in table order."""
    c, hidden = config.nEmbd, config.mlpRatio * config.nEmbd
    table = {"wte": (config.vocabSize, c), "wpe": (config.blockSize, c), "lm_head": (config.vocabSize, c)}
    for layer in range(config.nLayer):
        table |= {f"layer{layer}.attn_{part}": (c, c) for part in ("wq", "wk", "wv", "wo")}
        table |= {f"layer{layer}.mlp_fc1": (hidden, c), f"layer{layer}.mlp_fc2": (c, hidden)}
    return table


def initial_weights(config: Config, recipe: Recipe, seed: int) -> Weights:
    weights: Weights = {}
    for index, (name, (rows, columns)) in enumerate(shapes(config).items()):
        normal = normals(uniforms(seed, WEIGHTS, index))
        packed = [struct.pack("<f", recipe.initStd * next(normal)) for _ in range(rows * columns)]
        flat = [Value(*struct.unpack("<f", number)) for number in packed]
        weights[name] = [flat[row * columns:(row + 1) * columns] for row in range(rows)]
    return weights


def elements(weights: Weights) -> list[Value]:
    return [p for matrix in weights.values() for row in matrix for p in row]


# Forward.

def add(x: Vector, y: Vector) -> Vector:
    return [a + b for a, b in zip(x, y, strict=True)]


def linear(matrix: Matrix, x: Vector) -> Vector:
    return [dot(row, x) for row in matrix]


def rmsnorm(x: Vector) -> Vector:
    scale = (dot(x, x) * Value(1 / len(x)) + Value(1e-5)) ** -0.5
    return [a * scale for a in x]


def softmax(x: Vector) -> Vector:
    shift = Value(-max(a.data for a in x))  # a constant: it cancels in the quotient
    powers = [(a + shift).exp() for a in x]
    scale = total(powers) ** -1
    return [power * scale for power in powers]


def attention(wq: Matrix, wk: Matrix, wv: Matrix, wo: Matrix, xs: list[Vector], heads: int) -> list[Vector]:
    queries, keys, values = ([linear(w, x) for x in xs] for w in (wq, wk, wv))
    size = len(wq) // heads
    outputs = []
    for t, query in enumerate(queries):
        mixed: list[Value] = []
        for head in (slice(h * size, (h + 1) * size) for h in range(heads)):
            shares = softmax([dot(query[head], key[head]) * Value(size ** -0.5) for key in keys[:t + 1]])
            mixed += [dot(shares, channel) for channel in zip(*(value[head] for value in values[:t + 1]))]
        outputs.append(linear(wo, mixed))
    return outputs


def mlp(fc1: Matrix, fc2: Matrix, x: Vector) -> Vector:
    return linear(fc2, [a.relu() for a in linear(fc1, x)])


def forward(weights: Weights, config: Config, inputs: list[int]) -> list[Vector]:
    xs = [rmsnorm(add(weights["wte"][token], weights["wpe"][t])) for t, token in enumerate(inputs)]
    for layer in range(config.nLayer):
        wq, wk, wv, wo = (weights[f"layer{layer}.attn_{part}"] for part in ("wq", "wk", "wv", "wo"))
        fc1, fc2 = weights[f"layer{layer}.mlp_fc1"], weights[f"layer{layer}.mlp_fc2"]
        attended = attention(wq, wk, wv, wo, [rmsnorm(x) for x in xs], config.nHead)
        xs = [add(x, a) for x, a in zip(xs, attended, strict=True)]
        xs = [add(x, mlp(fc1, fc2, rmsnorm(x))) for x in xs]
    return [linear(weights["lm_head"], x) for x in xs]


# Loss, in nats.

def run(weights: Weights, config: Config, document: list[int]) -> tuple[list[Vector], list[Value], Value]:
    """Logits and loss of each prediction, and the mean loss."""
    inputs, targets = inputs_and_targets(document, config)
    logits = forward(weights, config, inputs)
    losses = [softmax(z)[target].log() * Value(-1.0) for z, target in zip(logits, targets, strict=True)]
    return logits, losses, total(losses) * Value(1 / len(losses))


# Backward.

def backward(weights: Weights, loss: Value) -> None:
    for p in elements(weights):
        p.grad = 0.0
    loss.backward()


def check_gradients(weights: Weights, config: Config, document: list[int]) -> None:
    """Central differences at random entries of every tensor: 1e-6 of the slope, 1e-9 where it is below 1e-3."""
    backward(weights, run(weights, config, document)[2])
    random, h = uniforms(0, 0, 0), 1e-5
    for name, matrix in weights.items():
        for _ in range(4):
            p = matrix[int(next(random) * len(matrix))][int(next(random) * len(matrix[0]))]
            start, losses = p.data, []
            for p.data in (start + h, start - h):
                losses.append(run(weights, config, document)[2].data)
            p.data = start
            slope = (losses[0] - losses[1]) / (2 * h)
            assert abs(p.grad - slope) <= 1e-6 * max(abs(slope), 1e-3), (name, p.grad, slope)


# Adam.

def adam(weights: Weights, m: list[float], v: list[float], t: int, recipe: Recipe) -> None:
    """Update t, from 1, at a rate that falls linearly to its floor."""
    rate = recipe.learningRate * max(recipe.floor, 1 - (t - 1) / recipe.horizon)
    for i, p in enumerate(elements(weights)):
        m[i] = recipe.beta1 * m[i] + (1 - recipe.beta1) * p.grad
        v[i] = recipe.beta2 * v[i] + (1 - recipe.beta2) * p.grad ** 2
        mean, square = m[i] / (1 - recipe.beta1 ** t), v[i] / (1 - recipe.beta2 ** t)
        p.data -= rate * mean / (math.sqrt(square) + 1e-8)


# The fixture.

def encoded(matrix: Iterable[Vector], field: str) -> str:
    return base64.b64encode(b"".join(struct.pack("<f", getattr(p, field)) for row in matrix for p in row)).decode()


def sums(matrix: Iterable[Vector]) -> dict[str, float]:
    numbers = [p.data for row in matrix for p in row]
    return {"sum": math.fsum(numbers), "sumOfAbsolutes": math.fsum(map(abs, numbers))}


def make_case(name: str, config: Config, recipe: Recipe, seed: int, documents: list[list[int]]) -> dict[str, Any]:
    weights = initial_weights(config, recipe, seed)
    case: dict[str, Any] = {"name": name, "config": config._asdict(), "recipe": recipe._asdict(), "seed": seed}
    case |= {"documents": documents, "losses": []}
    case["initialSums"] = {tensor: sums(matrix) for tensor, matrix in weights.items()}
    if name == "odd":  # the small case
        case["initial"] = {tensor: encoded(matrix, "data") for tensor, matrix in weights.items()}
        check_gradients(weights, config, documents[0])
    m, v = ([0.0] * len(elements(weights)) for _ in range(2))
    for t, document in enumerate(documents, start=1):
        logits, losses, loss = run(weights, config, document)
        backward(weights, loss)
        if t == 1:
            case |= {"logits": encoded(logits, "data"), "perLetter": [p.data for p in losses], "loss": loss.data}
            case["gradients"] = {tensor: encoded(matrix, "grad") for tensor, matrix in weights.items()}
        case["losses"].append(loss.data)
        adam(weights, m, v, t, recipe)
    case["weightsAfter"] = {tensor: encoded(matrix, "data") for tensor, matrix in weights.items()}
    return case


def main() -> None:
    default = make_case(
        "default", Config(nLayer=2, nEmbd=32, nHead=4, blockSize=18, vocabSize=27, mlpRatio=4),
        Recipe(learningRate=0.005, beta1=0.85, beta2=0.99, floor=0.1, horizon=5000, initStd=0.08),
        42, [[ord(letter) - ord("a") for letter in name] for name in NAMES])
    odd = make_case(
        "odd", Config(nLayer=3, nEmbd=12, nHead=3, blockSize=7, vocabSize=6, mlpRatio=3),
        Recipe(learningRate=0.01, beta1=0.9, beta2=0.95, floor=0.2, horizon=8, initStd=0.3), 7, ODD_DOCUMENTS)
    fixture = {"header": "made by: python3 Scripts/make_reference.py", "cases": [default, odd]}
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text(json.dumps(fixture, indent=1, sort_keys=True) + "\n", encoding="ascii")
    print(f"{OUTPUT}: {OUTPUT.stat().st_size} bytes; first losses {default['loss']}, {odd['loss']} nats")


if __name__ == "__main__":
    main()
