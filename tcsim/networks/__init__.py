"""Trained networks as integer networks, and integer networks as threshold circuits, bit for bit.

A float network is quantized into an `IntegerNetwork`, which loses accuracy, and the loss is
measured; an integer network is compiled into a circuit, which loses nothing. Everything named here
is loaded on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tcsim.networks.blocks.nonlinear import activate as activate
    from tcsim.networks.blocks.nonlinear import clip as clip
    from tcsim.networks.blocks.nonlinear import sign as sign
    from tcsim.networks.blocks.nonlinear import step as step
    from tcsim.networks.blocks.transformer import post_norm_block as post_norm_block
    from tcsim.networks.blocks.transformer import pre_norm_block as pre_norm_block
    from tcsim.networks.codes import Code as Code
    from tcsim.networks.compiling import compile as compile  # noqa: A004 - tc.networks.compile
    from tcsim.networks.exporting.onnx import to_onnx as to_onnx
    from tcsim.networks.exporting.torch import to_torch as to_torch
    from tcsim.networks.from_circuit import to_network as to_network
    from tcsim.networks.importers.bert.importing import from_bert as from_bert
    from tcsim.networks.importers.imported import Imported as Imported
    from tcsim.networks.importers.onnx.importing import from_onnx as from_onnx
    from tcsim.networks.importers.sklearn import from_sklearn as from_sklearn
    from tcsim.networks.importers.tflite.importing import from_tflite as from_tflite
    from tcsim.networks.importers.torch.importing import from_torch as from_torch
    from tcsim.networks.inputs import Inputs as Inputs
    from tcsim.networks.integer import IntegerNetwork as IntegerNetwork
    from tcsim.networks.measuring.cost import Cost as Cost
    from tcsim.networks.measuring.cost import NetworkCost as NetworkCost
    from tcsim.networks.measuring.verifying import verify as verify
    from tcsim.networks.node import Node as Node
    from tcsim.networks.operations.affine import Affine as Affine
    from tcsim.networks.operations.argmax import Argmax as Argmax
    from tcsim.networks.operations.arrangement import Broadcast as Broadcast
    from tcsim.networks.operations.arrangement import Concatenate as Concatenate
    from tcsim.networks.operations.arrangement import Gather as Gather
    from tcsim.networks.operations.arrangement import Pad as Pad
    from tcsim.networks.operations.arrangement import Reshape as Reshape
    from tcsim.networks.operations.arrangement import Slice as Slice
    from tcsim.networks.operations.arrangement import Stack as Stack
    from tcsim.networks.operations.arrangement import Transpose as Transpose
    from tcsim.networks.operations.combine import Combine as Combine
    from tcsim.networks.operations.compare import Compare as Compare
    from tcsim.networks.operations.constant import Constant as Constant
    from tcsim.networks.operations.convolution import Convolution as Convolution
    from tcsim.networks.operations.convolution import window_sums as window_sums
    from tcsim.networks.operations.embedding import Embedding as Embedding
    from tcsim.networks.operations.fused_product import FusedProduct as FusedProduct
    from tcsim.networks.operations.group_norm import GroupNorm as GroupNorm
    from tcsim.networks.operations.hard_attention import HardAttention as HardAttention
    from tcsim.networks.operations.indicators import Indicators as Indicators
    from tcsim.networks.operations.layer_norm import LayerNorm as LayerNorm
    from tcsim.networks.operations.linear_attention import LinearAttention as LinearAttention
    from tcsim.networks.operations.linear_recurrence import LinearRecurrence as LinearRecurrence
    from tcsim.networks.operations.matrix_product import MatrixProduct as MatrixProduct
    from tcsim.networks.operations.maximum import Maximum as Maximum
    from tcsim.networks.operations.maximum import Minimum as Minimum
    from tcsim.networks.operations.maximum_pool import MaximumPool as MaximumPool
    from tcsim.networks.operations.product import Product as Product
    from tcsim.networks.operations.recode import Recode as Recode
    from tcsim.networks.operations.requantize import Requantize as Requantize
    from tcsim.networks.operations.rms_norm import RMSNorm as RMSNorm
    from tcsim.networks.operations.selective_scan import SelectiveScan as SelectiveScan
    from tcsim.networks.operations.softmax import Softmax as Softmax
    from tcsim.networks.operations.softmax_attention import SoftmaxAttention as SoftmaxAttention
    from tcsim.networks.operations.softmax_average import SoftmaxAverage as SoftmaxAverage
    from tcsim.networks.operations.softmax_product import SoftmaxProduct as SoftmaxProduct
    from tcsim.networks.operations.sum import Sum as Sum
    from tcsim.networks.operations.table import Table as Table
    from tcsim.networks.operations.tabulate import Tabulate as Tabulate
    from tcsim.networks.operations.top_k import Largest as Largest
    from tcsim.networks.operations.top_k import Rank as Rank
    from tcsim.networks.operations.top_k import TopK as TopK
    from tcsim.networks.operations.word_arithmetic import WordArithmetic as WordArithmetic
    from tcsim.networks.operations.word_sum import WordSum as WordSum
    from tcsim.networks.quantizing.checking import NetworkCheck as NetworkCheck
    from tcsim.networks.quantizing.checking import check as check
    from tcsim.networks.quantizing.feed_forward import quantize as quantize
    from tcsim.networks.quantizing.floats import FloatLayer as FloatLayer
    from tcsim.networks.quantizing.floats import FloatNetwork as FloatNetwork
    from tcsim.networks.quantizing.floats import from_layers as from_layers
    from tcsim.networks.quantizing.folding import fold_batch_norm as fold_batch_norm
    from tcsim.networks.quantizing.folding import fold_scale as fold_scale
    from tcsim.networks.quantizing.quantizer import Quantizer as Quantizer
    from tcsim.networks.rewriting.fusing import fused as fused
    from tcsim.networks.rewriting.minimizing import minimize as minimize
    from tcsim.networks.running import run as run
    from tcsim.networks.shipped import BuiltIn as BuiltIn
    from tcsim.networks.shipped import builtin as builtin
    from tcsim.networks.sketch import Sketch as Sketch
    from tcsim.networks.tables.exp_table import ExpTable as ExpTable
    from tcsim.networks.tables.masks import padding_mask as padding_mask
    from tcsim.networks.tables.positions import add_positions as add_positions
    from tcsim.networks.tables.positions import sinusoidal as sinusoidal
    from tcsim.networks.tables.rescaling import rescale as rescale

BUILTIN = {
    "digits": "tcsim.networks.digits:load",
}
"""The networks that ship with the package: name -> what loads it. Listing them loads nothing."""

_HOME = {
    "Affine": "tcsim.networks.operations.affine",
    "Argmax": "tcsim.networks.operations.argmax",
    "Broadcast": "tcsim.networks.operations.arrangement",
    "BuiltIn": "tcsim.networks.shipped",
    "Code": "tcsim.networks.codes",
    "Combine": "tcsim.networks.operations.combine",
    "Compare": "tcsim.networks.operations.compare",
    "Concatenate": "tcsim.networks.operations.arrangement",
    "Constant": "tcsim.networks.operations.constant",
    "Convolution": "tcsim.networks.operations.convolution",
    "Cost": "tcsim.networks.measuring.cost",
    "Embedding": "tcsim.networks.operations.embedding",
    "ExpTable": "tcsim.networks.tables.exp_table",
    "FloatLayer": "tcsim.networks.quantizing.floats",
    "FloatNetwork": "tcsim.networks.quantizing.floats",
    "FusedProduct": "tcsim.networks.operations.fused_product",
    "Gather": "tcsim.networks.operations.arrangement",
    "GroupNorm": "tcsim.networks.operations.group_norm",
    "HardAttention": "tcsim.networks.operations.hard_attention",
    "Imported": "tcsim.networks.importers.imported",
    "Indicators": "tcsim.networks.operations.indicators",
    "Inputs": "tcsim.networks.inputs",
    "IntegerNetwork": "tcsim.networks.integer",
    "Largest": "tcsim.networks.operations.top_k",
    "LayerNorm": "tcsim.networks.operations.layer_norm",
    "LinearAttention": "tcsim.networks.operations.linear_attention",
    "LinearRecurrence": "tcsim.networks.operations.linear_recurrence",
    "MatrixProduct": "tcsim.networks.operations.matrix_product",
    "Maximum": "tcsim.networks.operations.maximum",
    "MaximumPool": "tcsim.networks.operations.maximum_pool",
    "Minimum": "tcsim.networks.operations.maximum",
    "NetworkCheck": "tcsim.networks.quantizing.checking",
    "NetworkCost": "tcsim.networks.measuring.cost",
    "Node": "tcsim.networks.node",
    "Pad": "tcsim.networks.operations.arrangement",
    "Product": "tcsim.networks.operations.product",
    "RMSNorm": "tcsim.networks.operations.rms_norm",
    "Quantizer": "tcsim.networks.quantizing.quantizer",
    "Rank": "tcsim.networks.operations.top_k",
    "Recode": "tcsim.networks.operations.recode",
    "Requantize": "tcsim.networks.operations.requantize",
    "Reshape": "tcsim.networks.operations.arrangement",
    "SelectiveScan": "tcsim.networks.operations.selective_scan",
    "Sketch": "tcsim.networks.sketch",
    "Slice": "tcsim.networks.operations.arrangement",
    "Softmax": "tcsim.networks.operations.softmax",
    "SoftmaxAttention": "tcsim.networks.operations.softmax_attention",
    "SoftmaxAverage": "tcsim.networks.operations.softmax_average",
    "SoftmaxProduct": "tcsim.networks.operations.softmax_product",
    "Stack": "tcsim.networks.operations.arrangement",
    "Sum": "tcsim.networks.operations.sum",
    "Table": "tcsim.networks.operations.table",
    "Tabulate": "tcsim.networks.operations.tabulate",
    "TopK": "tcsim.networks.operations.top_k",
    "Transpose": "tcsim.networks.operations.arrangement",
    "WordArithmetic": "tcsim.networks.operations.word_arithmetic",
    "WordSum": "tcsim.networks.operations.word_sum",
    "activate": "tcsim.networks.blocks.nonlinear",
    "add_positions": "tcsim.networks.tables.positions",
    "builtin": "tcsim.networks.shipped",
    "check": "tcsim.networks.quantizing.checking",
    "clip": "tcsim.networks.blocks.nonlinear",
    "compile": "tcsim.networks.compiling",
    "fold_batch_norm": "tcsim.networks.quantizing.folding",
    "fold_scale": "tcsim.networks.quantizing.folding",
    "from_bert": "tcsim.networks.importers.bert.importing",
    "from_layers": "tcsim.networks.quantizing.floats",
    "from_onnx": "tcsim.networks.importers.onnx.importing",
    "from_sklearn": "tcsim.networks.importers.sklearn",
    "from_tflite": "tcsim.networks.importers.tflite.importing",
    "from_torch": "tcsim.networks.importers.torch.importing",
    "fused": "tcsim.networks.rewriting.fusing",
    "minimize": "tcsim.networks.rewriting.minimizing",
    "padding_mask": "tcsim.networks.tables.masks",
    "post_norm_block": "tcsim.networks.blocks.transformer",
    "pre_norm_block": "tcsim.networks.blocks.transformer",
    "quantize": "tcsim.networks.quantizing.feed_forward",
    "rescale": "tcsim.networks.tables.rescaling",
    "run": "tcsim.networks.running",
    "sign": "tcsim.networks.blocks.nonlinear",
    "sinusoidal": "tcsim.networks.tables.positions",
    "step": "tcsim.networks.blocks.nonlinear",
    "to_network": "tcsim.networks.from_circuit",
    "to_onnx": "tcsim.networks.exporting.onnx",
    "to_torch": "tcsim.networks.exporting.torch",
    "verify": "tcsim.networks.measuring.verifying",
    "window_sums": "tcsim.networks.operations.convolution",
}
"""Where each public name lives. No function has the name of a module of this package: importing
the latter would put it in the former's place."""

__all__ = ["BUILTIN", *_HOME]  # noqa: PLE0604 - the keys are strings


ROOMS = ("cells", "constructed", "procedures", "trained")
"""Packages inside this one that are reached as its attributes."""


def __getattr__(name: str) -> object:
    if name in ROOMS:
        return import_module(f"tcsim.networks.{name}")
    if name in _HOME:
        value = getattr(import_module(_HOME[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'tcsim.networks' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
