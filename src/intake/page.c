/*
 * page.c: reads a saved page from the outside in.
 *
 * First the shell at the top and the foot below are cut off. Of what is left the closing marks are
 * found (signature, public mark, copies, print line); they divide the lines into the notice and
 * what it carries. A line is used once.
 */
#include "intake/page.h"

#include "base/ban.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/vec.h"
#include "intake/line.h"
#include "intake/shell.h"
#include "rules/number.h"

enum {
    PAGE_LINES = 20000,
    TITLE_LINES = 4,
    TITLE_CHARS = 80,
    OFFICE_CHARS = 40,
    SIGNERS = 6,  /* offices above one date, in a joint notice */
    CC_LINES = 6, /* one list of copies */
    CC_LISTS = 8,
    TITLE_BYTES = 1000,
    CLOSING_GAP = 3, /* lines between signature and mark: contact persons */
};

#define PAGE_BYTES MIB(4) /* the text of one document; a book is not imported as a page */

struct reading {
    struct arena *into;
    struct lines lines;
    bool *used;      /* a line given to a field, not to a body */
    size_t from, to; /* the document: lines [from, to) */
    struct imported_page *out;
    struct {
        struct str *v;
        size_t n, cap;
    } notes;
};

struct block_list {
    struct block *v;
    size_t n, cap;
};

static void note(struct reading *r, struct str words)
{
    struct str *place = vec_add(r->into, &r->notes);
    *place = words;
}

static struct str line_at(const struct reading *r, size_t i)
{
    return r->lines.v[i];
}

/* ---- top and foot ---- */

/* Names of kinds below 相关解读; files named below 附件下载 cannot come with a text and are told.
 */
static void read_foot(struct reading *r)
{
    struct {
        struct str *v;
        size_t n, cap;
    } kinds = {0};
    bool files_told = false;
    bool below_files = false;
    for (size_t i = r->to; i < r->lines.n; i++) {
        const struct str line = line_at(r, i);
        if (line_is_interpretation(line)) {
            struct str *place = vec_add(r->into, &kinds);
            *place = line;
        } else if (line_is_foot(line)) {
            below_files = str_starts(line, S("附件下载")) || str_starts(line, S("相关附件"));
        } else if (!shell_read_below(r->into, line, r->out) && below_files && !files_told) {
            note(r, S("页面下方列有附件，保存的文字里没有附件文件：请另行上传。"));
            files_told = true;
        }
    }
    r->out->interpretations = (struct strs){kinds.v, kinds.n};
}

static void find_foot(struct reading *r)
{
    r->to = r->lines.n;
    for (size_t i = r->from; i < r->lines.n; i++) {
        if (line_is_foot(line_at(r, i))) {
            r->to = i;
            return;
        }
    }
}

/* ---- title and number as issued ---- */

static bool same_title(struct arena *into, struct str a, struct str b)
{
    return a.n <= TITLE_BYTES && b.n <= TITLE_BYTES && str_eq(squash(into, a), squash(into, b));
}

/* How many lines from here are the title, taken together; 0 when they are not. */
static size_t lines_of_title(const struct reading *r, size_t from, struct str title)
{
    for (size_t n = 1; n <= TITLE_LINES && from + n <= r->to; n++) {
        if (line_at(r, from + n - 1).n > TITLE_BYTES) {
            return 0;
        }
        if (same_title(r->into, lines_join(r->into, r->lines, from, n), title)) {
            return n;
        }
    }
    return 0;
}

/* Lines that read like a title where none is known: the fewest that together end with a kind of
 * paper. */
static size_t lines_like_title(const struct reading *r, size_t from, size_t to)
{
    size_t n = 0;
    while (n < TITLE_LINES && from + n < to) {
        const struct str line = line_at(r, from + n);
        struct date day;
        struct str title;
        if (!line_is_short(line, TITLE_CHARS) || line_heading_level(line) > 0 ||
            line_is_date(line, &day) || line_is_number(r->into, line) ||
            line_is_part_mark(line, &title)) {
            return 0;
        }
        n++;
        if (line_ends_with_kind(lines_join(r->into, r->lines, from, n))) {
            return n;
        }
    }
    return 0;
}

