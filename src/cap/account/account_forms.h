/* account_forms.h: what the page files of this capability share. */
#ifndef GK_CAP_ACCOUNT_FORMS_H
#define GK_CAP_ACCOUNT_FORMS_H

#include "cap/account/account_inside.h"
#include "cap/account/account_pages.h"
#include "cap/account/account_reads.h"

/* A local address of the office to go on to; /office when it is none. */
struct str local_next(struct exchange *ex, struct str wanted);
/* The operation with the form and the fields of the address; on success 303. An operation that wants a fresh proof sends to the
 * proof page and back to `back`. Other refusals: again(ex, fault) shows the page with them. */
typedef const struct err *again_fn(struct exchange *ex, const struct err *fault);
const struct err *form_op(struct exchange *ex, const char *op, struct values form, struct str back, again_fn *again);
/* The form with further values (ids of the address, made codes) in front. */
struct values form_with(struct exchange *ex, const struct value *more, size_t n);
struct str param_text(struct exchange *ex, const char *name);
/* Is it a fault to be shown in the form, and not an error page? */
bool is_form_fault(const struct err *e);
struct faults faults_shown(struct exchange *ex, const struct err *e);
struct options unit_options(struct exchange *ex, struct units units, struct str chosen);
struct str id_text(struct exchange *ex, int64_t id);
struct str moment_or_dash(struct exchange *ex, struct instant t);
struct url url_format(struct exchange *ex, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
