"""Pictures of circuits: a layered SVG, a page to step through, plots of levels and of depth.

`draw` and `step_view` need nothing beyond tcsim itself; the plots need Matplotlib (extra ``plot``).
"""

from tcsim.draw.drawing import Drawing, Page
from tcsim.draw.growth import plot_family
from tcsim.draw.plots import plot_depth, plot_levels, plot_trade_off
from tcsim.draw.steps import step_view
from tcsim.draw.view import draw

__all__ = [
    "Drawing",
    "Page",
    "draw",
    "plot_depth",
    "plot_family",
    "plot_levels",
    "plot_trade_off",
    "step_view",
]
