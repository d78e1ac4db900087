/*
 * static_test.c: the files inside the program have names that carry their digest, and come back
 * whole.
 */
#include "base/hash.h"
#include "check_main.h"
#include "web/embedded.h"
#include "web/static.h"

#include <zlib.h>

static const struct static_file *file_of(const char *name)
{
    const struct static_file *f = static_find(static_url(str_from(name)).safe);
    ck_assert_ptr_nonnull(f);
    ck_assert_str_is(f->name, name);
    return f;
}

START_TEST(a_name_carries_the_digest_of_the_content)
{
    static_start(arena);
    for (size_t i = 0; i < embedded_file_count; i++) {
        const struct static_file *f = file_of(embedded_files[i].name);
        struct str hex = sha256_hex(arena, sha256_of(f->bytes));
        ck_assert(str_starts(f->path, S("/static/")));
        ck_assert(str_has(f->path, str_sub(hex, 0, 8)));
        ck_assert(f->bytes.n > 0 && f->media_type.n > 0);
    }
}
END_TEST

START_TEST(media_types_are_told)
{
    static_start(arena);
    ck_assert_str_is(file_of("gk.css")->media_type, "text/css; charset=utf-8");
    ck_assert_str_is(file_of("gk.js")->media_type, "text/javascript; charset=utf-8");
}
END_TEST

START_TEST(scripts_import_each_other_by_their_hashed_names)
{
    static_start(arena);
    const struct static_file *gk = file_of("gk.js");
    ck_assert(!str_has(gk->bytes, S("\"./autosave.js\"")));
    struct str hashed = str_skip(file_of("autosave.js")->path, sizeof("/static/") - 1);
    ck_assert(str_has(gk->bytes, str_format(arena, "\"./%.*s\"", STR_ARG(hashed))));
}
END_TEST

START_TEST(the_compressed_form_is_the_same_content)
{
    static_start(arena);
    const struct static_file *f = file_of("gk.css");
    ck_assert(f->gzip.n > 0 && f->gzip.n < f->bytes.n / 2);
    char *back = arena_alloc(arena, f->bytes.n);
    uint8_t *packed = arena_alloc(arena, f->gzip.n);
    for (size_t i = 0; i < f->gzip.n; i++) {
        packed[i] = (uint8_t)f->gzip.p[i];
    }
    z_stream z = {.next_in = packed,
        .avail_in = (uInt)f->gzip.n,
        .next_out = (Bytef *)back,
        .avail_out = (uInt)f->bytes.n};
    ck_assert_int_eq(inflateInit2(&z, 15 + 16), Z_OK);
    ck_assert_int_eq(inflate(&z, Z_FINISH), Z_STREAM_END);
    ck_assert_int_eq(inflateEnd(&z), Z_OK);
    ck_assert(str_eq(str_make(back, z.total_out), f->bytes));
}
END_TEST

START_TEST(other_addresses_find_nothing)
{
    static_start(arena);
    ck_assert_ptr_null(static_find(S("/static/gk.css")));
    ck_assert_ptr_null(static_find(S("/static/gk.00000000.css")));
    ck_assert_ptr_null(static_find(S("/static/../etc/passwd")));
    ck_assert_ptr_null(static_find(S("")));
}
END_TEST

START_TEST(the_style_sheet_keeps_its_size)
{
    static_start(arena);
    ck_assert_uint_le(file_of("gk.css")->bytes.n, 15 * 1024);
}
END_TEST

START_TEST(a_name_that_does_not_exist_ends_the_program)
{
    static_start(arena);
    static_url(S("nothing.css"));
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, a_name_carries_the_digest_of_the_content);
    tcase_add_test(tc, media_types_are_told);
    tcase_add_test(tc, scripts_import_each_other_by_their_hashed_names);
    tcase_add_test(tc, the_compressed_form_is_the_same_content);
    tcase_add_test(tc, other_addresses_find_nothing);
    tcase_add_test(tc, the_style_sheet_keeps_its_size);
    tcase_add_test_raise_signal(tc, a_name_that_does_not_exist_ends_the_program, SIGABRT);
}
