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
        opening="on|at", wrote="wrote|writes", from_="from", sent="sent|date|sent at", to="to",
        cc="cc|bcc|reply-to|importance|attachments", subject="subject",
        original=(
            "original message|forwarded message|forwarded by|reply message|original appointment|"
            "begin forwarded message|reply above this line|message from the customer|replied message"
        ),
        sent_from=(
            "sent from|sent via|sent with|sent using|get outlook for|sent by my|sent on my|from my iphone"
        ),
        closing=(
            "regards|best regards|kind regards|kindest regards|warm regards|warmest regards|best wishes|"
            "many thanks|thanks|thank you|thanks a lot|thanks again|cheers|sincerely|yours sincerely|"
            "sincerely yours|yours faithfully|yours truly|best|all the best|with kind regards|"
            "with best regards|thanks and regards|rgds|br|kr|cordially|respectfully|thanks in advance|"
            "thank you in advance|many thanks in advance"
        ),
    ),
    "de": Words(
        opening="am|an", wrote="schrieb|schreibt|geschrieben", from_="von", sent="gesendet|datum|gesendet am",
        to="an", cc="cc|kopie|bcc|wichtigkeit|anlagen", subject="betreff",
        original=(
            "ursprüngliche nachricht|originalnachricht|original-nachricht|weitergeleitete nachricht|"
            "ursprüngliche mail|anfang der weitergeleiteten nachricht|weitergeleitet von"
        ),
        sent_from=(
            "gesendet von|gesendet mit|von meinem iphone|von meinem ipad|von meinem samsung|"
            "von meinem mobil|von meinem handy|von meinem smartphone|diese nachricht wurde von meinem|"
            "outlook für"
        ),
        closing=(
            "mit freundlichen grüßen|mit freundlichen grüssen|mit freundlichem gruß|freundliche grüße|"
            "freundliche grüsse|viele grüße|viele grüsse|liebe grüße|liebe grüsse|beste grüße|"
            "beste grüsse|schöne grüße|herzliche grüße|grüße|gruß|mfg|vg|lg|hochachtungsvoll|vielen dank|"
            "danke|mit besten grüßen|besten dank"
        ),
    ),
    "fr": Words(
        opening="le", wrote="a écrit|écrivait|écrit", from_="de|expéditeur",
        sent="envoyé|date|envoyé le|envoyé à", to="à|pour|a", cc="cc|copie à|cci|importance|pièces jointes",
        subject="objet|sujet",
        original=(
            "message d'origine|message d’origine|message original|message initial|message transféré|"
            "message d'origine|début du message réexpédié|début du message transféré|mail original|"
            "courriel original"
        ),
        sent_from=(
            "envoyé de mon|envoyé depuis|envoyé à partir|envoyé avec|envoyé par|télécharger outlook|"
            "obtenir outlook"
        ),
        closing=(
            "cordialement|bien cordialement|très cordialement|sincèrement|bien à vous|salutations|"
            "meilleures salutations|sincères salutations|merci|merci d'avance|merci beaucoup|amicalement|"
            "bonne journée|cdlt|respectueusement"
        ),
    ),
    "es": Words(
        opening="el", wrote="escribió|escribio|ha escrito", from_="de",
        sent="enviado|fecha|enviado el|enviado el día", to="para|a", cc="cc|cco|importancia|datos adjuntos",
        subject="asunto",
        original=(
            "mensaje original|mensaje reenviado|inicio del mensaje reenviado|"
            "comienzo del mensaje reenviado"
        ),
        sent_from="enviado desde|enviado con|enviado por|enviado de mi|obtener outlook|descargar outlook",
        closing=(
            "saludos|un saludo|saludos cordiales|cordialmente|atentamente|atte|gracias|muchas gracias|"
            "un cordial saludo|le saluda atentamente|gracias de antemano"
        ),
    ),
    "it": Words(
        opening="il|in data", wrote="ha scritto|scrisse|scrive", from_="da|mittente",
        sent="inviato|data|inviato il", to="a|per", cc="cc|ccn|priorità|allegati", subject="oggetto",
        original="messaggio originale|messaggio inoltrato|inizio messaggio inoltrato|messaggio originario",
        sent_from="inviato da|inviato dal|inviato con|inviato tramite|scarica outlook|ottieni outlook",
        closing=(
            "cordiali saluti|distinti saluti|saluti|un saluto|cordialmente|grazie|grazie mille|"
            "buona giornata|grazie in anticipo"
        ),
    ),
    "pt": Words(
        opening="em|no dia|a|aos", wrote="escreveu|escreveram", from_="de",
        sent="enviado|data|enviada em|enviado em|enviada", to="para", cc="cc|cco|bcc|importância|anexos",
        subject="assunto",
        original=(
            "mensagem original|mensagem encaminhada|início da mensagem encaminhada|mensagem reencaminhada"
        ),
        sent_from=(
            "enviado do meu|enviado de|enviado a partir|enviado via|enviado pelo|enviado com|"
            "obter o outlook|baixe o outlook"
        ),
        closing=(
            "atenciosamente|cumprimentos|com os melhores cumprimentos|melhores cumprimentos|abraço|"
            "abraços|um abraço|obrigado|obrigada|muito obrigado|muito obrigada|grato|grata|att|"
            "cordialmente|desde já agradeço"
        ),
    ),
    "nl": Words(
        opening="op", wrote="schreef|heeft geschreven|geschreven", from_="van",
        sent="verzonden|datum|verzonden op", to="aan", cc="cc|bcc|urgentie|bijlagen", subject="onderwerp",
        original=(
            "oorspronkelijk bericht|origineel bericht|doorgestuurd bericht|oorspronkelijke bericht|"
            "begin doorgestuurd bericht"
        ),
        sent_from=(
            "verzonden vanaf|verstuurd vanaf|verzonden met|verstuurd met|verzonden via|verzonden door|"
            "outlook voor"
        ),
        closing=(
            "met vriendelijke groet|met vriendelijke groeten|vriendelijke groet|vriendelijke groeten|"
            "groet|groeten|mvg|hartelijke groet|bedankt|alvast bedankt|hoogachtend|dank u wel"
        ),
    ),
    "sv": Words(
        opening="den", wrote="skrev|har skrivit", from_="från", sent="skickat|datum|sänt|skickat den",
        to="till", cc="kopia|cc|prioritet|bifogade filer", subject="ämne",
        original=(
            "ursprungligt meddelande|originalmeddelande|vidarebefordrat meddelande|vidarebefordrat mejl"
        ),
        sent_from="skickat från|skickat med|skickades från|sänt från|hämta outlook|skaffa outlook",
        closing=(
            "med vänlig hälsning|med vänliga hälsningar|vänliga hälsningar|vänlig hälsning|hälsningar|"
            "hälsning|mvh|bästa hälsningar|tack|tack på förhand|tack så mycket"
        ),
    ),
    "da": Words(
        opening="den|d", wrote="skrev", from_="fra", sent="sendt|dato", to="til",
        cc="cc|kopi|vedhæftede filer", subject="emne",
        original=(
            "oprindelig meddelelse|original meddelelse|videresendt meddelelse|videresendt besked|"
            "oprindelig besked|start på videresendt besked"
        ),
        sent_from="sendt fra|sendt via|sendt med|hent outlook",
        closing=(
            "med venlig hilsen|venlig hilsen|venlige hilsner|med venlige hilsner|hilsen|hilsner|mvh|vh|"
            "de bedste hilsner|bedste hilsner|kh|tak|på forhånd tak|mange tak"
        ),
    ),
    "no": Words(
        opening="på|den", wrote="skrev", from_="fra", sent="sendt|dato", to="til",
        cc="kopi|cc|viktighet|vedlegg", subject="emne",
        original=(
            "opprinnelig melding|original melding|videresendt melding|begynnelsen på videresendt melding"
        ),
        sent_from="sendt fra|sendt via|sendt med|få outlook|hent outlook",
        closing=(
            "med vennlig hilsen|vennlig hilsen|hilsen|mvh|vennlige hilsener|beste hilsen|takk|"
            "på forhånd takk"
        ),
    ),
    "fi": Words(
        opening="", wrote="kirjoitti|kirjoitti näin", from_="lähettäjä|lähettänyt",
        sent="lähetetty|päivämäärä|päiväys", to="vastaanottaja|kenelle", cc="kopio|piilokopio|liitteet",
        subject="aihe|otsikko",
        original="alkuperäinen viesti|välitetty viesti|edelleenlähetetty viesti|alkuperäinen sähköposti",
        sent_from=(
            "lähetetty iphone|lähetetty ipad|lähetetty laitteesta|lähetetty minun|lähetetty outlook|"
            "lähetetty samsung|lähetetty puhelimestani|hanki outlook"
        ),
        closing=(
            "ystävällisin terveisin|terveisin|parhain terveisin|yt|t|kiitos|kiitoksia|terv|"
            "kunnioittavasti"
        ),
    ),
    "pl": Words(
        opening="w dniu|dnia|dn", wrote="napisał|napisała|napisał(a)|napisali|pisze|użytkownik",
        from_="od|nadawca", sent="wysłano|data|wysłane|wysłany", to="do|adresat",
        cc="dw|udw|kopia|ważność|załączniki", subject="temat",
        original=(
            "wiadomość oryginalna|oryginalna wiadomość|wiadomość przekazana|przekazana wiadomość|"
            "treść oryginalnej wiadomości|początek przekazywanej wiadomości"
        ),
        sent_from="wysłano z|wysłane z|wysłany z|wysłano za pomocą|wyślij z|pobierz outlook|uzyskaj outlook",
        closing=(
            "pozdrawiam|z poważaniem|z wyrazami szacunku|serdecznie pozdrawiam|pozdrowienia|dziękuję|"
            "z góry dziękuję|pozdrawiam serdecznie|dzięki"
        ),
    ),
    "cs": Words(
        opening="dne|v|ve", wrote="napsal|napsala|napsal(a)|píše", from_="od|odesílatel",
        sent="odesláno|datum|posláno", to="komu|příjemce", cc="kopie|skrytá kopie|přílohy", subject="předmět",
        original="původní zpráva|původní e-mail|přeposlaná zpráva|přeposlaný e-mail|původní mail",
        sent_from="odesláno z|odesláno ze|odesláno pomocí|posláno z|získejte outlook|získat outlook",
        closing=(
            "s pozdravem|s přátelským pozdravem|se srdečným pozdravem|hezký den|děkuji|díky|s úctou|"
            "předem děkuji"
        ),
    ),
    "sk": Words(
        opening="dňa|v", wrote="napísal|napísala|napísal(a)|píše", from_="od|odosielateľ",
        sent="odoslané|dátum|poslané", to="komu|pre|príjemca", cc="kópia|prílohy", subject="predmet",
        original="pôvodná správa|pôvodný e-mail|preposlaná správa|preposlaný e-mail",
        sent_from="odoslané z|odoslané zo|odoslané pomocou|poslané z|získajte outlook",
        closing="s pozdravom|s priateľským pozdravom|s úctou|ďakujem|vďaka|pekný deň|vopred ďakujem",
    ),
    "ru": Words(
        opening="", wrote="написал|написала|написал(а)|пишет|писал|писала|пишете",
        from_="от|от кого|отправитель", sent="отправлено|дата|отправлен", to="кому|получатель",
        cc="копия|скрытая копия|вложения", subject="тема",
        original=(
            "исходное сообщение|пересылаемое сообщение|пересланное сообщение|перенаправленное сообщение|"
            "пересылаемое письмо|начало переадресованного сообщения|исходное письмо|"
            "оригинальное сообщение"
        ),
        sent_from=(
            "отправлено с|отправлено из|отправлено через|отправлено с помощью|отправлено от|"
            "скачать outlook"
        ),
        closing=(
            "с уважением|с наилучшими пожеланиями|всего доброго|всего хорошего|спасибо|заранее спасибо|"
            "благодарю|с благодарностью|хорошего дня"
        ),
    ),
    "uk": Words(
        opening="", wrote="написав|написала|написав(ла)|пише", from_="від|від кого|відправник",
        sent="надіслано|дата|відправлено", to="кому|до", cc="копія|вкладення", subject="тема",
        original=(
            "вихідне повідомлення|початкове повідомлення|переслане повідомлення|оригінальне повідомлення|"
            "перенаправлене повідомлення"
        ),
        sent_from="надіслано з|надіслано за допомогою|відправлено з|надіслано через|надіслано від",
        closing="з повагою|щиро дякую|дякую|з найкращими побажаннями|гарного дня|всього найкращого",
    ),
    "bg": Words(
        opening="на", wrote="написа|писа|написал", from_="от", sent="изпратено|дата", to="до",
        cc="копие|прикачени файлове", subject="относно|тема",
        original="оригинално съобщение|препратено съобщение|първоначално съобщение",
        sent_from="изпратено от|изпратено чрез", closing="с уважение|поздрави|благодаря|сърдечни поздрави",
    ),
    "tr": Words(
        opening="", wrote="yazdı|şunu yazdı|şunları yazdı|tarihinde şunu yazdı|yazmış",
        from_="kimden|gönderen", sent="gönderildi|tarih|gönderme tarihi|gönderilme", to="kime|alıcı",
        cc="bilgi|ek|ekler", subject="konu",
        original=(
            "özgün ileti|orijinal mesaj|orjinal mesaj|iletilen mesaj|iletilmiş mesaj|özgün mesaj|"
            "orijinal ileti|yönlendirilen ileti"
        ),
        sent_from=(
            "iphone'umdan gönderildi|iphone’umdan gönderildi|android için outlook|ios için outlook|"
            "benim iphone'umdan|samsung mobile'dan"
        ),
        closing=(
            "saygılarımla|saygılarımızla|iyi çalışmalar|teşekkürler|teşekkür ederim|selamlar|sevgiler|"
            "kolay gelsin"
        ),
    ),
    "ja": Words(
        opening="", wrote="書きました|のメッセージ|のメール|書いた|さんは書きました|wrote",
        from_="差出人|送信者|発信者|from", sent="送信日時|日時|日付|送信日", to="宛先|受信者",
        cc="cc|ccへ|重要度|添付ファイル", subject="件名|題名",
        original=(
            "元のメッセージ|転送メッセージ|転送されたメッセージ|元のメール|オリジナルメッセージ|"
            "original message|転送メール"
        ),
        sent_from=(
            "iphoneから送信|ipadから送信|androidから送信|スマートフォンから送信|私のiphoneから送信|"
            "outlook for ios を入手|my iphoneから送信"
        ),
        closing=(
            "よろしくお願いします|よろしくお願いいたします|宜しくお願いします|宜しくお願い致します|"
            "以上、よろしくお願いいたします|よろしくお願い致します|敬具|以上"
        ),
    ),
    "zh": Words(
        opening="在|于", wrote="写道|寫道|写到|写信给|寫到|撰写", from_="发件人|寄件者|寄件人|發件人|发件者",
        sent="发送时间|日期|傳送日期|发送日期|寄件日期|發送時間|时间|時間|寄件時間", to="收件人|收件者|至",
        cc="抄送|副本|密送|附件|重要性|抄送人", subject="主题|主旨|主題",
        original=(
            "原始邮件|原始郵件|转发邮件|轉寄郵件|原邮件|原始信件|转发的邮件|轉寄的郵件|已转发邮件|"
            "邮件原件|原始訊息"
        ),
        sent_from="发自我的|從我的|发自|從 |从我的|来自我的|寄自我的|傳送自我的|获取 outlook|發自我的",
        closing="此致|祝好|谢谢|謝謝|顺祝商祺|敬祝|此致敬礼|祝商祺|顺颂商祺|非常感谢",
    ),
    "ko": Words(
        opening="", wrote="작성|님이 작성|씀|쓴 글|썼습니다|님이 보낸 메시지|작성하였습니다",
        from_="보낸 사람|보낸사람|발신인|발신", sent="보낸 날짜|날짜|보낸날짜|전송 날짜|보낸 시간|일시",
        to="받는 사람|받는사람|수신인|수신", cc="참조|숨은 참조|첨부", subject="제목",
        original="원본 메시지|원본 메일|전달된 메시지|원래 메시지|원본메일|전달된 메일",
        sent_from=(
            "나의 iphone에서 보냄|내 iphone에서 보냄|iphone에서 보냄|갤럭시에서 보냄|"
            "삼성 모바일에서 보냄|iphone에서 발송"
        ),
        closing="감사합니다|고맙습니다|안녕히 계세요|수고하세요|드림|올림",
    ),
    "hu": Words(
        opening="", wrote="írta|ezt írta|írt", from_="feladó|küldő",
        sent="küldve|elküldve|dátum|küldés dátuma", to="címzett|címzettek",
        cc="másolat|másolatot kap|mellékletek", subject="tárgy",
        original="eredeti üzenet|továbbított üzenet|továbbított levél|eredeti levél|eredeti e-mail",
        sent_from=(
            "elküldve az |küldve az |küldve a |az outlook beszerzése|iphone-ról küldve|ipad-ről küldve"
        ),
        closing="üdvözlettel|tisztelettel|köszönettel|üdv|köszönöm|szívélyes üdvözlettel|előre is köszönöm",
    ),
    "ro": Words(
        opening="pe|în|la|in", wrote="a scris|au scris", from_="de la|expeditor|de",
        sent="trimis|data|trimis la|dată", to="către|la|catre", cc="cc|importanță|atașări",
        subject="subiect|subiectul",
        original=(
            "mesaj original|mesajul original|mesaj redirecționat|mesaj retransmis|mesaj inițial|"
            "început mesaj redirecționat"
        ),
        sent_from="trimis de pe|trimis din|trimis cu|trimis prin|trimis de la|obțineți outlook",
        closing=(
            "cu stimă|cu respect|toate cele bune|mulțumesc|multumesc|o zi bună|vă mulțumesc|"
            "cu considerație"
        ),
    ),
    "el": Words(
        opening="στις|την|στισ|το", wrote="έγραψε|έγραψαν|γράφει", from_="από|αποστολέας",
        sent="στάλθηκε|ημερομηνία|εστάλη", to="προς|παραλήπτης", cc="κοιν|κοινοποίηση|συνημμένα",
        subject="θέμα", original="αρχικό μήνυμα|προωθημένο μήνυμα|πρωτότυπο μήνυμα|προωθούμενο μήνυμα",
        sent_from="στάλθηκε από|εστάλη από|αποστολή από|αποκτήστε το outlook",
        closing="με εκτίμηση|φιλικά|ευχαριστώ|με φιλικούς χαιρετισμούς|χαιρετισμούς|ευχαριστώ πολύ",
    ),
    "he": Words(
        opening="בתאריך|ב-|ביום|ב", wrote="כתב|כתבה|כתב/ה|כתבו|מאת", from_="מאת|מ",
        sent="נשלח|תאריך|נשלח בתאריך", to="אל|ל|עבור", cc="עותק|העתק|קבצים מצורפים",
        subject="נושא|הנושא|הנידון", original="הודעה מקורית|הודעה שהועברה|הודעה מועברת|הודעה המקורית",
        sent_from="נשלח מה|נשלח מ|נשלח באמצעות|קבל את outlook",
        closing="בברכה|תודה|בכבוד רב|תודה רבה|בתודה|תודה מראש",
    ),
    "ar": Words(
        opening="في|بتاريخ|يوم", wrote="كتب|كتبت|كتب/ت|كتبوا", from_="من",
        sent="أرسلت|التاريخ|تم الإرسال|أُرسلت|تاريخ الإرسال|تاريخ", to="إلى|الى", cc="نسخة|المرفقات",
        subject="الموضوع|موضوع",
        original=(
            "الرسالة الأصلية|رسالة أصلية|رسالة معاد توجيهها|الرسالة المعاد توجيهها|رسالة محوّلة|"
            "رسالة محولة"
        ),
        sent_from="أرسلت من|أُرسلت من|مرسل من|تم الإرسال من|مرسلة من|احصل على outlook",
        closing=(
            "مع أطيب التحيات|تحياتي|شكرا|شكراً|مع خالص التحية|مع التحية|وتفضلوا بقبول فائق الاحترام|"
            "شكرا جزيلا"
        ),
    ),
    "fa": Words(
        opening="در|در تاریخ", wrote="نوشت|نوشته است|نوشته", from_="از|فرستنده",
        sent="تاریخ|فرستاده شده|ارسال شده", to="به|گیرنده", cc="رونوشت", subject="موضوع",
        original="پیام اصلی|پیام هدایت‌شده|پیام ارسال شده", sent_from="ارسال شده از|فرستاده شده از",
        closing="با احترام|با تشکر|ممنون|سپاس|با سپاس",
    ),
    "hr": Words(
        opening="dana|u", wrote="napisao|napisala|napisao/la|je napisao|je napisala|piše",
        from_="od|šalje|pošiljatelj|pošiljalac", sent="poslano|datum|poslato|pošiljano", to="za|prima|kome",
        cc="kopija|privici", subject="predmet|tema",
        original="izvorna poruka|originalna poruka|proslijeđena poruka|prosleđena poruka|prvobitna poruka",
        sent_from="poslano s|poslano sa|poslano putem|poslato sa|poslato iz|nabavite outlook",
        closing=(
            "srdačan pozdrav|lijep pozdrav|pozdrav|s poštovanjem|s pozdravom|hvala|lp|puno pozdrava|"
            "unaprijed hvala"
        ),
    ),
    "sl": Words(
        opening="dne|v", wrote="je napisal|je napisala|je napisal/a|napisal|piše", from_="od|pošiljatelj",
        sent="poslano|datum", to="za|komu|prejemnik", cc="kp|kopija|priloge", subject="zadeva",
        original="izvirno sporočilo|posredovano sporočilo|prvotno sporočilo",
        sent_from="poslano iz|poslano z|poslano s|poslano prek",
        closing="lep pozdrav|lp|s spoštovanjem|hvala|lepo pozdravljeni|že vnaprej hvala",
    ),
    "ca": Words(
        opening="el|en|a|missatge de", wrote="va escriure|ha escrit|escrigué|missatge de",
        from_="de", sent="enviat|data|enviat el",
        to="per a|a", cc="cc|fitxers adjunts", subject="assumpte|tema",
        original="missatge original|missatge reenviat", sent_from="enviat des|enviat amb|enviat de",
        closing="salutacions|atentament|cordialment|gràcies|salut|moltes gràcies",
    ),
    "et": Words(
        opening="kuupäeval", wrote="kirjutas|kirjutas järgmist", from_="saatja|kellelt",
        sent="saadetud|kuupäev", to="saaja|kellele|adressaat", cc="koopia|manused", subject="teema",
        original="algne sõnum|edastatud kiri|algne kiri|edastatud sõnum|originaalkiri",
        sent_from="saadetud minu|saadetud iphone",
        closing="lugupidamisega|parimate soovidega|tervitades|aitäh|tänan|ette tänades",
    ),
    "lv": Words(
        opening="", wrote="rakstīja|raksta", from_="no|sūtītājs", sent="nosūtīts|datums",
        to="kam|adresāts|saņēmējs", cc="kopija|pielikumi", subject="tēma|temats",
        original="sākotnējais ziņojums|pārsūtīts ziņojums|oriģinālais ziņojums|pārsūtītā vēstule",
        sent_from="nosūtīts no|sūtīts no",
        closing="ar cieņu|paldies|ar sveicieniem|jauku dienu|jau iepriekš paldies",
    ),
    "lt": Words(
        opening="", wrote="rašė|parašė", from_="nuo|siuntėjas", sent="išsiųsta|data|siųsta",
        to="kam|skirta|iki|gavėjas", cc="kopija|priedai", subject="tema",
        original=(
            "pradinis laiškas|persiųstas laiškas|originalus laiškas|persiunčiamas laiškas|"
            "pradinis pranešimas"
        ),
        sent_from="išsiųsta iš|siųsta iš",
        closing="pagarbiai|ačiū|su pagarba|linkėjimai|geros dienos|iš anksto dėkoju",
    ),
    "vi": Words(
        opening="vào|vào lúc|lúc", wrote="đã viết|viết", from_="từ|người gửi", sent="đã gửi|ngày|gửi|ngày gửi",
        to="đến|tới|người nhận", cc="bản sao|tệp đính kèm", subject="chủ đề|tiêu đề",
        original="thư gốc|tin nhắn gốc|thư đã chuyển tiếp|tin nhắn được chuyển tiếp|tin nhắn đã chuyển tiếp",
        sent_from="đã gửi từ|gửi từ|được gửi từ",
        closing="trân trọng|thân mến|cảm ơn|xin cảm ơn|kính thư|thân ái",
    ),
    "id": Words(
        opening="pada", wrote="menulis|tulis", from_="dari", sent="dikirim|tanggal|terkirim",
        to="kepada|ke|untuk", cc="tembusan|lampiran", subject="subjek|perihal|judul",
        original="pesan asli|pesan terusan|pesan yang diteruskan|pesan diteruskan",
        sent_from="dikirim dari|dikirim melalui|terkirim dari",
        closing="salam|hormat saya|terima kasih|salam hormat|hormat kami",
    ),
    "th": Words(
        opening="เมื่อ|ใน", wrote="เขียนว่า|เขียน|ได้เขียน", from_="จาก|ผู้ส่ง",
        sent="ส่งเมื่อ|วันที่|ส่ง|วันที่ส่ง", to="ถึง|ผู้รับ", cc="สำเนา|สำเนาถึง",
        subject="เรื่อง|หัวเรื่อง|หัวข้อ", original="ข้อความต้นฉบับ|ข้อความที่ส่งต่อ|ข้อความเดิม",
        sent_from="ส่งจาก", closing="ขอบคุณครับ|ขอบคุณค่ะ|ด้วยความเคารพ|ขอแสดงความนับถือ|ขอบคุณ",
    ),
}  # fmt: skip


def alternatives(field: str) -> frozenset[str]:
    """Every language's words of one field, folded for comparison."""
    return frozenset(
        word.casefold() for words in LANGUAGES.values() for word in getattr(words, field).split("|") if word
    )
