"""Configuration of the documentation: `sphinx-build -W -b html docs docs/_build`.

The package must be installed; pages with code cells run, and a page that fails stops the build.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from importlib.metadata import version as installed_version
from types import ModuleType

from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx

project = "tcsim"
author = "The tcsim authors"
project_copyright = "2026, The tcsim authors"
version = release = installed_version("tcsim")

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.napoleon",
    "sphinx_click",
    "sphinx_copybutton",
    "sphinx_design",
]
exclude_patterns = ["_build", "**/.ipynb_checkpoints", "**/jupyter_execute"]
templates_path = ["_templates"]

html_theme = "furo"
html_title = "tcsim"
copybutton_exclude = ".linenos, .gp, .go"

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120

autoclass_content = "class"
autodoc_default_options = {"members": True, "member-order": "bysource", "show-inheritance": True}
autodoc_typehints = "signature"
autosummary_generate = True
suppress_warnings = ["ref.python"]  # private classes of different rooms may share a name
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True  # an attribute is described once, by its class


def public_names(package: ModuleType) -> list[tuple[str, str, str]]:
    """The names in `__all__`: each with the place that documents it, if any, and what it is for."""
    rows = []
    for name in getattr(package, "__all__", []):
        value = getattr(package, name)
        if inspect.isclass(value) or inspect.isroutine(value):
            summary = (inspect.getdoc(value) or "").partition("\n")[0]
            rows.append((name, f"{value.__module__}.{value.__qualname__}", summary))
        else:
            rows.append((name, "", ""))
    return rows


def packages() -> Iterator[ModuleType]:
    """The three packages and every public package inside them."""
    for name in ("tcsim", "reductions", "proofs_check"):
        top = importlib.import_module(name)
        yield top
        for found in pkgutil.walk_packages(top.__path__, f"{name}."):
            if found.ispkg and "._" not in found.name:
                yield importlib.import_module(found.name)


# Rooms whose modules have no pages: nothing in them is for users to call.
INNER = (
    "tcsim.cli",
    "tcsim.networks.circuits",
    "tcsim.networks.costs",
    "tcsim.networks.words",
    "tcsim.simulate.kernels",
)

# For _templates/autosummary/module.rst: a package has a page, with its modules on it. Plain data,
# so that Sphinx can keep it between builds.
autosummary_context = {
    "inner": list(INNER),
    "public_names": {
        package.__name__: public_names(package)
        for package in packages()
        if not package.__name__.startswith(INNER)
    },
}


def setup(app: Sphinx) -> None:
    """Blocks of circuit formats are shown plain."""
    for language in ("bench", "blif", "tc", "th"):
        app.add_lexer(language, TextLexer)
