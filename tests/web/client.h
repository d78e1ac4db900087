/*
 * client.h: a client that sends exactly what a test says, and reads one answer.
 */
#ifndef GK_TESTS_WEB_CLIENT_H
#define GK_TESTS_WEB_CLIENT_H

#include "check_main.h"

struct reply {
    int status;      /* 0: no answer */
    struct str head; /* with its status line */
    struct str body;
    bool closed; /* the server closed the connection after it */
};

int client_open(int port);
void client_write(int fd, struct str bytes); /* a server that hangs up early is no failure */
struct reply client_read(int fd, bool no_body);
/* A connection of its own: send, read one answer, see whether the server closes. */
struct reply client_talk(int port, struct str message);
/* lines: more header lines, each with CRLF. */
struct reply client_get(int port, const char *target, const char *lines);
struct reply client_head(int port, const char *target, const char *lines);
struct reply client_post(int port, const char *target, const char *lines, struct str body);
/* With Origin, Host and type of a plain form of this site. */
struct reply client_form(int port, const char *target, const char *cookie, const char *body);

struct str reply_line(const struct reply *r, const char *name);   /* STR_NONE when absent */
struct str reply_cookie(const struct reply *r, const char *name); /* "name=value" of a Set-Cookie */

#endif
