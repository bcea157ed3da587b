"""Writes a language model and the members that read it as one ONNX file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.extract.clues import SIZE as CLUES
from kg.extract.features import LABELS
from kg.train.names.network import FORBIDDEN, LAC_SIZE, grammar


class Drawing:
    """An ONNX graph in the making."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.stored: list[Any] = []

    def node(self, kind: str, inputs: Sequence[str], output: str, **attributes: Any) -> str:
        """Add a node and return its output's name."""
        from onnx import helper

        self.nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))
        return output

    def constant(self, name: str, array: NDArray[Any]) -> str:
        """Store whole numbers as they are."""
        from onnx import numpy_helper

        self.stored.append(numpy_helper.from_array(array, name))
        return name

    def weight(self, name: str, array: NDArray[Any]) -> str:
        """Store the weights of a layer; `write_tagger` cuts them down to bytes."""
        return self.constant(name, np.ascontiguousarray(array, dtype=np.float32))

    def rows(self, name: str, table: NDArray[Any], numbers: str) -> str:
        """The rows of an embedding, which is stored in half precision: only what is read is widened."""
        self.constant(f"{name}.half", table.astype(np.float16))
        return self.node("Cast", [self.node("Gather", [f"{name}.half", numbers], f"{name}.rows")], name, to=1)

    def linear(self, name: str, layer: Any, source: str) -> str:
        """A linear layer over the last axis."""
        product = self.node(
            "MatMul", [source, self.weight(f"{name}.w", _array(layer.weight).T)], f"{name}.product"
        )
        return self.node("Add", [product, self.weight(f"{name}.b", _array(layer.bias))], name)

    def lstm(self, name: str, layers: Sequence[Any], source: str, direction: str) -> str:
        """An LSTM (time first), from one layer of torch a direction."""
        stacked = [np.stack(parts) for parts in zip(*(_gates(layer) for layer in layers), strict=True)]
        weights = [self.weight(f"{name}.{part}", array) for part, array in zip("wrb", stacked, strict=True)]
        size = stacked[1].shape[2]
        states = self.node(
            "LSTM", [source, *weights, "length"], f"{name}.states", direction=direction, hidden_size=size
        )
        flat = self.node("Transpose", [states], f"{name}.turned", perm=[0, 2, 1, 3])
        return self.node("Reshape", [flat, "flat"], name)


def _array(tensor: Any) -> NDArray[np.float32]:
    return np.asarray(tensor.detach().numpy(), dtype=np.float32)


def _gates(layer: Any) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Weights with torch's gates (in, forget, cell, out) in the order of ONNX (in, out, forget, cell)."""

    def ordered(name: str) -> NDArray[np.float32]:
        first, second, third, fourth = np.split(_array(getattr(layer, name)), 4)
        return np.concatenate([first, fourth, second, third])

    bias = np.concatenate([ordered("bias_ih_l0"), ordered("bias_hh_l0")])
    return ordered("weight_ih_l0"), ordered("weight_hh_l0"), bias


def write_tagger(memory: Any, members: Sequence[Any], lists: tuple[list[str], list[str]], out: Path) -> None:
    """Write `out`: the mean score of `members`, which all read the language model `memory`."""
    import onnx

    drawing = Drawing()
    drawing.constant("flat", np.array([0, 0, -1], dtype=np.int64))
    words, states = _language_model(drawing, memory)
    voices = [_member(drawing, f"m{n}", part, (words, states)) for n, part in enumerate(members)]
    total = voices[0] if len(voices) == 1 else drawing.node("Mean", voices, "mean")
    drawing.node("Transpose", [total], "scores", perm=[1, 0, 2])
    value = onnx.helper.make_tensor_value_info
    whole, real = onnx.TensorProto.INT64, onnx.TensorProto.FLOAT
    inputs = [value(name, whole, ["B", "T"]) for name in ("chars", "left", "right", "tags")]
    inputs += [
        value("hidden", real, ["B", "T", LAC_SIZE]),
        value("clues", real, ["B", "T", CLUES]),
        value("length", onnx.TensorProto.INT32, ["B"]),
    ]
    outputs = [value("scores", real, ["B", "T", len(LABELS)])]
    graph = onnx.helper.make_graph(drawing.nodes, "tagger", inputs, outputs, drawing.stored)
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 13)])
    model.ir_version = 8
    onnx.helper.set_model_props(model, _properties(members, lists))
    onnx.checker.check_model(model)
    _quantise(model, out)


def _quantise(model: Any, out: Path) -> None:
    """Write `model` with weights of seven bits, which no processor's eight-bit sums overflow."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        model,
        out,
        op_types_to_quantize=["LSTM", "MatMul"],
        weight_type=QuantType.QInt8,
        reduce_range=True,
    )


def _properties(members: Sequence[Any], lists: tuple[list[str], list[str]]) -> dict[str, str]:
    moves = np.mean([_array(member["moves"].weight) for member in members], axis=0) + grammar()[0]
    chars, bigrams = lists
    return {
        "chars": json.dumps(chars, ensure_ascii=False),
        "bigrams": json.dumps(bigrams, ensure_ascii=False),
        "transitions": json.dumps(
            [[round(float(cell), 4) if cell > FORBIDDEN / 2 else FORBIDDEN for cell in row] for row in moves]
        ),
    }


def _language_model(drawing: Drawing, parts: Any) -> tuple[str, str]:
    chars = drawing.rows("lm.chars", _array(parts["chars"].weight), "chars")
    pairs = _array(parts["bigrams"].weight)
    drawing.constant("lm.bigrams.half", pairs.astype(np.float16))
    sides = []
    for side in ("left", "right"):
        found = drawing.node("Gather", ["lm.bigrams.half", side], f"lm.{side}.rows")
        sides.append(drawing.node("Cast", [found], f"lm.{side}", to=1))
    states = []
    for side, layer, direction in zip(sides, ("ahead", "back"), ("forward", "reverse"), strict=True):
        joined = drawing.node("Concat", [chars, side], f"lm.{layer}.input", axis=2)
        turned = drawing.node("Transpose", [joined], f"lm.{layer}.timed", perm=[1, 0, 2])
        states.append(drawing.lstm(f"lm.{layer}", [parts[layer]], turned, direction))
    words = drawing.node("Concat", [chars, *sides], "lm.words", axis=2)
    return (
        drawing.node("Transpose", [words], "lm.words.timed", perm=[1, 0, 2]),
        drawing.node("Concat", states, "lm.memory", axis=2),
    )


def _member(drawing: Drawing, name: str, parts: Any, below: tuple[str, str]) -> str:
    words, memory = below
    turned = {}
    for source in ("hidden", "clues"):
        turned[source] = drawing.node("Transpose", [source], f"{name}.{source}.timed", perm=[1, 0, 2])
    tags = drawing.rows(f"{name}.tags", _array(parts["tags"].weight), "tags")
    hints = drawing.linear(f"{name}.clues", parts["clues"], turned["clues"])
    inputs = [
        words,
        drawing.node("Transpose", [tags], f"{name}.tags.timed", perm=[1, 0, 2]),
        drawing.node("Relu", [hints], f"{name}.hints"),
        drawing.linear(f"{name}.lac", parts["lac"], turned["hidden"]),
        drawing.linear(f"{name}.memory", parts["memory"], memory),
    ]
    joined = drawing.node("Concat", inputs, f"{name}.input", axis=2)
    states = drawing.lstm(f"{name}.lstm", [parts["ahead"], parts["back"]], joined, "bidirectional")
    return drawing.linear(f"{name}.scores", parts["out_gold"], states)
