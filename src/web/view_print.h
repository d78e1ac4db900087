/*
 * view_print.h: for compiled views only: the printer by type, for each place.
 *
 * A type that is missing in a list may not be printed in that place: struct html only in text, a
 * struct str never first in an address, bool and enums nowhere. The C compiler says so, at the line
 * of the page.
 */
#ifndef GK_WEB_VIEW_PRINT_H
#define GK_WEB_VIEW_PRINT_H

#include "web/out.h"

static inline void view_text_of(struct out *o, const struct str *s)
{
    out_text_str(o, *s);
}

static inline void view_attr_of(struct out *o, const struct str *s)
{
    out_attr_str(o, *s);
}

static inline void view_segment_of(struct out *o, const struct str *s)
{
    out_segment_str(o, *s);
}

static inline void view_int(struct out *o, int v)
{
    out_int(o, v);
}

static inline void view_size(struct out *o, size_t v)
{
    out_int(o, (int64_t)v);
}

// clang-format off
#define VIEW_NUMBERS int: view_int, int64_t: out_int, size_t: view_size

#define VIEW_TEXT(o, e) _Generic((e), struct html: out_html, struct str: out_text_str, const struct str *: view_text_of, \
    struct str *: view_text_of, struct url: out_url, struct date: out_date, struct instant: out_instant, VIEW_NUMBERS)((o), (e))
#define VIEW_PLAIN(o, e) _Generic((e), struct str: out_text_str, const struct str *: view_text_of, struct str *: view_text_of, \
    struct url: out_url, struct date: out_date, struct instant: out_instant, VIEW_NUMBERS)((o), (e))
#define VIEW_ATTR(o, e) _Generic((e), struct str: out_attr_str, const struct str *: view_attr_of, struct str *: view_attr_of, \
    struct url: out_url, struct date: out_date, struct instant: out_instant, VIEW_NUMBERS)((o), (e))
#define VIEW_TIME(o, e) _Generic((e), struct str: out_attr_str, const struct str *: view_attr_of, struct str *: view_attr_of, \
    struct date: out_date_iso, struct instant: out_instant_iso)((o), (e))
#define VIEW_URL_FIRST(o, e) _Generic((e), struct url: out_url)((o), (e))
#define VIEW_SEGMENT(o, e) _Generic((e), struct str: out_segment_str, const struct str *: view_segment_of, \
    struct str *: view_segment_of, struct date: out_date_iso, VIEW_NUMBERS)((o), (e))
// clang-format on

static inline bool view_true_bool(bool v)
{
    return v;
}

static inline bool view_true_int(int64_t v)
{
    return v != 0;
}

static inline bool view_true_size(size_t v)
{
    return v != 0;
}

static inline bool view_true_str(struct str s)
{
    return s.n > 0;
}

static inline bool view_true_str_of(const struct str *s)
{
    return s != NULL && s->n > 0;
}

static inline bool view_true_html(struct html h)
{
    return h.safe.n > 0;
}

static inline bool view_true_url(struct url u)
{
    return u.safe.n > 0;
}

static inline bool view_true_pointer(const void *p)
{
    return p != NULL;
}

// clang-format off
#define VIEW_TRUE(e) _Generic((e), bool: view_true_bool, int: view_true_int, int64_t: view_true_int, unsigned: view_true_size, \
    size_t: view_true_size, struct str: view_true_str, const struct str *: view_true_str_of, struct str *: view_true_str_of, \
    struct html: view_true_html, struct url: view_true_url, struct date: date_is, struct instant: instant_is, \
    default: view_true_pointer)((e))
// clang-format on

#endif
