/* shell.c: see shell.h. */
#include "intake/shell.h"

#include "base/ban.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "rules/number.h"

enum label {
    LABEL_NONE,
    LABEL_INDEX,
    LABEL_NUMBER,
    LABEL_REMARK,
    LABEL_PUBLISHER,
    LABEL_CLAIMED,
    LABEL_POSTED,
    LABEL_TITLE,
    LABEL_ATTRIBUTE,
    LABEL_OTHER, /* known, not kept */
};

static const struct {
    struct str name; /* squashed */
    enum label label;
} labels[] = {
    {S_INIT("索引号"), LABEL_INDEX},
    {S_INIT("信息索引号"), LABEL_INDEX},
    {S_INIT("备注/文号"), LABEL_NUMBER},
    {S_INIT("文号"), LABEL_NUMBER},
    {S_INIT("发文字号"), LABEL_NUMBER},
    {S_INIT("发文文号"), LABEL_NUMBER},
    {S_INIT("公文文号"), LABEL_NUMBER},
    {S_INIT("文件编号"), LABEL_NUMBER},
    {S_INIT("备注"), LABEL_REMARK},
    {S_INIT("发布机构"), LABEL_PUBLISHER},
    {S_INIT("发文机关"), LABEL_PUBLISHER},
    {S_INIT("发文机构"), LABEL_PUBLISHER},
    {S_INIT("发文单位"), LABEL_PUBLISHER},
    {S_INIT("发布单位"), LABEL_PUBLISHER},
    {S_INIT("发布机关"), LABEL_PUBLISHER},
    {S_INIT("公开机构"), LABEL_PUBLISHER},
    {S_INIT("公文生成日期"), LABEL_CLAIMED},
    {S_INIT("生成日期"), LABEL_CLAIMED},
    {S_INIT("成文日期"), LABEL_CLAIMED},
    {S_INIT("发文日期"), LABEL_CLAIMED},
    {S_INIT("时间"), LABEL_POSTED},
    {S_INIT("发布时间"), LABEL_POSTED},
    {S_INIT("发布日期"), LABEL_POSTED},
    {S_INIT("公开日期"), LABEL_POSTED},
    {S_INIT("公开时间"), LABEL_POSTED},
    {S_INIT("标题"), LABEL_TITLE},
    {S_INIT("名称"), LABEL_TITLE},
    {S_INIT("信息名称"), LABEL_TITLE},
    {S_INIT("公开属性"), LABEL_ATTRIBUTE},
    {S_INIT("公开方式"), LABEL_ATTRIBUTE},
    {S_INIT("公开形式"), LABEL_OTHER},
    {S_INIT("来源"), LABEL_OTHER},
    {S_INIT("信息来源"), LABEL_OTHER},
    {S_INIT("主题分类"), LABEL_OTHER},
    {S_INIT("主题词"), LABEL_OTHER},
    {S_INIT("关键词"), LABEL_OTHER},
    {S_INIT("有效性"), LABEL_OTHER},
    {S_INIT("内容概述"), LABEL_OTHER},
    {S_INIT("废止日期"), LABEL_OTHER},
    {S_INIT("体裁分类"), LABEL_OTHER},
    {S_INIT("浏览量"), LABEL_OTHER},
    {S_INIT("浏览次数"), LABEL_OTHER},
    {S_INIT("阅读量"), LABEL_OTHER},
    {S_INIT("点击数"), LABEL_OTHER},
    {S_INIT("访问量"), LABEL_OTHER},
    {S_INIT("字体"), LABEL_OTHER},
    {S_INIT("字号"), LABEL_OTHER},
    {S_INIT("作者"), LABEL_OTHER},
    {S_INIT("责任编辑"), LABEL_OTHER},
    {S_INIT("当前位置"), LABEL_OTHER},
    {S_INIT("您当前的位置"), LABEL_OTHER},
    {S_INIT("您的位置"), LABEL_OTHER},
};

enum {
    SHELL_LINES = 60, /* no page has a longer head */
    LABEL_BYTES = 72, /* with blanks between its characters */
    SHELL_LINE_BYTES = 1500,
    BODY_LINE_CHARS = 60, /* a longer line with a comma is text of the document */
    NAME_CHARS = 60,
    NEXT_LINE_NAME_CHARS = 20,
    PAIRS_PER_LINE = 12,
};

