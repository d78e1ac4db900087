/*
 * seal_test.c: secrets at rest open with their key, in their place, and not otherwise.
 */
#include "base/seal.h"
#include "check_main.h"

static struct str unhexed(const char *hex)
{
    struct str s = str_from(hex);
    char *p = arena_alloc(arena, s.n / 2);
    ck_assert(str_unhex(s, p, s.n / 2));
    return str_make(p, s.n / 2);
}

/* The specification of GCM (McGrew and Viega), test case 16: AES-256, 60 bytes of text, additional
 * data. */
START_TEST(the_cipher_is_that_of_the_specification)
{
    struct str key = unhexed("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
    struct str nonce = unhexed("cafebabefacedbaddecaf888");
    struct str place = unhexed("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    struct str plain = unhexed(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf"
        "0e2449a6b525b16aedf5aa0de657ba637b39");
    struct str sealed =
        seal_with_nonce(arena, key, 0x01020304, (const uint8_t *)nonce.p, place, plain);
    ck_assert_str_is(str_hex(arena, sealed.p, sealed.n),
        "0101020304"
        "cafebabefacedbaddecaf888"
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b10"
        "56828838c5f61e6393ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b");
}
END_TEST

static struct str key_of(char c)
{
    char *p = arena_alloc(arena, SEAL_KEY_BYTES);
    for (int i = 0; i < SEAL_KEY_BYTES; i++) {
        p[i] = c;
    }
    return str_make(p, SEAL_KEY_BYTES);
}

START_TEST(what_is_sealed_opens_in_its_place_only)
{
    struct str place = seal_place(arena, S("person"), 42, S("totp_seed"));
    ck_assert(str_eq(place, S("person\00042\000totp_seed")));
    struct str sealed = seal(arena, key_of('k'), 7, place, S("秘密"));
    struct str plain;
    ck_assert(unseal(arena, key_of('k'), place, sealed, &plain));
    ck_assert_str_is(plain, "秘密");

    struct str other_row = seal_place(arena, S("person"), 43, S("totp_seed"));
    ck_assert(!unseal(arena, key_of('k'), other_row, sealed, &plain));
    ck_assert(!unseal(arena, key_of('j'), place, sealed, &plain));
    ck_assert(!unseal(arena, S("short"), place, sealed, &plain));
    ck_assert_uint_eq(plain.n, 0);
    /* The same text twice looks different. */
    ck_assert(!str_eq(sealed, seal(arena, key_of('k'), 7, place, S("秘密"))));
}
END_TEST

START_TEST(an_empty_secret_is_a_secret)
{
    struct str place = seal_place(arena, S("t"), -1, S("c"));
    struct str sealed = seal(arena, key_of('k'), 1, place, STR_NONE);
    struct str plain;
    ck_assert(unseal(arena, key_of('k'), place, sealed, &plain));
    ck_assert_uint_eq(plain.n, 0);
}
END_TEST

START_TEST(every_changed_or_missing_byte_is_noticed)
{
    struct str place = seal_place(arena, S("t"), 1, S("c"));
    struct str sealed = seal(arena, key_of('k'), 1, place, S("abc"));
    struct str plain;
    for (size_t at = 0; at < sealed.n; at++) {
        ck_assert(!unseal(arena, key_of('k'), place, str_sub(sealed, 0, at), &plain));
        bool is_version = at >= 1 && at < 5; /* tells which key to take; the key itself decides */
        char *p = arena_alloc(arena, sealed.n);
        for (size_t i = 0; i < sealed.n; i++) {
            p[i] = (char)(sealed.p[i] ^ (i == at ? 1 : 0));
        }
        bool opens = unseal(arena, key_of('k'), place, str_make(p, sealed.n), &plain);
        ck_assert_msg(opens == is_version, "byte %zu", at);
    }
}
END_TEST

START_TEST(a_key_of_another_length_ends_the_worker)
{
    (void)seal(arena, S("short"), 1, S("place"), S("x"));
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, the_cipher_is_that_of_the_specification);
    tcase_add_test(tc, what_is_sealed_opens_in_its_place_only);
    tcase_add_test(tc, an_empty_secret_is_a_secret);
    tcase_add_test(tc, every_changed_or_missing_byte_is_noticed);
    tcase_add_test_raise_signal(tc, a_key_of_another_length_ends_the_worker, SIGABRT);
}
