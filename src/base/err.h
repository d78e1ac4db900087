/*
 * err.h: the world is not as hoped.
 *
 * Three things go wrong and are treated differently (docs/tour.md): the world (this file: an error is a pointer, NULL is
 * well), the program (`must`, always on, ends the worker), and something missing for a step (a list of reasons,
 * core/reasons.h). An err lives in the arena of the work. Its words are for the person who reads them: Chinese, what to do.
 */
#ifndef GK_BASE_ERR_H
#define GK_BASE_ERR_H

#include "base/str.h"

/*      id           HTTP  exit  audited-as */
#define ERR_KINDS(X)                                                                               \
    X(ERR_INVALID,   422,  65,  "invalid")   /* input breaks a rule; carries fields */             \
    X(ERR_UNKNOWN,   404,  66,  "unknown")   /* no such thing, or not for you to know */           \
    X(ERR_LOGIN,     401,  77,  "login")     /* who are you? */                                    \
    X(ERR_DENIED,    403,  77,  "denied")    /* you may not */                                     \
    X(ERR_CONFLICT,  409,  75,  "conflict")  /* the world moved: version or state */               \
    X(ERR_NOT_YET,   422,  65,  "not-yet")   /* steps or reasons missing; carries all of them */   \
    X(ERR_LIMIT,     429,  69,  "limit")     /* too much, too often */                             \
    X(ERR_TOO_LARGE, 413,  69,  "too-large") /* one thing larger than its maximum */               \
    X(ERR_BUSY,      503,  75,  "busy")      /* try again */                                       \
    X(ERR_FAULT,     500,  70,  "fault")     /* disk, network, foreign system */

enum err_kind {
#define X(id, http, exit, name) id,
    ERR_KINDS(X)
#undef X
};

/* One fault of one input field, in words for the person at the form. */
struct fault {
    struct str field; /* name of the field in the form; empty: the whole form */
    struct str words; /* what to do, in Chinese */
};

struct faults {
    const struct fault *v;
    size_t n;
};

struct err {
    enum err_kind kind;
    struct str words;     /* for the person: Chinese, one or two sentences */
    struct faults faults; /* ERR_INVALID: by field; ERR_NOT_YET: the reasons (field may be empty) */
    struct str facts;     /* for the diagnostics only: never shown, never personal data */
    int retry_after_s;    /* ERR_LIMIT, ERR_BUSY: seconds, 0 = not said */
};

const struct err *err_make(struct arena *into, enum err_kind kind, struct str words);
/* The same with words formatted; facts for the log may be added by the caller. */
struct err *err_format(struct arena *into, enum err_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* A fault of the system: words are the general ones, facts go to the diagnostics. */
const struct err *err_fault(struct arena *into, const char *facts_format, ...) __attribute__((format(printf, 2, 3)));
/* One field is wrong. */
const struct err *err_field(struct arena *into, struct str field, struct str words);
const struct err *err_faults(struct arena *into, enum err_kind kind, struct faults faults);

int err_http(enum err_kind kind);
int err_exit(enum err_kind kind);
struct str err_name(enum err_kind kind);

/* The only macro that may hide a return. */
#define TRY(expression)                                                                            \
    do {                                                                                           \
        const struct err *err_of_try_ = (expression);                                              \
        if (err_of_try_ != NULL) {                                                                 \
            return err_of_try_;                                                                    \
        }                                                                                          \
    } while (0)

/* The program is wrong if this is false. Always on; writes where and ends the process (abort). Never on input. */
#define must(condition)                                                                            \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            must_failed(#condition, __FILE__, __LINE__);                                           \
        }                                                                                          \
    } while (0)
_Noreturn void must_failed(const char *condition, const char *file, int line);

#endif
