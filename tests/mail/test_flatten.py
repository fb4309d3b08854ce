"""Several files become one source, and what cannot be known before rendering is refused with the place."""

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from rekindle.errors import TemplateError
from rekindle.mail.flatten import flatten
from rekindle.mail.pieces import FLAT


def shelf(folder: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        file = folder / f"{name}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


BASE = (
    "Dear {% block who %}you{% endblock %},\n{% block body required %}{% endblock %} {% block end %}bye{% endblock %}"
)


def test_a_child_fills_the_blocks_of_its_base(tmp_path: Path) -> None:
    shelf(tmp_path, base=BASE, mail="{% extends 'base.txt' %}\n{% block body %}{{ news }}{% endblock %}\n")

    assert flatten([tmp_path], "mail.txt") == "Dear you,\n{{ news }} bye"


def test_super_is_what_the_base_says(tmp_path: Path) -> None:
    middle = "{% extends 'base.txt' %}{% block body %}middle{% endblock %}{% block end %}so {{ super() }}{% endblock %}"
    leaf = "{% extends 'middle.txt' %}{% block end %}and {{ super() }} {{ super() }}{% endblock %}"
    shelf(tmp_path, base=BASE, middle=middle, leaf=leaf)

    assert flatten([tmp_path], "leaf.txt") == "Dear you,\nmiddle and so bye so bye"


def test_blocks_may_stand_in_blocks(tmp_path: Path) -> None:
    base = "{% block outer %}<{% block inner %}x{% endblock %}>{% endblock %}"
    leaf = "{% extends 'base.txt' %}{% block inner %}y{{ super() }}{% endblock %}"
    shelf(tmp_path, base=base, leaf=leaf)

    assert flatten([tmp_path], "leaf.txt") == "<yx>"


def test_an_included_file_is_put_in_place(tmp_path: Path) -> None:
    shelf(tmp_path, mail='a\n{% include "part.txt" %}\n b', part="{{ part }}\n")

    assert flatten([tmp_path], "mail.txt") == "a\n{{ part }} b"


def test_comments_and_whitespace_control_are_gone(tmp_path: Path) -> None:
    shelf(tmp_path, mail="a  {#- why -#}  b\n  {% if x %}\n  {{- y -}}\n  {%+ endif %}\nc {% raw %}{{ z }}{% endraw %}")

    assert flatten([tmp_path], "mail.txt") == "ab\n{% if x %}{{ y }}{% endif %}c {% raw %}{{ z }}{% endraw %}"


def test_a_team_replaces_one_file_and_keeps_the_rest(tmp_path: Path) -> None:
    shipped = shelf(tmp_path / "shipped", base=BASE, mail="{% extends 'base.txt' %}{% block body %}ours{% endblock %}")
    team = shelf(tmp_path / "team", base="Hi! {% block body %}{% endblock %}")

    assert flatten([team, shipped], "mail.txt") == "Hi! ours"
    assert flatten([shipped], "mail.txt") == "Dear you,\nours bye"


def test_a_team_changes_one_block_by_extending_the_file_it_hides(tmp_path: Path) -> None:
    shipped = shelf(tmp_path / "shipped", base=BASE, mail="{% extends 'base.txt' %}{% block body %}ours{% endblock %}")
    team = shelf(
        tmp_path / "team", base="{% extends 'base.txt' %}{% block end %}{{ super() }}, and take care{% endblock %}"
    )

    assert flatten([team, shipped], "mail.txt") == "Dear you,\nours bye, and take care"


@pytest.mark.parametrize("values", [{"a": True, "rows": "xyz"}, {"a": False, "rows": ""}])
def test_the_flattened_source_renders_as_the_files_do(tmp_path: Path, values: dict[str, object]) -> None:
    files = {
        "base.txt": "{% block top %}\n  <{{ a }}>\n{% endblock %}\n\n  {% block rows %}{% endblock %}\n--\n",
        "mail.txt": (
            "{% extends 'base.txt' %}\n{# note #}\n{% block top %}\n{{ super() }}\n  {% if a %}\n  A\n  {% endif %}\n"
            "{% endblock %}\n{% block rows %}\n{% for row in rows %}\n* {{ row }}\n{%- include 'part.txt' %}\n"
            "{% else %}\nnone\n{% endfor %}\n{% endblock %}\n"
        ),
        "part.txt": " ({{ row|upper }})\n",
    }
    shelf(tmp_path, **{name.removesuffix(".txt"): source for name, source in files.items()})
    usual = Environment(loader=DictLoader(files), trim_blocks=True, lstrip_blocks=True, autoescape=True)

    flat = FLAT.from_string(flatten([tmp_path], "mail.txt"))

    assert flat.render(values) == usual.get_template("mail.txt").render(values)


REFUSED: dict[str, tuple[str | bytes, str]] = {
    "import": ("{% import 'x.txt' as x %}", "line 1: {% import 'x.txt' as x %} is not supported"),
    "from": ("\n{% from 'x.txt' import y %}", "line 2: .* is not supported: define the macro"),
    "computed": ("{% include name %}", "must name one file in quotes"),
    "optional": ("{% include 'x.txt' ignore missing %}", "must name one file in quotes"),
    "climbing": ("{% include '../secret.txt' %}", "not the name of a template"),
    "absolute": ("{% include '/etc/passwd' %}", "not the name of a template"),
    "missing": ("{% extends 'nowhere.txt' %}", "nowhere.txt is missing: it was looked for in"),
    "own_tail": ("{% include 'own_tail.txt' %}", "includes itself"),
    "own_child": ("{% extends 'own_child.txt' %}", "own_child.txt is missing"),
    "outside": ("{% extends 'base.txt' %}\nlost words", "lost words stands outside every block"),
    "unfilled": ("{% extends 'base.txt' %}", "block body is required and not filled"),
    "orphan": ("{% block a %}{{ super() }}{% endblock %}", "super.. in block a, which nothing above it defines"),
    "nobody": ("{{ super() }}", "super.. stands outside every block"),
    "filtered": ("{% block a %}{{ super()|upper }}{% endblock %}", "only {{ super.. }} on its own"),
    "self": ("{% block a %}{% endblock %}{{ self.a() }}", "only {{ super.. }} on its own"),
    "blocks": ("{% include 'base.txt' %}", "may not include a template with blocks"),
    "syntax": ("a\n\n{% if %}", "syntax.txt line 3: Expected an expression"),
    "unclosed": ("a\n{{ b", "unclosed.txt line 2: "),
    "twice": ("{% block a %}{% endblock %}\n{% block a %}{% endblock %}", "twice.txt line 2: .* is the second block"),
    "latin": (b"caf\xe9", "latin.txt is not UTF-8 at byte 3"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_flattened_is_refused_with_its_place(name: str, tmp_path: Path) -> None:
    source, message = REFUSED[name]
    shelf(tmp_path, **{"base": BASE, name: source})

    with pytest.raises(TemplateError, match=message):
        flatten([tmp_path], f"{name}.txt")


def test_a_circle_of_templates_is_refused(tmp_path: Path) -> None:
    shelf(tmp_path, a="{% extends 'b.txt' %}", b="{% extends 'a.txt' %}")

    with pytest.raises(TemplateError, match="extends itself"):
        flatten([tmp_path], "a.txt")


def test_a_block_inside_itself_is_refused(tmp_path: Path) -> None:
    base = "{% block a %}{% endblock %}{% block b %}{% endblock %}"
    middle = "{% extends 'base.txt' %}{% block a %}{% block b %}{% endblock %}{% endblock %}"
    leaf = "{% extends 'middle.txt' %}{% block b %}{% block a %}{{ super() }}{% endblock %}{% endblock %}"
    shelf(tmp_path, base=base, middle=middle, leaf=leaf)

    with pytest.raises(TemplateError, match="contains itself"):
        flatten([tmp_path], "leaf.txt")


def test_a_byte_order_mark_is_not_part_of_the_letter(tmp_path: Path) -> None:
    shelf(tmp_path, mail="\ufeffhello".encode())

    assert flatten([tmp_path], "mail.txt") == "hello"
