#include "html/write.h"

#include "base/ban.h"
#include "base/err.h"

static const struct values no_values;

struct writer writer_make(struct buf *out)
{
    return (struct writer){.out = out, .pre_at = SIZE_MAX};
}

static struct str escape_of(char c)
{
    switch (c) {
    case '&':
        return S("&amp;");
    case '<':
        return S("&lt;");
    case '>':
        return S("&gt;");
    case '"':
        return S("&quot;");
    case '\'':
        return S("&#39;");
    case '`': /* old browsers took it for a quote */
        return S("&#96;");
    default:
        return STR_NONE;
    }
}

static void add_escaped(struct buf *out, struct str s)
{
    size_t from = 0;
    for (size_t at = 0; at < s.n; at++) {
        struct str escape = escape_of(s.p[at]);
        if (escape.n > 0) {
            buf_add_bytes(out, s.p + from, at - from);
            buf_add(out, escape);
            from = at + 1;
        }
    }
    if (from < s.n) {
        buf_add_bytes(out, s.p + from, s.n - from);
    }
}

static size_t end_length(struct str name)
{
    return name.n + 3;
}

static void add_attribute(struct buf *out, struct str name, struct str value)
{
    buf_add_byte(out, ' ');
    buf_add(out, name);
    buf_add(out, S("=\""));
    add_escaped(out, value);
    buf_add_byte(out, '"');
}

bool write_start(struct writer *w, struct str name, const struct values *values, bool has_end)
{
    if (w->cut) {
        return false;
    }
    values = values != NULL ? values : &no_values;
    size_t before = w->out->n;
    buf_add_byte(w->out, '<');
    buf_add(w->out, name);
    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        if (values->v[i].p != NULL) {
            add_attribute(w->out, attribute_name((enum attribute_id)i), values->v[i]);
        }
    }
    if (values->v[ATTRIBUTE_HREF].p != NULL && link_is_external(values->v[ATTRIBUTE_HREF])) {
        add_attribute(w->out, S("rel"), S("noopener nofollow"));
    }
    buf_add_byte(w->out, '>');
    size_t owed = w->reserved + (has_end ? end_length(name) : 0);
    if (w->out->full || w->out->n + owed > w->out->max) {
        w->out->n = before;
        w->out->full = false;
        w->cut = true;
        return false;
    }
    w->reserved = owed;
    w->pre_at = str_eq(name, S("pre")) ? w->out->n : SIZE_MAX;
    return true;
}

void write_end(struct writer *w, struct str name)
{
    must(w->reserved >= end_length(name));
    w->reserved -= end_length(name);
    buf_add(w->out, S("</"));
    buf_add(w->out, name);
    buf_add_byte(w->out, '>');
    w->pre_at = SIZE_MAX;
    must(!w->out->full);
}

/* Cut, but never within a character. */
static void add_last(struct writer *w, struct str run, size_t room)
{
    size_t end = room < run.n ? room : run.n;
    while (end > 0 && end < run.n && ((unsigned char)run.p[end] & 0xC0) == 0x80) {
        end--;
    }
    buf_add_bytes(w->out, run.p, end);
    w->cut = true;
}

void write_text(struct writer *w, struct str text)
{
    if (w->cut || text.n == 0) {
        return;
    }
    must(w->out->n + w->reserved <= w->out->max);
    size_t room = w->out->max - w->reserved - w->out->n;
    if (w->pre_at == w->out->n && text.p[0] == '\n') {
        /* A reader of HTML drops the first line break of a pre: it needs two to see one. */
        if (room < 2) {
            w->cut = true;
            return;
        }
        buf_add_byte(w->out, '\n');
        room--;
    }
    size_t at = 0;
    while (at < text.n) {
        size_t from = at;
        while (at < text.n && escape_of(text.p[at]).n == 0) {
            at++;
        }
        struct str run = str_sub(text, from, at);
        struct str escape = at < text.n ? escape_of(text.p[at]) : STR_NONE;
        if (run.n + escape.n > room) {
            add_last(w, run, room);
            return;
        }
        buf_add(w->out, run);
        buf_add(w->out, escape);
        room -= run.n + escape.n;
        at++;
    }
}
