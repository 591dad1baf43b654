"""Reading: any line is a record or a reason, and reading may begin at any record."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local.importing import delimited, json_list
from local.importing.delimited import LINE_BYTES_MAX, Layout
from local.importing.json_list import OBJECT_BYTES_MAX
from local.importing.records import Position, Record, Unreadable

TABBED = Layout(columns=("ID", "NAME"), delimiter="\t", is_quoted=False)
QUOTED = Layout(columns=("id", "name"))


def read(content: bytes, layout: Layout, start: Position | None = None) -> list[Record]:
    return list(delimited.records(io.BytesIO(content), layout, start or Position()))


def values(records: list[Record]) -> list[dict[str, str] | None]:
    return [record.value for record in records]


def problems(records: list[Record]) -> list[str | None]:
    return [record.problem.code if record.problem else None for record in records]


def test_a_table_is_read_by_the_names_in_its_head() -> None:
    content = b"Name\tID\tOther\r\nAnna\t1\tx\r\n\r\nBert\t2\t\r\n"
    assert values(read(content, TABBED)) == [
        {"name": "Anna", "id": "1", "other": "x"},
        {"name": "Bert", "id": "2", "other": ""},
    ]


def test_fields_may_hold_commas_quotes_and_line_ends() -> None:
    content = b'\xef\xbb\xbf"id","name"\n"1","Example, Inc. ""A"""\n"2","two\nlines"\n"3","x"\n'
    found = read(content, QUOTED)
    assert [record.value["name"] for record in found if record.value] == [
        'Example, Inc. "A"',
        "two\nlines",
        "x",
    ]
    assert [record.at.number for record in found] == [2, 4, 5]


def test_names_are_read_in_either_encoding_and_what_is_in_none_is_refused() -> None:
    content = "id,name\n1,Müller\n".encode() + "2,Müller\n".encode("cp1252") + b"3,M\x81ller\n"
    found = read(content, QUOTED)
    assert [record.value and record.value["name"] for record in found] == ["Müller", "Müller", None]
    assert problems(found) == [None, None, "encoding"]


def test_a_line_with_another_number_of_fields_is_refused_alone() -> None:
    assert problems(read(b"id,name\n1\n2,b\n3,c,d\n", QUOTED)) == [
        "columns.count",
        None,
        "columns.count",
    ]


def test_broken_quotes_are_refused() -> None:
    assert problems(read(b'id,name\n1,"a"b"\n', QUOTED))[0] == "quotes.malformed"
    assert problems(read(b'id,name\n1,"never closed\n2,b\n', QUOTED)) == ["quotes.malformed"]


def test_a_line_without_end_is_passed_over_and_the_next_one_read() -> None:
    content = b"ID\tNAME\n1\t" + b"x" * (2 * LINE_BYTES_MAX) + b"\n2\tb\n"
    found = read(content, TABBED)
    assert problems(found) == ["record.too_long", None]
    assert found[1].value == {"id": "2", "name": "b"}


def test_only_lines_with_the_hint_are_read() -> None:
    layout = Layout(columns=("id", "name"), hint=b"3336")
    found = read(b"id,name\n1,a\n2,3336C\n", layout)
    assert values(found) == [None, {"id": "2", "name": "3336C"}]
    assert problems(found) == [None, None]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "lacks the columns id, name"),
        (b"id,other\n1,2\n", "lacks the columns name"),
        ("id,name\n1,2\n".encode("utf-16"), "not a text file"),
        (b"PK\x03\x04\0\0\0\n", "not a text file"),
        (b'"id,name\n', "head cannot be read"),
    ],
)
def test_another_kind_of_file_is_refused_as_a_whole(content: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(content, QUOTED)


FIELDS = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=8)


@given(st.lists(FIELDS, min_size=1, max_size=12), st.data())
def test_reading_on_from_any_record_gives_the_same_rest(
    names: list[str], data: st.DataObject
) -> None:
    rows = "".join(
        f'{at},"{name.replace(chr(34), chr(34) * 2)}"\n' for at, name in enumerate(names)
    )
    content = ("id,name\n" + rows).encode()
    every = read(content, QUOTED)
    stop = data.draw(st.integers(0, len(every) - 1))
    rest = read(content, QUOTED, every[stop].at)
    assert values(rest) == values(every[stop + 1 :])
    assert [record.at for record in rest] == [record.at for record in every[stop + 1 :]]


def listed(content: bytes, start: Position | None = None) -> list[Record]:
    return list(json_list.records(io.BytesIO(content), "results", start or Position()))


def test_the_objects_of_a_list_are_read_one_by_one() -> None:
    text = json.dumps({"meta": {"total": 3}, "results": [{"a": "ü"}, {"a": "]}"}, 7]}, indent=2)
    found = listed(text.encode())
    assert values(found) == [{"a": "ü"}, {"a": "]}"}, None]
    assert problems(found) == [None, None, "json.not_an_object"]
    assert [record.at.number for record in found] == [1, 2, 3]


def test_a_number_at_the_edge_of_the_window_is_one_record() -> None:
    content = b'{"results": [' + b" " * (json_list.CHUNK - 2) + b"12345, {}]}"
    assert problems(listed(content)) == ["json.not_an_object", None]


def test_a_number_too_long_for_anybody_is_refused_alone() -> None:
    content = b'{"results": [{"a": ' + b"1" * 5000 + b'}, {"b": 1}]}'
    assert problems(listed(content)) == ["json.malformed", None]


def test_an_object_in_another_encoding_is_refused_alone() -> None:
    content = b'{"results": [{"a": "M\xfcller"}, {"a": "b"}]}'
    assert problems(listed(content)) == ["encoding", None]


OBJECTS = st.lists(
    st.dictionaries(st.text(max_size=4), st.text(max_size=30) | st.lists(st.integers())), max_size=8
)


@given(OBJECTS, st.sampled_from([None, 1, 4]), st.data())
def test_any_list_is_read_whole_and_from_any_place_on(
    objects: list[dict[str, object]], indent: int | None, data: st.DataObject
) -> None:
    content = json.dumps({"results": objects}, indent=indent, ensure_ascii=False).encode(
        errors="surrogatepass"
    )
    if b"\xed" in content:
        return  # lone surrogates are not UTF-8
    every = listed(content)
    assert values(every) == objects
    if every:
        stop = data.draw(st.integers(0, len(every) - 1))
        rest = listed(content, every[stop].at)
        assert values(rest) == objects[stop + 1 :]


def test_a_large_object_grows_the_window() -> None:
    large = {"a": "x" * 300_000}
    content = json.dumps({"results": [large, {"b": 1}]}).encode()
    assert values(listed(content)) == [large, {"b": 1}]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"meta": {}}', 'no list "results"'),
        (b'{"results": [{"a": 1}, {"a"', "byte 23 is not a whole object"),
        (b'{"results": [{"a": ' + b"1" * (OBJECT_BYTES_MAX + 70_000), "not a whole object"),
    ],
)
def test_a_broken_list_says_where(content: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        listed(content)