static enum label label_by_name(struct str raw)
{
    if (raw.n == 0 || raw.n > LABEL_BYTES) {
        return LABEL_NONE;
    }
    for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
        if (squash_is(raw, labels[i].name)) {
            return labels[i].label;
        }
    }
    return LABEL_NONE;
}

static struct str without_bullet(struct str line)
{
    static const struct str bullets[] = {
        S_INIT("•"),
        S_INIT("·"),
        S_INIT("●"),
        S_INIT("◆"),
        S_INIT("■"),
        S_INIT("▪"),
        S_INIT("*"),
        S_INIT("-"),
        S_INIT("["),
        S_INIT("【"),
    };
    for (size_t i = 0; i < sizeof(bullets) / sizeof(bullets[0]); i++) {
        if (str_starts(line, bullets[i])) {
            return str_trim(str_skip(line, bullets[i].n));
        }
    }
    return line;
}

/* The first colon of either width at or after from. */
static bool find_colon(struct str s, size_t from, size_t *at, size_t *after)
{
    const ptrdiff_t narrow = str_find_byte(s, ':', from);
    const ptrdiff_t wide = str_find(s, S("："), from);
    if (narrow < 0 && wide < 0) {
        return false;
    }
    const bool use_wide = wide >= 0 && (narrow < 0 || wide < narrow);
    *at = (size_t)(use_wide ? wide : narrow);
    *after = *at + (use_wide ? S("：").n : 1);
    return true;
}

struct pair {
    enum label label; /* LABEL_NONE: loose text */
    struct str value;
    bool bare; /* a label without a colon: a cell of a table */
};

struct pairs {
    struct pair v[PAIRS_PER_LINE];
    size_t n;
};

static void add_pair(struct pairs *all, enum label label, struct str value)
{
    if (all->n < PAIRS_PER_LINE) {
        all->v[all->n++] = (struct pair){.label = label, .value = str_trim(value)};
    }
}

/* Where inside a value the next label begins: after a blank, before a colon. The longest name wins:
 * 索 引 号. */
static bool next_label(struct str value, size_t *begin)
{
    size_t from = 0;
    size_t colon = 0;
    size_t after = 0;
    while (find_colon(value, from, &colon, &after)) {
        const size_t least = colon > LABEL_BYTES ? colon - LABEL_BYTES : 0;
        for (size_t i = least > from ? least : from; i < colon; i++) {
            const bool after_blank =
                i > 0 && (value.p[i - 1] == ' ' || value.p[i - 1] == '\t' ||
                             (i > 1 && str_starts(str_skip(value, i - 2), S("\u00a0"))) ||
                             (i > 2 && str_starts(str_skip(value, i - 3), S("　"))));
            if (after_blank && label_by_name(str_sub(value, i, colon)) != LABEL_NONE) {
                *begin = i;
                return true;
            }
        }
        from = after;
    }
    return false;
}

/* A cell: one label with its value, perhaps more after it; or a bare label; or loose text. */
static void read_cell(struct str cell, struct pairs *out)
{
    struct str rest = without_bullet(str_trim(cell));
    while (rest.n > 0 && out->n < PAIRS_PER_LINE) {
        size_t colon = 0;
        size_t after = 0;
        const bool has_colon = find_colon(rest, 0, &colon, &after);
        const enum label label = label_by_name(has_colon ? str_sub(rest, 0, colon) : rest);
        if (label == LABEL_NONE) {
            add_pair(out, LABEL_NONE, rest);
            return;
        }
        if (!has_colon) {
            add_pair(out, label, STR_NONE);
            out->v[out->n - 1].bare = true;
            return;
        }
        const struct str value = str_skip(rest, after);
        size_t begin = 0;
        if (next_label(value, &begin)) {
            add_pair(out, label, str_sub(value, 0, begin));
            rest = str_skip(value, begin);
        } else {
            add_pair(out, label, value);
            return;
        }
    }
}

