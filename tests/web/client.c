#include "client.h"

#include "base/buf.h"
#include "base/limits.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

int client_open(int port)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ck_assert_int_eq(connect(fd, (const struct sockaddr *)(const void *)&a, sizeof(a)), 0);
    struct timeval patience = {.tv_sec = 20};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
    return fd;
}

void client_write(int fd, struct str bytes)
{
    while (bytes.n > 0) {
        ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
        if (n <= 0) {
            return;
        }
        bytes = str_skip(bytes, (size_t)n);
    }
}

static int64_t length_of(const struct reply *r)
{
    int64_t n = -1;
    struct str v = reply_line(r, "content-length");
    return v.p != NULL && str_to_int(v, &n) ? n : -1;
}

struct reply client_read(int fd, bool no_body)
{
    struct buf b = buf_make(arena, MIB(8));
    struct reply r = {0};
    char piece[16384];
    for (;;) {
        struct str all = buf_str(&b);
        ptrdiff_t end = str_find(all, S("\r\n\r\n"), 0);
        if (end >= 0) {
            int64_t status = 0;
            r.head = str_sub(all, 0, (size_t)end);
            r.body = str_skip(all, (size_t)end + 4);
            str_to_int(str_sub(r.head, 9, 12), &status);
            r.status = (int)status;
            int64_t n = length_of(&r);
            if (r.status == 100) {
                b = buf_make(arena, MIB(8));
                continue;
            }
            if (no_body || r.status == 304 || (n >= 0 && (int64_t)r.body.n >= n)) {
                return r;
            }
        }
        ssize_t n = recv(fd, piece, sizeof(piece), 0);
        if (n <= 0) {
            r.closed = true;
            return r;
        }
        buf_add_bytes(&b, piece, (size_t)n);
    }
}

static struct reply talk(int port, struct str message, bool no_body)
{
    int fd = client_open(port);
    client_write(fd, message);
    struct reply r = client_read(fd, no_body);
    struct timeval patience = {.tv_usec = 300 * 1000};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    char c;
    r.closed = r.closed || recv(fd, &c, 1, 0) == 0;
    close(fd);
    return r;
}

struct reply client_talk(int port, struct str message)
{
    return talk(port, message, false);
}

static struct reply ask(
    int port, const char *method, const char *target, const char *lines, struct str body)
{
    struct str message =
        str_format(arena, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n%s", method,
            target, port, lines);
    if (strcmp(method, "POST") == 0) {
        message = str_format(arena, "%.*sContent-Length: %zu\r\n", STR_ARG(message), body.n);
    }
    message = str_cat(arena, str_cat(arena, message, S("\r\n")), body);
    return talk(port, message, strcmp(method, "HEAD") == 0);
}

struct reply client_get(int port, const char *target, const char *lines)
{
    return ask(port, "GET", target, lines, S(""));
}

struct reply client_head(int port, const char *target, const char *lines)
{
    return ask(port, "HEAD", target, lines, S(""));
}

struct reply client_post(int port, const char *target, const char *lines, struct str body)
{
    return ask(port, "POST", target, lines, body);
}

struct reply client_form(int port, const char *target, const char *cookie, const char *body)
{
    struct str lines = str_format(arena,
        "Origin: http://127.0.0.1:%d\r\nCookie: %s\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n",
        port, cookie);
    return client_post(port, target, str_z(arena, lines), str_from(body));
}

struct str reply_line(const struct reply *r, const char *name)
{
    struct str rest = r->head;
    struct str line;
    while (str_next_line(&rest, &line)) {
        ptrdiff_t colon = str_find_byte(line, ':', 0);
        if (colon > 0 && str_eq_nocase(str_sub(line, 0, (size_t)colon), str_from(name))) {
            return str_trim(str_skip(line, (size_t)colon + 1));
        }
    }
    return STR_NONE;
}

struct str reply_cookie(const struct reply *r, const char *name)
{
    struct str rest = r->head;
    struct str line;
    struct str start = str_format(arena, "Set-Cookie: %s=", name);
    while (str_next_line(&rest, &line)) {
        if (str_starts(line, start)) {
            ptrdiff_t end = str_find_byte(line, ';', 0);
            return str_sub(line, S("Set-Cookie: ").n, end < 0 ? line.n : (size_t)end);
        }
    }
    return STR_NONE;
}
