# الطوابير: العروض، المرشحات، الفرق، الوسوم، الأولوية، التأجيل، تغيير الكثير.

views = العروض
views-all = كل العروض
views-fold = طي العروض
views-unfold = إبقاء العروض بجانب القائمة
views-saved = عروضي
views-shared = عروض مشتركة
view-snoozed = مؤجلة
view-following = أتابعها
view-new = عرض جديد
view-save = حفظه عرضًا
view-update = حفظ التغييرات
view-edit = تعديل العرض
view-icon = الرمز
view-share = مشاركته مع الجميع
view-unshare = إبقاؤه لي
view-share-help = يراه كل موظف. ويمكنك أنت والمسؤولين تغييره.
view-shared = مشترك مع الجميع
view-shared-by = شاركه { $name }
view-saved = حُفظ: { $name }
view-remove = إزالة العرض
view-removed = أُزيل: { $name }
move-up = إلى أعلى
move-down = إلى أسفل
empty-snoozed = لا شيء مؤجل
empty-snoozed-text = ما تؤجله ينتظر هنا حتى وقته أو حتى يكتب العميل.
empty-following = لا تتابع أي محادثة
empty-following-text = تابع واحدة بالمفتاح W لتبقى تحت نظرك.
empty-team = لا شيء مفتوح لهذا الفريق
empty-team-text = ما يُعطى للفريق يظهر هنا.
empty-saved = لا شيء يناسب هذا العرض
empty-saved-text = تظهر المحادثات هنا حالما تناسبه.
empty-filter = لا شيء يناسب هذا المرشح
empty-filter-text = أزل شرطًا أو ابدأ من جديد.
icon-layers = طبقات
icon-star = نجمة
icon-flag = علم
icon-bookmark = إشارة مرجعية
icon-tag = وسم
icon-hourglass = ساعة رملية
icon-shield-alert = درع
icon-users = أشخاص
icon-headset = سماعة
icon-store = متجر
icon-megaphone = مكبر صوت
icon-phone = هاتف

sort = الترتيب
sort-activity = الأحدث أولًا
sort-waiting = الأطول انتظارًا
sort-priority = الأكثر إلحاحًا
filter = مرشح
filter-tip = ترشيح
filter-add = إضافة شرط
filter-find = البحث عن حقل
filter-find-value = البحث: { $field }
filter-how = { $field }: المقارنة
filter-remove = إزالة: { $field }
filter-clear = إعادة الضبط
filter-apply = تطبيق
filter-a-day = يوم محدد …
filter-choose = اختر
filter-several = اختير { $n }
filter-gone = لم يعد موجودًا
filter-group-conversation = المحادثة
filter-group-conversation-fields = حقول المحادثة
filter-group-customer-fields = حقول العميل
filter-state = الحالة
filter-assignee = الموظف
filter-team = الفريق
filter-label = الوسم
filter-priority = الأولوية
filter-channel = القناة
filter-channel-kind = نوع القناة
filter-waiting-minutes = انتظار العميل
filter-unread = غير مقروءة
filter-following = أتابعها
filter-delivery-problem = لم تُسلَّم
filter-automatic = تلقائية
filter-created-at = بدأت
filter-last-entry-at = آخر عنصر
filter-me = أنا
filter-my-teams = فرقي
filter-no-label = بلا وسم
op-is-choice = هو
op-not-choice = ليس
op-has-choice = لها كل
op-is-yesno = هو
op-over-number = أكثر من
op-under-number = أقل من
op-is-number = هو
op-not-number = ليس
op-over-time = بعد
op-under-time = قبل
op-has-text = يحتوي
op-is-text = هو
op-not-text = ليس
yes = نعم
no = لا
today = اليوم
ago-h = { $n ->
    [one] قبل ساعة
    [two] قبل ساعتين
    [few] قبل { $n } ساعات
   *[other] قبل { $n } ساعة
}
ago-d = { $n ->
    [one] أمس
    [two] قبل يومين
    [few] قبل { $n } أيام
   *[other] قبل { $n } يومًا
}
ago-w = { $n ->
    [one] قبل أسبوع
    [two] قبل أسبوعين
    [few] قبل { $n } أسابيع
   *[other] قبل { $n } أسبوعًا
}
nothing-found = لا شيء بهذا الاسم

properties = خصائص المحادثة
priority = الأولوية
priority-urgent = عاجلة
priority-high = مرتفعة
priority-normal = عادية
priority-low = منخفضة
priority-is = الأولوية: { $priority }
team = الفريق
teams = الفرق
team-none = بلا فريق
team-find = البحث عن فريق
team-is = الفريق: { $name }
team-toast = أُعطيت إلى { $name }
team-none-toast = أُخذت من الفريق
labels = الوسوم
label-add = إضافة وسم
label-find = البحث عن وسم
label-create = إنشاء «{ $name }»
label-on-all = كلها تحمله
labels-none = لا وسم بهذا الاسم
snooze = تأجيل
snoozed = مؤجلة
snooze-later = لاحقًا اليوم
snooze-tomorrow = غدًا
snooze-week = الأسبوع القادم
snooze-pick = اختيار التاريخ والوقت
snooze-reply = حتى يكتب العميل
snooze-wake = إيقاظها الآن
snooze-until = تأجيل حتى
snoozed-until = مؤجلة: { $when }
snoozed-until-reply = حتى يكتب العميل
snoozed-toast = أُجلت حتى { $when }
snoozed-reply-toast = أُجلت حتى يكتب العميل
woken-toast = عادت إلى الطابور
date-and-time = التاريخ والوقت
until-late = مضى هذا الوقت. اختر وقتًا لاحقًا.
follow = متابعة
unfollow = إيقاف المتابعة
following = تتابعها
followed-by = يتابعها { $names }
followed-toast = تتابع هذه المحادثة
unfollowed-toast = لم تعد تتابع هذه المحادثة
fields-button = الحقول
fields-filled = { $n ->
    [one] حقل واحد
    [two] حقلان
    [few] { $n } حقول
   *[other] { $n } حقلًا
}
field-none = بلا قيمة

