#include "probe_cap.h"

#include "base/limits.h"
#include "core/event.h"
#include "core/registry.h"
#include "web/layout_views.h"
#include "web/stream.h"
#include "web/parts.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

const struct may MAY_PROBE_UPLOAD = {"probe.upload", "上传"};
const struct may MAY_PROBE_SECRET = {"probe.secret", "机密"};
static const struct may *const mays[] = {&MAY_PROBE_UPLOAD, &MAY_PROBE_SECRET};

struct probe probe;

/* ---- public ---- */

static const struct err *show(struct exchange *ex)
{
    struct page p;
    page_begin(ex, &p, exchange_param(ex, S("name")), S("/"));
    struct status_page s = {.title = exchange_param(ex, S("name"))};
    view_status_page(&ex->out, &p, &s);
    return exchange_page(ex, 200);
}

static const struct err *hidden(struct exchange *ex)
{
    return err_make(ex->ctx.arena, ERR_UNKNOWN, S("这份文件还没有公开"));
}

static const struct err *broken(struct exchange *ex)
{
    return err_fault(ex->ctx.arena, "disk of %s", "straw");
}

static const struct err *big(struct exchange *ex)
{
    if (exchange_etag(ex, S("edition-7"))) {
        return NULL;
    }
    for (int i = 0; i < 500; i++) {
        buf_add(&ex->out.buf, S("政府信息公开工作年度报告。\n"));
    }
    return exchange_bytes(ex, 200, S("text/plain; charset=utf-8"), buf_str(&ex->out.buf));
}

static const struct err *file(struct exchange *ex)
{
    return exchange_blob(ex, &probe.file, false);
}

static const struct err *file_inline(struct exchange *ex)
{
    return exchange_blob(ex, &probe.file, true);
}

/* Pieces of 1000 lines with their number: ?pieces=3, and ?break=2 to fail at the second. */
struct long_answer {
    int64_t no, pieces, breaks;
};

static const struct err *long_piece(
    struct exchange *ex, void *state, struct buf *piece, bool *more)
{
    struct long_answer *l = state;
    l->no++;
    atomic_fetch_add(&probe.pieces, 1);
    if (l->no == l->breaks) {
        return err_fault(ex->ctx.arena, "no more straw");
    }
    for (int i = 0; i < 1000; i++) {
        buf_format(piece, "%lld %d 政府信息公开工作年度报告\n", (long long)l->no, i);
    }
    *more = l->no < l->pieces;
    return NULL;
}

static const struct err *long_answer(struct exchange *ex)
{
    struct long_answer *l = arena_new(ex->ctx.arena, struct long_answer);
    l->pieces = 1;
    str_to_int(values_get(&ex->query, S("pieces")), &l->pieces);
    str_to_int(values_get(&ex->query, S("break")), &l->breaks);
    return exchange_stream(ex, S("text/plain; charset=utf-8"), long_piece, l);
}

/* ---- office ---- */

static const struct err *say(struct exchange *ex, const char *words)
{
    return exchange_bytes(ex, 200, S("text/plain; charset=utf-8"), str_from(words));
}

static const struct err *login_form(struct exchange *ex)
{
    struct page p;
    page_begin(ex, &p, S("登录"), S(""));
    return exchange_bytes(ex, 200, S("text/plain; charset=utf-8"), p.csrf);
}

static const struct err *login(struct exchange *ex)
{
    int64_t who = 0;
    must(str_to_int(values_get(&ex->form, S("who")), &who));
    TRY(session_begin(ex, who, SESSION_PASSWORD_ONLY));
    return exchange_go(ex, S("/office/form"));
}

static const struct err *logout(struct exchange *ex)
{
    TRY(session_end(ex));
    return exchange_go(ex, S("/"));
}

static const struct err *form(struct exchange *ex)
{
    struct page p;
    page_begin(ex, &p, S("表单"), S("/office/form"));
    buf_format(&ex->out.buf, "token=%.*s\nkey=%.*s\nwho=%.*s\nnotice=%.*s\nnav=%zu\n",
        STR_ARG(p.csrf), STR_ARG(p.form_key), STR_ARG(p.who), STR_ARG(p.notice), p.nav.n);
    return exchange_bytes(ex, 200, S("text/plain; charset=utf-8"), buf_str(&ex->out.buf));
}

struct note_input {
    struct str title;
    struct files files;
};
static const struct field note_fields[] = {
    FIELD(struct note_input, title, .label = "标题", .kind = FIELD_LINE, .most = 10,
        .required = true),
    FIELD(struct note_input, files, .label = "附件", .kind = FIELD_FILES, .most = 10),
};

