# صفحات المسؤول.

no-permission = هذه الصفحة للمسؤولين
no-permission-text = اسأل مسؤولًا في مركزك إن احتجت إلى شيء من هنا.
for-time = منذ { $time }
never = أبدًا
channel = القناة
all-channels = كل القنوات

channels-text = الطرق التي يصل بها العملاء إليك، وحال كل منها.
channels-empty = اربط أول صندوق بريد
channels-empty-text = الرسائل التي تصل إليه تظهر على الخط الزمني للعميل، ومنه تخرج ردودك.
channel-add = إضافة قناة
channel-add-action = إضافة القناة
channel-new = جديدة: { $kind }
channel-added = أُضيفت { $name } وتبدأ الآن
channel-unknown = هذه القناة غير موجودة
channel-paused = أُوقفت { $name }
channel-resumed = استؤنفت { $name }
channel-name = الاسم
channel-name-help = كما يراه الموظفون، مثل «صندوق الدعم».
connector-gone = الموصل «{ $kind }» غير مثبت
connector-gone-text = ثبّت حزمته وشغّل المركز من جديد.
pause = إيقاف
resume = استئناف
settings = الإعدادات
health = الحال
health-ok = تعمل
health-degraded = تعمل بمشكلات
health-down = لا تعمل
health-starting = تبدأ
health-paused = موقوفة
last-in = آخر وارد
last-out = آخر صادر
volume = { $n } أيام
volume-words = { $received } وارد، { $sent } صادر
backlog = للإرسال
last-in-at = آخر وارد { $when }
nothing-in-yet = لم يرد شيء بعد
quarantine-count = { $n ->
    [one] محتجزة واحدة
    [two] محتجزتان
    [few] { $n } محتجزات
   *[other] { $n } محتجزة
}
quarantine-look = { $n ->
    [one] رسالة واحدة محتجزة في الحجر
    [two] رسالتان محتجزتان في الحجر
    [few] { $n } رسائل محتجزة في الحجر
   *[other] { $n } رسالة محتجزة في الحجر
}
secret-set = محفوظ
secret-replace = استبدال
secret-keep = الإبقاء على الحالي
not-saved = لم يُحفظ
test-connection = اختبار الاتصال
test-help = يجرّب هذه الإعدادات دون حفظها ولا يترك أثرًا.
test-ok = كل شيء يعمل
test-impossible = تعذّر الاختبار
test-failed = شيء ما لا يعمل بعد
step-ok = نجح
step-failed = لم ينجح
seconds = { $n } ث
oauth-title = الدخول عن طريق مزوّد البريد
oauth-text = تُنقل إلى المزوّد وتعود إلى هنا. أعط المزوّد عنوان العودة هذا: { $address }
oauth-save-first = أضف القناة أولًا ثم اربطها بالحساب. أعط المزوّد عنوان العودة هذا: { $address }
oauth-connect = ربط الحساب
oauth-again = الربط من جديد
oauth-connected = مربوطة بـ { $account }
oauth-missing = غير مربوطة بحساب بعد
oauth-expires = حتى { $when }

ledger = الدفتر
ledger-text = ما ورد إما محفوظ أو محتجز أو متجاهَل لسبب. ولا يمكن أن يحدث له غير ذلك.
ledger-empty = لم يرد شيء في هذه الأيام.
day = اليوم
ledger-received = واردة
ledger-stored = محفوظة
ledger-quarantined = محتجزة
ledger-ignored = متجاهَلة
ledger-sent = مرسلة
ledger-failed = فاشلة
ledger-balance = الحساب مطابق
ledger-balanced = الحساب مطابق
ledger-open = { $n } مفتوحة

