"""Where the learned models are: in the package, or, for measuring, in the folder that KG_MODELS names.

A model must not be measured on articles that it was trained on. `tests/bench/quality.py` trains one
set of models for each fold and points `KG_MODELS` at the set that has not seen the fold.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

VARIABLE: Final = "KG_MODELS"
_SHIPPED = Path(__file__).parent / "data"


def model_file(name: str) -> Path:
    """The file of the model `name`: the one in the folder of `KG_MODELS`, or else the shipped one."""
    folder = os.environ.get(VARIABLE)
    if folder and (other := Path(folder) / name).is_file():
        return other
    return _SHIPPED / name
