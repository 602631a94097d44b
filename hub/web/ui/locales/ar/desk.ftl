# صفحة الموظفين: المحادثات، الخط الزمني، الرد، العميل.

view-open = مفتوحة
view-mine = لي
view-unassigned = بلا موظف
view-resolved = محلولة
empty-open = كل المحادثات محلولة
empty-open-text = تظهر الرسائل الجديدة هنا من تلقاء نفسها.
empty-mine = لم يُسند إليك شيء
empty-mine-text = خذ واحدة من التي بلا موظف بالمفتاح M.
empty-unassigned = لكل محادثة من يتولاها
empty-unassigned-text = تظهر هنا المحادثات الجديدة التي بلا موظف.
empty-resolved = لم يُحل شيء بعد
empty-resolved-text = تُحفظ هنا المحادثات التي تحلها.
no-subject = بلا موضوع
mail-empty = رسالة بريد فارغة
unread = غير مقروءة
draft = مسودة
answered = تم الرد
waiting = ينتظر
waiting-since = العميل ينتظر منذ { $at }
delivery-problem = لم تُسلَّم رسالة
search-nothing = لا عميل يبدأ اسمه بـ «{ $query }»
search-failed = لم يُجب البحث. أعد المحاولة.
customers = العملاء
new-message = رسالة جديدة
pane-resize-list = عرض القائمة
pane-resize-customer = عرض لوحة العميل

timeline = الخط الزمني
timeline-entries = عناصر الخط الزمني
nothing-open = لا محادثة مفتوحة
nothing-open-text = اختر واحدة من القائمة، أو اضغط J للأولى.
conversation-unknown = هذه المحادثة غير موجودة
unknown-text = ربما أُزيلت، أو أن الرابط غير كامل.
customer-unknown = هذا العميل غير موجود
timeline-empty = لم يُقل شيء بعد
timeline-empty-text = ما يكتبه العميل على أي قناة يظهر هنا.
timeline-offline = يظهر ما قيل حالما يعود الاتصال.
timeline-start = البداية
older-failed = تعذّر تحميل العناصر الأقدم. أعد المحاولة
narrow-bar = ما يعرضه الخط الزمني
narrow-fold = { $n ->
    [0] ما يعرضه الخط الزمني
   *[other] ما يعرضه الخط الزمني، مُضيَّق: { $n }
 }
narrow-channel = القناة
narrow-thread = المحادثة
narrow-thread-find = البحث عن محادثة
narrow-kind = النوع
narrow-person = الشخص
narrow-person-find = البحث عن شخص
all-threads = كل المحادثات
all-kinds = كل شيء
all-people = الجميع
kinds-message = الرسائل
kinds-note = الملاحظات
kinds-call = المكالمات
kinds-callback = معاودات الاتصال
kinds-file = الملفات
kinds-event = التغييرات
show-everything = عرض كل شيء
narrowed-empty = لا شيء يطابق
narrowed-empty-text = لا عنصر لهذا العميل يحقق كل ما اختير أعلاه.
narrowed-start = لا شيء أقدم يطابق
jump-to-date = الانتقال إلى تاريخ
jump-day = اليوم
jump-go = انتقال
newer-failed = تعذّر تحميل العناصر الأحدث. أعد المحاولة
entry-unknown = هذا العنصر غير موجود.
entry-reply = رد
entry-quote = رد مع اقتباس
entry-note = كتابة ملاحظة عنه
copy-link = نسخ الرابط
link-copied = نُسخ الرابط
text-copied = نُسخ النص
fold-events = { $n ->
    [one] تغيير واحد
    [two] تغييران
    [few] { $count } تغييرات
   *[other] { $count } تغييرًا
}
to-newest = الأحدث
new-entries = { $n ->
    [one] عنصر جديد واحد
    [two] عنصران جديدان
    [few] { $count } عناصر جديدة
   *[other] { $count } عنصرًا جديدًا
}
announce-entry = { $name }: { $text }
since-you-looked = منذ آخر نظرة لك
gap-weeks = { $n ->
    [one] أسبوع من الصمت
    [two] أسبوعان من الصمت
    [few] { $n } أسابيع من الصمت
   *[other] { $n } أسبوعًا من الصمت
}
gap-months = { $n ->
    [one] شهر من الصمت
    [two] شهران من الصمت
    [few] { $n } أشهر من الصمت
   *[other] { $n } شهرًا من الصمت
}
gap-years = { $n ->
    [one] سنة من الصمت
    [two] سنتان من الصمت
    [few] { $n } سنوات من الصمت
   *[other] { $n } سنة من الصمت
}
thread-continued = تتمة
thread-focus = عرض هذه المحادثة وحدها
thread-unfocus = عرض كل المحادثات
possibly-related = ربما تتصل بمحادثة سابقة
fold-automatic = { $n ->
    [one] رسالة تلقائية واحدة
    [two] رسالتان تلقائيتان
    [few] { $count } رسائل تلقائية
   *[other] { $count } رسالة تلقائية
}
fold-notices = { $n ->
    [one] إشعار تسليم واحد
    [two] إشعارا تسليم
    [few] { $count } إشعارات تسليم
   *[other] { $count } إشعار تسليم
}
state-resolved = محلولة

