"""The foreign relations of Kyrgyzstan, from the command line and from Python."""

__version__ = "0.1.0"
__all__ = [
    "Fact", "FactBase", "FactBaseError", "Figure", "Group", "Partner", "Series", "Source", "Theme", "open_factbase",
]  # fmt: skip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kyrgyz_relations.api import FactBase, open_factbase
    from kyrgyz_relations.errors import FactBaseError
    from kyrgyz_relations.factbase.model import Fact, Figure, Group, Partner, Series, Source, Theme


def __getattr__(name: str) -> object:
    """Import the public names when they are used: the command imports this module too, and needs none of them."""
    if name in __all__:
        from kyrgyz_relations import api, errors
        from kyrgyz_relations.factbase import model

        return next(getattr(module, name) for module in (api, errors, model) if hasattr(module, name))
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
