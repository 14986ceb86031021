"""How organizers look after the schedule: each dialogue as it is typed, and what both channels show after it."""

from inline_snapshot import snapshot

from bot.i18n import phrases
from tests.dialogues.hands import DiscordHand
from tests.dialogues.play import by_hand, looked, passes, play, pressed, typed
from tests.dialogues.seminar import SPRING, Seminar


async def test_a_lecture_is_added_with_almost_everything_undecided_and_filled_in_over_weeks(spring: Seminar) -> None:
    told = await play(
        spring,
        typed("/admin add speaker: 流 星子 / Seiko Nagare"),
        pressed("Announce"),
        passes(minutes=15),
        looked(),
        passes(days=7),
        typed("/admin move 11 6/20"),
        pressed("Announce"),
        passes(days=2),
        typed("/admin title 11 ja: 流れ星（仮） en: Meteors (tentative)"),
        pressed("Save"),
        typed("/admin venue 11 西館（予定） / West Hall (tentative)"),
        pressed("Save"),
        passes(days=14),
        typed("/admin move 11 6/20 13:00-17:00"),
        pressed("Announce"),
        typed("/admin registration 11 https://forms.example/11"),
        pressed("Announce"),
        passes(minutes=15),
        looked(),
        typed("/admin title 11 final"),
        pressed("Announce"),
        typed("/admin venue 11 西館 201教室 / West Hall Room 201"),
        pressed("Announce"),
        typed("/admin edit 11 summary 流れ星はどこから来るのか。 / Where meteors come from."),
        pressed("Announce"),
        passes(minutes=15),
        looked(),
    )
    assert told == snapshot("""\

Rin: /admin add speaker: 流 星子 / Seiko Nagare
  Change lecture 11 like this?
  Changes
  • New: Lecture 11 (title to be announced), date to be announced
  [Announce] [Change quietly] [Show in full] [Discard]
Rin presses [Announce]
  Changed.
  • New: Lecture 11 (title to be announced), date to be announced
  • It is posted at Mon, 8 Apr 2030, 12:15 JST, together with whatever else changes until then.
  • To: #lectures, #general
  [Undo]
15 minutes later
  08 Apr 12:15 Discord: 新しい講義（日程未定）：第11回（流 星子）。
  08 Apr 12:15 Slack: New, date to be announced: lecture 11 (Seiko Nagare).
Discord shows
  | 新しい講義（日程未定）：第11回（流 星子）。
  | 第11回（題目未定）
  | 流 星子
  | 日程未定
  | 会場未定
  | [リマインド]
Slack shows
  | New, date to be announced: lecture 11 (Seiko Nagare).
  | Lecture 11 (title to be announced)
  | Seiko Nagare
  | Date to be announced
  | Venue to be announced
  | [Remind me]
7 days later
Rin: /admin move 11 6/20
  Change lecture 11 like this?
  Changes
  • Date: date to be announced → Thu, 20 June, time to be announced
  • Registration deadline: to be announced → Wed, 19 June, 12:00
  [Announce] [Change quietly] [Show in full] [Discard]
Rin presses [Announce]
  Changed.
  • Date: date to be announced → Thu, 20 June, time to be announced
  • Registration deadline: to be announced → Wed, 19 June, 12:00
  • It is posted at Mon, 15 Apr 2030, 12:30 JST, together with whatever else changes until then.
  • To: #lectures, #general
  [Undo]
  15 Apr 12:15 Discord, edited: 新しい講義：第11回（流 星子）、6/20(木)。
  15 Apr 12:15 Slack, edited: New: lecture 11 (Seiko Nagare), Thu, 20 June.
2 days later
  15 Apr 12:30 Discord: 日時決定：第11回（流 星子）は 6/20(木)。
  15 Apr 12:30 Slack: Lecture 11 (Seiko Nagare) takes place on Thu, 20 June.
Rin: /admin title 11 ja: 流れ星（仮） en: Meteors (tentative)
  Change lecture 11 like this?
  Changes
  • Title: to be announced → “Meteors” (tentative)
  • (Japanese) 題目：未定 → 「流れ星」（仮題）
  [Save] [Discard]
Rin presses [Save]
  Changed.
  • Title: to be announced → “Meteors” (tentative)
  • (Japanese) 題目：未定 → 「流れ星」（仮題）
  • Nothing is posted: this is no news to members.
  [Undo]
  17 Apr 12:15 Discord, edited: 新しい講義：第11回「流れ星」（仮題、流 星子）、6/20(木)。
  17 Apr 12:15 Discord, edited: 日時決定：第11回「流れ星」（仮題、流 星子）は 6/20(木)。
  17 Apr 12:15 Slack, edited: New: lecture 11, “Meteors” (working title; Seiko Nagare), Thu, 20 June.
  17 Apr 12:15 Slack, edited: Lecture 11, “Meteors” (working title; Seiko Nagare), takes place on Thu, 20 June.
Rin: /admin venue 11 西館（予定） / West Hall (tentative)
  Change lecture 11 like this?
  Changes
  • Venue: to be announced → West Hall (tentative)
  • (Japanese) 会場：未定 → 西館（予定）
  [Save] [Discard]
Rin presses [Save]
  Changed.
  • Venue: to be announced → West Hall (tentative)
  • (Japanese) 会場：未定 → 西館（予定）
  • Nothing is posted: this is no news to members.
  [Undo]
  17 Apr 12:15 Discord, edited: 新しい講義：第11回「流れ星」（仮題、流 星子）、6/20(木)、西館（予定）。
  17 Apr 12:15 Discord, edited: 日時決定：第11回「流れ星」（仮題、流 星子）は 6/20(木)。
  17 Apr 12:15 Slack, edited: New: lecture 11, “Meteors” (working title; Seiko Nagare), Thu, 20 June, West Hall (tentative).
  17 Apr 12:15 Slack, edited: Lecture 11, “Meteors” (working title; Seiko Nagare), takes place on Thu, 20 June.
14 days later
  18 Apr 09:00 Discord: 来週 4/25(木) 13:00〜 第9回「銀河の形」（大空 翼）、西館 201教室。参加登録は 4/24(水) 正午まで。
  18 Apr 09:00 Slack: Next Thu, 25 Apr, 13:00: lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), West Hall, Room 201. Please register by Wed, 24 Apr, noon.
  23 Apr 12:00 Discord: 参加登録は 4/24(水) 正午まで：第9回「銀河の形」（大空 翼、4/25(木) 13:00〜）
  23 Apr 12:00 Slack: Register by Wed, 24 Apr, noon: lecture 9, “Shapes of Galaxies” (Tsubasa Ozora, Thu, 25 Apr, 13:00)
  24 Apr 09:00 Discord: 参加登録は本日 正午まで：第9回「銀河の形」（大空 翼、4/25(木) 13:00〜）
  24 Apr 09:00 Slack: Register today by noon: lecture 9, “Shapes of Galaxies” (Tsubasa Ozora, Thu, 25 Apr, 13:00)
  24 Apr 12:00 Discord, edited: 第9回「銀河の形」（大空 翼、4/25(木) 13:00〜）の参加登録は締め切りました。
  24 Apr 12:00 Discord, edited: 第9回「銀河の形」（大空 翼）の参加登録は締め切りました。
  24 Apr 12:00 Discord, edited: 第9回「銀河の形」（大空 翼）の参加登録は締め切りました。
  24 Apr 12:00 Slack, edited: Registration for lecture 9, “Shapes of Galaxies” (Tsubasa Ozora, Thu, 25 Apr, 13:00), is closed.
  24 Apr 12:00 Slack, edited: Registration for lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), is closed.
  24 Apr 12:00 Slack, edited: Registration for lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), is closed.
  25 Apr 08:00 Discord: 本日 13:00 開始：第9回「銀河の形」（大空 翼）、西館 201教室／オンライン（接続先は登録アドレス宛のメール）
  25 Apr 08:00 Slack: Today at 13:00: lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), West Hall, Room 201, or online (the link comes by mail to registered addresses)
  25 Apr 12:30 Discord: まもなく 13:00 開始：第9回「銀河の形」（大空 翼）、西館 201教室／オンライン（接続先は登録アドレス宛のメール）
  25 Apr 12:30 Slack: Starting at 13:00: lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), West Hall, Room 201, or online (the link comes by mail to registered addresses)
Rin: /admin move 11 6/20 13:00-17:00
  Change lecture 11 like this?
  Changes
  • Date: Thu, 20 June, time to be announced → Thu, 20 June, 13:00–17:00
  [Announce] [Change quietly] [Show in full] [Discard]
Rin presses [Announce]
  Changed.
  • Date: Thu, 20 June, time to be announced → Thu, 20 June, 13:00–17:00
  • It is posted at Wed, 1 May 2030, 12:30 JST, together with whatever else changes until then.
  • To: #lectures, #general
  [Undo]
  01 May 12:15 Discord, edited: 新しい講義：第11回「流れ星」（仮題、流 星子）、6/20(木) 13:00〜、西館（予定）。
  01 May 12:15 Discord, edited: 日時決定：第11回「流れ星」（仮題、流 星子）は 6/20(木) 13:00〜。
  01 May 12:15 Slack, edited: New: lecture 11, “Meteors” (working title; Seiko Nagare), Thu, 20 June, 13:00, West Hall (tentative).
  01 May 12:15 Slack, edited: Lecture 11, “Meteors” (working title; Seiko Nagare), takes place on Thu, 20 June, 13:00.
Rin: /admin registration 11 https://forms.example/11
  Change lecture 11 like this?
  Changes
  • Registration form added: Register: lecture 11, Thu, 20 June, Seiko Nagare: https://forms.example/11
  [Announce] [Change quietly] [Show in full] [Discard]
Rin presses [Announce]
  Changed.
  • Registration form added: Register: lecture 11, Thu, 20 June, Seiko Nagare: https://forms.example/11
  • It is posted at Wed, 1 May 2030, 12:30 JST, together with whatever else changes until then.
  • To: #lectures, #general
  [Undo]
  01 May 12:15 Discord, edited: 新しい講義：第11回「流れ星」（仮題、流 星子）、6/20(木) 13:00〜、西館（予定）。参加登録は 6/19(水) 正午まで。
  01 May 12:15 Discord, edited: 日時決定：第11回「流れ星」（仮題、流 星子）は 6/20(木) 13:00〜。参加登録は 6/19(水) 正午まで。
  01 May 12:15 Slack, edited: New: lecture 11, “Meteors” (working title; Seiko Nagare), Thu, 20 June, 13:00, West Hall (tentative). Please register by Wed, 19 June, noon.
  01 May 12:15 Slack, edited: Lecture 11, “Meteors” (working title; Seiko Nagare), takes place on Thu, 20 June, 13:00. Please register by Wed, 19 June, noon.
15 minutes later
  01 May 12:30 Discord: 日時決定：第11回「流れ星」（仮題、流 星子）は 6/20(木) 13:00〜。参加登録は 6/19(水) 正午まで。
  01 May 12:30 Slack: Lecture 11, “Meteors” (working title; Seiko Nagare), takes place on Thu, 20 June, 13:00. Please register by Wed, 19 June, noon.
Discord shows
  | 日時決定：第11回「流れ星」（仮題、流 星子）は 6/20(木) 13:00〜。参加登録は 6/19(水) 正午まで。
  | 変更点
  | • 日時：6/20(木)・時刻未定 → 6/20(木) 13:00–17:00
  | • 参加登録フォームの追加：第11回 6/20(木) 流 星子 参加登録: https://forms.example/11
  | 6/20(木) 13:00–17:00 JST
  | 西館（予定）
  | 参加登録: https://forms.example/11
  | [リマインド] [カレンダー]
Slack shows
  | Lecture 11, “Meteors” (working title; Seiko Nagare), takes place on Thu, 20 June, 13:00. Please register by Wed, 19 June, noon.
  | What has changed
  | • Date: Thu, 20 June, time to be announced → Thu, 20 June, 13:00–17:00
  | • Registration form added: Register: lecture 11, Thu, 20 June, Seiko Nagare: https://forms.example/11
  | Thu, 20 June, 13:00–17:00 JST
  | West Hall (tentative)
  | Register: https://forms.example/11
  | [Remind me] [Calendar]
Rin: /admin title 11 final
  Change lecture 11 like this?
  Changes
  • Title: “Meteors” (tentative) → “Meteors”
  [Announce] [Change quietly] [Show in full] [Discard]
Rin presses [Announce]
  Changed.
  • Title: “Meteors” (tentative) → “Meteors”
  • It is posted at Wed, 1 May 2030, 12:45 JST, together with whatever else changes until then.
  • To: #lectures, #general
  [Undo]
  01 May 12:30 Discord, edited: 新しい講義：第11回「流れ星」（流 星子）、6/20(木) 13:00〜、西館（予定）。参加登録は 6/19(水) 正午まで。
  01 May 12:30 Discord, edited: 日時決定：第11回「流れ星」（流 星子）は 6/20(木) 13:00〜。参加登録は 6/19(水) 正午まで。
  01 May 12:30 Discord, edited: 日時決定：第11回「流れ星」（流 星子）は 6/20(木) 13:00〜。参加登録は 6/19(水) 正午まで。
  01 May 12:30 Slack, edited: New: lecture 11, “Meteors” (Seiko Nagare), Thu, 20 June, 13:00, West Hall (tentative). Please register by Wed, 19 June, noon.
  01 May 12:30 Slack, edited: Lecture 11, “Meteors” (Seiko Nagare), takes place on Thu, 20 June, 13:00. Please register by Wed, 19 June, noon.
  01 May 12:30 Slack, edited: Lecture 11, “Meteors” (Seiko Nagare), takes place on Thu, 20 June, 13:00. Please register by Wed, 19 June, noon.
Rin: /admin venue 11 西館 201教室 / West Hall Room 201
  Change lecture 11 like this?
  Changes
  • Venue: West Hall (tentative) → West Hall, Room 201
  • (Japanese) 会場：西館（予定） → 西館 201教室
  • Venue: West Hall (tentative) → West Hall, Room 201
  [Announce] [Change quietly] [Show in full] [Discard]
Rin presses [Announce]
  Changed.
  • Venue: West Hall (tentative) → West Hall, Room 201
  • (Japanese) 会場：西館（予定） → 西館 201教室
  • Venue: West Hall (tentative) → West Hall, Room 201
  • It is posted at Wed, 1 May 2030, 12:45 JST, together with whatever else changes until then.
  • To: #lectures, #general
  [Undo]
  01 May 12:30 Discord, edited: 新しい講義：第11回「流れ星」（流 星子）、6/20(木) 13:00〜、西館 201教室。参加登録は 6/19(水) 正午まで。
  01 May 12:30 Discord, edited: 日時決定：第11回「流れ星」（流 星子）は 6/20(木) 13:00〜。参加登録は 6/19(水) 正午まで。
  01 May 12:30 Discord, edited: 日時決定：第11回「流れ星」（流 星子）は 6/20(木) 13:00〜。参加登録は 6/19(水) 正午まで。
  01 May 12:30 Slack, edited: New: lecture 11, “Meteors” (Seiko Nagare), Thu, 20 June, 13:00, West Hall, Room 201. Please register by Wed, 19 June, noon.
  01 May 12:30 Slack, edited: Lecture 11, “Meteors” (Seiko Nagare), takes place on Thu, 20 June, 13:00. Please register by Wed, 19 June, noon.
  01 May 12:30 Slack, edited: Lecture 11, “Meteors” (Seiko Nagare), takes place on Thu, 20 June, 13:00. Please register by Wed, 19 June, noon.
Rin: /admin edit 11 summary 流れ星はどこから来るのか。 / Where meteors come from.
  Change lecture 11 like this?
  Changes
  • Summary added
  • (Japanese) 紹介文の追加
  [Announce] [Change quietly] [Show in full] [Discard]
Rin presses [Announce]
  Changed.
  • Summary added
  • (Japanese) 紹介文の追加
  • It is posted at Wed, 1 May 2030, 12:45 JST, together with whatever else changes until then.
  • To: #lectures, #general
  [Undo]
15 minutes later
  01 May 12:45 Discord: 【決定】第11回（流 星子、6/20(木) 13:00〜）：会場は西館 201教室。題目は「流れ星」、概要を公開。参加登録は 6/19(水) 正午まで。
  01 May 12:45 Slack: Lecture 11 (Seiko Nagare, Thu, 20 June, 13:00): at West Hall, Room 201. Also: the title is “Meteors”; the abstract is out. Please register by Wed, 19 June, noon.
Discord shows
  | 【決定】第11回（流 星子、6/20(木) 13:00〜）：会場は西館 201教室。題目は「流れ星」、概要を公開。参加登録は 6/19(水) 正午まで。
  | 6/20(木) 13:00–17:00 JST
  | 西館 201教室
  | 概要
  | 流れ星はどこから来るのか。
  | 参加登録: https://forms.example/11
  | [リマインド] [カレンダー]
Slack shows
  | Lecture 11 (Seiko Nagare, Thu, 20 June, 13:00): at West Hall, Room 201. Also: the title is “Meteors”; the abstract is out. Please register by Wed, 19 June, noon.
  | Thu, 20 June, 13:00–17:00 JST
  | West Hall, Room 201
  | Abstract
  | Where meteors come from.
  | Register: https://forms.example/11
  | [Remind me] [Calendar]
""")  # noqa: E501


