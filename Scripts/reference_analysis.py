#!/usr/bin/env python3
"""Head measures and counting baselines a second time, to check the tool against: written from the definitions alone.

    Scripts/reference_analysis.py heads --model F [--names F] [--count 80]
    Scripts/reference_analysis.py stats [--names F] [--hold-out X] [--seed N]

Prints what `gptosaurus heads --json` and `gptosaurus stats --json` print. Reads a checkpoint with the safetensors package,
computes in float64, shares no code with the tool. Needs numpy and safetensors.
"""

import argparse
import collections
import json
import math
import pathlib

import numpy as np

LATIN = "abcdefghijklmnopqrstuvwxyz"
VOWELS = "aeiou"
DINOSAURS = pathlib.Path(__file__).resolve().parents[1] / "Data/dinosaurs.txt"

# Random numbers: SplitMix64, a stream for each seed, purpose and index.

GOLDEN = 0x9E3779B97F4A7C15
MASK = (1 << 64) - 1
ORDER = 2


def mix(x):
    """What SplitMix64 gives in state x."""
    z = (x + GOLDEN) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def numbers(seed, purpose, index=0):
    """Endless 64-bit numbers."""
    state = mix(mix(mix(seed) ^ purpose) ^ index)
    while True:
        yield mix(state)
        state = (state + GOLDEN) & MASK


def shuffled(items, seed):
    """Fisher and Yates, from the last place down."""
    items = list(items)
    stream = numbers(seed, ORDER)
    for last in range(len(items) - 1, 0, -1):
        other = ((next(stream) >> 32) * (last + 1)) >> 32
        items[last], items[other] = items[other], items[last]
    return items


def split(names, seed, hold_out):
    """(all names in the run's order, how many of them to train on)"""
    order = shuffled(names, seed)
    return order, max(1, len(order) - math.floor(hold_out * len(order)))


def read_names(path):
    text = pathlib.Path(path).read_text(encoding="utf-8-sig")
    return [name for name in (line.rstrip(" \r") for line in text.split("\n")) if name]


def vocabulary_of(names):
    letters = sorted(set("".join(names)))
    return LATIN if set(letters) <= set(LATIN) else "".join(letters)


# Counting baselines.


def predictions(name, length):
    """(context of `length` letters, what comes next); BOS and END are a line feed."""
    padded = "\n" * length + name + "\n"
    return [(padded[place : place + length], padded[place + length]) for place in range(len(name) + 1)]


def counting_loss(training, held_out, length, size):
    """Mean loss per prediction, with 0.5 added to each of `size` outcomes."""
    contexts, outcomes = collections.Counter(), collections.Counter()
    for name in training:
        for context, outcome in predictions(name, length):
            contexts[context] += 1
            outcomes[context, outcome] += 1
    losses = []
    for name in held_out or training:
        own = predictions(name, length)
        # Where nothing is held out a name's own counts are taken away.
        own_contexts = collections.Counter() if held_out else collections.Counter(context for context, _ in own)
        own_outcomes = collections.Counter() if held_out else collections.Counter(own)
        for context, outcome in own:
            count = outcomes[context, outcome] - own_outcomes[context, outcome]
            total = contexts[context] - own_contexts[context]
            losses.append(-math.log((count + 0.5) / (total + 0.5 * size)))
    return math.fsum(losses) / len(losses)


def stats(names, hold_out, seed):
    vocabulary = vocabulary_of(names)
    order, count = split(names, seed, hold_out)
    training, held_out = order[:count], order[count:]
    size = len(vocabulary) + 1
    lengths = collections.Counter(map(len, names))
    kinds = ("unigram", "bigram", "trigram", "fourgram")
    return {
        "names": len(names), "letters": sum(map(len, names)), "training": len(training), "heldOut": len(held_out),
        "firstLetter": {letter: sum(name[0] == letter for name in names) for letter in vocabulary},
        "length": {str(length): lengths[length] for length in sorted(lengths)},
        "baselines": {"uniform": math.log(size)}
        | {kind: counting_loss(training, held_out, length, size) for length, kind in enumerate(kinds)},
        "scoredOn": "heldOut" if held_out else "leaveOneOut",
    }