static void read_line(struct str line, struct pairs *out)
{
    *out = (struct pairs){0};
    if (line.n > SHELL_LINE_BYTES) {
        add_pair(out, LABEL_NONE, line);
        return;
    }
    struct str rest = line;
    struct str cell;
    while (str_next(&rest, '\t', &cell)) {
        read_cell(cell, out);
    }
}

/* ---- values ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* 2018-12-18 08:16, with or without the time and with seconds: minute -1 without. */
static bool read_moment(struct arena *into, struct str value, struct date *day, int *minute)
{
    const struct str s = text_narrow(into, value);
    *minute = -1;
    const ptrdiff_t colon = str_find_byte(s, ':', 0);
    size_t end = s.n;
    if (colon > 0 && (size_t)colon + 2 < s.n && is_digit(s.p[colon - 1])) {
        const size_t c = (size_t)colon;
        const size_t hour_from = c > 1 && is_digit(s.p[c - 2]) ? c - 2 : c - 1;
        int64_t hour = 0;
        int64_t min = 0;
        if (str_to_int(str_sub(s, hour_from, c), &hour) &&
            str_to_int(str_sub(s, c + 1, c + 3), &min) && hour < 24 && min >= 0 && min < 60) {
            *minute = (int)(hour * 60 + min);
            end = hour_from;
        }
    }
    struct str day_text = str_trim(str_sub(s, 0, end));
    if (str_ends(day_text, S("T"))) {
        day_text = str_sub(day_text, 0, day_text.n - 1);
    }
    if (line_is_date(day_text, day)) {
        return true;
    }
    *minute = -1;
    return false;
}

static bool keep_number(struct arena *into, struct str value, struct imported_page *out)
{
    struct document_number n;
    if (!document_number_parse(into, value, &n)) {
        return false;
    }
    if (out->document_number.n == 0) {
        out->document_number_typed = value;
        out->document_number = document_number_format(into, &n);
    }
    return true;
}

static bool keep_if_empty(struct str *place, struct str value)
{
    if (place->n == 0) {
        *place = value;
    }
    return true;
}

static bool keep_index(struct arena *into, struct str value, struct imported_page *out)
{
    const struct str number = squash(into, value);
    return index_number_safe(number) && keep_if_empty(&out->index_number, number);
}

static bool keep_claimed(struct arena *into, struct str value, struct imported_page *out)
{
    struct date day;
    int minute = 0;
    if (!read_moment(into, value, &day, &minute)) {
        return false;
    }
    out->claimed_on = date_is(out->claimed_on) ? out->claimed_on : day;
    return true;
}

static bool keep_posted(struct arena *into, struct str value, struct imported_page *out)
{
    struct date day;
    int minute = 0;
    if (!read_moment(into, value, &day, &minute)) {
        return false;
    }
    if (!date_is(out->posted_on)) {
        out->posted_on = day;
        out->posted_minute = minute;
    }
    return true;
}

/* False when the value is none for this label: then it belongs to something else. */
static bool keep(struct arena *into, enum label label, struct str value, struct imported_page *out)
{
    switch (label) {
    case LABEL_INDEX:
        return keep_index(into, value, out);
    case LABEL_NUMBER:
    case LABEL_REMARK:
        return keep_number(into, value, out);
    case LABEL_PUBLISHER:
        return chars(value) <= NAME_CHARS && keep_if_empty(&out->publisher, value);
    case LABEL_CLAIMED:
        return keep_claimed(into, value, out);
    case LABEL_POSTED:
        return keep_posted(into, value, out);
    case LABEL_TITLE:
        return keep_if_empty(&out->title, value);
    case LABEL_ATTRIBUTE:
        return attribute_word(value).n > 0 && keep_if_empty(&out->attribute, attribute_word(value));
    case LABEL_OTHER:
    case LABEL_NONE:
        return true;
    }
    return true;
}

/* ---- the head of the page ---- */

struct head {
    struct {
        struct str *v;
        size_t n, cap;
    } loose;
    struct pair waiting; /* a label without a value yet */
    size_t waiting_line;
};

/* May the text be the value of the label that waits? On another line only when it cannot be a title
 * or a paragraph. */
