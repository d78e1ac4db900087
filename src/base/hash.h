/*
 * hash.h: SHA-256 and HMAC (libsodium), passwords (argon2id), SHA-1 HMAC for TOTP only (own, RFC 2104 over RFC 3174).
 */
#ifndef GK_BASE_HASH_H
#define GK_BASE_HASH_H

#include "base/str.h"

enum { SHA256_BYTES = 32 };

struct sha256 {
    uint8_t b[SHA256_BYTES];
};

struct sha256_stream; /* opaque; lives in an arena */
struct sha256_stream *sha256_begin(struct arena *into);
void sha256_add(struct sha256_stream *s, const void *p, size_t n);
struct sha256 sha256_end(struct sha256_stream *s);
struct sha256 sha256_of(struct str s);
struct sha256 hmac_sha256(struct str key, struct str text);
void hmac_sha1(struct str key, struct str text, uint8_t out[20]);
struct str sha256_hex(struct arena *into, struct sha256 h);

/* Password hash: argon2id t=3 m=64 MiB p=1 (or what GONGKAI_TEST_FAST_HASH=1 lowers it to, in test builds' environments),
 * PHC string up to its salt, then the HMAC-SHA-256 of the tag with the pepper: stored as "<phc>$<64 hex>". The tag itself is
 * not stored, so a stolen table without the pepper cannot be guessed at. False: no memory. */
bool password_hash(struct arena *into, struct str password, struct str pepper, struct str *out);
bool password_check(struct str stored, struct str password, struct str pepper);
/* Were the parameters raised since? */
bool password_is_old(struct str stored);

/* RFC 6238, 6 digits, 30 s. step = unix seconds / 30. */
uint32_t totp_code(struct str seed, int64_t step);

#endif
