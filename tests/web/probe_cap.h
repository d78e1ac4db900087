/*
 * probe_cap.h: a server with a small capability of its own.
 *
 * Public: /p/{name}, /hidden, /big, /file, /file-inline, /broken, /stream. Office: /login (POST,
 * who=<person id>), /logout, /office/form (GET prints token and key in plain text, POST runs
 * probe.note), /office/upload (POST, files), /office/secret (a right nobody has unless given),
 * /office/prove, /office/others, /office/sessions, /office/totp.
 */
#ifndef GK_TESTS_WEB_PROBE_CAP_H
#define GK_TESTS_WEB_PROBE_CAP_H

#include "client.h"
#include "support.h"
#include "web/server.h"
#include "web/session.h"

#include <stdatomic.h>

extern const struct may MAY_PROBE_UPLOAD;
extern const struct may MAY_PROBE_SECRET;

struct probe {
    struct fixture *f;
    struct server *server;
    int port;
    struct file file;  /* what /file sends: "0123456789", 通知.pdf */
    int noted;         /* how often probe.note ran */
    atomic_int pieces; /* made for /stream */
};
extern struct probe probe;

/* Starts it; tune (may be NULL) changes the configuration first. Stopped with the case. */
void probe_start(void (*tune)(struct server_config *c));
/* The same on an engine of the store (see fixture_open). */
void probe_start_on(int engine, void (*tune)(struct server_config *c));
/* The site alone, without a server: for a case that forks one, since a process with threads must not fork. */
void probe_site(int engine);
/* Logs the person in: "gk=…" for a Cookie line. */
const char *probe_login(int64_t person_id);
/* The token of a form of this session. */
const char *probe_token(const char *cookie);
/* Files below <data>/blobs, temporary ones too. */
int probe_blob_count(void);

#endif