/* Of the loose lines among the labels, the one the document repeats; else the last that reads like
 * a title. */
static struct str title_among(const struct reading *r, struct strs loose)
{
    struct str likely = STR_NONE;
    for (size_t i = 0; i < loose.n; i++) {
        for (size_t at = r->from; at < r->to && at < r->from + TITLE_LINES + 2; at++) {
            if (lines_of_title(r, at, loose.v[i]) > 0) {
                return loose.v[i];
            }
        }
        if (line_ends_with_kind(loose.v[i])) {
            likely = loose.v[i];
        }
    }
    return likely;
}

static void take_number_line(struct reading *r, struct str line)
{
    struct document_number n;
    if (!document_number_parse(r->into, line, &n)) {
        return;
    }
    const struct str stored = document_number_format(r->into, &n);
    if (r->out->document_number.n == 0) {
        r->out->document_number_typed = line;
        r->out->document_number = stored;
    } else if (!str_eq(stored, r->out->document_number)) {
        note(r, str_format(r->into, "页面标注的文号是%.*s，正文里的文号是%.*s：请核对。",
                    STR_ARG(r->out->document_number), STR_ARG(stored)));
    }
}

static bool is_letterhead(struct str line)
{
    return line_is_short(line, OFFICE_CHARS) &&
           (str_ends(line, S("文件")) || str_starts(line, S("签发人")));
}

/* Letterhead, number and title above the addressees: they become fields. Returns the first line of
 * the text. */
static size_t read_document_head(struct reading *r)
{
    size_t i = r->from;
    bool titled = false;
    while (i < r->to) {
        const struct str line = line_at(r, i);
        size_t n = 0;
        if (line_is_number(r->into, line)) {
            take_number_line(r, line);
            n = 1;
        } else if (!titled && r->out->title.n > 0) {
            n = lines_of_title(r, i, r->out->title);
            titled = n > 0;
        } else if (!titled) {
            n = lines_like_title(r, i, r->to);
            titled = n > 0;
            r->out->title = n > 0 ? lines_join(r->into, r->lines, i, n) : STR_NONE;
        }
        if (n == 0 && i < r->from + 3 && is_letterhead(line)) {
            n = 1;
        }
        if (n == 0) {
            break;
        }
        i += n;
    }
    return i;
}

/* ---- the closing marks ---- */

struct closing {
    size_t mark;               /* lines.n when there is none */
    size_t sign_from, sign_to; /* equal when there is none */
    size_t end_of_notice;
};

static void read_cc(struct reading *r, size_t at, struct str names)
{
    struct buf b = buf_make(r->into, LIMIT_FORM_BYTES);
    buf_add(&b, names);
    r->used[at] = true;
    for (size_t i = at + 1; i < r->to && i < at + CC_LINES; i++) {
        const struct str so_far = buf_str(&b);
        if (!str_ends(so_far, S("，")) && !str_ends(so_far, S("、")) && !str_ends(so_far, S(",")) &&
            !str_ends(so_far, S("；")) && so_far.n > 0) {
            break;
        }
        buf_add(&b, line_at(r, i));
        r->used[i] = true;
    }
    const struct strs more = names_split(r->into, buf_str(&b));
    struct str *all = arena_many(r->into, r->out->cc.n + more.n, struct str);
    for (size_t i = 0; i < r->out->cc.n + more.n; i++) {
        all[i] = i < r->out->cc.n ? r->out->cc.v[i] : more.v[i - r->out->cc.n];
    }
    r->out->cc = (struct strs){all, r->out->cc.n + more.n};
}

static void read_print(struct reading *r, size_t at, struct str office, struct date day)
{
    if (date_is(r->out->printed_on)) {
        return;
    }
    r->out->printed_on = day;
    r->used[at] = true;
    if (office.n == 0 && at > r->from && !r->used[at - 1] &&
        line_is_short(line_at(r, at - 1), OFFICE_CHARS)) {
        office = line_at(r, at - 1); /* the office on a line of its own */
        r->used[at - 1] = true;
    }
    r->out->print_office = office;
}

