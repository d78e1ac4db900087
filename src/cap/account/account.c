/* account.c: the decisions about names, passwords and waiting times. */
#include "cap/account/account.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "cap/account/account_common.h"

#include "base/ban.h"

const struct may MAY_PEOPLE_READ = {"people.read", "查看人员和单位"};
const struct may MAY_PEOPLE_EDIT = {"people.edit", "管理人员和单位"};
const struct may MAY_ROLE_GIVE = {"role.give", "授予和收回角色"};
const struct may MAY_ROLE_CONFIRM = {"role.confirm", "确认管理员变更"};
const struct may MAY_AUDIT_READ = {"audit.read", "查看审计记录"};
const struct may MAY_SETTING_EDIT = {"setting.edit", "修改系统设置"};

bool account_login_valid(struct str login)
{
    if (login.n < 2 || login.n > ACCOUNT_LOGIN_MOST || login.p[0] < 'a' || login.p[0] > 'z') {
        return false;
    }
    for (size_t i = 0; i < login.n; i++) {
        char b = login.p[i];
        bool good =
            (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '.' || b == '_' || b == '-';
        if (!good) {
            return false;
        }
    }
    return true;
}

int account_lock_minutes(int64_t failures)
{
    static const int minutes[] = {1, 2, 4, 8, 15};
    if (failures < ACCOUNT_FAILURES_FREE) {
        return 0;
    }
    int64_t nth = failures - ACCOUNT_FAILURES_FREE;
    int64_t last = (int64_t)(sizeof(minutes) / sizeof(minutes[0])) - 1;
    return minutes[nth < last ? nth : last];
}

/* What a disguise stands for: P@ssw0rd is password. */
static char undisguise(char b)
{
    switch (b) {
    case '@':
    case '4':
        return 'a';
    case '0':
        return 'o';
    case '1':
    case '!':
        return 'i';
    case '3':
        return 'e';
    case '$':
    case '5':
        return 's';
    case '7':
        return 't';
    default:
        return b;
    }
}

static bool is_letter(char b)
{
    return b >= 'a' && b <= 'z';
}

/* The part between the first and the last letter. */
static struct str letters_inside(struct str s)
{
    size_t from = 0;
    size_t to = s.n;
    while (from < to && !is_letter(s.p[from])) {
        from++;
    }
    while (to > from && !is_letter(s.p[to - 1])) {
        to--;
    }
    return str_sub(s, from, to);
}

bool account_password_is_common(struct arena *scratch, struct str password)
{
    struct str low = str_lower(scratch, password);
    char *plain = arena_alloc(scratch, low.n + 1);
    struct str core = letters_inside(low);
    for (size_t i = 0; i < core.n; i++) {
        plain[i] = undisguise(core.p[i]);
    }
    struct str undisguised = str_make(plain, core.n);
    for (size_t i = 0; i < account_common_count; i++) {
        struct str word = str_from(account_common[i]);
        if (str_eq(low, word) || str_eq(core, word) || str_eq(undisguised, word)) {
            return true;
        }
    }
    return false;
}

static int classes_in(struct str password)
{
    bool lower = false;
    bool upper = false;
    bool digit = false;
    bool other = false;
    for (size_t i = 0; i < password.n; i++) {
        char b = password.p[i];
        lower = lower || (b >= 'a' && b <= 'z');
        upper = upper || (b >= 'A' && b <= 'Z');
        digit = digit || (b >= '0' && b <= '9');
        other =
            other || !((b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9'));
    }
    return (int)lower + (int)upper + (int)digit + (int)other;
}

/* Different characters: 12121212121212121212 has two. */
static int different_bytes(struct str password)
{
    bool seen[256] = {false};
    int n = 0;
    for (size_t i = 0; i < password.n; i++) {
        unsigned char b = (unsigned char)password.p[i];
        n += seen[b] ? 0 : 1;
        seen[b] = true;
    }
    return n;
}

/* Each character the next or the one before of its neighbour: abcdefgh…, 87654321… */
static bool is_staircase(struct str s)
{
    size_t steps = 0;
    for (size_t i = 1; i < s.n; i++) {
        int d = s.p[i] - s.p[i - 1];
        steps += (d == 1 || d == -1) ? 1 : 0;
    }
    return s.n > 4 && steps * 10 >= (s.n - 1) * 8;
}

static bool names_somebody(struct arena *into, const struct password_question *q)
{
    struct str low = str_lower(into, q->password);
    if (q->login.n >= 3 && str_has(low, str_lower(into, q->login))) {
        return true;
    }
    if (q->name.n >= 6 && str_has(q->password, q->name)) { /* two Chinese characters */
        return true;
    }
    for (size_t i = 0; i < q->unit_words.n; i++) {
        struct str word = q->unit_words.v[i];
        if (word.n >= 4 && str_has(low, str_lower(into, word))) {
            return true;
        }
    }
    return false;
}

struct str account_password_advice(enum password_profile profile)
{
    return profile == PASSWORD_ASVS
               ? S("至少 15 个字符，可以用一句好记的话。不要用登录名、姓名、单位名称或常见口令。")
               : S("至少 12 个字符，大写字母、小写字母、数字、符号中至少有三种；或者至少 20 "
                   "个任意字符。不要用登录名、姓名、单位名称或常见口令。");
}

struct str account_password_fault(struct arena *into, const struct password_question *q)
{
    size_t n = utf8_count(q->password);
    if (n > ACCOUNT_PASSWORD_MOST) {
        return S("请把口令缩短到 256 个字符以内");
    }
    if (q->profile == PASSWORD_ASVS && n < 15) {
        return S("请输入至少 15 个字符的口令，可以用一句好记的话");
    }
    if (q->profile == PASSWORD_DENGBAO && n < 12) {
        return S("请输入至少 12 个字符的口令");
    }
    if (q->profile == PASSWORD_DENGBAO && n < 20 && classes_in(q->password) < 3) {
        return S("请在大写字母、小写字母、数字、符号中至少用三种，或者输入至少 20 个字符");
    }
    if (names_somebody(into, q)) {
        return S("请换一个口令：口令里不能有登录名、姓名或单位名称");
    }
    if (account_password_is_common(into, q->password) || different_bytes(q->password) < 5 ||
        is_staircase(q->password)) {
        return S("请换一个口令：这个口令太常见，很容易被猜到");
    }
    return STR_NONE;
}

struct strs account_name_forms(struct arena *into, struct str name)
{
    /* Longest ending first: 股室 ends in 室 too. 办公室, 督导室 have one form only: 室 alone is no
     * ending here. */
    static const struct str endings[] = {
        S_INIT("股室"), S_INIT("科室"), S_INIT("股"), S_INIT("科")};
    enum { ENDINGS = sizeof(endings) / sizeof(endings[0]) };
    struct str *v = arena_many(into, ENDINGS + 1, struct str);
    struct strs forms = {v, 0};
    v[forms.n++] = name;
    for (size_t i = 0; i < ENDINGS; i++) {
        if (!str_ends(name, endings[i]) || name.n == endings[i].n) {
            continue;
        }
        struct str stem = str_sub(name, 0, name.n - endings[i].n);
        for (size_t k = 0; k < ENDINGS; k++) {
            struct str form = str_cat(into, stem, endings[k]);
            if (!str_eq(form, name)) {
                v[forms.n++] = form;
            }
        }
        break;
    }
    return forms;
}
