"""Whatever organizers type, take back or edit by hand, the file stays valid and what nobody touched as it is."""

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from bot.commands.context import ReplyStatus
from bot.schedule.editing import entry
from bot.schedule.reader import read
from tests.commands.admin.table import KEN, SUMIRE, Table, table
from tests.schedule.editing_room import FILE

NUMBERS = st.sampled_from([3, 4, 5, 6])

VERBS = (
    *(f"move {{}} {when}" for when in ("5/9 13:00-15:00", "6/20", "5/30 10:00", "2031-05-09(木) 13:00", "未定")),
    *("postpone {}", "cancel {}", "restore {}", "restore {} 5/30 13:00-17:00"),
    *(f"venue {{}} {where}" for where in ("東館 / East Hall room: 101", "room: 教室未定", "東館（予定）", "未定")),
    *(f"title {{}} {title}" for title in ("星雲 # 2 / Nebulae: an overview", "仮: 彗星", "final", "未定")),
    *(f"speaker {{}} {who}" for who in ("流 星子（銀河大学）", "流 星子 / Seiko Nagare", "未定")),
    *(f"edit {{}} notes {text}" for text in ("筆記用具", '- 「全員」\n- "a: b" #c', "なし")),
    *(
        f"edit {{}} abstract {text}"
        for text in ("一行目\n\n三行目 [頁](https://example.org/a)", "ja: 一\nen: one", "なし")
    ),
    *(f"edit {{}} {text}" for text in ("summary 短く。 / In short.", "mode online", "mode 未定", "language 英語")),
    *(
        f"material {{}} {what}"
        for what in ("スライド https://files.example/{}.pdf", "動画 準備中", "remove 1", "1 → 資料")
    ),
    *(f"registration {{}} {what}" for what in ("https://forms.example/{}", "full", "open", "also 4", "none")),
    *("add", "add 6 7/12 speaker: 海野 波", "add speaker: 海野 波"),
    *("undo", "undo", "undo {}", "undo {}"),
)
"""What is typed after `/admin`; `{}` is a lecture. Some of it is refused, more or less of it depending on the rest."""

HANDS = (
    ("mode: hybrid", "mode: online"),
    ("title: 月の裏側", "title: '月: 裏'   # by hand"),
    ("starts: 2030-06-17", "starts: 2030-06-18\n    notes: |\n      one\n\n      two"),
    ("starts: 2030-04-18T13:00", "starts: 2030-04-18T12:30"),
    ("# The series of spring", "# The series of summer"),
)
"""What is replaced in the file by hand; the last is nobody's, and no undo takes it back."""

Step = tuple[str | tuple[str, str], int]
Choose = Callable[[list[Any]], Any]

steps = st.tuples(st.sampled_from(VERBS) | st.sampled_from(VERBS) | st.sampled_from((*HANDS, ("entry", ""))), NUMBERS)


def without(text: str, *lectures: str) -> str:
    """The file's text without what belongs to these lectures."""
    for lecture in lectures:
        if block := entry(text, lecture).text:
            text = text.replace(block, "")
    return text


async def typed(at: Table, line: str, choose: Choose) -> None:
    """Types a line, and presses one of the buttons below what is answered, until there are none."""
    user = choose([SUMIRE, KEN])
    before, kept = at.room.text, await at.room.store.revisions.newest()
    reply = await at.reply(f"/admin {line}", user)
    for _ in range(3):
        lines = [action.line for action in reply.actions if not action.line.startswith("admin undo")]
        if not lines:
            break
        reply = await at.reply(choose(lines), user)
    revision = await at.room.store.revisions.newest()
    assert revision
    assert revision.text == at.room.text
    if kept and revision.id != kept.id:
        event("changed")
        assert without(at.room.text, *revision.lectures) == without(before, *revision.lectures)
    else:
        assert at.room.text == before


async def by_hand(at: Table, old: str, new: str, number: int) -> None:
    """Replaces something in the file, or takes a whole lecture out; if that was a slip, puts it back."""
    before = at.room.text
    at.room.path.write_text(
        without(before, str(number)) if old == "entry" else before.replace(old, new), encoding="utf-8"
    )
    await at.room.schedule.look()
    if at.room.schedule.problems:
        event("slip")
        at.room.path.write_text(before, encoding="utf-8")
        await at.room.schedule.look()
    await at.room.versions.take_in()


async def history(path: Path, steps: list[Step], choose: Choose) -> None:
    """Does all of it, then takes everything back."""
    async with table(path, FILE) as at:
        for what, number in steps:
            if isinstance(what, tuple):
                await by_hand(at, *what, number)
            else:
                await typed(at, what.replace("{}", str(number)), choose)
            assert at.room.schedule.problems == ()
            assert at.room.schedule.series == read(at.room.text.encode(), path.name).series
        for _ in range(len(steps) + 1):
            reply = await at.reply("/admin undo")
            if reply.outcome is ReplyStatus.NOT_FOUND:
                break
            confirm = [action.line for action in reply.actions if action.line.startswith("admin confirm")]
            assert confirm, reply
            await at.reply(confirm[0])
        assert reply.outcome is ReplyStatus.NOT_FOUND
        head = next(new for old, new in HANDS if old.startswith("#"))
        assert at.room.text.replace(head, "# The series of spring") == FILE


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(steps, min_size=1, max_size=8), st.data())
def test_any_sequence_of_edits_and_undos_leaves_a_valid_file_and_can_be_taken_back_entirely(
    several: list[Step], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(
            history(Path(folder) / "lectures.yaml", several, lambda options: data.draw(st.sampled_from(options)))
        )