static const struct err *note(struct ctx *c, const struct note_input *in, struct op_done *done)
{
    probe.noted++;
    done->id = 7;
    done->words = str_format(c->arena, "已记录：%.*s", STR_ARG(in->title));
    done->location = S("/office/form");
    c->subject = S("probe:7");
    return event_add(c, S("probe.noted"), S("probe"), 7, S(""));
}
OP_ADAPT(note, struct note_input)
static const struct op ops[] = {
    OP("probe.note", "记录", MAY_SIGNED_IN, note_fields, struct note_input, note, OP_PLAIN),
};

static const struct err *note_post(struct exchange *ex)
{
    const struct err *fault = NULL;
    if (exchange_op(ex, &ops[0], &fault) == NULL) {
        return NULL;
    }
    buf_format(&ex->out.buf, "title=%.*s\n", STR_ARG(form_text(ex, S("title"), S(""))));
    for (size_t i = 0; i < fault->faults.n; i++) {
        buf_format(&ex->out.buf, "fault %.*s: %.*s\n", STR_ARG(fault->faults.v[i].field),
            STR_ARG(fault->faults.v[i].words));
    }
    return exchange_bytes(
        ex, err_http(fault->kind), S("text/plain; charset=utf-8"), buf_str(&ex->out.buf));
}

static const struct err *upload(struct exchange *ex)
{
    for (size_t i = 0; i < ex->form.n; i++) {
        const struct value *v = &ex->form.v[i];
        if (v->file != NULL) {
            buf_format(&ex->out.buf, "%.*s %.*s %.*s %lld\n", STR_ARG(v->name),
                STR_ARG(v->file->name), STR_ARG(v->file->media_type),
                (long long)v->file->size_bytes);
        }
    }
    return exchange_bytes(ex, 200, S("text/plain; charset=utf-8"), buf_str(&ex->out.buf));
}

static const struct err *secret(struct exchange *ex)
{
    return say(ex, "secret");
}

static const struct err *prove(struct exchange *ex)
{
    bool before = ex->ctx.actor.proved_lately;
    TRY(session_prove(ex, SESSION_TWO_FACTORS));
    return say(ex, before ? "was proved" : "was not proved");
}

static const struct err *others(struct exchange *ex)
{
    int64_t ended = 0;
    TRY(session_end_others(ex, &ended));
    return exchange_bytes(ex, 200, S("text/plain"), str_from_int(ex->ctx.arena, ended));
}

static const struct err *sessions(struct exchange *ex)
{
    struct session_lines lines;
    TRY(session_list(ex, &lines));
    return exchange_bytes(ex, 200, S("text/plain"), str_from_int(ex->ctx.arena, (int64_t)lines.n));
}

static const struct err *totp(struct exchange *ex)
{
    if (exchange_etag(ex, S("enrol"))) {
        return NULL;
    }
    return say(ex, "enrol");
}

// clang-format off
static const struct route routes[] = {
    {METHOD_GET,  "/p/{name}",       SIDE_PUBLIC, &MAY_ANYONE,       CLASS_PAGE,   show},
    {METHOD_GET,  "/hidden",         SIDE_PUBLIC, &MAY_ANYONE,       CLASS_PAGE,   hidden},
    {METHOD_GET,  "/broken",         SIDE_PUBLIC, &MAY_ANYONE,       CLASS_PAGE,   broken},
    {METHOD_GET,  "/big",            SIDE_PUBLIC, &MAY_ANYONE,       CLASS_PAGE,   big},
    {METHOD_GET,  "/file",           SIDE_PUBLIC, &MAY_ANYONE,       CLASS_FILE,   file},
    {METHOD_GET,  "/stream",         SIDE_PUBLIC, &MAY_ANYONE,       CLASS_FILE,   long_answer},
    {METHOD_GET,  "/file-inline",    SIDE_PUBLIC, &MAY_ANYONE,       CLASS_FILE,   file_inline},
    {METHOD_GET,  "/login",          SIDE_OFFICE, &MAY_ANYONE,       CLASS_PAGE,   login_form},
    {METHOD_POST, "/login",          SIDE_OFFICE, &MAY_ANYONE,       CLASS_LOGIN,  login},
    {METHOD_POST, "/logout",         SIDE_OFFICE, &MAY_SIGNED_IN,    CLASS_PAGE,   logout},
    {METHOD_GET,  "/office/form",    SIDE_OFFICE, &MAY_SIGNED_IN,    CLASS_PAGE,   form},
    {METHOD_POST, "/office/form",    SIDE_OFFICE, &MAY_SIGNED_IN,    CLASS_PAGE,   note_post},
    {METHOD_POST, "/office/attach",  SIDE_OFFICE, &MAY_SIGNED_IN,    CLASS_UPLOAD, note_post},
    {METHOD_POST, "/office/upload",  SIDE_OFFICE, &MAY_PROBE_UPLOAD, CLASS_UPLOAD, upload},
    {METHOD_GET,  "/office/secret",  SIDE_OFFICE, &MAY_PROBE_SECRET, CLASS_PAGE,   secret},
    {METHOD_POST, "/office/prove",   SIDE_OFFICE, &MAY_SIGNED_IN,    CLASS_PAGE,   prove},
    {METHOD_POST, "/office/others",  SIDE_OFFICE, &MAY_SIGNED_IN,    CLASS_PAGE,   others},
    {METHOD_GET,  "/office/sessions", SIDE_OFFICE, &MAY_SIGNED_IN,   CLASS_PAGE,   sessions},
    {METHOD_GET,  "/office/totp",    SIDE_OFFICE, &MAY_SIGNED_IN,    CLASS_PAGE,   totp},
};
static const struct menu_item menu[] = {
    {2, "上传",   "/office/upload-page", &MAY_PROBE_UPLOAD},
    {1, "表单",   "/office/form",        &MAY_SIGNED_IN},
    {0, "首页",   "/",                   &MAY_ANYONE},
};
// clang-format on

