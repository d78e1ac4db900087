"""Input nobody should send: a clear error at the field, what was typed is kept, nothing is half stored, nobody else is disturbed."""
import concurrent.futures

from harness import *

NEW = "/office/documents/new"


def counted(site):
    return {table: site.count(table) for table in ("document", "edition", "edition_part", "edition_file", "event")}


def encodings(t, site, author):
    hostile = {
        "broken UTF-8 in the path": "/d/%ff%fe", "raw broken byte in the path": b"/d/\xff", "overlong UTF-8": "/d/%c0%af",
        "surrogate in UTF-8": "/d/%ed%a0%80", "broken UTF-8 in the query": "/list?category=%e4%b8", "NUL in the path": "/d/a%00b",
        "NUL in the query": "/list?category=a%00b", "bad percent": "/d/%zz", "half a percent": "/list?year=%2",
        "dot dot": "/static/../../etc/passwd", "dot dot, escaped": "/static/%2e%2e/%2e%2e/etc/passwd",
        "dot dot behind a backslash": "/static/..%5c..%5cetc%5cpasswd",
    }
    for name, target in hostile.items():
        answer = Client(site).get(target)
        allowed = (400, 404) if "backslash" in name else (400,)
        t.check(f"{name} is refused", answer.status in allowed and is_chinese(answer.plain()), answer.status)
        t.check(f"{name}: nothing of the system comes back", b"root:" not in answer.body and site.data.encode() not in answer.body)
    before = counted(site)
    form = author.form(NEW)
    for name, value in (("broken UTF-8", b"\xff\xfe\xe4"), ("NUL", b"a\x00b"), ("surrogate", b"\xed\xa0\x80")):
        fields = [(k, value if k == "title" else v) for k, v in form.filled(signed_on="2026-01-05", body="<p>正文</p>")]
        answer = author.request("POST", NEW, multipart(fields), [("Sec-Fetch-Site", "same-origin"), ("Content-Type", MULTIPART)])
        t.check(f"{name} in a form is refused in words", answer.status in (400, 422) and is_chinese(answer.plain()), answer.status)
    line = author.request("POST", "/login", b"login=%ff&password=x&_token=x",
                          [("Sec-Fetch-Site", "same-origin"), ("Content-Type", "application/x-www-form-urlencoded")])
    t.check("broken UTF-8 in a short form is refused", line.status == 400, line.status)
    t.check("nothing of all this was stored", counted(site) == before, counted(site))


# field: most characters, as the field tables say
LENGTHS = {"title": 200, "doc_number": 60, "remark": 500, "theme": 80, "sign_office": 80, "print_office": 80, "ground_reason": 4000,
           "addressees": 4000, "cc": 4000, "summary": 500, "keywords": 500, "basis": 4000, "replaces": 500}