/* Copies and print line; returns the first of them, or the end. */
static size_t read_copies_and_print(struct reading *r, size_t from)
{
    size_t first = r->to;
    size_t lists = 0;
    for (size_t i = from; i < r->to; i++) {
        struct str text;
        struct date day;
        if (r->used[i]) {
            continue;
        }
        if (lists < CC_LISTS && line_is_cc(line_at(r, i), &text)) {
            read_cc(r, i, text);
            lists++;
        } else if (line_is_print(line_at(r, i), &text, &day)) {
            read_print(r, i, text, day);
        } else {
            continue;
        }
        first = i < first ? i : first;
        first = first > from && r->used[first - 1] ? first - 1 : first;
    }
    return first;
}

static size_t find_mark(struct reading *r, size_t from)
{
    for (size_t i = from; i < r->to; i++) {
        struct str word;
        if (line_is_mark(line_at(r, i), &word)) {
            r->out->attribute = word;
            r->used[i] = true;
            return i;
        }
    }
    return r->lines.n;
}

static bool is_office(const struct reading *r, size_t at)
{
    struct str unused;
    const struct str line = line_at(r, at);
    return line_is_short(line, OFFICE_CHARS) && line_heading_level(line) == 0 &&
           !line_ends_with_kind(line) && !line_is_part_mark(line, &unused);
}

static bool is_named_body(struct str line)
{
    static const struct str endings[] = {
        S_INIT("局"),
        S_INIT("办公室"),
        S_INIT("委员会"),
        S_INIT("政府"),
        S_INIT("处"),
        S_INIT("科"),
        S_INIT("厅"),
        S_INIT("学校"),
        S_INIT("中心"),
        S_INIT("幼儿园"),
        S_INIT("小学"),
        S_INIT("中学"),
        S_INIT("部"),
        S_INIT("委"),
        S_INIT("办"),
        S_INIT("站"),
        S_INIT("院"),
        S_INIT("会"),
        S_INIT("公司"),
    };
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        if (str_ends(line, endings[i])) {
            return true;
        }
    }
    return false;
}

/* The offices above a date line: the nearest one, and further ones of a joint notice. */
static size_t offices_above(const struct reading *r, size_t from, size_t date_line)
{
    size_t first = date_line;
    while (first > from && date_line - first < SIGNERS && is_office(r, first - 1)) {
        if (date_line - first > 0 && !is_named_body(line_at(r, first - 1))) {
            break;
        }
        first--;
    }
    return first;
}

static void take_signature(
    struct reading *r, size_t first, size_t date_line, struct date day, struct closing *c)
{
    r->out->signed_on = day;
    r->out->sign_office =
        str_join(r->into, (struct strs){r->lines.v + first, date_line - first}, S("、"));
    c->sign_from = first;
    c->sign_to = date_line + 1;
}

/* The first date with an office above it or before it; without any office, the last date above the
 * mark. */
static void find_signature(struct reading *r, size_t from, size_t to, struct closing *c)
{
    size_t lonely = r->lines.n;
    for (size_t i = from; i < to; i++) {
        struct date day;
        struct str before;
        const struct str line = line_at(r, i);
        if (r->used[i]) {
            continue;
        }
        if (line_is_date(line, &day)) {
            const size_t first = offices_above(r, from, i);
            if (first < i) {
                take_signature(r, first, i, day, c);
                return;
            }
            lonely = i;
        } else if (line_is_short(line, OFFICE_CHARS) && line_ends_with_date(line, &before, &day) &&
                   is_named_body(before)) {
            take_signature(r, i, i, day, c);
            r->out->sign_office = before;
            return;
        }
    }
    struct date day;
    if (lonely < r->lines.n && c->mark < r->lines.n && line_is_date(line_at(r, lonely), &day)) {
        take_signature(r, lonely, lonely, day, c);
    }
}

static size_t first_part_mark(const struct reading *r, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        struct str title;
        if (!r->used[i] && line_is_part_mark(line_at(r, i), &title)) {
            return i;
        }
    }
    return to;
}

/* Where the notice ends: behind its mark or signature, whichever closes it; without both, at the
 * first 附件. */
