/* upkeep_cap.c: the manifest. */
#include "cap/upkeep/upkeep_jobs.h"
#include "upkeep_sql.h"

#include "base/ban.h"

extern const struct capability upkeep_capability;

static const struct job jobs[] = {
    {"upkeep.old-rows", 6 * 60 * 60, upkeep_old_rows},
    {"upkeep.cut-uploads", 6 * 60 * 60, upkeep_cut_uploads},
};

const struct capability upkeep_capability = {
    .name = "upkeep",
    .title = "日常维护",
    .statements = &upkeep_statements,
    .migrations = &upkeep_migrations,
    .jobs = jobs,
    .job_count = sizeof(jobs) / sizeof(jobs[0]),
};
