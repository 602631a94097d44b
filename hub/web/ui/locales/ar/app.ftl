# كلمات كل الصفحات: الإطار، الدخول، الإعدادات الشخصية.

skip = الانتقال إلى الصفحة
main-navigation = الرئيسية
close = إغلاق
cancel = إلغاء
save = حفظ
saved = تم الحفظ
done = تم
copy = نسخ
copied = تم النسخ
undo = تراجع
back = رجوع
more = المزيد
show = عرض
optional = اختياري
loading = جارٍ التحميل
try-again = إعادة المحاولة
name = الاسم
email = البريد الإلكتروني
password = كلمة المرور
you = أنت
you-object = أنت
nobody = لا أحد
load-failed = تعذّر التحميل
load-failed-text = لم يُجب المركز كما هو متوقع. أعد المحاولة، وإن استمر ذلك فأخبر المسؤول.
renewed = جرى تحديث المركز، لذلك أُعيد تحميل هذه الصفحة. يُرجى تكرار خطوتك الأخيرة.
change-failed = لم ينجح ذلك. لم يتغير شيء.
offline-not-changed = لا اتصال بالمركز، لذلك لم يتغير شيء. أعد المحاولة حين يعود.

conversations = المحادثات
channels = القنوات
quarantine = الحجر
agents = الموظفون
account = الحساب
account-of = حساب { $name }
rail-mine = { $n ->
    [one] محادثة واحدة لك
    [two] محادثتان لك
    [few] { $n } محادثات لك
   *[other] { $n } محادثة لك
}
rail-troubled = { $n ->
    [one] قناة واحدة تحتاج إليك
    [two] قناتان تحتاجان إليك
    [few] { $n } قنوات تحتاج إليك
   *[other] { $n } قناة تحتاج إليك
}
rail-held = { $n ->
    [one] رسالة واحدة محتجزة في الحجر
    [two] رسالتان محتجزتان في الحجر
    [few] { $n } رسائل محتجزة في الحجر
   *[other] { $n } رسالة محتجزة في الحجر
}
profile = إعداداتك
sign-out = تسجيل الخروج
theme-system = المظهر: مثل هذا الجهاز
theme-light = المظهر: فاتح
theme-dark = المظهر: داكن
look-system = مثل هذا الجهاز
look-light = فاتح
look-dark = داكن
looks = المظهر
language = اللغة
signature = التوقيع
signature-help = يُضاف أسفل رسائلك حيث تتسع له القناة.
password-change = تغيير كلمة المرور
password-current = كلمة المرور الحالية
password-new = كلمة المرور الجديدة

offline = لا اتصال بالمركز
offline-text = تُعاد المحاولة. يمكنك متابعة القراءة والكتابة؛ وما ترسله يخرج حين يعود الاتصال.
offline-waiting = { $n ->
    [one] رسالة واحدة تنتظر وتخرج حين يعود الاتصال.
    [two] رسالتان تنتظران وتخرجان حين يعود الاتصال.
    [few] { $n } رسائل تنتظر وتخرج حين يعود الاتصال.
   *[other] { $n } رسالة تنتظر وتخرج حين يعود الاتصال.
}
hub-unreachable = تعذّر الوصول إلى المركز
hub-unreachable-text = تحقق من اتصالك. وإن لم يصل إليه غيرك أيضًا فأخبر المسؤول.
demo-line = يعرض هذا المركز عملاء ومحادثات تجريبية.
demo-phone = فتح هاتف عميل
demo-remove = إزالة التجربة
demo-remove-text = تُزال كل العملاء والمحادثات والقنوات التجريبية. ولا يُمس الحقيقي منها. لا يمكن التراجع عن ذلك.

sign-in-title = تسجيل الدخول
sign-in = تسجيل الدخول
bad-credentials = البريد وكلمة المرور لا يتطابقان. تحقق منهما وأعد المحاولة.
too-many-attempts = { $n ->
    [one] محاولات كثيرة. انتظر دقيقة وأعد المحاولة.
    [two] محاولات كثيرة. انتظر دقيقتين وأعد المحاولة.
    [few] محاولات كثيرة. انتظر { $n } دقائق وأعد المحاولة.
   *[other] محاولات كثيرة. انتظر { $n } دقيقة وأعد المحاولة.
}
invite-unknown = لم يعد هذا الرابط يعمل
invite-unknown-text = استُعمل من قبل أو انتهى وقته. اطلب رابطًا جديدًا من المسؤول.
welcome-first-administrator = إعداد هذا المركز
welcome-first-administrator-text = تصبح أول مسؤول له. بعدها تربط صندوق بريد.
welcome-first-administrator-action = إنشاء الحساب والمتابعة
welcome-agent = مرحبًا
welcome-agent-text = اختر كيف يراك الزملاء والعملاء، وكلمة مرور.
welcome-agent-action = إنشاء الحساب
welcome-password = اختر كلمة مرور جديدة
welcome-password-text = بعد حفظها تكون قد سجلت الدخول.
welcome-password-action = حفظ كلمة المرور
your-name = اسمك
your-name-help = يراه العملاء على رسائلك.
password-help = { $n } من الأحرف على الأقل. بضع كلمات متتالية أسهل حفظًا وأصعب تخمينًا.

shortcuts = لوحة المفاتيح
key-next = المحادثة التالية
key-previous = المحادثة السابقة
key-search = البحث في كل شيء
key-reply = رد
key-note = ملاحظة داخلية
key-send = إرسال
key-send-resolve = إرسال وحل
key-new = رسالة جديدة
key-assign = إسناد
key-mine = إسناد إليّ
key-help = هذه القائمة