# The model.


def rms_norm(x):
    return x / np.sqrt((x * x).mean(axis=1, keepdims=True) + 1e-5)


def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


class Model:
    def __init__(self, path):
        from safetensors import safe_open

        with safe_open(path, framework="np") as file:
            self.weights = {
                name: file.get_tensor(name).astype(np.float64) for name in file.keys() if not name.startswith("adam.")}
            metadata = file.metadata()
        self.config, self.recipe = json.loads(metadata["config"]), json.loads(metadata["recipe"])
        self.vocabulary, self.seed = metadata["vocabulary"], int(metadata["seed"])

    def tokens(self, name):
        """(inputs, targets), cut to the positions that the model has."""
        bos = len(self.vocabulary)
        tokens = [bos] + [self.vocabulary.index(letter) for letter in name] + [bos]
        n = min(self.config["blockSize"], len(name) + 1)
        return tokens[:n], tokens[1 : n + 1]

    def run(self, inputs, off=None):
        """(logits, attention by layer and head); `off` is the (layer, head) whose output is zero."""
        w, n = self.weights, len(inputs)
        heads, size = self.config["nHead"], self.config["nEmbd"] // self.config["nHead"]
        x = rms_norm(w["wte"][inputs] + w["wpe"][:n])
        attention = np.zeros((self.config["nLayer"], heads, n, n))
        seen = np.tri(n, dtype=bool)
        for layer in range(self.config["nLayer"]):
            wq, wk, wv, wo, fc1, fc2 = (
                w[f"layer{layer}.{part}"] for part in ("attn_wq", "attn_wk", "attn_wv", "attn_wo", "mlp_fc1", "mlp_fc2"))
            y = rms_norm(x)
            out = np.zeros_like(x)
            for head in range(heads):
                part = slice(head * size, (head + 1) * size)
                scores = (y @ wq[part].T) @ (y @ wk[part].T).T / math.sqrt(size)
                attention[layer, head] = softmax(np.where(seen, scores, -np.inf))
                if off != (layer, head):
                    out[:, part] = attention[layer, head] @ (y @ wv[part].T)
            x = x + out @ wo.T
            x = x + np.maximum(rms_norm(x) @ fc1.T, 0) @ fc2.T
        return x @ w["lm_head"].T, attention

    def loss(self, names, off=None):
        """Mean loss per prediction."""
        losses = []
        for name in names:
            inputs, targets = self.tokens(name)
            z = self.run(inputs, off)[0]
            z = z - z.max(axis=1, keepdims=True)
            losses.extend(np.log(np.exp(z).sum(axis=1)) - z[range(len(targets)), targets])
        return math.fsum(losses) / len(losses)


# Head measures.


def share(above, below):
    return above / below if below > 0 else None


def mean(values):
    return math.fsum(values) / len(values) if values else None


