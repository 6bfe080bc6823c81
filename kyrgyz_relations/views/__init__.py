"""The views, one file each: it asks the fact base and draws the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice

from kyrgyz_relations.factbase.search import Search as Search
from kyrgyz_relations.namedtuple import NamedTuple
from kyrgyz_relations.records import Answer as Answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kyrgyz_relations.output import Output, canvas
    from kyrgyz_relations.query import Query
    from kyrgyz_relations.records import Row as Row
    from kyrgyz_relations.request import Request

    ui = canvas
    Draw = Callable[[list[Row], tuple[str, ...], canvas.Canvas], canvas.RenderableType]
else:
    Row = dict

    class _Canvas:
        """What is drawn with; it brings Rich along, and is imported when something is drawn."""

        def __getattr__(self, name: str) -> object:
            from kyrgyz_relations.output import canvas

            return getattr(canvas, name)

    ui = _Canvas()


class Ask(NamedTuple):
    """What a view is given: the fact base, the query, the command line, and how its answer is printed."""

    base: Search
    query: Query
    request: Request
    output: Output


def made(
    ask: Ask,
    record: str,
    rows: Iterable[Row],
    draw: Draw,
    *,
    title: tuple[str, ...] = (),
    chart: bool = False,
    nothing: Callable[[], str] = str,
) -> Answer:
    """Make an answer of rows; people also get what was asked for, and the rows drawn, with `chart` on a page, too."""
    answer = Answer(record, rows, nothing=nothing, remarks=ask.query.remarks)
    if not ask.output.format.for_people:
        return answer
    from kyrgyz_relations.views import headings

    # What is counted is drawn whole.
    listed = [*rows] if chart else [*islice(rows, ask.request.limit)]
    title = title or headings.title(ask.base, ask.query)
    drawn = partial(draw, listed, title)
    return answer._replace(
        rows=listed,
        title=title,
        about=headings.about(ask.base, ask.query),
        draw=drawn,
        chart=drawn if chart else None,
        foot=headings.foot(ask),
        names=headings.names(ask.base),
    )