static void read_closing(struct reading *r, size_t from, struct closing *c)
{
    const size_t copies = read_copies_and_print(r, from);
    c->mark = find_mark(r, from);
    c->sign_from = c->sign_to = from;
    find_signature(r, from, c->mark < r->to ? c->mark : copies, c);
    const bool is_signed = c->sign_to > c->sign_from;
    if (is_signed) {
        const bool mark_closes =
            c->mark < r->to && c->mark >= c->sign_to && c->mark - c->sign_to <= CLOSING_GAP;
        c->end_of_notice = mark_closes ? c->mark + 1 : c->sign_to;
    } else if (c->mark < r->to) {
        c->end_of_notice = c->mark + 1;
    } else {
        c->end_of_notice = first_part_mark(r, from, copies);
    }
}

/* ---- bodies ---- */

static void add_block(
    struct reading *r, struct block_list *list, enum block_kind kind, struct str text)
{
    struct block *b = vec_add(r->into, list);
    *b = (struct block){kind, text};
}

static enum block_kind kind_of_line(struct str line)
{
    switch (line_heading_level(line)) {
    case 1:
        return BLOCK_HEADING_1;
    case 2:
        return BLOCK_HEADING_2;
    default:
        return BLOCK_PARAGRAPH;
    }
}

static void read_notice(struct reading *r, size_t from, const struct closing *c)
{
    struct block_list body = {0};
    for (size_t i = from; i < c->end_of_notice; i++) {
        const struct str line = line_at(r, i);
        if (r->used[i]) {
            continue;
        }
        if (i == from && line_is_addressees(line)) {
            r->out->addressees_text = str_ends(line, S("：")) ? str_sub(line, 0, line.n - S("：").n)
                                                              : str_sub(line, 0, line.n - 1);
            r->out->addressees = names_split(r->into, line);
            add_block(r, &body, BLOCK_TO, line);
        } else if (i >= c->sign_from && i < c->sign_to) {
            add_block(r, &body, BLOCK_SIGNATURE, line);
        } else {
            add_block(r, &body, kind_of_line(line), line);
        }
    }
    r->out->body = (struct blocks){body.v, body.n};
}

/* The lines of one part: [from, to). */
static void add_part(struct reading *r, struct str title, size_t from, size_t to)
{
    struct block_list body = {0};
    size_t i = from;
    while (i < to && r->used[i]) {
        i++;
    }
    if (title.n == 0) {
        const size_t n = lines_like_title(r, i, to);
        title = lines_join(r->into, r->lines, i, n);
        i += n;
    }
    for (; i < to; i++) {
        if (!r->used[i]) {
            add_block(r, &body, kind_of_line(line_at(r, i)), line_at(r, i));
        }
    }
    if (title.n == 0 && body.n == 0) {
        return;
    }
    r->out->parts[r->out->part_count++] = (struct page_part){title, {body.v, body.n}};
    if (title.n == 0) {
        note(r, str_format(r->into, "第%zu个随文部分没有找到标题：请补填。", r->out->part_count));
    }
}

static void read_parts(struct reading *r, size_t from)
{
    r->out->parts = arena_many(r->into, LIMIT_PARTS, struct page_part);
    struct str title = STR_NONE;
    size_t begin = from;
    for (size_t i = from; i < r->to; i++) {
        struct str next_title;
        if (r->used[i] || !line_is_part_mark(line_at(r, i), &next_title)) {
            continue;
        }
        if (r->out->part_count + 1 == LIMIT_PARTS) {
            note(r, S("随文部分太多，后面的内容都放进了最后一个部分：请核对。"));
            break;
        }
        add_part(r, title, begin, i);
        title = next_title;
        begin = i + 1;
    }
    add_part(r, title, begin, r->to);
}

/* ---- what the person should know ---- */

