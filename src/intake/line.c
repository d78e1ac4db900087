/* line.c: see line.h. Every question reads its line once or a fixed number of times. */
#include "intake/line.h"

#include "base/ban.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "rules/number.h"

enum {
    HEADING_CHARS = 40,
    DATE_LINE_BYTES = 120,
    CLOSING_LINE_BYTES = 240, /* office and print date */
    ADDRESSEES_CHARS = 300,
    SQUASHED_BYTES = 256, /* more than any line that is compared by its signs */
};

/* ---- lines and comparison ---- */

bool lines_split(struct arena *into, struct str text, size_t most, struct lines *out)
{
    struct {
        struct str *v;
        size_t n, cap;
    } kept = {0};
    struct str rest = text;
    struct str line;
    while (str_next_line(&rest, &line)) {
        line = str_trim(line);
        if (line.n == 0) {
            continue;
        }
        if (kept.n == most) {
            return false;
        }
        struct str *place = vec_add(into, &kept);
        *place = line;
    }
    *out = (struct lines){kept.v, kept.n};
    return true;
}

static bool is_blank(uint32_t c)
{
    return c <= ' ' || c == 0xA0 || c == 0x3000 || c == 0xFEFF || (c >= 0x2000 && c <= 0x200F) ||
           c == 0x202F;
}

/* Into room bytes; what does not fit is left out, which only makes a comparison fail. */
static struct str squash_into(char *out, size_t room, struct str s)
{
    size_t n = 0;
    size_t at = 0;
    while (at < s.n && n + 4 <= room) {
        uint32_t c = utf8_next(s, &at);
        if (c >= 0xFF01 && c <= 0xFF5E) {
            c -= 0xFEE0;
        }
        if (!is_blank(c)) {
            n += utf8_encode(c, out + n);
        }
    }
    return str_make(out, n);
}

struct str squash(struct arena *into, struct str s)
{
    const size_t room = s.n + 4; /* a sign never grows */
    return squash_into(arena_alloc(into, room), room, s);
}

bool squash_is(struct str s, struct str plain)
{
    char bytes[SQUASHED_BYTES];
    return s.n < sizeof(bytes) - 4 && str_eq(squash_into(bytes, sizeof(bytes), s), plain);
}

struct str lines_join(struct arena *into, struct lines lines, size_t from, size_t count)
{
    return str_join(into, (struct strs){lines.v + from, count}, STR_NONE);
}

size_t chars(struct str s)
{
    return utf8_count(s);
}

static bool is_one_of(struct str s, const struct str *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(s, v[i])) {
            return true;
        }
    }
    return false;
}

static bool starts_with_one_of(struct str s, const struct str *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (str_starts(s, v[i])) {
            return true;
        }
    }
    return false;
}

static bool ends_with_one_of(struct str s, const struct str *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (str_ends(s, v[i])) {
            return true;
        }
    }
    return false;
}

#define COUNT_OF(list) (sizeof(list) / sizeof((list)[0]))

/* ---- days ---- */

/* 0 to 9; -1 for anything else. 十 is not a digit. */
static int han_digit(uint32_t c)
{
    static const uint32_t digits[] = {
        0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D};
    for (int i = 0; i < 10; i++) {
        if (c == digits[i]) {
            return i;
        }
    }
    const bool zero_lookalike =
        c == 0x25CB || c == 0x96F6 || c == 0x25EF || c == 'O' || c == 0x25E6;
    return zero_lookalike ? 0 : -1;
}

/* 二〇一八: digit by digit. */
static int han_year(struct str s)
{
    int year = 0;
    size_t at = 0;
    int count = 0;
    while (at < s.n) {
        const int digit = han_digit(utf8_next(s, &at));
        if (digit < 0 || ++count > 4) {
            return 0;
        }
        year = year * 10 + digit;
    }
    return count == 4 ? year : 0;
}

/* 七, 十一, 二十, 三十一: 0 when it is none. */
static int han_below_hundred(struct str s)
{
    int tens = 0;
    int ones = 0;
    bool ten_seen = false;
    size_t at = 0;
    while (at < s.n) {
        const uint32_t c = utf8_next(s, &at);
        const int digit = han_digit(c);
        if (c == 0x5341 /* 十 */ && !ten_seen) {
            tens = ones == 0 ? 1 : ones;
            ones = 0;
            ten_seen = true;
        } else if (digit > 0 && ones == 0) {
            ones = digit;
        } else {
            return 0;
        }
    }
    return tens * 10 + ones;
}

