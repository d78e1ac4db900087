/* upkeep_jobs.h: the jobs of this capability, for its manifest. */
#ifndef GK_CAP_UPKEEP_JOBS_H
#define GK_CAP_UPKEEP_JOBS_H

#include "core/registry.h"

/* Form keys of two days ago and sessions of a week ago. */
const struct err *upkeep_old_rows(struct ctx *c);
/* Uploads that were cut off: files in <data>/blobs/tmp that nobody has written to for a day. */
const struct err *upkeep_cut_uploads(struct ctx *c);

#endif
