from collections.abc import Callable
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.style import Style

from kyrgyz_relations.output import canvas
from kyrgyz_relations.output.canvas import MATCH, OTHERS, UP, Lines, Part

WORDS = st.sampled_from(["a", "bcd", "efghijk", "l" * 12, "mn-op", "é", "Кытай", "中", "吉乌铁路", "q" * 30])
STYLES = st.sampled_from([None, Style(bold=True), Style(color="red")])
COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 500), min_size=1)


def drawn(what: RenderableType, width: int) -> list[str]:
    stream = StringIO()
    Console(file=stream, width=width, color_system=None, legacy_windows=False).print(what, crop=False)
    return stream.getvalue().splitlines()


@given(st.lists(WORDS | st.just("x\ny"), min_size=1), st.integers(-9, 20))
def test_lines_are_as_full_as_they_can_be_and_words_stay_whole(words: list[str], width: int) -> None:
    text = " ".join(words)
    broken = canvas.fit(text, width)
    assert broken.replace("\n", " ") == text.replace("\n", " ")
    for line, following in zip(broken.split("\n"), [*broken.split("\n")[1:], ""], strict=True):
        assert cell_len(line) <= max(width, 1) or " " not in line
        word = following.split(" ")[0]
        assert not word or f"{line}\n{word}" in text or cell_len(f"{line} {word}") > width
    if text.isascii():
        assert canvas.fit(text, width, len) == broken


@given(st.lists(st.lists(st.tuples(WORDS, STYLES), min_size=1), min_size=2, max_size=2), st.integers(3, 40))
def test_cells_of_styled_text_stay_within_their_columns_and_lose_nothing(cells: list[list[Part]], width: int) -> None:
    spaced = [[*((f"{word} ", style) for word, style in parts[:-1]), parts[-1]] for parts in cells]
    seen = [
        (letter, cell_len(line[:number]))
        for line in drawn(Lines((width, width), [spaced]), 500)
        for number, letter in enumerate(line)
        if letter != " "
    ]
    for number, parts in enumerate(cells):
        start = number * (width + 1)
        column = [letter for letter, at in seen if start <= at <= start + width - cell_len(letter)]
        assert "".join(column) == "".join(word for word, _ in parts)


@pytest.mark.parametrize(
    ("write", "dates", "text"),
    [
        (canvas.begun, ["2003-10-23/.."], "23 Oct 2003"), (canvas.begun, ["1992~"], "c. 1992"),
        (canvas.begun, [None], ""),
        (canvas.years, ["1992-01-05", "2024-12"], "1992–2024"), (canvas.years, ["2014", "2014-06"], "2014"),
        (canvas.years, ["../1995", "2001"], "1995–2001"), (canvas.years, [None, None], ""),
        # A date is broken where people would.
        (canvas.in_lines, ["3 Jun 2014", 11], "3 Jun 2014"), (canvas.in_lines, ["1999–2001", 11], "1999–2001"),
        (canvas.in_lines, ["since 2014", 11], "since 2014"),
        (canvas.in_lines, ["since 23 Oct 2003", 11], "since\n23 Oct 2003"),
        (canvas.in_lines, ["Dec 2001 – 3 Jun 2014", 11], "Dec 2001 –\n3 Jun 2014"),
    ],
)  # fmt: skip
def test_tables_have_short_dates(write: Callable[..., str], dates: list[object], text: str) -> None:
    assert write(*dates) == text


@pytest.mark.parametrize(
    ("text", "marks", "found"),
    [
        ("The Railways of China", ["rail", "chin"], ["Railways", "China"]),
        ("trail of rail-borne goods", ["rail"], ["rail-borne"]),
        ("the US’s base (or bases)", ["base", "(or"], ["base", "bases"]),
        ("Кытайдын темир жолу", ["кыта"], ["Кытайдын"]), ("nothing", [], []),
    ],
)  # fmt: skip
def test_words_that_begin_as_what_was_asked_for_stand_out(text: str, marks: list[str], found: list[str]) -> None:
    parts = canvas.marked(text, marks)
    assert "".join(part for part, _ in parts) == text
    assert [part for part, style in parts if style is MATCH] == found


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "M"))), st.integers(1, 20))
def test_a_name_is_cut_to_its_cells_and_says_so(name: str, width: int) -> None:
    cut = canvas.cut(name, width)
    assert cell_len(cut) <= width
    assert cut == name or (cut.endswith("…") and name.startswith(cut[:-1]) and cell_len(name) > width)


