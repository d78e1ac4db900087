/*
 * hash_test.c: digests against the vectors of their standards, and passwords.
 */
#include "base/hash.h"
#include "check_main.h"

#include <stdlib.h>
#include <string.h>

static struct str repeat(char c, size_t n)
{
    char *p = arena_alloc(arena, n);
    memset(p, c, n);
    return str_make(p, n);
}

/* FIPS 180-4. */
START_TEST(sha256_as_the_standard_has_it)
{
    ck_assert_str_is(sha256_hex(arena, sha256_of(STR_NONE)),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    ck_assert_str_is(sha256_hex(arena, sha256_of(S("abc"))),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    ck_assert_str_is(sha256_hex(arena, sha256_of(repeat('a', 1000000))),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}
END_TEST

START_TEST(a_stream_gives_the_digest_of_the_whole)
{
    struct str whole = repeat('a', 1000000);
    struct sha256_stream *s = sha256_begin(arena);
    for (size_t at = 0; at < whole.n; at += 777) {
        struct str piece = str_sub(whole, at, at + 777);
        sha256_add(s, piece.p, piece.n);
    }
    sha256_add(s, NULL, 0);
    struct sha256 h = sha256_end(s);
    struct sha256 expected = sha256_of(whole);
    ck_assert_mem_eq(h.b, expected.b, SHA256_BYTES);
}
END_TEST

START_TEST(a_stream_that_has_ended_takes_no_more)
{
    struct sha256_stream *s = sha256_begin(arena);
    (void)sha256_end(s);
    sha256_add(s, "a", 1);
}
END_TEST

/* RFC 4231, cases 1, 2, 3, 6 and 7. */
START_TEST(hmac_sha256_as_the_rfc_has_it)
{
    ck_assert_str_is(sha256_hex(arena, hmac_sha256(repeat(0x0b, 20), S("Hi There"))),
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    ck_assert_str_is(sha256_hex(arena, hmac_sha256(S("Jefe"), S("what do ya want for nothing?"))),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    ck_assert_str_is(sha256_hex(arena, hmac_sha256(repeat((char)0xaa, 20), repeat((char)0xdd, 50))),
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
    ck_assert_str_is(
        sha256_hex(arena, hmac_sha256(repeat((char)0xaa, 131),
                              S("Test Using Larger Than Block-Size Key - Hash Key First"))),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    ck_assert_str_is(
        sha256_hex(arena,
            hmac_sha256(repeat((char)0xaa, 131),
                S("This is a test using a larger than block-size key and a larger than block-size "
                  "data. The key needs to be hashed before being used by the HMAC algorithm."))),
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
}
END_TEST

static struct str sha1_hex(struct str key, struct str text)
{
    uint8_t out[20];
    hmac_sha1(key, text, out);
    return str_hex(arena, out, sizeof out);
}

/* RFC 2202, section 3. */
START_TEST(hmac_sha1_as_the_rfc_has_it)
{
    ck_assert_str_is(
        sha1_hex(repeat(0x0b, 20), S("Hi There")), "b617318655057264e28bc0b6fb378c8ef146be00");
    ck_assert_str_is(sha1_hex(S("Jefe"), S("what do ya want for nothing?")),
        "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    ck_assert_str_is(sha1_hex(repeat((char)0xaa, 20), repeat((char)0xdd, 50)),
        "125d7342b9ac11cd91a39af48aa17b4f63f175d3");
    ck_assert_str_is(sha1_hex(repeat((char)0xaa, 80),
                         S("Test Using Larger Than Block-Size Key - Hash Key First")),
        "aa4ae5e15272d00e95705637ce8a3b55ed402112");
    ck_assert_str_is(
        sha1_hex(repeat((char)0xaa, 80),
            S("Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data")),
        "e8e99d0f45237d786d6bbaa7965c7808bbff1a91");
}
END_TEST

/* RFC 6238, appendix B: the last six of the eight digits there. */
START_TEST(totp_as_the_rfc_has_it)
{
    static const struct {
        int64_t seconds;
        uint32_t code;
    } rows[] = {{59, 287082}, {1111111109, 81804}, {1111111111, 50471}, {1234567890, 5924},
        {2000000000, 279037}, {20000000000, 353130}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ck_assert_uint_eq(totp_code(S("12345678901234567890"), rows[i].seconds / 30), rows[i].code);
    }
}
END_TEST

START_TEST(a_password_is_known_again)
{
    struct str a;
    struct str b;
    ck_assert(password_hash(arena, S("正确的密码 horse"), S("pepper"), &a));
    ck_assert(password_hash(arena, S("正确的密码 horse"), S("pepper"), &b));
    ck_assert(!str_eq(a, b));
    ck_assert(password_check(a, S("正确的密码 horse"), S("pepper")));
    ck_assert(password_check(b, S("正确的密码 horse"), S("pepper")));
    ck_assert(!password_check(a, S("正确的密码 horsf"), S("pepper")));
    ck_assert(!password_check(a, S("正确的密码 horse"), S("salt")));
    ck_assert(!password_check(a, STR_NONE, S("pepper")));
    ck_assert(str_starts(a, S("$argon2id$v=19$m=")));
    ck_assert(!password_is_old(a));
}
END_TEST

START_TEST(a_stored_text_that_is_no_hash_lets_nobody_in)
{
    struct str good;
    ck_assert(password_hash(arena, S("x"), S("p"), &good));
    const struct str bad[] = {STR_NONE, S(""), S("$"), S("$$$$$$"), S("!"), S("$argon2id$v=19$"),
        S("$argon2id$v=19$m=8,t=1,p=1$"), S("$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$"),
        S("$argon2id$v=19$m=99999999999,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$00"),
        str_cat(arena, good, S("0")), str_cat(arena, good, S("$")), str_sub(good, 0, good.n - 1),
        str_skip(good, 1), str_replace(arena, good, S("p=1"), S("p=2")),
        str_replace(arena, good, S("t=1"), S("t=0")), str_replace(arena, good, S("t=1"), S("t=-1")),
        str_replace(arena, good, S("t=1"), S("t=2")), str_replace(arena, good, S("m=8"), S("m=7"))};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ck_assert_msg(!password_check(bad[i], S("x"), S("p")), "row %zu", i);
    }
    ck_assert(password_is_old(S("no hash")));
}
END_TEST

START_TEST(the_full_cost_is_that_of_the_security_page)
{
    struct str fast;
    struct str full;
    ck_assert(password_hash(arena, S("x"), S("p"), &fast));
    ck_assert_int_eq(unsetenv("GONGKAI_TEST_FAST_HASH"), 0);
    ck_assert(password_hash(arena, S("x"), S("p"), &full));
    ck_assert(str_starts(full, S("$argon2id$v=19$m=65536,t=3,p=1$")));
    ck_assert(password_check(full, S("x"), S("p")));
    ck_assert(!password_is_old(full));
    ck_assert(password_is_old(fast));
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, sha256_as_the_standard_has_it);
    tcase_add_test(tc, a_stream_gives_the_digest_of_the_whole);
    tcase_add_test_raise_signal(tc, a_stream_that_has_ended_takes_no_more, SIGABRT);
    tcase_add_test(tc, hmac_sha256_as_the_rfc_has_it);
    tcase_add_test(tc, hmac_sha1_as_the_rfc_has_it);
    tcase_add_test(tc, totp_as_the_rfc_has_it);
    tcase_add_test(tc, a_password_is_known_again);
    tcase_add_test(tc, a_stored_text_that_is_no_hash_lets_nobody_in);
    tcase_add_test(tc, the_full_cost_is_that_of_the_security_page);
}