static bool han_date(struct str s, struct date *out)
{
    const ptrdiff_t year_end = str_find(s, S("年"), 0);
    const ptrdiff_t month_end = str_find(s, S("月"), 0);
    if (year_end < 0 || month_end < year_end || !str_ends(s, S("日"))) {
        return false;
    }
    const size_t sign = S("年").n;
    const struct str year = str_sub(s, 0, (size_t)year_end);
    const struct str month = str_sub(s, (size_t)year_end + sign, (size_t)month_end);
    const struct str day = str_sub(s, (size_t)month_end + sign, s.n - sign);
    return date_from_ymd(han_year(year), han_below_hundred(month), han_below_hundred(day), out);
}

bool line_is_date(struct str line, struct date *out)
{
    *out = DATE_NONE;
    if (line.n == 0 || line.n > DATE_LINE_BYTES) {
        return false;
    }
    char bytes[SQUASHED_BYTES];
    const struct str s = squash_into(bytes, sizeof(bytes), line);
    return date_parse_typed(s, out) || han_date(s, out);
}

static bool may_begin_year(uint32_t c)
{
    return (c >= '1' && c <= '9') || (c >= 0xFF11 && c <= 0xFF19) || han_digit(c) > 0;
}

bool line_ends_with_date(struct str line, struct str *before, struct date *out)
{
    *out = DATE_NONE;
    if (line.n > CLOSING_LINE_BYTES) {
        return false;
    }
    size_t at = 0;
    while (at < line.n) {
        const size_t here = at;
        const uint32_t c = utf8_next(line, &at);
        if (may_begin_year(c) && line_is_date(str_skip(line, here), out)) {
            *before = str_trim(str_sub(line, 0, here));
            return true;
        }
    }
    return false;
}

/* ---- the marks of an official paper ---- */

bool line_is_number(struct arena *into, struct str line)
{
    struct document_number n;
    return document_number_parse(into, line, &n);
}

struct str attribute_word(struct str text)
{
    if (str_has(text, S("依申请"))) {
        return S("依申请公开");
    }
    if (str_has(text, S("不予公开")) || str_has(text, S("不公开"))) {
        return S("不予公开");
    }
    if (str_has(text, S("主动公开")) || str_has(text, S("公开发布"))) {
        return S("主动公开");
    }
    return STR_NONE;
}

bool line_is_mark(struct str line, struct str *attribute)
{
    static const struct str beginnings[] = {
        S_INIT("此件"),
        S_INIT("本件"),
        S_INIT("公开属性:"),
        S_INIT("公开方式:"),
        S_INIT("信息公开选项:"),
        S_INIT("政府信息公开选项:"),
    };
    if (line.n > CLOSING_LINE_BYTES) {
        return false;
    }
    char bytes[SQUASHED_BYTES];
    struct str s = squash_into(bytes, sizeof(bytes), line);
    if (str_starts(s, S("("))) {
        s = str_skip(s, 1);
    }
    if (!starts_with_one_of(s, beginnings, COUNT_OF(beginnings))) {
        return false;
    }
    *attribute = attribute_word(s);
    return attribute->n > 0;
}

bool line_is_cc(struct str line, struct str *names)
{
    const ptrdiff_t narrow = str_find_byte(line, ':', 0);
    const ptrdiff_t wide = str_find(line, S("："), 0);
    const bool use_wide = wide >= 0 && (narrow < 0 || wide < narrow);
    const ptrdiff_t colon = use_wide ? wide : narrow;
    if (colon < 0 || colon > 32) {
        return false;
    }
    const struct str label = str_sub(line, 0, (size_t)colon);
    if (!squash_is(label, S("抄送")) && !squash_is(label, S("抄报")) &&
        !squash_is(label, S("抄送机关"))) {
        return false;
    }
    *names = str_trim(str_skip(line, (size_t)colon + (use_wide ? S("：").n : 1)));
    return true;
}

bool line_is_print(struct str line, struct str *office, struct date *day)
{
    static const struct str endings[] = {S_INIT("印发"), S_INIT("印制"), S_INIT("印")};
    if (line.n > CLOSING_LINE_BYTES) {
        return false;
    }
    struct str s = line;
    if (str_ends(s, S("。"))) {
        s = str_trim(str_sub(s, 0, s.n - S("。").n));
    }
    for (size_t i = 0; i < COUNT_OF(endings); i++) {
        if (str_ends(s, endings[i])) {
            return line_ends_with_date(str_trim(str_sub(s, 0, s.n - endings[i].n)), office, day);
        }
    }
    return false;
}

/* ---- the page around it ---- */

