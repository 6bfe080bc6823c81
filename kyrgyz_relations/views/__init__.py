"""The views, one file each: it asks the fact base and draws the answer."""

from __future__ import annotations

from kyrgyz_relations.namedtuple import NamedTuple
from kyrgyz_relations.records import Answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.console import RenderableType

    from kyrgyz_relations.commands import Request
    from kyrgyz_relations.factbase.search import Search
    from kyrgyz_relations.output import Output
    from kyrgyz_relations.output.canvas import Canvas
    from kyrgyz_relations.query import Query
    from kyrgyz_relations.records import Row

    Draw = Callable[[list[Row], tuple[str, ...], Canvas], RenderableType]


class Ask(NamedTuple):
    """What a view is given: the fact base, the query, the command line, and how its answer is printed."""

    base: Search
    query: Query
    request: Request
    output: Output


def made(
    ask: Ask, record: str, rows: Iterable[Row], draw: Draw, *, chart: bool = False, nothing: Callable[[], str] = str
) -> Answer:
    """Make an answer of rows; people also get what was asked for, and the rows drawn, with `chart` on a page, too."""
    if not ask.output.format.for_people:
        return Answer(record, rows, nothing=nothing, remarks=ask.query.remarks)
    from itertools import islice

    from kyrgyz_relations.views import headings

    # What is counted is drawn whole.
    listed = [*rows] if chart else [*islice(rows, ask.request.limit)]
    title = headings.title(ask.base, ask.query)

    def drawn(canvas: Canvas) -> RenderableType:
        return draw(listed, title, canvas)

    about = headings.about(ask.base, ask.query)
    return Answer(record, listed, title, about, drawn, drawn if chart else None, nothing, ask.query.remarks)
