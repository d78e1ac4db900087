/*
 * field.c: from what a front received to the input struct of an operation, by the operation's field
 * table.
 *
 * All faults are collected: the person at the form sees everything at once. Each says what to do,
 * with the label of the field and an example. Values that no field asks for (the form token, the
 * key against double sending) are none of our business.
 */
#include "base/limits.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "core/op.h"

#include "base/ban.h"

enum {
    SECRET_CHARS = 128,
    ENTRIES = LIMIT_ADDRESSEES,
};

struct fault_list {
    struct fault *v;
    size_t n, cap;
};

struct decode {
    struct arena *arena;
    const struct values *input;
    struct fault_list faults;
};

struct str values_get(const struct values *v, struct str name)
{
    for (size_t i = 0; i < v->n; i++) {
        if (str_eq(v->v[i].name, name)) {
            return v->v[i].text.p != NULL ? v->v[i].text : S("");
        }
    }
    return STR_NONE;
}

bool values_has(const struct values *v, struct str name)
{
    return values_get(v, name).p != NULL;
}

static void fault(struct decode *d, const struct field *f, struct str words)
{
    struct fault *one = vec_add(d->arena, &d->faults);

    one->field = str_from(f->name);
    one->words = words;
}

/* 例如 2026年7月1日: the table may write its example with or without the word. */
static struct str example_of(const struct field *f)
{
    struct str example = str_from(f->example);

    if (str_starts(example, S("例如"))) {
        example = str_skip(example, S("例如").n);
    }
    if (str_starts(example, S("：")) || str_starts(example, S("，"))) {
        example = str_skip(example, S("：").n);
    }
    if (example.n == 0 && f->kind == FIELD_DAY) {
        return S("2026年7月1日");
    }
    return str_trim(example);
}

static const char *verb_of(const struct field *f)
{
    switch (f->kind) {
    case FIELD_CHOICE:
    case FIELD_ID:
    case FIELD_IDS:
    case FIELD_FILES:
        return "请选择";
    case FIELD_FLAG:
        return "请勾选";
    case FIELD_LINE:
    case FIELD_LINES:
    case FIELD_RAW:
    case FIELD_SECRET:
    case FIELD_INT:
    case FIELD_DAY:
    case FIELD_LIST:
    case FIELD_PARTS:
        return "请填写";
    }
    must(false);
}

/* 请填写标题 / 请填写成文日期，例如 2026年7月1日 */
static void ask_for(struct decode *d, const struct field *f)
{
    struct str example = example_of(f);

    if (example.n == 0) {
        fault(d, f, str_format(d->arena, "%s%s", verb_of(f), f->label));
        return;
    }
    fault(d, f, str_format(d->arena, "%s%s，例如 %.*s", verb_of(f), f->label, STR_ARG(example)));
}

static void choose_again(struct decode *d, const struct field *f)
{
    fault(d, f, str_format(d->arena, "请重新选择%s，刚才的选择无效", f->label));
}

static bool is_clean(struct decode *d, const struct field *f, struct str text)
{
    if (utf8_valid(text)) {
        return true;
    }
    fault(d, f, str_format(d->arena, "请重新输入%s，里面有无法识别的字符", f->label));
    return false;
}

static bool fits(struct decode *d, const struct field *f, struct str text, size_t most)
{
    size_t chars = utf8_count(text);
    if (chars <= most) {
        return true;
    }
    fault(d, f, str_format(d->arena, "%s最多 %zu 个字，现在 %zu 个字", f->label, most, chars));
    return false;
}

static size_t most_or(const struct field *f, size_t own)
{
    return f->most > 0 ? f->most : own;
}

static bool raw_fits(struct decode *d, const struct field *f, struct str text)
{
    size_t most = most_or(f, LIMIT_BODY_HTML_BYTES);
    if (text.n <= most) {
        return true;
    }
    fault(d, f,
        str_format(d->arena,
            "%s太长：最多 %zu KB，现在 %zu KB。请分成几部分，或把其中的图片改为附件", f->label,
            most / 1024, (text.n + 1023) / 1024));
    return false;
}