author-customer = العميل
author-agent = موظف
author-system = المركز
entry-to = إلى { $address }
entry-copies = { $n ->
    [one] + نسخة
    [two] + نسختان
    [few] + { $n } نسخ
   *[other] + { $n } نسخة
}
note = ملاحظة
note-tip = لا يراها إلا الزملاء
automatic-auto = تلقائية
automatic-list = قائمة بريدية
automatic-bounce = إشعار تسليم
no-text = بلا نص
show-quoted = عرض الاقتباس والتوقيع
hide-quoted = إخفاء الاقتباس والتوقيع
show-rest = عرض الباقي ({ $count } حرفًا)
show-original = عرض الأصل
hide-original = إخفاء الأصل
original = الرسالة كما نُسّقت
download-source = تنزيل المصدر
copy-text = نسخ النص
images-blocked = { $n ->
    [one] صورة بعيدة واحدة محجوبة
    [two] صورتان بعيدتان محجوبتان
    [few] { $n } صور بعيدة محجوبة
   *[other] { $n } صورة بعيدة محجوبة
}
images-blocked-short = { $n ->
    [one] صورة محجوبة
    [two] صورتان محجوبتان
    [few] { $n } صور محجوبة
   *[other] { $n } صورة محجوبة
}
images-blocked-why = تحميلها يخبر المرسل بأن الرسالة فُتحت.
images-show = عرض الصور
attachments = المرفقات
files-all = إظهار كل الملفات ({ $count })
inline-show = { $n ->
    [one] عرض جزء مضمّن واحد
    [two] عرض جزأين مضمّنين
    [few] عرض { $n } أجزاء مضمّنة
   *[other] عرض { $n } جزءًا مضمّنًا
}
inline-hide = إخفاء الأجزاء المضمّنة
transcript = النص المكتوب

kind-call = { $direction ->
    [out] مكالمة صادرة
   *[in] مكالمة واردة
}
kind-visit = زيارة
kind-callback = معاودة اتصال
kind-survey = جواب استبيان
kind-promise = وعد
kind-fax = فاكس
kind-voicemail = بريد صوتي

event-assigned = { $self ->
    [yes] { $actor } أخذ هذه المحادثة
   *[no] { $actor } أسند هذا إلى { $assignee }
}
event-unassigned = { $actor } أزال الإسناد
event-resolved = { $actor } حلّ هذا
event-reopened = { $actor } أعاد فتح هذا
event-merged = { $actor } ضمّ { $other } إلى هذا العميل
event-unmerged = { $actor } فصل { $other } من جديد
event-other = { $actor }: { $type }

delivery-waiting = تنتظر الاتصال
delivery-queued = في الطابور
delivery-sending = تُرسل
delivery-sent = أُرسلت
delivery-delivered = سُلّمت
delivery-read = قُرئت
delivery-failed = لم تُسلَّم إلى { $address }
delivery-uncertain = ليس مؤكدًا أنها أُرسلت
delivery-held = محتجزة
delivery-canceled = أُلغيت
step-retry = إعادة المحاولة
step-send-another-way = الإرسال بطريق آخر
step-mark-sent = تحققت: اعتبارها مرسلة
step-cancel = إلغاء

viewer-here = { $name } هنا
viewer-writing = { $name } يكتب

resolve = حل
reopen = إعادة فتح
resolve-tip = حل والانتقال إلى التالية
reopen-tip = إعادة فتح
resolved-toast = حُلّت: { $name }
reopened-toast = أُعيد فتحها: { $name }
assign = إسناد
assign-tip = إسناد
assign-me = { $name } (أنت)
assign-nobody = لا أحد
assign-filter = البحث عن موظف
assign-unknown = لا موظف بهذا الاسم
assigned-to = مسندة إلى { $name }
assigned-word = مسندة إلى
assigned-toast = أُسندت
assigned-me-toast = أُسندت إليك
unassigned-toast = أُزيل الإسناد
unassigned = بلا موظف

