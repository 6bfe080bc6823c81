from kyrgyz_relations.errors import FactBaseError


def test_the_problems_of_a_fact_base_are_lines_as_compilers_write_them() -> None:
    error = FactBaseError([("\x1b[31m.toml", 3, "this is wrong"), ("b.toml", None, "this is missing")])
    # The name of a file drives no terminal.
    assert str(error) == "\\x1b[31m.toml:3: this is wrong\nb.toml: this is missing"
    assert error.problems[1] == ("b.toml", None, "this is missing")
