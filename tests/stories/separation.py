"""Duties stay apart: three administrators, author and reviewer and publisher, one unit and another."""
from harness import *


def person_id(site, login):
    return site.rows("SELECT person_id FROM person WHERE login = ?", login)[0][0]


def unit_id(site, name):
    return site.rows("SELECT unit_id FROM unit WHERE name = ?", name)[0][0]


def held(site, login):
    return {r for r, in site.rows("SELECT role FROM role_held WHERE person_id = ? AND (to_day IS NULL OR to_day >= from_day)", person_id(site, login))}


def give(browser, site, login, role, unit="云湖区教育局"):
    page = f"/office/people/{person_id(site, login)}"
    return browser.post(page + "/roles", [("_token", browser.token()), ("_key", os.urandom(8).hex()), ("role", role), ("unit_id", str(unit_id(site, unit)))])


def administrators(t, site, people):
    system, security, audit = people.of("system"), people.of("security"), people.of("audit")
    logins = {role: site.login_of(role)[0] for role in site.accounts}
    for name, browser in (("the system administrator", system), ("the audit administrator", audit)):
        answer = give(browser, site, logins["drafter"], "office")
        t.check(f"{name} gives nobody a role", answer.status == 403 and "office" not in held(site, logins["drafter"]), answer.status)
    for role in ("office", "system", "audit", "drafter"):
        answer = give(security, site, logins["security"], role)
        t.check(f"the security administrator does not give himself {role}", answer.status in (403, 422) and role not in held(site, logins["security"]), answer.status)
    for login_role, role in (("system", "office"), ("audit", "drafter"), ("system", "audit"), ("drafter", "system"), ("office", "audit"), ("leader", "security")):
        answer = give(security, site, logins[login_role], role)
        t.check(f"nobody is {login_role} and {role} at once", answer.status == 422 and role not in held(site, logins[login_role]),
                (answer.status, held(site, logins[login_role])))
    answer = give(security, site, logins["drafter"], "owner")
    t.check("the role of the command line is given to nobody", answer.status == 422 and "owner" not in held(site, logins["drafter"]), answer.status)
    answer = give(security, site, "owner", "office")
    t.check("the account of the command line takes no part in the work", answer.status in (403, 404, 409, 422) and "office" not in held(site, "owner"),
            (answer.status, held(site, "owner")))
    for who in ("security", "audit"):
        page = f"/office/people/{person_id(site, logins[who])}"
        for verb in ("lock", "code", "leave"):
            version = site.rows("SELECT version FROM person WHERE login = ?", logins[who])[0][0]
            answer = system.post(f"{page}/{verb}", [("_token", system.token()), ("version", str(version))])
            t.check(f"the system administrator cannot {verb} the {who} administrator", answer.status in (403, 409, 422), answer.status)
        t.check(f"… {who} is as before", site.rows("SELECT status FROM person WHERE login = ?", logins[who])[0][0] == "active")
    page = f"/office/people/{person_id(site, 'owner')}"
    version = site.rows("SELECT version FROM person WHERE login = 'owner'")[0][0]
    answer = system.post(f"{page}/code", [("_token", system.token()), ("version", str(version))])
    t.check("the system administrator makes no code for the account of the command line", answer.status in (403, 404, 409, 422) and "/activate/" not in answer.text,
            answer.status)
    # A second system administrator: proposed by security, confirmed by audit, by nobody else.
    clerk = "neuer.admin"
    form = system.form("/office/people")
    system.post("/office/people", form.filled(login=clerk, name="新管理员", unit_id=unit_id(site, "人事股")))
    answer = give(security, site, clerk, "system")
    t.check("a new administrator is only proposed", answer.status == 303 and "system" not in held(site, clerk), (answer.status, held(site, clerk)))
    change = site.rows("SELECT change_id, version FROM role_change ORDER BY change_id DESC LIMIT 1")[0]
    confirm = f"/office/roles/changes/{change[0]}/confirm"
    fields = lambda b: [("_token", b.token()), ("_key", os.urandom(8).hex()), ("version", str(change[1]))]
    for name, browser in (("who proposed it", security), ("the system administrator", system), ("the office", people.of("office"))):
        answer = browser.post(confirm, fields(browser))
        t.check(f"{name} cannot confirm it", answer.status in (403, 409, 422) and "system" not in held(site, clerk), answer.status)
    answer = audit.post(confirm, fields(audit))
    t.check("the audit administrator confirms it", answer.status == 303 and "system" in held(site, clerk), (answer.status, summary_of(answer)))
    again = audit.post(confirm, fields(audit))
    t.check("… once", again.status in (409, 422), again.status)
    for login, role in ((logins["system"], "role.give"), (logins["drafter"], "document.publish"), (logins["audit"], "setting.change")):
        done = site.op(role, login, id=1, person_id=1, role="office", unit_id=1, version=1)
        t.check(f"{role} by the command line asks the right of {login} too", "error" in done, done)


