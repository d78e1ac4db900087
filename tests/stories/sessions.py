"""Who is it: log-in, lock-out, sessions, codes; what is written down of it."""
import base64
import concurrent.futures
import hashlib
import hmac
import stat
import statistics
import struct

from harness import *


def try_login(site, login, password, code=""):
    person = Browser(site)
    return person, person.post("/login", person.form("/login").filled(login=login, password=password, code=code))


def signed_in(person):
    return person.get("/office/me").status == 200


def without_noise(answer, login):
    text = re.sub(r'name="_(token|key)" value="[^"]*"', "", answer.text).replace(login, "LOGIN")
    return answer.status, text


def logging_in(t, site):
    login, password = site.login_of("drafter")
    person, answer = try_login(site, login, password)
    cookie = next(line for line in answer.all("Set-Cookie") if line.startswith("gk="))
    t.check("the cookie of a session is HttpOnly, SameSite=Lax, for the whole site, without a date",
            "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie and "Max-Age" not in cookie and "Domain" not in cookie, cookie)
    token = person.cookies["gk"]
    t.check("the token has 256 bits and is stored only as its hash",
            len(token) >= 43 and site.rows("SELECT count(*) FROM session WHERE token_hash = ?", hashlib.sha256(token.encode()).hexdigest())[0][0] == 1 and
            site.rows("SELECT count(*) FROM session WHERE token_hash = ?", token)[0][0] == 0)
    fixed = Browser(site)
    fixed.cookies["gk"] = "attackers-own-token-attackers-own-token-0000"
    fixed.post("/login", fixed.form("/login").filled(login=login, password=password))
    t.check("a token planted before log-in is replaced", fixed.cookies["gk"] != "attackers-own-token-attackers-own-token-0000" and signed_in(fixed))
    old = Browser(site)
    old.cookies = {"gk": token}
    again = Browser(site)
    again.cookies = dict(person.cookies)
    form = again.form("/office", "/logout")
    answer = again.post("/logout", form.fields)
    t.check("log-out ends the session on the server and clears the browser", answer.status == 303 and not signed_in(old) and
            "cookies" in (answer.header("Clear-Site-Data") or ""), answer.lines)
    answer = old.post("/office/me/end-others", form.fields)
    t.check("… a form of the ended session is refused", answer.status in (401, 403), answer.status)


def ending(t, site):
    role = "leader"
    minute = 60 * 1000

    def age(column, ms):
        site.write(f"UPDATE session SET {column} = {column} - ? WHERE ended_ms IS NULL", ms)

    person = Browser(site).as_role(role)
    age("seen_ms", 14 * minute)
    t.check("14 minutes idle: still signed in", signed_in(person))
    age("seen_ms", 16 * minute)
    answer = person.get("/office")
    t.check("16 minutes idle: the log-in page, and back from there", answer.status == 303 and answer.header("Location").startswith("/login?next="), answer.status)
    t.check("… for good", not signed_in(person))
    person = Browser(site).as_role(role)
    for _ in range(2):
        age("created_ms", 4 * 60 * minute - minute)
        last = signed_in(person)
    t.check("just under eight hours in all: still signed in", last)
    age("created_ms", 3 * minute)
    t.check("eight hours in all: ended, however busy", not signed_in(person))
    three = [Browser(site).as_role(role) for _ in range(4)]
    t.check("a fourth session ends the oldest", [signed_in(p) for p in three] == [False, True, True, True])
    form = three[3].form("/office/me", "/office/me/end-others")
    three[3].post(form.action, form.fields)
    t.check("«end all others» does", [signed_in(p) for p in three] == [False, False, False, True])
    login, password = site.login_of(role)
    other = Browser(site).as_role(role)
    fresh = "Zq7-meadow-lantern-42"
    answer = three[3].post("/office/password", three[3].form("/office/password").filled(current=password, password=fresh, again=fresh))
    t.check("a changed password ends the other sessions, not this one", answer.status == 303 and not signed_in(other) and signed_in(three[3]),
            (answer.status, summary_of(answer)))
    t.check("… the old one is refused", try_login(site, login, password)[1].status == 422)
    site.accounts[role][0] = (login, fresh)
    system = Browser(site).as_role("system")
    victim = Browser(site).as_role("reader")
    person_id = site.rows("SELECT person_id FROM person WHERE login = ?", site.login_of("reader")[0])[0][0]
    page = f"/office/people/{person_id}"
    answer = system.post(page + "/lock", system.form(page, page + "/lock").fields)
    t.check("a locked account is out at once and does not come back", answer.status == 303 and not signed_in(victim) and
            try_login(site, *site.login_of("reader"))[1].status == 422, answer.status)
    security = Browser(site).as_role("security")
    victim = Browser(site).as_role("emergency")
    person_id = site.rows("SELECT person_id FROM person WHERE login = ?", site.login_of("emergency")[0])[0][0]
    page = f"/office/people/{person_id}"
    take = next(f for f in forms_of(security.get(page).text) if f.action.endswith("/take"))
    answer = security.post(take.action, take.fields)
    t.check("a role taken away ends the sessions of that person", answer.status == 303 and not signed_in(victim), answer.status)


def guessing(t, site):
    login, password = site.login_of("secrecy")
    unknown = try_login(site, "nobody-here", "wrong-password-1")[1]
    wrong = try_login(site, login, "wrong-password-1")[1]
    t.check("wrong password and unknown login give the same page", without_noise(unknown, "nobody-here") == without_noise(wrong, login))
    locked_out = [try_login(site, login, f"wrong-password-{i}")[1] for i in range(5)]
    person, right = try_login(site, login, password)
    t.check("after five failures the right password is refused too, in the same words", right.status == 422 and
            without_noise(right, login) == without_noise(wrong, login), right.status)
    t.check("… nothing told that the account was locked", all(without_noise(a, login) == without_noise(wrong, login) for a in locked_out))
    failures, until = site.rows("SELECT failures, locked_until_ms FROM person WHERE login = ?", login)[0]
    t.check("… for a minute", 0 < until - time.time() * 1000 < 130 * 1000, (failures, until))
    site.write("UPDATE person SET locked_until_ms = locked_until_ms - 200000 WHERE login = ?", login)
    t.check("… and then he comes in", try_login(site, login, password)[1].status == 303)
    login, password = site.login_of("section_head", 2)
    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda i: try_login(site, login, f"guess-number-{i}"), range(24)))
    t.check("twenty-four guesses at once lock as well", try_login(site, login, password)[1].status == 422)

    def took(name):
        times = []
        for i in range(24):
            person = Browser(site)
            fields = person.form("/login").filled(login=name.format(i), password="wrong-password")
            began = time.perf_counter()
            person.post("/login", fields)
            times.append(time.perf_counter() - began)
        return statistics.median(times)
    known, never = took(site.login_of("drafter", 2)[0]), took("ghost{}")
    t.check("the time does not tell whether the account exists", 0.4 < known / never < 2.5, (known, never))
    for odd in ("a" * 100000, "' OR 1=1 --", "admin\x00", "LINYUE", "ｌｉｎｙｕｅ", "../x", "%s%n"):
        answer = try_login(site, odd, "x")[1]
        t.check(f"login name {odd[:12]!r} is answered by the ordinary refusal", answer.status in (400, 413, 422), answer.status)


