"""config/courtesy.toml: ours, and a team's own lists in place of ours; a file that cannot be read is named."""

from pathlib import Path

import pytest

from rekindle.courtesy.phrases import manner_from
from rekindle.errors import BadInput, SettingsError
from rekindle.resources import shipped
from rekindle.settings.courtesy import courtesy_words


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    where = tmp_path / "ours"
    where.mkdir()
    written(
        where, '[limits]\nlikeness = 0.5\ngap_days = 90\n[en.manners]\nplease = ["please"]\nthanks = ["thank you"]\n'
    )
    return where


def written(folder: Path, text: str) -> None:
    (folder / "courtesy.toml").write_text(text, encoding="utf-8")


def test_without_a_file_of_their_own_a_team_writes_as_we_do(ours: Path, folder: Path) -> None:
    told = courtesy_words([ours, folder])
    assert told == {
        "limits": {"likeness": 0.5, "gap_days": 90},
        "en": {"manners": {"please": ["please"], "thanks": ["thank you"]}},
    }


def test_a_list_of_the_team_replaces_ours_and_the_others_stay(ours: Path, folder: Path) -> None:
    written(folder, '[en.manners]\nplease = ["kindly", "be so good"]\n')
    told = courtesy_words([ours, folder])
    assert told["en"]["manners"] == {"please": ["kindly", "be so good"], "thanks": ["thank you"]}
    assert told["limits"] == {"likeness": 0.5, "gap_days": 90}


def test_a_limit_is_changed_one_by_one(ours: Path, folder: Path) -> None:
    written(folder, "[limits]\ngap_days = 30\n")
    assert courtesy_words([ours, folder])["limits"] == {"likeness": 0.5, "gap_days": 30}


def test_an_empty_list_takes_our_phrases_away(ours: Path, folder: Path) -> None:
    written(folder, "[en.manners]\nplease = []\n")
    assert courtesy_words([ours, folder])["en"]["manners"]["please"] == []


def test_another_language_stands_beside_ours(ours: Path, folder: Path) -> None:
    written(folder, '[fr.manners]\nplease = ["s\'il vous plaît"]\n')
    assert sorted(courtesy_words([ours, folder])) == ["en", "fr", "limits"]


def test_the_same_folder_twice_is_read_once(ours: Path) -> None:
    assert courtesy_words([ours, ours / "." / ".." / "ours"]) == courtesy_words([ours])


def test_a_byte_order_mark_does_no_harm(ours: Path, folder: Path) -> None:
    (folder / "courtesy.toml").write_text("[limits]\ngap_days = 30\n", encoding="utf-8-sig")
    assert courtesy_words([ours, folder])["limits"]["gap_days"] == 30


@pytest.mark.parametrize(
    "content",
    [b"[limits\n", b"\xff\xfe\x00", b"a = 1\na = 2\n", b"\x00" * 10, "[en]\nx = 'ü'".encode("latin-1")],
    ids=["half a table", "no UTF-8", "twice", "zeros", "latin-1"],
)
def test_a_file_that_is_no_toml_is_named(ours: Path, folder: Path, content: bytes) -> None:
    (folder / "courtesy.toml").write_bytes(content)
    with pytest.raises(SettingsError) as told:
        courtesy_words([ours, folder])
    assert str(told.value).startswith(f"{(folder / 'courtesy.toml').resolve()} is not a TOML file in UTF-8: ")


def test_a_folder_in_the_place_of_the_file_is_said(ours: Path, folder: Path) -> None:
    (folder / "courtesy.toml").mkdir()
    with pytest.raises(SettingsError, match=r"courtesy\.toml cannot be read"):
        courtesy_words([ours, folder])


def test_our_own_file_can_be_used_with_a_list_of_the_team_in_it(folder: Path) -> None:
    group, name = first_list()
    written(folder, f'[en.{group}]\n{name} = ["a phrase of our own"]\n')
    english = manner_from(courtesy_words([shipped("config"), folder])).of("en")
    assert english.lists[name] == ("a phrase of our own",)
    ours = manner_from(courtesy_words([shipped("config")])).of("en")
    assert {key: own for key, own in english.lists.items() if key != name} == {
        key: own for key, own in ours.lists.items() if key != name
    }


def test_a_list_that_is_none_is_refused_by_name(folder: Path) -> None:
    group, name = first_list()
    written(folder, f'[en.{group}]\n{name} = "one phrase"\n')
    with pytest.raises(BadInput, match=rf"courtesy\.toml: \[en\] {name} must be a list of phrases in quotes"):
        manner_from(courtesy_words([shipped("config"), folder]))


def first_list() -> tuple[str, str]:
    """Return the group and name of some list of ours."""
    told = courtesy_words([shipped("config")])["en"]
    group = next(iter(told))
    return group, next(iter(told[group]))
