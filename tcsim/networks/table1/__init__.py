"""The table of architectures (paper, 2.3), measured: depth against n, beside what is proved.

Each row is a family of small integer networks with weights from a seed. Its depth formula is
derived from parts at n = 2 and held against the circuits, or their exact formulas, at every n that
is asked for. `experiment` has the other half: what trained models get right, and how deep they are.
"""

from tcsim.networks.table1.architectures import ARCHITECTURES, Architecture
from tcsim.networks.table1.measuring import table
from tcsim.networks.table1.rows import Measurement, Row, to_json
from tcsim.networks.table1.theory import Theory

__all__ = ["ARCHITECTURES", "Architecture", "Measurement", "Row", "Theory", "table", "to_json"]
