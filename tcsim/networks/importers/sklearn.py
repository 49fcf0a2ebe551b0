"""Multilayer perceptrons of scikit-learn, which is not imported: only attributes are read."""

from __future__ import annotations

from typing import Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.quantizing.floats import FloatNetwork, from_layers


def from_sklearn(model: object) -> FloatNetwork:
    """The network of a fitted ``MLPClassifier`` or ``MLPRegressor``.

    A binary classifier, which has a single logistic output unit, decides for its second class
    where the unit's input is above 0, as scikit-learn does.

    Args:
        model: a fitted model. One inside a pipeline is taken out of it: what stands before it
            (a scaler, say) is applied to the rows by the caller.

    Raises:
        NetworkError: no such model, not fitted, or a kind that is not supported (multilabel
            classifiers); or weights that are not finite.
    """
    source: Any = model
    name = type(model).__name__
    if not all(hasattr(model, one) for one in ("activation", "hidden_layer_sizes")):
        raise NetworkError(f"from_sklearn takes an MLPClassifier or MLPRegressor, not {name}")
    if not hasattr(model, "coefs_"):
        raise NetworkError(f"this {name} is not fitted: call its fit method first")
    try:
        return _read(source, name)
    except (AttributeError, IndexError, TypeError) as error:
        raise NetworkError(f"this {name} is not as its fit method leaves it: {error}") from None


def _read(source: Any, name: str) -> FloatNetwork:  # noqa: ANN401
    if len(source.coefs_) != len(source.intercepts_) or not len(source.coefs_):
        raise NetworkError(
            f"this {name} has {len(source.coefs_)} coefs_ but {len(source.intercepts_)} intercepts_"
        )
    classify = hasattr(source, "classes_")
    last = source.out_activation_
    outputs = np.shape(source.coefs_[-1])[-1]
    if classify and last == "logistic" and outputs > 1:
        raise NetworkError(
            f"this {name} is a multilabel classifier of {outputs} labels: only one label per row "
            "is supported"
        )
    hidden = [source.activation] * (len(source.coefs_) - 1)
    return from_layers(
        zip(source.coefs_, source.intercepts_, [*hidden, last], strict=True),
        classify=classify,
        labels=np.asarray(source.classes_).tolist() if classify else None,
    )
