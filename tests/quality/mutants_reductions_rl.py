"""Planted bugs in the DO1 environment: observations, masks, ends, rewards, sources."""

from tests.quality.mutants import Mutant

ENVIRONMENT = "tests/reductions/test_environment.py::{}"
VECTOR = "tests/reductions/test_environment_vector.py::{}"
RENDERING = "tests/reductions/test_environment_rendering.py::{}"
RL = "reductions/rl/{}.py"

ENVIRONMENT_BUGS = [
    Mutant(
        "environment: an episode of a forfeit goes on",
        RL.format("environment"),
        "self._over = illegal or self.state.step == game.horizon",
        "self._over = self.state.step == game.horizon",
        ENVIRONMENT.format("test_illegal_actions_forfeit"),
    ),
    Mutant(
        "environment: a forfeit pays what was taken before",
        RL.format("environment"),
        "reward = 0 if illegal else game.reward(self.state)",
        "reward = game.worth(self.state) if illegal else game.reward(self.state)",
        ENVIRONMENT.format("test_illegal_actions_forfeit"),
    ),
    Mutant(
        "environment: chosen gates of the chain are shown in the circuit",
        RL.format("environment"),
        "first = self.layout.gates if self.state.side == rules.CHAIN else 0",
        "first = 0",
        ENVIRONMENT.format("test_arrays_show_the_state"),
    ),
    Mutant(
        "environment: each reset starts the seed anew",
        RL.format("environment"),
        "game = self.source.draw(self.np_random)",
        "game = self.source.draw(np.random.default_rng(seed))",
        ENVIRONMENT.format("test_seeds_decide_the_games"),
    ),
    Mutant(
        "boards: the removed circuit stays in sight",
        RL.format("boards"),
        '"reads": self._reads * circuit[:, None, None]',
        '"reads": self._reads * 1',
        VECTOR.format("test_what_was_removed_is_out_of_sight"),
    ),
    Mutant(
        "boards: wires of gates are not moved behind the room for inputs",
        RL.format("boards"),
        "np.where(wire < n, wire, wire - n + room.inputs)",
        "wire",
        ENVIRONMENT.format("test_arrays_show_the_state"),
    ),
    Mutant(
        "boards: a game leaves wires of the one before it",
        RL.format("boards"),
        "self._reads[place] = 0\n",
        "pass\n",
        VECTOR.format("test_boards_keep_nothing_of_the_game_before"),
    ),
    Mutant(
        "layout: passing has the number of the chain's last gate",
        RL.format("boards"),
        "if number == self.picks:",
        "if number >= self.picks - 1:",
        ENVIRONMENT.format("test_it_plays_the_game"),
    ),
    Mutant(
        "graphs: edges of the chain keep the numbers of a chain alone",
        RL.format("graphs"),
        "np.concatenate((links, steps + len(nodes)))",
        "np.concatenate((links, steps))",
        ENVIRONMENT.format("test_graphs_show_the_state"),
    ),
    Mutant(
        "sources: the chain beside a reduced circuit is as long as the gap's",
        RL.format("sources"),
        "int(-(-gap.threshold * gap.epsilon // 1))",
        "gap.threshold",
        ENVIRONMENT.format("test_the_better_side_answers_the_circuit_value_problem"),
    ),
    Mutant(
        "vector: a gate may be chosen twice",
        RL.format("vector"),
        "picks = self._boards.present & ~self._chosen & ~removed",
        "picks = self._boards.present & ~removed",
        VECTOR.format("test_it_does_what_single_environments_do"),
    ),
    Mutant(
        "vector: gates of value 0 pay",
        RL.format("vector"),
        "return np.where(wrong, 0, deepest)",
        "return deepest",
        VECTOR.format("test_it_does_what_single_environments_do"),
    ),
    Mutant(
        "vector: a new game keeps the side of the old one",
        RL.format("vector"),
        "self._side[games] = NO_SIDE",
        "pass",
        VECTOR.format("test_it_does_what_single_environments_do"),
    ),
    Mutant(
        "vector: equal sides: the chain's",
        RL.format("vector"),
        "(chain > circuit)",
        "(chain >= circuit)",
        VECTOR.format("test_it_does_what_single_environments_do"),
    ),
    Mutant(
        "rendering: chosen gates are not marked",
        RL.format("rendering"),
        'return "*" if state.side == side and gate in state.chosen else ""',
        'return ""',
        RENDERING.format("test_text"),
    ),
]
