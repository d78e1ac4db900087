/*
 * account_login.h: proving who one is: password, code, activation, second factor.
 *
 * These are no rows of the operation table: hashing takes a quarter of a second and must not happen while the store is locked, and
 * a failure has to be kept although it is a failure. Each does its hashing outside, then writes its result, its audit row and
 * its event in one transaction.
 *
 * All refusals of a log-in have the same words and cost the same work, whoever was named.
 */
#ifndef GK_CAP_ACCOUNT_LOGIN_H
#define GK_CAP_ACCOUNT_LOGIN_H

#include "cap/account/account.h"

#define ACCOUNT_REFUSED                                                                            \
    "登录名、口令或动态口令不对，请核对后再试。连续输错 5 次后，要等 1 至 15 分钟才能再登录。"

struct login_try {
    struct str login;
    struct str password;
    struct str code; /* of the authenticator, or a recovery code; empty when none is bound */
};
struct login_good {
    int64_t person_id;
    bool two_factors;
    bool password_old;   /* older than the profile allows: to be changed now */
    int recovery_left;   /* after a recovery code was used; -1 otherwise */
};
/* ERR_LOGIN (same words always), ERR_BUSY when too many passwords are being hashed. */
const struct err *login_check(struct ctx *c, const struct login_try *t, struct login_good *out);

/* The person who is signed in proves it again: the password, or the code of the authenticator. */
const struct err *login_prove(struct ctx *c, struct str password, struct str code, bool *two_factors);

struct activation {
    int64_t person_id;
    struct str login, name;
    bool first;      /* the first administrator: names the other two as well */
    enum password_profile profile;
};
/* ERR_UNKNOWN when there is no such code, or it is older than seven days. */
const struct err *activation_find(struct ctx *c, struct str code, struct activation *out);

struct named {
    struct str login, name;
    struct str code; /* out: told once */
};
struct activation_form {
    struct str code;
    struct str password, again;
    struct named security, audit; /* the first administrator only */
};
const struct err *activation_use(struct ctx *c, struct activation_form *f, int64_t *person_id);

/* keep_session: the one that stays. */
const struct err *password_change(struct ctx *c, struct str current, struct str wanted, struct str again, int64_t keep_session);

/* A new seed for the page of enrolment, and how it travels in the form: sealed, so that nobody chooses it. */
struct enrolment {
    struct str seed;    /* 20 bytes */
    struct str text;    /* base32 in groups of four, to be typed */
    struct str sealed;  /* hex, for a hidden field */
    struct str address; /* otpauth://…, for the QR picture */
};
const struct err *enrolment_make(struct ctx *c, struct str site_name, struct enrolment *out);
const struct err *enrolment_again(struct ctx *c, struct str site_name, struct str sealed, struct enrolment *out);
/* Binds it when the code is right; codes are the recovery codes, told once. */
const struct err *enrolment_confirm(struct ctx *c, const struct enrolment *e, struct str code, struct strs *codes);

/* At most two passwords are hashed at a time in a process, 32 wait: a flood must not take the memory. */
bool hash_gate_enter(void);
void hash_gate_leave(void);

#endif
