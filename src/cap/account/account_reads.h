/*
 * account_reads.h: what the pages show. Rows are those of the generated statements; a page reads them and never runs one.
 */
#ifndef GK_CAP_ACCOUNT_READS_H
#define GK_CAP_ACCOUNT_READS_H

#include "account_sql.h"
#include "cap/account/account.h"
#include "core/audit.h"
#include "core/unit.h"

struct people_read {
    struct q_person_list_rows people;
    struct q_held_list_rows held;
    struct units units;
};
const struct err *account_read_people(struct ctx *c, struct people_read *out);

struct person_read {
    struct q_person_view_row person;
    struct q_held_list_rows held;
    struct q_role_list_rows roles;
    struct units units;
};
/* ERR_UNKNOWN */
const struct err *account_read_person(struct ctx *c, int64_t person_id, struct person_read *out);

const struct err *account_read_units(struct ctx *c, struct q_unit_lines_rows *out);

struct unit_read {
    struct q_unit_view_row unit;
    struct str above_name;
    struct q_alias_list_rows aliases;
    struct units units;
};
const struct err *account_read_unit(struct ctx *c, int64_t unit_id, struct unit_read *out);

struct roles_read {
    struct q_role_list_rows roles;
    struct q_role_may_list_rows mays;
    struct q_held_list_rows held;
    struct q_change_waiting_rows changes;
    bool bootstrap;
};
const struct err *account_read_roles(struct ctx *c, struct roles_read *out);

/* A page of the audit, newest first. Reading it is a row of it. */
struct audit_read {
    int64_t before; /* in: 0 = from the newest */
    int most;
    struct q_audit_page_rows rows;
    struct q_person_list_rows people; /* for the names of actors */
};
const struct err *account_read_audit(struct ctx *c, struct audit_read *a);
const struct err *account_verify_audit(struct ctx *c, struct audit_verdict *out);

#endif
