"""Meeting services and chats: what addresses look like that lead straight into a meeting or invite to a chat.

The patterns are for addresses in small letters. Those of paths see what follows the host, 400 characters at most.
"""

from typing import Final

NEVER: Final = r"(?!)"

FORMS: Final = {
    "zoom.us zoom.com zoom.com.cn zoomgov.com": (
        r"/(?:j|s|w|my|ejl|skype|launch)/[\w-]|/wc/(?:join/)?[\w-]*\d|/(?:join|start)\b.*confno=\d"
    ),
    "teams.microsoft.com teams.live.com teams.microsoft.us teams.cloud.microsoft": (
        r".*(?:meetup-join|\bmeetingjoin=)|(?:/v2)?(?:/_?#)?/(?:meet|l/(?:meeting|team|chat))/\w"
    ),
    "join.skype.com": r"/\w",
    "meet.lync.com": r"/[\w.-]+/[\w.-]+/\w",
    "meet.google.com": r"/(?:lookup/\w|[a-z]{3}-?[a-z]{4}-?[a-z]{3}(?!\w))",
    "stream.meet.google.com": r"/stream/\w",
    "tel.meet": r"/\w",
    "g.co": r"/meet/\w",
    "chat.google.com": r"/room/\w",
    "hangouts.google.com": r"/(?:call|hangouts/_|group)/\w",
    "webex.com": (
        r"/(?:meet|join|m|meetings/join|wbxmjs|webappng/sites/[\w.-]+/meeting)/\w|.*/[jeg]\.php\?|.*\bmtid=\w"
        r"|.*\bmeetingkey=\d"
    ),
    "8x8.vc": r"/[\w.-]+/\w",
    "around.co": r"/r/\w",
    "gather.town": r"/(?:app/[\w-]+/\w|invite\?)",
    "ovice.com": r"/ws/\w",
    "ovice.in": r"/\w",
    "spatial.chat": r"/s/\w",
    "remo.co": r"/e/[\w-]+/(?:join|guest)",
    "hubs.mozilla.com": r"/[a-z0-9]{7}(?:/|\Z)",
    "play.workadventu.re": r"/[@_*~]/\w",
    "wonder.me": r"/?\?.*spaceid=\w",
    "meeting.tencent.com voovmeeting.com": r"/(?:dm|s|p|l|live|v2/cloud-live)/\w",
    "vc.feishu.cn vc.larksuite.com meetings.feishu.cn meetings.larksuite.com": r"/(?:j|s)/\w",
    "applink.feishu.cn applink.larksuite.com": r"/client/(?:chat/chatter/add_by_link|videochat/open)\b",
    "meeting.dingtalk.com": r"/(?:j|s|meeting)/\w",
    "line.me": r"/(?:r/)?(?:ti/g2?|meeting)/\w",
    "open.kakao.com": r"/o/\w",
    "meeting.huaweicloud.com welink.huaweicloud.com": r".*/j/\w",
    "meeting.zoho.com meetings.zoho.com": r"/join\?|/meeting/\w|.*\bkey=\d",
    "meet.zoho.com": r"/\w",
    "gotomeeting.com gotowebinar.com gototraining.com": r"/(?:join|meeting/join)/\w",
    "meet.goto.com": r"/\w",
    "app.goto.com": r"/(?:meeting|webinar)/\w",
    "bluejeans.com": r"/(?:meet/\w|\d{6}|a2m/live-event/\w)",
    "chime.aws": r"/(?:meetings/)?[\w-]*\d",
    "ringcentral.com": r"/(?:join|j)/\w",
    "livestorm.co": r"/p/[\w-]+/(?:live|room)\b",
    "facetime.apple.com": r"/join#",
    "m.me": r"/j/\w",
    "messenger.com": r"/(?:groupcall|j)/",
    "telemost.yandex.ru telemost.360.yandex.ru": r"/j/\w",
    "meetings.dialpad.com": r"/(?:room/)?\w",
    "call.lifesizecloud.com meet.starleaf.com": r"/\d",
    "vk.com vk.ru": r"/call/join/\w",
    "signal.link": r"/call/#",
    "signal.group": r"/#",
    "call.whatsapp.com chat.whatsapp.com": r"/\w",
    "discord.gg": r"/\w",
    "discord.com discordapp.com": r"/invite/\w",
    "join.slack.com": r"/(?:t|share)/\w",
    "slack.com": r"/(?:join/shared_invite|huddle)/\w",
    "t.me telegram.me telegram.dog": (
        r"/(?:(?:joinchat/|\+|call/)\w|\w+/?\?(?:.*&)?(?:videochat|voicechat|livestream)\b)"
    ),
    "zulipchat.com": r"/join/\w",
    "adobeconnect.com": r"/(?!p[a-z0-9]{8,}(?:/|\Z)|(?:admin|common|system)\b)\w",
    "www.daily.co www.clickmeeting.com www.adobeconnect.com www.ovice.com www.ovice.in": NEVER,
}
"""What follows the host of a service; a host stands for all below it, too, and the longest one decides."""

ROOMS: Final = frozenset(
    {
        *("meet.jit.si", "whereby.com", "appear.in", "framatalk.org", "meet.ffmuc.net", "kmeet.infomaniak.com"),
        *("rendez-vous.renater.fr", "call.element.io", "daily.co", "clickmeeting.com", "kumospace.com", "talky.io"),
        *("uberconference.com", "gotomeet.me", "calling.fun", "senfcall.de", "meet.systemli.org", "fairmeeting.net"),
    }
)
"""Hosts at which every name is a room, but for PAGES."""

