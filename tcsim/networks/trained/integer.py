"""The trained models as integer networks: quantized on words of their own task."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import ArgumentError
from tcsim.networks.codes import Code
from tcsim.networks.operations.affine import Affine
from tcsim.networks.operations.argmax import Argmax
from tcsim.networks.operations.arrangement import Concatenate, Pad, Reshape, Slice, Transpose
from tcsim.networks.operations.indicators import Indicators
from tcsim.networks.operations.maximum_pool import MaximumPool
from tcsim.networks.operations.requantize import Requantize
from tcsim.networks.operations.selective_scan import SelectiveScan
from tcsim.networks.procedures.chain_of_thought import chain_of_thought
from tcsim.networks.procedures.recurrent import recurrent
from tcsim.networks.quantizing.grids import units
from tcsim.networks.quantizing.quantizer import Quantizer, Real
from tcsim.networks.sketch import Sketch
from tcsim.networks.trained.layers import gelu, relu, silu, softplus
from tcsim.networks.trained.loading import Trained
from tcsim.networks.trained.reference import activations
from tcsim.networks.trained.tasks import task
from tcsim.networks.trained.validation import positions

if TYPE_CHECKING:
    from tcsim.networks.integer import IntegerNetwork
    from tcsim.networks.tables.activations import Floats
    from tcsim.typing import Integers, Progress

ROWS = 256
"""Words that scales are chosen on."""

SEED = 12345
"""Of those words: not one that the models were trained with."""


def integer_network(
    model: Trained,
    n: int = 0,
    *,
    weight_bits: int = 8,
    activation_bits: int = 8,
    progress: Progress | None = None,
) -> IntegerNetwork:
    """A trained model on words of a length, in integers: its answer to the whole word.

    A transformer that was trained to think says its whole chain first, one token per letter, and
    reads, after the word, the token that starts it (`chain_start`).

    Args:
        model: a trained model.
        n: length of the words, at least 1; of no meaning for a CNN.
        weight_bits: of weights, sign included.
        activation_bits: of values that are rounded.
        progress: called as ``progress(done, total)`` in tokens of a chain of thought.

    Returns:
        A network that reads letters in one-hot code, shape (n,) (of an RNN (n, 1), of a CNN pixels
        of shape (1, 8, 8)), and gives the class.

    Raises:
        ArgumentError: no trained model, or a length below 1 or beyond the positions that a
            transformer has learned.
    """
    if not isinstance(model, Trained):
        raise ArgumentError(
            f"model must be a Trained, such as trained.load('s5_rnn'), not {model!r}"
        )
    architecture = model.config["architecture"]
    if architecture != "cnn" and (not isinstance(n, int) or n < 1):
        raise ArgumentError(f"words have a length of at least 1, not {n!r}")
    if n > model.config.get("length", n):
        raise ArgumentError(
            f"{model.name} has learned {model.config['length']} positions: words have at most as "
            f"many letters, not {n}; recurrent and state space models take any length"
        )
    if architecture == "rnn":
        return _rnn(model, n, weight_bits=weight_bits, activation_bits=activation_bits)
    quantizer = Quantizer(weight_bits=weight_bits, activation_bits=activation_bits)
    if architecture == "cnn":
        return _cnn(model, quantizer)
    if model.config["procedure"] == "chain_of_thought":
        return _chain(model, n, quantizer, progress)
    make = {"transformer": _transformer, "ssm": _ssm}[architecture]
    return make(model, quantizer, calibration(model, n))


def chain_start(model: Trained) -> int:
    """The token after the word, with which a chain of thought starts: class 0, nothing read yet."""
    return int(model.config["letters"])


def calibration(model: Trained, n: int, said: int = 0) -> Integers:
    """Words of the model's task that scales are chosen on, as it reads them.

    Args:
        model: a trained model.
        n: letters of a word.
        said: tokens of a chain of thought that follow it and the start.

    Returns:
        int64, shape (rows, n), with a chain (rows, n + 1 + said); of a CNN pixels (rows, 64).
    """
    config = model.config
    if config["architecture"] == "cnn":
        from tcsim.networks.shipped import builtin

        return builtin("digits").calibration.astype(np.int64)
    if config["procedure"] != "chain_of_thought":
        letters, _ = task(config["task"]).sample(ROWS, n, SEED)
        return letters
    letters, classes = task(config["task"]).sample(ROWS, n, SEED)
    start = np.full((ROWS, 1), chain_start(model))
    found: Integers = np.column_stack((letters, start, config["letters"] + classes[:, :said]))
    return found


# Elman networks ----------------------------------------------------------------------------------


def recurrent_step(
    model: Trained, *, weight_bits: int = 8, activation_bits: int = 8
) -> IntegerNetwork:
    """One step of a trained Elman network: reads the state and a letter, gives the state.

    Raises:
        ArgumentError: a model of another architecture.
    """
    if not isinstance(model, Trained) or model.config["architecture"] != "rnn":
        raise ArgumentError(f"{getattr(model, 'name', model)!r} is no trained Elman network")
    w, width = model.weights, model.config["width"]
    most = 2 ** (activation_bits - 1) - 1
    code, scale = Code(-most, most), 1.0 / most
    inner = w["rnn.weight_hh_l0"].T * scale
    outer = w["rnn.weight_ih_l0"].T + w["rnn.bias_ih_l0"] + w["rnn.bias_hh_l0"]
    # Letters are added like a bias: to the last digit of the sum, however many digits that takes.
    unit = units(inner, np.zeros(width), weight_bits)
    weights = np.rint(np.concatenate((inner, outer)) / unit).astype(np.int64)
    sketch = Sketch()
    state = sketch.input("state", width, code)
    letter = sketch.input("letter", 1, Code(0, len(outer) - 1, "one_hot"))
    with sketch.scope("cell"):
        shown = sketch.add(Indicators(len(outer)), letter)
        both = sketch.add(Concatenate(0), state, shown)
        total = sketch.add(Affine(weights, np.zeros(width, np.int64)), both)

        def rounded(sums: Integers) -> Integers:
            values: Integers = np.rint(np.tanh(sums * unit[:, None]) * most).astype(np.int64)
            return values

        ends = total.known.full()
        new = sketch.add(Requantize.from_function(rounded, *ends, code, "tanh"), total)
    return sketch.network(new)


def _rnn(model: Trained, n: int, *, weight_bits: int, activation_bits: int) -> IntegerNetwork:
    step = recurrent_step(model, weight_bits=weight_bits, activation_bits=activation_bits)
    run = recurrent(step, n, initial=[0])
    w = model.weights
    head = w["head.weight"].T * (1.0 / step.sources[0].code.hi)
    unit = units(head, w["head.bias"], weight_bits, one=True)
    sketch = Sketch()
    letters = sketch.input("letter", (n, 1), run.inputs.code)
    (state,) = sketch.inline(run, letters)
    with sketch.scope("head"):
        weights, bias = (np.rint(a / unit).astype(np.int64) for a in (head, w["head.bias"]))
        scores = sketch.add(Affine(weights, bias), state)
        answer = sketch.add(Argmax(len(bias)), scores)
    return sketch.network(answer)


# Transformers ------------------------------------------------------------------------------------


def _transformer(model: Trained, quantizer: Quantizer, tokens: Integers) -> IntegerNetwork:
    c, w = model.config, model.weights
    read = quantizer.integers("token", tokens, Code(0, c["vocabulary"] - 1, "one_hot"))
    with quantizer.sketch.scope("embedding"):
        places = w["position.weight"][positions(tokens, c["letters"])[0]]
        embedded = quantizer.embedding(read, w["embedding.weight"])
        x = quantizer.code(quantizer.add(embedded, constant=places))
    for i in range(c["blocks"]):
        with quantizer.sketch.scope(f"block{i + 1}"):
            x = _block(model, quantizer, f"blocks.{i}", x)
    if c["norm_placement"] == "pre":
        with quantizer.sketch.scope("norm"):
            x = _norm(model, quantizer, "norm", x)
    return _head(model, quantizer, x)


def _chain(model: Trained, n: int, longest: Quantizer, progress: Progress | None) -> IntegerNetwork:
    """All passes round as the last one does, whose rows are the longest."""
    _transformer(model, longest, calibration(model, n, n - 1))

    def one_pass(tokens: int) -> IntegerNetwork:
        quantizer = Quantizer(
            weight_bits=longest.weight_bits, activation_bits=longest.activation_bits, like=longest
        )
        made = _transformer(model, quantizer, calibration(model, n, tokens - n - 1))
        if progress is not None:
            progress(tokens - n, n)
        return made

    return chain_of_thought(one_pass, n, prompt=n + 1)


def _block(model: Trained, quantizer: Quantizer, block: str, x: Real) -> Real:
    pre = model.config["norm_placement"] == "pre"
    scope = quantizer.sketch.scope
    with scope("attention"):
        h = _norm(model, quantizer, f"{block}.norm1", x) if pre else x
        mixed = _attention(model, quantizer, f"{block}.attention", h)
        x = quantizer.code(quantizer.add(x, mixed))
        x = x if pre else _norm(model, quantizer, f"{block}.norm1", x)
    with scope("feedforward"):
        h = _norm(model, quantizer, f"{block}.norm2", x) if pre else x
        up = _linear(model, quantizer, f"{block}.up", h)
        if model.config["activation"] == "relu":
            bent = quantizer.code(up, relu, name="relu")
        else:
            bent = quantizer.table(quantizer.code(up), gelu)
        down = _linear(model, quantizer, f"{block}.down", bent, one_scale=True)
        x = quantizer.code(quantizer.add(x, down))
        return x if pre else _norm(model, quantizer, f"{block}.norm2", x)


def _attention(model: Trained, quantizer: Quantizer, name: str, x: Real) -> Real:
    heads = model.config["heads"]
    n, width = x.edge.known.shape
    parts = []
    for part in "qkv":
        value = quantizer.code(_linear(model, quantizer, f"{name}.{part}", x))
        split = value.sample.reshape(-1, n, heads, width // heads)
        wide = quantizer.apply(Reshape((n, heads, width // heads)), value, sample=split)
        turned = split.transpose(0, 2, 1, 3)
        parts.append(quantizer.apply(Transpose((1, 0, 2)), wide, sample=turned))
    mixed = quantizer.attention(*parts, causal=True, top=2**quantizer.activation_bits - 1)
    turned = mixed.sample.transpose(0, 2, 1, 3)
    back = quantizer.apply(Transpose((1, 0, 2)), mixed, sample=turned)
    flat = quantizer.apply(Reshape((n, width)), back, sample=turned.reshape(-1, n, width))
    return _linear(model, quantizer, f"{name}.o", flat, one_scale=True)


# State space models ------------------------------------------------------------------------------


def _ssm(model: Trained, quantizer: Quantizer, letters: Integers) -> IntegerNetwork:
    c, w = model.config, model.weights
    exact = activations(model, letters)
    read = quantizer.integers("letter", letters, Code(0, c["vocabulary"] - 1, "one_hot"))
    with quantizer.sketch.scope("embedding"):
        x = quantizer.code(quantizer.embedding(read, w["embedding.weight"]))
    for i in range(c["blocks"]):
        block = f"blocks.{i}"
        with quantizer.sketch.scope(f"block{i + 1}"):
            h = _norm(model, quantizer, f"{block}.norm", x)
            value, gate, b, read_out = (
                quantizer.code(_linear(model, quantizer, f"{block}.{part}", h))
                for part in ("value", "gate", "b", "c")
            )
            delta = _linear(model, quantizer, f"{block}.delta", h)
            step = quantizer.code(delta, softplus, name="softplus")
            one = 2**quantizer.activation_bits - 1
            rates = np.exp(w[f"{block}.a_log"]) * step.step
            scan = SelectiveScan.exponential(rates, one, times_delta=True)
            operands = (step, b, read_out, value)
            edge = quantizer.sketch.add(scan, *(operand.edge for operand in operands))
            scale = np.prod([operand.step for operand in operands]) / one
            scanned = Real(edge, np.full(1, scale), np.zeros(1), exact[f"{block}.read"])
            gated = quantizer.product(quantizer.code(scanned), gate, right=silu)
            out = _linear(model, quantizer, f"{block}.out", gated, one_scale=True)
            x = quantizer.code(quantizer.add(x, out))
    with quantizer.sketch.scope("norm"):
        x = _norm(model, quantizer, "norm", x)
    return _head(model, quantizer, x)


# Convolutions ------------------------------------------------------------------------------------


def _cnn(model: Trained, quantizer: Quantizer) -> IntegerNetwork:
    c, w = model.config, model.weights
    pixels = calibration(model, 0)
    x = pixels.reshape(-1, 1, c["side"], c["side"])
    exact = activations(model, pixels)
    scope = quantizer.sketch.scope
    image = quantizer.integers("pixel", x, Code(0, c["levels"] - 1))
    with scope("conv1"):
        maps = quantizer.convolution(
            image, w["conv1.weight"], w["conv1.bias"], padding=c["padding"][0]
        )
        bent = quantizer.code(maps, relu, name="relu")
    with scope("pool"):
        pool = MaximumPool((c["pool"], c["pool"]), strides=c["pool"])
        pooled = quantizer.apply(pool, bent, sample=exact["pool"])
    with scope("conv2"):
        maps = quantizer.convolution(
            pooled, w["conv2.weight"], w["conv2.bias"], padding=c["padding"][1]
        )
        bent = quantizer.code(maps, relu, name="relu")
    with scope("head"):
        flat = bent.sample.reshape(len(pixels), -1)
        wide = quantizer.apply(Reshape((flat.shape[1],)), bent, sample=flat)
        scores = _linear(model, quantizer, "head", wide, one_scale=True)
        answer = quantizer.sketch.add(Argmax(c["classes"]), scores.edge)
    return quantizer.sketch.network(answer)


# Parts -------------------------------------------------------------------------------------------


def _linear(
    model: Trained, quantizer: Quantizer, name: str, x: Real, *, one_scale: bool = False
) -> Real:
    weights, bias = model.weights[f"{name}.weight"].T, model.weights[f"{name}.bias"]
    return quantizer.linear(x, weights, bias, one_scale=one_scale)


def _norm(model: Trained, quantizer: Quantizer, name: str, x: Real) -> Real:
    bias: Floats | float = model.weights.get(f"{name}.bias", 0.0)
    return quantizer.norm(
        x,
        model.weights[f"{name}.weight"],
        bias,
        eps=model.config["eps"],
        centered=model.config["norm"] == "layer",
    )


def _head(model: Trained, quantizer: Quantizer, x: Real) -> IntegerNetwork:
    """The class at the last position."""
    with quantizer.sketch.scope("head"):
        last = quantizer.apply(Slice(0, -1, None), x, sample=x.sample[:, -1:])
        width = x.edge.known.shape[-1]
        flat = quantizer.apply(Reshape((width,)), last, sample=x.sample[:, -1])
        scores = _linear(model, quantizer, "head", flat, one_scale=True).edge
        classes = model.config["classes"]
        if model.config["procedure"] == "chain_of_thought":
            # Letters are tokens too, which no chain says: below every score.
            letters = model.config["letters"]
            scores = quantizer.sketch.add(Pad([(letters, 0)], scores.known.least - 1), scores)
            classes += letters
        answer = quantizer.sketch.add(Argmax(classes), scores)
    return quantizer.sketch.network(answer)
