"""Who writes on a shift, and what: long, short, upset, in several languages, with files and without."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

NAMES: Final = {
    "en": (
        "Oliver Whitcombe-Hargreaves",
        "Priya Raghunathan",
        "Tom O'Dea",
        "Bridget Nkemelu",
        "Sam Fox",
        "Eleanor Vance",
    ),
    "de": (
        "Maximilian von Württemberg-Hohenau",
        "Änne Grüßner",
        "Jürgen Schäuble",
        "Ute Öz",
        "Kai Lang",
        "Heike Roßbach",
    ),
    "es": (
        "María Fernanda Gutiérrez de la Peña",
        "Íñigo Muñoz",
        "Lucía Ferrer",
        "José Ángel Ordóñez",
        "Ana Gil",
        "Rocío Núñez",
    ),
    "fr": (
        "Anne-Sophie Lefèvre-Beauregard",
        "Loïc Guégan",
        "Françoise Çelik",
        "Noël D’Aubigné",
        "Léa Roy",
        "Gaël Hervé",
    ),
    "ar": ("فاطمة الزهراء بنت عبد الرحمن", "محمد الشريف", "ليلى حداد", "عمر بن خالد", "سارة نصر", "يوسف القاسمي"),
    "ja": ("佐藤 美咲", "鈴木 健太郎", "高橋 さくら", "田中 一", "伊藤 翔太", "渡辺 陽子"),
}

_EN: Final = (
    (
        "Order {n}: two of the six crates arrived soaked through, and the driver would not wait",
        "Good morning,\n\nour order {n} was delivered at 07:10 today. Two of the six crates were standing in "
        "water: the card is "
        "soft, the labels have come off, and the linen inside smells. I have attached pictures of all four "
        "sides. The driver "
        "said he had no time to wait while we opened them, so I signed “under reserve”.\n\nWe need the linen "
        "for a wedding "
        "on Saturday (140 guests). Could you please\n\n1. send replacements for crates 2 and 5 by Thursday "
        "noon,\n2. arrange a "
        "collection of the damaged ones, and\n3. confirm the credit note of £ 418.60 in writing?\n\nI am at "
        "the warehouse until "
        "four, and on my mobile after that.\n\nKind regards",
    ),
    (
        "Invoice {n}",
        "Hi, the VAT number on invoice {n} is still our old one. Could you reissue it? Accounts close on "
        "Friday. Thanks",
    ),
    (
        "Re: Fwd: Re: your offer for the refurbishment of the tasting room (second revision, with the oak "
        "instead of the ash)",
        "Thank you for the revised offer. My partners and I have gone through it line by line.\n\nThe oak is "
        "fine. What we do not "
        "understand is why the fitting has gone up from 2,300 to 3,150 when the plan has become simpler. "
        "Please see our "
        "remarks at "
        "https://plans.example.org/tasting-room/revision-2/remarks?from=offer&version=2026-11-20T08%3A15%3A00Z.\n\n"
        "If we can settle this by phone this week we would sign on Friday.",
    ),
    ("Where is my parcel??", "It says “out for delivery” since MONDAY. Nobody answers the phone. Order {n}."),
)
_DE: Final = (
    (
        "Bestellung {n}: falsche Größe geliefert, Rücksendeschein fehlt",
        "Sehr geehrte Damen und Herren,\n\nmit der Bestellung {n} kamen statt der Schürzen in Größe L sechs "
        "Stück in Größe S. Ein "
        "Rücksendeschein lag nicht bei, und auf Ihrer Seite führt der Verweis „Rücksendung anmelden“ ins "
        "Leere.\n\nBitte senden "
        "Sie mir den Schein per E-Mail und teilen Sie mit, wann die richtigen Schürzen kommen. Wir eröffnen "
        "am 1. Dezember; "
        "die Donaudampfschifffahrtsgesellschaftskapitänsmützenbestellung vom Oktober steht ebenfalls noch "
        "aus.\n\nMit "
        "freundlichen Grüßen",
    ),
    (
        "Kündigung des Wartungsvertrags",
        "Hiermit kündige ich den Vertrag {n} zum nächstmöglichen Termin. Bitte bestätigen Sie den Eingang.",
    ),
    (
        "Frage zur Lieferzeit",
        "Hallo, wie lange dauert es nach Österreich, und was kostet der Versand von zwei Paletten? Danke und Gruß",
    ),
)
_ES: Final = (
    (
        "Pedido {n}: la factura no coincide con lo que acordamos por teléfono",
        "Buenos días:\n\nHe recibido la factura del pedido {n} y el importe no coincide con lo que me dijo "
        "su compañera Lena por "
        "teléfono el martes. Acordamos un descuento del 12 % por el retraso y aquí solo veo el 5 "
        "%.\n\n¿Podrían revisarlo antes "
        "de que mi gestoría cierre el trimestre? Adjunto el correo donde se confirma.\n\nUn saludo y gracias "
        "de antemano",
    ),
    ("¿Tienen stock?", "Hola, ¿les quedan vasos del modelo {n}? Necesito 48 antes del viernes."),
)
_FR: Final = (
    (
        "Commande n° {n} : colis endommagé, demande de remboursement",
        "Bonjour,\n\nJ’ai reçu ce matin la commande n° {n}. Trois assiettes sur douze sont ébréchées et une "
        "soupière est fendue en "
        "deux ; l’emballage, lui, était intact. Je joins les photos.\n\nJe souhaite être remboursée de ces "
        "pièces plutôt que "
        "d’attendre un nouvel envoi, car le service est incomplet depuis l’arrêt de la série. Merci de "
        "m’indiquer la marche à "
        "suivre.\n\nBien cordialement",
    ),
    ("Horaires", "Bonjour, êtes-vous ouverts le lundi 1er ? Je passerais chercher ma commande {n}. Merci !"),
)
_AR: Final = (
    (
        "الطلب رقم {n}: لم تصل الشحنة حتى الآن",
        "السلام عليكم ورحمة الله وبركاته،\n\nطلبت منكم قبل أسبوعين طقم أكواب من السيراميك (الطلب رقم {n}) "
        "ووعدتموني بالتسليم "
        "خلال خمسة أيام. صفحة التتبع https://track.example/{n} تقول إن الشحنة في المستودع منذ يوم "
        "الأحد.\n\nأرجو إفادتي "
        "بموعد الوصول، أو إلغاء الطلب وإعادة المبلغ (1,250.00 درهم) إلى بطاقتي.\n\nمع خالص الشكر والتقدير",
    ),
    ("استفسار", "مرحبا، هل لديكم فرع في دبي؟"),
)
_JA: Final = (
    (
        "注文番号 {n} の納期についてお問い合わせ",
        "お世話になっております。\n\n先日注文いたしました食器セット(注文番号 {n})の納期についてお伺いします。"
        "当初は11月18日到着予定"
        "とのことでしたが、まだ届いておりません。店舗の開店が迫っておりますので、"
        "現在の状況と到着予定日をお知らせください。\n\n"
        "よろしくお願いいたします。",
    ),
    ("領収書", "注文 {n} の領収書を送ってください。"),
)
TOPICS: Final = {"en": _EN, "de": _DE, "es": _ES, "fr": _FR, "ar": _AR, "ja": _JA}
SHORT: Final = {
    "en": "Hi! Is the blue one of order {n} back in stock? 😊",
    "de": "Guten Tag, ich stehe vor dem Laden und es ist zu. Bestellung {n} wollte ich abholen",
    "es": "Hola, ¿a qué hora llega el pedido {n}? Estoy en casa hasta las 14 h",
    "fr": "Bonjour, le livreur n’a pas trouvé l’interphone. Commande {n}, code 47B12",
    "ar": "مرحبا، أين وصلت شحنتي رقم {n}؟",
    "ja": "注文{n}はいつ届きますか?",
}
_GIVEN: Final = (
    "Ada",
    "Ben",
    "Chloé",
    "Dmitri",
    "Esra",
    "Fynn",
    "Grete",
    "Hana",
    "Ivo",
    "Jana",
    "Kofi",
    "Lior",
    "Mei",
    "Nils",
)
_FAMILY: Final = (
    "Abbott",
    "Brandt",
    "Castro",
    "Dubois",
    "Eriksen",
    "Fischer",
    "García",
    "Haddad",
    "Ito",
    "Jansen",
    "Kowalczyk",
)


@dataclass(frozen=True, slots=True)
class Customer:
    number: int
    name: str
    language: str

    @property
    def order(self) -> int:
        return 20_400 + self.number * 7

    @property
    def mail(self) -> str:
        firm = (
            "gmail.com",
            "hotel-adler.example",
            "oak-and-iron.example",
            "a-very-long-company-name-with-hyphens.example",
        )
        return f"customer.{self.number}@{firm[self.number % 4]}"

    @property
    def telephone(self) -> str:
        return f"+4915112{self.number:06d}"

    @property
    def short(self) -> str:
        return SHORT[self.language].format(n=self.order)

    def letter(self, which: int) -> tuple[str, str]:
        """Subject and text."""
        topics = TOPICS[self.language]
        subject, text = topics[which % len(topics)]
        return subject.format(n=self.order), f"{text.format(n=self.order)}\n{self.name}\n"


def customers(count: int) -> list[Customer]:
    """The same ones every time; half of them write English or German."""
    chance = random.Random(5)
    languages = ("en", "en", "de", "de", "es", "fr", "ar", "ja")
    found = []
    for number in range(count):
        language = languages[number % len(languages)]
        known = NAMES[language]
        turn = number // len(languages)
        plain = f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}"
        found.append(Customer(number, known[turn] if turn < len(known) else plain, language))
    return found
