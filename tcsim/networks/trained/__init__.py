"""Small models trained to show what serial computation buys, with all that measuring them needs.

Words of letters are read by a transformer in a single pass, by the same transformer with a chain of
thought, by a recurrent network and by a selective state space model; a convolutional network reads
digits. The scripts ``examples/train_*.py`` made the files. See also `tasks` (the data),
`reference` (what a model computes, layer by layer) and `procedures` (how it is asked).
"""

from tcsim.networks.trained.loading import Trained, load, names, read

__all__ = ["Trained", "load", "names", "read"]
