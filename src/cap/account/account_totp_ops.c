/* account_totp_ops.c: the second factor: codes by time (RFC 6238), recovery codes, enrolment. */
#include "account_sql.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/rand.h"
#include "base/seal.h"
#include "base/utf8.h"
#include "cap/account/account_inside.h"
#include "core/audit.h"
#include "core/event.h"

#include "base/ban.h"

enum { SEED_BYTES = 20, STEP_S = 30, KEY_VERSION = 1 };

static struct str seed_place(struct ctx *c, int64_t person_id)
{
    return seal_place(c->arena, S("person"), person_id, S("totp_seed"));
}

static struct str from_hex(struct arena *into, struct str hex)
{
    char *p = arena_alloc(into, hex.n / 2 + 1);
    return str_unhex(hex, p, hex.n / 2) ? str_make(p, hex.n / 2) : STR_NONE;
}

/* Six digits, as typed: full width, with a blank in the middle. */
static bool six_digits(struct arena *into, struct str typed, uint32_t *out)
{
    struct str s = str_replace(into, text_narrow(into, typed), S(" "), S(""));
    uint32_t v = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') {
            return false;
        }
        v = v * 10 + (uint32_t)(s.p[i] - '0');
    }
    *out = v;
    return s.n == 6;
}

/* The step whose code this is: now, one before, one after; only steps after the last used one, so
 * no code works twice. */
static bool step_of(struct ctx *c, struct str seed, uint32_t code, int64_t last, int64_t *out)
{
    int64_t now = c->now.ms / 1000 / STEP_S;
    for (int64_t step = now - 1; step <= now + 1; step++) {
        if ((last == INT_NONE || step > last) && totp_code(seed, step) == code) {
            *out = step;
            return true;
        }
    }
    return false;
}

static bool recovery_use(struct ctx *c, struct second *s, struct str code, int *left)
{
    struct str wanted = recovery_kept(c, code);
    struct buf rest = buf_make(c->arena, s->recovery.n + 1);
    struct str all = s->recovery;
    struct str one;
    bool found = false;
    *left = 0;
    while (all.n > 0 && str_next(&all, ' ', &one)) {
        if (!found && str_eq_secret(one, wanted)) {
            found = true;
            continue;
        }
        if (rest.n > 0) {
            buf_add_byte(&rest, ' ');
        }
        buf_add(&rest, one);
        (*left)++;
    }
    if (found) {
        s->recovery = buf_str(&rest);
    }
    return found;
}

bool second_check(struct ctx *c, struct second *s, struct str code, int *recovery_left)
{
    *recovery_left = -1;
    struct str seed;
    if (!unseal(c->arena, c->site->seal_key, seed_place(c, s->person_id),
            from_hex(c->arena, s->seed_sealed), &seed)) {
        return false;
    }
    uint32_t digits = 0;
    if (six_digits(c->arena, code, &digits)) {
        return step_of(c, seed, digits, s->step, &s->step);
    }
    int left = 0;
    if (code.n == 0 || !recovery_use(c, s, code, &left)) {
        return false;
    }
    *recovery_left = left;
    return true;
}

static void enrolment_fill(struct ctx *c, struct str site_name, struct enrolment *out)
{
    struct str base32 = base32_of(c->arena, (const uint8_t *)out->seed.p, out->seed.n);
    out->text = str_replace(c->arena, in_groups(c->arena, base32, 4), S("-"), S(" "));
    /* Names in the address are percent-encoded by bytes. */
    struct buf b = buf_make(c->arena, 2048);
    buf_add(&b, S("otpauth://totp/"));
    struct str label =
        str_format(c->arena, "%.*s:%.*s", STR_ARG(site_name), STR_ARG(c->actor.login));
    for (int turn = 0; turn < 2; turn++) {
        struct str s = turn == 0 ? label : site_name;
        for (size_t i = 0; i < s.n; i++) {
            unsigned char x = (unsigned char)s.p[i];
            bool plain = (x >= 'a' && x <= 'z') || (x >= 'A' && x <= 'Z') ||
                         (x >= '0' && x <= '9') || x == '-' || x == '.' || x == '_';
            buf_format(&b, plain ? "%c" : "%%%02X", x);
        }
        if (turn == 0) {
            buf_format(&b, "?secret=%.*s&issuer=", STR_ARG(base32));
        }
    }
    out->address = buf_str(&b);
}

