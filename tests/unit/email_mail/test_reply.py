"""The new text of a reply, from what mail clients write in many languages."""

from __future__ import annotations

import pytest

from connectors.email.mail.reply import trim
from connectors.email.mail.words import LANGUAGES

NEW = "Das Paket ist da, danke.\nThe chair is still missing."
OLD = "Dear Ann,\nyour parcel is on its way."

# What real clients put above the old mail: Gmail, Apple Mail, Thunderbird, Outlook for the web, Yahoo.
ATTRIBUTIONS = {
    "en gmail": "On Mon, 3 Mar 2025 at 10:00, Ann Lee <ann@customer.example> wrote:",
    "en apple": "> On 3 Mar 2025, at 10:00, Ann Lee <ann@customer.example> wrote:",
    "en thunderbird": "On 03/03/2025 10:00, Ann Lee wrote:",
    "en outlook mac": 'On 3/3/25, 10:00 AM, "Ann Lee" <ann@customer.example> wrote:',
    "en yahoo": "    On Monday, March 3, 2025 at 10:00:00 AM GMT+1, Ann Lee <ann@customer.example> wrote:",
    "de gmail": "Am Mo., 3. März 2025 um 10:00 Uhr schrieb Ann Lee <ann@customer.example>:",
    "de thunderbird": "Am 03.03.25 um 10:00 schrieb Ann Lee:",
    "de yahoo": "Am Montag, 3. März 2025 um 10:00:00 MEZ hat Ann Lee <ann@customer.example> Folgendes geschrieben:",
    "fr gmail": "Le lun. 3 mars 2025 à 10:00, Ann Lee <ann@customer.example> a écrit :",
    "fr thunderbird": "Le 03/03/2025 à 10:00, Ann Lee a écrit :",
    "es gmail": "El lun, 3 mar 2025 a las 10:00, Ann Lee (<ann@customer.example>) escribió:",
    "it gmail": "Il giorno lun 3 mar 2025 alle ore 10:00 Ann Lee <ann@customer.example> ha scritto:",
    "pt gmail": "Em seg., 3 de mar. de 2025 às 10:00, Ann Lee <ann@customer.example> escreveu:",
    "nl gmail": "Op ma 3 mrt 2025 om 10:00 schreef Ann Lee <ann@customer.example>:",
    "sv gmail": "Den mån 3 mars 2025 kl 10:00 skrev Ann Lee <ann@customer.example>:",
    "da gmail": "Den man. 3. mar. 2025 kl. 10.00 skrev Ann Lee <ann@customer.example>:",
    "no gmail": "man. 3. mars 2025 kl. 10:00 skrev Ann Lee <ann@customer.example>:",
    "fi gmail": "ma 3. maalisk. 2025 klo 10.00 Ann Lee (ann@customer.example) kirjoitti:",
    "pl gmail": "pon., 3 mar 2025 o 10:00 Ann Lee <ann@customer.example> napisał(a):",
    "cs gmail": "po 3. 3. 2025 v 10:00 odesílatel Ann Lee <ann@customer.example> napsal:",
    "sk gmail": "po 3. 3. 2025 o 10:00 Ann Lee <ann@customer.example> napísal(a):",
    "ru gmail": "пн, 3 мар. 2025 г. в 10:00, Ann Lee <ann@customer.example>:",
    "ru mail.ru": "Понедельник, 3 марта 2025, 10:00 +03:00 от Ann Lee <ann@customer.example>:",
    "ru thunderbird": "03.03.2025 10:00, Ann Lee пишет:",
    "uk gmail": "пн, 3 бер. 2025 р. о 10:00 Ann Lee <ann@customer.example> пише:",
    "bg gmail": "На пн, 3.03.2025 г. в 10:00 ч. Ann Lee <ann@customer.example> написа:",
    "tr gmail": "Ann Lee <ann@customer.example>, 3 Mar 2025 Pzt, 10:00 tarihinde şunu yazdı:",
    "ja gmail": "2025年3月3日(月) 10:00 Ann Lee <ann@customer.example>:",
    "ja apple": "2025/03/03 10:00、Ann Lee <ann@customer.example>のメール:",
    "zh gmail": "Ann Lee <ann@customer.example> 于2025年3月3日周一 10:00写道：",
    "zh-tw gmail": "Ann Lee <ann@customer.example> 於 2025年3月3日 週一 上午10:00寫道：",
    "ko gmail": "2025년 3월 3일 (월) 오전 10:00, Ann Lee <ann@customer.example>님이 작성:",
    "hu gmail": "Ann Lee <ann@customer.example> ezt írta (időpont: 2025. márc. 3., H, 10:00):",
    "ro gmail": "În lun., 3 mar. 2025 la 10:00, Ann Lee <ann@customer.example> a scris:",
    "el gmail": "Στις Δευ 3 Μαρ 2025 στις 10:00 π.μ., ο χρήστης Ann Lee <ann@customer.example> έγραψε:",
    "he gmail": "\u202bבתאריך יום ב׳, 3 במרץ 2025 ב-10:00 מאת \u202aAnn Lee\u202c\u200f "
    "<\u202aann@customer.example\u202c\u200f>:\u202c",
    "ar gmail": "في الاثنين، 3 مارس 2025 في 10:00 ص تمت كتابة ما يلي بواسطة Ann Lee <ann@customer.example>:",
    "fa gmail": "در تاریخ دوشنبه ۳ مارس 2025 ساعت 10:00 Ann Lee <ann@customer.example> نوشت:",
    "hr gmail": "pon, 3. ožu 2025. u 10:00 Ann Lee <ann@customer.example> napisao je:",
    "sl gmail": "V V pon., 3. mar. 2025 ob 10:00 je oseba Ann Lee <ann@customer.example> napisala:",
    "ca gmail": "Missatge de Ann Lee <ann@customer.example> del dia dl., 3 de març 2025 a les 10:00:",
    "et gmail": "Ann Lee <ann@customer.example> kirjutas kuupäeval E, 3. märts 2025 kell 10:00:",
    "lt gmail": "2025-03-03, pr, 10:00 Ann Lee <ann@customer.example> rašė:",
    "lv gmail": "pirmd., 2025. g. 3. marts, plkst. 10:00 — lietotājs Ann Lee (<ann@customer.example>) rakstīja:",
    "vi gmail": "Vào Th 2, 3 thg 3, 2025 vào lúc 10:00 Ann Lee <ann@customer.example> đã viết:",
    "id gmail": "Pada tanggal Sen, 3 Mar 2025 pukul 10.00 Ann Lee <ann@customer.example> menulis:",
    "th gmail": "ในวันที่ จ. 3 มี.ค. 2025 เวลา 10:00 Ann Lee <ann@customer.example> เขียนว่า:",
}


