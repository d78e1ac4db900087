/*
 * viewc_test.c: the template compiler takes what it can escape, and refuses every other place with
 * words that help.
 */
#include "base/file.h"
#include "check_main.h"
#include "viewc.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- helpers ---- */

static struct pool pool;
static struct text header, code;
static char failure[VIEWC_FAILURE_BYTES];

static bool compile(const char *page)
{
    struct source source = {.name = "page.html", .text = {page, strlen(page)}};
    return viewc_compile(&pool, &source, 1, "page_views.h", &header, &code, failure);
}

static const char *in_view(const char *body)
{
    return str_format(
        arena, "{%% view v(struct out *o, const struct thing *d) %%}\n%s\n{%% end %%}\n", body)
        .p;
}

/* The body of a view is refused, with these words. */
static void refused(const char *body, const char *words)
{
    bool well = compile(in_view(body));
    ck_assert_msg(!well, "was taken: %s", body);
    ck_assert_msg(strstr(failure, words) != NULL, "for \"%s\" said: %s", body, failure);
    ck_assert_msg(strncmp(failure, "page.html:", 10) == 0, "no place: %s", failure);
    pool_close(&pool);
}

static void refused_whole(const char *page, const char *words)
{
    bool well = compile(page);
    ck_assert_msg(!well, "was taken: %s", page);
    ck_assert_msg(strstr(failure, words) != NULL, "for \"%s\" said: %s", page, failure);
    pool_close(&pool);
}

static void taken(const char *body)
{
    bool well = compile(in_view(body));
    ck_assert_msg(well, "refused: %s", failure);
    pool_close(&pool);
}

static void makes(const char *body, const char *c)
{
    bool well = compile(in_view(body));
    ck_assert_msg(well, "refused: %s", failure);
    ck_assert_msg(strstr(code.p, c) != NULL, "no \"%s\" in:\n%s", c, code.p);
    pool_close(&pool);
}

/* What the C compiler says to the code of a view over struct thing; empty when it takes it. */
static const char *c_compiler_says(const char *body)
{
    const char *dir = check_dir();
    const char *page = str_format(arena, "{%% include \"thing.h\" %%}\n%s", in_view(body)).p;
    ck_assert_msg(compile(page), "viewc refused: %s", failure);
    const char *c = str_format(arena, "%s/page_views.c", dir).p;
    const char *said = str_format(arena, "%s/said", dir).p;
    struct str thing = S("#include \"web/out.h\"\n"
                         "struct things { const struct str *v; size_t n; };\n"
                         "struct thing { struct str title; struct html body; struct url url; "
                         "struct date day; struct instant at;"
                         " bool late; int soon; int64_t id; size_t n; struct things names; };\n");
    ck_assert_well(file_write(arena, str_format(arena, "%s/thing.h", dir).p, thing, 0600));
    ck_assert_well(file_write(
        arena, str_format(arena, "%s/page_views.h", dir).p, str_make(header.p, header.n), 0600));
    ck_assert_well(file_write(arena, c, str_make(code.p, code.n), 0600));
    pool_close(&pool);
    pid_t child = fork();
    if (child == 0) {
        int fd = open(said, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        dup2(fd, 2);
        const char *include = str_format(arena, "-I%s/src", getenv("GONGKAI_SOURCE")).p;
        const char *own = str_format(arena, "-I%s", dir).p;
        execlp(getenv("GK_CC"), "cc", "-std=gnu17", "-D_GNU_SOURCE", "-Wall", "-Wextra",
            "-Wpedantic", "-Werror", "-Wshadow", "-Wconversion", "-fsyntax-only", include, own, c,
            (char *)NULL);
        _exit(127);
    }
    int status = 0;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) != 127, "no C compiler");
    struct str words;
    ck_assert_well(file_read(arena, said, (size_t)1 << 20, &words));
    ck_assert_int_eq(WEXITSTATUS(status) != 0, words.n > 0);
    return str_z(arena, words);
}

static void c_refused(const char *body, const char *line_and_words)
{
    const char *said = c_compiler_says(body);
    ck_assert_msg(strstr(said, line_and_words) != NULL, "no \"%s\" in: %s", line_and_words, said);
}

static void c_taken(const char *body)
{
    const char *said = c_compiler_says(body);
    ck_assert_msg(said[0] == '\0', "%s", said);
}

/* ---- places ---- */

