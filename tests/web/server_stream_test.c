/*
 * server_stream_test.c: long answers: whole, in constant memory, stopped when nobody listens, never
 * half without saying so.
 */
#include "base/buf.h"
#include "base/limits.h"
#include "probe_cap.h"
#include "web/stream.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LINES = 1000 };

/* Reads a chunked answer to its end: lines of the body, and whether its last chunk came. Nothing is
 * kept. */
struct heard {
    int64_t bytes, lines;
    bool complete;
};

static struct str ask_for(const char *target)
{
    return str_format(arena, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n",
        target, probe.port);
}

static struct heard hear(const char *target, unsigned pause_us)
{
    struct heard h = {0};
    int fd = client_open(probe.port);
    client_write(fd, ask_for(target));
    char piece[65536];
    char tail[8] = "";
    for (ssize_t n = recv(fd, piece, sizeof(piece), 0); n > 0;
         n = recv(fd, piece, sizeof(piece), 0)) {
        h.bytes += n;
        for (ssize_t i = 0; i < n; i++) {
            /* Head and chunk sizes end their lines with CR LF, the lines of the body with LF alone.
             */
            h.lines += piece[i] == '\n' && (i > 0 ? piece[i - 1] : tail[6]) != '\r' ? 1 : 0;
            memmove(tail, tail + 1, 6);
            tail[6] = piece[i];
        }
        usleep(pause_us);
    }
    h.complete = memcmp(tail, "\r\n0\r\n\r\n", 7) == 0;
    close(fd);
    return h;
}

static int64_t memory_kib(void)
{
    char text[4096] = "";
    FILE *f = fopen("/proc/self/statm", "r");
    ck_assert_ptr_nonnull(f);
    size_t n = fread(text, 1, sizeof(text) - 1, f);
    fclose(f);
    struct str rest = str_make(text, n);
    struct str word;
    int64_t pages = 0;
    ck_assert(
        str_next(&rest, ' ', &word) && str_next(&rest, ' ', &word) && str_to_int(word, &pages));
    return pages * sysconf(_SC_PAGESIZE) / 1024;
}

static void without_rates(struct server_config *c)
{
    memset(c->rates, 0, sizeof(c->rates));
}

START_TEST(one_piece_is_an_ordinary_answer)
{
    probe_start(NULL);
    struct reply r = client_get(probe.port, "/stream?pieces=1", "");
    ck_assert_int_eq(r.status, 200);
    ck_assert_ptr_nonnull(reply_line(&r, "content-length").p);
    struct str tag = reply_line(&r, "etag");
    ck_assert_uint_gt(tag.n, 0);
    struct str lines = str_format(arena, "If-None-Match: %.*s\r\n", STR_ARG(tag));
    r = client_get(probe.port, "/stream?pieces=1", str_z(arena, lines));
    ck_assert_int_eq(r.status, 304);
}
END_TEST

START_TEST(a_long_answer_comes_whole)
{
    probe_start(NULL);
    struct heard h = hear("/stream?pieces=30", 0);
    ck_assert(h.complete);
    ck_assert_int_eq(h.lines, 30 * LINES);
    ck_assert_int_eq(atomic_load(&probe.pieces), 30);
    struct reply r = client_head(probe.port, "/stream?pieces=30", "");
    ck_assert_int_eq(r.status, 200);
    ck_assert_uint_eq(r.body.n, 0);
    ck_assert_int_eq(atomic_load(&probe.pieces), 31);
}
END_TEST

START_TEST(a_long_answer_costs_no_more_memory_than_a_short_one)
{
    probe_start(NULL);
    ck_assert(hear("/stream?pieces=20", 0).complete);
    int64_t before = memory_kib();
    struct heard h = hear("/stream?pieces=1000", 0); /* 45 MB */
    ck_assert(h.complete);
    ck_assert_int_eq(h.lines, 1000 * LINES);
    ck_assert_int_gt(h.bytes, 30 * 1000 * 1000);
    ck_assert_int_lt(memory_kib() - before, 20 * 1024);
}
END_TEST

START_TEST(a_client_who_goes_stops_the_work)
{
    probe_start(NULL);
    int fd = client_open(probe.port);
    client_write(fd, ask_for("/stream?pieces=100000"));
    char piece[4096];
    ck_assert_int_gt(recv(fd, piece, sizeof(piece), 0), 0);
    close(fd);
    usleep(300 * 1000);
    int made = atomic_load(&probe.pieces);
    usleep(300 * 1000);
    ck_assert_int_eq(atomic_load(&probe.pieces), made);
    ck_assert_int_lt(made, 2000);
}
END_TEST

START_TEST(a_slow_client_does_not_let_pieces_pile_up)
{
    probe_start(NULL);
    int fd = client_open(probe.port);
    int small = 16 * 1024;
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
    client_write(fd, ask_for("/stream?pieces=100000"));
    usleep(500 * 1000);
    int made = atomic_load(&probe.pieces);
    usleep(500 * 1000);
    ck_assert_int_eq(atomic_load(&probe.pieces), made);
    close(fd);
}
END_TEST

START_TEST(an_error_in_the_middle_is_seen)
{
    probe_start(NULL);
    ck_assert(!hear("/stream?pieces=9&break=5", 0).complete);
    struct reply r = client_get(probe.port, "/stream?pieces=9&break=1", "");
    ck_assert_int_eq(r.status, 500);
    ck_assert(hear("/stream?pieces=3", 0).complete);
}
END_TEST

START_TEST(there_are_not_too_many_at_once)
{
    probe_start(without_rates);
    int fds[STREAMS_MOST];
    char piece[64];
    for (int i = 0; i < STREAMS_MOST; i++) {
        fds[i] = client_open(probe.port);
        client_write(fds[i], ask_for("/stream?pieces=100000"));
        ck_assert_int_gt(recv(fds[i], piece, sizeof(piece), 0), 0);
    }
    struct reply r = client_get(probe.port, "/stream?pieces=9", "");
    ck_assert_int_eq(r.status, 503);
    ck_assert_ptr_nonnull(reply_line(&r, "retry-after").p);
    ck_assert_int_eq(client_get(probe.port, "/p/a", "").status, 200);
    for (int i = 0; i < STREAMS_MOST; i++) {
        close(fds[i]);
    }
    usleep(500 * 1000);
    ck_assert(hear("/stream?pieces=9", 0).complete);
}
END_TEST

START_TEST(a_server_stops_while_a_stream_is_open)
{
    probe_start(NULL);
    int fd = client_open(probe.port);
    client_write(fd, ask_for("/stream?pieces=100000"));
    char piece[64];
    ck_assert_int_gt(recv(fd, piece, sizeof(piece), 0), 0);
    /* Stopped with the case; the client never reads on. */
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, one_piece_is_an_ordinary_answer);
    tcase_add_test(tc, a_long_answer_comes_whole);
    tcase_add_test(tc, a_long_answer_costs_no_more_memory_than_a_short_one);
    tcase_add_test(tc, a_client_who_goes_stops_the_work);
    tcase_add_test(tc, a_slow_client_does_not_let_pieces_pile_up);
    tcase_add_test(tc, an_error_in_the_middle_is_seen);
    tcase_add_test(tc, there_are_not_too_many_at_once);
    tcase_add_test(tc, a_server_stops_while_a_stream_is_open);
}
