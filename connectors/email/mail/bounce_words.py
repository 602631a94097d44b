"""What mail servers write when they cannot deliver: who they are, how they say it, and what it means. Data only.

The patterns run over text whose white space is single blanks, in lower case.
"""

from __future__ import annotations

import re

# Local parts and names of what sends reports.
DAEMON = re.compile(
    r"^(?:mailer[-_.]?daemon|mail[-_.]?daemon|mail[-_.]?delivery[-_.]?(?:sub)?system|postmaster|bounces?|no-?reply@sns\.|mdaemon|mail-?master|maildelivery|microsoftexchange[0-9a-f]+|double-bounce|undeliver\w*)\b"
)
DAEMON_NAME = re.compile(
    r"mail(?:er)?[ -]?(?:delivery|daemon|deliver)|delivery (?:sub)?system|post ?master|mail system|"
    r"system administrator|microsoft exchange|mail administrator"
)
SUBJECT = re.compile(
    r"undeliver|returned (?:mail|message|to sender)|return(?:ed)? (?:to|by) sender|"
    r"delivery (?:status|failure|failed|report|error|problem|notification|has failed|delayed|unsuccessful|attempt)|"
    r"failed delivery|failure (?:notice|delivery|report)|non[- ]?delivery|not delivered|"
    r"could ?n[o']t be delivered|cannot be delivered|unable to deliver|mail delivery|"
    r"message (?:delivery|delayed|undeliver)|mail (?:failure|error|could|returned|not)|delivery[- ]notif|"
    r"undelivered|rejected|bounce|nondeliver|notification d'état de remise|échec (?:de|d')|non remis|"
    r"non distribu|non délivr|unzustellbar|nicht zugestellt|zustell|fehlgeschlagen|rückläufer|"
    r"no se (?:ha )?(?:puede|pudo|podido) entregar|no entregado|devuelto|notificación (?:de|sobre)|"
    r"mancata consegna|impossibile (?:recapitare|consegnare)|non recapit|não (?:foi )?entreg|"
    r"falha n[ao] entrega|não entregue|onbestelbaar|niet (?:bezorgd|afgeleverd)|kunde inte levereras|"
    r"olevererb|kunne ikke leveres|ikke leveret|ikke levert|ei voitu toimittaa|toimitus epäonnistui|"
    r"niedostarcz|nie można dostarczyć|nedoruč|недостав|не доставлен|невозможно доставить|teslim edilemedi|"
    r"iletilemedi|配信(?:できません|不能|エラー)|送信できません|エラーメール|退信|无法投递|無法傳遞|未送达|"
    r"배달되지|전송 실패|반송|kézbesíthetetlen|nelivrat|"
    r"αποτυχία παράδοσης|מסירה נכשלה|فشل (?:تسليم|التسليم)"
)
# Said of a mail that did not arrive (or, in TEMPORARY, not yet).
FAILURE = re.compile(
    r"(?:could|can|will|was|were|is|has|have)(?: ?not|n[o']t) (?:be |been )?(?:deliver|sen[dt]|relay|complet|accept)|"
    r"cannot (?:be )?(?:deliver|send)|undeliver|unable to (?:deliver|relay|send)|"
    r"delivery (?:to the following|failed|has failed|error|attempt)|"
    r"(?:permanent|fatal|delivery) (?:fatal )?errors?|failed (?:permanently|recipient|address)|"
    r"address(?:\(es\)|es)? failed|delivery fail|message (?:was )?rejected|returned to (?:sender|you)|"
    r"has been (?:delayed|deferred|rejected)|user unknown|unknown user|no such user|"
    r"mailbox (?:full|unavailable|not found|is full)|transcript of session|unsent message|"
    r"mail delivery failed|not delivered|giving up|smtp error|error (?:has )?occurred while|error delivering|"
    r"was an error|n'a pas pu|n'ont pas pu|nicht zugestellt|konnte nicht|no se pudo|no pudo ser|"
    r"non è stato possibile|não pôde|не может быть доставлено|не доставлено|не удалось|無法|无法|失败|お届けできません|"
    r"配信できません|送信できません|ne peut pas|pas été (?:remis|distribu|livr)"
)
TEMPORARY = re.compile(
    r"warning message only|(?:has|have) been delayed|delivery (?:has been |is )?delayed|"
    r"will (?:be retried|retry|keep trying|continue to try|try again)|do not need to resend|still trying|"
    r"temporar(?:y|ily) (?:failure|error|problem|unable|deferred)|message (?:is )?delayed|"
    r"not (?:yet )?been delivered yet|(?:hat|wurde) verzögert|retardé"
)
# Where the original mail begins in a report that is one text.
ORIGINAL = re.compile(
    r"^[^\w\n]{0,30}(?:\w{1,20} ){0,6}(?:original|unsent|returned|undelivered|copy of (?:the|your)|"
    r"headers? of the|below this line|message headers? (?:follow|below)|forwarded)[^\n]{0,60}$",
    re.IGNORECASE | re.MULTILINE,
)