static struct str text_of(struct decode *d, const struct field *f)
{
    struct str text = values_get(d->input, str_from(f->name));
    struct str none = S("");

    if (!is_clean(d, f, text)) {
        return none;
    }
    switch (f->kind) {
    case FIELD_LINE:
        text = text_line(d->arena, text);
        if (!fits(d, f, text, most_or(f, LIMIT_LINE_CHARS))) {
            return none;
        }
        break;
    case FIELD_LINES:
        text = text_lines(d->arena, text);
        if (!fits(d, f, text, most_or(f, LIMIT_NOTE_CHARS))) {
            return none;
        }
        break;
    case FIELD_RAW:
        if (!raw_fits(d, f, text)) {
            return none;
        }
        break;
    case FIELD_SECRET:
        if (!fits(d, f, text, most_or(f, SECRET_CHARS))) {
            return none;
        }
        break;
    case FIELD_ID:
    case FIELD_INT:
    case FIELD_DAY:
    case FIELD_FLAG:
    case FIELD_CHOICE:
    case FIELD_LIST:
    case FIELD_IDS:
    case FIELD_PARTS:
    case FIELD_FILES:
        must(false);
    }
    /* A raw text of blanks only is as good as none where one is wanted. */
    if (f->required && str_trim(text).n == 0) {
        ask_for(d, f);
    }
    return str_dup(d->arena, text);
}

/* Numbers and days: as people type them, full-width digits too. */
static struct str narrow_of(struct decode *d, const struct field *f, bool *clean)
{
    struct str text = values_get(d->input, str_from(f->name));

    *clean = is_clean(d, f, text);
    return *clean ? str_trim(text_narrow(d->arena, text)) : S("");
}

static int64_t id_of(struct decode *d, const struct field *f)
{
    bool clean = false;
    struct str text = narrow_of(d, f, &clean);
    int64_t id = 0;

    if (!clean) {
        return 0;
    }
    if (text.n == 0) {
        if (f->required) {
            ask_for(d, f);
        }
        return 0;
    }
    if (!str_to_int(text, &id) || id <= 0) {
        choose_again(d, f);
        return 0;
    }
    return id;
}

static int64_t int_of(struct decode *d, const struct field *f)
{
    bool clean = false;
    struct str text = narrow_of(d, f, &clean);
    int64_t most = f->most > 0 ? (int64_t)f->most : INT64_MAX;
    int64_t value = 0;

    if (!clean) {
        return INT_NONE;
    }
    if (text.n == 0) {
        if (f->required) {
            ask_for(d, f);
        }
        return INT_NONE;
    }
    if (!str_to_int(text, &value)) {
        fault(d, f,
            str_format(d->arena, "%s只用数字填写，例如 %.*s", f->label,
                STR_ARG(example_of(f).n > 0 ? example_of(f) : S("20"))));
        return INT_NONE;
    }
    if (value < f->least || value > most) {
        struct str words = most == INT64_MAX ? str_format(d->arena, "%s不能小于 %lld", f->label,
                                                   (long long)f->least)
                                             : str_format(d->arena, "%s应在 %lld 到 %lld 之间",
                                                   f->label, (long long)f->least, (long long)most);
        fault(d, f, words);
        return INT_NONE;
    }
    return value;
}

static struct date day_of(struct decode *d, const struct field *f)
{
    bool clean = false;
    struct str text = narrow_of(d, f, &clean);
    struct date day = DATE_NONE;

    if (!clean || (text.n == 0 && !f->required)) {
        return DATE_NONE;
    }
    if (text.n == 0 || !date_parse_typed(text, &day)) {
        ask_for(d, f);
        return DATE_NONE;
    }
    return day;
}

