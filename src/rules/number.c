/*
 * number.c: document numbers as people write them, and index numbers by pattern.
 *
 * A document number is read from left to right over its signs: a sign is one code point, full-width
 * ASCII made narrow, blanks left out. No step goes back, so any input is read once.
 */
#include "rules/number.h"

#include "base/ban.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/utf8.h"

enum {
    CODE_LEAST = 2,
    CODE_MOST = 12,
    YEAR_FIRST = 1949,
    YEAR_LAST = 2099,
    YEAR_DIGITS = 4,
    SERIAL_DIGITS = 9,
    NUMBER_BYTES_MOST = 400, /* typed, with blanks between all signs */
    END_OF_TEXT = 0,
};

static bool is_blank(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x3000 || c == 0xFEFF ||
           (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x2060;
}

static bool is_han(uint32_t c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3007 ||
           (c >= 0x20000 && c <= 0x323AF);
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* After narrowing: ( and [ stand for their full-width forms too. */
static bool is_open(uint32_t c)
{
    return c == '(' || c == '[' || c == 0x3014 || c == 0x3010 || c == 0x3016 || c == 0xFE5D ||
           c == 0x2772;
}

static bool is_close(uint32_t c)
{
    return c == ')' || c == ']' || c == 0x3015 || c == 0x3011 || c == 0x3017 || c == 0xFE5E ||
           c == 0x2773;
}

/* A place in a text and the sign that stands there. */
struct signs {
    struct str text;
    size_t at;     /* of the sign */
    size_t after;  /* of what follows it */
    size_t ended;  /* behind the sign before it, blanks left out */
    uint32_t sign; /* END_OF_TEXT behind the last */
};

static void step(struct signs *s)
{
    s->ended = s->after;
    do {
        s->at = s->after;
        if (s->after >= s->text.n) {
            s->sign = END_OF_TEXT;
            return;
        }
        s->sign = utf8_next(s->text, &s->after);
    } while (is_blank(s->sign));
    if (s->sign >= 0xFF01 && s->sign <= 0xFF5E) {
        s->sign -= 0xFEE0;
    }
}

static struct signs signs_at(struct str text, size_t from)
{
    struct signs s = {.text = text, .after = from};
    step(&s);
    return s;
}

static bool take(struct signs *s, uint32_t sign)
{
    if (s->sign != sign) {
        return false;
    }
    step(s);
    return true;
}

static bool take_code(struct arena *into, struct signs *s, struct str *code)
{
    char bytes[CODE_MOST * 4];
    size_t n = 0;
    int count = 0;
    while (is_han(s->sign) && s->sign != 0x7B2C /* 第 */) {
        if (++count > CODE_MOST) {
            return false;
        }
        n += utf8_encode(s->sign, bytes + n);
        step(s);
    }
    *code = str_dup(into, str_make(bytes, n));
    return count >= CODE_LEAST;
}

static bool take_year(struct signs *s, int *year)
{
    *year = 0;
    for (int i = 0; i < YEAR_DIGITS; i++) {
        if (!is_digit(s->sign)) {
            return false;
        }
        *year = *year * 10 + (int)(s->sign - '0');
        step(s);
    }
    return *year >= YEAR_FIRST && *year <= YEAR_LAST;
}

static bool take_serial(struct signs *s, int64_t *serial)
{
    *serial = 0;
    int digits = 0;
    while (is_digit(s->sign)) {
        digits += digits > 0 || s->sign != '0' ? 1 : 0; /* leading zeros are dropped */
        if (digits > SERIAL_DIGITS) {
            return false;
        }
        *serial = *serial * 10 + (int64_t)(s->sign - '0');
        step(s);
    }
    return *serial > 0;
}

/*
 * From the year on: [open] year [close] [第] serial [号]. Without brackets 号 must be there,
 * because 泉丰教2018137 may be anything; and 2018年第3号 is another kind of number (公告) that must
 * not be rewritten, so 年 is not taken.
 */
static bool take_year_and_serial(struct signs *s, struct document_number *n, bool *with_mark)
{
    const bool bracket = is_open(s->sign);
    if (bracket) {
        step(s);
    }
    if (!take_year(s, &n->year)) {
        return false;
    }
    if (bracket) {
        if (!is_close(s->sign)) {
            return false;
        }
        step(s);
    }
    (void)take(s, 0x7B2C); /* 第 */
    if (!take_serial(s, &n->serial)) {
        return false;
    }
    *with_mark = take(s, 0x53F7); /* 号 */
    return bracket || *with_mark;
}

bool document_number_parse(struct arena *into, struct str typed, struct document_number *out)
{
    *out = (struct document_number){0};
    if (typed.n > NUMBER_BYTES_MOST) {
        return false;
    }
    struct document_number n = {0};
    struct signs s = signs_at(typed, 0);
    bool with_mark = false;
    if (!take_code(into, &s, &n.code) || !take_year_and_serial(&s, &n, &with_mark) ||
        s.sign != END_OF_TEXT) {
        return false;
    }
    *out = n;
    return true;
}

struct str document_number_format(struct arena *into, const struct document_number *n)
{
    must(n->code.n > 0 && n->serial > 0);
    return str_format(into, "%.*s〔%04d〕%lld号", STR_ARG(n->code), n->year, (long long)n->serial);
}

bool document_number_changed(struct str typed, struct str stored)
{
    return !str_eq(str_trim(typed), stored);
}

/* ---- in running text ---- */

/* Where the character before the place begins. */
static size_t back(struct str text, size_t place)
{
    do {
        place--;
    } while (place > 0 && ((unsigned char)text.p[place] & 0xC0) == 0x80);
    return place;
}

/*
 * Words that stand directly before a number in a sentence and belong to it:
 * 根据泉丰教〔2018〕137号. Only such as no issuer's short code contains (和 and 将 are left out:
 * 和平, 将乐).
 */
static const struct str words_before[] = {
    S_INIT("根据"),
    S_INIT("依据"),
    S_INIT("按照"),
    S_INIT("遵照"),
    S_INIT("参照"),
    S_INIT("依照"),
    S_INIT("印发"),
    S_INIT("转发"),
    S_INIT("下发"),
    S_INIT("贯彻"),
    S_INIT("落实"),
    S_INIT("执行"),
    S_INIT("废止"),
    S_INIT("以及"),
    S_INIT("文号"),
    S_INIT("文件"),
    S_INIT("关于"),
    S_INIT("的"),
    S_INIT("与"),
    S_INIT("及"),
    S_INIT("见"),
};

static struct str without_words_before(struct str han)
{
    size_t cut = 0;
    for (size_t i = 0; i < sizeof(words_before) / sizeof(words_before[0]); i++) {
        ptrdiff_t at = str_find(han, words_before[i], 0);
        while (at >= 0) {
            const size_t end = (size_t)at + words_before[i].n;
            cut = end > cut ? end : cut;
            at = str_find(han, words_before[i], end);
        }
    }
    return str_skip(han, cut);
}

/* The code that ends before the place; blanks between it and the bracket are allowed. */
static bool code_before(struct str text, size_t from, size_t place, struct str *code)
{
    size_t end = place;
    while (end > from) {
        const size_t before = back(text, end);
        size_t at = before;
        if (!is_blank(utf8_next(text, &at))) {
            break;
        }
        end = before;
    }
    size_t begin = end;
    int count = 0;
    while (begin > from && count < CODE_MOST * 2) {
        const size_t before = back(text, begin);
        size_t at = before;
        if (!is_han(utf8_next(text, &at))) {
            break;
        }
        begin = before;
        count++;
    }
    *code = without_words_before(str_sub(text, begin, end));
    const size_t chars = utf8_count(*code);
    return chars >= CODE_LEAST && chars <= CODE_MOST;
}

bool document_number_find(struct arena *into, struct str text, size_t from, size_t *at, size_t *len,
    struct document_number *out)
{
    size_t place = from;
    while (place < text.n) {
        const size_t here = place;
        const struct signs first = signs_at(text, here);
        if (first.sign == END_OF_TEXT) {
            return false;
        }
        place = first.after;
        if (!is_open(first.sign)) {
            continue;
        }
        struct signs s = first;
        struct document_number n = {0};
        bool with_mark = false;
        if (!take_year_and_serial(&s, &n, &with_mark) || !with_mark ||
            !code_before(text, from, first.at, &n.code)) {
            continue;
        }
        *at = (size_t)(n.code.p - text.p);
        *len = s.ended - *at;
        n.code = str_dup(into, n.code);
        *out = n;
        return true;
    }
    return false;
}
