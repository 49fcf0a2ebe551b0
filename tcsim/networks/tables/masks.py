"""Masks: which query of an attention sees which key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError

if TYPE_CHECKING:
    import numpy.typing as npt


def padding_mask(lengths: object, keys: int) -> npt.NDArray[np.bool_]:
    """The mask of sequences that are padded at their ends.

    Args:
        lengths: how many keys are real, integers of shape ``(*batch,)``.
        keys: how many there are.

    Returns:
        Booleans, shape ``(*batch, 1, 1, keys)``, True at the real ones.

    Raises:
        NetworkError: lengths that are no integers in 1..keys.
    """
    real = np.asarray(lengths)
    if real.dtype.kind not in "iu" or (real < 1).any() or (real > keys).any():
        raise NetworkError(f"lengths are integers in 1..{keys}, not {lengths!r}")
    mask: npt.NDArray[np.bool_] = np.arange(keys) < real[..., None, None, None]
    return mask