static void note_missing(struct reading *r)
{
    const struct imported_page *p = r->out;
    const struct {
        bool missing;
        struct str words;
    } list[] = {
        {p->index_number.n == 0, S("没有找到索引号：导入后由系统按“导入”序列编号。")},
        {p->document_number.n == 0, S("没有找到发文字号：如有文号请补填。")},
        {p->publisher.n == 0, S("没有找到发布机构：请选择发布机构。")},
        {p->title.n == 0, S("没有找到标题：请补填标题。")},
        {!date_is(p->posted_on), S("没有找到页面的发布时间：请按原页面补填。")},
        {!date_is(p->signed_on), S("没有找到成文日期（落款日期）：请对照原件补填。")},
        {!date_is(p->printed_on), S("没有找到印发日期：如原件有印发日期请补填。")},
        {p->attribute.n == 0, S("没有找到公开属性标注（如“此件主动公开”）：请选择公开属性。")},
        {p->addressees.n == 0, S("没有找到主送机关：如有请补填。")},
        {p->body.n == 0, S("没有找到正文：请核对保存的页面是否完整。")},
    };
    for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++) {
        if (list[i].missing) {
            note(r, list[i].words);
        }
    }
}

/* The page's own date is only claimed; where the paper says another, both are named. */
static void note_dates(struct reading *r)
{
    const struct imported_page *p = r->out;
    const struct date own = date_is(p->printed_on) ? p->printed_on : p->signed_on;
    if (date_is(p->claimed_on) && date_is(own) && !date_eq(p->claimed_on, own)) {
        const struct str claimed = date_chinese(r->into, p->claimed_on);
        const struct str real = date_chinese(r->into, own);
        note(r,
            str_format(r->into,
                "页面的公文生成日期是%.*s，公文上的%s是%.*"
                "s：两个日期都保留，公开期限按公文上的日期计算。",
                STR_ARG(claimed), date_is(p->printed_on) ? "印发日期" : "成文日期", STR_ARG(real)));
    }
    if (date_is(p->printed_on) && date_is(p->signed_on) &&
        date_before(p->printed_on, p->signed_on)) {
        note(r, S("印发日期早于成文日期：请对照原件核对。"));
    }
    if (date_is(p->posted_on) && date_is(own) && date_before(p->posted_on, own)) {
        note(r, S("页面的发布时间早于公文日期：请对照原件核对。"));
    }
    if (p->document_number.n > 0 &&
        document_number_changed(p->document_number_typed, p->document_number)) {
        note(r, str_format(r->into, "文号“%.*s”已按规范写成%.*s。",
                    STR_ARG(p->document_number_typed), STR_ARG(p->document_number)));
    }
}

static bool starts_like_html(struct arena *into, struct str first_line)
{
    const struct str start = str_lower(into, str_sub(first_line, 0, 9));
    return str_eq(start, S("<!doctype")) || str_starts(start, S("<html"));
}

const struct err *page_import(struct arena *into, struct str text, struct imported_page *out)
{
    *out = (struct imported_page){
        .claimed_on = DATE_NONE,
        .posted_on = DATE_NONE,
        .posted_minute = -1,
        .signed_on = DATE_NONE,
        .printed_on = DATE_NONE,
    };
    struct reading r = {.into = into, .out = out};
    if (text.n > PAGE_BYTES || !lines_split(into, text, PAGE_LINES, &r.lines)) {
        return err_make(into, ERR_TOO_LARGE,
            S("这个文件太长，不像一个公开页面。请只保存一份公文的页面再导入。"));
    }
    if (r.lines.n == 0) {
        return err_make(into, ERR_INVALID,
            S("文件里没有文字。请打开公开页面，全选复制后保存为文本文件再导入。"));
    }
    if (starts_like_html(into, r.lines.v[0])) {
        return err_make(
            into, ERR_INVALID, S("这是网页源文件。请在浏览器里打开，把页面另存为文本文件再导入。"));
    }
    r.used = arena_many(into, r.lines.n, bool);

    struct shell shell;
    shell_read(into, r.lines, out, &shell);
    r.from = shell.document_from;
    find_foot(&r);
    if (out->title.n == 0) {
        out->title = title_among(&r, shell.loose);
    }
    const size_t text_from = read_document_head(&r);

    struct closing closing;
    read_closing(&r, text_from, &closing);
    read_notice(&r, text_from, &closing);
    read_parts(&r, closing.end_of_notice);
    read_foot(&r);
    note_missing(&r);
    note_dates(&r);
    out->notes = (struct strs){r.notes.v, r.notes.n};
    return NULL;
}