# Why, by what the servers say. The first that matches wins, so what is more specific stands first.
REASONS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (reason, re.compile(pattern))
    for reason, pattern in (
        ("system",
         r"envelope expired|message expired|delivery time expired|too long in (?:the )?queue|timed out|"
         r"not accept our requests to connect|connection (?:refused|reset|timed)"),
        ("recipient",
         r"null ?mx|does(?:n't| not) (?:accept|receive) (?:any )?(?:e-?)?mail"),
        ("full",
         r"mail ?box (?:is |has )?(?:over ?)?(?:full|exceeded|quota)|mailfull|full mailbox|over ?quota|"
         r"quota (?:is )?exceed|exceed\w* (?:\w+ ){0,4}(?:quota|mailbox|storage|allocation)|out of storage|"
         r"insufficient (?:disk|storage|space|system storage)|disk quota|"
         r"storage (?:limit|space|quota|allocation)|(?:in)?box (?:is |has )?(?:too )?full|"
         r"account is (?:full|over)|user is over|quota (?:limit|violation)|"
         r"over (?:the |its |their )?(?:maximum allowed )?quota|not enough (?:storage|disk)|"
         r"no (?:disk |mailbox )?space left|mailbox size limit|full\W*$|postfach (?:ist )?voll|boîte pleine|"
         r"buzón lleno|exceeded storage|too many messages in|has too many messages"),
        ("size",
         r"(?:message|mail|size|e-?mail|content)\W{0,3}(?:\w+ ){0,4}(?:too (?:big|large)|"
         r"exceed\w* (?:\w+ ){0,4}(?:size|limit|maximum|max))|"
         r"too (?:big|large) (?:message|mail|for)|size (?:limit|exceed)|message[- ]size|"
         r"max(?:imum)? (?:message )?size|larger than (?:the )?(?:current )?(?:maximum|limit|allowed)|"
         r"exceeds? (?:the )?(?:fixed )?maximum (?:message )?size|line too long"),
        ("policy",
         r"spam|virus|malware|blacklist|black list|blocklist|block list|blocked|dnsbl|\brbl\b|spamhaus|"
         r"spamcop|reputation|(?:poor|bad) ip|policy|policies|\bdmarc\b|\bspf\b|\bdkim\b|unauthenticated|"
         r"not authenticated|authentication|"
         r"relay(?:ing)? (?:access )?(?:denied|not permitted|not allowed|prohibited)|"
         r"(?:denied|not permitted to|unable to|cannot|no) relay|relaying|access denied|not authorized|"
         r"not authorised|unauthori[sz]ed|not allowed|not permitted|prohibited|forbidden|"
         r"sender (?:address )?(?:rejected|denied|verify|is not|not|domain)|sender verif|"
         r"rejected (?:by|for|due|because)|reverse (?:dns|mapping)|\bptr\b|no ptr|hostname lookup|"
         r"too many (?:connections|messages|recipients|mails|emails|errors)|rate (?:limit|exceed)|throttl|"
         r"greylist|graylist|try again later.{0,40}rate|message (?:content )?(?:rejected|refused)|"
         r"content (?:rejected|filter|is not|reject|blocked)|(?:rejected|refused|denied) .{0,30}content|"
         r"banned|suspicious|phish|attachment|unsolicited|bulk|security|starttls|"
         r"tls (?:is )?(?:required|negotiat)|encryption (?:is )?(?:required|needed)|"
         r"rfc ?(?:5322|2822|822|7505|5321) (?:violation|compliant|compliance)|non[- ]?compliant|"
         r"not (?:rfc )?compliant|(?:message|mail) (?:has been |was )?(?:rejected|refused|denied)|"
         r"administrative prohibition|administratively|permission to (?:post|send)|you are not|"
         r"transaction failed|bad (?:header|content)|invalid (?:header|from|message)|duplicate header|"
         r"header (?:is |was )?missing|connection refused by policy|mail from|frequency limited|abus|"
         r"relay mail|(?:client|invalid|your|sending|sender) ip\b|\d{3}[ -]rejected\W*$|pas autorisé|"
         r"n'autorise pas|nicht berechtigt|keine berechtigung|no autorizado|non autorizzat|não autorizado"),
        ("host",
         r"host (?:or domain )?(?:name )?(?:is )?(?:unknown|not found)|unknown (?:mail )?host|unknown domain|"
         r"domain (?:name )?(?:does not exist|not found|is not|doesn't exist|unknown|is invalid|name not found)|"
         r"no such (?:domain|host)|(?:could|can)(?:not| not|n't) find (?:a |any )?(?:host|domain|mx|gateway)|"
         r"unrouteable|unroutable|unable to route|name service error|dns (?:lookup|error|query)|nxdomain|"
         r"host lookup|domain must resolve|no (?:mx|mail server|mail exchanger|route|relevant answers)|"
         r"bad destination system|invalid domain|name or service not known|"
         r"domain .{0,60}(?:couldn't|could not|cannot) be found|illegal host"),
        ("recipient",
         r"user (?:\S+ )?(?:is )?(?:unknown|not found|doesn'?t|does not|disabled|"
         r"invalid|not exist|has|no longer|account|reject)|"
         r"unknown (?:user|recipient|address|local|mailbox)|"
         r"no such (?:user|recipient|mailbox|address|person|account|local)|"
         r"(?:recipient|mailbox|address|account|e-?mail|addressee|user ?name|id)\W{0,3}(?:\S+ ){0,5}"
         r"(?:unknown|not found|doesn'?t exist|does not exist|not exist|disabled|invalid|is not|"
         r"not (?:a )?(?:valid|available|active|listed|known|recogni[sz]ed)|no longer|inactive|unavailable|"
         r"suspended|closed|rejected|deactivated|"
         r"locked|frozen|refused|not accept|has been)|"
         r"(?:invalid|bad|nonexistent|non-existent|unrecogni[sz]ed|illegal|undeliverable|incorrect) "
         r"(?:recipient|mailbox|address|user|account|destination|e-?mail|local)|"
         r"not (?:our|a local|our local|known at|listed in|a valid|found in|exist)|recipient ?not ?found|"
         r"recipnotfound|could not be found|couldn'?t be found|wasn'?t found|doesn'?t have (?:a|an)|"
         r"delivery not authorized|no mailbox|not (?:have|has) an? account|mailbox .{0,40}not|"
         r"no longer (?:valid|active|in use|available|with|works)|has moved|(?:has|have) (?:moved|changed)|"
         r"account (?:is|has)|this (?:user|account|address)|dosn't exist|here by that name|unbekannt|inconnu|"
         r"desconocido|sconosciuto|存在しない|不存在|該当|адрес.{0,20}не существует|"
         r"is (?:currently )?not (?:accepting|able to receive)|not accepting|that address|resolverd?\.|"
         r"address error"),
        ("system",
         r"time[d ]?-?out|expired|deferred|connection (?:refused|reset|lost|closed|dropped|died)|temporar|"
         r"network|unreachable|too many hops|loop|retr(?:y|ies)|local (?:configuration )?error|"
         r"server (?:error|busy|down)|system error|i/o|resources|configuration|"
         r"service (?:unavailable|not available)|unexpected|cannot connect|lost connection|syntax"),
    )
)  # fmt: skip

# And by the enhanced status code (RFC 3463), its first digit left out.
CODE_REASONS = {
    "1.0": "recipient", "1.1": "recipient", "1.2": "host", "1.3": "recipient", "1.4": "recipient", "1.5": "recipient",
    "1.6": "recipient", "1.7": "policy", "1.8": "policy", "1.9": "system", "1.10": "host",
    "2.0": "recipient", "2.1": "recipient", "2.2": "full", "2.3": "size", "2.4": "recipient",
    "3.0": "system", "3.1": "full", "3.2": "system", "3.3": "system", "3.4": "size", "3.5": "system",
    "4.0": "system", "4.1": "system", "4.2": "system", "4.3": "host", "4.4": "host", "4.5": "system", "4.6": "system",
    "4.7": "system",
    "5.0": "system", "5.1": "system", "5.2": "system", "5.3": "policy", "5.4": "system", "5.5": "system",
    "6.0": "policy", "6.1": "policy", "6.2": "policy", "6.3": "policy", "6.4": "policy", "6.5": "policy",
    **{f"7.{detail}": "policy" for detail in range(30)}, "7.13": "recipient", "7.17": "recipient",
}  # fmt: skip