START_TEST(a_value_is_printed_by_its_place)
{
    makes("<p>{{ d->title }}</p>", "VIEW_TEXT(o, d->title);");
    makes("<p class=\"t {{ d->title }}\">x</p>", "VIEW_ATTR(o, d->title);");
    makes("<a href=\"{{ d->url }}\">x</a>", "VIEW_URL_FIRST(o, d->url);");
    makes("<a href=\"/d/{{ d->title }}\">x</a>", "VIEW_SEGMENT(o, d->title);");
    makes("<a href=\"{{ d->url }}?p={{ d->n }}\">x</a>", "VIEW_SEGMENT(o, d->n);");
    makes("<a HREF=\"{{ d->url }}\">x</a>", "VIEW_URL_FIRST(o, d->url);");
    makes("<time datetime=\"{{ d->day }}\">x</time>", "VIEW_TIME(o, d->day);");
    makes("<textarea name=\"a\">{{ d->title }}</textarea>", "VIEW_PLAIN(o, d->title);");
    makes("<title>{{ d->title }}</title><p>{{ d->n }}</p>", "VIEW_TEXT(o, d->n);");
}
END_TEST

START_TEST(places_that_cannot_be_escaped_are_refused)
{
    refused("<script>var a = {{ d->n }};</script>", "script or style inside the page is refused");
    refused("<script>{{ d->n }}</script>", "a value inside script or style is refused");
    refused("<style>{{ d->n }}</style>", "a value inside script or style is refused");
    refused("<p style=\"width:{{ d->n }}px\">x</p>", "style, srcdoc or http-equiv is refused");
    refused("<button onclick=\"go({{ d->n }})\">x</button>", "on… handler is refused");
    refused("<button ONCLICK=\"go()\">x</button>", "on… handler is refused");
    refused("<p class={{ d->title }}>x</p>", "an unquoted attribute value");
    refused("<p class='{{ d->title }}'>x</p>", "an unquoted attribute value");
    refused("<p {{ d->title }}>x</p>", "a value may not be an attribute");
    refused("<p data-{{ d->title }}=\"x\">x</p>", "a value may not be an attribute");
    refused("<{{ d->title }}>x", "\"<\" without the name of an element");
    refused("<h{{ d->n }}>x</h1>", "part of a tag's name");
    refused("<!-- {{ d->title }} -->", "a value inside a comment");
    refused("<img srcset=\"{{ d->title }}\" alt=\"\">", "a grammar of its own");
    refused("<iframe srcdoc=\"{{ d->title }}\"></iframe>", "this element is refused");
    refused("<meta http-equiv=\"refresh\" content=\"{{ d->title }}\">",
        "style, srcdoc or http-equiv is refused");
    refused("<base href=\"{{ d->url }}\">", "this element is refused");
    refused("<textarea></tit{{ d->title }}</textarea>", "only the end tag");
}
END_TEST

START_TEST(addresses_begin_with_what_we_know)
{
    refused("<a href=\"javascript:alert(1)\">x</a>", "an address begins with");
    refused("<a href=\"java{{ d->title }}\">x</a>", "behind the beginning of this address");
    refused("<a href=\"//{{ d->title }}\">x</a>", "behind the beginning of this address");
    refused("<a href=\"https://{{ d->title }}\">x</a>", "behind the beginning of this address");
    refused("<a href=\"https://a.example{{ d->title }}\">x</a>",
        "behind the beginning of this address");
    refused("<a href=\"page.html\">x</a>", "an address begins with");
    refused("<a href=\"\">x</a>", "an address is empty");
    refused("<a href=\" /x\">x</a>", "a blank inside an address");
    taken("<a href=\"#{{ d->title }}\">x</a><a href=\"?p={{ d->n }}\">x</a><a href=\"tel:{{ "
          "d->title }}\">x</a>");
    taken("<a href=\"https://a.example/x\">x</a><link rel=\"icon\" href=\"data:,\">");
}
END_TEST

