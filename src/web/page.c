/*
 * page.c: the part that all pages have in common, and the ways of a form.
 */
#include "base/ban.h"
#include "base/json.h"
#include "base/rand.h"
#include "core/registry.h"
#include "web/inside.h"
#include "web/session.h"
#include "web/static.h"

enum { FORM_KEY_BYTES = 16, MENU_MOST = 64, JSON_MOST_BYTES = 64 * 1024 };

static bool is_office_href(const char *href)
{
    return strncmp(href, "/office", 7) == 0;
}

static bool is_shown(const struct exchange *ex, const struct menu_item *m, bool office)
{
    if (is_office_href(m->href) != office) {
        return false;
    }
    if (!office || m->may == &MAY_ANYONE) {
        return true;
    }
    if (!ex->session.is || ex->session.needs_totp) {
        return false;
    }
    return m->may == &MAY_SIGNED_IN || may_among(ex->session.mays, m->may);
}

/* The entries of all capabilities, by their order: public pages, or the office's to those who may.
 */
static struct page_links menu(struct exchange *ex, bool office, struct str here)
{
    const struct menu_item *found[MENU_MOST];
    size_t n = 0;
    struct capabilities all = registry_all();
    for (size_t i = 0; i < all.n; i++) {
        for (size_t k = 0; k < all.v[i]->menu_count && n < MENU_MOST; k++) {
            const struct menu_item *m = &all.v[i]->menu[k];
            if (!is_shown(ex, m, office)) {
                continue;
            }
            size_t at = n++;
            while (at > 0 && found[at - 1]->order > m->order) {
                found[at] = found[at - 1];
                at--;
            }
            found[at] = m;
        }
    }
    struct page_link *v = arena_many(ex->ctx.arena, n + 1, struct page_link);
    for (size_t i = 0; i < n; i++) {
        struct str href = str_from(found[i]->href);
        v[i] = (struct page_link){.label = str_from(found[i]->label),
            .url = url_path(ex->ctx.arena, href),
            .here = str_eq(href, here)};
    }
    return (struct page_links){v, n};
}

static void fill_site(const struct exchange *ex, struct page *p)
{
    const struct str *v = ex->settings.v;
    p->site_name = v[SETTING_SITE_NAME];
    p->site_above = v[SETTING_SITE_ABOVE];
    p->site_domain = v[SETTING_SITE_DOMAIN];
    p->site_id_code = v[SETTING_SITE_ID_CODE];
    p->site_filing = v[SETTING_SITE_FILING];
    p->site_host = v[SETTING_SITE_HOST];
    p->site_keeper = v[SETTING_SITE_KEEPER];
    p->site_phone = v[SETTING_SITE_PHONE];
    p->site_hours = v[SETTING_SITE_HOURS];
    p->site_address = v[SETTING_SITE_ADDRESS];
    p->style_url = static_url(S("gk.css"));
    p->script_url = static_url(S("gk.js"));
}

/* The notice is shown once. That it cannot be taken away is no reason not to show the page. */
static struct str take_notice(struct exchange *ex)
{
    struct str words = ex->inside->notice;
    if (words.n > 0 && ex->method == METHOD_GET && !ex->head) {
        session_notice(ex, S(""));
    }
    return words;
}

/* Is there a page of search? The masthead offers only what is there. */
static bool has_search(void)
{
    struct capabilities all = registry_all();
    for (size_t i = 0; i < all.n; i++) {
        for (size_t k = 0; k < all.v[i]->route_count; k++) {
            if (strcmp(all.v[i]->routes[k].pattern, "/search") == 0) {
                return true;
            }
        }
    }
    return false;
}

static void fill_common(struct exchange *ex, struct page *p, struct str title, struct str here)
{
    p->title = title;
    p->size = ex->display_size;
    p->contrast = ex->display_contrast;
    p->demo = ex->ctx.site->demo;
    p->searches = has_search();
    p->office = ex->inside->route != NULL && ex->inside->route->side == SIDE_OFFICE;
    fill_site(ex, p);
    p->nav = menu(ex, p->office, here);
    if (ex->session.is) {
        p->who = ex->session.home_unit.n == 0
                     ? ex->session.name
                     : str_format(ex->ctx.arena, "%.*s　%.*s", STR_ARG(ex->session.home_unit),
                           STR_ARG(ex->session.name));
    }
    if (p->office) {
        p->csrf = csrf_token(ex);
        p->form_key = rand_token(ex->ctx.arena, FORM_KEY_BYTES);
    }
}

