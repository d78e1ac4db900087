/*
 * str.h: text as a view.
 *
 * A struct str is a pointer and a length in bytes; it never owns. Text inside the program is valid UTF-8 without NUL: it was
 * checked once at the door (utf8.h). An empty str may have p == NULL. Functions that make text take the arena of the result.
 */
#ifndef GK_BASE_STR_H
#define GK_BASE_STR_H

#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
    const char *p;
    size_t n;
};

struct strs {
    const struct str *v;
    size_t n;
};

/* A str of a literal. */
#define S(lit) ((struct str){"" lit, sizeof(lit) - 1})
/* The same for static initialisers. */
#define S_INIT(lit) {"" lit, sizeof(lit) - 1}
#define STR_NONE ((struct str){NULL, 0})
/* For printf: printf("%.*s", STR_ARG(s)). */
#define STR_ARG(s) (int)(s).n, ((s).p != NULL ? (s).p : "")

struct str str_from(const char *z);                 /* view of a C string; NULL gives none */
struct str str_make(const char *p, size_t n);
struct str str_dup(struct arena *into, struct str s);
const char *str_z(struct arena *into, struct str s); /* NUL-terminated copy, for the edge of the system */

bool str_eq(struct str a, struct str b);
bool str_eq_nocase(struct str a, struct str b);      /* ASCII case only */
int str_cmp(struct str a, struct str b);             /* by bytes, as the stores order text */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
bool str_has(struct str s, struct str part);
/* Byte offset of the first part at or after from; -1 when absent. */
ptrdiff_t str_find(struct str s, struct str part, size_t from);
ptrdiff_t str_find_byte(struct str s, char c, size_t from);

struct str str_sub(struct str s, size_t from, size_t to); /* bytes [from, to), clamped */
struct str str_skip(struct str s, size_t n);
/* Without ASCII white space, U+00A0, U+3000, U+FEFF at both ends. */
struct str str_trim(struct str s);
/* Cuts the next piece up to sep off *rest; false when *rest is used up (p == NULL). */
bool str_next(struct str *rest, char sep, struct str *piece);
/* Cuts the next line (LF or CRLF, without it) off *rest. */
bool str_next_line(struct str *rest, struct str *line);

struct str str_cat(struct arena *into, struct str a, struct str b);
struct str str_join(struct arena *into, struct strs parts, struct str sep);
struct str str_replace(struct arena *into, struct str s, struct str what, struct str with);
struct str str_lower(struct arena *into, struct str s); /* ASCII */
struct str str_format(struct arena *into, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str str_format_v(struct arena *into, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

/* Whole decimal number, optional minus, nothing else around it; false when not one or out of range. */
bool str_to_int(struct str s, int64_t *out);
struct str str_from_int(struct arena *into, int64_t v);

struct str str_hex(struct arena *into, const void *bytes, size_t n);
bool str_unhex(struct str s, void *bytes, size_t n); /* exactly 2n lower- or upper-case digits */
struct str str_base64url(struct arena *into, const void *bytes, size_t n);

/* Constant time over equal lengths: for secrets. */
bool str_eq_secret(struct str a, struct str b);

#endif