START_TEST(branches_come_back_to_the_same_place)
{
    taken("<option value=\"a\"{% if d->late %} selected{% end %}>x</option>");
    taken(
        "<input{% if d->late %} class=\"a\"{% elif d->n %} class=\"b\"{% else %} hidden{% end %}>");
    taken("<p class=\"a{% if d->late %} b{% end %}\">x</p>");
    taken("<a href=\"{% if d->late %}/a{% else %}{{ d->url }}{% end %}?x\">x</a>");
    taken("<p{% each s in d->names %} data-a{% end %}>x</p>");
    refused("<p {% if d->late %}class=\"a{% end %}\">x</p>", "do not come back to the same place");
    refused("<p{% if d->late %}>{% end %}", "do not come back to the same place");
    refused("<a href=\"{% if d->late %}{{ d->url }}{% end %}{{ d->title }}\">x</a>",
        "do not come back to the same place");
    refused("{% each s in d->names %}<p class=\"{% end %}", "do not come back to the same place");
    refused("<option{% if d->late %}selected{% end %}>x</option>",
        "names may not be cut by template tags");
    refused("<option{% if d->late %} selected{% end %}a>x</option>",
        "names may not be cut by template tags");
    refused("<p {% each s in d->names %}data-a{% end %}>x</p>",
        "names may not be cut by template tags");
    refused(
        "<p class{% if d->late %}{% end %}=\"x\">y</p>", "names may not be cut by template tags");
    refused("<p class=\"{% call other(o) %}\">x</p>", "call may stand only in text");
}
END_TEST

/* ---- grammar ---- */

START_TEST(a_page_may_not_compute)
{
    refused("{{ d->n + 1 }}", "nothing is computed");
    refused("{{ f(d) }}", "nothing is computed");
    refused("{{ d->v[0] }}", "nothing is computed");
    refused("{% if d->n > 1 %}{% end %}", "a condition is");
    refused("{% if d->late and d->n %}{% end %}", "a condition is");
    refused("{% if d->title == \"x\" %}{% end %}", "a condition is");
    refused("{% call other(o, d->n + 1) %}", "call ends with");
    refused("{% call other(d) %}", "first argument of call is o");
    refused("{{ e->title }}", "\"e\" is neither an argument of the view nor the name of a loop");
    refused("{% each d in d->names %}{% end %}", "the name \"d\" is taken already");
}
END_TEST

START_TEST(blocks_are_closed_once)
{
    refused_whole(
        "{% view v(struct out *o) %}<p>x</p>", "page.html:1: opened here and never closed");
    refused_whole("{% view v(struct out *o) %}\n{% if o %}\n<p>x</p>{% end %}",
        "page.html:1: opened here and never closed");
    refused_whole("{% view v(struct out *o) %}{% end %}{% end %}", "an end too many");
    refused_whole("{% view v(struct out *o) %}{% else %}{% end %}", "without its if");
    refused_whole("{% view v(struct out *o) %}{% view w(struct out *o) %}{% end %}{% end %}",
        "inside a view");
    refused_whole("{% view v(struct out *o) %}{% end %}{% view v(struct out *o) %}{% end %}",
        "stands already in page.html:1");
    refused_whole("{% view v(struct out *o) %}<p class=\"x{% end %}", "ends inside a tag");
    refused_whole("{% view v(const struct thing *d) %}{% end %}",
        "first argument of a view is struct out *o");
    refused_whole("{% view v(struct out *o, x) %}{% end %}", "typed arguments");
    refused_whole("<p>x</p>", "outside of any view");
    refused_whole("{% view v(struct out *o) %}{{ o", "\"}}\" is missing");
    refused_whole("{% view v(struct out *o) %}\n\n{% wenn o %}{% end %}{% end %}",
        "page.html:3: unknown word \"wenn\"");
    refused_whole(
        "{% view v(struct out *o) %}\n<p>\n<p a=b>{% end %}", "page.html:3: an unquoted attribute");
    refused("a\001b", "a control character");
}
END_TEST

START_TEST(deep_nesting_is_refused_not_followed)
{
    struct str deep = S("");
    for (int i = 0; i < 200; i++) {
        deep = str_cat(arena, deep, S("{% if o %}"));
    }
    refused(str_z(arena, deep), "too deep");
}
END_TEST

START_TEST(lines_of_tags_and_comments_leave_nothing)
{
    makes("  {% if d->late %}  {# why #}\n<p>a</p>\n  {% end %}\n<p>b</p>{# c\nd #}\n",
        "out_raw(o, S(\"<p>a</p>\\n\"));");
    makes("{% if d->late %}\n<p>a</p>\n{% end %}\n<p>b</p>", "out_raw(o, S(\"<p>b</p>\\n\"));");
    makes("<b>{% if d->late %}x{% end %}</b>\n", "out_raw(o, S(\"</b>\\n");
}
END_TEST

