"""The exact replies to those who look for their way."""

from dataclasses import replace

from inline_snapshot import snapshot

from bot.domain.registration import NOBODY
from tests.commands.transcripts import transcript
from tests.examples import BEFORE_THREE, EXAMPLE, dated, series_of


def test_about_in_japanese() -> None:
    assert transcript("/about", EXAMPLE, BEFORE_THREE) == snapshot("""\

「月と星の講義」のご案内です。
CARD plain: 月と星の講義
  世話人 = 夜空 すみれ（銀河大）、明星 健
  講義 = 全6回（うち2回終了）
  通常の会場 = 銀河大学
  [講義のページ](https://series.example/)
  [YouTube](https://videos.example/)
  [お問い合わせフォーム](https://contact.example/)
  [会場の地図](https://maps.example/west)
(次回の講義) -> next
(使い方) -> help
DONE, again: about
""")


def test_about_in_english() -> None:
    assert transcript("/about", EXAMPLE, BEFORE_THREE, "en") == snapshot("""\

About “Lectures on Moon and Stars”.
CARD plain: Lectures on Moon and Stars
  Organizers = Sumire Yozora (Galaxy University), Ken Myojo
  Lectures = 6 in all, 2 already held
  Usual venue = Galaxy University
  [Web page](https://series.example/)
  [YouTube](https://videos.example/)
  [Contact form](https://contact.example/)
  [Map of the venue](https://maps.example/west)
(Next lecture) -> next
(Help) -> help
DONE, again: about
""")


def test_about_a_series_of_which_little_is_known() -> None:
    assert transcript("/about", replace(series_of(), organizers=()), BEFORE_THREE) == snapshot("""\

「月と星の講義」のご案内です。
CARD plain: 月と星の講義
  講義 = 全0回
(次回の講義) -> next
(使い方) -> help
DONE, again: about
""")


def test_help_in_japanese() -> None:
    assert transcript("/help", EXAMPLE, BEFORE_THREE) == snapshot("""\

次のコマンドが使えます。
LIST コマンド一覧
  /next [回数]
    開催中または次回の講義
  /lecture [講義]
    講義の詳しい案内
  /materials [講義または種類]
    スライドや動画などの資料
  /lectures [upcoming/past/all/年]
    講義の一覧
  /find 言葉
    題目・講師・会場・日付・概要から探す
  /register [講義]
    参加登録のフォームと締切
  /howto
    参加登録と当日のご案内
  /calendar [講義]
    カレンダーファイル (.ics)
  /notify [講義または種類] [on/off]
    自分へのリマインド（ダイレクトメッセージ）
  /about
    このシリーズについて
  /help [コマンド]
    コマンドの一覧
  /follow [種類] [ja/en] [@ロール] [pin]
    このチャンネルにお知らせを投稿します（チャンネルの管理者用）
  /unfollow
    このチャンネルへの投稿を止めます
  /admin
    世話人用
NOTE 講義は番号（7、第7回）、講師（かな・ローマ字可）、題目、会場、日付（7/22、7月、来週）、next、last で指定できます。
/help notify のように入力すると、コマンドごとの説明を表示します。
(次回の講義) -> next
DONE, again: help
""")


def test_help_in_english() -> None:
    assert transcript("/help", EXAMPLE, BEFORE_THREE, "en") == snapshot("""\

These commands are available.
LIST Commands
  /next [how many]
    The lecture under way or the next one
  /lecture [which]
    One lecture in detail
  /materials [which or kind]
    Slides, recordings and other materials
  /lectures [upcoming/past/all/year]
    The list of lectures
  /find words
    Search titles, speakers, places, dates and abstracts
  /register [which]
    The registration form and its deadline
  /howto
    How to register and take part
  /calendar [which]
    A calendar file (.ics)
  /notify [lecture or topic] [on/off]
    Reminders for yourself, by direct message
  /about
    About the series
  /help [command]
    The commands
  /follow [topics] [ja/en] [@role] [pin]
    Have this channel receive posts (for those who manage it)
  /unfollow
    Have this channel receive no more posts
  /admin
    For organizers
NOTE A lecture is given by number, speaker, title, place, date (7/22, July, next week), next or last.
Type a command behind /help, such as /help notify, to see more of it.
(Next lecture) -> next
DONE, again: help
""")


def test_where_nobody_registers_help_of_that_says_so() -> None:
    series = replace(series_of(dated(1, "2030-05-16")), registration=NOBODY)
    assert "/register" not in transcript("/help", series, BEFORE_THREE, "en")
    assert [transcript("/help register", series, BEFORE_THREE, each).splitlines()[4] for each in ("en", "ja")] == [
        "    Nobody has to register for these lectures",
        "    この講義には登録なしで参加できます",
    ]
    assert "How to take part" in transcript("/help howto", series, BEFORE_THREE, "en")


def test_an_unknown_command() -> None:
    assert [transcript("/remind", EXAMPLE, BEFORE_THREE, language) for language in ("ja", "en")] == snapshot(
        [
            """\

/notify の使い方です。
LIST 入力のしかた
  /notify [講義または種類] [on/off]
    自分へのリマインド（ダイレクトメッセージ）
    例：/notify on
NOTE 講義は番号（7、第7回）、講師（かな・ローマ字可）、題目、会場、日付（7/22、7月、来週）、next、last で指定できます。
(使い方) -> help
DONE, again: help notify
""",
            """\

How to use /notify.
LIST What to type
  /notify [lecture or topic] [on/off]
    Reminders for yourself, by direct message
    For example: /notify on
NOTE A lecture is given by number, speaker, title, place, date (7/22, July, next week), next or last.
(Help) -> help
DONE, again: help notify
""",
        ]
    )


def test_a_command_that_is_nearly_known() -> None:
    assert [transcript("/lectuer 7", EXAMPLE, BEFORE_THREE, language) for language in ("ja", "en")] == snapshot(
        [
            """\

「lectuer」というコマンドはありません。/lecture のことでしょうか。
(/lecture 7) -> lecture 7
(使い方) -> help
MISUNDERSTOOD, again: None
""",
            """\

There is no command “lectuer”. Did you mean /lecture?
(/lecture 7) -> lecture 7
(Help) -> help
MISUNDERSTOOD, again: None
""",
        ]
    )


def test_an_argument_that_is_too_long() -> None:
    told = [transcript("/find " + "月" * 71, EXAMPLE, BEFORE_THREE, language) for language in ("ja", "en")]
    assert told == snapshot(
        [
            """\

指定が長すぎます。70字以内で入力してください。
MISUNDERSTOOD, again: None
""",
            """\

That is too long. Please keep it within 70 characters.
MISUNDERSTOOD, again: None
""",
        ]
    )


def test_a_command_of_the_terminal_asked_elsewhere() -> None:
    assert [transcript("/clock +1d", EXAMPLE, BEFORE_THREE, language) for language in ("ja", "en")] == snapshot(
        [
            """\

/clock は端末でのチャットでのみ使えます。
REFUSED, again: None
""",
            """\

/clock works in the terminal chat only.
REFUSED, again: None
""",
        ]
    )
