"""Names and labels that are known in both languages: those of the series, and the usual ones of materials."""

from bot.domain.language import Localized
from bot.domain.lecture import MaterialKind
from bot.domain.series import Series
from bot.domain.text import essence
from bot.domain.translations import translations
from bot.i18n import phrases


def usual_label(kind: MaterialKind) -> Localized:
    """What a material of that kind is called where it has no label of its own."""
    return Localized(phrases("ja")(f"materials.kind.{kind}"), phrases("en")(f"materials.kind.{kind}"))


def known_names(series: Series) -> dict[str, Localized]:
    """By the essence of the Japanese; the usual labels also numbered, as which others are found, too."""
    usual = [usual_label(kind) for kind in MaterialKind]
    numbered = [Localized(f"{each.ja}1", f"{each.en} 1") for each in usual]
    return {essence(each.ja): each for each in (*usual, *numbered)} | translations(series)