void page_begin(struct exchange *ex, struct page *p, struct str title, struct str here)
{
    *p = (struct page){0};
    fill_common(ex, p, title, here);
    p->notice = take_notice(ex);
    p->path = ex->path;
    if (ex->query_raw.n > 0 && ex->method == METHOD_GET) {
        p->path = str_format(ex->ctx.arena, "%.*s?%.*s", STR_ARG(ex->path), STR_ARG(ex->query_raw));
    }
}

void page_of_error(struct exchange *ex, struct page *p, struct str title)
{
    *p = (struct page){0};
    fill_common(ex, p, title, STR_NONE);
    p->path = S("/"); /* the address is not echoed */
}

void page_crumb(struct exchange *ex, struct page *p, const struct page_link *v, size_t n)
{
    struct page_link *kept = arena_many(ex->ctx.arena, n + 1, struct page_link);
    for (size_t i = 0; i < n; i++) {
        kept[i] = v[i];
        kept[i].here = i + 1 == n;
    }
    p->crumb = (struct page_links){kept, n};
}

/* ---- forms ---- */

static const struct err *answer_done(struct exchange *ex, const struct op_done *done)
{
    if (!ex->inside->json) {
        if (done->words.n > 0 && ex->session.is) {
            session_notice(ex, done->words); /* done is done, even if its words are lost */
        }
        return exchange_go(ex, done->location.n > 0 ? done->location : ex->path);
    }
    struct buf b = buf_make(ex->ctx.arena, JSON_MOST_BYTES);
    struct json_writer w = {.out = &b};
    json_open(&w, '{');
    json_key(&w, S("id"));
    json_str(&w, str_from_int(ex->ctx.arena, done->id)); /* too long for a script's number */
    json_key(&w, S("version"));
    json_int(&w, done->version);
    json_key(&w, S("words"));
    json_str(&w, done->words);
    json_key(&w, S("location"));
    json_str(&w, done->location);
    json_key(&w, S("number"));
    json_str(&w, done->number);
    json_close(&w, '}');
    return exchange_bytes(ex, 200, S("application/json"), buf_str(&b));
}

/* Refused files are faults beside those of the operation's own fields, all told at once. */
const struct err *exchange_form_fault(struct exchange *ex, const struct op *op)
{
    struct faults files = ex->inside->form_faults;
    if (files.n == 0) {
        return NULL;
    }
    void *in = arena_alloc(ex->ctx.arena, op->in_size);
    const struct err *e = op_decode(ex->ctx.arena, op->fields, op->field_count, &ex->form, in);
    size_t more = e != NULL && e->kind == ERR_INVALID ? e->faults.n : 0;
    struct fault *v = arena_many(ex->ctx.arena, files.n + more, struct fault);
    memcpy(v, files.v, files.n * sizeof(*v));
    if (more > 0) {
        memcpy(v + files.n, e->faults.v, more * sizeof(*v));
    }
    return err_faults(ex->ctx.arena, ERR_INVALID, (struct faults){v, files.n + more});
}

const struct err *exchange_op(struct exchange *ex, const struct op *op, const struct err **fault)
{
    struct op_done done = {0};
    const struct err *e = exchange_form_fault(ex, op);
    if (e == NULL) {
        struct str key = values_get(&ex->form, S("_key"));
        e = op_run(&ex->ctx, op, &ex->form, key, &done);
    }
    *fault = e;
    return e != NULL ? e : answer_done(ex, &done);
}

struct str form_text(const struct exchange *ex, struct str name, struct str stored)
{
    struct str typed = values_get(&ex->form, name);
    return typed.p != NULL ? typed : stored;
}

struct str fault_of(const struct err *fault, struct str field)
{
    for (size_t i = 0; fault != NULL && i < fault->faults.n; i++) {
        if (str_eq(fault->faults.v[i].field, field)) {
            return fault->faults.v[i].words;
        }
    }
    return S("");
}
