/* account_forms_web.c: the ways of forms in this capability. */
#include "base/vec.h"
#include "cap/account/account_forms.h"

#include "base/ban.h"

struct str local_next(struct exchange *ex, struct str wanted)
{
    bool good = str_starts(wanted, S("/office")) &&
                (wanted.n == 7 || wanted.p[7] == '/' || wanted.p[7] == '?');
    return good ? url_path(ex->ctx.arena, wanted).safe : S("/office");
}

struct values form_with(struct exchange *ex, const struct value *more, size_t n)
{
    struct value *v = arena_many(ex->ctx.arena, n + ex->form.n, struct value);
    memcpy(v, more, n * sizeof(*v));
    if (ex->form.n > 0) {
        memcpy(v + n, ex->form.v, ex->form.n * sizeof(*v));
    }
    return (struct values){v, n + ex->form.n};
}

struct str param_text(struct exchange *ex, const char *name)
{
    return exchange_param(ex, str_from(name));
}

bool is_form_fault(const struct err *e)
{
    switch (e->kind) {
    case ERR_INVALID:
    case ERR_NOT_YET:
    case ERR_CONFLICT:
    case ERR_DENIED:
        return true;
    case ERR_UNKNOWN:
    case ERR_LOGIN:
    case ERR_LIMIT:
    case ERR_TOO_LARGE:
    case ERR_BUSY:
    case ERR_FAULT:
        return false;
    }
    must(false);
}

struct faults faults_shown(struct exchange *ex, const struct err *e)
{
    if (e == NULL) {
        return (struct faults){0};
    }
    if (e->faults.n > 0) {
        return e->faults;
    }
    struct fault *one = arena_new(ex->ctx.arena, struct fault);
    one->words = e->words;
    return (struct faults){one, 1};
}

const struct err *form_op(
    struct exchange *ex, const char *name, struct values form, struct str back, again_fn *again)
{
    struct values before = ex->form;
    const struct err *fault = NULL;
    ex->form = form;
    const struct err *e = exchange_op(ex, account_op(name), &fault);
    ex->form = before;
    if (fault == NULL) {
        return e;
    }
    if (fault->kind == ERR_LOGIN && ex->session.is) {
        struct str next = url_encode(ex->ctx.arena, back);
        return exchange_go(ex, str_cat(ex->ctx.arena, S("/office/prove?next="), next));
    }
    return is_form_fault(fault) ? again(ex, fault) : fault;
}

struct str id_text(struct exchange *ex, int64_t id)
{
    return str_from_int(ex->ctx.arena, id);
}

struct options unit_options(struct exchange *ex, struct units units, struct str chosen)
{
    struct option *v = arena_many(ex->ctx.arena, units.n, struct option);
    size_t n = 0;
    for (size_t i = 0; i < units.n; i++) {
        if (str_eq(units.v[i].kind, S("imported"))) {
            continue; /* nobody works there */
        }
        struct str value = id_text(ex, units.v[i].unit_id);
        v[n++] = (struct option){
            .value = value, .label = units.v[i].name, .chosen = str_eq(value, chosen)};
    }
    return (struct options){v, n};
}

struct str moment_or_dash(struct exchange *ex, struct instant t)
{
    return instant_is(t) ? instant_minute(ex->ctx.arena, t) : S("—");
}

struct url url_format(struct exchange *ex, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct str s = str_format_v(ex->ctx.arena, format, args);
    va_end(args);
    return url_path(ex->ctx.arena, s);
}
