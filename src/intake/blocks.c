/* blocks.c: blocks of a page as source for the sanitiser. */
#include "base/buf.h"
#include "base/limits.h"
#include "intake/line.h"
#include "intake/page.h"

#include "base/ban.h"

static void add_escaped(struct buf *b, struct str s)
{
    size_t plain_from = 0;
    for (size_t i = 0; i < s.n; i++) {
        const char c = s.p[i];
        const struct str as = c == '&'   ? S("&amp;")
                              : c == '<' ? S("&lt;")
                              : c == '>' ? S("&gt;")
                                         : STR_NONE;
        if (as.n > 0) {
            buf_add(b, str_sub(s, plain_from, i));
            buf_add(b, as);
            plain_from = i + 1;
        }
    }
    buf_add(b, str_sub(s, plain_from, s.n));
}

struct str blocks_to_html(struct arena *into, struct blocks b)
{
    static const struct {
        struct str open;
        struct str close;
    } tags[] = {
        [BLOCK_PARAGRAPH] = {S_INIT("<p>"), S_INIT("</p>\n")},
        [BLOCK_HEADING_1] = {S_INIT("<h2>"), S_INIT("</h2>\n")},
        [BLOCK_HEADING_2] = {S_INIT("<h3>"), S_INIT("</h3>\n")},
        [BLOCK_TO] = {S_INIT("<p>"), S_INIT("</p>\n")},
        [BLOCK_SIGNATURE] = {S_INIT("<p data-align=\"right\">"), S_INIT("</p>\n")},
        [BLOCK_TITLE] = {S_INIT("<p data-align=\"center\">"), S_INIT("</p>\n")},
    };
    struct buf out = buf_make(into, LIMIT_PAGE_BYTES);
    for (size_t i = 0; i < b.n; i++) {
        buf_add(&out, tags[b.v[i].kind].open);
        add_escaped(&out, b.v[i].text);
        buf_add(&out, tags[b.v[i].kind].close);
    }
    must(!buf_full(&out));
    return buf_str(&out);
}

struct str text_to_html(struct arena *into, struct str text)
{
    static const struct {
        struct str open;
        struct str close;
    } tags[] = {
        {S_INIT("<p>"), S_INIT("</p>\n")},
        {S_INIT("<h2>"), S_INIT("</h2>\n")},
        {S_INIT("<h3>"), S_INIT("</h3>\n")},
    };
    /* A sign grows to five at most (&amp;), a line of one gets ten of tags. */
    struct buf out = buf_make(into, text.n * 7 + 64);
    struct str rest = text;
    struct str line;
    while (str_next_line(&rest, &line)) {
        line = str_trim(line);
        if (line.n > 0) {
            const int level = line_heading_level(line);
            buf_add(&out, tags[level].open);
            add_escaped(&out, line);
            buf_add(&out, tags[level].close);
        }
    }
    must(!buf_full(&out));
    return buf_str(&out);
}
