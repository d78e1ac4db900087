/*
 * account.h: people, their units and roles, and how they prove who they are. The decisions; the rest is in the files beside it.
 *
 * Three administrators are disjoint (三员分立): system (people, units, settings), security (roles), audit (reads the audit).
 * One person never holds two of them, nor any of them with a role that touches content.
 */
#ifndef GK_CAP_ACCOUNT_H
#define GK_CAP_ACCOUNT_H

#include "core/registry.h"

extern const struct may MAY_PEOPLE_READ;  /* lists of people, units, roles */
extern const struct may MAY_PEOPLE_EDIT;  /* people and units */
extern const struct may MAY_ROLE_GIVE;
extern const struct may MAY_ROLE_CONFIRM; /* the second person when administrators change */
extern const struct may MAY_AUDIT_READ;
extern const struct may MAY_SETTING_EDIT;

enum {
    ACCOUNT_LOGIN_MOST = 32,
    ACCOUNT_PASSWORD_MOST = 256,   /* characters; nothing is cut off */
    ACCOUNT_PASSWORDS_REMEMBERED = 5,
    ACCOUNT_PASSWORD_DAYS = 90,    /* profile dengbao */
    ACCOUNT_IDLE_DAYS = 90,        /* then locked */
    ACCOUNT_CODE_DAYS = 7,         /* an activation code */
    ACCOUNT_FAILURES_FREE = 5,     /* the fifth failure locks */
    ACCOUNT_RECOVERY_CODES = 10,
};

/* a-z first, then a-z 0-9 . _ -; 2 to 32 characters. */
bool account_login_valid(struct str login);

/* Minutes an account stays locked after its n-th failure in a row: 0 up to the fourth, then 1, 2, 4, 8, 15, 15 … Never for ever:
 * else anybody could lock out the office. */
int account_lock_minutes(int64_t failures);

enum password_profile { PASSWORD_DENGBAO, PASSWORD_ASVS };

struct password_question {
    enum password_profile profile;
    struct str password;
    struct str login;
    struct str name;
    struct strs unit_words; /* names of the person's unit and of the body */
};

/* Empty: acceptable. Else what to do, for the person. */
struct str account_password_fault(struct arena *into, const struct password_question *q);
struct str account_password_advice(enum password_profile profile); /* the hint under the field */

/* The forms a unit's name has in official texts: 教育股 is also 教育股室, 教育科, 教育科室. The name itself stands first. */
struct strs account_name_forms(struct arena *into, struct str name);

/* Is it among the commonest passwords, as typed or with the usual disguises (P@ssw0rd2024!)? */
bool account_password_is_common(struct arena *scratch, struct str password);

/* What init and demo do inside a writing transaction of the system, before there is anybody who may. Operations use the same. */

struct account_unit {
    int64_t above_id;       /* 0: the body itself */
    struct str kind;        /* "bureau", "section", "school", "imported" */
    struct str name;
    struct str short_name;  /* empty: the name */
    struct str agency_code;
    struct str phone;
    bool publishes;
    int64_t sort_no;
    struct strs aliases;    /* beside name, short name and their forms */
};
/* Writes the unit, its aliases and its place in the tree. ERR_INVALID when the name belongs to another unit. */
const struct err *account_unit_make(struct ctx *c, const struct account_unit *u, int64_t *unit_id);

struct account_person {
    struct str login, name;
    int64_t unit_id;
    struct str activation; /* one-time code as told to the person; only its hash is kept. Empty: none yet */
};
const struct err *account_person_make(struct ctx *c, const struct account_person *p, int64_t *person_id);
/* Checks that the administrators stay disjoint. */
const struct err *account_role_hold(struct ctx *c, int64_t person_id, struct str role, int64_t unit_id);
/* The account of the command line: active without a password, so nobody logs in with it. */
const struct err *account_owner_enable(struct ctx *c, int64_t person_id);
/* A password known at once and no activation: demo only. stored comes from account_password_make(), outside the transaction. */
const struct err *account_password_put(struct ctx *c, int64_t person_id, struct str stored);
const struct err *account_password_make(struct ctx *c, struct str password, struct str *stored);

/* 24 characters in groups, 120 bits. */
struct str account_code_make(struct arena *into);

/* The identity of the command line: login "" = the owner account. ERR_LOGIN when there is nobody of that name who may act. */
const struct err *account_identity(struct ctx *c, struct str login, struct actor *out);

/* Has the body all three administrators? Until then one person may change roles, and that is audited as bootstrap. */
const struct err *account_bootstrap(struct ctx *c, bool *yes);

#endif