def measures(cases, vowels):
    """Values and chances by name. `cases`: (inputs, targets, attention) of each name; `vowels`: token ids, or None."""
    found = collections.defaultdict(list)
    for inputs, targets, a in cases:
        for q in range(1, len(inputs)):
            uniform = 1 / (q + 1)

            def note(name, value, chance):
                found[name].append(value)
                found[name + "Chance"].append(chance)

            note("positional", a[q, 0], uniform)
            if q >= 2:
                note("previous", a[q, q - 1], uniform)
            note("current", a[q, q], uniform)
            same = [k for k in range(1, q + 1) if inputs[k] == targets[q]]
            if same:
                note("copy", sum(a[q, k] for k in same), len(same) * uniform)
            bits = -sum(p * math.log2(p) for p in a[q, : q + 1] if p > 0)
            note("entropyBits", bits, math.log2(q + 1))
            note("entropyShare", bits / math.log2(q + 1), 1)
    names = ("positional", "previous", "current", "copy", "entropyBits", "entropyShare")
    result = {key: mean(found[key]) for name in names for key in (name, name + "Chance")}
    result["vowelShare"] = result["vowelShareChance"] = None
    if vowels is not None:
        # The head made blind: at each place its mean over the names that reach the query.
        tables = collections.defaultdict(list)
        for inputs, _, a in cases:
            for q in range(len(inputs)):
                tables[q].append(a[q, : q + 1])
        blind = {q: np.mean(rows, axis=0) for q, rows in tables.items()}
        sums = np.zeros(4)
        for inputs, _, a in cases:
            for q in range(len(inputs)):
                for k in range(1, q + 1):
                    is_vowel = inputs[k] in vowels
                    sums += [a[q, k] * is_vowel, a[q, k], blind[q][k] * is_vowel, blind[q][k]]
        result["vowelShare"] = share(sums[0], sums[1])
        result["vowelShareChance"] = share(sums[2], sums[3]) if sums[1] > 0 else None
    return result


def lean(whole, halves):
    """What a head leans to, in words; None for no clear lean."""
    directions = {"positional": "start", "previous": "letter before", "current": "itself", "copy": "repeats"}

    def ratio(figures, name):
        return figures[name] / figures[name + "Chance"] if figures[name] is not None else 0

    clear = [name for name in directions if all(ratio(half, name) >= 1.75 for half in halves)]
    if clear:
        largest = max(clear, key=lambda name: ratio(whole, name))
        return ("mostly " if whole[largest] >= 0.5 else "") + directions[largest]
    if any(half["vowelShare"] is None for half in halves):
        return None
    apart = [half["vowelShare"] - half["vowelShareChance"] for half in halves]
    return "vowels" if min(apart) >= 0.10 else "consonants" if max(apart) <= -0.10 else None


def heads(path, names, count):
    model = Model(path)
    order, training = split(names, model.seed, model.recipe["holdOut"])
    measured = order[:count] if count else order
    vowels = {LATIN.index(letter) for letter in VOWELS} if model.vocabulary == LATIN else None
    cases = []
    for name in measured:
        inputs, targets = model.tokens(name)
        cases.append((inputs, targets, model.run(inputs)[1]))
    middle = (len(cases) + 1) // 2

    def report(pick):
        picked = [(inputs, targets, pick(attention)) for inputs, targets, attention in cases]
        whole = measures(picked, vowels)
        halves = [measures(half, vowels) for half in (picked[:middle], picked[middle:])]
        return whole | {"lean": lean(whole, halves)}

    scored = order[training:] or order[:172]
    with_all = model.loss(scored)
    places = [(l, h) for l in range(model.config["nLayer"]) for h in range(model.config["nHead"])]
    letters = [token for inputs, _, _ in cases for token in inputs[1:]]
    return {
        "heads": [
            report(lambda a: a[layer, head])
            | {"layer": layer, "head": head, "worth": model.loss(scored, (layer, head)) - with_all}
            for layer, head in places],
        "pooled": [
            report(lambda a: a[:, head].mean(axis=0)) | {"head": head} for head in range(model.config["nHead"])],
        "names": len(measured),
        "vowelRate": None if vowels is None else mean([token in vowels for token in letters]),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("heads")
    command.add_argument("--model", required=True)
    command.add_argument("--names", default=DINOSAURS)
    command.add_argument("--count", type=int, default=80)
    command = commands.add_parser("stats")
    command.add_argument("--names", default=DINOSAURS)
    command.add_argument("--hold-out", type=float, default=0.1)
    command.add_argument("--seed", type=int, default=42)
    given = parser.parse_args()
    names = read_names(given.names)
    if given.command == "heads":
        report = heads(given.model, names, given.count)
    else:
        report = stats(names, given.hold_out, given.seed)
    print(json.dumps(report, sort_keys=True))


if __name__ == "__main__":
    main()
