"""A progress bar for the building of an index, where there is a person who waits for it."""

import sys
import time
from types import TracebackType
from typing import Self

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rich.progress import Progress

# How many bytes of TOML take about a second on a machine of 2020.
_A_SECOND = 4_000_000


class Building:
    """Shows how far the building of an index has come, if it lasts more than a second.

    Args:
        size: Of the fact base, in bytes: a large one is known to take its time before the first step is done.
    """

    def __init__(self, size: int) -> None:
        self._watched = bool(sys.stderr) and sys.stderr.isatty()
        self._begun = time.monotonic()
        self._size = size
        self._bar: Progress | None = None

    def __enter__(self) -> Self:
        self.step(0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def step(self, done: float) -> None:
        """Tell what part of the work is done, from 0 to 1.

        Args:
            done: 0 at the beginning, 1 at the end.
        """
        lasts = self._size > _A_SECOND or time.monotonic() - self._begun > 1
        if self._bar is None and self._watched and lasts:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

            columns = (TextColumn("Indexing the fact base"), BarColumn(), TimeElapsedColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.add_task("", total=1)
            self._bar.start()
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=done)