async def test_date_and_venue_are_moved_in_one_go_and_the_room_again_the_next_day(spring: Seminar) -> None:
    told = await play(
        spring,
        typed("/admin move 9 5/2 13:00-17:00", whole=True),
        pressed("Announce"),
        typed("/admin venue 9 東館 / East Hall room: 大講義室 / Main Lecture Room"),
        pressed("Announce"),
        passes(minutes=15),
        looked(),
        passes(days=1),
        typed("/admin venue 9 room: 3階会議室 / Meeting Room 3F"),
        pressed("Announce"),
        passes(minutes=15),
        looked(back=2),
    )
    assert told == snapshot("""\

Rin: /admin move 9 5/2 13:00-17:00
  Change lecture 9 like this?
  Changes
  • Date: Thu, 25 Apr, 13:00–17:00 → Thu, 2 May, 13:00–17:00
  • Registration deadline: Wed, 24 Apr, 12:00 → Wed, 1 May, 12:00
  Would be posted
  日程変更：第9回（大空 翼）：4/25(木) → 5/2(木)、時刻は 13:00 のまま。参加登録は 5/1(水) 正午まで。
  To: #lectures
  Would be posted
  New day for lecture 9 (Tsubasa Ozora): Thu, 25 Apr → Thu, 2 May, still at 13:00. Please register by Wed, 1 May, noon.
  To: #general
  What follows
  • It is posted at Mon, 8 Apr 2030, 12:15 JST, together with whatever else changes until then.
  • Later posts that are dropped: 5
  • Later posts that are new: 5
  Only you can answer this, within 15 minutes.
  [Announce] [Change quietly] [Show in full] [Discard]
Rin presses [Announce]
  Changed.
  • Date: Thu, 25 Apr, 13:00–17:00 → Thu, 2 May, 13:00–17:00
  • Registration deadline: Wed, 24 Apr, 12:00 → Wed, 1 May, 12:00
  • It is posted at Mon, 8 Apr 2030, 12:15 JST, together with whatever else changes until then.
  • To: #lectures, #general
  [Undo]
Rin: /admin venue 9 東館 / East Hall room: 大講義室 / Main Lecture Room
  Change lecture 9 like this?
  Changes
  • Venue: West Hall, Room 201 → East Hall, Main Lecture Room
  • (Japanese) 会場：西館 201教室 → 東館 大講義室
  [Announce] [Change quietly] [Show in full] [Discard]
Rin presses [Announce]
  Changed.
  • Venue: West Hall, Room 201 → East Hall, Main Lecture Room
  • (Japanese) 会場：西館 201教室 → 東館 大講義室
  • It is posted at Mon, 8 Apr 2030, 12:15 JST, together with whatever else changes until then.
  • To: #lectures, #general
  [Undo]
15 minutes later
  08 Apr 12:15 Discord: 【変更】第9回「銀河の形」（大空 翼）：5/2(木) 13:00〜、会場は東館 大講義室（いつもと異なります）。参加登録は 5/1(水) 正午まで。
  08 Apr 12:15 Slack: Lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), moves to Thu, 2 May, 13:00, at East Hall, Main Lecture Room (not the usual venue). Please register by Wed, 1 May, noon.
Discord shows
  | 【変更】第9回「銀河の形」（大空 翼）：5/2(木) 13:00〜、会場は東館 大講義室（いつもと異なります）。参加登録は 5/1(水) 正午まで。
  | 変更点
  | • 日時：4/25(木) 13:00–17:00 → 5/2(木) 13:00–17:00
  | • 会場：西館 201教室 → 東館 大講義室
  | • 参加登録の締切：4/24(水) 12:00 → 5/1(水) 12:00
  | 5/2(木) 13:00–17:00 JST
  | 東館 大講義室
  | 対面とオンライン
  | 参加登録: https://forms.example/9
  | [リマインド] [カレンダー]
Slack shows
  | Lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), moves to Thu, 2 May, 13:00, at East Hall, Main Lecture Room (not the usual venue). Please register by Wed, 1 May, noon.
  | What has changed
  | • Date: Thu, 25 Apr, 13:00–17:00 → Thu, 2 May, 13:00–17:00
  | • Venue: West Hall, Room 201 → East Hall, Main Lecture Room
  | • Registration deadline: Wed, 24 Apr, 12:00 → Wed, 1 May, 12:00
  | Thu, 2 May, 13:00–17:00 JST
  | East Hall, Main Lecture Room
  | In person and online
  | Register: https://forms.example/9
  | [Remind me] [Calendar]
1 day later
Rin: /admin venue 9 room: 3階会議室 / Meeting Room 3F
  Change lecture 9 like this?
  Changes
  • Venue: East Hall, Main Lecture Room → East Hall, Meeting Room 3F
  • (Japanese) 会場：東館 大講義室 → 東館 3階会議室
  [Announce] [Change quietly] [Show in full] [Discard]
Rin presses [Announce]
  Changed.
  • Venue: East Hall, Main Lecture Room → East Hall, Meeting Room 3F
  • (Japanese) 会場：東館 大講義室 → 東館 3階会議室
  • It is posted at Tue, 9 Apr 2030, 12:30 JST, together with whatever else changes until then.
  • To: #lectures, #general
  [Undo]
  09 Apr 12:15 Discord, edited: 【変更】第9回「銀河の形」（大空 翼）：5/2(木) 13:00〜、会場は東館 3階会議室（いつもと異なります）。参加登録は 5/1(水) 正午まで。
  09 Apr 12:15 Slack, edited: Lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), moves to Thu, 2 May, 13:00, at East Hall, Meeting Room 3F (not the usual venue). Please register by Wed, 1 May, noon.
15 minutes later
  09 Apr 12:30 Discord: 【変更】第9回「銀河の形」（大空 翼、5/2(木) 13:00〜）：会場は東館 3階会議室（いつもと異なります）。参加登録は 5/1(水) 正午まで。
  09 Apr 12:30 Slack: Change to lecture 9, “Shapes of Galaxies” (Tsubasa Ozora, Thu, 2 May, 13:00): at East Hall, Meeting Room 3F (not the usual venue). Please register by Wed, 1 May, noon.
Discord shows
  | 【変更】第9回「銀河の形」（大空 翼）：5/2(木) 13:00〜、会場は東館 3階会議室（いつもと異なります）。参加登録は 5/1(水) 正午まで。
  | 変更点
  | • 日時：4/25(木) 13:00–17:00 → 5/2(木) 13:00–17:00
  | • 会場：西館 201教室 → 東館 3階会議室
  | • 参加登録の締切：4/24(水) 12:00 → 5/1(水) 12:00
  | 5/2(木) 13:00–17:00 JST
  | 東館 3階会議室
  | 対面とオンライン
  | 参加登録: https://forms.example/9
  | [リマインド] [カレンダー]
Slack shows
  | Lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), moves to Thu, 2 May, 13:00, at East Hall, Meeting Room 3F (not the usual venue). Please register by Wed, 1 May, noon.
  | What has changed
  | • Date: Thu, 25 Apr, 13:00–17:00 → Thu, 2 May, 13:00–17:00
  | • Venue: West Hall, Room 201 → East Hall, Meeting Room 3F
  | • Registration deadline: Wed, 24 Apr, 12:00 → Wed, 1 May, 12:00
  | Thu, 2 May, 13:00–17:00 JST
  | East Hall, Meeting Room 3F
  | In person and online
  | Register: https://forms.example/9
  | [Remind me] [Calendar]
""")  # noqa: E501


