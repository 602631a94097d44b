"""What mail clients write around old mail and at the end of new mail, in each language. Data only.

`wrote` marks the line above a quote ("On … X wrote:"); where the verb stands before the name ("Am … schrieb X:")
it is the same list. `opening` are the words such a line starts with. The five field names are those of the header
block that Outlook and others put above an old mail. `original` are the words of its separator line, `sent_from`
the beginnings of a telephone's or an app's signature, `closing` the words a writer ends with.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One language; each text holds alternatives separated by `|`, in lower case."""

    opening: str
    wrote: str
    from_: str
    sent: str
    to: str
    cc: str
    subject: str
    original: str
    sent_from: str
    closing: str


LANGUAGES: dict[str, Words] = {
    "en": Words(
        "on|at", "wrote|writes|said", "from", "sent|date|sent at", "to", "cc|bcc|reply-to|importance|attachments",
        "subject", "original message|forwarded message|forwarded by|reply message|original appointment|"
        "begin forwarded message|reply above this line|message from the customer|replied message",
        "sent from|sent via|sent with|sent using|get outlook for|sent by my|sent on my|from my iphone",
        "regards|best regards|kind regards|kindest regards|warm regards|warmest regards|best wishes|many thanks|"
        "thanks|thank you|thanks a lot|thanks again|cheers|sincerely|yours sincerely|sincerely yours|yours faithfully|"
        "yours truly|best|all the best|with kind regards|with best regards|thanks and regards|rgds|br|kr|cordially|"
        "respectfully|thanks in advance|thank you in advance|many thanks in advance",
    ),
    "de": Words(
        "am|an", "schrieb|schreibt|geschrieben", "von", "gesendet|datum|gesendet am", "an",
        "cc|kopie|bcc|wichtigkeit|anlagen", "betreff",
        "ursprüngliche nachricht|originalnachricht|original-nachricht|weitergeleitete nachricht|"
        "ursprüngliche mail|anfang der weitergeleiteten nachricht|weitergeleitet von",
        "gesendet von|gesendet mit|von meinem iphone|von meinem ipad|von meinem samsung|von meinem mobil|von meinem handy|von meinem smartphone|diese nachricht wurde von meinem|outlook für",
        "mit freundlichen grüßen|mit freundlichen grüssen|mit freundlichem gruß|freundliche grüße|freundliche grüsse|"
        "viele grüße|viele grüsse|liebe grüße|liebe grüsse|beste grüße|beste grüsse|schöne grüße|herzliche grüße|"
        "grüße|gruß|mfg|vg|lg|hochachtungsvoll|vielen dank|danke|mit besten grüßen|besten dank",
    ),
    "fr": Words(
        "le", "a écrit|écrivait|écrit", "de|expéditeur", "envoyé|date|envoyé le|envoyé à", "à|pour|a",
        "cc|copie à|cci|importance|pièces jointes", "objet|sujet",
        "message d'origine|message d’origine|message original|message initial|message transféré|"
        "message d'origine|début du message réexpédié|début du message transféré|mail original|courriel original",
        "envoyé de mon|envoyé depuis|envoyé à partir|envoyé avec|envoyé par|télécharger outlook|obtenir outlook",
        "cordialement|bien cordialement|très cordialement|sincèrement|bien à vous|salutations|meilleures salutations|"
        "sincères salutations|merci|merci d'avance|merci beaucoup|amicalement|bonne journée|cdlt|respectueusement",
    ),
    "es": Words(
        "el", "escribió|escribio|ha escrito", "de", "enviado|fecha|enviado el|enviado el día", "para|a",
        "cc|cco|importancia|datos adjuntos", "asunto",
        "mensaje original|mensaje reenviado|inicio del mensaje reenviado|comienzo del mensaje reenviado",
        "enviado desde|enviado con|enviado por|enviado de mi|obtener outlook|descargar outlook",
        "saludos|un saludo|saludos cordiales|cordialmente|atentamente|atte|gracias|muchas gracias|un cordial saludo|"
        "le saluda atentamente|gracias de antemano",
    ),
    "it": Words(
        "il|in data", "ha scritto|scrisse|scrive", "da|mittente", "inviato|data|inviato il", "a|per",
        "cc|ccn|priorità|allegati", "oggetto",
        "messaggio originale|messaggio inoltrato|inizio messaggio inoltrato|messaggio originario",
        "inviato da|inviato dal|inviato con|inviato tramite|scarica outlook|ottieni outlook",
        "cordiali saluti|distinti saluti|saluti|un saluto|cordialmente|grazie|grazie mille|buona giornata|"
        "grazie in anticipo",
    ),
    "pt": Words(
        "em|no dia|a|aos", "escreveu|escreveram", "de", "enviado|data|enviada em|enviado em|enviada", "para",
        "cc|cco|bcc|importância|anexos", "assunto",
        "mensagem original|mensagem encaminhada|início da mensagem encaminhada|mensagem reencaminhada",
        "enviado do meu|enviado de|enviado a partir|enviado via|enviado pelo|enviado com|obter o outlook|baixe o outlook",
        "atenciosamente|cumprimentos|com os melhores cumprimentos|melhores cumprimentos|abraço|abraços|um abraço|"
        "obrigado|obrigada|muito obrigado|muito obrigada|grato|grata|att|cordialmente|desde já agradeço",
    ),
    "nl": Words(
        "op", "schreef|heeft geschreven|geschreven", "van", "verzonden|datum|verzonden op", "aan",
        "cc|bcc|urgentie|bijlagen", "onderwerp",
        "oorspronkelijk bericht|origineel bericht|doorgestuurd bericht|oorspronkelijke bericht|begin doorgestuurd bericht",
        "verzonden vanaf|verstuurd vanaf|verzonden met|verstuurd met|verzonden via|verzonden door|outlook voor",
        "met vriendelijke groet|met vriendelijke groeten|vriendelijke groet|vriendelijke groeten|groet|groeten|mvg|"
        "hartelijke groet|bedankt|alvast bedankt|hoogachtend|dank u wel",
    ),
    "sv": Words(
        "den", "skrev|har skrivit", "från", "skickat|datum|sänt|skickat den", "till",
        "kopia|cc|prioritet|bifogade filer", "ämne",
        "ursprungligt meddelande|originalmeddelande|vidarebefordrat meddelande|vidarebefordrat mejl",
        "skickat från|skickat med|skickades från|sänt från|hämta outlook|skaffa outlook",
        "med vänlig hälsning|med vänliga hälsningar|vänliga hälsningar|vänlig hälsning|hälsningar|hälsning|mvh|"
        "bästa hälsningar|tack|tack på förhand|tack så mycket",
    ),
    "da": Words(
        "den|d", "skrev", "fra", "sendt|dato", "til", "cc|kopi|vedhæftede filer", "emne",
        "oprindelig meddelelse|original meddelelse|videresendt meddelelse|videresendt besked|oprindelig besked|"
        "start på videresendt besked",
        "sendt fra|sendt via|sendt med|hent outlook",
        "med venlig hilsen|venlig hilsen|venlige hilsner|med venlige hilsner|hilsen|hilsner|mvh|vh|de bedste hilsner|"
        "bedste hilsner|kh|tak|på forhånd tak|mange tak",
    ),
    "no": Words(
        "på|den", "skrev", "fra", "sendt|dato", "til", "kopi|cc|viktighet|vedlegg", "emne",
        "opprinnelig melding|original melding|videresendt melding|begynnelsen på videresendt melding",
        "sendt fra|sendt via|sendt med|få outlook|hent outlook",
        "med vennlig hilsen|vennlig hilsen|hilsen|mvh|vennlige hilsener|beste hilsen|takk|på forhånd takk",
    ),
    "fi": Words(
        "", "kirjoitti|kirjoitti näin", "lähettäjä|lähettänyt", "lähetetty|päivämäärä|päiväys", "vastaanottaja|kenelle",
        "kopio|piilokopio|liitteet", "aihe|otsikko",
        "alkuperäinen viesti|välitetty viesti|edelleenlähetetty viesti|alkuperäinen sähköposti",
        "lähetetty iphone|lähetetty ipad|lähetetty laitteesta|lähetetty minun|lähetetty outlook|lähetetty samsung|"
        "lähetetty puhelimestani|hanki outlook",
        "ystävällisin terveisin|terveisin|parhain terveisin|yt|t|kiitos|kiitoksia|terv|kunnioittavasti",
    ),
    "pl": Words(
        "w dniu|dnia|dn", "napisał|napisała|napisał(a)|napisali|pisze|użytkownik", "od|nadawca",
        "wysłano|data|wysłane|wysłany", "do|adresat", "dw|udw|kopia|ważność|załączniki", "temat",
        "wiadomość oryginalna|oryginalna wiadomość|wiadomość przekazana|przekazana wiadomość|treść oryginalnej wiadomości|"
        "początek przekazywanej wiadomości",
        "wysłano z|wysłane z|wysłany z|wysłano za pomocą|wyślij z|pobierz outlook|uzyskaj outlook",
        "pozdrawiam|z poważaniem|z wyrazami szacunku|serdecznie pozdrawiam|pozdrowienia|dziękuję|z góry dziękuję|"
        "pozdrawiam serdecznie|dzięki",
    ),
    "cs": Words(
        "dne|v|ve", "napsal|napsala|napsal(a)|píše", "od|odesílatel", "odesláno|datum|posláno", "komu|příjemce",
        "kopie|skrytá kopie|přílohy", "předmět",
        "původní zpráva|původní e-mail|přeposlaná zpráva|přeposlaný e-mail|původní mail",
        "odesláno z|odesláno ze|odesláno pomocí|posláno z|získejte outlook|získat outlook",
        "s pozdravem|s přátelským pozdravem|se srdečným pozdravem|hezký den|děkuji|díky|s úctou|předem děkuji",
    ),
    "sk": Words(
        "dňa|v", "napísal|napísala|napísal(a)|píše", "od|odosielateľ", "odoslané|dátum|poslané", "komu|pre|príjemca",
        "kópia|prílohy", "predmet",
        "pôvodná správa|pôvodný e-mail|preposlaná správa|preposlaný e-mail",
        "odoslané z|odoslané zo|odoslané pomocou|poslané z|získajte outlook",
        "s pozdravom|s priateľským pozdravom|s úctou|ďakujem|vďaka|pekný deň|vopred ďakujem",
    ),
    "ru": Words(
        "", "написал|написала|написал(а)|пишет|писал|писала|пишете", "от|от кого|отправитель",
        "отправлено|дата|отправлен", "кому|получатель", "копия|скрытая копия|вложения", "тема",
        "исходное сообщение|пересылаемое сообщение|пересланное сообщение|перенаправленное сообщение|"
        "пересылаемое письмо|начало переадресованного сообщения|исходное письмо|оригинальное сообщение",
        "отправлено с|отправлено из|отправлено через|отправлено с помощью|отправлено от|скачать outlook",
        "с уважением|с наилучшими пожеланиями|всего доброго|всего хорошего|спасибо|заранее спасибо|благодарю|"
        "с благодарностью|хорошего дня",
    ),
    "uk": Words(
        "", "написав|написала|написав(ла)|пише", "від|від кого|відправник", "надіслано|дата|відправлено", "кому|до",
        "копія|вкладення", "тема",
        "вихідне повідомлення|початкове повідомлення|переслане повідомлення|оригінальне повідомлення|"
        "перенаправлене повідомлення",
        "надіслано з|надіслано за допомогою|відправлено з|надіслано через|надіслано від",
        "з повагою|щиро дякую|дякую|з найкращими побажаннями|гарного дня|всього найкращого",
    ),
    "bg": Words(
        "на", "написа|писа|написал", "от", "изпратено|дата", "до", "копие|прикачени файлове", "относно|тема",
        "оригинално съобщение|препратено съобщение|първоначално съобщение",
        "изпратено от|изпратено чрез", "с уважение|поздрави|благодаря|сърдечни поздрави",
    ),
    "tr": Words(
        "", "yazdı|şunu yazdı|şunları yazdı|tarihinde şunu yazdı|yazmış", "kimden|gönderen",
        "gönderildi|tarih|gönderme tarihi|gönderilme", "kime|alıcı", "bilgi|ek|ekler", "konu",
        "özgün ileti|orijinal mesaj|orjinal mesaj|iletilen mesaj|iletilmiş mesaj|özgün mesaj|orijinal ileti|"
        "yönlendirilen ileti",
        "iphone'umdan gönderildi|iphone’umdan gönderildi|android için outlook|ios için outlook|"
        "benim iphone'umdan|samsung mobile'dan",
        "saygılarımla|saygılarımızla|iyi çalışmalar|teşekkürler|teşekkür ederim|selamlar|sevgiler|kolay gelsin",
    ),
    "ja": Words(
        "", "書きました|のメッセージ|のメール|書いた|さんは書きました|wrote", "差出人|送信者|発信者|from",
        "送信日時|日時|日付|送信日", "宛先|受信者", "cc|ccへ|重要度|添付ファイル", "件名|題名",
        "元のメッセージ|転送メッセージ|転送されたメッセージ|元のメール|オリジナルメッセージ|original message|"
        "転送メール",
        "iphoneから送信|ipadから送信|androidから送信|スマートフォンから送信|私のiphoneから送信|outlook for ios を入手|"
        "my iphoneから送信",
        "よろしくお願いします|よろしくお願いいたします|宜しくお願いします|宜しくお願い致します|以上、よろしくお願いいたします|"
        "よろしくお願い致します|敬具|以上",
    ),
    "zh": Words(
        "在|于", "写道|寫道|写到|写信给|寫到|撰写", "发件人|寄件者|寄件人|發件人|发件者",
        "发送时间|日期|傳送日期|发送日期|寄件日期|發送時間|时间|時間|寄件時間", "收件人|收件者|至",
        "抄送|副本|密送|附件|重要性|抄送人", "主题|主旨|主題",
        "原始邮件|原始郵件|转发邮件|轉寄郵件|原邮件|原始信件|转发的邮件|轉寄的郵件|已转发邮件|邮件原件|原始訊息",
        "发自我的|從我的|发自|從 |从我的|来自我的|寄自我的|傳送自我的|获取 outlook|發自我的",
        "此致|祝好|谢谢|謝謝|顺祝商祺|敬祝|此致敬礼|祝商祺|顺颂商祺|非常感谢",
    ),
    "ko": Words(
        "", "작성|님이 작성|씀|쓴 글|썼습니다|님이 보낸 메시지|작성하였습니다", "보낸 사람|보낸사람|발신인|발신",
        "보낸 날짜|날짜|보낸날짜|전송 날짜|보낸 시간|일시", "받는 사람|받는사람|수신인|수신", "참조|숨은 참조|첨부",
        "제목", "원본 메시지|원본 메일|전달된 메시지|원래 메시지|원본메일|전달된 메일",
        "나의 iphone에서 보냄|내 iphone에서 보냄|iphone에서 보냄|갤럭시에서 보냄|삼성 모바일에서 보냄|iphone에서 발송",
        "감사합니다|고맙습니다|안녕히 계세요|수고하세요|드림|올림",
    ),
    "hu": Words(
        "", "írta|ezt írta|írt", "feladó|küldő", "küldve|elküldve|dátum|küldés dátuma", "címzett|címzettek",
        "másolat|másolatot kap|mellékletek", "tárgy",
        "eredeti üzenet|továbbított üzenet|továbbított levél|eredeti levél|eredeti e-mail",
        "elküldve az |küldve az |küldve a |az outlook beszerzése|iphone-ról küldve|ipad-ről küldve",
        "üdvözlettel|tisztelettel|köszönettel|üdv|köszönöm|szívélyes üdvözlettel|előre is köszönöm",
    ),
    "ro": Words(
        "pe|în|la|in", "a scris|au scris", "de la|expeditor|de", "trimis|data|trimis la|dată", "către|la|catre",
        "cc|importanță|atașări", "subiect|subiectul",
        "mesaj original|mesajul original|mesaj redirecționat|mesaj retransmis|mesaj inițial|început mesaj redirecționat",
        "trimis de pe|trimis din|trimis cu|trimis prin|trimis de la|obțineți outlook",
        "cu stimă|cu respect|toate cele bune|mulțumesc|multumesc|o zi bună|vă mulțumesc|cu considerație",
    ),
    "el": Words(
        "στις|την|στισ|το", "έγραψε|έγραψαν|γράφει", "από|αποστολέας", "στάλθηκε|ημερομηνία|εστάλη", "προς|παραλήπτης",
        "κοιν|κοινοποίηση|συνημμένα", "θέμα",
        "αρχικό μήνυμα|προωθημένο μήνυμα|πρωτότυπο μήνυμα|προωθούμενο μήνυμα",
        "στάλθηκε από|εστάλη από|αποστολή από|αποκτήστε το outlook",
        "με εκτίμηση|φιλικά|ευχαριστώ|με φιλικούς χαιρετισμούς|χαιρετισμούς|ευχαριστώ πολύ",
    ),
    "he": Words(
        "בתאריך|ב-|ביום|ב", "כתב|כתבה|כתב/ה|כתבו|מאת", "מאת|מ", "נשלח|תאריך|נשלח בתאריך", "אל|ל|עבור",
        "עותק|העתק|קבצים מצורפים", "נושא|הנושא|הנידון",
        "הודעה מקורית|הודעה שהועברה|הודעה מועברת|הודעה המקורית",
        "נשלח מה|נשלח מ|נשלח באמצעות|קבל את outlook", "בברכה|תודה|בכבוד רב|תודה רבה|בתודה|תודה מראש",
    ),
    "ar": Words(
        "في|بتاريخ|يوم", "كتب|كتبت|كتب/ت|كتبوا", "من", "أرسلت|التاريخ|تم الإرسال|أُرسلت|تاريخ الإرسال|تاريخ", "إلى|الى",
        "نسخة|المرفقات", "الموضوع|موضوع",
        "الرسالة الأصلية|رسالة أصلية|رسالة معاد توجيهها|الرسالة المعاد توجيهها|رسالة محوّلة|رسالة محولة",
        "أرسلت من|أُرسلت من|مرسل من|تم الإرسال من|مرسلة من|احصل على outlook",
        "مع أطيب التحيات|تحياتي|شكرا|شكراً|مع خالص التحية|مع التحية|وتفضلوا بقبول فائق الاحترام|شكرا جزيلا",
    ),
    "fa": Words(
        "در|در تاریخ", "نوشت|نوشته است|نوشته", "از|فرستنده", "تاریخ|فرستاده شده|ارسال شده", "به|گیرنده", "رونوشت",
        "موضوع", "پیام اصلی|پیام هدایت‌شده|پیام ارسال شده", "ارسال شده از|فرستاده شده از",
        "با احترام|با تشکر|ممنون|سپاس|با سپاس",
    ),
    "hr": Words(
        "dana|u", "napisao|napisala|napisao/la|je napisao|je napisala|piše", "od|šalje|pošiljatelj|pošiljalac",
        "poslano|datum|poslato|pošiljano", "za|prima|kome", "kopija|privici", "predmet|tema",
        "izvorna poruka|originalna poruka|proslijeđena poruka|prosleđena poruka|prvobitna poruka",
        "poslano s|poslano sa|poslano putem|poslato sa|poslato iz|nabavite outlook",
        "srdačan pozdrav|lijep pozdrav|pozdrav|s poštovanjem|s pozdravom|hvala|lp|puno pozdrava|unaprijed hvala",
    ),
    "sl": Words(
        "dne|v", "je napisal|je napisala|je napisal/a|napisal|piše", "od|pošiljatelj", "poslano|datum", "za|komu|prejemnik",
        "kp|kopija|priloge", "zadeva",
        "izvirno sporočilo|posredovano sporočilo|prvotno sporočilo", "poslano iz|poslano z|poslano s|poslano prek",
        "lep pozdrav|lp|s spoštovanjem|hvala|lepo pozdravljeni|že vnaprej hvala",
    ),
    "ca": Words(
        "el|en|a", "va escriure|ha escrit|escrigué", "de", "enviat|data|enviat el", "per a|a", "cc|fitxers adjunts",
        "assumpte|tema", "missatge original|missatge reenviat", "enviat des|enviat amb|enviat de",
        "salutacions|atentament|cordialment|gràcies|salut|moltes gràcies",
    ),
    "et": Words(
        "kuupäeval", "kirjutas|kirjutas järgmist", "saatja|kellelt", "saadetud|kuupäev", "saaja|kellele|adressaat",
        "koopia|manused", "teema", "algne sõnum|edastatud kiri|algne kiri|edastatud sõnum|originaalkiri",
        "saadetud minu|saadetud iphone", "lugupidamisega|parimate soovidega|tervitades|aitäh|tänan|ette tänades",
    ),
    "lv": Words(
        "", "rakstīja|raksta", "no|sūtītājs", "nosūtīts|datums", "kam|adresāts|saņēmējs", "kopija|pielikumi", "tēma|temats",
        "sākotnējais ziņojums|pārsūtīts ziņojums|oriģinālais ziņojums|pārsūtītā vēstule", "nosūtīts no|sūtīts no",
        "ar cieņu|paldies|ar sveicieniem|jauku dienu|jau iepriekš paldies",
    ),
    "lt": Words(
        "", "rašė|parašė", "nuo|siuntėjas", "išsiųsta|data|siųsta", "kam|skirta|iki|gavėjas", "kopija|priedai", "tema",
        "pradinis laiškas|persiųstas laiškas|originalus laiškas|persiunčiamas laiškas|pradinis pranešimas",
        "išsiųsta iš|siųsta iš", "pagarbiai|ačiū|su pagarba|linkėjimai|geros dienos|iš anksto dėkoju",
    ),
    "vi": Words(
        "vào|vào lúc|lúc", "đã viết|viết", "từ|người gửi", "đã gửi|ngày|gửi|ngày gửi", "đến|tới|người nhận",
        "bản sao|tệp đính kèm", "chủ đề|tiêu đề",
        "thư gốc|tin nhắn gốc|thư đã chuyển tiếp|tin nhắn được chuyển tiếp|tin nhắn đã chuyển tiếp",
        "đã gửi từ|gửi từ|được gửi từ", "trân trọng|thân mến|cảm ơn|xin cảm ơn|kính thư|thân ái",
    ),
    "id": Words(
        "pada", "menulis|tulis", "dari", "dikirim|tanggal|terkirim", "kepada|ke|untuk", "tembusan|lampiran",
        "subjek|perihal|judul", "pesan asli|pesan terusan|pesan yang diteruskan|pesan diteruskan",
        "dikirim dari|dikirim melalui|terkirim dari", "salam|hormat saya|terima kasih|salam hormat|hormat kami",
    ),
    "th": Words(
        "เมื่อ|ใน", "เขียนว่า|เขียน|ได้เขียน", "จาก|ผู้ส่ง", "ส่งเมื่อ|วันที่|ส่ง|วันที่ส่ง", "ถึง|ผู้รับ", "สำเนา|สำเนาถึง",
        "เรื่อง|หัวเรื่อง|หัวข้อ", "ข้อความต้นฉบับ|ข้อความที่ส่งต่อ|ข้อความเดิม", "ส่งจาก",
        "ขอบคุณครับ|ขอบคุณค่ะ|ด้วยความเคารพ|ขอแสดงความนับถือ|ขอบคุณ",
    ),
}  # fmt: skip


def alternatives(field: str) -> frozenset[str]:
    """Every language's words of one field."""
    return frozenset(
        word for words in LANGUAGES.values() for word in getattr(words, field).split("|") if word
    )