def lengths(t, site, author):
    before = counted(site)
    form = author.form(NEW)
    answer = author.upload(NEW, form.filled(title="题" * 213, body="<p>正文还在</p>", signed_on="2026-01-05"))
    words = faults_in(answer).get("title", "")
    t.check("a title of 213 characters: 422 with the count at the field", answer.status == 422 and "213" in words and "200" in words,
            (answer.status, words))
    back = [f for f in forms_of(answer.text) if f.action == NEW][0]
    t.check("a title of 213 characters: title and body are still in the form",
            back.value("title") == "题" * 213 and back.value("body") == "<p>正文还在</p>" and back.value("signed_on") == "2026-01-05")
    t.check("a title of 213 characters: the summary links to the field", 'href="#title"' in answer.text)
    for name, most in LENGTHS.items():
        form = author.form(NEW)
        long = "长" * (5 * most)
        answer = author.upload(NEW, form.filled(**dict(dict(title="长度", body="<p>正文</p>", signed_on="2026-01-05"), **{name: long})))
        back = [f for f in forms_of(answer.text) if f.action == NEW]
        words = faults_in(answer).get(name, "")
        t.check(f"{name} five times too long: 422 at the field, with the maximum", answer.status == 422 and str(most) in words,
                (answer.status, words))
        t.check(f"{name} five times too long: still in the form", bool(back) and back[0].value(name) == long)
    form = author.form(NEW)
    answer = author.upload(NEW, form.filled(title="部分", signed_on="2026-01-05", body="<p>x</p>", part_title="附" * 1000, part_body="甲"))
    t.check("the title of a part five times too long is refused", answer.status == 422 and is_chinese(summary_of(answer)), answer.status)
    answer = author.upload(NEW, form.filled(title="太大", signed_on="2026-01-05", body="字" * (5 * 4 * 1024 * 1024 // 3)))
    t.check("a body five times too long is refused as too large", answer.status == 413 and is_chinese(answer.plain()), answer.status)
    answer = author.upload(NEW, form.filled(title="太大", signed_on="2026-01-05", body="字" * (1024 * 1024 * 3 // 2)))
    t.check("a body of 4.5 MiB: 422 at the field, still in the form",
            answer.status == 422 and "body" in faults_in(answer) and answer.text.count("字") > 1500000, (answer.status, faults_in(answer)))
    answer = author.upload(NEW, form.filled(title="太大", signed_on="2026-01-05", body="x", remark='"' * (5 * 1024 * 1024)))
    t.check("a line of 5 MiB that cannot be shown again is refused, not called a fault of the program", answer.status in (413, 422),
            answer.status)
    t.check("nothing over-long was stored", counted(site) == before, counted(site))


def dates(t, site, author):
    before = counted(site)
    for wrong in ("2026-02-30", "2025-02-29", "2026-13-01", "2026年13月1日", "13月", "明天", "0000-00-00", "2026-1", "99999-01-01",
                  "2026-01-05; DROP TABLE", "-1", "2026-01-32"):
        for field in ("signed_on", "printed_on"):
            form = author.form(NEW)
            values = dict(title="日期不对", body="<p>正文</p>", signed_on="2026-01-05")
            values[field] = wrong
            answer = author.upload(NEW, form.filled(**values))
            back = [f for f in forms_of(answer.text) if f.action == NEW]
            well = (answer.status == 422 and "例如" in faults_in(answer).get(field, "") and back and back[0].value(field) == wrong
                    and back[0].value("title") == "日期不对")
            t.check(f"{field} {wrong!r}: an example at the field, typed text kept", well, (answer.status, faults_in(answer)))
    t.check("no document came of wrong dates", counted(site) == before)


def tokens(t, site, people):
    author = people.of("drafter")
    other = people.of("drafter", 1)
    before = counted(site)
    form = author.form(NEW)
    values = dict(title="假表单", body="<p>正文</p>", signed_on="2026-01-05")
    for name, token in (("no token", None), ("an empty token", ""), ("a made-up token", "A" * 32), ("a token too long", "A" * 5000),
                        ("the token of somebody else", other.token())):
        answer = author.upload(NEW, form.filled(_token=token, **values))
        t.check(f"{name}: 403 in words", answer.status == 403 and is_chinese(answer.plain()), answer.status)
    body, kind = multipart(form.filled(**values)), ("Content-Type", MULTIPART)
    own = f"http://127.0.0.1:{site.port}"
    for name, headers in (("Sec-Fetch-Site: cross-site", [("Sec-Fetch-Site", "cross-site")]),
                          ("Sec-Fetch-Site: same-site", [("Sec-Fetch-Site", "same-site")]),
                          ("Sec-Fetch-Site nobody knows", [("Sec-Fetch-Site", "x")]),
                          ("a foreign Origin", [("Origin", "http://evil.example")]), ("Origin: null", [("Origin", "null")]),
                          ("the own Origin of another port", [("Origin", f"http://127.0.0.1:{site.port + 1}")]),
                          ("the own Origin with a tail", [("Origin", own + ".evil.example")]),
                          ("neither Origin nor Sec-Fetch-Site", []),
                          ("own Origin but cross-site", [("Origin", own), ("Sec-Fetch-Site", "cross-site")])):
        answer = author.request("POST", NEW, body, headers + [kind])
        t.check(f"{name}: 403", answer.status == 403, answer.status)
    t.check("no forged form stored anything", counted(site) == before, counted(site))
    answer = author.request("POST", NEW, body, [("Origin", own), kind])
    t.check("the own Origin alone is enough for browsers without Sec-Fetch-Site", answer.status == 303, answer.status)
    stranger = Browser(site)
    answer = stranger.post("/login", [("login", "linyue"), ("password", "x")])
    t.check("log-in without the token of its page: 403 (nobody is signed in by a foreign page)", answer.status == 403, answer.status)
    first = stranger.form("/login")
    second = Browser(site)
    second.get("/login")
    answer = second.post("/login", first.filled(login="linyue", password="x"))
    t.check("log-in with the token of another browser's page: 403", answer.status == 403, answer.status)
    answer = stranger.post("/logout", [])
    t.check("log-out without a token: 403", answer.status == 403, answer.status)
    wrong_kind = author.request("POST", NEW, b"{}", [("Sec-Fetch-Site", "same-origin"), ("Content-Type", "application/json")])
    t.check("a form of a kind nobody offered: 415", wrong_kind.status == 415, wrong_kind.status)


def twice(t, site, people):
    author, other = people.of("section_head"), people.of("section_head", 1)
    form = author.form(NEW)
    fields = form.filled(title="按了两次", body="<p>正文十个字以上的内容</p>", signed_on="2026-01-05")
    before = site.count("document")
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: Browser.upload(author, NEW, fields), range(6)))
    places = {a.header("Location") for a in answers}
    t.check("one form sent six times at once: one document, six times the same answer",
            site.count("document") == before + 1 and len(places) == 1 and {a.status for a in answers} == {303},
            (site.count("document") - before, places, [a.status for a in answers]))
    again = author.upload(NEW, fields)
    t.check("… and again later", again.status == 303 and again.header("Location") in places, again.status)
    key = form.value("_key")
    foreign = other.form(NEW)
    answer = other.upload(NEW, foreign.filled(_key=key, title="别人的钥匙", body="<p>正文十个字以上的内容</p>", signed_on="2026-01-05"))
    t.check("the key of another person's form is refused and tells nothing of that document",
            answer.status == 409 and list(places)[0].split("/")[3] not in answer.text, (answer.status, answer.header("Location")))
    t.check("… and the typed text is kept", "别人的钥匙" in answer.text)
    long_key = author.upload(NEW, author.form(NEW).filled(_key="k" * 65, title="长钥匙", body="<p>正文</p>", signed_on="2026-01-05"))
    t.check("a key that is too long is refused", long_key.status == 422, long_key.status)
    t.check("… without a document", site.count("document") == before + 1)


def stale(t, site, people):
    """Two tabs, two people: the second to save is told who was first, and keeps his text."""
    author = people.of("drafter", 2)
    office = people.of("office")
    document = author.draft(title="两个人在改")
    edit = f"/office/documents/{document}/edit"
    mine, theirs = author.form(edit), author.form(edit)
    first = author.upload(edit, theirs.filled(title="先保存的"))
    t.check("the first to save is served", first.status == 303, first.status)
    answer = author.upload(edit, mine.filled(title="后保存的标题", body="<p>后保存的正文</p>"))
    name = site.rows("SELECT name FROM person WHERE login = ?", site.login_of("drafter", 2)[0])[0][0]
    back = [f for f in forms_of(answer.text) if f.action == edit]
    t.check("the second is told by 409 who was first", answer.status == 409 and name in summary_of(answer), (answer.status, summary_of(answer)))
    t.check("… and keeps what he typed", bool(back) and back[0].value("title") == "后保存的标题" and back[0].value("body") == "<p>后保存的正文</p>")
    t.check("… and what was saved first stays", author.form(edit).value("title") == "先保存的")
    late = author.upload(f"/office/documents/{document}/autosave", mine.filled(title="自动保存"))
    t.check("autosave of the old tab: 409", late.status == 409 and is_chinese(late.text), late.status)
    submit = author.form(f"/office/documents/{document}", f"/office/documents/{document}/submit")
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(lambda k: author.post(submit.action, submit.filled(_key=f"race{k}")), range(4)))
    t.check("one draft sent to review from four tabs at once: one goes", sorted(a.status for a in sent) == [303, 409, 409, 409],
            [a.status for a in sent])
    t.check("… and one review is opened", site.rows("SELECT count(*) FROM review_case WHERE document_id = ?", document)[0][0] == 1)
    t.check("the office may not save the draft of a section in review", office.get(edit).status in (303, 403))


def tell(t, program):
    site = Site(program).start()
    try:
        people = People(site)
        # A person may send 60 such forms at once and 30 a minute: the stories are spread over several.
        encodings(t, site, people.of("drafter"))
        lengths(t, site, people.of("drafter", 1))
        dates(t, site, people.of("school_editor"))
        tokens(t, site, people)
        twice(t, site, people)
        stale(t, site, people)
        took = home_is_served(site)
        t.check("the home page is served after all this", took is not None, took)
        t.check("no child died", "signal=" not in site.log() and "must failed" not in site.log(), site.log()[-800:])
    finally:
        site.remove()
