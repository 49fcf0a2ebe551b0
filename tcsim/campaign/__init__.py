"""Campaigns: circuits on all or on very many input vectors, on every processor there is.

A campaign cuts the vectors into ranges, maps each to a partial result, and combines these. The
result is the same however it was cut, in whatever order the parts were done, and whoever did them.
"""

from tcsim.campaign.campaigns import Result, exhaustive, random
from tcsim.campaign.compare import Compare, Comparison
from tcsim.campaign.count import Count
from tcsim.campaign.find import Find
from tcsim.campaign.histogram import Histogram, Ones
from tcsim.campaign.task import Extent, Task

__all__ = [
    "Compare",
    "Comparison",
    "Count",
    "Extent",
    "Find",
    "Histogram",
    "Ones",
    "Result",
    "Task",
    "exhaustive",
    "random",
]