bool line_is_foot(struct str line)
{
    static const struct str whole[] = {
        S_INIT("附件下载"),
        S_INIT("相关附件"),
        S_INIT("相关解读"),
        S_INIT("相关文件"),
        S_INIT("相关链接"),
        S_INIT("相关稿件"),
        S_INIT("相关新闻"),
        S_INIT("相关文档"),
        S_INIT("相关阅读"),
        S_INIT("打印"),
        S_INIT("打印本页"),
        S_INIT("关闭"),
        S_INIT("关闭窗口"),
        S_INIT("返回顶部"),
        S_INIT("收藏本页"),
    };
    static const struct str beginnings[] = {
        S_INIT("扫一扫"),
        S_INIT("分享到"),
        S_INIT("上一篇"),
        S_INIT("下一篇"),
        S_INIT("版权所有"),
        S_INIT("相关解读:"),
        S_INIT("附件下载:"),
        S_INIT("网站标识码"),
    };
    if (line.n > CLOSING_LINE_BYTES) {
        return false;
    }
    char bytes[SQUASHED_BYTES];
    const struct str s = squash_into(bytes, sizeof(bytes), line);
    if (starts_with_one_of(s, beginnings, COUNT_OF(beginnings))) {
        return true;
    }
    return is_one_of(s, whole, COUNT_OF(whole));
}

bool line_is_interpretation(struct str line)
{
    static const struct str kinds[] = {
        S_INIT("文字解读"),
        S_INIT("图片解读"),
        S_INIT("视频解读"),
        S_INIT("访谈解读"),
        S_INIT("媒体报道"),
        S_INIT("图解"),
        S_INIT("音频解读"),
        S_INIT("专家解读"),
        S_INIT("媒体解读"),
    };
    char bytes[SQUASHED_BYTES];
    const struct str s = squash_into(bytes, sizeof(bytes), line);
    return line.n <= CLOSING_LINE_BYTES && is_one_of(s, kinds, COUNT_OF(kinds));
}

static bool is_count_sign(uint32_t c)
{
    return (c >= '0' && c <= '9') || han_digit(c) > 0 || c == 0x5341 /* 十 */;
}

/* What stands behind the first colon, as it was written. */
static struct str behind_colon(struct str line)
{
    const ptrdiff_t narrow = str_find_byte(line, ':', 0);
    const ptrdiff_t wide = str_find(line, S("："), 0);
    if (wide >= 0 && (narrow < 0 || wide < narrow)) {
        return str_trim(str_skip(line, (size_t)wide + S("：").n));
    }
    return narrow < 0 ? STR_NONE : str_trim(str_skip(line, (size_t)narrow + 1));
}

bool line_is_part_mark(struct str line, struct str *title)
{
    *title = STR_NONE;
    if (!str_starts(line, S("附")) || line.n > CLOSING_LINE_BYTES) {
        return false;
    }
    char bytes[SQUASHED_BYTES];
    const struct str s = squash_into(bytes, sizeof(bytes), line);
    if (!str_starts(s, S("附件"))) {
        return false;
    }
    size_t at = S("附件").n;
    size_t end = at;
    while (at < s.n && is_count_sign(utf8_next(s, &at))) {
        end = at;
    }
    if (end == s.n) {
        return true;
    }
    if (s.p[end] != ':' || end - S("附件").n > 9) {
        return false;
    }
    *title = behind_colon(line);
    return title->n == 0 ||
           end > S("附件").n; /* 附件：1.… without a count is the list inside a notice */
}

static bool ends_like_sentence(struct str line)
{
    static const struct str endings[] = {
        S_INIT("。"),
        S_INIT("；"),
        S_INIT(";"),
        S_INIT("："),
        S_INIT(":"),
        S_INIT("，"),
        S_INIT(","),
        S_INIT("！"),
        S_INIT("？"),
        S_INIT("."),
    };
    return ends_with_one_of(line, endings, COUNT_OF(endings)) || str_has(line, S("。"));
}

bool line_is_short(struct str line, size_t most_chars)
{
    return line.n <= most_chars * 4 && chars(line) <= most_chars && !ends_like_sentence(line);
}

bool line_is_addressees(struct str line)
{
    const size_t colon = str_ends(line, S("：")) ? S("：").n : str_ends(line, S(":")) ? 1 : 0;
    if (colon == 0 || line.n > ADDRESSEES_CHARS * 4 || chars(line) > ADDRESSEES_CHARS ||
        str_has(line, S("。"))) {
        return false;
    }
    return line_heading_level(str_sub(line, 0, line.n - colon)) == 0 && !str_has(line, S("如下"));
}

/* Characters of a Chinese count from the start: bytes of 一, 十二, 二十一. */
static size_t han_count_bytes(struct str s)
{
    size_t at = 0;
    size_t end = 0;
    for (int i = 0; i < 4 && at < s.n; i++) {
        const uint32_t c = utf8_next(s, &at);
        if (han_digit(c) <= 0 && c != 0x5341 /* 十 */) {
            break;
        }
        end = at;
    }
    return end;
}

