"""What is not public cannot be reached, and cannot be told from what never was: the whole answer is the same bytes."""
import hashlib

from harness import *

NEW = "/office/documents/new"


def pdf(text):
    return b"%PDF-1.4\n% " + text.encode() + b"\n%%EOF\n"


def draft_with(author, title, secret, file_text, **more):
    form = author.form(NEW)
    fields = form.filled(**dict(dict(title=title, body=f"<p>{secret}，正文有十个字以上。</p>", signed_on=today(), doc_number=""), **more))
    answer = author.upload(NEW, fields, [("files", "附件.pdf", "application/pdf", pdf(file_text))])
    if answer.status != 303:
        raise AssertionError(f"draft: {answer.status} {summary_of(answer)}")
    return int(re.match(r"/office/documents/(\d+)", answer.header("Location")).group(1)), hashlib.sha256(pdf(file_text)).hexdigest()


WAYS = ("GET", "HEAD", "GET with If-None-Match", "GET with If-Modified-Since", "GET with Range", "GET of JSON", "GET gzip", "POST")


def ask(site, way, target):
    client = Client(site)
    headers = {"GET with If-None-Match": [("If-None-Match", "*")], "GET with If-Modified-Since": [("If-Modified-Since", "Wed, 25 Nov 2037 10:00:00 GMT")],
               "GET with Range": [("Range", "bytes=0-10")], "GET of JSON": [("Accept", "application/json")],
               "GET gzip": [("Accept-Encoding", "gzip")]}.get(way, [])
    if way == "POST":
        return client.request("POST", target, b"", headers)
    return client.request(way.split()[0], target, None, headers)


def same_as_nothing(t, site, what, pairs):
    """pairs: (address of something hidden, an address of the same shape where nothing ever was)."""
    for hidden, nothing in pairs:
        for way in WAYS:
            a, b = ask(site, way, hidden), ask(site, way, nothing)
            t.check(f"{what}: {way} {re.sub(r'[0-9a-f]{64}', '<digest>', hidden)} gives the bytes of nothing",
                    a.without_date() == b.without_date() and a.status in (404, 405), (a.status, b.status, a.raw[:300], b.raw[:300]))


def nowhere_in_public(t, site, what, secrets):
    number = site.rows("SELECT index_number FROM document WHERE status = 'public' ORDER BY index_number LIMIT 1")[0][0]
    pages = ["/", "/list", "/list?year=" + today()[:4], "/schools", "/site/map", "/site/contact", f"/d/{number}", f"/d/{number}/sheet"]
    for category, in site.rows("SELECT code FROM document_category"):
        pages.append("/list?category=" + category)
    for unit, in site.rows("SELECT unit_id FROM unit"):
        pages.append(f"/list?publisher={unit}")
    for page in pages:
        body = Client(site).get(page).body
        for secret in secrets:
            if secret.encode() in body:
                t.check(f"{what} is on no public page", False, (page, secret))
                return
    t.check(f"{what} is on no public page ({len(pages)} looked at)", True)


def unreachable_edition(site, number, no):
    """The same document, an edition that never was."""
    return f"/d/{number}/v/{no}"


def drafts(t, site, people):
    author = people.of("drafter")
    document, digest = draft_with(author, "未公开的标题甲", "未公开的正文甲", "secret file A")
    file_id = site.rows("SELECT file_id FROM edition_file WHERE digest = ?", digest)[0][0]
    nothing = "0" * 64
    pairs = [(f"/files/{digest}/{urllib.parse.quote('附件.pdf')}", f"/files/{nothing}/{urllib.parse.quote('附件.pdf')}"),
             (f"/d/{document}", "/d/999999999999999999"), (f"/d/{document}/v/1", "/d/999999999999999999/v/1"),
             (f"/d/{document}/sheet", "/d/999999999999999999/sheet"), (f"/d/{document}/qr.svg", "/d/999999999999999999/qr.svg")]
    secrets = ["未公开的标题甲", "未公开的正文甲", digest, str(document)]
    same_as_nothing(t, site, "a draft", pairs[:2])
    nowhere_in_public(t, site, "a draft", secrets)
    approve(people, document)
    same_as_nothing(t, site, "an approved document", pairs)
    nowhere_in_public(t, site, "an approved document", secrets)
    for target in (f"/office/documents/{document}", f"/office/documents/{document}/edit", f"/office/files/{file_id}"):
        a, b = Client(site).get(target), Client(site).get(re.sub(r"\d{10,}", "111111111111111111", target))
        t.check(f"the office sends a stranger from {re.sub(r'[0-9]{10,}', 'N', target)} to the log-in, whatever is there",
                a.status == b.status == 303 and a.header("Location").startswith("/login"), (a.status, b.status))
    return document, digest


