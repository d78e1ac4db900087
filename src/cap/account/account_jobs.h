/* account_jobs.h: what accounts do by themselves, for the manifest. */
#ifndef GK_CAP_ACCOUNT_JOBS_H
#define GK_CAP_ACCOUNT_JOBS_H

#include "core/registry.h"

const struct err *account_lock_idle(struct ctx *c);

#endif