def totp(secret, at):
    digest = hmac.new(secret, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    offset = digest[19] & 15
    return f"{(struct.unpack('>I', digest[offset:offset + 4])[0] & 0x7fffffff) % 1000000:06d}"


def second_factor(t, site):
    login, password = site.login_of("school_head")
    person = Browser(site).as_role("school_head")
    page = person.get("/office/totp")
    words = re.search(r"\b([A-Z2-7]{4}(?: [A-Z2-7]{4}){7})\b", page.plain())
    if not t.check("the secret is shown to be typed", words is not None, page.plain()[:400]):
        return
    secret = base64.b32decode(words.group(1).replace(" ", ""))
    form = next(f for f in forms_of(page.text) if f.action.split("?")[0] == "/office/totp")
    wrong = person.post("/office/totp", form.filled(code="000000"))
    t.check("a wrong code does not bind", wrong.status == 422, wrong.status)
    while time.time() % 30 > 24:  # the code must still be good when it arrives
        time.sleep(0.5)
    now = time.time()
    answer = person.post("/office/totp", form.filled(code=totp(secret, now)))
    t.check("the code of now binds", answer.status == 200, (answer.status, summary_of(answer)))
    recovery = re.findall(r"\b([0-9a-z]{6}-[0-9a-z]{5,6})\b", answer.plain())
    t.check("recovery codes are shown once", len(recovery) >= 8, answer.plain()[:300])
    stored = site.rows("SELECT totp_seed, recovery FROM person WHERE login = ?", login)[0]
    t.check("neither secret nor recovery codes are stored readable", secret.hex() not in stored[0] and not any(c in stored[1] for c in recovery))
    t.check("password without code: refused", try_login(site, login, password)[1].status == 422)
    t.check("the code used for binding does not work again", try_login(site, login, password, totp(secret, now))[1].status == 422)
    nxt = totp(secret, now + 30)
    t.check("the next code works", try_login(site, login, password, nxt)[1].status == 303)
    t.check("… once", try_login(site, login, password, nxt)[1].status == 422)
    site.write("UPDATE person SET failures = 0, locked_until_ms = NULL WHERE login = ?", login)
    if recovery:
        t.check("a recovery code works", try_login(site, login, password, recovery[0])[1].status == 303)
        t.check("… once", try_login(site, login, password, recovery[0])[1].status == 422)
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            got = list(pool.map(lambda _: try_login(site, login, password, recovery[1])[1].status, range(6)))
        t.check("… also when sent six times at once", got.count(303) == 1, got)
    site.write("UPDATE person SET failures = 0, locked_until_ms = NULL WHERE login = ?", login)
    again = person.post("/office/totp", form.filled(code=totp(secret, time.time())))
    t.check("a second binding from an old page is refused", again.status != 200 or "备用码" not in again.plain() or not re.search(r"[0-9a-z]{6}-[0-9a-z]{5,6}", again.plain()))


def activation(t, site):
    system = Browser(site).as_role("system")
    form = system.form("/office/people")
    unit = site.rows("SELECT unit_id FROM unit WHERE name = '人事股'")[0][0]
    answer = system.post("/office/people", form.filled(login="neu.er", name="新来的", unit_id=unit))
    m = re.search(r"/activate/([0-9A-Za-z-]+)", answer.text)
    if not t.check("a new person gets a code, told once", m is not None, (answer.status, summary_of(answer))):
        return
    code = m.group(1)
    t.check("the code has at least 100 bits", len(code.replace("-", "")) >= 20, code)
    t.check("the code is not stored readable", site.rows("SELECT count(*) FROM person WHERE activation = ?", code)[0][0] == 0)
    stranger = Browser(site)
    place = f"/activate/{code}"
    weak = stranger.post(place, stranger.form(place).filled(password="short", again="short"))
    t.check("a weak password: 422 at the field", weak.status == 422 and "password" in faults_in(weak), weak.status)
    good = "Meadow-lantern-9931"
    forms = stranger.form(place)
    with concurrent.futures.ThreadPoolExecutor(5) as pool:
        got = [a.status for a in pool.map(lambda i: stranger.post(place, forms.filled(password=good + str(i), again=good + str(i))), range(5))]
    t.check("a code used five times at once works once", got.count(200) == 1 and set(got) <= {200, 404, 409, 422}, got)
    t.check("… and never again", Client(site).get(place).status == 404)
    never = Client(site).get("/activate/" + "0" * len(code))
    fresh_cookie = lambda answer: re.sub(rb"gk-form=[^;]+", b"gk-form=", answer.without_date())
    t.check("a used code and one that never was give the same bytes", fresh_cookie(Client(site).get(place)) == fresh_cookie(never))
    person_id = site.rows("SELECT person_id FROM person WHERE login = 'neu.er'")[0][0]
    page = f"/office/people/{person_id}"
    answer = system.post(page + "/code", system.form(page, page + "/code").fields)
    code2 = re.search(r"/activate/([0-9A-Za-z-]+)", answer.text).group(1)
    site.write("UPDATE person SET activation_ms = activation_ms - ? WHERE login = 'neu.er'", 8 * 86400 * 1000)
    t.check("a code of eight days ago does not work", Client(site).get(f"/activate/{code2}").status == 404)
    t.check("no code stands in the log", code not in site.log() and code2 not in site.log(), [l for l in site.log().splitlines() if code in l][:2])
    statuses = [Client(site, "127.240.1.1").get("/activate/" + os.urandom(13).hex()).status for _ in range(60)]
    t.check("codes cannot be tried by the thousand", 429 in statuses, set(statuses))


def proof(t, site):
    """What was typed is not lost when the password is asked again."""
    people = People(site)
    document = people.of("drafter").draft(title="须再次确认", signed_on="2026-01-05")
    approve(people, document)
    office = people.of("office")
    for length in (20, 450, 1200):
        site.write("UPDATE session SET proved_ms = proved_ms - 700000")
        reason = "因" * length
        page = f"/office/documents/{document}"
        answer = office.post(page + "/publish", office.form(page, page + "/publish").filled(late_reason=reason))
        where = answer.header("Location") or ""
        asked = answer.status == 303 and where.startswith("/office/prove?next=") or answer.status in (401, 403, 422)
        t.check(f"publishing eleven minutes after the proof asks for the password ({length} characters typed)", asked and number_of(site, document) is None,
                (answer.status, where[:60]))
        if answer.status != 303:
            t.check(f"… the {length} characters are still there", reason in answer.text, answer.status)
            form = office.form("/office/prove")
            office.post("/office/prove", form.filled(password=site.login_of("office")[1]))
            continue
        form = office.form(where, "/office/prove")
        back = office.post("/office/prove", form.filled(password=site.login_of("office")[1]))
        page = office.get(back.header("Location") or "/")
        t.check(f"… and leads back with the {length} characters", page.status == 200 and reason in page.text, (back.status, page.status))
    wrong = office.post("/office/prove", office.form("/office/prove").filled(password="wrong-wrong-wrong"))
    t.check("a wrong password proves nothing", wrong.status == 422, wrong.status)


def traces(t, site):
    """What lies about: modes of files, what the log says."""
    loose = []
    for folder, folders, names in os.walk(site.data):
        for name in folders + names:
            path = os.path.join(folder, name)
            mode = stat.S_IMODE(os.lstat(path).st_mode)
            if mode & 0o007 or (mode & 0o070 and name in ("keys", "demo-accounts.txt", "site.db", "gongkai.conf")):
                loose.append((path, oct(mode)))
    t.check("nothing in the data folder is open to others", not loose and stat.S_IMODE(os.stat(site.data).st_mode) == 0o700, loose)
    with open(os.path.join(site.data, "keys"), encoding="utf-8") as f:
        keys = [word for line in f if "=" in line for word in line.split()[-1:] if len(word) > 20]
    log = site.log()
    passwords = [p for list_ in site.accounts.values() for _, p in list_]
    names = [n for n, in site.rows("SELECT name FROM person")]
    logins = [n for n, in site.rows("SELECT login FROM person") if len(n) > 4]
    for what, words in (("keys", keys), ("passwords", passwords), ("names of people", names), ("login names", logins)):
        t.check(f"the log holds no {what}", words and not any(w in log for w in words), [w for w in words if w in log][:3])
    with open(os.path.join(site.data, "site.db"), "rb") as f:
        stored = f.read()
    t.check("no password or key lies in the store", not any(w.encode() in stored for w in keys + passwords))
    doctor = site.run("doctor")
    t.check("the doctor finds the site well, the audit chain whole", doctor.returncode == 0, doctor.stdout[-600:] + doctor.stderr[-300:])


def audited(t, site):
    def refused():
        return site.rows("SELECT count(*) FROM audit WHERE outcome <> 'ok'")[0][0]
    before = refused()
    try_login(site, "linyue", "not-this-one")
    t.check("a failed log-in leaves an audit row", refused() == before + 1, refused() - before)
    drafter = Browser(site).as_role("drafter")
    token = drafter.token()
    before = refused()
    answer = drafter.post(f"/office/documents/{1111111111}/withdraw", [("_token", token), ("kind", "other"), ("reason", "x")])
    t.check("an act without the right leaves an audit row", answer.status == 403 and refused() == before + 1, (answer.status, refused() - before))
    rows, before = site.count("audit"), refused()
    answer = drafter.post("/office/documents/1111111111/submit", [("_token", token), ("version", "1")])
    t.check("an act at what is not there leaves one too", answer.status == 404 and refused() == before + 1 and site.count("audit") == rows + 1, answer.status)


def tell(t, program):
    site = Site(program).start()
    try:
        for story in (logging_in, guessing, activation, second_factor, proof, audited, ending, traces):
            story(t, site)
        t.check("sessions: no child died", "signal=" not in site.log(), site.log()[-600:])
    finally:
        site.remove()
