"""Pictures: the graph of problems and rules, and instances before and after a rule."""

from reductions.pictures.before_after import draw_rule
from reductions.pictures.problem_graph import draw_graph, to_dot

__all__ = ["draw_graph", "draw_rule", "to_dot"]
