/*
 * server_load_test.c: nobody is disturbed by the others.
 */
#include "base/clock.h"
#include "base/limits.h"
#include "probe_cap.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { IDLE = 2000, SLOW = 200 };

static void allow_descriptors(void)
{
    struct rlimit r;
    getrlimit(RLIMIT_NOFILE, &r);
    r.rlim_cur = r.rlim_max < 8192 ? r.rlim_max : 8192;
    setrlimit(RLIMIT_NOFILE, &r);
    ck_assert_uint_ge(r.rlim_cur, 2 * IDLE + 300);
}

/* The slowest of 50 readers, in milliseconds. */
static int64_t slowest_read(void)
{
    int64_t worst = 0;
    for (int i = 0; i < 50; i++) {
        int64_t from = clock_mono_us();
        int fd = client_open(probe.port);
        client_write(fd, S("GET /big HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
        ck_assert_int_eq(client_read(fd, false).status, 200);
        close(fd);
        int64_t took = (clock_mono_us() - from) / 1000;
        worst = took > worst ? took : worst;
    }
    return worst;
}

static void without_rates(struct server_config *c)
{
    memset(c->rates, 0, sizeof(c->rates));
}

START_TEST(two_thousand_idle_connections_cost_a_reader_nothing)
{
    allow_descriptors();
    probe_start(without_rates);
    static int fds[IDLE];
    for (int i = 0; i < IDLE; i++) {
        fds[i] = client_open(probe.port);
        if (i < SLOW) {
            client_write(fds[i], S("GET /big HTTP/1.1\r\nHost: 127")); /* half a head */
        }
    }
    int64_t worst = slowest_read();
    ck_assert_msg(worst < 2000, "slowest of 50 readers: %lld ms", (long long)worst);
    /* They are all still there. */
    for (int i = 0; i < IDLE; i++) {
        client_write(fds[i],
            i < SLOW ? S(".0.0.1\r\n\r\n") : S("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
        ck_assert_int_eq(client_read(fds[i], false).status, 200);
        close(fds[i]);
    }
}
END_TEST

static void few_per_address(struct server_config *c)
{
    c->per_address = 5;
}

START_TEST(connections_of_one_address_have_a_maximum)
{
    probe_start(few_per_address);
    int fds[20];
    int served = 0;
    for (int i = 0; i < 20; i++) {
        fds[i] = client_open(probe.port);
        client_write(fds[i], S("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
        served += client_read(fds[i], false).status == 200 ? 1 : 0;
    }
    ck_assert_int_eq(served, 5);
    for (int i = 0; i < 20; i++) {
        close(fds[i]);
    }
}
END_TEST

static void one_worker_short_queue(struct server_config *c)
{
    c->workers = 1;
    c->queue = 1;
    c->io_threads = 2;
}

static atomic_int busy, well, other;

static void *flood(void *arg)
{
    (void)arg;
    for (int i = 0; i < 40; i++) {
        int fd = client_open(probe.port);
        client_write(
            fd, S("GET /big HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n"));
        char head[16] = "";
        ssize_t n = read(fd, head, 12);
        atomic_fetch_add(n == 12 && memcmp(head + 9, "200", 3) == 0   ? &well
                         : n == 12 && memcmp(head + 9, "503", 3) == 0 ? &busy
                                                                      : &other,
            1);
        close(fd);
    }
    return NULL;
}

START_TEST(full_queue_says_so_and_loses_nobody)
{
    probe_start(one_worker_short_queue);
    pthread_t threads[8];
    for (int i = 0; i < 8; i++) {
        ck_assert_int_eq(pthread_create(&threads[i], NULL, flood, NULL), 0);
    }
    for (int i = 0; i < 8; i++) {
        pthread_join(threads[i], NULL);
    }
    ck_assert_int_eq(atomic_load(&other), 0);
    ck_assert_int_eq(atomic_load(&well) + atomic_load(&busy), 320);
    ck_assert_int_gt(atomic_load(&well), 0);
    ck_assert_int_gt(atomic_load(&busy), 0);
    ck_assert_int_eq(client_get(probe.port, "/big", "").status, 200);
}
END_TEST

START_TEST(clients_that_leave_while_they_wait_do_no_harm)
{
    probe_start(one_worker_short_queue);
    for (int i = 0; i < 300; i++) {
        int fd = client_open(probe.port);
        client_write(fd, S("GET /big HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
        close(fd);
    }
    for (int i = 0; i < 100; i++) {
        if (client_get(probe.port, "/big", "").status == 200) {
            return;
        }
        usleep(20 * 1000);
    }
    ck_abort_msg("the server does not answer any more");
}
END_TEST

static void unix_socket(struct server_config *c)
{
    c->unix_path = str_format(arena, "%s/web.sock", check_dir());
}

START_TEST(unix_socket_appears_and_goes_with_the_server)
{
    probe_start(unix_socket);
    struct str path = str_format(arena, "%s/web.sock", check_dir());
    ck_assert_int_eq(access(str_z(arena, path), F_OK), 0);
}
END_TEST

START_TEST(sigterm_ends_it_after_the_answers_under_way)
{
    probe_site(0);
    struct str path = str_format(arena, "%s/child.sock", check_dir());
    pid_t child = fork();
    if (child == 0) {
        struct arena *own = arena_open(MIB(64));
        struct server_config c = server_config_make();
        c.unix_path = path;
        c.site = &probe.f->site;
        c.clock = &probe.f->clock;
        c.tenant = probe.f->tenant;
        c.public_db = probe.f->config;
        c.office_db = probe.f->config;
        _exit(server_run(own, &c) == NULL ? 7 : 1);
    }
    for (int i = 0; i < 500 && access(str_z(arena, path), F_OK) != 0; i++) {
        usleep(10 * 1000);
    }
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    memcpy(a.sun_path, path.p, path.n);
    int connected = -1;
    for (int i = 0; i < 500 && connected != 0; i++) { /* it is there before it listens */
        connected = connect(fd, (const struct sockaddr *)(const void *)&a, sizeof(a));
        usleep(connected != 0 ? 10 * 1000 : 0);
    }
    ck_assert_int_eq(connected, 0);
    client_write(fd, S("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    ck_assert_int_eq(client_read(fd, false).status, 200);
    ck_assert_int_eq(kill(child, SIGTERM), 0);
    int how = 0;
    ck_assert_int_eq(waitpid(child, &how, 0), child);
    ck_assert(WIFEXITED(how));
    ck_assert_int_eq(WEXITSTATUS(how), 7);
    ck_assert_int_ne(access(str_z(arena, path), F_OK), 0);
    close(fd);
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, two_thousand_idle_connections_cost_a_reader_nothing);
    tcase_add_test(tc, connections_of_one_address_have_a_maximum);
    tcase_add_test(tc, full_queue_says_so_and_loses_nobody);
    tcase_add_test(tc, clients_that_leave_while_they_wait_do_no_harm);
    tcase_add_test(tc, unix_socket_appears_and_goes_with_the_server);
    tcase_add_test(tc, sigterm_ends_it_after_the_answers_under_way);
}
