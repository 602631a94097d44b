# الرد: التنسيق، الردود الجاهزة، الإرسال لاحقًا، الإشارات، العلامات.

reply-placeholder-slash = اكتب إلى { $name }، أو اضغط / للردود الجاهزة والأفعال
completion = اقتراحات
canned-replies = ردود جاهزة
macros = وحدات ماكرو
brands = العلامات التجارية
macro-done = تم: { $name }
macro-undone = { $stays ->
    [words] تم التراجع: { $name }. ما كتبه ما زال في مربع الكتابة.
    [task] تم التراجع: { $name }. تغيّرت مهمته منذ ذلك الحين فبقيت.
    [both] تم التراجع: { $name }. ما كتبه ما زال في مربع الكتابة، وتغيّرت مهمته منذ ذلك الحين فبقيت.
   *[nothing] تم التراجع: { $name }
}

slash-actions = فعل شيء
slash-assign = إسناد …
slash-labels = وسم …
slash-reply = كتابة رد
slash-note = كتابة ملاحظة
slash-save = حفظه ردًا جاهزًا
reply-saved = حُفظ باسم «{ $name }»
shortcut-word = الاختصار
shortcut-word-help = اكتب / وهذه الكلمة لتجده.
reply-words = الكلمات
reply-variables = المتغيرات: {"\u2066"}{"{{"} customer.first_name {"}}"}, customer.name, customer.email, agent.name, conversation.subject, company.name, brand.name{"\u2069"} – وكل صفة للعميل.

looks-of-words = التنسيق
tool-bold = غامق
tool-italic = مائل
tool-underline = تحته خط
tool-bullets = قائمة نقطية
tool-numbers = قائمة مرقمة
tool-quote = اقتباس
tool-link = رابط
tool-unlink = إزالة الرابط
tool-plain = إزالة التنسيق
link-address = عنوان الصفحة

send-later = الإرسال لاحقًا
send-later-pick = اختيار التاريخ والوقت …
send-then = إرسال حينئذ
scheduled-toast = تخرج { $when }
held-toast = الرد في الطريق
undo-send = التراجع عن الإرسال
hold-left = { $n ->
    [one] تخرج بعد ثانية
    [two] تخرج بعد ثانيتين
    [few] تخرج بعد { $n } ثوانٍ
   *[other] تخرج بعد { $n } ثانية
}
scheduled-messages = رسائل تخرج لاحقًا
scheduled-at = تخرج { $when }
scheduled-held-back = محتجزة: وصلت رسالة أحدث
scheduled-failed = تعذّر إرسالها
scheduled-to = إلى { $address }
scheduled-to-by = إلى { $address }، من { $name }
scheduled-time = تغيير الوقت
scheduled-send-now = الإرسال الآن
scheduled-send-anyway = الإرسال على أي حال
scheduled-edit = تعديل
scheduled-discard = تجاهل

colleague-answers = { $n ->
    [one] { $names } يكتب ردًا هنا في هذه اللحظة.
   *[other] { $names } يكتبون ردودًا هنا في هذه اللحظة.
}
answered-meanwhile = ردّ { $name } وأنت تكتب:
wrote-meanwhile = { $n ->
    [one] كتب { $name } وأنت تكتب:
    [two] كتب { $name } رسالتين وأنت تكتب. أحدثهما:
    [few] كتب { $name } { $n } رسائل وأنت تكتب. أحدثها:
   *[other] كتب { $name } { $n } رسالة وأنت تكتب. أحدثها:
}
holes = { $n ->
    [one] لم يُملأ: { $names }
   *[other] لم تُملأ: { $names }
}
signature-below = { $own ->
    [yes] يُضاف توقيعك
   *[no] يُضاف توقيع { $brand }
}

undo-seconds = مهلة التراجع عن بريد
undo-seconds-help = كم ينتظر البريد قبل أن يخرج.
undo-seconds-off = الإرسال فورًا
undo-seconds-n = { $n } ثانية

mention-toast = أشار إليك { $name }: { $text }
mentions = الإشارات
mentions-n = { $n ->
    [one] ملاحظة تشير إليك
    [two] ملاحظتان تشيران إليك
    [few] { $n } ملاحظات تشير إليك
   *[other] { $n } ملاحظة تشير إليك
}
mention-of = { $name } · { $customer }
mentions-all-seen = اعتبارها كلها مقروءة

canned-replies-text = كلمات يستعملها الموظفون مرارًا، تُملأ بما يُعرف عن العميل وبلغته.
canned-replies-empty = لا ردود جاهزة بعد
canned-replies-empty-text = ما يُكتب كثيرًا يُكتب هنا مرة، بكل لغة يكتب بها عملاؤك.
reply-add = إضافة رد جاهز
reply-new = رد جاهز جديد
macro-add = إضافة ماكرو
macro-new = ماكرو جديد
macros-text = تغيير في المحادثة ورد جاهز في خطوة واحدة.
macros-empty = لا وحدات ماكرو بعد
macros-empty-text = «رُدّ المبلغ»: وسم وكتابة وحل، في خطوة واحدة.
scope = من يمكنه استعماله
scope-personal = أنا فقط
scope-team = فريق
scope-shared = الجميع
reply-language = اللغة
reply-language-remove = إزالة هذه اللغة
reply-files = ملفات ترافقه
macro-reply = الكلمات
macro-no-reply = لا كتابة
macro-change = التغيير
macro-nothing = تركه كما هو
macro-state-resolved = حل
macro-state-open = إعادة فتح
macro-snooze-later = تأجيل لمدة
macro-snooze-for = تأجيل: { $when }
macro-task = مهمة لمن يستخدمه
macro-task-dated = مع تذكير
later-hours = ساعات من حينها
later-days = أيام من حينها
later-weekday = يوم الأسبوع القادم
later-number = كم
later-day = اليوم
later-at = في الساعة
later-in-hours = { $n ->
    [one] بعد ساعة
    [two] بعد ساعتين
    [few] بعد { $n } ساعات
   *[other] بعد { $n } ساعة
}
later-in-days = { $n ->
    [one] في اليوم التالي { $at }
    [two] بعد يومين { $at }
    [few] بعد { $n } أيام { $at }
   *[other] بعد { $n } يومًا { $at }
}
later-in-weekday = { $day } القادم { $at }
remove-one = إزالة
removed-toast = أُزيل
brands-text = باسم من تتحدث قنواتك: التوقيع أسفل رسائلها.
brands-empty = لا علامات بعد
brands-empty-text = بلا علامة يكون توقيع كل موظف أسفل رسائله.
brand-add = إضافة علامة
brand-new = علامة جديدة
brand-signature = التوقيع (HTML)
brand-signature-help = المتغيرات: {"\u2066"}{"{{"} agent.name {"}}"}, agent.first_name, agent.email, brand.name{"\u2069"}. تحتاج الصور إلى عنوان https.
brand-channels = القنوات
brand-preview = معاينة
brand-no-channel = لا قناة بعد
edit-one = تعديل
macro-state = المحادثة
reply-words-in = الكلمات بـ { $language }
