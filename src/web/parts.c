/*
 * parts.c: the reckoning behind the shared partial views.
 */
#include "web/parts.h"

#include "base/ban.h"

struct options options_of(
    struct arena *into, const struct choice *choices, size_t n, struct str chosen)
{
    struct option *v = arena_many(into, n, struct option);
    for (size_t i = 0; i < n; i++) {
        v[i].value = str_from(choices[i].value);
        v[i].label = str_from(choices[i].label);
        v[i].chosen = str_eq(v[i].value, chosen);
    }
    return (struct options){v, n};
}

static struct url address_of(struct arena *into, struct str path, struct str query, int64_t page)
{
    struct buf b = buf_make(into, path.n + query.n + 32);
    buf_add(&b, path);
    if (query.n > 0) {
        buf_add_byte(&b, '?');
        buf_add(&b, query);
    }
    if (page > 1) {
        buf_format(&b, "%cp=%lld", query.n > 0 ? '&' : '?', (long long)page);
    }
    return url_path(into, buf_str(&b));
}

enum { PAGER_AROUND = 2, PAGER_LINKS_MAX = 2 * PAGER_AROUND + 5 };

/* Shown: the first, the last, and those around this one. A gap of one page is that page. */
static bool is_shown(int64_t i, int64_t page, int64_t pages)
{
    int64_t from = page - PAGER_AROUND, to = page + PAGER_AROUND;
    return i == 1 || i == pages || (i >= from && i <= to) || (i == 2 && from == 3) ||
           (i == pages - 1 && to == pages - 2);
}

static struct page_links links_of(
    struct arena *into, struct str path, struct str query, int64_t page, int64_t pages)
{
    struct page_link *v = arena_many(into, PAGER_LINKS_MAX, struct page_link);
    size_t n = 0;
    for (int64_t i = 1; i <= pages;) {
        must(n < PAGER_LINKS_MAX);
        if (is_shown(i, page, pages)) {
            v[n++] = (struct page_link){.label = str_from_int(into, i),
                .url = address_of(into, path, query, i),
                .here = i == page};
            i++;
            continue;
        }
        v[n++] = (struct page_link){.label = S("…")};
        i = i < page ? page - PAGER_AROUND : pages; /* over the gap at once */
    }
    return (struct page_links){v, n};
}

struct pager pager_make(struct arena *into, struct str path, struct str query, int64_t page,
    int64_t per_page, int64_t total)
{
    must(per_page > 0 && total >= 0);
    struct pager p = {.total = total, .pages = total > 0 ? (total - 1) / per_page + 1 : 1};
    p.page = page < 1 ? 1 : page > p.pages ? p.pages : page;
    if (p.page > 1) {
        p.previous = address_of(into, path, query, p.page - 1);
    }
    if (p.page < p.pages) {
        p.next = address_of(into, path, query, p.page + 1);
    }
    p.links = links_of(into, path, query, p.page, p.pages);
    return p;
}