async def test_three_edits_in_four_minutes_make_one_post(spring: Seminar) -> None:
    told = await play(
        spring,
        typed("/admin venue 10 西館 102教室 / West Hall Room 102"),
        pressed("Announce"),
        passes(minutes=2),
        typed("/admin title 10 月の表側 / The Near Side of the Moon"),
        pressed("Announce"),
        passes(minutes=2),
        typed("/admin registration 10 https://forms.example/10"),
        pressed("Announce"),
        passes(minutes=14),
        passes(minutes=1),
        looked(),
    )
    assert told == snapshot("""\

Rin: /admin venue 10 西館 102教室 / West Hall Room 102
  Change lecture 10 like this?
  Changes
  • Venue: to be announced → West Hall, Room 102
  • (Japanese) 会場：未定 → 西館 102教室
  [Announce] [Change quietly] [Show in full] [Discard]
Rin presses [Announce]
  Changed.
  • Venue: to be announced → West Hall, Room 102
  • (Japanese) 会場：未定 → 西館 102教室
  • It is posted at Mon, 8 Apr 2030, 12:15 JST, together with whatever else changes until then.
  • To: #lectures, #general
  [Undo]
2 minutes later
Rin: /admin title 10 月の表側 / The Near Side of the Moon
  Change lecture 10 like this?
  Changes
  • Title: “The Far Side of the Moon” → “The Near Side of the Moon”
  • (Japanese) 題目：「月の裏側」 → 「月の表側」
  [Announce] [Change quietly] [Show in full] [Discard]
Rin presses [Announce]
  Changed.
  • Title: “The Far Side of the Moon” → “The Near Side of the Moon”
  • (Japanese) 題目：「月の裏側」 → 「月の表側」
  • It is posted at Mon, 8 Apr 2030, 12:17 JST, together with whatever else changes until then.
  • To: #lectures, #general
  [Undo]
2 minutes later
Rin: /admin registration 10 https://forms.example/10
  Change lecture 10 like this?
  Changes
  • Registration form added: Register: lecture 10, Thu, 23 May, Hikari Tsukishima: https://forms.example/10
  [Announce] [Change quietly] [Show in full] [Discard]
Rin presses [Announce]
  Changed.
  • Registration form added: Register: lecture 10, Thu, 23 May, Hikari Tsukishima: https://forms.example/10
  • It is posted at Mon, 8 Apr 2030, 12:19 JST, together with whatever else changes until then.
  • To: #lectures, #general
  [Undo]
14 minutes later
1 minute later
  08 Apr 12:19 Discord: 【決定】第10回（月島 光、5/23(木) 13:00〜）：会場は西館 102教室。題目は「月の表側」。参加登録は 5/22(水) 正午まで。
  08 Apr 12:19 Slack: Lecture 10 (Hikari Tsukishima, Thu, 23 May, 13:00): at West Hall, Room 102. Also: the title is “The Near Side of the Moon”. Please register by Wed, 22 May, noon.
Discord shows
  | 【決定】第10回（月島 光、5/23(木) 13:00〜）：会場は西館 102教室。題目は「月の表側」。参加登録は 5/22(水) 正午まで。
  | 変更点
  | • 会場：未定 → 西館 102教室
  | • 参加登録フォームの追加：第10回 5/23(木) 月島 光 参加登録: https://forms.example/10
  | • 題目：「月の裏側」 → 「月の表側」
  | 5/23(木) 13:00 JST
  | 西館 102教室
  | 参加登録: https://forms.example/10
  | [リマインド] [カレンダー]
Slack shows
  | Lecture 10 (Hikari Tsukishima, Thu, 23 May, 13:00): at West Hall, Room 102. Also: the title is “The Near Side of the Moon”. Please register by Wed, 22 May, noon.
  | What has changed
  | • Venue: to be announced → West Hall, Room 102
  | • Registration form added: Register: lecture 10, Thu, 23 May, Hikari Tsukishima: https://forms.example/10
  | • Title: “The Far Side of the Moon” → “The Near Side of the Moon”
  | Thu, 23 May, 13:00 JST
  | West Hall, Room 102
  | Register: https://forms.example/10
  | [Remind me] [Calendar]
""")  # noqa: E501


