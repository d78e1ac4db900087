"""Text that wants to be markup: in every field a person can fill, on every page that shows it."""
from harness import *

NEW = "/office/documents/new"
# The marker tells where it came out; everything that would act in a browser must come out as text.
PAYLOADS = (
    "<script>MARK(1)</script>", "\"><img src=x onerror=MARK(1)>", "'><svg onload=MARK(1)>", "</title><script>MARK(1)</script>",
    "</textarea><script>MARK(1)</script>", "--><script>MARK(1)</script>", "javascript:MARK(1)", "\" onfocus=MARK(1) autofocus x=\"",
    "{{ MARK }}{% MARK %}", "&lt;script&gt;MARK(1)&lt;/script&gt;", "<!--<script>MARK(1)//", "]]><script>MARK(1)</script>",
    "\u2028<script>MARK(1)</script>", "％3Cscript％3EMARK(1)", "<ScRiPt/x>MARK(1)</sCrIpT>",
)
BODIES = (
    "<script>MARK(1)</script>", "<img src=x onerror=MARK(1)>", "<svg><script>MARK(1)</script></svg>", "<math><mtext><script>MARK(1)</script></math>",
    "<a href=\"javascript:MARK(1)\">x</a>", "<a href=\" java\tscript:MARK(1)\">x</a>", "<a href=\"data:text/html,<script>MARK(1)</script>\">x</a>",
    "<iframe srcdoc=\"<script>MARK(1)</script>\"></iframe>", "<object data=MARK></object>", "<embed src=MARK>", "<form action=/logout><button>MARK</form>",
    "<p style=\"background:url(javascript:MARK(1))\">x</p>", "<p onclick=MARK(1)>x</p>", "<p id=main class=bar name=x>x</p>",
    "<noscript><p title=\"</noscript><img src=x onerror=MARK(1)>\"></noscript>", "<template><script>MARK(1)</script></template>",
    "<style>@import '//evil.example/MARK'</style>", "<link rel=stylesheet href=//evil.example/MARK>", "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=\"0;url=//evil.example/MARK\">", "<a href=\"//evil.example/MARK\">x</a>", "<a href=\"/\\evil.example/MARK\">x</a>",
    "<img src=\"https://evil.example/MARK.png\">", "<img src=\"/logout\">", "<table><td>a<script>MARK(1)</script>", "<p title='\"><script>MARK(1)</script>'>x</p>",
    "<p>&lt;script&gt;MARK(1)&lt;/script&gt;</p>", "<plaintext><script>MARK(1)", "<xmp><script>MARK(1)</script></xmp>", "<![CDATA[<script>MARK(1)</script>]]>",
    "<select><option><script>MARK(1)</script></select>", "<details open ontoggle=MARK(1)>x</details>", "<video><source onerror=MARK(1)></video>",
    "<a href=\"https://good.example\" target=_blank onclick=MARK(1)>x</a>", "<scr<script>ipt>MARK(1)</script>", "<p/onclick=MARK(1)>x", "<div data-module=autosave data-autosave=/evil>x</div>",
)

TAGS = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")


def wrong_in(text):
    """What a browser would act on: an element or an attribute with the marker outside a quoted harmless value, or a foreign address."""
    found = []
    for m in TAGS.finditer(text):
        tag, rest = m.group(1).lower(), m.group(2)
        for a in re.finditer(r"([^\s\"'=<>/]+)\s*(?:=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+))?", rest):
            name, value = a.group(1).lower(), html.unescape((a.group(2) or "").strip("\"'"))
            if name.startswith("on") or name in ("style", "srcdoc", "formaction", "http-equiv"):
                found.append(m.group(0)[:120])
            if name in ("href", "src", "action", "data", "poster") and (re.match(r"[\s\x00-\x20]*(javascript|data|vbscript)\s*:", value, re.I) and
                                                                       value != "data:," or re.match(r"\s*[\\/]{2}|/\\", value) or "MARK" in value and not re.match(r"/[a-z]", value)):
                found.append(m.group(0)[:120])
        if tag in ("iframe", "object", "embed", "base", "template", "plaintext", "xmp", "noscript", "math", "frame", "applet"):
            found.append(m.group(0)[:120])
        if tag == "script" and not re.match(r'\s*type="module" src="/static/[^"]+"', rest):
            found.append(m.group(0)[:120])
    return found


