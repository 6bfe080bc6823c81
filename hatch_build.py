"""Builds the index of the built-in fact base, so that a wheel carries it."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class IndexHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling leaves its own parameter open
    """Puts `facts.db` beside `facts.toml` into a wheel; an editable install keeps its index in the cache."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the index and have it included."""
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, self.root)
        from kyrgyz_relations.factbase import tables

        self._folder = tempfile.TemporaryDirectory()
        path = Path(self._folder.name) / "facts.db"
        tables.ship((root / "facts.toml").read_bytes(), str(path))
        build_data["force_include"][str(path)] = "kyrgyz_relations/facts.db"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002  # hatchling's
        """Remove what was written for the wheel."""
        if folder := getattr(self, "_folder", None):
            folder.cleanup()
