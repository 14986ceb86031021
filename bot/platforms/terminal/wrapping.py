"""Lines of a given width out of text with styles and links, broken as each language breaks them."""

from rich.text import Text as Line

from bot.phrases.lines import line_starts


def wrapped(text: Line, width: int, hanging: int = 0) -> list[Line]:
    """`text` in lines of at most `width` cells, all but the first of them set in by `hanging`.

    A web address is never divided and may reach beyond.
    """
    lines: list[Line] = []
    for paragraph in text.split("\n", allow_blank=True):
        first = width if not lines else width - hanging
        for line in paragraph.divide(line_starts(paragraph.plain, max(first, 2), max(width - hanging, 2))):
            line.rstrip()
            lines.append(Line.assemble(" " * hanging, line) if hanging and lines else line)
    return lines
