/*
 * portal_pages.h: what the views of the portal are handed.
 */
#ifndef GK_CAP_PORTAL_PAGES_H
#define GK_CAP_PORTAL_PAGES_H

#include "cap/document/document_reads.h"
#include "web/parts.h"

struct portal_school {
    struct str name;
    struct url url;
};
struct portal_schools {
    const struct portal_school *v;
    size_t n;
};

struct home_page {
    struct page page;
    struct list_lines latest;
    int64_t total;
    struct portal_schools schools;
    struct str year;
    int64_t year_count;
};

struct schools_page {
    struct page page;
    struct portal_schools schools;
};

#endif
