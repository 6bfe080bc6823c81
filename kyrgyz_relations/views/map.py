"""The map: how many facts there are for each partner and theme."""

from __future__ import annotations

from kyrgyz_relations.views import made

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import RenderableType

    from kyrgyz_relations.output.canvas import Canvas
    from kyrgyz_relations.records import Answer, Row
    from kyrgyz_relations.views import Ask

_JOIN = "JOIN fact_{0}s ON fact_{0}s.fact = n"
_NAME_WIDTH = 24


def answer(ask: Ask) -> Answer:
    """Count the facts found by partner and theme."""
    base, query = ask.base, ask.query

    def draw(rows: Sequence[Row], title: Sequence[str], canvas: Canvas) -> RenderableType:
        # A fact with several themes counts once in all.
        totals = {
            kind: {row[kind]: row["facts"] for row in base.spans(query, (kind,), joins=_JOIN.format(kind))}
            for kind in ("partner", "theme")
        }
        return _draw(base.names("partner"), totals["partner"], totals["theme"], rows, title, canvas)

    joins = f"{_JOIN.format('partner')} {_JOIN.format('theme')}"
    return made(ask, "cell", base.spans(query, ("partner", "theme"), joins=joins), draw, chart=True)


def _draw(
    partners: Mapping[str, str],
    by_partner: Mapping[str, int],
    by_theme: Mapping[str, int],
    rows: Sequence[Row],
    title: Sequence[str],
    canvas: Canvas,
) -> RenderableType:
    """Draw the matrix in blocks as wide as the screen, the themes and partners with most facts first."""
    from kyrgyz_relations.output import canvas as ui

    cells = {(row["partner"], row["theme"]): row["facts"] for row in rows}
    themes = sorted(by_theme, key=lambda key: (-by_theme[key], key))
    wide = max(map(len, themes)) + 1
    name_width = min(max(ui.cell_len(partners[key]) for key in by_partner), _NAME_WIDTH)
    fitting = max((canvas.width - name_width - 2 - wide) // wide, 1)
    lines: list[RenderableType] = [ui.title(title or ("All facts",), "facts by partner and theme")]
    for start in range(0, len(themes), fitting):
        block = themes[start : start + fitting]
        last = start + fitting >= len(themes)
        heads = "".join(f"{theme:>{wide - 1}} " for theme in block) + f"{'all':>{wide - 1}}" * last
        lines.append(ui.Text(" " * (name_width + 1) + heads.rstrip(), ui.QUIET))
        for key in sorted(by_partner, key=lambda key: (-by_partner[key], key)):
            row = ui.Text(ui.set_cell_size(ui.cut(partners[key], name_width), name_width + 1))
            for theme in block:
                row.append_text(ui.heat(cells.get((key, theme), 0), wide))
            lines.append(row.append(f"{by_partner[key]:>{wide - 1}}" * last, ui.QUIET))
        totals = "".join(f"{by_theme[theme]:>{wide - 1}} " for theme in block)
        lines += [ui.Text(f"{'all':<{name_width + 1}}{totals}".rstrip(), ui.QUIET), ui.Text()]
    steps = ui.Text("Facts: ", ui.QUIET)
    for step in ui.HEAT:
        steps.append_text(ui.heat(step)).append("and more  ", ui.QUIET)
    return ui.Group(*lines, steps)