static bool flag_of(struct decode *d, const struct field *f)
{
    bool set = false;

    /* A form may send a hidden 0 before the box's own value. */
    for (size_t i = 0; i < d->input->n; i++) {
        const struct value *v = &d->input->v[i];
        if (str_eq(v->name, str_from(f->name)) && !str_eq(v->text, S("0"))) {
            set = true;
        }
    }
    if (f->required && !set) {
        ask_for(d, f);
    }
    return set;
}

static struct str choice_of(struct decode *d, const struct field *f)
{
    struct str text = str_trim(values_get(d->input, str_from(f->name)));

    if (text.n == 0) {
        if (f->required) {
            ask_for(d, f);
        }
        return S("");
    }
    for (size_t i = 0; i < f->choice_count; i++) {
        if (str_eq(str_from(f->choices[i].value), text)) {
            return str_from(f->choices[i].value);
        }
    }
    choose_again(d, f);
    return S("");
}

static size_t count_named(const struct decode *d, const struct field *f)
{
    size_t n = 0;

    for (size_t i = 0; i < d->input->n; i++) {
        n += str_eq(d->input->v[i].name, str_from(f->name)) ? 1 : 0;
    }
    return n;
}

static bool not_too_many(struct decode *d, const struct field *f, size_t n, size_t own_most)
{
    size_t most = most_or(f, own_most);
    if (n <= most) {
        return true;
    }
    fault(d, f, str_format(d->arena, "%s最多 %zu 项，现在 %zu 项", f->label, most, n));
    return false;
}

/* One entry of a list, or of raw parts. False: it broke a rule, which has been said. */
static bool take_entry(struct decode *d, const struct field *f, struct str text, struct str *out)
{
    if (!is_clean(d, f, text)) {
        return false;
    }
    if (f->kind == FIELD_PARTS) {
        *out = str_dup(d->arena, text);
        if (text.n <= LIMIT_BODY_HTML_BYTES) {
            return true;
        }
        fault(d, f, str_format(d->arena, "%s中有一部分太长，请把它再分开", f->label));
        return false;
    }
    *out = text_line(d->arena, text);
    size_t chars = utf8_count(*out);
    if (chars <= LIMIT_LINE_CHARS) {
        return true;
    }
    fault(d, f,
        str_format(d->arena, "%s的每一项最多 %d 个字，其中一项现在 %zu 个字", f->label,
            LIMIT_LINE_CHARS, chars));
    return false;
}

static struct strs list_of(struct decode *d, const struct field *f)
{
    size_t named = count_named(d, f);
    struct str *v = arena_many(d->arena, named, struct str);
    size_t n = 0;

    for (size_t i = 0; i < d->input->n; i++) {
        struct str entry = STR_NONE;
        if (!str_eq(d->input->v[i].name, str_from(f->name))) {
            continue;
        }
        if (!take_entry(d, f, d->input->v[i].text, &entry)) {
            return (struct strs){0}; /* one fault a field is enough */
        }
        if (entry.n > 0 || f->kind == FIELD_PARTS) {
            v[n++] = entry;
        }
    }
    size_t own_most = f->kind == FIELD_PARTS ? LIMIT_PARTS : ENTRIES;
    if (!not_too_many(d, f, n, own_most)) {
        return (struct strs){0};
    }
    if (f->required && n == 0) {
        ask_for(d, f);
    }
    return (struct strs){.v = v, .n = n};
}

static struct ids ids_of(struct decode *d, const struct field *f)
{
    size_t named = count_named(d, f);
    int64_t *v = arena_many(d->arena, named, int64_t);
    size_t n = 0;

