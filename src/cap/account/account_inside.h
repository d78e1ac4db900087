/* account_inside.h: what the files of this capability share. */
#ifndef GK_CAP_ACCOUNT_INSIDE_H
#define GK_CAP_ACCOUNT_INSIDE_H

#include "cap/account/account.h"
#include "cap/account/account_login.h"

/* account_secret.c: hashing with the gate, codes as they are kept. */
const struct err *secret_hash(struct ctx *c, struct str password, struct str *stored);
/* stored empty: the same work against a hash nobody knows the password of; never good. */
const struct err *secret_check(struct ctx *c, struct str stored, struct str password, bool *good);
struct str activation_kept(struct ctx *c, struct str code);       /* as typed, any case, with or without groups */
struct str recovery_kept(struct ctx *c, struct str code);
struct str base32_of(struct arena *into, const uint8_t *p, size_t n);
struct str in_groups(struct arena *into, struct str s, size_t size);

/* account_totp_ops.c: is the code right and unused? *step is the step used; *recovery what is left of the recovery codes. */
struct second {
    int64_t person_id;
    struct str seed_sealed; /* hex; empty: no second factor bound */
    int64_t step;           /* last used; INT_NONE: never */
    struct str recovery;    /* hashes, a space between */
};
bool second_check(struct ctx *c, struct second *s, struct str code, int *recovery_left);

/* account_password_ops.c: profile, words of the body and the rule, inside a transaction. */
const struct err *password_profile_get(struct ctx *c, enum password_profile *out);
const struct err *password_rule(struct ctx *c, int64_t person_id, struct str password, struct str *fault);
/* Keeps the new one and forgets all but the last five. */
const struct err *password_remember(struct ctx *c, int64_t person_id, struct str stored);

/* account_unit_make_ops.c */
const struct err *unit_alias_own(struct ctx *c, int64_t unit_id, struct str alias, struct str field);
const struct err *unit_names_own(struct ctx *c, int64_t unit_id, struct str name, struct str short_name, struct strs more);
const struct err *unit_code_free(struct ctx *c, struct str code, int64_t unit_id);

/* account_people_ops.c: an administrator's account is touched by who gives roles, and nobody touches his own. */
const struct err *person_may_be_touched(struct ctx *c, int64_t person_id);
struct str person_subject(struct ctx *c, int64_t person_id);
struct str person_address(struct ctx *c, int64_t person_id); /* of the page */
const struct err *err_changed(struct ctx *c); /* somebody else was faster */

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* account_fields.c: the input of the operations. */
struct person_invite_input {
    struct str login, name, code;
    int64_t unit_id;
};
struct person_edit_input {
    int64_t id, version, unit_id;
    struct str name;
};
struct person_code_input {
    int64_t id, version;
    struct str code;
};
struct person_version_input {
    int64_t id, version;
};
struct role_give_input {
    int64_t person_id, unit_id;
    struct str role;
    struct date from_day, to_day;
};
struct change_input {
    int64_t id, version;
};
struct unit_add_input {
    int64_t above_id, sort_no;
    struct str kind, name, short_name, agency_code, phone;
    struct strs aliases;
    bool publishes;
};
struct unit_edit_input {
    int64_t id, version, sort_no;
    struct str name, short_name, agency_code, phone;
    bool publishes;
};
struct unit_alias_input {
    int64_t id;
    struct str alias;
};
struct unit_move_input {
    int64_t id, version, above_id;
};
struct setting_input {
    struct str name, value;
};

enum { ACCOUNT_OPS = 18 };
extern const struct op account_ops[ACCOUNT_OPS];

const struct op *account_op(const char *name); /* must exist */

/* The functions behind the rows. */
const struct err *person_invite(struct ctx *c, const struct person_invite_input *in, struct op_done *done);
const struct err *person_edit(struct ctx *c, const struct person_edit_input *in, struct op_done *done);
const struct err *person_code(struct ctx *c, const struct person_code_input *in, struct op_done *done);
const struct err *person_lock(struct ctx *c, const struct person_version_input *in, struct op_done *done);
const struct err *person_unlock(struct ctx *c, const struct person_version_input *in, struct op_done *done);
const struct err *person_leave(struct ctx *c, const struct person_version_input *in, struct op_done *done);
const struct err *person_unbind(struct ctx *c, const struct person_version_input *in, struct op_done *done);
const struct err *role_give(struct ctx *c, const struct role_give_input *in, struct op_done *done);
const struct err *role_take(struct ctx *c, const struct change_input *in, struct op_done *done);
const struct err *role_confirm(struct ctx *c, const struct change_input *in, struct op_done *done);
const struct err *role_refuse(struct ctx *c, const struct change_input *in, struct op_done *done);
const struct err *unit_add(struct ctx *c, const struct unit_add_input *in, struct op_done *done);
const struct err *unit_edit(struct ctx *c, const struct unit_edit_input *in, struct op_done *done);
const struct err *unit_alias(struct ctx *c, const struct unit_alias_input *in, struct op_done *done);
const struct err *unit_unalias(struct ctx *c, const struct unit_alias_input *in, struct op_done *done);
const struct err *unit_move(struct ctx *c, const struct unit_move_input *in, struct op_done *done);
const struct err *unit_close(struct ctx *c, const struct change_input *in, struct op_done *done);
const struct err *setting_change(struct ctx *c, const struct setting_input *in, struct op_done *done);

#endif
