/*
 * hash.c: digests and passwords by libsodium.
 *
 * What is stored of a password is the head of the PHC string (parameters and salt) and an HMAC of
 * the argon2id tag under the pepper. The tag itself is not stored: who steals the table without the
 * key file cannot even begin to guess.
 */
#include "base/hash.h"

#include "base/err.h"
#include "base/rand.h"

#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    COST_PASSES = 3,
    COST_KIB = 64 * 1024,
    COST_FAST_KIB = 8, /* the least that argon2id takes */
    COST_MAX_PASSES = 16,
    COST_MAX_KIB = 1024 * 1024,
    TAG_BYTES = 32,
    SALT_BYTES = crypto_pwhash_SALTBYTES,
};

static void start_sodium(void)
{
    must(sodium_init() >= 0);
}

static void need_sodium(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    must(pthread_once(&once, start_sodium) == 0);
}

struct sha256_stream {
    crypto_hash_sha256_state state;
    bool is_ended;
};

struct sha256_stream *sha256_begin(struct arena *into)
{
    need_sodium();
    struct sha256_stream *s = arena_new(into, struct sha256_stream);
    must(crypto_hash_sha256_init(&s->state) == 0);
    return s;
}

void sha256_add(struct sha256_stream *s, const void *p, size_t n)
{
    must(!s->is_ended);
    if (n > 0) {
        must(crypto_hash_sha256_update(&s->state, p, n) == 0);
    }
}

struct sha256 sha256_end(struct sha256_stream *s)
{
    must(!s->is_ended);
    struct sha256 h;
    must(crypto_hash_sha256_final(&s->state, h.b) == 0);
    s->is_ended = true;
    return h;
}

static const uint8_t *bytes_of(struct str s)
{
    return (const uint8_t *)(s.p == NULL ? "" : s.p);
}

struct sha256 sha256_of(struct str s)
{
    need_sodium();
    struct sha256 h;
    must(crypto_hash_sha256(h.b, bytes_of(s), s.n) == 0);
    return h;
}

struct sha256 hmac_sha256(struct str key, struct str text)
{
    need_sodium();
    struct sha256 h;
    crypto_auth_hmacsha256_state state;
    must(crypto_auth_hmacsha256_init(&state, bytes_of(key), key.n) == 0);
    must(crypto_auth_hmacsha256_update(&state, bytes_of(text), text.n) == 0);
    must(crypto_auth_hmacsha256_final(&state, h.b) == 0);
    sodium_memzero(&state, sizeof state);
    return h;
}

struct str sha256_hex(struct arena *into, struct sha256 h)
{
    return str_hex(into, h.b, sizeof h.b);
}

struct cost {
    int64_t passes, kib;
};

static struct cost cost_now(void)
{
    const char *fast = getenv("GONGKAI_TEST_FAST_HASH"); // NOLINT(concurrency-mt-unsafe)
    if (fast != NULL && strcmp(fast, "1") == 0) {
        return (struct cost){1, COST_FAST_KIB};
    }
    return (struct cost){COST_PASSES, COST_KIB};
}

/* The argon2id tag under the pepper, in hex; false: no memory. */
static bool peppered(struct cost cost, const uint8_t salt[SALT_BYTES], struct str password,
    struct str pepper, char out[2 * SHA256_BYTES + 1])
{
    uint8_t tag[TAG_BYTES];
    if (password.n > crypto_pwhash_PASSWD_MAX ||
        crypto_pwhash(tag, sizeof tag, (const char *)bytes_of(password), password.n, salt,
            (unsigned long long)cost.passes, (size_t)cost.kib * 1024,
            crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return false;
    }
    struct sha256 h = hmac_sha256(pepper, str_make((const char *)tag, sizeof tag));
    sodium_memzero(tag, sizeof tag);
    sodium_bin2hex(out, 2 * SHA256_BYTES + 1, h.b, sizeof h.b);
    return true;
}

bool password_hash(struct arena *into, struct str password, struct str pepper, struct str *out)
{
    need_sodium();
    uint8_t salt[SALT_BYTES];
    rand_bytes(salt, sizeof salt);
    struct cost cost = cost_now();
    char hex[2 * SHA256_BYTES + 1];
    *out = STR_NONE;
    if (!peppered(cost, salt, password, pepper, hex)) {
        return false;
    }
    char text[sodium_base64_ENCODED_LEN(SALT_BYTES, sodium_base64_VARIANT_ORIGINAL_NO_PADDING)];
    sodium_bin2base64(
        text, sizeof text, salt, sizeof salt, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    *out = str_format(into, "$argon2id$v=19$m=%lld,t=%lld,p=1$%s$%s", (long long)cost.kib,
        (long long)cost.passes, text, hex);
    return true;
}

struct stored {
    struct cost cost;
    uint8_t salt[SALT_BYTES];
    struct str hex;
};

/* A decimal after its name, as in "m=65536". */
static bool read_parameter(struct str text, struct str name, int64_t max, int64_t *out)
{
    return str_starts(text, name) && str_to_int(str_skip(text, name.n), out) && *out >= 1 &&
           *out <= max;
}

static bool read_stored(struct str text, struct stored *out)
{
    struct str head = S("$argon2id$v=19$");
    if (!str_starts(text, head)) {
        return false;
    }
    struct str rest = str_skip(text, head.n);
    struct str cost;
    struct str salt;
    struct str part;
    (void)str_next(&rest, '$', &cost);
    if (!str_next(&rest, '$', &salt) || !str_next(&rest, '$', &out->hex) || rest.p != NULL) {
        return false;
    }
    if (!str_next(&cost, ',', &part) ||
        !read_parameter(part, S("m="), COST_MAX_KIB, &out->cost.kib) ||
        !str_next(&cost, ',', &part) ||
        !read_parameter(part, S("t="), COST_MAX_PASSES, &out->cost.passes) ||
        !str_eq(cost, S("p=1")) || out->cost.kib < COST_FAST_KIB) {
        return false;
    }
    size_t n = 0;
    return sodium_base642bin(out->salt, SALT_BYTES, salt.p, salt.n, NULL, &n, NULL,
               sodium_base64_VARIANT_ORIGINAL_NO_PADDING) == 0 &&
           n == SALT_BYTES && out->hex.n == (size_t)2 * SHA256_BYTES;
}

bool password_check(struct str stored, struct str password, struct str pepper)
{
    need_sodium();
    struct stored s;
    char hex[2 * SHA256_BYTES + 1];
    if (!read_stored(stored, &s) || !peppered(s.cost, s.salt, password, pepper, hex)) {
        return false;
    }
    return str_eq_secret(s.hex, str_make(hex, (size_t)2 * SHA256_BYTES));
}

bool password_is_old(struct str stored)
{
    struct stored s;
    struct cost now = cost_now();
    return !read_stored(stored, &s) || s.cost.passes < now.passes || s.cost.kib < now.kib;
}

uint32_t totp_code(struct str seed, int64_t step)
{
    must(step >= 0);
    uint8_t counter[8];
    for (int i = 0; i < 8; i++) {
        counter[i] = (uint8_t)((uint64_t)step >> (56 - 8 * i));
    }
    uint8_t mac[20];
    hmac_sha1(seed, str_make((const char *)counter, sizeof counter), mac);
    /* RFC 4226, 5.3: the low four bits of the last byte say where the 31 bits are taken. */
    const uint8_t *at = mac + (mac[19] & 15);
    uint32_t bits = (at[0] & 0x7fU) << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    return bits % 1000000;
}
