"""The words for meetings, their numbers and passcodes, in many languages, as parts of patterns; without accents."""

from typing import Final

MEETING: Final = (
    r"meetings?|webinars?|webinaire|conference|zoom|webex|teams|room|join|ミーティング|会議|ウェビナー|ズーム|参加|入室|ルーム"
    r"|besprechungs?|konferenz|sitzungs?|vergaderings?|reunion|conferencia|conferenza|seminario|reuniao|riunione|spotkania"
    r"|konferencji|schuzky|toplanti|mote|rapat|cuoc hop|конференции|встречи|собрания|회의|미팅|会议|會議|การประชุม"
)
ID: Final = (
    r"id|no\.?|nr\.?|number|identifiant|identificador|identyfikator|kennung|numero|numer|nummer|kimligi|ma|番号|号码?|號碼?"
    r"|идентификатор|номер|아이디|번호|รหัส|หมายเลข"
)
SERVICE: Final = r"zoom|ズーム|webex|腾讯会议|騰訊會議|voov|bluejeans|gotomeeting"
"""Services whose name is enough before a number."""

OF: Final = r"(?:de la|de|du|da|do|della|di|del|der|des|fur|zum|van de|van|for the|for|of the|of) "

PASSCODE: Final = (
    r"pass[\s-]?code|pass[\s-]?word|passwd|pwd|passkode|パス\s?コード|パス\s?ワード|kennwort|passwort|kenncode|密码|密碼"
    r"|비밀\s?번호|패스\s?워드|contrasena|mot de passe|senha|wachtwoord|losenord|adgangskode|passord|salasana|пароль"
    r"|รหัสผ่าน|mat khau|kata sandi|كلمة المرور|كلمة السر|סיסמ[הא]|κωδικ[οό]ς|पासवर्ड"
)
"""What can only be a passcode."""

CODE: Final = (
    r"access[\s-]?code|entry[\s-]?code|join[\s-]?code|meeting[\s-]?code|room[\s-]?code|security[\s-]?code|pin[\s-]?code"
    r"|host key|code d.?acces|code secret|code de (?:la )?reunion|codigo de acceso|codigo de acesso"
    r"|codice (?:di )?accesso|kode sandi|zugangscode|zugriffscode|toegangscode|код доступа|アクセスコード"
    r"|参加コード|入室コード|会議コード|ミーティングコード|ルームコード|pin\s?コード|ピンコード|ホスト\s?キー|参加\s?キー|入室\s?キー|暗証\s?番号"
    r"|合言葉|口令|访问码|入会码|参会码|참가\s?코드|참여\s?코드|접속\s?코드|입장\s?코드"
)
"""What can be something else, too, so that the value has to look like a code."""

SHORT: Final = r"passcodes|passwords|pass|pw|mdp|pin|clave|parola|sifre|heslo|hasło|haslo|jelszo|パス|암호"
"""What is often something else: a passcode only with a colon and what looks like a code."""

IS: Final = r"は|が|是|为|為|는|은|\bis|\bist|\blautet|\bes|\best|\be"

HARMLESS: Final = frozenset(
    {
        *("later", "mail", "e-mail", "email", "n/a", "no", "none", "required", "tba", "tbd", "yes", "follows", "soon"),
        *("optional", "unknown", "separately", "folgt", "nein", "aucun", "ninguna", "nessuna", "geen"),
    }
)
"""Values that are none."""

CODE_HINTS: Final = (
    *("pass", "pwd", "pw:", "pw ", "pw=", "pw(", "mdp", "pin:", "pin ", "pin=", "pin-", "pinコ", "code", "kode"),
    *("key", "パス", "コード", "キー", "暗証", "合言葉", "kennwort", "密", "口令", "会码", "访问", "비밀"),
    *("패스", "암호", "코드", "contrase", "senha", "clave", "digo de ac", "codice", "wachtwoord", "senord"),
    *("parola", "ifre", "heslo", "hasł", "haslo", "jelsz", "salasana", "парол", "код ", "รหัส", "khẩu", "khau"),
    *("sandi", "المرور", "السر", "סיסמ", "κωδικ", "पासव"),
)
"""What every text with a passcode contains one of, in small letters; looked for first, because that is fast."""
