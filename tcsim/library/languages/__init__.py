"""Regular languages: automata, expressions, transition monoids, and the circuits that follow.

- `automaton`: deterministic finite automata; `expression`, `positions`: regular expressions.
- `monoid`: the transition monoid; whether it is aperiodic, a group, solvable.
- `route`: the class that follows from the monoid.
- `streams`, `decomposition`, `groups`: the automaton as a cascade of memories and counters.
- `shortcut`, `covers`, `truth`: the circuit of constant depth that the cascade gives.
- `growth`: how large it becomes.
- `tree`: the circuit of logarithmic depth that every automaton has.
- `recognize`: membership over the wires of a word; `records`, `regular_tree`: as families.
"""
