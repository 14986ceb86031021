"""What is published of a lecture, and of which kind it is."""

import pytest

from bot.domain.language import Localized
from bot.domain.material_words import kind_of
from bot.domain.materials import Material, MaterialKind


def test_a_material_without_address_is_in_preparation() -> None:
    label = Localized.same("Slides")
    materials = [Material(label, MaterialKind.SLIDES), Material(label, MaterialKind.SLIDES, "https://files.example/9")]
    assert [material.in_preparation for material in materials] == [True, False]


@pytest.mark.parametrize(
    ("label", "url", "kind"),
    [
        ("論文", "", MaterialKind.PAPER),
        ("Paper", "https://example.org/a.pdf", MaterialKind.PAPER),
        ("", "https://arxiv.org/abs/2001.00001", MaterialKind.PAPER),
        ("ソースコード", "", MaterialKind.CODE),
        ("", "https://github.com/example/talk", MaterialKind.CODE),
        ("", "https://github.com/example/talk/raw/main/talk.pdf", MaterialKind.DOCUMENT),
        ("文字起こし", "", MaterialKind.TRANSCRIPT),
        ("議事録", "", MaterialKind.MINUTES),
        ("Minutes", "https://example.org/m", MaterialKind.MINUTES),
        ("Lecture notes", "", MaterialKind.DOCUMENT),
        ("Jupyter notebook", "https://github.com/example/talk", MaterialKind.NOTEBOOK),
    ],
)
def test_the_kind_of_a_material_is_told_by_its_label_or_its_address(label: str, url: str, kind: MaterialKind) -> None:
    assert kind_of(label, url) is kind