int line_heading_level(struct str line)
{
    if (!line_is_short(line, HEADING_CHARS)) {
        return 0;
    }
    const size_t count = han_count_bytes(line);
    if (count > 0 && str_starts(str_skip(line, count), S("、"))) {
        return 1;
    }
    if (str_starts(line, S("第"))) {
        const struct str rest = str_skip(line, S("第").n);
        const size_t n = han_count_bytes(rest);
        return n > 0 && str_starts(str_skip(rest, n), S("章")) ? 1 : 0;
    }
    const size_t open = str_starts(line, S("（")) ? S("（").n : str_starts(line, S("(")) ? 1 : 0;
    if (open == 0) {
        return 0;
    }
    const struct str inner = str_skip(line, open);
    const size_t n = han_count_bytes(inner);
    const struct str after = str_skip(inner, n);
    return n > 0 && (str_starts(after, S("）")) || str_starts(after, S(")"))) ? 2 : 0;
}

/* Without one bracket at the end: 实施办法（试行）. */
static struct str without_last_bracket(struct str s)
{
    if (!str_ends(s, S("）")) && !str_ends(s, S(")"))) {
        return s;
    }
    for (size_t i = s.n; i > 0; i--) {
        const struct str rest = str_skip(s, i - 1);
        if (str_starts(rest, S("（")) || str_starts(rest, S("("))) {
            return str_trim(str_sub(s, 0, i - 1));
        }
    }
    return s;
}

bool line_ends_with_kind(struct str line)
{
    static const struct str kinds[] = {
        S_INIT("通知"),
        S_INIT("公告"),
        S_INIT("通告"),
        S_INIT("意见"),
        S_INIT("方案"),
        S_INIT("办法"),
        S_INIT("计划"),
        S_INIT("规定"),
        S_INIT("细则"),
        S_INIT("报告"),
        S_INIT("函"),
        S_INIT("决定"),
        S_INIT("批复"),
        S_INIT("纪要"),
        S_INIT("公示"),
        S_INIT("通报"),
        S_INIT("预案"),
        S_INIT("规划"),
        S_INIT("要点"),
        S_INIT("制度"),
        S_INIT("目录"),
        S_INIT("清单"),
        S_INIT("表"),
        S_INIT("条例"),
        S_INIT("章程"),
        S_INIT("指南"),
        S_INIT("标准"),
        S_INIT("规则"),
        S_INIT("名单"),
        S_INIT("总结"),
        S_INIT("决议"),
        S_INIT("命令"),
        S_INIT("公报"),
        S_INIT("议案"),
        S_INIT("请示"),
        S_INIT("说明"),
        S_INIT("简章"),
        S_INIT("答复"),
        S_INIT("须知"),
        S_INIT("流程"),
        S_INIT("要求"),
        S_INIT("台账"),
    };
    return ends_with_one_of(without_last_bracket(line), kinds, COUNT_OF(kinds));
}

/* ---- names ---- */

static bool is_name_break(uint32_t c)
{
    return c == ',' || c == ';' || c == 0xFF0C || c == 0x3001 || c == 0xFF1B;
}

static struct str without_closing(struct str text)
{
    static const struct str closings[] = {S_INIT("。"), S_INIT("："), S_INIT(":"), S_INIT(".")};
    struct str s = str_trim(text);
    for (size_t i = 0; i < COUNT_OF(closings); i++) {
        if (str_ends(s, closings[i])) {
            return str_trim(str_sub(s, 0, s.n - closings[i].n));
        }
    }
    return s;
}

struct strs names_split(struct arena *into, struct str text)
{
    struct {
        struct str *v;
        size_t n, cap;
    } names = {0};
    const struct str s = without_closing(text);
    size_t begin = 0;
    size_t at = 0;
    int depth = 0;
    while (begin < s.n) {
        const size_t here = at;
        const uint32_t c = utf8_next(s, &at);
        const bool end = c == UINT32_MAX;
        depth += c == '(' || c == 0xFF08 ? 1 : 0;
        depth -= (c == ')' || c == 0xFF09) && depth > 0 ? 1 : 0;
        if (!end && (depth > 0 || !is_name_break(c))) {
            continue;
        }
        const struct str name = str_trim(str_sub(s, begin, end ? s.n : here));
        if (name.n > 0) {
            struct str *place = vec_add(into, &names);
            *place = name;
        }
        begin = end ? s.n : at;
    }
    return (struct strs){names.v, names.n};
}
