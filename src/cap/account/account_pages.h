/* account_pages.h: what the pages of this capability are handed. */
#ifndef GK_CAP_ACCOUNT_PAGES_H
#define GK_CAP_ACCOUNT_PAGES_H

#include "web/parts.h"
#include "web/session.h"

struct login_view {
    struct page page;
    struct text_field login, password, code;
    struct str next;
};

struct activate_view {
    struct page page;
    struct str name, login;
    struct url action;
    bool first;
    struct text_field password, again;
    struct text_field security_login, security_name, audit_login, audit_name;
};

/* A secret that is shown once: activation codes. */
struct told_code {
    struct str title, login, name, code;
    struct str address; /* where it is used */
};
struct told_codes {
    const struct told_code *v;
    size_t n;
};
struct told_view {
    struct page page;
    struct str title, words;
    struct told_codes codes;
    struct url next;
    struct str next_label;
};

struct prove_view {
    struct page page;
    struct text_field password, code;
    bool has_totp;
    struct str next;
};

struct me_view {
    struct page page;
    struct str login, name, unit, password_since;
    bool has_totp;
    struct session_lines sessions;
};

struct password_view {
    struct page page;
    struct text_field current, password, again;
};

/* A run of dark modules of a QR code. */
struct qr_run {
    int x, y, width;
};
struct qr_runs {
    const struct qr_run *v;
    size_t n;
};
struct totp_view {
    struct page page;
    bool has_totp;
    struct str secret, sealed;
    int qr_size;
    struct qr_runs runs;
    struct text_field code;
};
struct recovery_view {
    struct page page;
    struct strs codes;
};

struct person_line {
    struct url url;
    struct str login, name, unit, roles, status, seen;
    bool has_totp;
};
struct person_lines {
    const struct person_line *v;
    size_t n;
};
struct people_view {
    struct page page;
    struct person_lines people;
    int64_t count;
    bool may_edit;
    struct text_field login, name;
    struct choice_field unit;
};

struct held_line {
    struct str role, unit, from, to;
    struct url take;
    int64_t version;
    bool past;
};
struct held_lines {
    const struct held_line *v;
    size_t n;
};
struct person_view {
    struct page page;
    struct str login, name, unit, status_text, seen, password_since, locked_until;
    bool has_totp, may_edit, may_role;
    bool active, locked, invited, left;
    int64_t version;
    struct url edit, code, lock, unlock, leave, unbind, give;
    struct text_field name_field;
    struct choice_field unit_field;
    struct held_lines held;
    struct choice_field role, role_unit;
    struct date_field from_day, to_day;
};

struct unit_line {
    struct url url;
    struct str name, short_name, kind, above, code;
    int64_t people;
    bool publishes, closed;
};
struct unit_lines {
    const struct unit_line *v;
    size_t n;
};
struct units_view {
    struct page page;
    struct unit_lines units;
    bool may_edit;
    struct choice_field above, kind;
    struct text_field name, short_name, code, phone, sort_no;
    struct checkbox publishes;
};

struct alias_line {
    struct str alias;
    bool fixed;
};
struct alias_lines {
    const struct alias_line *v;
    size_t n;
};
struct unit_view {
    struct page page;
    struct str name, kind, above, code, closed;
    bool may_edit, open, has_above;
    int64_t version;
    struct url edit, alias, unalias, move, close;
    struct text_field name_field, short_field, code_field, phone_field, sort_field, alias_field;
    struct checkbox publishes;
    struct choice_field above_field;
    struct alias_lines aliases;
};

struct role_line {
    struct str role, name, admin, mays;
    struct strs people;
};
struct role_lines {
    const struct role_line *v;
    size_t n;
};
struct change_line {
    struct str what, person, proposer, at;
    struct url confirm, refuse;
    int64_t version;
    bool mine;
};
struct change_lines {
    const struct change_line *v;
    size_t n;
};
struct roles_view {
    struct page page;
    struct role_lines roles;
    struct change_lines changes;
    bool may_confirm, bootstrap;
};

struct setting_line {
    struct text_field field;
    struct str name;
};
struct setting_lines {
    const struct setting_line *v;
    size_t n;
};
struct settings_view {
    struct page page;
    struct setting_lines settings;
};

struct audit_line {
    struct str seq, at, actor, op, subject, outcome, address;
};
struct audit_lines {
    const struct audit_line *v;
    size_t n;
};
struct audit_view {
    struct page page;
    struct audit_lines lines;
    struct url older;
    bool verified, whole;
    struct str verdict;
};

#endif
