import io
import sys

import pytest

from kyrgyz_relations.errors import FactBaseError, RelationsError, location, warn


def test_the_problems_of_a_fact_base_are_lines_as_compilers_write_them() -> None:
    error = FactBaseError([("a.toml", 3, "this is wrong"), ("b.toml", None, "this is missing")])
    assert str(error) == "a.toml:3: this is wrong\nb.toml: this is missing"
    assert error.problems[1] == ("b.toml", None, "this is missing")
    assert isinstance(error, RelationsError)


def test_the_name_of_a_file_drives_no_terminal() -> None:
    assert "\x1b" not in location("\x1b[31m.toml", 1)


class Broken(io.StringIO):
    """A stream whose other end is gone."""

    def __init__(self) -> None:
        super().__init__()
        self.file = open("/dev/null", "w", encoding="utf-8")  # noqa: SIM115  # closed by its test

    def write(self, text: str, /) -> int:
        raise BrokenPipeError(text)

    def fileno(self) -> int:
        return self.file.fileno()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no /dev/null")
def test_a_message_that_cannot_be_written_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Broken()
    for stream in (broken, None):
        monkeypatch.setattr(sys, "stderr", stream)
        warn("unheard")
    broken.file.close()


def test_a_message_is_one_line_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    warn("heard")
    assert capsys.readouterr() == ("", "heard\n")
