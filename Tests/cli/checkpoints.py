"""Checkpoints as numbers, and a forward pass of its own: float64, straight from the formulas of the design."""

import json

import numpy as np
from safetensors import safe_open


def load(path):
    """(tensors by name, metadata)"""
    with safe_open(path, framework="np") as file:
        return {name: file.get_tensor(name) for name in file.keys()}, file.metadata()


def rms_norm(x):
    return x / np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + 1e-5)


def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def forward(tensors, config, tokens):
    """(logits (T, V), attention (L, H, T, T))"""
    w = {name: tensor.astype(np.float64) for name, tensor in tensors.items()}
    count, heads = len(tokens), config["nHead"]
    size = config["nEmbd"] // heads
    future = np.triu(np.full((count, count), -np.inf), 1)
    x = rms_norm(w["wte"][tokens] + w["wpe"][:count])
    all_attention = []
    for layer in range(config["nLayer"]):
        part = lambda name: w[f"layer{layer}.{name}"]
        normed = rms_norm(x)
        split = lambda y: y.reshape(count, heads, size).transpose(1, 0, 2)
        q, k, v = (split(normed @ part(f"attn_w{name}").T) for name in "qkv")
        attention = softmax(q @ k.transpose(0, 2, 1) / np.sqrt(size) + future)
        all_attention.append(attention)
        x = x + (attention @ v).transpose(1, 0, 2).reshape(count, -1) @ part("attn_wo").T
        x = x + np.maximum(rms_norm(x) @ part("mlp_fc1").T, 0) @ part("mlp_fc2").T
    return x @ w["lm_head"].T, np.array(all_attention)


def header_of(data):
    """(header as a value, the numbers)"""
    count = int.from_bytes(data[:8], "little")
    return json.loads(data[8 : 8 + count]), data[8 + count :]


def with_header(header, numbers):
    """A file again."""
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + numbers
