/*
 * probe.h: a small capability that exists for the tests of core: operations that succeed, refuse, fail and stay silent.
 */
#ifndef GK_TESTS_CORE_PROBE_H
#define GK_TESTS_CORE_PROBE_H

#include "core/registry.h"

extern const struct may MAY_PROBE_EDIT;
extern const struct may MAY_PROBE_PUBLISH;
extern const struct capability probe_capability;

/* Makes it the only capability. */
void probe_set(void);

/* How often the function of probe.make, and its listener, ran in this process. */
extern int probe_runs;
extern int probe_heard;
/* While true the listener answers every event with another one. */
extern bool probe_chatters;

enum probe_status { PROBE_DRAFT, PROBE_REVIEW, PROBE_OUT };
extern const struct steps probe_steps;
/* What probe_steps asks for before "publish". */
struct probe_facts {
    bool reviewed;
    bool has_title;
};

#endif