composer = الرد
composer-mode = ماذا تكتب
mode-reply = رد
mode-note = ملاحظة
mode-reply-tip = يصل إلى العميل
mode-note-tip = لا يراها إلا الزملاء
note-hint = لا يراها إلا الزملاء
to = إلى:
via = عبر { $kind }
from = من { $from }
destination-from = من { $from }
destination-choose = اختر عنوانًا
destination-none = لا عنوان للرد عليه
destination-unusable = غير متاح الآن
destinations-failed = تعذّر تحميل العناوين.
channel-kind-email = بريد إلكتروني
channel-kind-sms = رسالة نصية
channel-kind-whatsapp = واتساب
channel-kind-chat = دردشة
channel-kind-voice = هاتف
channel-kind-phone = هاتف
channel-kind-fax = فاكس
channel-kind-visit = زيارة
channel-kind-visitor = دردشة
add-copy = نسخة
copy-to = نسخة
copy-placeholder = عناوين تفصل بينها فواصل
edit-subject = الموضوع
subject = الموضوع
write-to = الكتابة إلى { $name }
reply-placeholder = اكتب إلى { $name }
note-placeholder = اكتب ملاحظة لزملائك
attach = إرفاق ملفات
drop-here = أفلت الملفات هنا لإرفاقها
uploading = يُرفع
upload-failed = لم يُرفع. أزله وأعد المحاولة.
remove-file = إزالة { $name }
to-send = للإرسال
to-save = للحفظ
send = إرسال
send-resolve = إرسال وحل
save-note = حفظ الملاحظة
send-anyway = الإرسال على أي حال
keep-writing = متابعة الكتابة
nothing-written = اكتب شيئًا أولًا.
still-uploading = ملف ما زال في الطريق. انتظر حتى يصل.
upload-left = تعذّر إرفاق ملف. أزله أو أرفق غيره.
no-usable-address = اختر عنوانًا للإرسال إليه.
too-long = النص أطول مما تسمح به هذه القناة.
not-sent = لم تُرسل
newer-title = { $n ->
    [one] وصلت رسالة أحدث
    [two] وصلت رسالتان أحدث
    [few] وصلت { $n } رسائل أحدث
   *[other] وصلت { $n } رسالة أحدث
}
newer-text = اقرأها أعلاه ثم قرر.
refused-toast = رسالة كانت تنتظر الاتصال لم تُرسل. عاد نصها إلى صندوق الرد.

from-channel = من
to-address = إلى
message = الرسالة
no-channel = لا قناة للإرسال منها. اطلب من مسؤول أن يربط واحدة.
no-channel-admin = لا قناة للإرسال منها. اربط واحدة تحت «القنوات».

customer = العميل
customer-pane = العميل
customer-since = عميل منذ { $when }
rename = تغيير الاسم
addresses = العناوين
verified = موثّق
suppressed = محجوب: { $reason }
known-since = منذ { $when }
copy-address = نسخ العنوان
suggestions = ربما الشخص نفسه
reason-same-name = الاسم نفسه
reason-same-phone = رقم الهاتف نفسه
reason-same-address = العنوان نفسه
reason-similar-name = اسم مشابه
reason-same-email = البريد نفسه
not-same = ليس نفسه
merge = ضم
merge-with = ضم مع عميل آخر
merge-title = ضم إلى { $name }
merge-text = يصبح الخطان الزمنيان واحدًا. لا يضيع شيء، ويمكنك التراجع في أي وقت.
merge-search = اسم العميل الآخر أو عنوانه
merged-toast = ضُمّ مع { $name }
unmerged-toast = { $name } عميل مستقل من جديد
merges = عملاء مضمومون
merged-from = { $name }
attributes = تفاصيل
visit-facts = من آخر دردشة
visit-page = الصفحة

file-coming = يُجلب
file-gone = تعذّر جلبه
file-picture = صورة
file-audio = تسجيل
file-unnamed = ملف

text-room = { $used } / { $room }
text-room-tip = الأحرف المكتوبة مما يتسع له
text-segments = { $n ->
    [one] مقطع واحد
    [two] مقطعان
    [few] { $count } مقاطع
   *[other] { $count } مقطعًا
}
text-segments-tip = تُرسل الرسالة النصية وتُدفع بالمقاطع
parts-hint = تخرج هذه في { $count } رسائل متتالية: لا تتسع لها هنا رسالة واحدة.
text-unicode = { $n ->
    [one] الحرف { $characters } ليس في أبجدية الرسائل النصية، فيسع المقطع 70 حرفًا بدل 160.
   *[other] الأحرف { $characters } ليست في أبجدية الرسائل النصية، فيسع المقطع 70 حرفًا بدل 160.
}
text-plain = استعمال أحرف بسيطة
window-left = بقي { $time } للكتابة الحرة
window-until = يمكن إرسال نص حر حتى { $when }. رسالة جديدة من العميل تبدأ المهلة من جديد.
window-over = انتهت مهلة النص الحر
window-closed = انتهت مهلة النص الحر: حتى يكتب العميل من جديد لا يُرسل إلا قالب.
window-never = لم يكتب العميل هنا بعد، لذلك لا يُرسل إلا قالب.
write-freely = الكتابة الحرة
template = قالب
template-use = استعمال قالب
template-choose = اختر قالبًا
template-chosen = ترسل قالبًا.
template-first = من لم يكتب بعد يصله قالب.
template-find = البحث عن قالب
template-unapproved = غير معتمد من المزوّد
template-variable = المتغير { $name }
template-preview = معاينة
template-missing = اختر قالبًا أولًا.
template-incomplete = املأ كل متغيرات القالب.
templates-empty = لا قوالب. يمكن لمسؤول أن ينشئ واحدًا عند المزوّد.
templates-failed = تعذّر تحميل القوالب.
quick-replies = أزرار للجواب
