"""Analysis of Boolean functions: spectrum, Chow parameters, influence, sensitivity, discrepancy."""

from tcsim.analysis.estimate import Estimate
from tcsim.analysis.flips import (
    SampledSensitivity,
    Sensitivity,
    influences,
    sample,
    sensitivity,
    total_influence,
)
from tcsim.analysis.fourier import (
    chow_parameters,
    fourier_coefficient,
    fourier_spectrum,
    fourier_weights,
    walsh_hadamard,
)
from tcsim.analysis.rectangles import Discrepancy, communication_matrix, discrepancy
from tcsim.analysis.table import truth_values

__all__ = [
    "Discrepancy",
    "Estimate",
    "SampledSensitivity",
    "Sensitivity",
    "chow_parameters",
    "communication_matrix",
    "discrepancy",
    "fourier_coefficient",
    "fourier_spectrum",
    "fourier_weights",
    "influences",
    "sample",
    "sensitivity",
    "total_influence",
    "truth_values",
    "walsh_hadamard",
]
