/*
 * json.c: a reader by recursive descent, at most 64 deep, and a writer.
 *
 * Duplicate keys are found by sorting, so an object of many members costs no more than n log n. The
 * reader asks the arena for room before it takes any: input can run out of it, and that is an
 * answer, not a fault.
 */
#include "base/json.h"

#include "base/utf8.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 64, REAL_MAX_CHARS = 400, ROOM_KEPT = 4096 };

struct reader {
    struct arena *arena;
    struct str text;
    size_t at;
    const char *wrong; /* why reading stopped; NULL while all is well */
    bool is_out_of_room;
};

static bool fail(struct reader *r, const char *why)
{
    if (r->wrong == NULL) {
        r->wrong = why;
    }
    return false;
}

static bool has_room(struct reader *r, size_t n)
{
    if (n > SIZE_MAX - ROOM_KEPT || arena_room(r->arena) < n + ROOM_KEPT) {
        r->is_out_of_room = true;
        return fail(r, "larger than the work may hold");
    }
    return true;
}

static int peek(const struct reader *r)
{
    return r->at < r->text.n ? (uint8_t)r->text.p[r->at] : -1;
}

static bool take(struct reader *r, char c)
{
    if (peek(r) == c) {
        r->at++;
        return true;
    }
    return false;
}

static void skip_blanks(struct reader *r)
{
    while (peek(r) == ' ' || peek(r) == '\t' || peek(r) == '\n' || peek(r) == '\r') {
        r->at++;
    }
}

static bool read_word(struct reader *r, struct str word)
{
    if (!str_starts(str_skip(r->text, r->at), word)) {
        return fail(r, "not a value");
    }
    r->at += word.n;
    return true;
}

static size_t skip_digits(struct reader *r)
{
    size_t from = r->at;
    while (peek(r) >= '0' && peek(r) <= '9') {
        r->at++;
    }
    return r->at - from;
}

static bool read_real(struct reader *r, struct str text, struct json *out)
{
    char z[REAL_MAX_CHARS + 1];
    if (text.n > REAL_MAX_CHARS) {
        return fail(r, "a number too long");
    }
    memcpy(z, text.p, text.n);
    z[text.n] = '\0';
    out->kind = JSON_REAL;
    out->real = strtod(z, NULL);
    return isfinite(out->real) ? true : fail(r, "a number out of range");
}

static bool read_number(struct reader *r, struct json *out)
{
    size_t from = r->at;
    (void)take(r, '-');
    bool is_zero = peek(r) == '0';
    size_t digits = skip_digits(r);
    if (digits == 0 || (is_zero && digits > 1)) {
        return fail(r, "not a number");
    }
    bool is_real = false;
    if (take(r, '.')) {
        is_real = true;
        if (skip_digits(r) == 0) {
            return fail(r, "not a number");
        }
    }
    if (take(r, 'e') || take(r, 'E')) {
        is_real = true;
        (void)(take(r, '+') || take(r, '-'));
        if (skip_digits(r) == 0) {
            return fail(r, "not a number");
        }
    }
    struct str text = str_sub(r->text, from, r->at);
    if (is_real) {
        return read_real(r, text, out);
    }
    out->kind = JSON_INT;
    return str_to_int(text, &out->integer) ? true : fail(r, "a number out of range");
}

static bool read_four_hex(struct reader *r, uint32_t *out)
{
    uint8_t b[2];
    if (!str_unhex(str_sub(r->text, r->at, r->at + 4), b, 2)) {
        return fail(r, "a broken escape");
    }
    r->at += 4;
    *out = (uint32_t)b[0] << 8 | b[1];
    return true;
}

/* After "\u": one character, of one or two units of UTF-16. */
static bool read_unicode(struct reader *r, struct buf *b)
{
    uint32_t c;
    if (!read_four_hex(r, &c)) {
        return false;
    }
    if (c >= 0xd800 && c < 0xdc00) {
        uint32_t low;
        if (!take(r, '\\') || !take(r, 'u') || !read_four_hex(r, &low)) {
            return fail(r, "half a surrogate pair");
        }
        if (low < 0xdc00 || low > 0xdfff) {
            return fail(r, "half a surrogate pair");
        }
        c = 0x10000 + ((c - 0xd800) << 10 | (low - 0xdc00));
    } else if (c >= 0xdc00 && c <= 0xdfff) {
        return fail(r, "half a surrogate pair");
    }
    if (c == 0) {
        return fail(r, "a NUL");
    }
    buf_add_char(b, c);
    return true;
}