async def test_a_lecture_is_postponed_three_hours_before_it_starts_and_held_weeks_later_with_the_same_form(
    spring: Seminar,
) -> None:
    told = await play(
        spring,
        passes(days=16, hours=22),
        typed("/admin postpone 9"),
        pressed("Announce"),
        looked(),
        passes(days=20),
        typed("/admin move 9 6/6 13:00-17:00"),
        pressed("Announce"),
        passes(minutes=15),
        looked(),
        passes(days=15),
    )
    assert told == snapshot("""\

16 days, 22 hours later
  18 Apr 09:00 Discord: 来週 4/25(木) 13:00〜 第9回「銀河の形」（大空 翼）、西館 201教室。参加登録は 4/24(水) 正午まで。
  18 Apr 09:00 Slack: Next Thu, 25 Apr, 13:00: lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), West Hall, Room 201. Please register by Wed, 24 Apr, noon.
  23 Apr 12:00 Discord: 参加登録は 4/24(水) 正午まで：第9回「銀河の形」（大空 翼、4/25(木) 13:00〜）
  23 Apr 12:00 Slack: Register by Wed, 24 Apr, noon: lecture 9, “Shapes of Galaxies” (Tsubasa Ozora, Thu, 25 Apr, 13:00)
  24 Apr 09:00 Discord: 参加登録は本日 正午まで：第9回「銀河の形」（大空 翼、4/25(木) 13:00〜）
  24 Apr 09:00 Slack: Register today by noon: lecture 9, “Shapes of Galaxies” (Tsubasa Ozora, Thu, 25 Apr, 13:00)
  24 Apr 12:00 Discord, edited: 第9回「銀河の形」（大空 翼、4/25(木) 13:00〜）の参加登録は締め切りました。
  24 Apr 12:00 Discord, edited: 第9回「銀河の形」（大空 翼）の参加登録は締め切りました。
  24 Apr 12:00 Discord, edited: 第9回「銀河の形」（大空 翼）の参加登録は締め切りました。
  24 Apr 12:00 Slack, edited: Registration for lecture 9, “Shapes of Galaxies” (Tsubasa Ozora, Thu, 25 Apr, 13:00), is closed.
  24 Apr 12:00 Slack, edited: Registration for lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), is closed.
  24 Apr 12:00 Slack, edited: Registration for lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), is closed.
  25 Apr 08:00 Discord: 本日 13:00 開始：第9回「銀河の形」（大空 翼）、西館 201教室／オンライン（接続先は登録アドレス宛のメール）
  25 Apr 08:00 Slack: Today at 13:00: lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), West Hall, Room 201, or online (the link comes by mail to registered addresses)
Rin: /admin postpone 9
  Change lecture 9 like this?
  Changes
  • Date: Thu, 25 Apr, 13:00–17:00 → postponed (new date to be announced)
  [Announce] [Change quietly] [Discard]
Rin presses [Announce]
  Changed.
  • Date: Thu, 25 Apr, 13:00–17:00 → postponed (new date to be announced)
  • It is posted at once.
  • To: #lectures, #general
  [Undo]
  25 Apr 10:00 Discord, edited: 【延期】第9回「銀河の形」（大空 翼）は延期になりました。新しい日程は決まり次第お知らせします。
  25 Apr 10:00 Discord, edited: 【延期】第9回「銀河の形」（大空 翼）は延期になりました。新しい日程は決まり次第お知らせします。
  25 Apr 10:00 Discord, edited: 【延期】第9回「銀河の形」（大空 翼）は延期になりました。新しい日程は決まり次第お知らせします。
  25 Apr 10:00 Discord, edited: 【延期】第9回「銀河の形」（大空 翼）は延期になりました。新しい日程は決まり次第お知らせします。
  25 Apr 10:00 Discord: 【延期】本日 13:00 からの第9回「銀河の形」（大空 翼）は延期になりました。新しい日程は決まり次第お知らせします。急なご連絡となり申し訳ありません。
  25 Apr 10:00 Slack, edited: Postponed: lecture 9, “Shapes of Galaxies” (Tsubasa Ozora). A new date will be announced.
  25 Apr 10:00 Slack, edited: Postponed: lecture 9, “Shapes of Galaxies” (Tsubasa Ozora). A new date will be announced.
  25 Apr 10:00 Slack, edited: Postponed: lecture 9, “Shapes of Galaxies” (Tsubasa Ozora). A new date will be announced.
  25 Apr 10:00 Slack, edited: Postponed: lecture 9, “Shapes of Galaxies” (Tsubasa Ozora). A new date will be announced.
  25 Apr 10:00 Slack: Postponed: lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), today at 13:00. A new date will be announced. We are sorry for the short notice.
Discord shows
  | 【延期】本日 13:00 からの第9回「銀河の形」（大空 翼）は延期になりました。新しい日程は決まり次第お知らせします。急なご連絡となり申し訳ありません。
  | [リマインド]
Slack shows
  | Postponed: lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), today at 13:00. A new date will be announced. We are sorry for the short notice.
  | [Remind me]
20 days later
Rin: /admin move 9 6/6 13:00-17:00
  Change lecture 9 like this?
  Changes
  • Date: postponed (new date to be announced) → Thu, 6 June, 13:00–17:00
  • Registration deadline: none → Wed, 5 June, 12:00
  [Announce] [Change quietly] [Show in full] [Discard]
Rin presses [Announce]
  Changed.
  • Date: postponed (new date to be announced) → Thu, 6 June, 13:00–17:00
  • Registration deadline: none → Wed, 5 June, 12:00
  • It is posted at Wed, 15 May 2030, 10:15 JST, together with whatever else changes until then.
  • To: #lectures, #general
  [Undo]
  15 May 10:00 Discord, edited: 第9回「銀河の形」（大空 翼）の日程は 6/6(木) 13:00〜 に変わりました。参加登録は 6/5(水) 正午まで。
  15 May 10:00 Discord, edited: 第9回「銀河の形」（大空 翼）の日程は 6/6(木) 13:00〜 に変わりました。参加登録は 6/5(水) 正午まで。
  15 May 10:00 Discord, edited: 第9回「銀河の形」（大空 翼）の日程は 6/6(木) 13:00〜 に変わりました。参加登録は 6/5(水) 正午まで。
  15 May 10:00 Discord, edited: 第9回「銀河の形」（大空 翼）の日程は 6/6(木) 13:00〜 に変わりました。参加登録は 6/5(水) 正午まで。
  15 May 10:00 Discord, edited: 日程変更：第9回（大空 翼）：4/25(木) → 6/6(木)、時刻は 13:00 のまま。参加登録は 6/5(水) 正午まで。
  15 May 10:00 Slack, edited: Lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), has moved to Thu, 6 June, 13:00. Please register by Wed, 5 June, noon.
  15 May 10:00 Slack, edited: Lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), has moved to Thu, 6 June, 13:00. Please register by Wed, 5 June, noon.
  15 May 10:00 Slack, edited: Lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), has moved to Thu, 6 June, 13:00. Please register by Wed, 5 June, noon.
  15 May 10:00 Slack, edited: Lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), has moved to Thu, 6 June, 13:00. Please register by Wed, 5 June, noon.
  15 May 10:00 Slack, edited: New day for lecture 9 (Tsubasa Ozora): Thu, 25 Apr → Thu, 6 June, still at 13:00. Please register by Wed, 5 June, noon.
15 minutes later
  15 May 10:15 Discord: 【再設定】延期していた第9回「銀河の形」（大空 翼）は 6/6(木) 13:00〜、西館 201教室で開催します。参加登録は 6/5(水) 正午まで。
  15 May 10:15 Slack: Lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), postponed before, now takes place on Thu, 6 June, 13:00, West Hall, Room 201. Please register by Wed, 5 June, noon.
Discord shows
  | 【再設定】延期していた第9回「銀河の形」（大空 翼）は 6/6(木) 13:00〜、西館 201教室で開催します。参加登録は 6/5(水) 正午まで。
  | 変更点
  | • 日時：延期（新しい日程は未定） → 6/6(木) 13:00–17:00
  | • 参加登録の締切：なし → 6/5(水) 12:00
  | 6/6(木) 13:00–17:00 JST
  | 西館 201教室
  | 対面とオンライン
  | 参加登録: https://forms.example/9
  | [リマインド] [カレンダー]
Slack shows
  | Lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), postponed before, now takes place on Thu, 6 June, 13:00, West Hall, Room 201. Please register by Wed, 5 June, noon.
  | What has changed
  | • Date: postponed (new date to be announced) → Thu, 6 June, 13:00–17:00
  | • Registration deadline: none → Wed, 5 June, 12:00
  | Thu, 6 June, 13:00–17:00 JST
  | West Hall, Room 201
  | In person and online
  | Register: https://forms.example/9
  | [Remind me] [Calendar]
15 days later
  16 May 09:00 Discord: 来週 5/23(木) 13:00〜 第10回「月の裏側」（月島 光）。
  16 May 09:00 Slack: Next Thu, 23 May, 13:00: lecture 10, “The Far Side of the Moon” (Hikari Tsukishima).
  23 May 08:00 Discord: 本日 13:00 開始：第10回「月の裏側」（月島 光）
  23 May 08:00 Slack: Today at 13:00: lecture 10, “The Far Side of the Moon” (Hikari Tsukishima)
  23 May 12:30 Discord: まもなく 13:00 開始：第10回「月の裏側」（月島 光）
  23 May 12:30 Slack: Starting at 13:00: lecture 10, “The Far Side of the Moon” (Hikari Tsukishima)
  30 May 09:00 Discord: 来週 6/6(木) 13:00〜 第9回「銀河の形」（大空 翼）、西館 201教室。参加登録は 6/5(水) 正午まで。
  30 May 09:00 Slack: Next Thu, 6 June, 13:00: lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), West Hall, Room 201. Please register by Wed, 5 June, noon.
""")  # noqa: E501


