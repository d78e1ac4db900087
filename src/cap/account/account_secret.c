/* account_secret.c: passwords through the gate, codes as they are kept. */
#include "base/buf.h"
#include "base/hash.h"
#include "base/rand.h"
#include "cap/account/account_inside.h"

#include <pthread.h>

#include "base/ban.h"

static const struct err *too_busy(struct ctx *c)
{
    struct err *e = err_format(c->arena, ERR_BUSY, "现在登录的人太多，请过半分钟再试。");
    e->retry_after_s = 30;
    return e;
}

const struct err *secret_hash(struct ctx *c, struct str password, struct str *stored)
{
    must(c->tx == NULL); /* a quarter of a second is too long for a locked store */
    if (!hash_gate_enter()) {
        return too_busy(c);
    }
    bool made = password_hash(c->arena, password, c->site->pepper, stored);
    hash_gate_leave();
    return made ? NULL : err_fault(c->arena, "no memory for a password hash");
}

/* A hash of a random password, made once in a process with the parameters of today: unknown names
 * cost what known ones do. */
static pthread_mutex_t nobody_lock = PTHREAD_MUTEX_INITIALIZER;
static char nobody_hash[512];
static size_t nobody_n;

static const struct err *nobody_stored(struct ctx *c, struct str *out)
{
    pthread_mutex_lock(&nobody_lock);
    bool ready = nobody_n > 0;
    pthread_mutex_unlock(&nobody_lock);
    if (!ready) {
        struct str made = STR_NONE;
        TRY(secret_hash(c, rand_token(c->arena, 16), &made));
        must(made.n < sizeof(nobody_hash));
        pthread_mutex_lock(&nobody_lock);
        if (nobody_n == 0) {
            memcpy(nobody_hash, made.p, made.n);
            nobody_n = made.n;
        }
        pthread_mutex_unlock(&nobody_lock);
    }
    *out = str_make(nobody_hash, nobody_n); /* never changes once it is there */
    return NULL;
}

const struct err *secret_check(struct ctx *c, struct str stored, struct str password, bool *good)
{
    must(c->tx == NULL);
    *good = false;
    struct str nobody = STR_NONE;
    TRY(nobody_stored(c, &nobody)); /* also for known names: the first log-in of a process pays for
                                       it, whoever it is */
    if (!hash_gate_enter()) {
        return too_busy(c);
    }
    bool equal = password_check(stored.n > 0 ? stored : nobody, password, c->site->pepper);
    hash_gate_leave();
    *good = equal && stored.n > 0;
    return NULL;
}

const struct err *account_password_make(struct ctx *c, struct str password, struct str *stored)
{
    return secret_hash(c, password, stored);
}

struct str in_groups(struct arena *into, struct str s, size_t size)
{
    struct buf b = buf_make(into, s.n * 2 + 1);
    for (size_t i = 0; i < s.n; i++) {
        if (i > 0 && i % size == 0) {
            buf_add_byte(&b, '-');
        }
        buf_add_byte(&b, s.p[i]);
    }
    return buf_str(&b);
}

struct str account_code_make(struct arena *into)
{
    return in_groups(into, rand_token(into, 15), 6);
}

/* People type codes with and without groups, in capitals, with blanks around. */
static struct str code_plain(struct arena *into, struct str code)
{
    struct str low = str_lower(into, code);
    struct buf b = buf_make(into, low.n + 1);
    for (size_t i = 0; i < low.n; i++) {
        char x = low.p[i];
        if ((x >= 'a' && x <= 'z') || (x >= '0' && x <= '9')) {
            buf_add_byte(&b, x);
        }
    }
    return buf_str(&b);
}

static struct str kept(struct ctx *c, struct str what, struct str code)
{
    struct str text = str_cat(c->arena, what, code_plain(c->arena, code));
    return sha256_hex(c->arena, hmac_sha256(c->site->token_key, text));
}

struct str activation_kept(struct ctx *c, struct str code)
{
    return kept(c, S("activation\n"), code);
}

struct str recovery_kept(struct ctx *c, struct str code)
{
    return str_sub(kept(c, S("recovery\n"), code), 0, 32);
}

struct str base32_of(struct arena *into, const uint8_t *p, size_t n)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    struct buf b = buf_make(into, n * 2 + 8);
    uint32_t have = 0;
    int bits = 0;
    for (size_t i = 0; i < n; i++) {
        have = (have << 8 | p[i]) & 0xffff;
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            buf_add_byte(&b, letters[(have >> bits) & 31]);
        }
    }
    if (bits > 0) {
        buf_add_byte(&b, letters[(have << (5 - bits)) & 31]);
    }
    return buf_str(&b);
}
