/*
 * desk_pages.h: what the views of the desk are handed.
 */
#ifndef GK_CAP_DESK_PAGES_H
#define GK_CAP_DESK_PAGES_H

#include "cap/desk/desk.h"
#include "web/parts.h"

struct desk_row {
    const struct desk_item *line;
    const struct work_item *item;
    struct url url;
};
struct desk_rows {
    const struct desk_row *v;
    size_t n;
};

struct desk_page {
    struct page page;
    struct desk_rows overdue, today_rows, soon, later;
    struct str today; /* 2026年11月25日 星期三 */
    bool nothing;
};

#endif