@given(st.floats(0, 1e9), st.floats(0, 1e9), st.integers(1, 100))
def test_a_bar_stays_within_its_width_grows_with_its_value_and_is_seen(value: float, other: float, width: int) -> None:
    most = max(value, other)
    one, two = (canvas.bar(number, most, width) for number in sorted((value, other)))
    assert len(one) <= len(two) <= width
    assert [bool(one), bool(two)] == [min(value, other) > 0, most > 0]
    assert not most or two == "█" * width


@given(st.lists(st.integers(0, 1000), min_size=1), st.integers(1, 4))
def test_a_line_of_columns_shows_all_that_is_more_than_nothing(values: list[int], wide: int) -> None:
    line = canvas.sparkline(values, max(values), wide)
    heights = [UP.index(letter) for letter in line[::wide]]
    assert len(line) == len(values) * wide
    assert [height > 0 for height in heights] == [value > 0 for value in values]
    assert [height for _, height in sorted(zip(values, heights, strict=True))] == sorted(heights)


@given(COUNTS, st.integers(1, 12), st.integers(1, 5))
def test_a_column_is_as_high_as_what_it_stands_for(stack: dict[str, int], height: int, width: int) -> None:
    lines = canvas.columns([stack, {"a": 1}, {}], {"a": Style(color="red")}, height, width)
    most = sum(stack.values())
    columns = [line.plain[len(str(most)) + 1 :] for line in lines]
    heights = [sum(UP.find(column[number * width]) % len(UP) for column in columns) for number in range(3)]
    assert heights == [height * 8, max(round(height * 8 / most), 1), 0]
    assert {len(column) for column in columns} == {3 * width}
    assert lines[0].plain.startswith(f"{most} ")
    assert height == 1 or lines[-1].plain.lstrip().startswith("0 ")


@given(COUNTS)
def test_what_counts_most_has_a_colour_and_the_rest_shares_one(counts: dict[str, int]) -> None:
    colors = canvas.palette(counts)
    assert [*colors] == sorted(counts, key=lambda key: (-counts[key], key))[:6]
    assert len({*colors.values(), OTHERS}) == len(colors) + 1


def test_a_column_is_stacked_of_its_colours_and_a_legend_names_them() -> None:
    stack = {"b": 1, "a": 3}
    lines = canvas.columns([stack], canvas.palette(stack), 4, 2)
    assert [line.spans[-1].style for line in lines] == [Style(color="green"), *[Style(color="cyan")] * 3]
    counts = {key: number for number, key in enumerate("hgfedcba", start=1)}
    names = {key: key.upper() for key in counts}
    (line,) = drawn(canvas.legend(counts, canvas.palette(counts), names, "By letter:"), 200)
    assert line.split("   ")[:8] == ["By letter:", "█ A 8", "▓ B 7", "▒ C 6", "░ D 5", "▚ E 4", "▞ F 3", "▪ others 3"]


@given(st.integers(1, 60), st.integers(1, 6), st.integers(0, 5), st.integers(0, 120))
def test_labels_stand_under_their_columns_with_blanks_between(many: int, width: int, indent: int, room: int) -> None:
    labels = [str(1990 + number) for number in range(many)]
    line = canvas.axis(labels, width, indent, room).plain
    assert len(line) <= indent + room
    shown = line.split()
    assert all(line[indent + labels.index(label) * width :].startswith(label) for label in shown)
    assert shown[:1] == (labels[:1] if room >= 4 else [])


@given(
    st.lists(st.tuples(WORDS, st.integers(0, 10**6), st.sampled_from(["", "12 single-sourced"])), min_size=1),
    st.integers(60, 200),
)
def test_a_table_of_bars_fits_in_with_its_remarks(rows: list[tuple[str, float, str]], width: int) -> None:
    lines = drawn(canvas.bar_table(rows, width), width)
    assert max(map(cell_len, lines)) <= width
    assert all(line.rstrip().endswith(remark) for line, (_, _, remark) in zip(lines, rows, strict=True))
