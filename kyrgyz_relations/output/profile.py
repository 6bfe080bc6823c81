"""What heads the rows wherever people read them: the query as understood, a partner's profile, a group's summary."""

from kyrgyz_relations.edtf import for_people
from kyrgyz_relations.text import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kyrgyz_relations.fields import Row
    from kyrgyz_relations.output import Answer

# What heads the rows where nothing was asked for, and "All partners" or the like would not do.
_ALL = {"cell": "Partners and themes", "coverage": "What is covered", "series": "All series"}
_SINCE = {"membership": "Member since", "diplomatic-relations": "Diplomatic relations since"}


def heading(answer: "Answer") -> str:
    """Say what was asked for.

    Args:
        answer: Read are `record` and the "query" of `context`.
    """
    return " · ".join(map(printable, answer.context.get("query", ()))) or _ALL.get(
        answer.record, f"All {answer.record}s"
    )


def profile_lines(context: "Row") -> list[str]:
    """Give the lines that tell who a partner is, or what a group or theme takes in.

    Args:
        context: That of an answer; read are "profile", as `Search.profile` gives it, and "summary".

    Returns:
        The lines; none where the context has neither.
    """
    row = context.get("profile")
    if row is None:
        return [context["summary"]] if context.get("summary") else []
    names = [row[field] for field in ("name", "name_ky", "name_ru", "iso2", "iso3") if row[field]]
    lines = [" · ".join(dict.fromkeys(names))]
    if row["since"]:
        label = _SINCE.get(row["since_kind"], "Relations since")
        lines.append(f"{label} {for_people(row['since']).removeprefix('since ')}")
    if row["shared"]:
        lines.append(f"Shared organizations, as far as recorded: {', '.join(row['shared'])}")
    if row["summary"]:
        lines.append(row["summary"])
    return lines
