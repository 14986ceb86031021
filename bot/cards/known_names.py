"""Names and labels that are known in several languages: those of the series, and the usual ones of materials."""

from bot.domain.language import LANGUAGES, Localized
from bot.domain.materials import MaterialKind
from bot.domain.series import Series
from bot.domain.translations import by_essence, translations
from bot.i18n import phrases


def usual_label(kind: MaterialKind) -> Localized:
    """What a material of that kind is called where it has no label of its own."""
    return Localized.of({each: phrases(each)(f"materials.kind.{kind}") for each in LANGUAGES})


def known_names(series: Series) -> dict[str, Localized]:
    """By the essence of each wording; the usual labels also numbered, as which others are found, too."""
    usual = [usual_label(kind) for kind in MaterialKind]
    numbered = [each.mapped(_numbered) for each in usual]
    return by_essence((*usual, *numbered)) | translations(series)


def _numbered(label: str) -> str:
    return f"{label} 1" if label.isascii() else f"{label}1"