async def test_a_wrong_year_is_refused_because_of_its_weekday(spring: Seminar) -> None:
    told = await play(
        spring,
        typed("/admin move 9 2031-05-02(木) 13:00-17:00"),
        pressed("Thu, 2 May 2030, 13:00–17:00 JST"),
        pressed("Discard"),
        passes(hours=1),
    )
    assert told == snapshot("""\

Rin: /admin move 9 2031-05-02(木) 13:00-17:00
  Is this date right? Nothing was changed yet.
  Fri, 2 May 2031, 13:00–17:00 JST
  Fri, 2 May 2031 is not a Thursday. Which day is meant?
  Choose what you meant, or type the command again. For example: /admin move 9 5/7 13:00-17:00
  [Thu, 2 May 2030, 13:00–17:00 JST]
Rin presses [Thu, 2 May 2030, 13:00–17:00 JST]
  Change lecture 9 like this?
  Changes
  • Date: Thu, 25 Apr, 13:00–17:00 → Thu, 2 May, 13:00–17:00
  • Registration deadline: Wed, 24 Apr, 12:00 → Wed, 1 May, 12:00
  [Announce] [Change quietly] [Show in full] [Discard]
Rin presses [Discard]
  Nothing was changed.
1 hour later
""")
    assert spring.room.text == SPRING


async def test_one_form_serves_two_lectures(spring: Seminar) -> None:
    told = await play(
        spring,
        typed("/admin registration 9 also 10"),
        pressed("Announce"),
        passes(minutes=15),
        looked(),
    )
    assert told == snapshot("""\

Rin: /admin registration 9 also 10
  Change lecture 9 like this?
  Changes
  • Registration form added: Register: lecture 10, Thu, 23 May, Hikari Tsukishima: https://forms.example/9
  [Announce] [Change quietly] [Show in full] [Discard]
Rin presses [Announce]
  Changed.
  • Registration form added: Register: lecture 10, Thu, 23 May, Hikari Tsukishima: https://forms.example/9
  • It is posted at Mon, 8 Apr 2030, 12:15 JST, together with whatever else changes until then.
  • To: #lectures, #general
  [Undo]
15 minutes later
  08 Apr 12:15 Discord: 第10回「月の裏側」（月島 光、5/23(木)）の参加登録を受け付けています（5/22(水) 正午まで）。
  08 Apr 12:15 Slack: Registration is open for lecture 10, “The Far Side of the Moon” (Hikari Tsukishima, Thu, 23 May), until Wed, 22 May, noon.
Discord shows
  | 第10回「月の裏側」（月島 光、5/23(木)）の参加登録を受け付けています（5/22(水) 正午まで）。
  | 5/23(木) 13:00 JST
  | 参加登録: https://forms.example/9
  | [リマインド] [カレンダー]
Slack shows
  | Registration is open for lecture 10, “The Far Side of the Moon” (Hikari Tsukishima, Thu, 23 May), until Wed, 22 May, noon.
  | Thu, 23 May, 13:00 JST
  | Register: https://forms.example/9
  | [Remind me] [Calendar]
""")  # noqa: E501


async def test_in_person_is_full(spring: Seminar) -> None:
    told = await play(
        spring,
        typed("/admin registration 9 full"),
        pressed("Announce"),
        looked(),
        passes(days=9, hours=21),
        typed("/admin registration 9 open"),
        pressed("Announce"),
        passes(minutes=15),
    )
    assert told == snapshot("""\

Rin: /admin registration 9 full
  Change lecture 9 like this?
  Changes
  • Registration (in person): places available → full
  [Announce] [Change quietly] [Show in full] [Discard]
Rin presses [Announce]
  Changed.
  • Registration (in person): places available → full
  • It is posted at once.
  • To: #lectures, #general
  [Undo]
  08 Apr 12:00 Discord: 対面は満席です：第9回「銀河の形」（大空 翼、4/25(木)）。オンラインの参加登録は 4/24(水) 正午まで。
  08 Apr 12:00 Slack: In-person places are full: lecture 9, “Shapes of Galaxies” (Tsubasa Ozora, Thu, 25 Apr). You can still register to attend online, by Wed, 24 Apr, noon.
Discord shows
  | 対面は満席です：第9回「銀河の形」（大空 翼、4/25(木)）。オンラインの参加登録は 4/24(水) 正午まで。
  | 4/25(木) 13:00–17:00 JST
  | 西館 201教室
  | 対面とオンライン
  | 参加登録: https://forms.example/9
  | [リマインド] [カレンダー]
Slack shows
  | In-person places are full: lecture 9, “Shapes of Galaxies” (Tsubasa Ozora, Thu, 25 Apr). You can still register to attend online, by Wed, 24 Apr, noon.
  | Thu, 25 Apr, 13:00–17:00 JST
  | West Hall, Room 201
  | In person and online
  | Register: https://forms.example/9
  | [Remind me] [Calendar]
9 days, 21 hours later
  18 Apr 09:00 Discord: 来週 4/25(木) 13:00〜 第9回「銀河の形」（大空 翼）、西館 201教室。オンラインの参加登録は 4/24(水) 正午まで（対面は満席）。
  18 Apr 09:00 Slack: Next Thu, 25 Apr, 13:00: lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), West Hall, Room 201. To attend online, please register by Wed, 24 Apr, noon; in-person places are full.
Rin: /admin registration 9 open
  Change lecture 9 like this?
  Changes
  • Registration (in person): full → places available
  [Announce] [Change quietly] [Show in full] [Discard]
Rin presses [Announce]
  Changed.
  • Registration (in person): full → places available
  • It is posted at Thu, 18 Apr 2030, 09:15 JST, together with whatever else changes until then.
  • To: #lectures, #general
  [Undo]
  18 Apr 09:00 Discord, edited: お知らせした変更は取り消します：第9回「銀河の形」（大空 翼）、対面は満席。参加登録は 4/24(水) 正午まで。
  18 Apr 09:00 Discord, edited: 来週 4/25(木) 13:00〜 第9回「銀河の形」（大空 翼）、西館 201教室。参加登録は 4/24(水) 正午まで。
  18 Apr 09:00 Slack, edited: Taken back: lecture 9, “Shapes of Galaxies” (Tsubasa Ozora): in-person places are full. Please register by Wed, 24 Apr, noon.
  18 Apr 09:00 Slack, edited: Next Thu, 25 Apr, 13:00: lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), West Hall, Room 201. Please register by Wed, 24 Apr, noon.
15 minutes later
  18 Apr 09:15 Discord: 対面に空きが出ました：第9回「銀河の形」（大空 翼、4/25(木)）。参加登録は 4/24(水) 正午まで。
  18 Apr 09:15 Slack: There are in-person places again: lecture 9, “Shapes of Galaxies” (Tsubasa Ozora, Thu, 25 Apr). Please register by Wed, 24 Apr, noon.
""")  # noqa: E501