static const struct capability capability = {
    .name = "probe",
    .title = "探针",
    .mays = mays,
    .may_count = 2,
    .ops = ops,
    .op_count = 1,
    .routes = routes,
    .route_count = ROUTES_COUNT(routes),
    .menu = menu,
    .menu_count = 3,
};
static const struct capability *const capabilities[] = {&capability};

static void stop(void *arg)
{
    (void)arg;
    server_stop(probe.server);
}

static void keep_file(void)
{
    struct blob_writer *w = NULL;
    struct sha256 digest;
    uint64_t size = 0;
    ck_assert_well(blob_begin(arena, &probe.f->site.blobs, &w));
    ck_assert_well(blob_add(w, "0123456789", 10));
    ck_assert_well(blob_keep(w, &digest, &size));
    probe.file = (struct file){
        S("通知.pdf"), S("application/pdf"), sha256_hex(arena, digest), (int64_t)size};
}

void probe_start(void (*tune)(struct server_config *c))
{
    probe_start_on(0, tune);
}

void probe_site(int engine)
{
    web_register();
    registry_set((struct capabilities){capabilities, 1});
    memset(&probe, 0, sizeof(probe));
    probe.f = fixture_open(engine);
    keep_file();
}

void probe_start_on(int engine, void (*tune)(struct server_config *c))
{
    probe_site(engine);
    struct server_config c = server_config_make();
    c.port = 0;
    c.site = &probe.f->site;
    c.clock = &probe.f->clock;
    c.tenant = probe.f->tenant;
    c.public_db = probe.f->config;
    c.office_db = probe.f->config;
    c.rates[CLASS_LOGIN] = (struct rate_limit){0, 0};
    if (tune != NULL) {
        tune(&c);
    }
    ck_assert_well(server_start(arena, &c, &probe.server));
    probe.port = server_port(probe.server);
    arena_defer(arena, stop, NULL);
}

const char *probe_login(int64_t person_id)
{
    struct reply page = client_get(probe.port, "/login", "");
    ck_assert_int_eq(page.status, 200);
    struct str cookie = reply_cookie(&page, "gk-form");
    struct str body =
        str_format(arena, "who=%lld&_token=%.*s", (long long)person_id, STR_ARG(page.body));
    struct reply r = client_form(probe.port, "/login", str_z(arena, cookie), str_z(arena, body));
    ck_assert_int_eq(r.status, 303);
    return str_z(arena, reply_cookie(&r, "gk"));
}

const char *probe_token(const char *cookie)
{
    struct str lines = str_format(arena, "Cookie: %s\r\n", cookie);
    struct reply r = client_get(probe.port, "/office/form", str_z(arena, lines));
    ck_assert_int_eq(r.status, 200);
    ck_assert(str_starts(r.body, S("token=")));
    return str_z(arena, str_sub(r.body, 6, (size_t)str_find_byte(r.body, '\n', 0)));
}

static int count_files(const char *path)
{
    DIR *d = opendir(path);
    int n = 0;
    struct dirent *e;
    while (d != NULL && (e = readdir(d)) != NULL) {
        struct str below = str_format(arena, "%s/%s", path, e->d_name);
        struct stat st;
        if (e->d_name[0] == '.' || stat(str_z(arena, below), &st) != 0) {
            continue;
        }
        n += S_ISDIR(st.st_mode) ? count_files(str_z(arena, below)) : 1;
    }
    if (d != NULL) {
        closedir(d);
    }
    return n;
}

int probe_blob_count(void)
{
    return count_files(str_z(arena, probe.f->site.blobs.root));
}