@pytest.mark.parametrize("attribution", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS)
def test_the_line_above_a_quote_and_the_quote_are_left_out(attribution: str) -> None:
    quoted = "\n".join(f"> {line}" for line in OLD.split("\n"))
    assert trim(f"{NEW}\n\n{attribution}\n{quoted}\n").text == NEW


@pytest.mark.parametrize("attribution", [line for line in ATTRIBUTIONS.values() if "<ann@" in line and line[0] != ">"])
def test_old_mail_that_is_not_marked_is_left_out_from_its_attribution_on(attribution: str) -> None:
    assert trim(f"{NEW}\n\n{attribution}\n\n{OLD}\n").text == NEW


@pytest.mark.parametrize("attribution", [line for line in ATTRIBUTIONS.values() if " <ann@" in line and line[0] != ">"])
def test_an_attribution_may_be_wrapped(attribution: str) -> None:
    wrapped = attribution.replace(" <", "\n<", 1)
    assert trim(f"{NEW}\n\n{wrapped}\n\n> old\n> mail").text == NEW


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("above", ["", "________________________________\n", "\n-----{original}-----\n"])
def test_the_header_block_above_an_old_mail_ends_the_new_text(language: str, above: str) -> None:
    words = LANGUAGES[language]
    label = {field: getattr(words, field).split("|")[0].capitalize() for field in ("from_", "sent", "to", "subject")}
    block = (
        f"{label['from_']}: Ann Lee <ann@customer.example>\n{label['sent']}: 3.3.2025 10:00\n"
        f"{label['to']}: Support\n{label['subject']}: Re: 4711\n"
    )
    above = above.format(original=words.original.split("|")[0].title())
    assert trim(f"{NEW}\n\n{above}{block}\n{OLD}").text == NEW


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_separator_line_ends_the_new_text(language: str) -> None:
    for phrase in LANGUAGES[language].original.split("|"):
        assert trim(f"{NEW}\n\n-------- {phrase.capitalize()} --------\n{OLD}").text == NEW


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_signature_of_a_telephone_is_left_out(language: str) -> None:
    for beginning in LANGUAGES[language].sent_from.split("|"):
        assert trim(f"{NEW}\n\n{beginning.capitalize()} iPhone").text == NEW


