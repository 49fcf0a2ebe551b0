"""Turing machines of one tape: as data, run step by step, and as circuits (their tableaux)."""

from tcsim.uniformity.turing.examples import (
    busy_beaver,
    counter,
    increment,
    palindromes,
    parity,
)
from tcsim.uniformity.turing.machine import Outcome, TuringMachine
from tcsim.uniformity.turing.tableau import TableauCost, tableau, tableau_cost
from tcsim.uniformity.turing.uniform import tableau_programs

__all__ = [
    "Outcome",
    "TableauCost",
    "TuringMachine",
    "busy_beaver",
    "counter",
    "increment",
    "palindromes",
    "parity",
    "tableau",
    "tableau_cost",
    "tableau_programs",
]
