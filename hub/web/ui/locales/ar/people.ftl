# لوحة العميل وما يتصل به.

show-more = عرض { $n } أخرى
unverified = غير مثبت
verified-tip = أثبت أن هذا العنوان له
unverified-tip = لم يثبت أحد أن هذا العنوان له
details-edit = تعديل التفاصيل
details-done = تم
merge-undone = أُلغي الضم
callbacks-pending = ينتظر مكالمة

tasks = المهام
tasks-none = لا شيء للقيام به.
tasks-done = { $n ->
    [one] واحدة تمت
    [two] اثنتان تمتا
   *[other] { $n } تمت
}
task-new = مهمة جديدة
task-add = إضافة مهمة
task-change = تعديل المهمة
task-delete = حذف المهمة
task-where = عرض ما تتعلق به
task-text = ما ينبغي عمله
task-due = حتى
task-assignee = من
task-mine = لك
task-of = لـ { $name }
task-mark = تمت: { $text }
task-late = موعدها { $when }
task-added-toast = أُضيفت المهمة
task-done-toast = تمت المهمة
task-deleted-toast = حُذفت المهمة
task-line-added = { $self ->
    [yes] { $actor } أخذ مهمة: «{ $text }»
   *[no] { $assignee ->
        [none] { $actor } أضاف مهمة: «{ $text }»
       *[other] { $actor } أعطى { $assignee } مهمة: «{ $text }»
    }
}
task-line-done = { $actor } أتم المهمة «{ $text }»
task-line-reopened = { $actor } عاد إلى المهمة «{ $text }»
entry-task = جعله مهمة
my-tasks = مهامي
my-tasks-text = ما عليك فعله لأي عميل. ما حان موعده يأتي أولًا.
my-tasks-late = متأخرة
my-tasks-today = اليوم
my-tasks-next = لاحقًا
my-tasks-undated = بلا موعد
my-tasks-none = لا شيء عليك
my-tasks-none-text = يظهر هنا ما تكلّف به نفسك أو يكلّفك به زميل. دوّن مهمة في أي محادثة.
my-tasks-done = إظهار ما أُنجز
my-tasks-done-hide = إخفاء ما أُنجز
my-tasks-done-none = لا شيء بعد.
rail-tasks = { $n ->
    [one] حان موعد مهمة واحدة
    [two] حان موعد مهمتين
    [few] حان موعد { $n } مهام
   *[other] حان موعد { $n } مهمة
}
go-tasks = مهامي
alert-task-due = حان موعدها: { $text }
alert-task-given = مهمة لك: { $text }

company-people = الشركة والأشخاص
company-none = لا شركة، ولا أحد في النسخة.
company-add = تحديد الشركة
company-change = تعديل الشركة
company-name = اسم الشركة
company-domains = نطاقات البريد
company-domains-help = من يكتب من أحدها تُقترح له هذه الشركة.
companies-known = شركات بهذا الاسم
company-size = { $n ->
    [0] لا أحد بعد
    [one] شخص واحد
    [two] شخصان
    [few] { $n } أشخاص
   *[other] { $n } شخصًا
}
company-suggested = ربما من { $name }: يكتب من { $domain }
company-take = تحديد هذه الشركة
company-make = إضافة الشركة
company-leave = بلا شركة
company-set-toast = أصبح من { $name }
person-copied = في نسخة من محادثة
person-together = عرض المحادثة المشتركة بينهما

conversation-more = المزيد لهذه المحادثة
join-title = جمع محادثة أخرى
join-text = تصبحان خيطًا واحدًا. لا يُنقل شيء، ويمكن التراجع.
join = جمع
join-nothing = لا محادثة أخرى مع هذا العميل.
joined-toast = أصبحت المحادثتان واحدة
joined-line = مجموعة
part = إخراجها من جديد
parted-toast = عادت المحادثة مستقلة
split-here = محادثة جديدة من هنا
split-toast = محادثة مستقلة ابتداءً من هنا
split-from-line = فُصلت عن هذه
split-into-line = فُصلت
mend = إعادتها
link-title = الربط بمحادثة
link-text = تبقى الاثنتان كما هما وتدل كل منهما على الأخرى.
link = ربط
link-kind = هذه المحادثة
link-this-related = تتعلق بها
link-this-duplicate = عن الأمر نفسه
link-this-causes = سببها
link-this-caused = ناتجة عنها
link-related = متعلقة
link-duplicate = عن الأمر نفسه
link-causes = ناتجة عن هذه
link-caused = سبب هذه
link-search = أيها
link-search-help = اسم عميل، أو عنوان صفحة المحادثة.
link-nothing = لم توجد محادثة.
link-remove = إزالة الرابط
link-removed-toast = أُزيل الرابط
event-conversation_merged = { $actor } جمع «{ $other }» مع هذه المحادثة
event-conversation_unmerged = { $actor } أخرج «{ $other }» من هذه المحادثة
event-conversation_cut = { $actor } جعل ما يلي هنا محادثة مستقلة
event-conversation_cut_off = { $actor } فصل هذا عن محادثة أخرى
event-conversation_mended = { $actor } أعاد ما فُصل هنا

side-start = سؤال شخص آخر
side-text = محادثة بجانب هذه. لا يرى العميل منها شيئًا؛ والجواب يعود إلى هنا.
side-started = أُرسلت إلى { $name }
side-with = محادثة جانبية مع { $name }
side-row = محادثة جانبية
side-line = محادثة جانبية
side-of-line = سُئل من هذه
side-theirs = فتح خطه الزمني
side-answer = رسالتك التالية إليه
event-side_answered = { $actor } أجاب في محادثة جانبية
alert-side = أجاب { $who } بشأن { $name }
alert-woke = عادت إلى القائمة: { $name }