async def test_slides_are_published_relabelled_and_withdrawn(spring: Seminar) -> None:
    told = await play(
        spring,
        passes(days=18),
        typed("/admin material 9 スライド https://files.example/9.pdf"),
        pressed("Announce"),
        passes(minutes=15),
        looked(),
        typed("/admin material 9 スライド → 講義資料 / Lecture notes"),
        pressed("Save"),
        looked(),
        passes(days=1),
        typed("/admin material 9 withdraw 講義資料"),
        pressed("Save"),
        looked(),
    )
    assert told == snapshot("""\

18 days later
  18 Apr 09:00 Discord: 来週 4/25(木) 13:00〜 第9回「銀河の形」（大空 翼）、西館 201教室。参加登録は 4/24(水) 正午まで。
  18 Apr 09:00 Slack: Next Thu, 25 Apr, 13:00: lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), West Hall, Room 201. Please register by Wed, 24 Apr, noon.
  23 Apr 12:00 Discord: 参加登録は 4/24(水) 正午まで：第9回「銀河の形」（大空 翼、4/25(木) 13:00〜）
  23 Apr 12:00 Slack: Register by Wed, 24 Apr, noon: lecture 9, “Shapes of Galaxies” (Tsubasa Ozora, Thu, 25 Apr, 13:00)
  24 Apr 09:00 Discord: 参加登録は本日 正午まで：第9回「銀河の形」（大空 翼、4/25(木) 13:00〜）
  24 Apr 09:00 Slack: Register today by noon: lecture 9, “Shapes of Galaxies” (Tsubasa Ozora, Thu, 25 Apr, 13:00)
  24 Apr 12:00 Discord, edited: 第9回「銀河の形」（大空 翼、4/25(木) 13:00〜）の参加登録は締め切りました。
  24 Apr 12:00 Discord, edited: 第9回「銀河の形」（大空 翼）の参加登録は締め切りました。
  24 Apr 12:00 Discord, edited: 第9回「銀河の形」（大空 翼）の参加登録は締め切りました。
  24 Apr 12:00 Slack, edited: Registration for lecture 9, “Shapes of Galaxies” (Tsubasa Ozora, Thu, 25 Apr, 13:00), is closed.
  24 Apr 12:00 Slack, edited: Registration for lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), is closed.
  24 Apr 12:00 Slack, edited: Registration for lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), is closed.
  25 Apr 08:00 Discord: 本日 13:00 開始：第9回「銀河の形」（大空 翼）、西館 201教室／オンライン（接続先は登録アドレス宛のメール）
  25 Apr 08:00 Slack: Today at 13:00: lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), West Hall, Room 201, or online (the link comes by mail to registered addresses)
  25 Apr 12:30 Discord: まもなく 13:00 開始：第9回「銀河の形」（大空 翼）、西館 201教室／オンライン（接続先は登録アドレス宛のメール）
  25 Apr 12:30 Slack: Starting at 13:00: lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), West Hall, Room 201, or online (the link comes by mail to registered addresses)
Rin: /admin material 9 スライド https://files.example/9.pdf
  Change lecture 9 like this?
  Changes
  • New materials: Slides: https://files.example/9.pdf
  [Announce] [Change quietly] [Show in full] [Discard]
Rin presses [Announce]
  Changed.
  • New materials: Slides: https://files.example/9.pdf
  • It is posted at Fri, 26 Apr 2030, 12:15 JST, together with whatever else changes until then.
  • To: #lectures, #general
  [Undo]
15 minutes later
  26 Apr 12:15 Discord: 第9回「銀河の形」（大空 翼）のスライドを公開しました。
  26 Apr 12:15 Slack: Slides of lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), are online.
Discord shows
  | 第9回「銀河の形」（大空 翼）のスライドを公開しました。
  | スライド: https://files.example/9.pdf
  | [詳細]
Slack shows
  | Slides of lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), are online.
  | Slides: https://files.example/9.pdf
  | [Details]
Rin: /admin material 9 スライド → 講義資料 / Lecture notes
  Change lecture 9 like this?
  Changes
  • Materials renamed: Slides → Lecture notes
  • (Japanese) 資料の名称：スライド → 講義資料
  [Save] [Discard]
Rin presses [Save]
  Changed.
  • Materials renamed: Slides → Lecture notes
  • (Japanese) 資料の名称：スライド → 講義資料
  • Nothing is posted: this is no news to members.
  [Undo]
  26 Apr 12:15 Discord, edited: 第9回「銀河の形」（大空 翼）のスライドを公開しました。
  26 Apr 12:15 Slack, edited: Slides of lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), are online.
Discord shows
  | 第9回「銀河の形」（大空 翼）のスライドを公開しました。
  | 講義資料: https://files.example/9.pdf
  | [詳細]
Slack shows
  | Slides of lecture 9, “Shapes of Galaxies” (Tsubasa Ozora), are online.
  | Lecture notes: https://files.example/9.pdf
  | [Details]
1 day later
Rin: /admin material 9 withdraw 講義資料
  Change lecture 9 like this?
  Changes
  • Materials withdrawn: Lecture notes
  [Save] [Discard]
Rin presses [Save]
  Changed.
  • Materials withdrawn: Lecture notes
  • Nothing is posted: this is no news to members.
  [Undo]
  27 Apr 12:15 Discord, edited: 第9回「銀河の形」（大空 翼）のスライドは取り下げられました。
  27 Apr 12:15 Slack, edited: Withdrawn: slides of lecture 9, “Shapes of Galaxies” (Tsubasa Ozora).
Discord shows
  | 第9回「銀河の形」（大空 翼）のスライドは取り下げられました。
  | 4/25(木) 13:00–17:00 JST
  | 西館 201教室
  | 対面とオンライン
  | [詳細]
Slack shows
  | Withdrawn: slides of lecture 9, “Shapes of Galaxies” (Tsubasa Ozora).
  | Thu, 25 Apr, 13:00–17:00 JST
  | West Hall, Room 201
  | In person and online
  | [Details]
""")  # noqa: E501


async def test_two_organizers_edit_one_lecture(spring: Seminar) -> None:
    told = await play(
        spring,
        typed("/admin venue 9 room: 118教室 / Room 118"),
        typed("/admin title 9 銀河の腕 / Arms of Galaxies", "colleague"),
        pressed("Announce", "colleague"),
        pressed("Announce"),
        pressed("Announce"),
        passes(minutes=15),
        typed("/admin log 9"),
    )
    assert told == snapshot("""\

Rin: /admin venue 9 room: 118教室 / Room 118
  Change lecture 9 like this?
  Changes
  • Venue: West Hall, Room 201 → West Hall, Room 118
  • (Japanese) 会場：西館 201教室 → 西館 118教室
  [Announce] [Change quietly] [Show in full] [Discard]
Ken: /admin title 9 銀河の腕 / Arms of Galaxies
  Change lecture 9 like this?
  Changes
  • Title: “Shapes of Galaxies” → “Arms of Galaxies”
  • (Japanese) 題目：「銀河の形」 → 「銀河の腕」
  [Announce] [Change quietly] [Show in full] [Discard]
Ken presses [Announce]
  Changed.
  • Title: “Shapes of Galaxies” → “Arms of Galaxies”
  • (Japanese) 題目：「銀河の形」 → 「銀河の腕」
  • It is posted at Mon, 8 Apr 2030, 12:15 JST, together with whatever else changes until then.
  • To: #lectures, #general
  [Undo]
Rin presses [Announce]
  Somebody has changed this in the meantime. As it is now, your change would come to this. Make it?
  Changes
  • Venue: West Hall, Room 201 → West Hall, Room 118
  • (Japanese) 会場：西館 201教室 → 西館 118教室
  [Announce] [Change quietly] [Show in full] [Discard]
Rin presses [Announce]
  Changed.
  • Venue: West Hall, Room 201 → West Hall, Room 118
  • (Japanese) 会場：西館 201教室 → 西館 118教室
  • It is posted at Mon, 8 Apr 2030, 12:15 JST, together with whatever else changes until then.
  • To: #lectures, #general
  [Undo]
15 minutes later
  08 Apr 12:15 Discord: 【変更】第9回（大空 翼、4/25(木) 13:00〜）：会場は西館 118教室。題目は「銀河の腕」。参加登録は 4/24(水) 正午まで。
  08 Apr 12:15 Slack: Change to lecture 9 (Tsubasa Ozora, Thu, 25 Apr, 13:00): at West Hall, Room 118. Also: the title is “Arms of Galaxies”. Please register by Wed, 24 Apr, noon.
Rin: /admin log 9
  Last change: Mon, 8 Apr, 12:00 JST, Rin.
  Changes
  Rin: lecture 9
  Mon, 8 Apr 2030, 12:00 JST
  this channel
  admin venue 9 room: 118教室 / Room 118
  Ken: lecture 9
  Mon, 8 Apr 2030, 12:00 JST
  #organizers
  admin title 9 銀河の腕 / Arms of Galaxies
  [Undo]
""")  # noqa: E501