static struct str pending_place(struct ctx *c)
{
    return seal_place(c->arena, S("person"), c->actor.person_id, S("totp_pending"));
}

const struct err *enrolment_make(struct ctx *c, struct str site_name, struct enrolment *out)
{
    char *seed = arena_alloc(c->arena, SEED_BYTES);
    rand_bytes(seed, SEED_BYTES);
    out->seed = str_make(seed, SEED_BYTES);
    struct str sealed = seal(c->arena, c->site->seal_key, KEY_VERSION, pending_place(c), out->seed);
    out->sealed = str_hex(c->arena, sealed.p, sealed.n);
    enrolment_fill(c, site_name, out);
    return NULL;
}

const struct err *enrolment_again(
    struct ctx *c, struct str site_name, struct str sealed, struct enrolment *out)
{
    struct str bytes = sealed.n < 400 ? from_hex(c->arena, sealed) : STR_NONE;
    if (!unseal(c->arena, c->site->seal_key, pending_place(c), bytes, &out->seed) ||
        out->seed.n != SEED_BYTES) {
        return enrolment_make(c, site_name, out); /* a page from before a restart: begin anew */
    }
    out->sealed = sealed;
    enrolment_fill(c, site_name, out);
    return NULL;
}

struct binding {
    struct str sealed;
    struct str recovery;
    int64_t step;
};

static const struct err *bind_seed(struct ctx *c, void *arg)
{
    const struct binding *b = arg;
    int64_t changed = 0;
    TRY(q_person_totp_bind(c->tx,
        &(struct q_person_totp_bind_in){.person_id = c->actor.person_id,
            .totp_seed = b->sealed,
            .totp_step = b->step,
            .recovery = b->recovery},
        &changed));
    if (changed != 1) {
        return err_make(c->arena, ERR_CONFLICT, S("这个账号已经绑定了动态口令。"));
    }
    TRY(event_add(c, S("person.totp_bound"), S("person"), c->actor.person_id, STR_NONE));
    return audit_add(
        c, &(struct audit_entry){.op = S("account.totp"),
               .subject = str_format(c->arena, "person:%lld", (long long)c->actor.person_id),
               .outcome = S("ok")});
}

const struct err *enrolment_confirm(
    struct ctx *c, const struct enrolment *e, struct str code, struct strs *codes)
{
    struct binding b = {0};
    uint32_t digits = 0;
    if (!six_digits(c->arena, code, &digits) || !step_of(c, e->seed, digits, INT_NONE, &b.step)) {
        return err_field(c->arena, S("code"),
            S("请输入认证器上现在显示的 6 位数字；如果总是不对，请检查手机的时间"));
    }
    struct str sealed =
        seal(c->arena, c->site->seal_key, KEY_VERSION, seed_place(c, c->actor.person_id), e->seed);
    b.sealed = str_hex(c->arena, sealed.p, sealed.n);
    struct str *v = arena_many(c->arena, ACCOUNT_RECOVERY_CODES, struct str);
    struct buf kept = buf_make(c->arena, 1024);
    for (size_t i = 0; i < ACCOUNT_RECOVERY_CODES; i++) {
        v[i] = in_groups(c->arena, rand_token(c->arena, 7), 6);
        if (i > 0) {
            buf_add_byte(&kept, ' ');
        }
        buf_add(&kept, recovery_kept(c, v[i]));
    }
    b.recovery = buf_str(&kept);
    *codes = (struct strs){v, ACCOUNT_RECOVERY_CODES};
    return ctx_write(c, AUDIENCE_SYSTEM, bind_seed, &b);
}