def four_eyes(t, site, people):
    security = people.of("security")
    drafter, head = site.login_of("drafter")[0], site.login_of("section_head")[0]
    for role in ("section_head", "office", "secrecy", "leader", "emergency"):
        unit = "教育股" if role == "section_head" else "云湖区教育局"
        answer = give(security, site, drafter, role, unit)
        t.check(f"a drafter may be given {role} (a small office)", answer.status == 303, (answer.status, summary_of(answer)))
    give(security, site, head, "office")
    author = Browser(site).as_role("drafter")
    people.known.pop(("drafter", 0), None)
    people.known.pop(("section_head", 0), None)
    document = author.draft(title="自己审自己", signed_on=today(), unit_id=str(unit_id(site, "教育股")))
    act(author, document, "submit")
    where = author.get(f"/office/review/of/{document}").header("Location")

    def conclude(browser):
        version, level = site.rows("SELECT version, level_no FROM review_case WHERE document_id = ?", document)[0]
        return browser.post(where, [("_token", browser.token()), ("_key", os.urandom(8).hex()), ("version", str(version)), ("no", str(level)), ("verdict", "pass"),
                                    ("secrecy", "open"), ("proof_done", "1"), ("opinion", "")])
    answer = conclude(author)
    t.check("nobody reviews his own text, whatever roles he holds", answer.status in (403, 422), (answer.status, summary_of(answer)))
    section_head = people.of("section_head")
    answer = conclude(section_head)
    t.check("the section head passes it", answer.status == 303, (answer.status, summary_of(answer), answer.plain()[-300:]))
    answer = conclude(section_head)
    t.check("nobody is at two levels, whatever roles he holds", answer.status in (403, 422), (answer.status, summary_of(answer)))
    version = site.rows("SELECT e.version FROM edition e WHERE document_id = ?", document)[0][0]
    page = f"/office/documents/{document}"
    for verb, browser in (("emergency", author), ("publish", author), ("publish", people.of("office")), ("file", people.of("office"))):
        answer = browser.post(f"{page}/{verb}", [("_token", browser.token()), ("_key", os.urandom(8).hex()), ("version", str(version)),
                                                 ("late_reason", "迟了迟了迟了"), ("emergency_reason", "台风停课台风停课")])
        t.check(f"{verb} before the levels are passed: refused", answer.status in (403, 409, 422) and number_of(site, document) is None,
                (answer.status, summary_of(answer)))
    for role in ("office", "secrecy", "leader"):
        review(people, document, role)
    version = site.rows("SELECT e.version FROM edition e WHERE document_id = ?", document)[0][0]
    answer = author.post(f"{page}/publish", [("_token", author.token()), ("_key", os.urandom(8).hex()), ("version", str(version))])
    t.check("nobody publishes his own text, whatever roles he holds", answer.status in (403, 422) and number_of(site, document) is None,
            (answer.status, summary_of(answer)))
    t.check("the office publishes it", act(people.of("office"), document, "publish").status == 303)


def next_door(t, site, people):
    """An office of one school does not decide about the documents of the bureau."""
    security = people.of("security")
    other = site.login_of("drafter", 1)[0]
    t.check("somebody becomes the office of one school", give(security, site, other, "office", "云湖区实验小学").status == 303)
    number, bureau_document = site.rows(
        "SELECT d.index_number, d.document_id FROM document d JOIN unit u ON u.unit_id = d.publisher_id WHERE d.status = 'public' AND d.validity = 'in_force' "
        "AND u.name = '云湖区教育局' AND d.origin = 'program' LIMIT 1")[0]
    author = people.of("school_editor")
    document = author.draft(title="学校要代替局里的文件", signed_on=today(), replaces=number)
    act(author, document, "submit")
    for role in ("school_head", "office", "secrecy", "leader"):
        review(people, document, role)
    school_office = Browser(site).as_role("drafter", 1)
    answer = act(school_office, document, "publish")
    validity = site.rows("SELECT validity FROM document WHERE document_id = ?", bureau_document)[0][0]
    t.check("publishing for a school does not repeal a document of the bureau", validity == "in_force", (answer.status, validity))
    reading = site.rows("SELECT document_id, unit_id FROM reading WHERE read_ms IS NULL AND unit_id = ?", unit_id(site, "云湖区第一中学"))
    if reading:
        head = people.of("school_head")
        answer = head.post("/office/reading", [("_token", head.token()), ("_key", "r1"), ("id", str(reading[0][0])), ("unit_id", str(reading[0][1]))])
        t.check("one school does not acknowledge for another", answer.status in (403, 404, 422) and
                site.rows("SELECT read_ms FROM reading WHERE document_id = ? AND unit_id = ?", *reading[0])[0][0] is None, answer.status)
    answer = people.of("school_editor").upload("/office/documents/new", people.of("school_editor").form("/office/documents/new").filled(
        title="替局里起草", body="<p>正文</p>", signed_on=today(), unit_id=str(unit_id(site, "教育股"))))
    t.check("nobody drafts for a unit that is not his", answer.status in (403, 422) and site.rows("SELECT count(*) FROM edition WHERE title = '替局里起草'")[0][0] == 0,
            answer.status)


def rights_that_end(t, site, people):
    """A right taken while the form lies open is gone when the form arrives."""
    security = people.of("security")
    author = Browser(site).as_role("drafter", 2)
    document = author.draft(title="权利没有了", signed_on=today())
    form = author.form(f"/office/documents/{document}/edit")
    site.write("UPDATE role_held SET to_day = from_day - 1 WHERE person_id = ?", person_id(site, site.login_of("drafter", 2)[0]))
    answer = author.upload(form.action, form.filled(title="还是存进去了"))
    t.check("a role that ended while the form lay open does not save it", answer.status in (303, 401, 403, 404) and
            site.rows("SELECT title FROM edition WHERE document_id = ?", document)[0][0] == "权利没有了", answer.status)
    del security


def tell(t, program):
    site = Site(program).start()
    try:
        people = People(site)
        administrators(t, site, people)
        four_eyes(t, site, people)
        next_door(t, site, people)
        rights_that_end(t, site, people)
        doctor = site.run("doctor")
        t.check("the doctor finds the audit chain whole", doctor.returncode == 0, doctor.stdout[-500:])
        t.check("separation: no fault was logged", "signal=" not in site.log() and "kind=fault" not in site.log(), site.log()[-600:])
    finally:
        site.remove()