    for (size_t i = 0; i < d->input->n; i++) {
        struct str text = str_trim(d->input->v[i].text);
        if (!str_eq(d->input->v[i].name, str_from(f->name)) || text.n == 0) {
            continue;
        }
        if (!str_to_int(text, &v[n]) || v[n] <= 0) {
            choose_again(d, f);
            return (struct ids){0};
        }
        n++;
    }
    if (!not_too_many(d, f, n, ENTRIES)) {
        return (struct ids){0};
    }
    if (f->required && n == 0) {
        ask_for(d, f);
    }
    return (struct ids){.v = v, .n = n};
}

static struct files files_of(struct decode *d, const struct field *f)
{
    size_t named = count_named(d, f);
    struct file *v = arena_many(d->arena, named, struct file);
    size_t n = 0;

    for (size_t i = 0; i < d->input->n; i++) {
        const struct value *value = &d->input->v[i];
        /* A browser sends an empty part for a file input that was left alone: no file, nothing to
         * say. */
        if (str_eq(value->name, str_from(f->name)) && value->file != NULL) {
            v[n++] = *value->file;
        }
    }
    if (!not_too_many(d, f, n, LIMIT_ATTACHMENTS)) {
        return (struct files){0};
    }
    if (f->required && n == 0) {
        ask_for(d, f);
    }
    return (struct files){.v = v, .n = n};
}

/* The table says what stands at the offset; registry_set has checked that it lies within the
 * struct. */
static void decode_field(struct decode *d, const struct field *f, char *at)
{
    switch (f->kind) {
    case FIELD_LINE:
    case FIELD_LINES:
    case FIELD_RAW:
    case FIELD_SECRET: {
        struct str text = text_of(d, f);
        memcpy(at, &text, sizeof(text));
        break;
    }
    case FIELD_CHOICE: {
        struct str text = choice_of(d, f);
        memcpy(at, &text, sizeof(text));
        break;
    }
    case FIELD_ID: {
        int64_t id = id_of(d, f);
        memcpy(at, &id, sizeof(id));
        break;
    }
    case FIELD_INT: {
        int64_t value = int_of(d, f);
        memcpy(at, &value, sizeof(value));
        break;
    }
    case FIELD_DAY: {
        struct date day = day_of(d, f);
        memcpy(at, &day, sizeof(day));
        break;
    }
    case FIELD_FLAG: {
        bool set = flag_of(d, f);
        memcpy(at, &set, sizeof(set));
        break;
    }
    case FIELD_LIST:
    case FIELD_PARTS: {
        struct strs list = list_of(d, f);
        memcpy(at, &list, sizeof(list));
        break;
    }
    case FIELD_IDS: {
        struct ids ids = ids_of(d, f);
        memcpy(at, &ids, sizeof(ids));
        break;
    }
    case FIELD_FILES: {
        struct files files = files_of(d, f);
        memcpy(at, &files, sizeof(files));
        break;
    }
    }
}

const struct err *op_decode(struct arena *into, const struct field *fields, size_t n,
    const struct values *input, void *into_struct)
{
    struct decode d = {.arena = into, .input = input};

    for (size_t i = 0; i < n; i++) {
        decode_field(&d, &fields[i], (char *)into_struct + fields[i].offset);
    }
    if (d.faults.n == 0) {
        return NULL;
    }
    return err_faults(into, ERR_INVALID, (struct faults){.v = d.faults.v, .n = d.faults.n});
}

size_t field_size(enum field_kind kind)
{
    switch (kind) {
    case FIELD_LINE:
    case FIELD_LINES:
    case FIELD_RAW:
    case FIELD_SECRET:
    case FIELD_CHOICE:
        return sizeof(struct str);
    case FIELD_ID:
    case FIELD_INT:
        return sizeof(int64_t);
    case FIELD_DAY:
        return sizeof(struct date);
    case FIELD_FLAG:
        return sizeof(bool);
    case FIELD_LIST:
    case FIELD_PARTS:
        return sizeof(struct strs);
    case FIELD_IDS:
        return sizeof(struct ids);
    case FIELD_FILES:
        return sizeof(struct files);
    }
    must(false);
}
