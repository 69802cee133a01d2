"""The engine's training step in PyTorch, its backward pass by autograd: one name a step, from the same weights.

    python3 Benchmarks/torch_gpt.py [STEPS] [--check] [--compile]     # needs torch and the built tool

On one core. Adam is PyTorch's own, its `foreach` form; `--compile` compiles the forward and backward pass, for every length of a
name alike (the names are padded to the context, and the loss leaves the padding out), and the optimizer's update.
"""
import argparse
import logging
from collections.abc import Callable

import torch
import torch.nn.functional as F

import beside
import run_file


def make_step(run: run_file.Run, is_compiled: bool) -> Callable[[int, list[int]], float]:
    torch.set_num_threads(1)
    heads, layers = run.config["nHead"], run.config["nLayer"]
    places, width = run.config["blockSize"], run.config["nEmbd"]
    w = {name: torch.frombuffer(bytearray(data), dtype=torch.float32).reshape(shape)
         for name, (shape, data) in run.weights.items()}
    for layer in range(layers):  # query, key and value side by side: one product
        w[f"layer{layer}.attn_qkv"] = torch.cat([w.pop(f"layer{layer}.attn_{part}") for part in ("wq", "wk", "wv")])
    for tensor in w.values():
        tensor.requires_grad_()

    def norm(x: torch.Tensor) -> torch.Tensor:
        return F.rms_norm(x, (width,), eps=1e-5)

    def loss_of(inputs: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        n = len(inputs)
        x = norm(w["wte"][inputs] + w["wpe"][:n])
        for layer in range(layers):
            name = f"layer{layer}."
            qkv = F.linear(norm(x), w[name + "attn_qkv"])
            q, k, v = qkv.reshape(n, 3, heads, width // heads).permute(1, 2, 0, 3)
            mixed = F.scaled_dot_product_attention(q, k, v, is_causal=True)
            x = x + F.linear(mixed.transpose(0, 1).reshape(n, width), w[name + "attn_wo"])
            x = x + F.linear(F.relu(F.linear(norm(x), w[name + "mlp_fc1"])), w[name + "mlp_fc2"])
        return F.cross_entropy(F.linear(x, w["lm_head"]), targets, ignore_index=-1)

    # A rate in a tensor can change without another compilation.
    rate = torch.tensor(0.0) if is_compiled else 0.0
    adam = torch.optim.Adam(
        w.values(), lr=rate, betas=(run.recipe["beta1"], run.recipe["beta2"]), eps=1e-8, foreach=not is_compiled)
    evaluate, update = loss_of, adam.step
    if is_compiled:
        torch._logging.set_logs(all=logging.ERROR)  # it warns that it leaves Adam's own profiling out
        evaluate, update = torch.compile(loss_of, dynamic=False), torch.compile(adam.step)

    def step(number: int, tokens: list[int]) -> float:
        inputs, targets = tokens[:-1], tokens[1:]
        if is_compiled:
            inputs, targets = (part + [fill] * (places - len(part)) for part, fill in ((inputs, 0), (targets, -1)))
        loss = evaluate(torch.tensor(inputs), torch.tensor(targets))
        for tensor in w.values():
            tensor.grad = None
        loss.backward()
        if is_compiled:
            rate.fill_(run.rate(number))
        else:
            adam.param_groups[0]["lr"] = run.rate(number)
        update()
        return loss.item()

    return step


def main() -> None:
    parser = beside.arguments(__doc__)
    parser.add_argument("--compile", action="store_true")
    options: argparse.Namespace = parser.parse_args()
    torch.set_flush_denormal(True)  # the moments of dead units would end as subnormals, which are slow
    beside.train(options, lambda run: make_step(run, options.compile))


if __name__ == "__main__":
    main()
