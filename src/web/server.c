#include "web/server.h"

#include "base/ban.h"
#include "base/diag.h"
#include "base/limits.h"
#include "web/inside.h"
#include "web/static.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { STOP_WAIT_MS = 10000, LISTEN_BACKLOG = 1024, PER_ADDRESS = 64, SPARE_DESCRIPTORS = 256 };

struct server_config server_config_make(void)
{
    return (struct server_config){
        .address = S("127.0.0.1"),
        .port = 8080,
        .sides = SERVE_BOTH,
        .queue = 256,
        .connections = 4096,
        .idle_s = 60,
        .head_bytes = LIMIT_HEAD_BYTES,
        .form_bytes = LIMIT_FORM_BYTES,
        .body_form_bytes = LIMIT_BODY_FORM_BYTES,
        .upload_bytes = LIMIT_UPLOAD_BYTES,
        .upload_form_bytes = 4 * LIMIT_UPLOAD_BYTES,
        .fields = LIMIT_FIELDS,
        .arena_bytes = LIMIT_WORK_ARENA_BYTES,
        /* Whole schools sit behind one address: bursts are generous, log-in is not. */
        .rates = {[CLASS_PAGE] = {1200, 2000},
            [CLASS_BODY] = {240, 600},
            [CLASS_UPLOAD] = {60, 120},
            [CLASS_LOGIN] = {20, 20},
            [CLASS_FILE] = {1200, 2000}},
        .account_rates = {[CLASS_PAGE] = {600, 600},
            [CLASS_BODY] = {60, 120},
            [CLASS_UPLOAD] = {30, 60},
            [CLASS_LOGIN] = {20, 20},
            [CLASS_FILE] = {600, 600}},
        .session_idle_s = 15 * 60,
        .session_total_s = 8 * 3600,
        .session_most = 3,
    };
}

static void raise_descriptors(int connections)
{
    struct rlimit r;
    if (getrlimit(RLIMIT_NOFILE, &r) != 0) {
        return;
    }
    rlim_t want = (rlim_t)connections + SPARE_DESCRIPTORS;
    if (r.rlim_cur < want) {
        r.rlim_cur = r.rlim_max == RLIM_INFINITY || r.rlim_max > want ? want : r.rlim_max;
        setrlimit(RLIMIT_NOFILE, &r);
    }
}

static const struct err *listen_unix(struct arena *boot, struct str path, int *out)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    if (path.n >= sizeof(a.sun_path)) {
        return err_make(boot, ERR_INVALID, S("套接字路径过长，请换一个较短的路径"));
    }
    memcpy(a.sun_path, path.p, path.n);
    unlink(a.sun_path); /* of a process that was killed */
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || bind(fd, (const struct sockaddr *)(const void *)&a, sizeof(a)) != 0 ||
        chmod(a.sun_path, 0660) != 0 || listen(fd, LISTEN_BACKLOG) != 0) {
        if (fd >= 0) {
            close(fd);
        }
        return err_fault(boot, "cannot listen on %s: %s", a.sun_path, strerror(errno));
    }
    *out = fd;
    return NULL;
}

/* The address in the system's form; its length, or 0. */
static socklen_t address_of(
    struct arena *boot, const struct server_config *c, struct sockaddr_storage *a)
{
    const char *z = str_z(boot, c->address);
    struct sockaddr_in *v4 = (struct sockaddr_in *)(void *)a;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)(void *)a;
    if (inet_pton(AF_INET, z, &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons((uint16_t)c->port);
        return sizeof(*v4);
    }
    if (inet_pton(AF_INET6, z, &v6->sin6_addr) == 1) {
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons((uint16_t)c->port);
        return sizeof(*v6);
    }
    return 0;
}

static int port_of(int fd)
{
    struct sockaddr_storage a = {0};
    socklen_t n = sizeof(a);
    if (getsockname(fd, (struct sockaddr *)(void *)&a, &n) != 0) {
        return 0;
    }
    return a.ss_family == AF_INET6 ? ntohs(((struct sockaddr_in6 *)(void *)&a)->sin6_port)
                                   : ntohs(((struct sockaddr_in *)(void *)&a)->sin_port);
}

