#include "web/filename.h"

#include "base/ban.h"
#include "base/limits.h"
#include "base/utf8.h"

enum { EXTENSION_MOST = 20 };

/* Controls, and what makes a name read otherwise than it is (U+202E turns "txt.exe" around). */
static bool is_invisible(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c || c == 0x180e ||
           (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff0 && c <= 0xfffb);
}

static bool is_reserved(uint32_t c)
{
    return c < 0x80 && c != 0 && strchr("<>:\"|?*", (int)c) != NULL;
}

static struct str last_part(struct str s)
{
    for (size_t i = s.n; i > 0; i--) {
        if (s.p[i - 1] == '/' || s.p[i - 1] == '\\') {
            return str_skip(s, i);
        }
    }
    return s;
}

/* Cut to most bytes, at a character. */
static struct str cut(struct str s, size_t most)
{
    if (s.n <= most) {
        return s;
    }
    size_t n = most;
    while (n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80) {
        n--;
    }
    return str_sub(s, 0, n);
}

static struct str shorten(struct arena *into, struct str s)
{
    if (s.n <= LIMIT_FILE_NAME_BYTES) {
        return s;
    }
    size_t dot = s.n;
    while (dot > 0 && s.p[dot - 1] != '.') {
        dot--;
    }
    if (dot < 2 || s.n - dot > EXTENSION_MOST) {
        return cut(s, LIMIT_FILE_NAME_BYTES);
    }
    struct str extension = str_skip(s, dot - 1);
    struct str stem = cut(str_sub(s, 0, dot - 1), LIMIT_FILE_NAME_BYTES - extension.n);
    return str_cat(into, stem, extension);
}

/* No blanks or dots at either end, in whatever order they stand there. */
static struct str trim_edges(struct str s)
{
    size_t before;
    do {
        before = s.n;
        s = str_trim(s);
        s = s.n > 0 && s.p[0] == '.' ? str_skip(s, 1) : s;
        s = s.n > 0 && s.p[s.n - 1] == '.' ? str_sub(s, 0, s.n - 1) : s;
    } while (s.n != before);
    return s;
}

struct str file_name_clean(struct arena *into, struct str sent)
{
    struct str part = last_part(sent);
    char *p = arena_alloc(into, part.n + 1);
    size_t n = 0;
    size_t at = 0;
    size_t from = 0;
    for (uint32_t c = utf8_next(part, &at); c != UINT32_MAX; c = utf8_next(part, &at)) {
        if (is_reserved(c)) {
            p[n++] = '_';
        } else if (!is_invisible(c)) {
            memcpy(p + n, part.p + from, at - from);
            n += at - from;
        }
        from = at;
    }
    struct str name = trim_edges(str_make(p, n));
    name = trim_edges(shorten(into, name));
    return name.n == 0 ? S("文件") : name;
}
