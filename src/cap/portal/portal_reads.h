/* portal_reads.h: what the public pages of the portal read. */
#ifndef GK_CAP_PORTAL_READS_H
#define GK_CAP_PORTAL_READS_H

#include "core/ctx.h"

struct portal_publisher {
    struct str name;
    int64_t unit_id;
};
struct portal_publishers {
    const struct portal_publisher *v;
    size_t n;
};

/* Units of a kind that publish for themselves, in their order. */
const struct err *portal_publishers_read(struct ctx *c, struct str kind, struct portal_publishers *out);

#endif
