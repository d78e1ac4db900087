/*
 * out.c: printing and escaping by place.
 *
 * Runs of harmless bytes are copied whole; a table says which bytes are not. Control characters
 * that HTML does not allow are printed as U+FFFD, so that a page stays valid whatever was stored.
 */
#include "web/out.h"

#include "base/ban.h"

struct out out_make(struct arena *into, size_t max_bytes)
{
    return (struct out){.buf = buf_make(into, max_bytes)};
}

void out_raw(struct out *o, struct str literal)
{
    buf_add(&o->buf, literal);
}

enum { KEEP, AMP, LT, GT, QUOTE, APOSTROPHE, CONTROL };

// clang-format off
static const struct str replacements[] = {
    [AMP] = S_INIT("&amp;"), [LT] = S_INIT("&lt;"), [GT] = S_INIT("&gt;"),
    [QUOTE] = S_INIT("&quot;"), [APOSTROPHE] = S_INIT("&#39;"), [CONTROL] = S_INIT("\xEF\xBF\xBD"),
};

static const uint8_t class_of[256] = {
    [0x00] = CONTROL, [0x01] = CONTROL, [0x02] = CONTROL, [0x03] = CONTROL, [0x04] = CONTROL, [0x05] = CONTROL,
    [0x06] = CONTROL, [0x07] = CONTROL, [0x08] = CONTROL, [0x0b] = CONTROL, [0x0c] = CONTROL, [0x0e] = CONTROL,
    [0x0f] = CONTROL, [0x10] = CONTROL, [0x11] = CONTROL, [0x12] = CONTROL, [0x13] = CONTROL, [0x14] = CONTROL,
    [0x15] = CONTROL, [0x16] = CONTROL, [0x17] = CONTROL, [0x18] = CONTROL, [0x19] = CONTROL, [0x1a] = CONTROL,
    [0x1b] = CONTROL, [0x1c] = CONTROL, [0x1d] = CONTROL, [0x1e] = CONTROL, [0x1f] = CONTROL, [0x7f] = CONTROL,
    ['&'] = AMP, ['<'] = LT, ['>'] = GT, ['"'] = QUOTE, ['\''] = APOSTROPHE,
};
// clang-format on

static void add_escaped(struct buf *b, struct str s)
{
    size_t from = 0;
    for (size_t at = 0; at < s.n; at++) {
        uint8_t class = class_of[(uint8_t)s.p[at]];
        if (class == KEEP) {
            continue;
        }
        buf_add_bytes(b, s.p + from, at - from);
        buf_add(b, replacements[class]);
        from = at + 1;
    }
    if (from < s.n) {
        buf_add_bytes(b, s.p + from, s.n - from);
    }
}

void out_text_str(struct out *o, struct str s)
{
    add_escaped(&o->buf, s);
}

/* The same set: quotes cost nothing in text, and one table is easier to trust than two. */
void out_attr_str(struct out *o, struct str s)
{
    add_escaped(&o->buf, s);
}

void out_segment_str(struct out *o, struct str s)
{
    buf_add(&o->buf, url_encode(o->buf.arena, s));
}

void out_html(struct out *o, struct html h)
{
    buf_add(&o->buf, h.safe);
}

void out_url(struct out *o, struct url u)
{
    /* A struct url that nobody filled prints a harmless address. */
    add_escaped(&o->buf, u.safe.n > 0 ? u.safe : S("/"));
}

void out_int(struct out *o, int64_t v)
{
    buf_add_int(&o->buf, v);
}

void out_date(struct out *o, struct date d)
{
    if (date_is(d)) {
        buf_add(&o->buf, date_chinese(o->buf.arena, d));
    }
}

void out_instant(struct out *o, struct instant t)
{
    if (instant_is(t)) {
        buf_add(&o->buf, instant_minute(o->buf.arena, t));
    }
}

void out_date_iso(struct out *o, struct date d)
{
    if (date_is(d)) {
        buf_add(&o->buf, date_iso(o->buf.arena, d));
    }
}

void out_instant_iso(struct out *o, struct instant t)
{
    if (instant_is(t)) {
        buf_add(&o->buf, instant_iso(o->buf.arena, t));
    }
}
