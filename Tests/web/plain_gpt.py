"""The model's formulas once more, in plain Python: no code in common with the engine, so that agreement means something."""
import math
from dataclasses import dataclass

Row = list[float]
Rows = list[Row]

HEADS = 4


@dataclass
class Layer:
    """What attention does in a layer."""
    scores: list[Rows]  # head, query, key: query · key / √d
    shares: list[Rows]  # head, query, key
    lengths: list[Rows]  # head, query, key: length of what the key's value adds, share · woₕ v
    heads: Rows  # position, channel: the heads' results side by side
    added: Rows  # position, channel: wo · heads
    head_lengths: Rows  # position, head: length of woₕ headsₕ


@dataclass
class Pass:
    layers: list[Layer]
    logits: Rows


def dot(a: Row, b: Row) -> float:
    return math.fsum(x * y for x, y in zip(a, b))


def times(matrix: Rows, x: Row) -> Row:
    return [dot(row, x) for row in matrix]


def length(x: Row) -> float:
    return math.sqrt(dot(x, x))


def plus(a: Row, b: Row) -> Row:
    return [x + y for x, y in zip(a, b)]


def rmsnorm(x: Row) -> Row:
    size = math.sqrt(dot(x, x) / len(x) + 1e-5)
    return [one / size for one in x]


def softmax(scores: Row, temperature: float = 1) -> Row:
    most = max(scores)
    odds = [math.exp((score - most) / temperature) for score in scores]
    total = math.fsum(odds)
    return [one / total for one in odds]


def forward(weights: dict[str, Rows], tokens: list[int]) -> Pass:
    """Every look and every score of a list of tokens."""
    x = [rmsnorm(plus(weights["wte"][token], weights["wpe"][place])) for place, token in enumerate(tokens)]
    layers = []
    while f"layer{len(layers)}.attn_wq" in weights:
        one = {name: weights[f"layer{len(layers)}.{name}"] for name in ["attn_wq", "attn_wk", "attn_wv", "attn_wo", "mlp_fc1", "mlp_fc2"]}
        layers.append(attention(one, [rmsnorm(row) for row in x]))
        x = [plus(row, more) for row, more in zip(x, layers[-1].added)]
        hidden = [[max(0.0, value) for value in times(one["mlp_fc1"], rmsnorm(row))] for row in x]
        x = [plus(row, times(one["mlp_fc2"], more)) for row, more in zip(x, hidden)]
    return Pass(layers, [times(weights["lm_head"], row) for row in x])


def attention(weights: dict[str, Rows], x: Rows) -> Layer:
    width = len(x[0])
    size = width // HEADS
    q, k, v = ([times(weights[f"attn_w{name}"], row) for row in x] for name in "qkv")
    places = range(len(x))
    scores, shares, lengths = [], [], []
    heads: Rows = [[] for _ in x]
    head_lengths: Rows = [[] for _ in x]
    for head in range(HEADS):
        own = slice(head * size, (head + 1) * size)
        wo = [row[own] for row in weights["attn_wo"]]
        scores.append([[dot(q[query][own], k[key][own]) / math.sqrt(size) for key in range(query + 1)] for query in places])
        shares.append([softmax(row) for row in scores[-1]])
        reach = [length(times(wo, row[own])) for row in v]
        lengths.append([[share * reach[key] for key, share in enumerate(row)] for row in shares[-1]])
        for query in places:
            mixed = [dot(shares[-1][query], [v[key][channel] for key in range(query + 1)]) for channel in range(width)[own]]
            heads[query] += mixed
            head_lengths[query].append(length(times(wo, mixed)))
    return Layer(scores, shares, lengths, heads, [times(weights["attn_wo"], row) for row in heads], head_lengths)