ROOM: Final = r"/[\w%@.~+-]{2,}"

OWN_ROOMS: Final = r"(?:meet|[a-z0-9-]{0,20}jitsi[a-z0-9-]{0,20}|bbb|bigbluebutton|greenlight)\."
"""How the host of somebody's own meeting server likely begins."""

OWN_ROOM: Final = r"/(?:[\w%.~+-]{3,}/?(?:[?#]|\Z)|[\w.-]+/[a-z0-9]{8}/?(?:[?#]|\Z)|(?:b|gl|r|rooms|room)/[\w-]{3})"
"""A room there: of Jitsi, of Skype for Business, of BigBlueButton or OpenTalk."""

NO_OWN_ROOMS: Final = frozenset({"jitsi.org", "github.io", "readthedocs.io", "bigbluebutton.org"})

PAGES: Final = (
    r"/(?:about|api|apps?|archives?|assets|blog|careers?|contact|cookies?|customers?|demo|docs?|downloads?|en|enterprise"
    r"|events?|faq|features|gallery|help|home|imprint|impressum|index|information|integrations|ja|jobs|legal|login|news"
    r"|org|policies|press|pricing|privacy|products?|program(?:me)?|register|registration|resources|schedule|security"
    r"|sign-?in|sign-?up|solutions|speakers|sponsors|static|status|support|team|templates|terms|users?|venue|webinars?"
    r"|\d{1,4}|[\w.-]*\.(?:html?|php|pdf|png|jpe?g|svg|css|js|txt|xml|ics|md))(?:[/?#]|\Z)"
)
"""Pages at hosts of rooms that are none."""

ANYWHERE: Final = (
    r"(?:/[\w.-]+){0,4}?(?:"
    r"/(?:b|gl|rooms?)/(?:[a-z0-9]{3,}-){2,3}[a-z0-9]{3}(?![\w-])"  # BigBlueButton with Greenlight
    r"|/bigbluebutton/api/join\b|/html5client/(?:join\b|\?)"  # BigBlueButton itself
    r"|/call/(?=[a-z]{0,7}\d)[a-z0-9]{8}(?![\w/-])"  # Nextcloud Talk
    r"|/webapp/(?:#/)?(?:conference/|m/|\?conference=)\w"  # Pexip
    r"|/signup_user_complete/\?id=)"  # Mattermost
    r"|.*(?:#(?:config|userinfo|interfaceconfig)\.\w|[?&]jwt=ey|[?&]sessiontoken=\w|[?&;]pwd=\w)"
)
"""What tells a meeting or an invite at whatever host: programs that people run themselves, and passcodes."""

SCHEMES: Final = (
    r"(?<![a-z0-9])(?:(?:zoommtg|zoomus|zoomphonecall|msteams|wemeet|tencentmeeting|webexteams|wbx|jitsi-meet"
    r"|org\.jitsi\.meet|gotomeeting|gotowebinar):[/\w]"
    r"|(?:dingtalk|facetime|facetime-audio|feishu|lark|webex|bluejeans|discord|whatsapp|line)://\w"
    r"|tg://(?:join|invite)|skype:[\w.:,-]{1,64}\?(?:call|chat|join)|sips?:[\w.]{3,40}@[a-z0-9])"
    r"|\d{6,14}@(?:[a-z0-9-]+\.){0,3}(?:zoomcrc|webex|bjn|lifesizecloud|starleaf)\.[a-z]"
)
"""Addresses that open the program of a service, and those that video systems dial."""

LINK_HINTS: Final = (
    *("zoom", "teams.", "teams[", "teams:", "meet.", "meet ", "meet[", "meet(", "meetup-", "meeting."),
    *("meetings.", "tencentm", "co/meet", "skype", "chat.goo", "hangouts", "webex", "8x8", "around.", "gather."),
    *("ovice.", "spatial.", "remo.co", "hubs.mo", "workadv", "wonder.me", "vc.", "applink", "lark:", "feishu:"),
    *("dingtalk", "line.me", "line:", "open.kakao", "welink", "goto", "bluejeans", "chime.", "ringcentral"),
    *("livestorm", "facetime", "m.me", "messenger.", "telemost", "lifesize", "starleaf", "vk.", "signal."),
    *("whatsapp", "discord", "slack.", "t.me", "telegram.", "tg:", "zulip", "adobecon", "whereby", "appear.in"),
    *("framatalk", "renater.", "element.io", "daily.co", "kumospace", "uberconf", "calling.fun", "talky.io"),
    *("senfcall", "jitsi", "bbb", "greenlight", "bigbluebutton", "/b/", "/gl/", "/room", "html5client", "/call/"),
    *("/webapp/", "signup_user", "#config", "#userinfo", "#interface", "jwt=", "sessiontoken", "pwd=", "sip:"),
    *("sips:", "wbx:", "wemeet", "voov", "@bjn", "[.", "(.", "[dot", "(dot", " dot ", "ドット", "点]", "%", "&#"),
    *("&shy", "&zw", "&sol", "&per"),
)
"""What every text with such an address contains one of, in small letters; looked for first, because that is fast."""