quarantine-text = رسائل محفوظة بأمان لكن تعذّر وضعها على خط زمني. أعد المحاولة بعد إصلاح السبب.
quarantine-empty = لا شيء محتجز
quarantine-empty-text = كل رسالة وردت موجودة على خط زمني.
quarantine-stored = أصبحت على خط زمني: { $subject }
quarantine-all = تحديد كل المعروض
quarantine-chosen = { $n ->
    [one] حُددت واحدة
    [two] حُددت اثنتان
   *[other] حُددت { $count }
}
quarantine-progress = تم { $done } من { $all }
quarantine-tried = أصبحت على خط زمني: { $stored }. وما زال محتجزًا: { $held }.
quarantine-again = أُعيدت المحاولة للتو وما زالت محتجزة.
quarantine-dismissed = { $n ->
    [one] استُبعدت رسالة واحدة
    [two] استُبعدت رسالتان
    [few] استُبعدت { $count } رسائل
   *[other] استُبعدت { $count } رسالة
}
unknown-sender = مرسل مجهول
attempts = { $n ->
    [one] محاولة واحدة
    [two] محاولتان
    [few] { $n } محاولات
   *[other] { $n } محاولة
}
dismiss = استبعاد
dismiss-title = { $n ->
    [one] استبعاد هذه الرسالة
    [two] استبعاد رسالتين
    [few] استبعاد { $count } رسائل
   *[other] استبعاد { $count } رسالة
}
dismiss-text = { $n ->
    [one] تبقى في الأرشيف وتُحسب متجاهَلة مع سببك.
   *[other] تبقى في الأرشيف وتُحسب كلها متجاهَلة مع سببك.
}
reason = السبب

suppressions = العناوين المحجوبة
suppressions-text = لا يُرسل إليها شيء: طلبت ذلك (STOP)، أو فشلت رسالة إليها نهائيًا، أو أدخلها أحد هنا.
suppressions-empty = لا عنوان محجوب
suppressions-empty-text = من لا يريد مزيدًا من الرسائل أو تعذّر الوصول إليه نهائيًا يُدرج هنا.
suppression-add = حجب عنوان
suppression-reason-help = يقرؤه الموظفون حيث يكتبون إلى هذا العنوان.
every-channel = كل القنوات
entered-by = أدخله { $name }
address = العنوان
address-kind = نوع العنوان
hook-step = بقيت خطوة واحدة عند المزوّد
hook-step-text = انسخ الـ webhook أعلاه وألصقه حيث تقول المساعدة. ثم اكتب إلى الرقم: تظهر الرسالة هنا.
hook-later = يظهر بعد إضافة القناة
copy-what = نسخ: { $what }
suppression-lift = السماح من جديد
suppression-lifted = تخرج الرسائل إلى { $address } من جديد

agents-text = من يجيب العملاء هنا.
agent-invite = دعوة موظف
invite-make = إنشاء رابط
invite-link = رابط لمرة واحدة
invite-link-title = رابط لـ { $name }
invite-link-text = أعطه هذا الرابط. يعمل مرة واحدة ولا يُعرض بعدها.
agent-link = إنشاء رابط دخول جديد
agent-disable = تعطيل
agent-enable = تفعيل
disabled = معطّل
make-agent = جعله موظفًا
make-administrator = جعله مسؤولًا
role = الدور
role-agent = موظف
role-administrator = مسؤول
role-agent-help = يقرأ المحادثات ويجيب عنها.
role-administrator-help = ويربط القنوات ويدعو الموظفين أيضًا.
that-is-you = (أنت)
actions-for = أفعال لـ { $name }

embed = في موقعك
embed-text = ضع هذا السطر في كل صفحة ينبغي أن تعرض الدردشة، في أي موضع منها.
embed-tag = وسم script
embed-sites = المواقع التي يمكنها عرضها
embed-show = تجربتها
embed-hide = إغلاق المعاينة
embed-preview = معاينة الدردشة
embed-preview-text = هذه هي الدردشة الحقيقية بالمظهر والكلمات المكتوبة أعلاه: ما تكتبه هنا يصل محادثةً. وكل ما عداه كما حُفظ آخر مرة.

hours = ساعات العمل
hours-text = متى يوجد من يجيب. وخارجها تقول الدردشة ذلك.
hours-add = إضافة ساعات عمل
hours-empty = لا ساعات عمل بعد
hours-empty-text = بدونها كل قناة مفتوحة دائمًا.
hours-first-name = ساعات المكتب
hours-no-channel = لا قناة تتبعها بعد
hours-open = مفتوح الآن
hours-closed = مغلق
hours-next = يفتح { $when }
hours-holidays-of = عطل { $country }
hours-exceptions-count = { $n ->
    [one] يوم خاص واحد
    [two] يومان خاصان
    [few] { $n } أيام خاصة
   *[other] { $n } يومًا خاصًا
}
hours-zone = المنطقة الزمنية
hours-zone-help = الأوقات أدناه بتوقيتها.
hours-week = الأسبوع
hours-from = { $day }، من
hours-to = { $day }، إلى
hours-add-span = إضافة ساعات: { $day }
hours-remove-span = إزالة هذه الساعات: { $day }
hours-exceptions = أيام خاصة
hours-exceptions-text = أيام تختلف عن مثيلاتها: مغلقة أو بساعات أخرى. وهي مقدّمة على العطل الرسمية.
hours-exception-add = إضافة يوم
hours-exception-name = ما هو
hours-exception-remove = إزالة { $day }
hours-holidays = العطل الرسمية
hours-country = البلد
hours-no-holidays = لا شيء: مفتوح في العطل
hours-part = الإقليم
hours-whole-country = البلد كله
hours-coming = القادمة: { $days }
hours-closed-text = وقت الإغلاق
hours-closed-text-help = ما يقرؤه العملاء في الدردشة خارج هذه الساعات، ما لم تكن للقناة كلماتها.
hours-channels-text = هذه القنوات تتبع هذه الساعات.
hours-now-by = تتبع الآن «{ $name }»
remove = إزالة