static bool read_escape(struct reader *r, struct buf *b)
{
    static const char names[] = "\"\\/bfnrt";
    static const char values[] = "\"\\/\b\f\n\r\t";
    if (take(r, 'u')) {
        return read_unicode(r, b);
    }
    int c = peek(r);
    const char *hit = c <= 0 ? NULL : strchr(names, c);
    if (hit == NULL) {
        return fail(r, "a broken escape");
    }
    r->at++;
    buf_add_byte(b, values[hit - names]);
    return true;
}

static bool read_text(struct reader *r, struct str *out)
{
    if (!take(r, '"')) {
        return fail(r, "text expected");
    }
    size_t from = r->at;
    bool has_escape = false;
    while (peek(r) != '"') {
        int c = peek(r);
        if (c < ' ') {
            return fail(r, c < 0 ? "text without an end" : "a control character");
        }
        has_escape = has_escape || c == '\\';
        r->at += c == '\\' ? 2 : 1;
    }
    struct str raw = str_sub(r->text, from, r->at);
    if (!has_escape) {
        r->at++;
        *out = raw;
        return true;
    }
    if (!has_room(r, raw.n)) {
        return false;
    }
    /* What an escape stands for is never longer than the escape. */
    struct buf b = buf_make(r->arena, raw.n);
    (void)buf_reserve(&b, raw.n);
    r->at = from;
    while (!take(r, '"')) {
        if (take(r, '\\')) {
            if (!read_escape(r, &b)) {
                return false;
            }
        } else {
            buf_add_byte(&b, r->text.p[r->at++]);
        }
    }
    must(!buf_full(&b));
    *out = buf_str(&b);
    return true;
}