def look(t, name, answer, marker=True):
    wrong = wrong_in(answer.text)
    there = "MARK" in answer.text or not marker
    t.check(f"{name}: text stays text", answer.status in (200, 404, 409, 410, 422) and not wrong and there, (answer.status, there, wrong[:3]))


def everything(payload):
    """A value for every text field of the draft, as long as it may be."""
    short = payload[:80]
    return dict(title=payload, doc_number=payload[:60], remark=payload, theme=short, sign_office=short, print_office=short, addressees=payload, cc=payload,
                ground_reason=payload, summary=payload, keywords=payload, basis=payload, replaces=payload, change_reason=payload, part_title=payload,
                part_body="<p>附</p>", body=f"<p>正文十个字以上的内容在这里。</p>", signed_on=today())


def as_typed(t, site, people):
    """The form that comes back shows what was typed."""
    author = people.of("drafter")
    for payload in PAYLOADS:
        form = author.form(NEW)
        answer = author.upload(NEW, form.filled(**dict(everything(payload), signed_on=payload, unit_id=payload, category=payload, attribute=payload, id=payload,
                                                       version=payload, body=payload)))
        look(t, f"typed {payload[:30]!r}, refused", answer)


def published(t, site, people):
    author, nth = people.of("drafter", 1), 1
    pages = 0
    for payload in (" ".join(PAYLOADS)[:190], "\"'><script>MARK(1)</script>"):
        form = author.form(NEW)
        values = everything(payload)
        values["doc_number"] = ""
        answer = author.upload(NEW, form.filled(**values), [("files", payload.replace('"', "%22")[:60] + ".pdf", "application/pdf", b"%PDF-1.4 " + payload.encode())])
        if not t.check(f"a draft full of {payload[:20]!r} is stored", answer.status == 303, (answer.status, summary_of(answer))):
            continue
        document = int(re.match(r"/office/documents/(\d+)", answer.header("Location")).group(1))
        place = f"/office/documents/{document}"
        look(t, "edit page", author.get(place + "/edit"))
        act(author, document, "submit")
        head = people.of("section_head", nth)
        case = head.get(f"/office/review/of/{document}").header("Location")
        answer = head.post(case, head.form(case).filled(verdict="return", opinion=payload))
        t.check("sent back with a hostile opinion", answer.status == 303, (answer.status, summary_of(answer)))
        look(t, "page of a returned draft", author.get(place))
        look(t, "worklist of the author", author.get("/office"))
        act(author, document, "submit")
        look(t, "review page with difference", head.get(head.get(f"/office/review/of/{document}").header("Location")))
        review(people, document, "section_head", nth, opinion=payload)
        for role in ("office", "secrecy", "leader"):
            look(t, f"worklist of {role}", people.of(role).get("/office"))
            review(people, document, role, opinion=payload)
        office = people.of("office")
        case = office.get(f"/office/review/of/{document}").header("Location")
        for name, page in (("office page", place), ("preview", place + "/preview"), ("office sheet", place + "/sheet"), ("list of the office", "/office/documents"),
                           ("review page", case), ("review, stacked", case + "?view=stacked"), ("secrecy form", case + "/form")):
            look(t, name, office.get(page))
        answer = act(office, document, "publish", late_reason=payload)
        t.check("published", answer.status == 303, (answer.status, summary_of(answer)))
        number = number_of(site, document)
        for name, page in (("document", f"/d/{number}"), ("sheet", f"/d/{number}/sheet"), ("list", "/list"), ("home", "/"), ("edition", f"/d/{number}/v/1")):
            look(t, f"public {name}", Client(site).get(page))
        look(t, "QR code", Client(site).get(f"/d/{number}/qr.svg"), marker=False)
        answer = act(office, document, "validity", validity="repealed", reason=payload)
        t.check("repealed with hostile words", answer.status == 303, (answer.status, summary_of(answer)))
        look(t, "repealed document", Client(site).get(f"/d/{number}"))
        for reader in ("reader", "school_head"):
            look(t, f"reading list of {reader}", people.of(reader).get("/office/reading"), marker=False)
        answer = act(office, document, "withdraw", kind="other", reason=payload)
        t.check("withdrawn with hostile words", answer.status == 303, (answer.status, summary_of(answer)))
        look(t, "withdrawn document", Client(site).get(f"/d/{number}"))
        look(t, "office page of what was withdrawn", office.get(place))