tokens = رموز الواجهة البرمجية
tokens-text = برامج تعمل مع المركز عبر واجهته. يُعرض الرمز مرة واحدة عند إنشائه.
tokens-empty = لا برنامج لديه وصول
tokens-empty-text = أنشئ رمزًا لبرنامج يقرأ المحادثات أو يكتبها هنا.
token-make = إنشاء رمز
token-made = رمز لـ { $name }
token-made-text = انسخه الآن واحفظه مثل كلمة مرور. لن يُعرض من جديد.
token-name-help = ما الذي يستعمله، مثل «تقرير الليل».
token-kind = يعمل بصفة
token-personal = أنت
token-service = برنامج مستقل
token-kind-personal-help = ما يفعله يُفعل باسمك، وينتهي بانتهاء حسابك.
token-kind-service-help = له حساب خاص ويبقى حين يغادر الناس.
token-lifetime = يدوم
token-forever = بلا نهاية
token-scopes = يمكنه
token-used = استُعمل { $when }
token-unused = لم يُستعمل قط
token-expires = حتى { $when }
token-revoke = إبطال
token-revoked = لم يعد لـ { $name } وصول
scope-conversations-read = قراءة المحادثات
scope-conversations-write = الرد على المحادثات وتغييرها
scope-customers-read = قراءة العملاء
scope-customers-write = تغيير العملاء
scope-channels-read = قراءة القنوات
scope-agents-read = قراءة الموظفين
scope-admin = إدارة المركز

webhooks = Webhooks
webhooks-text = أنظمة أخرى تُخبر بما يحدث هنا، موقّعًا وبترتيب كل محادثة.
webhooks-empty = لا يُخبر أحد غيرنا
webhooks-empty-text = أضف عنوان نظام ينبغي أن يعلم حين تصل رسالة أو تُحل محادثة.
webhook-add = إضافة webhook
webhook-url = العنوان
webhook-url-help = إلى أين تُرسل الأحداث.
webhook-events = الأحداث
webhook-last = آخر تسليم
webhook-unused = لم يُسلَّم شيء بعد
webhook-failing = يفشل
webhook-secret = سر التوقيع
webhook-secret-text = يتحقق به المستقبِل من أن الحدث من هذا المركز. انسخه الآن؛ لن يُعرض من جديد.
webhook-renew = سر جديد
webhook-test = إرسال اختبار
webhook-tested = وصل الاختبار: { $status }
webhook-test-failed = لم يصل الاختبار: { $why }
webhook-removed = لم يعد { $name } يُخبر بشيء
webhook-message-received = وردت رسالة
webhook-message-sent = صدرت رسالة
webhook-note-added = كُتبت ملاحظة
webhook-delivery-changed = تغيّر تسليم
webhook-conversation-created = بدأت محادثة
webhook-conversation-assigned = أُسندت محادثة
webhook-conversation-resolved = حُلّت محادثة
webhook-conversation-reopened = أُعيد فتح محادثة
webhook-conversation-changed = تلقت محادثة فريقًا أو أولوية أو وسمًا أو حقلًا آخر، أو أُجلت
webhook-customer-merged = ضُمّ عملاء
webhook-call-ended = انتهت مكالمة
webhook-customer-unmerged = فُصل عملاء
webhook-state-pending = ينتظر
webhook-state-delivered = سُلّم
webhook-state-failed = فشل
webhook-resend = الإرسال من جديد
webhook-resent = يُرسل من جديد الآن
deliveries = التسليمات
deliveries-text = ما أُرسل في آخر 30 يومًا وما آل إليه.
deliveries-empty = لم يُرسل شيء.
delivery-state = الحالة
delivery-any = الكل
reload = التحميل من جديد