START_TEST(text_arrives_in_c_as_it_is)
{
    makes("a\"b\\c\?\?/d", "a\\\"b\\\\c\\\?\\\?/d");
    makes("中文\xe2\x80\xa8", "中文\xe2\x80\xa8");
    makes("{% call other(o, &d->names, -3, \"文字\") %}",
        "view_other(o, &d->names, -3, S(\"文字\"));");
}
END_TEST

/* ---- what the C compiler refuses, at the line of the page ---- */

START_TEST(types_decide_what_may_be_printed_where)
{
    c_taken(
        "<p title=\"{{ d->title }}{{ d->day }}{{ d->at }}{{ d->id }}{{ d->n }}{{ d->soon }}{{ "
        "d->url }}\">"
        "{{ d->title }}{{ d->body }}{{ d->day }}{{ d->at }}{{ d->id }}{{ d->n }}{{ d->soon }}</p>"
        "<a href=\"{{ d->url }}?a={{ d->title }}&amp;b={{ d->id }}\">x</a>"
        "{% each s in d->names %}{{ s }}{% if s %}<b title=\"{{ s }}\">{{ s }}</b>{% end %}{% end "
        "%}"
        "{% if d->late %}a{% end %}{% if d->title %}a{% end %}{% if d->body %}a{% end %}{% if "
        "d->day %}a{% end %}"
        "{% if not d->at %}a{% end %}{% if d->soon == 3 %}a{% end %}{% if d->names.n %}a{% end "
        "%}{% if d->url %}a{% end %}");
}
END_TEST

START_TEST(an_unknown_field_is_an_error_of_the_page)
{
    c_refused("<p>\n{{ d->titel }}</p>", "page.html:4:");
    c_refused("{{ d->titel }}", "titel");
}
END_TEST

START_TEST(safe_html_is_text_only)
{
    c_refused("<p title=\"{{ d->body }}\">x</p>", "page.html:3:");
    c_refused("<textarea>{{ d->body }}</textarea>", "struct html");
}
END_TEST

START_TEST(a_plain_text_cannot_begin_an_address)
{
    c_refused("<a href=\"{{ d->title }}\">x</a>", "struct str");
    c_refused("<img src=\"{{ d->title }}\" alt=\"\">", "struct str");
    c_refused("<a href=\"/x/{{ d->url }}\">x</a>", "struct url");
}
END_TEST

START_TEST(yes_and_no_are_not_printed)
{
    c_refused("{{ d->late }}", "_Bool");
}
END_TEST

START_TEST(an_unknown_view_is_an_error_of_the_page)
{
    c_refused("{% call nothing(o, d) %}", "view_nothing");
}
END_TEST

START_TEST(a_header_declares_all_views_and_includes_what_they_need)
{
    ck_assert(compile("{% include \"a/b.h\" %}{% include \"a/b.h\" %}{% view v(struct out *o, int "
                      "n) %}{{ n }}{% end %}"));
    ck_assert_ptr_nonnull(
        strstr(header.p, "#include \"a/b.h\"\n\nvoid view_v(struct out *o, int n);\n"));
    ck_assert_ptr_nonnull(strstr(header.p, "#ifndef GK_VIEWS_PAGE_VIEWS_H"));
    pool_close(&pool);
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, a_value_is_printed_by_its_place);
    tcase_add_test(tc, places_that_cannot_be_escaped_are_refused);
    tcase_add_test(tc, addresses_begin_with_what_we_know);
    tcase_add_test(tc, branches_come_back_to_the_same_place);
    tcase_add_test(tc, a_page_may_not_compute);
    tcase_add_test(tc, blocks_are_closed_once);
    tcase_add_test(tc, deep_nesting_is_refused_not_followed);
    tcase_add_test(tc, lines_of_tags_and_comments_leave_nothing);
    tcase_add_test(tc, text_arrives_in_c_as_it_is);
    tcase_add_test(tc, types_decide_what_may_be_printed_where);
    tcase_add_test(tc, an_unknown_field_is_an_error_of_the_page);
    tcase_add_test(tc, safe_html_is_text_only);
    tcase_add_test(tc, a_plain_text_cannot_begin_an_address);
    tcase_add_test(tc, yes_and_no_are_not_printed);
    tcase_add_test(tc, an_unknown_view_is_an_error_of_the_page);
    tcase_add_test(tc, a_header_declares_all_views_and_includes_what_they_need);
}