@pytest.mark.parametrize("language", LANGUAGES)
def test_greetings_with_a_name_at_the_end_are_left_out(language: str) -> None:
    for closing in LANGUAGES[language].closing.split("|"):
        assert trim(f"{NEW}\n\n{closing.capitalize()},\nAnn Lee\nACME Ltd").text == NEW


def test_answers_between_quotes_are_all_new_text() -> None:
    text = "On 3 Mar 2025, Ann wrote:\n> Is it blue?\n\nYes.\n\n> Is it big?\n\nNo.\n"
    assert trim(text).text == "Yes.\n\nNo."


def test_an_answer_below_the_quote_is_the_new_text() -> None:
    assert trim("Ann Lee wrote:\n> Is it blue?\n> Yours, Ann\n\nYes, it is.").text == "Yes, it is."


def test_answers_without_blank_lines_between_quotes_are_kept() -> None:
    assert trim("> Is it blue?\nyes\n> Is it big?\nno").text == "yes\nno"


@pytest.mark.parametrize(
    "text",
    [
        "On Monday I wrote to you, and I want to add:\n\n- the chair is blue",
        "As agreed on 3 March 2025, here are our sizes:\n\n12, 14 and 16",
        "On 3 March 2025 I wrote to you at help@desk.example:\n\nnobody answered.",
        "From: Berlin\nTo: Paris\nDate: 3 May\n\nPlease book this for me.",
        "Subject: chairs\nColour: blue\nPlease send two.",
        "Hello,\n\nOn 3 March 2025 I wrote to you at help@desk.example:\n\nnobody answered.",
        "Hello,\n\nAt 10:00 on 3 March the driver wrote:\n\nNobody is home.",
        "Hello,\n\nBitte antworten Sie bis 3.3.2025 an ann@customer.example:\n\nWann kommt der Stuhl?",
        "It works.\n\nBest regards\nAnn\n\nPS: please send the bill, too.",
        "Please look at this:\n\n- one\n- Two Chairs\n- Three Tables",
        "Sent from my old address, this mail got lost. Please answer.",
        "The parcel was sent from Hamburg on Monday.",
        "Thanks\n\nOne more thing: is 4711 my order?",
        "Thank you for the parcel.\n\nCan you tell me more?",
        "We need:\n  > 5 chairs",
        "Von meinem Konto wurden 50 Euro abgebucht",
    ],
)
def test_what_only_looks_like_a_quote_or_a_signature_is_kept(text: str) -> None:
    expected = "We need:" if "> 5" in text else text.strip()
    assert trim(text).text == expected


def test_a_forwarded_mail_without_new_text_is_shown_whole() -> None:
    text = f"---------- Forwarded message ---------\nFrom: Ann <ann@customer.example>\nSubject: x\n\n{OLD}"
    assert trim(text).text == text


def test_the_footer_of_a_mailing_list_is_left_out() -> None:
    footer = f"{'_' * 47}\nusers mailing list\nusers@lists.example\nhttps://lists.example/users\n"
    assert trim(f"{NEW}\n\n{footer}").text == NEW


def test_a_signature_mark_ends_the_new_text() -> None:
    assert trim(f"{NEW}\n\n-- \nAnn Lee\nACME Ltd\n+49 30 1234567").text == NEW


def test_inner_blanks_of_the_new_text_stay_as_they_are() -> None:
    assert trim("a\n\n\n   b  c\n\nOn 3 Mar 2025, Ann wrote:\n> x").text == "a\n\n\n   b  c"
