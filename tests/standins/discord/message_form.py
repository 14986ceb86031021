"""What Discord accepts as a message, new or edited."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from .components_form import check_components
from .mentions import check_allowed_mentions
from .refusals import Form, Json, Path, empty_message, too_large

CROSSPOSTED = 1 << 1
SUPPRESS_EMBEDS, EPHEMERAL, LOADING, SILENT, V2 = 1 << 2, 1 << 6, 1 << 7, 1 << 12, 1 << 15
FILE_LIMIT = 10 * 1024**2
_PICTURES = ("http", "https", "attachment")


@dataclass(frozen=True, slots=True)
class File:
    """An upload, under the index its form field names."""

    name: str
    data: bytes
    content_type: str


def check_message(body: Json, files: Mapping[int, File], before: Json | None = None) -> None:
    """Refuses what Discord would refuse; `before` is what an edit starts from."""
    form = Form()
    whole = {**(before or {}), **{key: value for key, value in body.items() if key != "attachments"}}
    kept = body.get("attachments", (before or {}).get("attachments")) or []
    v2 = bool((whole.get("flags") or 0) & V2)
    content = form.text(("content",), body.get("content"), most=2000)
    check_embeds(form, body.get("embeds"))
    check_components(form, body.get("components"), v2=v2)
    check_allowed_mentions(form, body.get("allowed_mentions"))
    nonce = body.get("nonce")
    if nonce is not None and len(str(nonce)) > 25:
        form.wrong(("nonce",), "NONCE_TYPE_TOO_LONG", "Nonce must be less than or equal to 25 characters.")
    if len(files) > 10 or len(kept) > 10:
        form.wrong(("attachments",), "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
    if v2:
        for key in ("content", "embeds"):
            if whole.get(key):
                text = f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
                form.wrong((key,), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", text)
    form.finish()
    if any(len(file.data) > FILE_LIMIT for file in files.values()):
        raise too_large()
    content = content if "content" in body else str(whole.get("content") or "")
    embeds = [embed for embed in whole.get("embeds") or [] if _says_something(embed)]
    if not (content or embeds or whole.get("components") or files or kept):
        raise empty_message()


def _says_something(embed: Json) -> bool:
    parts = ("title", "description", "fields", "footer", "author", "image", "thumbnail", "url", "timestamp")
    return any(embed.get(part) for part in parts)


def check_embeds(form: Form, value: object) -> None:
    total = 0
    for index, embed in enumerate(form.items(("embeds",), value, most=10)):
        total += _embed(form, ("embeds", index), embed)
    if total > 6000:
        form.wrong(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")


def _embed(form: Form, path: Path, embed: Json) -> int:
    """Checks one embed and returns how much it counts towards the total."""
    texts = [
        form.text((*path, "title"), embed.get("title"), most=256),
        form.text((*path, "description"), embed.get("description"), most=4096),
    ]
    form.url((*path, "url"), embed.get("url"))
    form.number((*path, "color"), embed.get("color"), 0, 0xFFFFFF)
    if embed.get("footer") is not None:
        texts.append(form.text((*path, "footer", "text"), embed["footer"].get("text"), least=1, most=2048))
        form.url((*path, "footer", "icon_url"), embed["footer"].get("icon_url"), schemes=_PICTURES)
    if embed.get("author") is not None:
        texts.append(form.text((*path, "author", "name"), embed["author"].get("name"), least=1, most=256))
        form.url((*path, "author", "url"), embed["author"].get("url"))
    for picture in ("image", "thumbnail"):
        if embed.get(picture) is not None:
            form.url((*path, picture, "url"), embed[picture].get("url"), schemes=_PICTURES)
    for index, field in enumerate(form.items((*path, "fields"), embed.get("fields"), most=25)):
        at = (*path, "fields", index)
        texts.append(form.text((*at, "name"), field.get("name"), least=1, most=256))
        texts.append(form.text((*at, "value"), field.get("value"), least=1, most=1024))
    if embed.get("timestamp") is not None:
        try:
            moment = datetime.fromisoformat(str(embed["timestamp"])).timestamp()
        except ValueError:
            moment = math.nan
        if math.isnan(moment):
            text = f"Could not parse {embed['timestamp']}. Should be ISO8601."
            form.wrong((*path, "timestamp"), "DATE_TIME_TYPE_PARSE", text)
    return sum(map(len, texts))