tick = تحديد { $name }
bulk-actions = أفعال لما حُدد
bulk-ticked = { $n ->
    [one] حُددت واحدة
    [two] حُددت اثنتان
   *[other] حُددت { $count }
}
bulk-whole = حُدد كل «{ $view }»
bulk-take-all = تحديد { $count } كلها
bulk-take-whole = تحديد كل ما يناسب
bulk-clear = إلغاء التحديد
bulk-running = تم { $done } من { $total }
bulk-progress = التقدم
bulk-done = { $n ->
    [0] لم يلزم تغيير شيء
    [one] غُيّرت محادثة واحدة
    [two] غُيّرت محادثتان
    [few] غُيّرت { $count } محادثات
   *[other] غُيّرت { $count } محادثة
}
bulk-partly = { $n ->
    [one] غُيّرت محادثة واحدة وتعذّر تغيير { $failed }
   *[other] غُيّرت { $count } محادثة وتعذّر تغيير { $failed }
}
bulk-undone = عاد كل شيء كما كان

key-filter = ترشيح القائمة
key-choose-view = اختيار عرض
key-team = إعطاؤها لفريق
key-labels = وضع الوسوم
key-priority = ضبط الأولوية
key-snooze = تأجيل
key-tick = تحديد المحادثة
key-tick-all = تحديد كل المحمّلة

event-team_assigned = { $team ->
    [none] { $actor } أخذ هذه من فريقها
   *[other] { $actor } أعطى هذه إلى { $team }
}
event-snoozed = { $when ->
    [reply] { $actor } أجّل هذه حتى يكتب العميل
   *[other] { $actor } أجّل هذه حتى { $when }
}
event-woke = عادت هذه إلى الطابور
event-priority_set = { $actor } ضبط الأولوية على { $priority }
event-others = { $count } غيرها
event-labelled = { $change ->
    [both] { $actor } أضاف { $added } وأزال { $removed }
    [removed] { $actor } أزال { $removed }
   *[added] { $actor } أضاف { $added }
}
event-field_set = { $value ->
    [none] { $actor } أفرغ { $field }
   *[other] { $actor } جعل { $field } = { $value }
}

teams-text = يتلقى الفريق المحادثات معًا. ويرى أعضاؤه طابوره بين عروضهم.
team-new = إضافة فريق
team-edit = تعديل الفريق
teams-empty = لا فريق
teams-empty-text = أنشئ واحدًا لمن يتشاركون طابورًا، مثل الفوترة أو المرتجعات.
team-members = { $n ->
    [0] لا أحد
    [one] عضو واحد
    [two] عضوان
    [few] { $n } أعضاء
   *[other] { $n } عضوًا
}
members = الأعضاء
team-archive = أرشفة الفريق
team-restore = إعادة الفريق
archived = مؤرشف
archived-toast = أُرشف: { $name }
restored-toast = عاد: { $name }
labels-text = يقول الوسم عمّ تدور المحادثة. ويمكن لكل موظف أن يضعه.
label-new = إضافة وسم
label-edit = تعديل الوسم
labels-empty = لا وسم
labels-empty-text = أنشئ بضعة وسوم، مثل استرداد أو شكوى. القليل خير من الكثير.
label-colour = اللون
tint-1 = أزرق مخضر
tint-2 = بنفسجي
tint-3 = كهرماني
tint-4 = أخضر
tint-5 = وردي
tint-6 = أزرق
tint-7 = أحمر
tint-8 = رمادي
label-archive = أرشفة الوسم
label-restore = إعادة الوسم
fields = حقول خاصة
fields-text = ما تدوّنه عن العملاء والمحادثات زيادة على ما في كل مركز. لكل منها نوع، وما يُدخل يُتحقق منه.
field-new = إضافة حقل
field-edit = تعديل الحقل
fields-empty = لا حقل خاص
fields-empty-text = أضف واحدًا، مثل رقم طلب أو عقد.
field-noun = يتبع
field-noun-customer = العميل
field-noun-conversation = المحادثة
fields-of-customer = العملاء
fields-of-conversation = المحادثات
field-label = الاسم
field-key = المفتاح
field-key-help = ما تسميه به البرامج. لا يمكن تغييره بعد ذلك.
field-type = النوع
field-type-text = نص
field-type-number = عدد
field-type-boolean = نعم أو لا
field-type-date = تاريخ
field-type-choice = اختيار
field-type-url = رابط
field-choices = الخيارات
field-choices-help = واحد في كل سطر.
field-archive = أرشفة الحقل
field-restore = إعادة الحقل