async def test_a_change_is_undone_after_the_post_went_out(spring: Seminar) -> None:
    told = await play(
        spring,
        typed("/admin move 10 5/30 13:00-15:00"),
        pressed("Announce"),
        passes(minutes=15),
        looked(),
        typed("/admin undo 10"),
        pressed("Announce"),
        passes(minutes=15),
        looked(back=2),
        looked(),
        typed("/admin undo 10"),
    )
    assert told == snapshot("""\

Rin: /admin move 10 5/30 13:00-15:00
  Change lecture 10 like this?
  Changes
  • Date: Thu, 23 May, 13:00 → Thu, 30 May, 13:00–15:00
  • Registration deadline: Wed, 22 May, 12:00 → Wed, 29 May, 12:00
  [Announce] [Change quietly] [Show in full] [Discard]
Rin presses [Announce]
  Changed.
  • Date: Thu, 23 May, 13:00 → Thu, 30 May, 13:00–15:00
  • Registration deadline: Wed, 22 May, 12:00 → Wed, 29 May, 12:00
  • It is posted at Mon, 8 Apr 2030, 12:15 JST, together with whatever else changes until then.
  • To: #lectures, #general
  [Undo]
15 minutes later
  08 Apr 12:15 Discord: 日程変更：第10回（月島 光）：5/23(木) → 5/30(木)、時刻は 13:00 のまま。
  08 Apr 12:15 Slack: New day for lecture 10 (Hikari Tsukishima): Thu, 23 May → Thu, 30 May, still at 13:00.
Discord shows
  | 日程変更：第10回（月島 光）：5/23(木) → 5/30(木)、時刻は 13:00 のまま。
  | 5/30(木) 13:00–15:00 JST
  | [リマインド] [カレンダー]
Slack shows
  | New day for lecture 10 (Hikari Tsukishima): Thu, 23 May → Thu, 30 May, still at 13:00.
  | Thu, 30 May, 13:00–15:00 JST
  | [Remind me] [Calendar]
Rin: /admin undo 10
  Take this back: the change of Mon, 8 Apr, 12:00 JST, by Rin (/admin move 10 5/30 13:00-15:00)?
  Changes
  • Date: Thu, 30 May, 13:00–15:00 → Thu, 23 May, 13:00
  • Registration deadline: Wed, 29 May, 12:00 → Wed, 22 May, 12:00
  [Announce] [Change quietly] [Show in full] [Discard]
Rin presses [Announce]
  Changed.
  • Date: Thu, 30 May, 13:00–15:00 → Thu, 23 May, 13:00
  • Registration deadline: Wed, 29 May, 12:00 → Wed, 22 May, 12:00
  • It is posted at Mon, 8 Apr 2030, 12:30 JST, together with whatever else changes until then.
  • To: #lectures, #general
  08 Apr 12:15 Discord, edited: お知らせした 5/30(木) 13:00〜 への変更は取り消します：第10回「月の裏側」（月島 光）。5/23(木) 13:00〜 のままです。
  08 Apr 12:15 Slack, edited: The move to Thu, 30 May, 13:00 that we announced is taken back: lecture 10, “The Far Side of the Moon” (Hikari Tsukishima). It stays on Thu, 23 May, 13:00.
15 minutes later
  08 Apr 12:30 Discord: お知らせした 5/30(木) 13:00〜 への変更は取り消します：第10回「月の裏側」（月島 光）。5/23(木) 13:00〜 のままです。
  08 Apr 12:30 Slack: The move to Thu, 30 May, 13:00 that we announced is taken back: lecture 10, “The Far Side of the Moon” (Hikari Tsukishima). It stays on Thu, 23 May, 13:00.
Discord shows
  | お知らせした 5/30(木) 13:00〜 への変更は取り消します：第10回「月の裏側」（月島 光）。5/23(木) 13:00〜 のままです。
  | 5/23(木) 13:00 JST
  | [リマインド] [カレンダー]
Slack shows
  | The move to Thu, 30 May, 13:00 that we announced is taken back: lecture 10, “The Far Side of the Moon” (Hikari Tsukishima). It stays on Thu, 23 May, 13:00.
  | Thu, 23 May, 13:00 JST
  | [Remind me] [Calendar]
Discord shows
  | お知らせした 5/30(木) 13:00〜 への変更は取り消します：第10回「月の裏側」（月島 光）。5/23(木) 13:00〜 のままです。
  | 5/23(木) 13:00 JST
  | [リマインド] [カレンダー]
Slack shows
  | The move to Thu, 30 May, 13:00 that we announced is taken back: lecture 10, “The Far Side of the Moon” (Hikari Tsukishima). It stays on Thu, 23 May, 13:00.
  | Thu, 23 May, 13:00 JST
  | [Remind me] [Calendar]
Rin: /admin undo 10
  There is nothing to take back.
""")  # noqa: E501
    assert spring.room.text == SPRING


async def test_a_member_is_refused(spring: Seminar) -> None:
    told = await play(
        spring,
        typed("/admin cancel 9", "member"),
        typed("/admin undo", "member"),
        typed("/admin log", "member"),
        passes(hours=1),
    )
    platform = "discord" if isinstance(spring.member, DiscordHand) else "slack"
    why = phrases("en")(f"access.not_managing.{platform}")
    assert told.replace(why, "Only the organizers can do that.") == snapshot("""\

Hana: /admin cancel 9
  Only the organizers can do that.
Hana: /admin undo
  Only the organizers can do that.
Hana: /admin log
  Only the organizers can do that.
1 hour later
""")
    assert spring.room.text == SPRING


async def test_a_zoom_link_in_the_notes_is_refused(spring: Seminar) -> None:
    told = await play(
        spring,
        typed("/admin edit 9 notes オンライン参加はこちら https://us02web.zoom.us/j/86543210987?pwd=c2VjcmV0"),
        typed("/admin edit 9 notes ミーティングID: 865 4321 0987 パスコード: 123456"),
        typed("/admin edit 9 notes 筆記用具をお持ちください。 / Please bring something to write with."),
        pressed("Announce"),
        passes(minutes=15),
        looked(),
    )
    assert told == snapshot("""\

Rin: /admin edit 9 notes オンライン参加はこちら https://us02web.zoom.us/j/86543210987?pwd=c2VjcmV0
  This contains a link into an online meeting. Such links go only by mail to those registered; please remove it.
  For example: /admin edit 9 notes Please bring a laptop.
Rin: /admin edit 9 notes ミーティングID: 865 4321 0987 パスコード: 123456
  This contains the ID of an online meeting. It goes only by mail to those registered; please remove it.
  For example: /admin edit 9 notes Please bring a laptop.
Rin: /admin edit 9 notes 筆記用具をお持ちください。 / Please bring something to write with.
  Change lecture 9 like this?
  Changes
  • Please note: none → Please bring something to write with.
  • (Japanese) 備考：なし → 筆記用具をお持ちください。
  [Announce] [Change quietly] [Show in full] [Discard]
Rin presses [Announce]
  Changed.
  • Please note: none → Please bring something to write with.
  • (Japanese) 備考：なし → 筆記用具をお持ちください。
  • It is posted at Mon, 8 Apr 2030, 12:15 JST, together with whatever else changes until then.
  • To: #lectures, #general
  [Undo]
15 minutes later
  08 Apr 12:15 Discord: 【決定】第9回「銀河の形」（大空 翼、4/25(木) 13:00〜）：備考「筆記用具をお持ちください」。参加登録は 4/24(水) 正午まで。
  08 Apr 12:15 Slack: Lecture 9, “Shapes of Galaxies” (Tsubasa Ozora, Thu, 25 Apr, 13:00): please note: Please bring something to write with. Please register by Wed, 24 Apr, noon.
Discord shows
  | 【決定】第9回「銀河の形」（大空 翼、4/25(木) 13:00〜）：備考「筆記用具をお持ちください」。参加登録は 4/24(水) 正午まで。
  | 4/25(木) 13:00–17:00 JST
  | 西館 201教室
  | 対面とオンライン
  | 参加登録: https://forms.example/9
  | [リマインド] [カレンダー]
Slack shows
  | Lecture 9, “Shapes of Galaxies” (Tsubasa Ozora, Thu, 25 Apr, 13:00): please note: Please bring something to write with. Please register by Wed, 24 Apr, noon.
  | Thu, 25 Apr, 13:00–17:00 JST
  | West Hall, Room 201
  | In person and online
  | Register: https://forms.example/9
  | [Remind me] [Calendar]
""")  # noqa: E501


