"""The engine's training step in numpy, its backward pass by hand: one name a step, from the same weights.

    python3 Benchmarks/numpy_gpt.py [STEPS] [--check]     # needs numpy and the built tool; OMP_NUM_THREADS=1 for one core

Activations are (T, channels), weights (out, in); `d` before a name is the gradient of the mean loss by it.
"""
import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

import beside
import run_file

Array = NDArray[np.float32]
EPSILON = np.float32(1e-5)


def norm(x: Array) -> tuple[Array, Array]:
    """x / √(mean x² + ε) of each row, and the factor."""
    scale = 1 / np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + EPSILON)
    return x * scale, scale


def norm_backward(dy: Array, y: Array, scale: Array) -> Array:
    return scale * (dy - y * np.mean(dy * y, axis=-1, keepdims=True))


def softmax(x: Array) -> Array:
    powers = np.exp(x - x.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def make_step(run: run_file.Run) -> Callable[[int, list[int]], float]:
    heads, layers = run.config["nHead"], run.config["nLayer"]
    width, size = run.config["nEmbd"], run.config["nEmbd"] // run.config["nHead"]
    # One block each for weights, gradients and moments, so that Adam is one pass; the tensors are views of it.
    shapes = {name: tuple(shape) for name, (shape, _) in run.weights.items()}
    for layer in range(layers):  # query, key and value side by side: one product
        shapes[f"layer{layer}.attn_qkv"] = (3 * width, width)
        for part in ("wq", "wk", "wv"):
            del shapes[f"layer{layer}.attn_{part}"]
    p, g, m, v = (np.zeros(sum(map(math.prod, shapes.values())), np.float32) for _ in range(4))

    def views(block: Array) -> dict[str, Array]:
        parts = np.split(block, np.cumsum([math.prod(shape) for shape in shapes.values()])[:-1])
        return {name: part.reshape(shape) for (name, shape), part in zip(shapes.items(), parts, strict=True)}

    w, d = views(p), views(g)
    given = {name: np.frombuffer(data, "<f4").reshape(shape) for name, (shape, data) in run.weights.items()}
    for layer in range(layers):
        given[f"layer{layer}.attn_qkv"] = np.concatenate([given[f"layer{layer}.attn_{part}"] for part in ("wq", "wk", "wv")])
    for name in shapes:
        w[name][:] = given[name]
    masks = [np.triu(np.full((n, n), -np.inf, np.float32), 1) for n in range(run.config["blockSize"] + 1)]

    def apart(x: Array) -> Array:
        """(T, C) → (H, T, D)."""
        return x.reshape(len(x), heads, size).transpose(1, 0, 2)

    def together(x: Array) -> Array:
        """(H, T, D) → (T, C)."""
        return x.transpose(1, 0, 2).reshape(x.shape[1], width)

    root = np.float32(size ** -0.5)

    def forward_and_backward(tokens: list[int]) -> float:
        inputs, targets, n = tokens[:-1], tokens[1:], len(tokens) - 1
        rows = np.arange(n)
        start, start_scale = norm(w["wte"][inputs] + w["wpe"][:n])
        x, kept = start, []
        for layer in range(layers):
            name = f"layer{layer}."
            normed, scale = norm(x)
            q, k, values = map(apart, np.split(normed @ w[name + "attn_qkv"].T, 3, axis=1))
            shares = softmax(q @ k.transpose(0, 2, 1) * root + masks[n])
            mixed = together(shares @ values)
            middle = x + mixed @ w[name + "attn_wo"].T
            normed2, scale2 = norm(middle)
            active = np.maximum(normed2 @ w[name + "mlp_fc1"].T, 0)
            x = middle + active @ w[name + "mlp_fc2"].T
            kept.append((normed, scale, q, k, values, shares, mixed, normed2, scale2, active))
        probabilities = softmax(x @ w["lm_head"].T)
        loss = -float(np.mean(np.log(probabilities[rows, targets])))

        dlogits = probabilities
        dlogits[rows, targets] -= 1
        dlogits /= n
        np.matmul(dlogits.T, x, out=d["lm_head"])
        dx = dlogits @ w["lm_head"]
        for layer in reversed(range(layers)):
            name = f"layer{layer}."
            normed, scale, q, k, values, shares, mixed, normed2, scale2, active = kept[layer]
            np.matmul(dx.T, active, out=d[name + "mlp_fc2"])
            dhidden = (dx @ w[name + "mlp_fc2"]) * (active > 0)
            np.matmul(dhidden.T, normed2, out=d[name + "mlp_fc1"])
            dx = dx + norm_backward(dhidden @ w[name + "mlp_fc1"], normed2, scale2)
            np.matmul(dx.T, mixed, out=d[name + "attn_wo"])
            dmixed = apart(dx @ w[name + "attn_wo"])
            dshares = dmixed @ values.transpose(0, 2, 1)
            dscores = shares * (dshares - np.sum(dshares * shares, axis=-1, keepdims=True)) * root
            dqkv = np.concatenate(
                [together(dscores @ k), together(dscores.transpose(0, 2, 1) @ q),
                 together(shares.transpose(0, 2, 1) @ dmixed)], axis=1)
            np.matmul(dqkv.T, normed, out=d[name + "attn_qkv"])
            dx = dx + norm_backward(dqkv @ w[name + "attn_qkv"], normed, scale)
        dx = norm_backward(dx, start, start_scale)
        d["wte"][:] = 0
        np.add.at(d["wte"], inputs, dx)
        d["wpe"][:n] = dx
        d["wpe"][n:] = 0
        return loss

    beta1, beta2 = run.recipe["beta1"], run.recipe["beta2"]

    def step(number: int, tokens: list[int]) -> float:
        loss = forward_and_backward(tokens)
        correction = math.sqrt(1 - beta2 ** number)
        rate = np.float32(run.rate(number) * correction / (1 - beta1 ** number))
        m[:] = m * np.float32(beta1) + g * np.float32(1 - beta1)
        v[:] = v * np.float32(beta2) + g * g * np.float32(1 - beta2)
        for moment in (m, v):  # those of dead units would end as subnormals, which are slow
            moment[np.abs(moment) < np.float32(2.0 ** -100)] = 0
        p[:] -= rate * m / (np.sqrt(v) + np.float32(1e-8 * correction))
        return loss

    return step


if __name__ == "__main__":
    beside.train(beside.arguments(__doc__).parse_args(), make_step)