static int by_key(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static bool keys_differ(struct reader *r, const struct json *object, size_t n)
{
    if (n < 2) {
        return true;
    }
    if (!has_room(r, n * sizeof(struct str))) {
        return false;
    }
    struct str *keys = arena_many(r->arena, n, struct str);
    size_t at = 0;
    for (const struct json *j = object->child; j != NULL; j = j->next) {
        keys[at++] = j->key;
    }
    must(at == n);
    qsort(keys, n, sizeof *keys, by_key);
    for (size_t i = 1; i < n; i++) {
        if (str_eq(keys[i - 1], keys[i])) {
            return fail(r, "a key twice");
        }
    }
    return true;
}

static bool read_value(struct reader *r, int depth, struct json *out);

static bool read_member_key(struct reader *r, struct json *member)
{
    skip_blanks(r);
    if (!read_text(r, &member->key)) {
        return false;
    }
    skip_blanks(r);
    return take(r, ':') ? true : fail(r, "a colon expected");
}

/* List or object, after its opening bracket. */
static bool read_children(struct reader *r, int depth, struct json *out)
{
    bool is_object = out->kind == JSON_OBJECT;
    char close = is_object ? '}' : ']';
    const struct json **link = &out->child;
    size_t n = 0;
    skip_blanks(r);
    if (take(r, close)) {
        return true;
    }
    do {
        if (!has_room(r, sizeof(struct json))) {
            return false;
        }
        struct json *one = arena_new(r->arena, struct json);
        if ((is_object && !read_member_key(r, one)) || !read_value(r, depth + 1, one)) {
            return false;
        }
        *link = one;
        link = &one->next;
        n++;
        skip_blanks(r);
    } while (take(r, ','));
    if (!take(r, close)) {
        return fail(r, "a comma or the end expected");
    }
    return is_object ? keys_differ(r, out, n) : true;
}

static bool read_value(struct reader *r, int depth, struct json *out)
{
    skip_blanks(r);
    switch (peek(r)) {
    case '{':
    case '[':
        if (depth >= DEPTH_MAX) {
            return fail(r, "too deep");
        }
        out->kind = take(r, '{') ? JSON_OBJECT : JSON_LIST;
        if (out->kind == JSON_LIST) {
            r->at++;
        }
        return read_children(r, depth, out);
    case '"':
        out->kind = JSON_TEXT;
        return read_text(r, &out->text);
    case 't':
        out->kind = JSON_TRUE;
        return read_word(r, S("true"));
    case 'f':
        out->kind = JSON_FALSE;
        return read_word(r, S("false"));
    case 'n':
        out->kind = JSON_NULL;
        return read_word(r, S("null"));
    default:
        return read_number(r, out);
    }
}

const struct err *json_parse(struct arena *into, struct str text, const struct json **out)
{
    struct reader r = {.arena = into, .text = text};
    *out = NULL;
    if (!utf8_valid(text)) {
        (void)fail(&r, "not UTF-8");
    } else if (has_room(&r, sizeof(struct json))) {
        struct json *root = arena_new(into, struct json);
        if (read_value(&r, 0, root)) {
            skip_blanks(&r);
            if (r.at == text.n) {
                *out = root;
                return NULL;
            }
            (void)fail(&r, "more text after the end");
        }
    }
    struct err *e =
        r.is_out_of_room
            ? err_format(into, ERR_TOO_LARGE, "内容太多，请分几次提交。")
            : err_format(into, ERR_INVALID,
                  "这份 JSON 内容读不下去，请检查第 %zu 个字节附近，改好后再提交。", r.at + 1);
    e->facts = str_format(into, "json: %s at byte %zu", r.wrong, r.at);
    return e;
}

const struct json *json_get(const struct json *object, struct str key)
{
    if (object == NULL || object->kind != JSON_OBJECT) {
        return NULL;
    }
    for (const struct json *j = object->child; j != NULL; j = j->next) {
        if (str_eq(j->key, key)) {
            return j;
        }
    }
    return NULL;
}

struct str json_text(const struct json *j)
{
    return j != NULL && j->kind == JSON_TEXT ? j->text : STR_NONE;
}

static void begin_value(struct json_writer *w)
{
    if (w->need_comma) {
        buf_add_byte(w->out, ',');
    }
    w->need_comma = true;
}

void json_open(struct json_writer *w, char bracket)
{
    must(bracket == '{' || bracket == '[');
    begin_value(w);
    buf_add_byte(w->out, bracket);
    w->need_comma = false;
}

void json_close(struct json_writer *w, char bracket)
{
    must(bracket == '}' || bracket == ']');
    buf_add_byte(w->out, bracket);
    w->need_comma = true;
}

static void write_quoted(struct buf *b, struct str s)
{
    buf_add_byte(b, '"');
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        uint8_t c = (uint8_t)s.p[i];
        /* "<" too, so that the text can stand in a page's script without ending it. */
        if (c >= ' ' && c != '"' && c != '\\' && c != '<' && c != 0x7f) {
            continue;
        }
        buf_add(b, str_sub(s, from, i));
        from = i + 1;
        if (c == '"' || c == '\\') {
            buf_add_byte(b, '\\');
            buf_add_byte(b, (char)c);
        } else if (c == '\n') {
            buf_add(b, S("\\n"));
        } else {
            buf_format(b, "\\u%04x", c);
        }
    }
    buf_add(b, str_skip(s, from));
    buf_add_byte(b, '"');
}

void json_key(struct json_writer *w, struct str key)
{
    begin_value(w);
    write_quoted(w->out, key);
    buf_add_byte(w->out, ':');
    w->need_comma = false;
}

void json_str(struct json_writer *w, struct str text)
{
    begin_value(w);
    write_quoted(w->out, text);
}

void json_int(struct json_writer *w, int64_t v)
{
    begin_value(w);
    buf_add_int(w->out, v);
}

void json_bool(struct json_writer *w, bool v)
{
    begin_value(w);
    buf_add(w->out, v ? S("true") : S("false"));
}

void json_null(struct json_writer *w)
{
    begin_value(w);
    buf_add(w->out, S("null"));
}
