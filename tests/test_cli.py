"""The command line, started as a process as people and scripts start it."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bot.cli.main import language_wanted
from bot.i18n import phrases
from tests.processes import ROOT, STARTS_WITHIN, environment, lecturebot

SPRING = "2024-04-06T12:00+09:00"
FORM = "https://docs.google.com/forms/d/e/1FAIpQLScB4QmpZauTVG4ICrFhvNg5QMTOZCCSOeSnUqdONTNDfsxX_Q/viewform"
SMALL = """\
series: {name: 小さな講義, timezone: Asia/Tokyo}
lectures:
  - {number: 1, starts: 2030-05-16T13:00}
"""
BROKEN = """\
series: {name: 小さな講義, timezone: Asia/Tokyo}
lectures:
  - {number: 1, starts: 2030-05-16T13:00, stars: 5}
  - {number: 1}
"""


def test_next_names_the_lecture_its_form_and_its_deadline_in_both_languages() -> None:
    japanese = lecturebot("--now", SPRING, "--lang", "ja", "ask", "/next")
    assert (japanese.code, japanese.err) == (0, "")
    for text in ("第9回", "4/25(木) 13:00–17:00 JST", "4/24(水) 12:00", FORM):
        assert text in japanese.out
    english = lecturebot("ask", "/next", "--lang", "en", "--now", SPRING)
    assert (english.code, english.err) == (0, "")
    for text in ("Lecture 9", "Thu, 25 Apr, 13:00–17:00 JST", "Wed, 24 Apr, 12:00", FORM):
        assert text in english.out


def test_the_form_is_there_until_the_very_second_of_the_deadline() -> None:
    assert FORM in lecturebot("--now", "2024-04-24T11:59:59+09:00", "ask", "/next").out
    closed = lecturebot("--now", "2024-04-24T12:00:00+09:00", "ask", "/next")
    assert FORM not in closed.out
    assert "Registration is closed." in closed.out


def test_after_the_last_lecture_next_is_still_an_answer() -> None:
    after = lecturebot("--now", "2030-01-01", "ask", "next")
    assert after.code == 0
    assert "/materials" in after.out


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Kiritimati"])
def test_the_machine_s_zone_changes_nothing(zone: str) -> None:
    arguments = ("--now", "2024-04-24T00:30", "ask", "/next")
    assert lecturebot(*arguments, settings={"TZ": zone}) == lecturebot(*arguments, settings={"TZ": "Asia/Tokyo"})


@pytest.mark.parametrize(
    ("arguments", "variables", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "ja_JP.UTF-8"}, "ja"),
        ([], {"LANG": "ja_JP.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ([], {"LANG": "en_US.UTF-8", "LC_MESSAGES": "ja"}, "ja"),
        ([], {"LC_ALL": "", "LANG": "ja_JP.eucJP"}, "ja"),
        ([], {"LANG": "fr_FR"}, "en"),
        (["--lang", "ja", "ask", "x"], {"LANG": "en"}, "ja"),
        (["ask", "x", "--lang=en"], {"LANG": "ja"}, "en"),
        (["--lang", "en", "ask", "x", "--lang", "ja"], {}, "ja"),
        (["--lang", "de"], {"LANG": "ja"}, "de"),
        (["--lang", "jp"], {"LANG": "ja"}, "ja"),
    ],
)
def test_the_language_is_the_option_s_else_the_environment_s(
    arguments: list[str], variables: dict[str, str], language: str
) -> None:
    assert language_wanted(arguments, variables) == language


def test_help_and_complaints_speak_the_user_s_language() -> None:
    assert "端末でチャットします" in lecturebot("chat", "--help", settings={"LANG": "ja_JP.UTF-8"}).out
    assert "Chat in the terminal" in lecturebot("chat", "--help").out
    assert lecturebot("--now", "いつか", "ask", "/next", "--lang", "ja").err == (
        "「いつか」を日時として読み取れません。「2024-04-06T12:00+09:00」や「2024-04-06」のように指定してください。\n"
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["ask", "/lecture 9"], 0),
        (["ask", "lecture", "第９回"], 0),
        (["ask", "/lecture 99"], 1),
        (["ask", "/lectures nonsense"], 1),
        (["ask", "/nonsense"], 1),
        (["ask", "/clock +1d"], 1),
        (["ask", "/notify on"], 0),
        (["ask", "/follow"], 1),
        (["ask", "/follow", "--as", "admin", "--format", "slack"], 0),
        (["ask", "/follow nonsense", "--as", "admin"], 1),
        (["ask", "/next", "--as", "admin", "--yes"], 0),
        (["ask", "/next", "--as", "boss"], 2),
        (["ask", "/next", "--format", "xml"], 2),
        (["ask"], 2),
        (["nonsense"], 2),
        (["--nonsense", "ask", "/next"], 2),
        (["--lang", "jp", "ask", "/next"], 2),
        (["--now", "2024-02-30", "ask", "/next"], 2),
        (["--now", "0001-01-01", "ask", "/next"], 2),
        (["--speed", "0", "ask", "/next"], 2),
        (["--speed", "nan", "chat"], 2),
        (["--speed", "fast", "chat"], 2),
        (["run", "--http", "8080"], 2),
        (["run", "--http", "127.0.0.1:99999"], 2),
    ],
)
def test_the_exit_code_says_how_it_went(arguments: list[str], code: int, tmp_path: Path) -> None:
    result = lecturebot(*arguments, data=tmp_path)
    assert result.code == code, result
    assert bool(result.err) is (code == 2)


def test_what_only_the_chat_can_do_says_so() -> None:
    assert lecturebot("ask", "/clock").out == "/clock works in the terminal chat only.\n"


def test_an_answer_in_a_pipe_is_plain_text() -> None:
    out = lecturebot("ask", "/next", "--now", SPRING, settings={"FORCE_COLOR": "1", "TERM": "xterm-256color"}).out
    assert "\x1b" not in out


def test_json_has_the_structure_of_the_answer() -> None:
    out = lecturebot("--now", SPRING, "ask", "/next", "--format", "json", "--lang", "ja").out
    answer = json.loads(out)
    assert [*answer] == ["outcome", "headline", "parts", "choice", "actions", "file", "note", "line", "form"]
    assert (answer["outcome"], answer["line"], answer["parts"][0]["kind"]) == ("done", "next", "card")
    assert answer["parts"][0]["links"][0]["url"] == FORM
    assert {"starts": "2024-04-25T13:00:00+09:00", "ends": "2024-04-25T17:00:00+09:00"} in [
        span.get("when") for fact in answer["parts"][0]["facts"] for span in fact["value"]
    ]
    assert "第9回" in out


def test_the_platforms_payloads_are_printed_as_they_would_be_sent() -> None:
    discord = json.loads(lecturebot("--now", SPRING, "ask", "/next", "--format", "discord").out)
    assert discord["type"] == 4
    assert "Lecture 9" in discord["data"]["components"][1]["components"][0]["content"]
    slack = json.loads(lecturebot("--now", SPRING, "ask", "/next", "--format", "slack").out)
    assert slack["response_type"] == "ephemeral"
    assert "lecture 9" in slack["text"]


def test_a_calendar_is_saved_into_the_data_folder(tmp_path: Path) -> None:
    asked = lecturebot("ask", "/calendar 9", data=tmp_path)
    path = tmp_path / "calendar" / "lecture-9.ics"
    assert f"Saved as {path}" in asked.out
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_a_data_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    asked = lecturebot("ask", "/calendar 9", data=tmp_path / "file")
    assert (asked.code, asked.err) == (1, "")
    assert "not writable" in asked.out


def test_check_tells_that_all_is_well_or_every_problem_with_its_line(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(SMALL, encoding="utf-8")
    bad.write_text(BROKEN, encoding="utf-8")
    assert lecturebot("check").out == "lectures.yaml: no problems (12 lectures).\n"
    well = lecturebot("check", str(good))
    assert (well.code, well.out, well.err) == (0, f"{good}: no problems (1 lecture).\n", "")
    ill = lecturebot("check", str(bad))
    assert (ill.code, ill.err) == (1, "")
    assert [line.split(": ")[0] for line in ill.out.splitlines()] == [f"{bad}:3", f"{bad}:4"]
    assert lecturebot("--lectures", str(bad), "check", "--lang", "ja").out.count("。") >= 2


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("check", "broken"),
        ("check", "binary"),
        ("check", "."),
        ("ask", "missing"),
        ("chat", "broken"),
        ("run", "missing"),
    ],
)
def test_a_schedule_that_cannot_be_read_is_told_in_lines(command: str, name: str, tmp_path: Path) -> None:
    (tmp_path / "broken").write_text(BROKEN, encoding="utf-8")
    (tmp_path / "binary").write_bytes(bytes(range(256)))
    path = tmp_path / name
    arguments = [command, "/next"] if command == "ask" else [command]
    result = lecturebot("--lectures", str(path), *arguments, data=tmp_path, settings={"DISCORD_TOKEN": "a.b.c"})
    assert result.code == 1
    told, silent = (result.out, result.err) if command == "check" else (result.err, result.out)
    assert f"{path}:" in told
    assert silent == ""


def test_the_schedule_in_the_current_folder_goes_before_the_shipped_one(tmp_path: Path) -> None:
    assert lecturebot("check", cwd=tmp_path).out == f"{ROOT / 'lectures.yaml'}: no problems (12 lectures).\n"
    (tmp_path / "lectures.yaml").write_text(SMALL, encoding="utf-8")
    assert lecturebot("check", cwd=tmp_path).out == "lectures.yaml: no problems (1 lecture).\n"


def test_the_installed_package_brings_its_schedule_with_it(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=STARTS_WITHIN)
    (wheel,) = tmp_path.glob("*.whl")
    unpacked = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(unpacked)
    python_path = os.pathsep.join(filter(None, [str(unpacked), os.environ.get("PYTHONPATH")]))
    well = lecturebot("check", cwd=tmp_path, settings={"PYTHONPATH": python_path})
    assert well.out == f"{unpacked / 'bot' / 'lectures.yaml'}: no problems (12 lectures).\n"
    assert FORM in lecturebot("--now", SPRING, "ask", "/next", cwd=tmp_path, settings={"PYTHONPATH": python_path}).out


def test_the_chat_answers_through_a_pipe_until_quit(tmp_path: Path) -> None:
    typed = "/clock 2024-04-06 12:00\n/lecture 学習\n6\n/quit\n/about\n"
    chat = lecturebot("chat", typed=typed, data=tmp_path, settings={"LANG": "ja_JP.UTF-8"})
    assert (chat.code, chat.err) == (0, "")
    for text in ("  /clock 2024-04-06 12:00\n", "2024/4/6(土) 12:00 JST に合わせました。", "> 6\n", FORM):
        assert text in chat.out
    assert "/about" not in chat.out.replace("> /about", "")
    assert "\x1b" not in chat.out
    assert not list(tmp_path.iterdir())


def test_the_chat_starts_at_the_time_and_speed_given(tmp_path: Path) -> None:
    chat = lecturebot("--now", SPRING, "--speed", "86400", "chat", typed="/clock\n", data=tmp_path)
    assert "The time of this chat is" in chat.out
    assert "Apr 2024" in chat.out or "May 2024" in chat.out
    assert "To try it" not in chat.out


def test_posts_appear_in_the_chat_as_its_clock_is_moved(tmp_path: Path) -> None:
    typed = "/clock 2024-04-23\n/notify 9 on\n/follow materials\n/clock 2024-04-26\n"
    chat = lecturebot("chat", typed=typed, data=tmp_path, settings={"LANG": "ja_JP.UTF-8"})
    assert (chat.code, chat.err) == (0, "")
    assert [line for line in chat.out.splitlines() if line.startswith(("[", "> ", "世話人"))] == [
        "> /clock 2024-04-23",
        "> /notify 9 on",
        "[ダイレクトメッセージ] 2024/4/23(火) 00:00 JST",
        "> /follow materials",
        "世話人だけが設定できます。--as admin を付けて起動してください。",
        "> /clock 2024-04-26",
        "[チャンネル] 2024/4/23(火) 12:00 JST",
        "[ダイレクトメッセージ] 2024/4/23(火) 12:00 JST",
        "[チャンネル] 2024/4/24(水) 09:00 JST",
        "[チャンネル] 2024/4/24(水) 12:00 JST  以前の投稿2件を更新：第9回「機械学習入門」",
        "[ダイレクトメッセージ] 2024/4/24(水) 12:00 JST  以前の投稿1件を更新：第9回「機械",
        "[チャンネル] 2024/4/25(木) 08:00 JST",
        "[ダイレクトメッセージ] 2024/4/25(木) 08:00 JST",
        "[チャンネル] 2024/4/25(木) 12:30 JST",
    ]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", [["ask", "/next"], ["chat"]])
def test_questions_load_neither_database_nor_holidays(command: list[str], tmp_path: Path) -> None:
    """They take longer to load than the answer takes."""
    typed = "/next\n/clock 2024-04-06 12:00\n/next\n"
    done = lecturebot(*command, typed=typed, data=tmp_path, settings={"PYTHONPROFILEIMPORTTIME": "1"})
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.err.splitlines()}
    assert loaded & {"sqlalchemy", "aiosqlite", "holidays", "apscheduler"} == set()
    assert "bot" in loaded


def test_an_organizer_s_chat_may_decide_what_the_channel_receives(tmp_path: Path) -> None:
    typed = "/follow materials\n/clock 2024-04-26\n"
    chat = lecturebot("--now", "2024-04-17", "chat", "--as", "admin", typed=typed, data=tmp_path)
    assert (chat.code, chat.err) == (0, "")
    assert chat.out.count("[Channel]") == 1
    assert "What this channel receives was changed." in chat.out


def test_an_organizer_s_chat_asks_and_is_answered_by_a_letter_or_a_number(tmp_path: Path) -> None:
    path = tmp_path / "lectures.yaml"
    path.write_text((ROOT / "lectures.yaml").read_text("utf-8"), "utf-8")
    options = ("--now", "2024-04-06T12:00", "--lang", "en", "--lectures", str(path))
    typed = "/admin move 9 5/20(火)\n2\nno\n/admin postpone 9\ny\n"
    chat = lecturebot(*options, "chat", "--as", "admin", typed=typed, data=tmp_path)
    assert (chat.code, chat.err) == (0, "")
    assert "2  Tue, 21 May 2024  /admin move 9 2024-05-21(Tue)" in chat.out
    assert chat.out.index("Nothing was changed.") < chat.out.index("y  Announce") < chat.out.index("[Channel]")
    assert "status: postponed" in path.read_text("utf-8")


def test_run_without_token_and_terminal_names_what_is_missing(tmp_path: Path) -> None:
    empty = {"DISCORD_TOKEN": "", "SLACK_BOT_TOKEN": " "}
    run = lecturebot("run", typed="/next\n", data=tmp_path, cwd=tmp_path, settings=empty)
    assert (run.code, run.out, run.err) == (
        2,
        "",
        "No token is set, and there is no terminal for a chat. Set DISCORD_TOKEN, or SLACK_BOT_TOKEN with"
        " SLACK_APP_TOKEN, in the environment or in .env (.env.example says how), and start again."
        " What else to look at: lecturebot doctor\n",
    )


def test_a_bot_with_a_token_serves_no_series_that_nobody_chose(tmp_path: Path) -> None:
    token = {"DISCORD_TOKEN": "a.b.c", "DISCORD_API_URL": "http://127.0.0.1:9/api"}
    nothing = lecturebot("run", data=tmp_path, cwd=tmp_path, settings=token)
    assert (nothing.code, nothing.out) == (2, "")
    assert nothing.err.startswith("There is no lectures.yaml here. To make one: lecturebot init.")
    example = lecturebot("run", data=tmp_path, settings=token)
    assert (example.code, example.out) == (2, "")
    assert example.err.startswith("lectures.yaml here is the series that comes with the bot")


@pytest.mark.parametrize("where", [ROOT, None])
def test_trying_things_out_never_changes_the_shipped_file(where: Path | None, tmp_path: Path) -> None:
    before = (ROOT / "lectures.yaml").read_bytes()
    typed = "/admin title 9 Something Else\n1\n"
    chat = lecturebot("--now", SPRING, "chat", "--as", "admin", typed=typed, data=tmp_path, cwd=where or tmp_path)
    assert "Something Else" in chat.out
    asked = lecturebot("--now", SPRING, "ask", "/admin title 9 Something Else", "--as", "admin", "--yes", data=tmp_path)
    assert asked.code == 0
    assert (ROOT / "lectures.yaml").read_bytes() == before


def test_names_of_settings_that_are_misspelled_are_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SLACK_BOTTOKEN=xoxb-1\nSLACK=1\n", encoding="utf-8")
    settings = {"DISCORD_TOKNE": "a.b.c", "DISCORD_API": "x"}
    run = lecturebot("run", data=tmp_path, cwd=tmp_path, settings=settings)
    assert run.code == 2
    assert run.err.splitlines()[:-1] == [
        "DISCORD_TOKNE is set, which is no setting. Is DISCORD_TOKEN meant?",
        "SLACK_BOTTOKEN is set, which is no setting. Is SLACK_BOT_TOKEN meant?",
    ]
    assert "a.b.c" not in run.err


@pytest.mark.parametrize("typed", [b"/find \xff\xfe\n", b"/lecture \x1b[31m9\n", b"\x00\n", b"/find \xe3\x81"])
def test_bytes_that_are_no_text_do_no_harm(typed: bytes, tmp_path: Path) -> None:
    chat = lecturebot("chat", typed=typed, data=tmp_path)
    assert (chat.code, chat.err) == (0, "")
    assert "\x1b" not in chat.out


@pytest.mark.parametrize("form", ["text", "json", "discord", "slack"])
def test_an_argument_that_is_no_text_does_no_harm(form: str) -> None:
    asked = lecturebot("ask", b"/find \xff\x1b[31m", "--format", form)
    assert (asked.code, asked.err) == (1, "")
    assert "\x1b" not in asked.out


@pytest.mark.parametrize("encoding", ["ascii", "shift_jis"])
def test_output_is_utf_8_whatever_the_environment_says(encoding: str) -> None:
    arguments = ("--now", SPRING, "--lang", "ja", "ask", "/next")
    assert "第9回　機械学習入門" in lecturebot(*arguments, settings={"LC_ALL": "C", "PYTHONIOENCODING": encoding}).out


@pytest.mark.parametrize("command", [["ask", "/howto"], ["ask", "/howto", "--format", "json"], ["chat"], ["check"]])
def test_a_reader_that_goes_away_is_no_error(command: list[str], tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = subprocess.run(
        [sys.executable, "-m", "bot", "--data", str(tmp_path), *command],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=writing,
        stderr=subprocess.PIPE,
        timeout=STARTS_WITHIN,
        check=False,
    )
    os.close(writing)
    assert process.stderr == b""


def test_health_without_a_running_bot_says_so(tmp_path: Path) -> None:
    health = lecturebot("health", data=tmp_path)
    told = f"No running bot has left a sign of life in {tmp_path}. What to do: lecturebot --data {tmp_path} doctor\n"
    assert (health.code, health.out) == (1, told)


def test_the_manifest_has_the_prefix_and_the_address_given(tmp_path: Path) -> None:
    plain = json.loads(lecturebot("slack", "manifest", cwd=tmp_path).out)
    assert "/next" in [command["command"] for command in plain["features"]["slash_commands"]]
    assert plain["settings"]["socket_mode_enabled"] is True
    address = "https://bot.example.org/slack/events"
    prefixed = json.loads(
        lecturebot("slack", "manifest", "--url", address, cwd=tmp_path, settings={"SLACK_COMMAND_PREFIX": "ml-"}).out
    )
    assert "/ml-next" in [command["command"] for command in prefixed["features"]["slash_commands"]]
    assert prefixed["settings"]["interactivity"]["request_url"] == address


def test_the_manifest_is_in_the_language_of_the_series_and_a_link_creates_the_app(tmp_path: Path) -> None:
    made = json.loads(lecturebot("slack", "manifest", cwd=tmp_path, settings={"SLACK_COMMANDS": "one"}).out)
    assert made["display_information"]["description"] == phrases("ja")("slack.app_description")
    assert [command["command"] for command in made["features"]["slash_commands"]] == ["/lecturebot"]
    link = lecturebot("slack", "manifest", "--link", cwd=tmp_path).out
    assert link.startswith("https://api.slack.com/apps?new_app=1&manifest_json=%7B")
    assert link.count("\n") == 1


def test_an_address_that_slack_cannot_call_is_refused_with_one_that_works(tmp_path: Path) -> None:
    result = lecturebot("slack", "manifest", "--url", "http://bot.example.org", cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert "https://bot.example.org/slack/events" in result.err


@pytest.mark.parametrize(
    ("variables", "line"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "Beside SLACK_BOT_TOKEN, Slack needs SLACK_APP_TOKEN"),
        ({"SLACK_BOT_TOKEN": "xapp-1", "SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN must be a token that begins"),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "abc"}, "Start the bot with --http HOST:PORT."),
        ({"DISCORD_TOKEN": "a", "DISCORD_API_URL": "not an address"}, "DISCORD_API_URL must be an address"),
        ({"LECTUREBOT_LOG": "xml"}, "LECTUREBOT_LOG must be one of text, json."),
    ],
)
def test_settings_that_cannot_work_are_told_in_one_line(variables: dict[str, str], line: str, tmp_path: Path) -> None:
    result = lecturebot("run", data=tmp_path, cwd=tmp_path, settings=variables)
    assert (result.code, result.out) == (2, "")
    assert result.err.count("\n") == 1
    assert line in result.err


def test_discord_sync_needs_a_token_and_a_discord(tmp_path: Path) -> None:
    assert lecturebot("discord", "sync", cwd=tmp_path).err == "DISCORD_TOKEN is not set.\n"
    nowhere = {"DISCORD_TOKEN": "a.b.c", "DISCORD_API_URL": "http://127.0.0.1:9/api"}
    unreachable = lecturebot("discord", "sync", cwd=tmp_path, settings=nowhere)
    assert unreachable.code == 1
    assert unreachable.err.startswith("Discord can't be asked: ")
    assert unreachable.err.count("\n") == 1


def test_an_organizer_edits_the_schedule_from_a_script_once_it_is_confirmed(tmp_path: Path) -> None:
    file = tmp_path / "lectures.yaml"
    before = (ROOT / "lectures.yaml").read_text(encoding="utf-8")
    file.write_text(before, encoding="utf-8")
    options = ("--lang", "en", "--now", "2024-04-06", "--lectures", str(file))
    asked = ("/admin", "venue", "9", "room:", "134", "--as", "admin")
    shown = lecturebot(*options, "ask", *asked, data=tmp_path)
    assert (shown.code, shown.err) == (0, "")
    assert "Nothing was changed yet. To do it, ask again with --yes." in shown.out
    assert file.read_text(encoding="utf-8") == before
    done = lecturebot(*options, "ask", *asked, "--yes", data=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Changed.\n")
    assert "undo" not in done.out.lower()
    changed = [
        (one, other)
        for one, other in zip(before.splitlines(), file.read_text(encoding="utf-8").splitlines(), strict=True)
        if one != other
    ]
    assert changed == [("      room: {ja: 118教室, en: Room 118}", '      room: {ja: "134", en: Room 134}')]
    refused = lecturebot(*options, "ask", "/admin", "cancel", "9", "--yes", data=tmp_path)
    assert (refused.code, refused.out) == (1, "Only organizers can do that. Add --as admin.\n")
