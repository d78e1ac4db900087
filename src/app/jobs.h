/* jobs.h: the child that does what must happen by itself: links the audit, runs the jobs of the
 * capabilities. */
#ifndef GK_APP_JOBS_H
#define GK_APP_JOBS_H

#include "app/site.h"

/* Until SIGTERM. Never returns an error for a job that failed: it is told in the diagnostics and
 * tried again. */
const struct err *jobs_run(struct open_site *site);

#endif