static const struct err *listen_net(struct arena *boot, struct server *s, int *out)
{
    const struct server_config *c = &s->config;
    struct sockaddr_storage a = {0};
    socklen_t n = address_of(boot, c, &a);
    if (n == 0) {
        return err_make(boot, ERR_INVALID, S("监听地址无法识别，请填写 IPv4 或 IPv6 地址"));
    }
    int one = 1;
    int fd = socket(a.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) != 0 ||
        bind(fd, (const struct sockaddr *)(const void *)&a, n) != 0 ||
        listen(fd, LISTEN_BACKLOG) != 0) {
        int why = errno;
        if (fd >= 0) {
            close(fd);
        }
        return err_format(boot, ERR_FAULT,
            "不能在 %.*s:%d 上监听：%s。请换一个端口，或停止占用它的程序", STR_ARG(c->address),
            c->port, strerror(why));
    }
    s->port = port_of(fd);
    *out = fd;
    return NULL;
}

static bool is_loopback(const struct server_config *c)
{
    return c->unix_path.n > 0 || str_starts(c->address, S("127.")) || str_eq(c->address, S("::1"));
}

static void fill_defaults(struct server_config *c)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    int n = cores > 0 && cores < 64 ? (int)cores : 1;
    c->io_threads = c->io_threads > 0 ? c->io_threads : n;
    c->workers = c->workers > 0 ? c->workers : 4 * n;
    if (c->per_address == 0 && !is_loopback(c)) {
        c->per_address = PER_ADDRESS;
    }
}

static struct server *server_make(struct arena *boot, const struct server_config *config)
{
    struct server_config filled = *config;
    fill_defaults(&filled);
    struct server *s = arena_new(boot, struct server);
    s->boot = boot;
    s->config = filled;
    must(pthread_mutex_init(&s->pool_lock, NULL) == 0);
    s->local = is_loopback(&filled);
    static_start(boot);
    s->rates = rate_make(boot);
    s->routes = route_table_make(boot, web_routes, web_route_count,
        (filled.sides & SERVE_PUBLIC) != 0, (filled.sides & SERVE_OFFICE) != 0);
    return s;
}

const struct err *server_start(
    struct arena *boot, const struct server_config *config, struct server **out)
{
    struct server *s = server_make(boot, config);
    const struct server_config *c = &s->config;
    if (!s->local && c->hosts.n == 0) {
        return err_make(boot, ERR_INVALID, S("对外监听时，请先在设置中写明网站的域名"));
    }
    raise_descriptors(c->connections);
    int fd = -1;
    TRY(c->unix_path.n > 0 ? listen_unix(boot, c->unix_path, &fd) : listen_net(boot, s, &fd));
    TRY(queue_start(boot, s, &s->queue));
    struct engine_config e = {
        .listen_fd = fd,
        .threads = (unsigned)c->io_threads,
        .connections = (unsigned)c->connections,
        .per_address = (unsigned)c->per_address,
        .idle_s = (unsigned)c->idle_s,
        .connection_bytes = c->head_bytes + KIB(8), /* its lines, and the head of the answer */
        .manners = exchange_manners(s),
    };
    TRY(engine_start(boot, &e, &s->engine));
    *out = s;
    return NULL;
}

int server_port(const struct server *s)
{
    return s->port;
}

void server_stop(struct server *s)
{
    atomic_store(&s->stopping, true);
    engine_quiet(s->engine);
    int64_t until = clock_mono_us() + (int64_t)STOP_WAIT_MS * 1000;
    while (atomic_load(&s->open) > 0 && clock_mono_us() < until) {
        usleep(2000);
    }
    queue_stop(s->queue);
    engine_stop(s->engine);
    for (size_t i = 0; i < s->pool_n; i++) {
        arena_close(s->pool[i]);
    }
    s->pool_n = 0;
    if (s->config.unix_path.n > 0) {
        unlink(str_z(s->boot, s->config.unix_path));
    }
}

const struct err *server_run(struct arena *boot, const struct server_config *config)
{
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    signal(SIGPIPE, SIG_IGN);
    struct server *s = NULL;
    TRY(server_start(boot, config, &s));
    struct diag d = diag_make(boot, DIAG_NOTICE, "ready");
    diag_str(&d, "address", config->unix_path.n > 0 ? config->unix_path : config->address);
    diag_int(&d, "port", s->port);
    diag_write(&d);
    int got = 0;
    sigwait(&ends, &got);
    server_stop(s);
    return NULL;
}
