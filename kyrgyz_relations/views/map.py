"""The map: how many facts there are for each partner and theme."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from kyrgyz_relations.views import Answer, Ask, Row, made, ui

_JOIN = "JOIN fact_{0}s ON fact_{0}s.fact = n"
_NAME_WIDTH = 24


def answer(ask: Ask) -> Answer:
    """Count the facts found by partner and theme."""
    joins = f"{_JOIN.format('partner')} {_JOIN.format('theme')}"
    rows = ask.base.spans(ask.query, ("partner", "theme"), joins=joins)
    return made(ask, "cell", rows, partial(_draw, ask), chart=True)


def _draw(ask: Ask, rows: Sequence[Row], title: Sequence[str], canvas: ui.Canvas) -> ui.RenderableType:
    """Draw the matrix in blocks as wide as the screen, the themes and partners with most facts first."""
    names = ask.base.names("partner")
    cells = {(row["partner"], row["theme"]): row["facts"] for row in rows}
    # A fact with several themes counts once in all.
    partners, themes = (
        {
            row[kind]: row["facts"]
            for row in sorted(
                ask.base.spans(ask.query, (kind,), joins=_JOIN.format(kind)), key=lambda row: -row["facts"]
            )
        }
        for kind in ("partner", "theme")
    )
    wide = max(map(len, themes)) + 1
    name_width = min(max(ui.cell_len(names[key]) for key in partners), _NAME_WIDTH)
    fitting = max((canvas.width - name_width - 2 - wide) // wide, 1)
    lines: list[ui.RenderableType] = [ui.title(title or ("All facts",), "facts by partner and theme")]
    for start in range(0, len(themes), fitting):
        block = [*themes][start : start + fitting]
        last = start + fitting >= len(themes)
        heads = "".join(f"{theme:>{wide - 1}} " for theme in block) + f"{'all':>{wide - 1}}" * last
        lines.append(ui.Text(" " * (name_width + 1) + heads.rstrip(), ui.QUIET))
        for key, total in partners.items():
            line = ui.Text(ui.set_cell_size(ui.cut(names[key], name_width), name_width + 1))
            for theme in block:
                line.append_text(ui.heat(cells.get((key, theme), 0), wide))
            lines.append(line.append(f"{total:>{wide - 1}}" * last, ui.QUIET))
        totals = "".join(f"{themes[theme]:>{wide - 1}} " for theme in block)
        lines += [ui.Text(f"{'all':<{name_width + 1}}{totals}".rstrip(), ui.QUIET), ui.Text()]
    steps = ui.Text().append("Facts: ", ui.QUIET)
    for step in ui.HEAT:
        steps.append_text(ui.heat(step)).append("and more  ", ui.QUIET)
    return ui.Group(*lines, steps)