static bool fits_waiting(const struct head *h, struct str value, size_t line)
{
    switch (h->waiting.label) {
    case LABEL_INDEX:
    case LABEL_NUMBER:
    case LABEL_CLAIMED:
    case LABEL_POSTED:
        return true; /* these look at their value themselves */
    case LABEL_PUBLISHER:
    case LABEL_TITLE:
    case LABEL_ATTRIBUTE:
    case LABEL_REMARK:
    case LABEL_OTHER:
        return line == h->waiting_line || h->waiting.bare ||
               (h->waiting.label == LABEL_PUBLISHER && line_is_short(value, NEXT_LINE_NAME_CHARS) &&
                   !line_ends_with_kind(value));
    case LABEL_NONE:
        return false;
    }
    return false;
}

static bool begins_document(struct arena *into, struct str line)
{
    struct str unused;
    const bool text = chars(line) > BODY_LINE_CHARS &&
                      (str_has(line, S("，")) || str_has(line, S(",")) || str_has(line, S("。")));
    return line_is_number(into, line) || line_is_addressees(line) || text ||
           line_heading_level(line) > 0 || line_is_mark(line, &unused) || str_ends(line, S("。"));
}

static void take_pair(struct arena *into, struct head *h, const struct pair *p, size_t line,
    struct imported_page *out)
{
    const struct pair waiting = h->waiting;
    const bool fits =
        waiting.label != LABEL_NONE && p->label == LABEL_NONE && fits_waiting(h, p->value, line);
    h->waiting = (struct pair){.label = LABEL_NONE};
    if (p->label == LABEL_NONE) {
        if (fits && keep(into, waiting.label, p->value, out)) {
            return;
        }
        struct str *place = vec_add(into, &h->loose);
        *place = p->value;
    } else if (p->value.n == 0) {
        h->waiting = *p;
        h->waiting_line = line;
    } else if (!keep(into, p->label, p->value, out) &&
               (p->label == LABEL_NUMBER || p->label == LABEL_REMARK)) {
        (void)keep_if_empty(&out->remark, p->value);
    }
}

/* A number that stands above the labels is still head. */
static bool number_above_labels(struct arena *into, struct lines lines, size_t at)
{
    if (!line_is_number(into, lines.v[at])) {
        return false;
    }
    for (size_t i = at + 1; i < lines.n && i <= at + 3; i++) {
        struct pairs pairs;
        read_line(lines.v[i], &pairs);
        if (pairs.n > 0 && pairs.v[0].label != LABEL_NONE) {
            return true;
        }
    }
    return false;
}

void shell_read(
    struct arena *into, struct lines lines, struct imported_page *out, struct shell *shell)
{
    struct head h = {.waiting = {.label = LABEL_NONE}};
    size_t after_last_label = 0;
    size_t loose_at_last_label = 0;
    for (size_t i = 0; i < lines.n && i < SHELL_LINES; i++) {
        struct pairs pairs;
        read_line(lines.v[i], &pairs);
        const bool labelled = pairs.n > 0 && pairs.v[0].label != LABEL_NONE;
        const bool awaited = h.waiting.label != LABEL_NONE;
        if (!labelled && !awaited && begins_document(into, lines.v[i]) &&
            !number_above_labels(into, lines, i)) {
            break;
        }
        for (size_t k = 0; k < pairs.n; k++) {
            take_pair(into, &h, &pairs.v[k], i, out);
        }
        if (labelled || (awaited && h.loose.n == loose_at_last_label)) {
            after_last_label = i + 1;
            loose_at_last_label = h.loose.n;
        }
    }
    /* Lines behind the last label belong to the document: its title as issued, for one. */
    shell->document_from = after_last_label;
    shell->loose = (struct strs){h.loose.v, loose_at_last_label};
}

bool shell_read_below(struct arena *into, struct str line, struct imported_page *out)
{
    struct pairs pairs;
    read_line(line, &pairs);
    bool any = false;
    for (size_t i = 0; i < pairs.n; i++) {
        const enum label label = pairs.v[i].label;
        const bool own = label == LABEL_INDEX || label == LABEL_PUBLISHER ||
                         label == LABEL_CLAIMED || label == LABEL_NUMBER;
        if (own && pairs.v[i].value.n > 0) {
            any = keep(into, label, pairs.v[i].value, out) || any;
        }
    }
    return any;
}