def other_units(t, site, people, document, digest):
    """The section next door and the school: not there either, and the same bytes (tokens of forms aside)."""
    file_id = site.rows("SELECT file_id FROM edition_file WHERE digest = ?", digest)[0][0]
    case = site.rows("SELECT case_id FROM review_case WHERE document_id = ?", document)[0][0]

    def without_tokens(answer):
        return re.sub(rb'name="_(token|key)" value="[^"]*"', b"", answer.without_date())
    for role, nth in (("drafter", 1), ("section_head", 1), ("school_editor", 0), ("school_head", 0)):
        person = people.of(role, nth)
        for target in (f"/office/documents/{document}", f"/office/documents/{document}/edit", f"/office/documents/{document}/preview",
                       f"/office/documents/{document}/sheet", f"/office/files/{file_id}", f"/office/review/of/{document}", f"/office/review/{case}",
                       f"/office/review/{case}/form"):
            a = person.get(target)
            b = person.get(re.sub(r"\d{10,}", "111111111111111111", target))
            if a.status == 403 and b.status == 403:
                continue  # the route itself is closed to the role
            t.check(f"{role} {nth} of another unit: {re.sub(r'[0-9]{10,}', 'N', target)} is 404 with the bytes of nothing",
                    a.status == 404 and without_tokens(a) == without_tokens(b), (a.status, b.status))
        for verb in ("submit", "recall", "discard", "autosave", "edit"):
            fields = [("_token", person.token()), ("_key", f"x{verb}"), ("version", "1"), ("title", "抢"), ("body", "抢"), ("signed_on", "2026-01-05")]
            send = person.upload if verb in ("edit", "autosave") else person.post
            answer = send(f"/office/documents/{document}/{verb}", fields)
            t.check(f"{role} {nth} of another unit cannot {verb} it", answer.status in (403, 404), answer.status)
    t.check("… and it is untouched", site.rows("SELECT title FROM edition WHERE document_id = ?", document) == [("未公开的标题甲",)])


def after_publication(t, site, people, document, digest):
    act(people.of("office"), document, "publish")
    number = number_of(site, document)
    name = urllib.parse.quote("附件.pdf")
    got = Client(site).get(f"/files/{digest}/{name}")
    t.check("published: page and file are there", Client(site).get(f"/d/{number}").status == 200 and got.status == 200)
    t.check("a public file is open under its own name only", Client(site).get(f"/files/{digest}/x.pdf").status == 404)
    same_as_nothing(t, site, "an edition that is not there", [(unreachable_edition(site, number, 2), unreachable_edition(site, number, 77))])

    author = people.of("drafter")
    act(author, document, "correct", change_kind="personal", change_reason="删去个人信息")
    edit = f"/office/documents/{document}/edit"
    form = author.form(edit)
    old_file = site.rows("SELECT f.file_id FROM edition_file f JOIN document d ON d.latest_edition_id = f.edition_id WHERE d.document_id = ?", document)[0][0]
    answer = author.upload(edit, form.filled(title="更正后的标题", body="<p>更正后的正文，有十个字以上。</p>", remove_file=str(old_file)),
                           [("files", "新附件.pdf", "application/pdf", pdf("corrected file"))])
    t.check("the correction is saved", answer.status == 303, (answer.status, summary_of(answer)))
    new_digest = hashlib.sha256(pdf("corrected file")).hexdigest()
    same_as_nothing(t, site, "the correction before its publication",
                    [(f"/d/{number}/v/2", f"/d/{number}/v/77"), (f"/files/{new_digest}/{urllib.parse.quote('新附件.pdf')}",
                                                               f"/files/{'0' * 64}/{urllib.parse.quote('新附件.pdf')}")])
    nowhere_in_public(t, site, "the correction before its publication", ["更正后的标题", "更正后的正文", new_digest])
    approve(people, document)
    act(people.of("office"), document, "publish")
    t.check("the correction is public", "更正后的标题" in Client(site).get(f"/d/{number}").text)
    same_as_nothing(t, site, "the edition with personal data, corrected", [
        (f"/files/{digest}/{name}", f"/files/{'0' * 64}/{name}")])
    old = Client(site).get(f"/d/{number}/v/1")
    t.check("… its page shows nothing of it", "未公开的正文甲" not in old.text and "未公开的标题甲" not in old.text and digest not in old.text, old.status)
    nowhere_in_public(t, site, "the edition with personal data", ["未公开的标题甲", "未公开的正文甲", digest])

    act(people.of("office"), document, "withdraw", kind="secrecy", reason="含有不应公开的内容，已撤下。")
    for page in (f"/d/{number}", f"/d/{number}/v/1", f"/d/{number}/v/2", f"/d/{number}/v/77", f"/d/{number}/sheet"):
        answer = Client(site).get(page)
        t.check(f"withdrawn: {page.replace(number, 'N')} gives the reason and nothing of the text",
                answer.status in (404, 410) and not any(s in answer.text for s in ("更正后的标题", "更正后的正文", "未公开的", new_digest, digest)), answer.status)
    same_as_nothing(t, site, "a file of a withdrawn document", [
        (f"/files/{new_digest}/{urllib.parse.quote('新附件.pdf')}", f"/files/{'0' * 64}/{urllib.parse.quote('新附件.pdf')}")])
    nowhere_in_public(t, site, "a withdrawn document", ["更正后的标题", "更正后的正文", new_digest])
    tag = Client(site).get(f"/d/{number}").header("ETag")
    again = Client(site).get(f"/d/{number}", [("If-None-Match", tag or "*"), ("Range", "bytes=0-5")])
    t.check("… by no conditional or partial request", again.status in (304, 410) and "更正后" not in again.text, again.status)


