"""A progress bar for the building of an index, where there is a person who waits for it."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rich.progress import Progress

# About as many bytes of TOML take a second on a machine of 2020.
_A_SECOND = 4_000_000
# How many seconds nobody minds.
_PATIENCE = 1


class Building(ExitStack):
    """Shows how far the building of an index is, if it lasts more than a second; a large file is known to."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._begun = time.monotonic() - _PATIENCE * (size > _A_SECOND)
        self._bar: Progress | None = None

    def step(self, done: float) -> None:
        """Show what part of the work is done, from 0 to 1."""
        watched = sys.stderr is not None and sys.stderr.isatty()
        if self._bar is None and watched and time.monotonic() - self._begun > _PATIENCE:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

            columns = (TextColumn("Indexing the fact base"), BarColumn(), TimeElapsedColumn())
            self._bar = self.enter_context(Progress(*columns, console=Console(stderr=True), transient=True))
            self._bar.add_task("", total=1)
        if self._bar:
            self._bar.update(self._bar.task_ids[0], completed=done)
