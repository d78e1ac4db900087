/*
 * session.h: who is it? Sessions of staff.
 *
 * The browser holds a random token, the store its SHA-256 only. A session ends after 15 minutes
 * without activity, after 8 hours in all, when its person is no longer active, and when somebody
 * ends it. The public side never looks at sessions. Polling is no activity (ruling 21): a GET by
 * script does not prolong, a POST does.
 */
#ifndef GK_WEB_SESSION_H
#define GK_WEB_SESSION_H

#include "web/exchange.h"

enum session_factor { SESSION_PASSWORD_ONLY, SESSION_TWO_FACTORS };

/* After the password was right: a new token and cookie; the session this browser had before ends;
 * beyond the most parallel ones the oldest end. ex->session and ex->ctx.actor are the person's
 * afterwards. */
const struct err *session_begin(struct exchange *ex, int64_t person_id, enum session_factor factor);
/* Log-out: ends it and tells the browser to forget (Clear-Site-Data). No session: nothing happens.
 */
const struct err *session_end(struct exchange *ex);
/* 结束其他登录: all of this person's but this one. */
const struct err *session_end_others(struct exchange *ex, int64_t *ended);
/* Inside a writing transaction, for operations: password, role or status of a person changed. keep:
 * 0 or a session to leave. */
const struct err *session_end_all_of(
    struct ctx *c, int64_t person_id, int64_t keep, int64_t *ended);
/* The password or code was given again: proved_at is now. A second factor given for the first time
 * lifts needs_totp. */
const struct err *session_prove(struct exchange *ex, enum session_factor factor);
/* Words to be shown once on the next page of this session. */
const struct err *session_notice(struct exchange *ex, struct str words);

struct session_line {
    int64_t session_id;
    struct instant created, seen;
    struct str address;
    struct str browser;
    bool two_factors;
    bool this_one;
};
struct session_lines {
    const struct session_line *v;
    size_t n;
};
/* The person's sessions that are still good, newest first. */
const struct err *session_list(struct exchange *ex, struct session_lines *out);

#endif