def filed(t, site, people):
    """Not public by decision: filed, never seen."""
    author = people.of("drafter", 1)
    document, digest = draft_with(author, "依申请公开的标题乙", "依申请公开的正文乙", "secret file B", attribute="on_request",
                                  ground=forms_ground(author), ground_reason="含第三方商业秘密，权利人不同意公开")
    approve(people, document, 1)
    done = act(people.of("office"), document, "file")
    t.check("a document that is not public is filed", done.status == 303, (done.status, summary_of(done)))
    same_as_nothing(t, site, "a filed document", [(f"/files/{digest}/{urllib.parse.quote('附件.pdf')}", f"/files/{'0' * 64}/{urllib.parse.quote('附件.pdf')}"),
                                                  (f"/d/{document}", "/d/999999999999999999")])
    nowhere_in_public(t, site, "a filed document", ["依申请公开的标题乙", "依申请公开的正文乙", digest])


def forms_ground(author):
    page = author.get(NEW).text
    block = re.search(r'<select[^>]*name="ground".*?</select>', page, re.S).group(0)
    return [v for v in re.findall(r'<option value="([^"]*)"', block) if v][0]


def errors(t, site, people):
    """No refusal gives away what is hidden."""
    author = people.of("drafter", 2)
    title = site.rows("SELECT title FROM edition WHERE title LIKE '依申请公开的标题乙%'")[0][0]
    number = "不存在-2500-2026-00001"
    form = author.form(NEW)
    answer = author.upload(NEW, form.filled(title="代替", body="<p>正文</p>", signed_on=today(), replaces=number))
    t.check("naming a document to replace tells nothing of documents elsewhere", title not in answer.text, answer.status)
    for target in ("/healthz", "/static/x", "/office/documents?status=draft&before=999999999999999999999", "/office/documents?before=-1", "/list?before=1_1",
                   "/list?before=99999999999999999999_1", "/list?year=99999999999999", "/list?publisher=9223372036854775808", "/d/" + "长" * 500,
                   "/d/%27%20OR%201=1--", "/d/a%22%3E%3Cscript%3E", "/files/" + "g" * 64 + "/x", "/files/" + "A" * 64 + "/x", "/d/x/v/99999999999999999999",
                   "/d/x/v/-1", "/d/x/v/1e3"):
        a = Client(site).get(target)
        t.check(f"{target[:40]} is answered without a fault", a.status in (200, 303, 400, 404), a.status)
        t.check(f"{target[:40]} tells nothing of the inside", not re.search(r"sqlite|SELECT|\.c:\d|/tmp/|site\.db|arena", a.text), a.text[:200])


def tell(t, program):
    site = Site(program).start()
    try:
        people = People(site)
        document, digest = drafts(t, site, people)
        other_units(t, site, people, document, digest)
        after_publication(t, site, people, document, digest)
        filed(t, site, people)
        errors(t, site, people)
        t.check("hidden: no fault was logged", "signal=" not in site.log() and "kind=fault" not in site.log(), site.log()[-600:])
    finally:
        site.remove()
