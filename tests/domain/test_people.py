"""People in a line: names with affiliations, and how many they are."""

import pytest

from bot.domain.people import in_a_row, name_and_affiliation, people_in


@pytest.mark.parametrize(
    ("text", "name", "affiliation"),
    [
        ("山田 花子（架空大学）", "山田 花子", "架空大学"),
        ("山田 花子 先生 (架空大学 (理学部))", "山田 花子", "架空大学 (理学部)"),
        ("Hanako Yamada (Imaginary University)", "Hanako Yamada", "Imaginary University"),
        ("山田 花子 様", "山田 花子", None),
        ("山田 花子 ( )", "山田 花子", ""),
        ("(架空大学)", "(架空大学)", None),
    ],
)
def test_a_person_is_read_as_name_and_affiliation(text: str, name: str, affiliation: str | None) -> None:
    assert name_and_affiliation(text) == (name, affiliation)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("山田 花子（架空大学）、鈴木 一郎（月大）", [("山田 花子", "架空大学"), ("鈴木 一郎", "月大")]),
        ("山田 花子（架空大学）・鈴木 一郎（月大）", [("山田 花子", "架空大学"), ("鈴木 一郎", "月大")]),
        ("Jane Doe (MIT), John Roe (ETH)", [("Jane Doe", "MIT"), ("John Roe", "ETH")]),
        ("Jane Doe (MIT, CSAIL) and John Roe (ETH)", [("Jane Doe", "MIT, CSAIL"), ("John Roe", "ETH")]),
        ("Ana (X), Ben (Y) & Cai (Z)", [("Ana", "X"), ("Ben", "Y"), ("Cai", "Z")]),
        ("山田 花子・鈴木 一郎", [("山田 花子", None), ("鈴木 一郎", None)]),
        ("山田 花子、鈴木 一郎 先生", [("山田 花子", None), ("鈴木 一郎", None)]),
        ("Jane Doe and John Roe", [("Jane Doe", None), ("John Roe", None)]),
        ("Ana; Ben", [("Ana", None), ("Ben", None)]),
        ("Ana (X); Ben", [("Ana", "X"), ("Ben", None)]),
    ],
)
def test_several_people_are_told_apart_where_that_is_certain(text: str, people: list[tuple[str, str | None]]) -> None:
    assert people_in(text) == people
    assert people_in(in_a_row([f"{name} ({of})" if of else name for name, of in people], comma=", ")) == people


@pytest.mark.parametrize(
    "text",
    [
        "ジャン・セール",
        "ジャン・セール（架空大学）",
        "Doe, Jane",
        "Doe, Jane (MIT)",
        "Jane Doe, Kyoto University",
        "山田 花子、架空 大学",
        "山田 花子・鈴木 一郎（架空大学）",
        "数理・物理の会",
        "Ana and Ben",
        "Jane Doe (MIT), John Roe",
        "",
    ],
)
def test_where_it_is_not_certain_they_are_one(text: str) -> None:
    assert len(people_in(text)) == 1