async def test_what_members_hardly_see_is_taken_back_like_anything_else(spring: Seminar) -> None:
    told = await play(
        spring,
        by_hand("ja: 月島 光", "ja: 月島　光"),
        typed("/admin material 10 動画 準備中"),
        pressed("Save"),
        typed("/admin undo"),
        pressed("Save"),
        typed("/admin undo"),
        pressed("Save"),
        typed("/admin undo"),
        passes(hours=1),
    )
    assert told == snapshot("""\

in the file: ja: 月島 光 → ja: 月島\u3000光
Rin: /admin material 10 動画 準備中
  Change lecture 10 like this?
  Changes
  • Materials in preparation: Video
  [Save] [Discard]
Rin presses [Save]
  Changed.
  • Materials in preparation: Video
  • Nothing is posted: this is no news to members.
  [Undo]
Rin: /admin undo
  Take this back: the change of Mon, 8 Apr, 12:00 JST, by Rin (/admin material 10 動画 準備中)?
  Changes
  • Materials withdrawn: Video
  [Save] [Discard]
Rin presses [Save]
  Changed.
  • Materials withdrawn: Video
  • Nothing is posted: this is no news to members.
Rin: /admin undo
  Take this back: the change of Mon, 8 Apr, 12:00 JST, by an edit of the file?
  Changes
  • In the schedule file only: nothing looks different to members.
  [Save] [Discard]
Rin presses [Save]
  Changed.
  • Nothing is posted: this is no news to members.
Rin: /admin undo
  There is nothing to take back.
1 hour later
""")
    assert spring.room.text == SPRING


async def test_a_lecture_entered_by_mistake_is_removed_and_put_back(spring: Seminar) -> None:
    told = await play(
        spring,
        typed("/admin add 6/20 13:00"),
        pressed("Announce"),
        passes(minutes=15),
        typed("/admin remove 11 it is a colloquium", whole=True),
        pressed("Remove"),
        passes(minutes=15),
        looked(),
        pressed("Undo"),
        pressed("Save"),
        looked(),
    )
    assert told == snapshot("""\

Rin: /admin add 6/20 13:00
  Change lecture 11 like this?
  Changes
  • New: Lecture 11 (title to be announced), Thu, 20 June, 13:00
  [Announce] [Change quietly] [Show in full] [Discard]
Rin presses [Announce]
  Changed.
  • New: Lecture 11 (title to be announced), Thu, 20 June, 13:00
  • It is posted at Mon, 8 Apr 2030, 12:15 JST, together with whatever else changes until then.
  • To: #lectures, #general
  [Undo]
15 minutes later
  08 Apr 12:15 Discord: 新しい講義：第11回、6/20(木) 13:00〜。
  08 Apr 12:15 Slack: New: lecture 11, Thu, 20 June, 13:00.
Rin: /admin remove 11 it is a colloquium
  Remove lecture 11 from the schedule?
  Changes
  • Removed from the schedule: Lecture 11 (title to be announced), Thu, 20 June, 13:00
  What follows
  • Nothing is posted: this is no news to members.
  • Earlier posts that are corrected: 2
  • Later posts that are dropped: 3
  Only you can answer this, within 15 minutes. Nobody is told. If people know of it already, cancel it instead.
  [Remove] [Show in full] [Cancel it instead] [Discard]
Rin presses [Remove]
  Changed.
  • Removed from the schedule: Lecture 11 (title to be announced), Thu, 20 June, 13:00
  • Nothing is posted: this is no news to members.
  [Undo]
  08 Apr 12:15 Discord, edited: 第11回は予定から外れました。
  08 Apr 12:15 Slack, edited: Lecture 11 is no longer in the schedule.
15 minutes later
Discord shows
  | 第11回は予定から外れました。
  | [使い方]
Slack shows
  | Lecture 11 is no longer in the schedule.
Rin presses [Undo]
  Take this back: the change of Mon, 8 Apr, 12:15 JST, by Rin (/admin remove 11 it is a colloquium)?
  Changes
  • New: Lecture 11 (title to be announced), Thu, 20 June, 13:00
  [Save] [Show in full] [Discard]
Rin presses [Save]
  Changed.
  • New: Lecture 11 (title to be announced), Thu, 20 June, 13:00
  • Nothing is posted: this is no news to members.
  08 Apr 12:30 Discord, edited: 新しい講義：第11回、6/20(木) 13:00〜。
  08 Apr 12:30 Slack, edited: New: lecture 11, Thu, 20 June, 13:00.
Discord shows
  | 新しい講義：第11回、6/20(木) 13:00〜。
  | 6/20(木) 13:00 JST
  | [リマインド] [カレンダー]
Slack shows
  | New: lecture 11, Thu, 20 June, 13:00.
  | Thu, 20 June, 13:00 JST
  | [Remind me] [Calendar]
""")


async def test_an_announcement_in_both_languages_is_corrected_and_withdrawn(spring: Seminar) -> None:
    told = await play(
        spring,
        typed("/admin announce 開場は 12:00 です。 / The doors open at 12:00.", whole=True),
        pressed("Announce"),
        typed("/admin announce correct 開場は 12:30 です。 / The doors open at 12:30.", whole=True),
        pressed("Correct"),
        typed("/admin announce withdraw"),
        pressed("Withdraw"),
        typed("/admin announce withdraw"),
    )
    assert told == snapshot("""\

Rin: /admin announce 開場は 12:00 です。 / The doors open at 12:00.
  Post this to 2 channels?
  The post
  開場は 12:00 です。
  To: #lectures
  The post
  The doors open at 12:00.
  To: #general
  Only you can answer this, within 15 minutes.
  [Announce] [Discard]
Rin presses [Announce]
  It is being posted. To: #lectures, #general
  [Correct] [Withdraw]
  08 Apr 12:00 Discord: 開場は 12:00 です。
  08 Apr 12:00 Slack: The doors open at 12:00.
Rin: /admin announce correct 開場は 12:30 です。 / The doors open at 12:30.
  Correct the announcement of Mon, 8 Apr, 12:00 JST like this?
  Posted
  The doors open at 12:00.
  The post
  開場は 12:30 です。
  To: #lectures
  The post
  The doors open at 12:30.
  To: #general
  Only you can answer this, within 15 minutes.
  [Correct] [Discard]
Rin presses [Correct]
  It is being corrected. In: #lectures, #general
  [Correct] [Withdraw]
  08 Apr 12:00 Discord, edited: 開場は 12:30 です。
  08 Apr 12:00 Slack, edited: The doors open at 12:30.
Rin: /admin announce withdraw
  Delete the announcement of Mon, 8 Apr, 12:00 JST?
  Posted
  The doors open at 12:30.
  To: #lectures, #general
  Only you can answer this, within 15 minutes.
  [Withdraw] [Discard]
Rin presses [Withdraw]
  It is being deleted. In: #lectures, #general
Rin: /admin announce withdraw
  No announcement stands in any channel.
  For example: /admin announce Tomorrow the doors open at 12:30.
""")
    assert [len(board.messages()) for board in spring.boards] == [0, 0]


async def test_changes_of_an_afternoon_are_told_together(spring: Seminar) -> None:
    told = await play(
        spring,
        typed("/admin pause changes until 18:00"),
        typed("/admin venue 9 東館 / East Hall"),
        pressed("Announce"),
        passes(hours=3),
        typed("/admin title 10 月 / Moon"),
        pressed("Announce"),
        passes(hours=1),
        typed("/admin edit 9 mode online"),
        pressed("Announce"),
        typed("/admin health"),
        passes(hours=3),
    )
    assert "Changes are collected until Mon, 8 Apr, 18:00 JST, and then told together." in told
    assert "Since Mon, 8 Apr 2030, 12:00 JST by Rin, until Mon, 8 Apr 2030, 18:00 JST: then they are told" in told
    assert (
        told.count("It is posted at Mon, 8 Apr 2030, 18:00 JST, together with whatever else changes until then.") == 3
    )
    discord, slack = [line.strip() for line in told.splitlines() if line.startswith("  08 Apr")]
    assert discord.startswith(
        "08 Apr 18:00 Discord: 【変更】第9回「銀河の形」（大空 翼、4/25(木) 13:00〜）：オンラインのみで開催。"
    )
    assert discord.endswith("【変更】第10回（月島 光、5/23(木) 13:00〜）：題目は「月」。")
    assert slack.startswith("08 Apr 18:00 Slack: Change to lecture 9, “Shapes of Galaxies”")
    assert slack.endswith("Change to lecture 10 (Hikari Tsukishima, Thu, 23 May, 13:00): the title is “Moon”.")


async def test_collected_changes_are_told_earlier_on_request_and_urgent_ones_at_once(spring: Seminar) -> None:
    told = await play(
        spring,
        typed("/admin 一時停止 変更 明日 9:00まで"),
        typed("/admin venue 9 東館 / East Hall"),
        pressed("Announce"),
        passes(hours=4),
        typed("/admin cancel 10"),
        pressed("Announce"),
        typed("/admin resume"),
    )
    assert "Posts go out again. 1 post was waiting and goes out now." in told
    posts = [line.strip().partition("（")[0].partition(",")[0] for line in told.splitlines() if " Apr 16:00 " in line]
    assert posts == [
        "08 Apr 16:00 Discord: 【中止】5/23(木) 13:00 からの第10回「月の裏側」",
        "08 Apr 16:00 Slack: Cancelled: lecture 10",
        "08 Apr 16:00 Discord: 【変更】第9回「銀河の形」",
        "08 Apr 16:00 Slack: Change to lecture 9",
    ]
