/*
 * sha1.c: SHA-1 after RFC 3174 and its HMAC after RFC 2104, for TOTP (RFC 6238), which fixes this
 * function. Broken for signatures, sound inside HMAC; use it for nothing else.
 */
#include "base/hash.h"

#include <sodium.h>
#include <string.h>

enum { BLOCK = 64, DIGEST = 20 };

struct sha1 {
    uint32_t h[5];
    uint64_t total; /* bytes */
    uint8_t block[BLOCK];
};

static uint32_t rotate(uint32_t x, int n)
{
    return x << n | x >> (32 - n);
}

static uint32_t big_endian(const uint8_t *b)
{
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* The function and constant of round t (RFC 3174, section 5). */
static uint32_t mix(int t, uint32_t b, uint32_t c, uint32_t d)
{
    if (t < 20) {
        return ((b & c) | (~b & d)) + 0x5a827999U;
    }
    if (t < 40) {
        return (b ^ c ^ d) + 0x6ed9eba1U;
    }
    if (t < 60) {
        return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdcU;
    }
    return (b ^ c ^ d) + 0xca62c1d6U;
}

static void take_block(struct sha1 *s)
{
    uint32_t w[80];
    for (int t = 0; t < 16; t++) {
        w[t] = big_endian(s->block + 4 * t);
    }
    for (int t = 16; t < 80; t++) {
        w[t] = rotate(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
    }
    uint32_t a = s->h[0];
    uint32_t b = s->h[1];
    uint32_t c = s->h[2];
    uint32_t d = s->h[3];
    uint32_t e = s->h[4];
    for (int t = 0; t < 80; t++) {
        uint32_t next = rotate(a, 5) + mix(t, b, c, d) + e + w[t];
        e = d;
        d = c;
        c = rotate(b, 30);
        b = a;
        a = next;
    }
    s->h[0] += a;
    s->h[1] += b;
    s->h[2] += c;
    s->h[3] += d;
    s->h[4] += e;
}

static struct sha1 begin(void)
{
    return (struct sha1){
        .h = {0x67452301U, 0xefcdab89U, 0x98badcfeU, 0x10325476U, 0xc3d2e1f0U},
    };
}

static void add(struct sha1 *s, const void *p, size_t n)
{
    const uint8_t *b = p;
    for (size_t i = 0; i < n; i++) {
        s->block[s->total++ % BLOCK] = b[i];
        if (s->total % BLOCK == 0) {
            take_block(s);
        }
    }
}

static void end(struct sha1 *s, uint8_t out[DIGEST])
{
    uint64_t bits = s->total * 8;
    add(s, "\x80", 1);
    while (s->total % BLOCK != BLOCK - 8) {
        add(s, "", 1);
    }
    uint8_t length[8];
    for (int i = 0; i < 8; i++) {
        length[i] = (uint8_t)(bits >> (56 - 8 * i));
    }
    add(s, length, sizeof length);
    for (int i = 0; i < DIGEST; i++) {
        out[i] = (uint8_t)(s->h[i / 4] >> (24 - 8 * (i % 4)));
    }
}

/* One of the two passes of HMAC: the key, xored with pad, goes in front. */
static void pass(const uint8_t key[BLOCK], uint8_t pad, struct str text, uint8_t out[DIGEST])
{
    uint8_t padded[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
        padded[i] = key[i] ^ pad;
    }
    struct sha1 s = begin();
    add(&s, padded, BLOCK);
    add(&s, text.p, text.n);
    end(&s, out);
    sodium_memzero(padded, sizeof padded);
}

void hmac_sha1(struct str key, struct str text, uint8_t out[20])
{
    uint8_t whole[BLOCK] = {0};
    if (key.n > BLOCK) {
        struct sha1 s = begin();
        add(&s, key.p, key.n);
        end(&s, whole);
    } else if (key.n > 0) {
        memcpy(whole, key.p, key.n);
    }
    uint8_t inner[DIGEST];
    pass(whole, 0x36, text, inner);
    pass(whole, 0x5c, str_make((const char *)inner, sizeof inner), out);
    sodium_memzero(whole, sizeof whole);
}
