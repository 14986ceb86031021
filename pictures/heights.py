"""Measures the pictures: `python pictures/heights.py SHOTS.json FOLDER` prints how high each kind is in CSS pixels.

A line is a kind on a platform in a language; columns are devices and themes. `own` is the highest without what the
platform itself draws around a private answer: the command above and the line below that says who sees it.
"""

import json
import struct
import sys
from pathlib import Path
from typing import Any

PIXELS = 2
"""Pixels of a picture for each CSS pixel."""

FRAME = {"discord": 46, "slack": 20}
"""What a platform adds to a private answer, where its line below isn't broken."""

COLUMNS = ("phone-light", "phone-dark", "desktop-light", "desktop-dark")


def height(picture: Path) -> int:
    """The height of a PNG file in CSS pixels."""
    (pixels,) = struct.unpack(">I", picture.read_bytes()[20:24])
    return int(pixels) // PIXELS


def table(shots: list[dict[str, Any]], folder: Path) -> dict[str, dict[str, int]]:
    """Heights by kind and look; lock screens and terminals are left out."""
    rows: dict[str, dict[str, int]] = {}
    for shot in shots:
        kind, _, theme = str(shot["name"]).rpartition("-")
        kind, _, device = kind.rpartition("-")
        look = f"{device}-{theme}"
        if look not in COLUMNS:
            continue
        row = rows.setdefault(kind, {})
        row[look] = height(folder / f"{shot['name']}.png")
        if device == "phone":
            own = row[look] - (FRAME[shot["platform"]] if shot.get("ephemeral") else 0)
            row["own"] = max(own, row.get("own", 0))
    return rows


def main(shots: Path, folder: Path) -> None:
    """Prints the table as tab-separated values."""
    columns = (*COLUMNS, "own")
    print("kind", *columns, sep="\t")
    for kind, row in table(json.loads(shots.read_text(encoding="utf-8")), folder).items():
        print(kind, *(row.get(column, "") for column in columns), sep="\t")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
