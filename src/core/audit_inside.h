/*
 * audit_inside.h: what the two halves of the audit share. Nobody outside core needs it.
 */
#ifndef GK_CORE_AUDIT_INSIDE_H
#define GK_CORE_AUDIT_INSIDE_H

#include "base/str.h"

/* Does the detail that still stands beside a row belong to the row's hash? */
bool audit_detail_matches(
    struct arena *scratch, struct str salt_hex, struct str detail, struct str hash);

#endif
