"""A run as its checkpoint tells it: sizes, recipe, weights, and the names in the order in which the run sees them.

Written once more from what the formats promise, not from the engine's code; plain Python without packages.
"""
import json
import pathlib
import struct
from typing import NamedTuple

NAMES = pathlib.Path(__file__).resolve().parents[1] / "Data/dinosaurs.txt"
GOLDEN, MASK = 0x9E3779B97F4A7C15, 2 ** 64 - 1
ORDER = 2  # the purpose of a random stream


class Run(NamedTuple):
    seed: int
    config: dict[str, int]
    recipe: dict[str, float]
    listed: list[str]  # names as the file has them
    names: list[str]  # in the run's order, those to train on first
    training: int
    weights: dict[str, tuple[list[int], bytes]]  # shape, little-endian float32

    def tokens(self, name: str) -> list[int]:
        """BOS, letters, BOS, cut so that each but the last is an input and each but the first a target."""
        bos = self.config["vocabSize"] - 1
        return [bos, *(ord(letter) - ord("a") for letter in name), bos][:self.config["blockSize"] + 1]

    def rate(self, step: int) -> float:
        """Adam's learning rate at an update, counted from 1."""
        return self.recipe["learningRate"] * max(self.recipe["floor"], 1 - (step - 1) / self.recipe["horizon"])


def mix(x: int) -> int:
    """SplitMix64's output for state x."""
    z = (x + GOLDEN) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def shuffled(names: list[str], seed: int) -> list[str]:
    """Fisher and Yates with the seed's stream for the order."""
    names, state = names[:], mix(mix(mix(seed) ^ ORDER))
    for last in range(len(names) - 1, 0, -1):
        other = ((mix(state) >> 32) * (last + 1)) >> 32
        state = (state + GOLDEN) & MASK
        names[last], names[other] = names[other], names[last]
    return names


def read(checkpoint: str | pathlib.Path) -> Run:
    """A checkpoint of a run on the built-in names."""
    data = pathlib.Path(checkpoint).read_bytes()
    (size,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8:8 + size])
    metadata = header.pop("__metadata__")
    config, recipe = json.loads(metadata["config"]), json.loads(metadata["recipe"])
    seed = int(metadata["seed"])
    in_file = NAMES.read_text().split()
    names = shuffled(in_file, seed)
    tensors = data[8 + size:]
    weights = {name: (tensor["shape"], tensors[slice(*tensor["data_offsets"])])
               for name, tensor in header.items() if not name.startswith("adam.")}
    training = max(1, len(names) - int(recipe["holdOut"] * len(names)))
    return Run(seed, config, recipe, in_file, names, training, weights)