def bodies(t, site, people):
    author = people.of("drafter", 2)
    form = author.form(NEW)
    joined = "<p>正文十个字以上的内容在这里。</p>" + "\n".join(BODIES)
    answer = author.upload(NEW, form.filled(title="正文里的代码", body=joined, part_title="附", part_body=joined, signed_on=today()))
    document = int(re.match(r"/office/documents/(\d+)", answer.header("Location")).group(1))
    place = f"/office/documents/{document}"
    look(t, "all hostile bodies in one: preview", author.get(place + "/preview"), marker=False)
    look(t, "all hostile bodies in one: edit page", author.get(place + "/edit"), marker=False)
    for one in BODIES:
        edit = author.form(place + "/edit")
        answer = author.upload(place + "/autosave", edit.filled(body="<p>正文十个字以上的内容在这里。</p>" + one))
        page = author.get(place + "/preview")
        look(t, f"body {one[:40]!r}", page, marker=False)
        t.check(f"body {one[:40]!r}: no id, class or data of ours can be borrowed", 'data-autosave="/evil' not in page.text and 'class="bar" name' not in page.text)


def people_and_units(t, site, people):
    system, security = people.of("system"), people.of("security")
    for payload in PAYLOADS[:6]:
        name = payload[:38]
        unit_form = system.form("/office/units")
        answer = system.post("/office/units", unit_form.filled(name=name, short_name=name, phone=payload[:30]))
        look(t, f"units page with {name[:20]!r}", system.get("/office/units"), marker=answer.status == 303)
        form = system.form("/office/people")
        login = f"x{PAYLOADS.index(payload)}" + re.sub(r"[^a-z]", "", payload.lower())[:20]
        unit = site.rows("SELECT min(unit_id) FROM unit")[0][0]
        answer = system.post("/office/people", form.filled(login=login, name=name, unit_id=unit))
        t.check(f"a person called {name[:20]!r} is registered", answer.status in (200, 303), (answer.status, summary_of(answer)))
        if answer.status == 200:
            look(t, "page that tells the code", answer)
        for page in ("/office/people", "/office/roles"):
            look(t, f"{page} with {name[:20]!r}", system.get(page), marker=page.endswith("people"))
        person = site.rows("SELECT person_id FROM person WHERE login = ?", login)
        if person:
            look(t, "page of a person", security.get(f"/office/people/{person[0][0]}"))
        answer = system.post("/office/people", form.filled(login=payload, name=payload * 3))
        look(t, "people form refused", answer)
    agent = Browser(site)
    form = agent.form("/login")
    login, password = site.login_of("leader")
    agent.post("/login", form.filled(login=login, password=password), [("User-Agent", "<script>MARK(1)</script>\"'>")])
    look(t, "list of one's sessions with a hostile browser name", agent.get("/office/me"))
    settings = system.form("/office/settings")
    name = next((k for k, _ in settings.fields if k.endswith("name")), None)
    if name:
        answer = system.post("/office/settings", settings.filled(**{name: "<script>MARK(1)</script>"}))
        if answer.status == 303 and "prove" not in answer.header("Location"):
            time.sleep(1.2)
            look(t, "every page head with a hostile site name", Client(site).get("/"))
    look(t, "audit page", people.of("audit").get("/office/audit"), marker=False)
    for target in ("/d/%3Cscript%3EMARK(1)%3C/script%3E", "/list?category=%22%3E%3Cscript%3EMARK(1)%3C/script%3E", "/login?next=/office/%22%3E%3Cscript%3EMARK(1)",
                   "/office/documents?status=%22%3E%3Cscript%3EMARK(1)", "/activate/%3Cscript%3EMARK(1)"):
        answer = (people.of("drafter") if target.startswith("/office") else Client(site)).get(target)
        look(t, f"address {target[:30]}", answer, marker=False)
        t.check(f"address {target[:30]} is not echoed as markup", "<script>MARK" not in answer.text)


def tell(t, program):
    site = Site(program).start()
    try:
        people = People(site)
        as_typed(t, site, people)
        published(t, site, people)
        bodies(t, site, people)
        people_and_units(t, site, people)
        t.check("markup: no fault was logged", "signal=" not in site.log() and "kind=fault" not in site.log(), site.log()[-600:])
    finally:
        site.remove()
