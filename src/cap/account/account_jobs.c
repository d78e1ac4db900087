/* account_jobs.c: accounts nobody used for ninety days are locked (GB/T 22239: no idle accounts).
 */
#include "cap/account/account_jobs.h"

#include "account_sql.h"
#include "cap/account/account_inside.h"
#include "core/audit.h"
#include "core/event.h"
#include "web/session.h"

#include "base/ban.h"

enum { DAY_MS = 24 * 60 * 60 * 1000 };

static const struct err *lock_idle(struct ctx *c, void *arg)
{
    (void)arg;
    struct q_person_idle_rows rows = {0};
    TRY(q_person_idle(c->tx,
        &(struct q_person_idle_in){.before = {c->now.ms - ACCOUNT_IDLE_DAYS * (int64_t)DAY_MS}},
        &rows));
    for (size_t i = 0; i < rows.n; i++) {
        int64_t changed = 0;
        int64_t ended = 0;
        TRY(q_person_idle_lock(c->tx,
            &(struct q_person_idle_lock_in){
                .person_id = rows.v[i].person_id, .version = rows.v[i].version},
            &changed));
        if (changed != 1) {
            continue;
        }
        TRY(session_end_all_of(c, rows.v[i].person_id, 0, &ended));
        TRY(event_add(
            c, S("person.locked"), S("person"), rows.v[i].person_id, S("{\"idle\":true}")));
        TRY(audit_add(c, &(struct audit_entry){.op = S("account.idle"),
                             .subject = person_subject(c, rows.v[i].person_id),
                             .outcome = S("ok")}));
    }
    return NULL;
}

const struct err *account_lock_idle(struct ctx *c)
{
    return ctx_write(c, AUDIENCE_SYSTEM, lock_idle, NULL);
}
