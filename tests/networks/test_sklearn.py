"""Freshly trained perceptrons of scikit-learn, read, quantized and compiled."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import NetworkError

reason = "needs scikit-learn: pip install 'tcsim[test]'"
neural_network = pytest.importorskip("sklearn.neural_network", reason=reason)
exceptions = pytest.importorskip("sklearn.exceptions", reason=reason)

RANDOM = np.random.default_rng(0)
ROWS = RANDOM.normal(size=(120, 3))
SCORE = ROWS @ [1.0, -2.0, 0.5]

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")


def fitted(kind: str, targets: object, **options: object):
    settings = {"hidden_layer_sizes": (6,), "max_iter": 150, "solver": "lbfgs", "random_state": 0}
    return getattr(neural_network, kind)(**{**settings, **options}).fit(ROWS, targets)


def compiled_agreement(
    network: tc.networks.FloatNetwork, targets: object
) -> tc.networks.NetworkCheck:
    integer = tc.networks.quantize(network, ROWS, activation_bits=6)
    return tc.networks.check(network, integer, tc.networks.compile(integer), ROWS, targets)


@pytest.mark.parametrize("activation", ["identity", "logistic", "tanh", "relu"])
def test_multiclass(activation: str) -> None:
    labels = np.array(["low", "mid", "high"])[np.digitize(SCORE, [-1.0, 1.0])]
    model = fitted("MLPClassifier", labels, activation=activation)
    network = tc.networks.from_sklearn(model)
    assert network.sizes == (3, 6, 3)
    assert network.labels == ("high", "low", "mid")
    assert np.array_equal(network.predict(ROWS), model.predict(ROWS))
    found = compiled_agreement(network, labels)
    assert found.agree
    assert found.float_accuracy == model.score(ROWS, labels)
    assert found.integer_accuracy >= found.float_accuracy - 0.05


@pytest.mark.parametrize("labels", [[0, 1], ["no", "yes"], [False, True]])
def test_binary_has_one_output_unit(labels: list[object]) -> None:
    targets = np.array(labels)[(SCORE > 0).astype(int)]
    model = fitted("MLPClassifier", targets)
    assert model.coefs_[-1].shape[1] == 1
    network = tc.networks.from_sklearn(model)
    assert np.array_equal(network.predict(ROWS), model.predict(ROWS))
    found = compiled_agreement(network, targets)
    assert found.agree
    assert found.integer_accuracy >= found.float_accuracy - 0.05


@pytest.mark.parametrize("outputs", [1, 2])
def test_regressor(outputs: int) -> None:
    targets = np.stack([SCORE, 100 + SCORE**2], axis=1)[:, :outputs]
    model = fitted("MLPRegressor", targets if outputs > 1 else targets[:, 0], activation="tanh")
    network = tc.networks.from_sklearn(model)
    assert not network.classify
    assert np.allclose(network(ROWS).squeeze(), model.predict(ROWS))
    found = compiled_agreement(network, targets)
    assert found.agree
    assert found.float_accuracy == pytest.approx(model.score(ROWS, targets))
    assert found.integer_accuracy >= found.float_accuracy - 0.05


def test_deeper_networks() -> None:
    model = fitted("MLPClassifier", SCORE > 0, hidden_layer_sizes=(4, 5))
    network = tc.networks.from_sklearn(model)
    assert network.sizes == (3, 4, 5, 2)
    assert np.array_equal(network.predict(ROWS), model.predict(ROWS))


WITHOUT_END = {
    "activation": "relu",
    "hidden_layer_sizes": (1,),
    "coefs_": [np.ones((2, 1))],
    "intercepts_": [np.zeros(1)],
}


def tampered(**changes: object) -> Any:
    model = fitted("MLPClassifier", SCORE > 0)
    for name, value in changes.items():
        setattr(model, name, value)
    return model


def test_what_is_refused() -> None:
    unfitted = neural_network.MLPClassifier()
    multilabel = fitted("MLPClassifier", np.stack([SCORE > 0, SCORE > 1], axis=1).astype(int))
    broken = fitted("MLPClassifier", SCORE > 0)
    broken.coefs_[1][0, 0] = np.nan
    short = fitted("MLPClassifier", SCORE > 0)
    short.intercepts_ = short.intercepts_[:1]
    for model, message in [
        (unfitted, "this MLPClassifier is not fitted: call its fit"),
        (multilabel, "multilabel classifier of 2 labels"),
        (broken, r"layer 2: weights\[0, 0\] is nan"),
        (short, "2 coefs_ but 1 intercepts_"),
        (tampered(coefs_=None), "MLPClassifier is not as its fit method leaves it"),
        (tampered(coefs_=["a", "b"]), "not as its fit method leaves it"),
        (SimpleNamespace(**WITHOUT_END), "out_activation_"),
        (object(), "takes an MLPClassifier or MLPRegressor, not object"),
        (neural_network.MLPClassifier, "takes an MLPClassifier"),
        (neural_network.BernoulliRBM(), "not BernoulliRBM"),
    ]:
        with pytest.raises(NetworkError, match=message):
            tc.networks.from_sklearn(model)


def test_any_object_with_the_attributes_will_do() -> None:
    model = SimpleNamespace(
        activation="relu",
        hidden_layer_sizes=(1,),
        coefs_=[np.ones((2, 1)), np.ones((1, 1))],
        intercepts_=[np.zeros(1), np.zeros(1)],
        out_activation_="exp",
    )
    with pytest.raises(NetworkError, match="layer 2: unknown activation 'exp'"):
        tc.networks.from_sklearn(model)
    model.out_activation_ = "identity"
    assert tc.networks.from_sklearn(model)([[1.0, 2.0]]).tolist() == [[3.0]]
