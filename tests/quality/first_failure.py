"""Pytest plugin: the `ci` examples, but the first that fails is enough; it is not made smaller."""

from hypothesis import Phase, settings

settings.register_profile(
    "first_failure",
    deadline=None,
    max_examples=100,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
)
