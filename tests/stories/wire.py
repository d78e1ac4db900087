"""Messages no browser sends, refused as the design says; and what every answer carries."""
from harness import *


def send(client, lines, body=b"", timeout=10):
    return client.raw(b"\r\n".join(lines) + b"\r\n\r\n" + body, timeout)


def messages(t, site):
    client = Client(site)
    host = f"Host: 127.0.0.1:{site.port}".encode()
    get, post = b"GET / HTTP/1.1", b"POST /login HTTP/1.1"
    kind, close = b"Content-Type: application/x-www-form-urlencoded", b"Connection: close"
    refused = {
        "two different Content-Length": ([post, host, kind, b"Content-Length: 3", b"Content-Length: 5"], b"a=bcd"),
        "a list of Content-Length": ([post, host, kind, b"Content-Length: 3, 3"], b"a=b"),
        "Content-Length and Transfer-Encoding": ([post, host, kind, b"Content-Length: 3", b"Transfer-Encoding: chunked"], b"0\r\n\r\n"),
        "Transfer-Encoding: gzip, chunked": ([post, host, kind, b"Transfer-Encoding: gzip, chunked"], b"0\r\n\r\n"),
        "Transfer-Encoding: identity": ([post, host, kind, b"Transfer-Encoding: identity"], b""),
        "Transfer-Encoding twice": ([post, host, kind, b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked"], b"0\r\n\r\n"),
        "a folded line": ([get, host, b"X-A: 1", b" folded"], b""),
        "a blank before the colon": ([get, host, b"X-A : 1"], b""),
        "a NUL in a header": ([get, host, b"X-A: a\x00b"], b""),
        "a bare CR in a header": ([get, host, b"X-A: a\rX-B: c"], b""),
        "no Host": ([get, b"X-A: 1"], b""),
        "two Hosts": ([get, host, b"Host: other"], b""),
        "a Host with a path": ([get, b"Host: a/b"], b""),
        "a Host with a name and password": ([get, b"Host: a@b"], b""),
        "a fragment in the target": ([b"GET /list#x HTTP/1.1", host], b""),
        "an absolute target": ([b"GET http://evil.example/ HTTP/1.1", host], b""),
        "a body with GET": ([get, host, b"Content-Length: 3"], b"abc"),
        "a chunk size with a sign": ([post, host, kind, b"Transfer-Encoding: chunked"], b"+3\r\na=b\r\n0\r\n\r\n"),
        "a chunk size with 0x": ([post, host, kind, b"Transfer-Encoding: chunked"], b"0x3\r\na=b\r\n0\r\n\r\n"),
        "a chunk size too large": ([post, host, kind, b"Transfer-Encoding: chunked"], b"ffffffffffffffff1\r\na=b\r\n0\r\n\r\n"),
    }
    for name, (lines, body) in refused.items():
        answer = send(client, lines + [close], body, timeout=5)
        t.check(f"{name}: refused", answer.status in (0, 400, 404, 413, 421, 505), answer.status)
        t.check(f"{name}: nothing in it is served", not re.search(rb"HTTP/1.1 [23]", answer.raw), answer.raw[:200])
    smuggled = send(client, [post, host, kind, b"Content-Length: 5", b"Transfer-Encoding: chunked"],
                    b"0\r\n\r\nGET /healthz HTTP/1.1\r\n" + host + b"\r\n\r\n", timeout=5)
    t.check("a message hidden in a body is not answered", b"ok\n" not in smuggled.raw, smuggled.raw[-200:])
    floods = {
        "101 header lines": [get, host] + [b"X-%d: y" % i for i in range(101)],
        "40 KiB of headers": [get, host] + [b"X-%d: " % i + b"y" * 4000 for i in range(10)],
        "one header of 60 KiB": [get, host, b"X-A: " + b"y" * 61440],
        "a target of 9 KiB": [b"GET /" + b"a" * 9216 + b" HTTP/1.1", host],
        "a target of 60 KiB": [b"GET /" + b"a" * 61440 + b" HTTP/1.1", host],
        "a cookie of 33 KiB": [get, host, b"Cookie: gk=" + b"y" * 33792],
    }
    for name, lines in floods.items():
        answer = send(client, lines + [close], timeout=5)
        t.check(f"{name}: refused or cut", answer.status in (0, 400, 413, 414, 431), answer.status)
    endless = Client(site)
    with endless.connect() as s:
        sent = 0
        try:
            s.sendall(get + b"\r\n" + host + b"\r\n")
            while sent < 4 * 1024 * 1024:
                s.sendall(b"X-Line: " + b"y" * 1000 + b"\r\n")
                sent += 1010
                time.sleep(0.0002)
        except ConnectionError:
            pass
    t.check("headers without end are cut", sent < 2 * 1024 * 1024, sent)
    for method in ("TRACE", "CONNECT", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"):
        answer = client.request(method, "/list")
        t.check(f"{method} is refused", answer.status in (400, 405, 501), answer.status)
    for garbage in (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 200, b"GET\r\n\r\n", b"\r\n" * 50 + b"x\r\n\r\n", b"HELO mail\r\n\r\n",
                    b"GET / HTTP/9.9\r\n\r\n", b"get / http/1.1\r\n\r\n", b"\0" * 4096):
        answer = client.raw(garbage, timeout=3)
        t.check(f"{garbage[:12]!r} is no message", answer.status in (0, 400, 405, 501, 505), answer.status)
    t.check("the next visitor is served", home_is_served(site) is not None)


def what_every_answer_carries(t, site, people):
    number, gone = [row[0] for row in site.rows("SELECT index_number FROM document WHERE status = 'public' LIMIT 2")]
    author = people.of("drafter")
    document = site.rows("SELECT document_id FROM document WHERE index_number = ?", gone)[0][0]
    act(people.of("office"), document, "withdraw", kind="mistaken", reason="发布有误，撤下重发。")
    static = re.search(r"/static/[^\"]+\.css", Client(site).get("/").text).group(0)
    document = author.draft(title="头")
    answers = {"home": Client(site).get("/"), "list": Client(site).get("/list"), "document": Client(site).get(f"/d/{number}"),
               "sheet": Client(site).get(f"/d/{number}/sheet"), "QR code": Client(site).get(f"/d/{number}/qr.svg"),
               "style sheet": Client(site).get(static), "health": Client(site).get("/healthz"), "log-in": Client(site).get("/login"),
               "404": Client(site).get("/nowhere"), "400": Client(site).get("/%zz"), "405": Client(site).request("POST", "/list", b""),
               "421 or home": Client(site).get("/", [("Host", "x.example")]), "303 to log-in": Client(site).get("/office"),
               "401": Client(site).request("POST", "/office/me/end-others", b"", [("Sec-Fetch-Site", "same-origin")]),
               "desk": author.get("/office"), "draft": author.get(f"/office/documents/{document}/edit"), "403": author.get("/office/audit"),
               "422": author.upload("/office/documents/new", author.form("/office/documents/new").filled(title="x" * 300)),
               "HEAD": Client(site).request("HEAD", "/"), "withdrawn": Client(site).get(f"/d/{gone}")}
    for name, a in answers.items():
        csp = a.header("Content-Security-Policy") or ""
        t.check(f"{name} ({a.status}): closed policy, no framing, no sniffing",
                "default-src 'none'" in csp and "unsafe" not in csp and ("frame-ancestors 'none'" in csp or "sandbox" in csp) and
                a.header("X-Content-Type-Options") == "nosniff" and a.header("Referrer-Policy") == "same-origin" and
                a.header("Cross-Origin-Opener-Policy") == "same-origin" and a.header("Cross-Origin-Resource-Policy") == "same-origin" and
                bool(a.header("Permissions-Policy")), a.lines)
        t.check(f"{name}: tells nothing of the program", a.header("Server") is None and a.header("X-Powered-By") is None)
    for name in ("desk", "draft", "403", "422", "log-in", "303 to log-in"):
        t.check(f"{name} is kept by nobody's cache", "no-store" in (answers[name].header("Cache-Control") or ""), answers[name].header("Cache-Control"))
    for name, a in answers.items():
        scripts = re.findall(r"<script\b[^>]*>", a.text)
        inline = [s for s in scripts if "src=" not in s and "application/json" not in s]
        t.check(f"{name}: no script or style inside the page", not inline and " style=" not in a.text and "<style" not in a.text and
                not re.search(r"<[^>]*\son[a-z]+=", a.text), inline)


def redirects(t, site, people):
    evil = ("//evil.example", "https://evil.example/", "\\\\evil.example", "/\\evil.example", "\\evil", "/%09/evil.example", "javascript:alert(1)",
            "/office//evil", "/office@evil.example", "/office.evil.example", " //evil.example", "http:evil.example", "/\t/evil.example", "//",
            "/office\r\nSet-Cookie: a=b", "///evil.example", "/login/../..//evil.example")
    login, password = site.login_of("drafter")
    for where in evil:
        answer = Client(site).get("/display?" + urllib.parse.urlencode({"size": "large", "back": where}))
        place = answer.header("Location") or ""
        t.check(f"/display back={where!r} stays here", answer.status == 303 and place.startswith("/") and not place.startswith(("//", "/\\")) and
                "\\" not in place and not answer.header("a"), place)
    for where in evil[:6] + evil[-6:]:
        person = Browser(site)
        form = person.form("/login?" + urllib.parse.urlencode({"next": where}), "/login")
        answer = person.post("/login", form.filled(login=login, password=password, next=where))
        place = answer.header("Location") or ""
        t.check(f"/login next={where!r} leads to the desk", answer.status == 303 and place.startswith("/office") and "evil" not in place.split("/office")[0]
                and not re.match(r"/office[^/?#]", place), (answer.status, place))
    answer = Client(site).get("//evil.example/%2e%2e")
    t.check("a target that looks like a host leads nowhere", answer.status in (301, 303, 400, 404) and not (answer.header("Location") or "").startswith("//"),
            (answer.status, answer.header("Location")))
    for target in ("/list/", "/list//", "//list", "/\\evil.example/", "/list/?a=//evil"):
        place = Client(site).get(target).header("Location") or "/"
        t.check(f"{target!r} does not lead away", place.startswith("/") and not place.startswith(("//", "/\\")), place)


def conditional(t, site):
    number = site.rows("SELECT index_number FROM document WHERE status = 'public' LIMIT 1")[0][0]
    page = Client(site).get(f"/d/{number}")
    tag = page.header("ETag")
    t.check("a public page has a tag, and 304 answers to it", Client(site).get(f"/d/{number}", [("If-None-Match", tag)]).status == 304)
    t.check("HEAD is GET without the body", Client(site).request("HEAD", f"/d/{number}").header("Content-Length") == page.header("Content-Length"))
    many = ",".join(f"{i}-{i}" for i in range(2000))
    t.check("two thousand ranges of a page are no work", Client(site).get(f"/d/{number}", [("Range", "bytes=" + many)]).status in (200, 206, 416))
    t.check("a list of 1,000 tags is read", Client(site).get(f"/d/{number}", [("If-None-Match", ", ".join(['"x"'] * 1000))]).status in (200, 431))


def hosts(t, program):
    site = Site(program, empty=True, conf=["hosts = jyj.example localhost 127.0.0.1"]).start()
    try:
        for host, wanted in (("jyj.example", 200), ("JYJ.EXAMPLE", 200), ("jyj.example:8080", 200), (f"127.0.0.1:{site.port}", 200), ("evil.example", 421),
                             ("jyj.example.evil.example", 421), ("xjyj.example", 421), ("10.0.0.1", 421)):
            answer = Client(site).get("/", [("Host", host)])
            t.check(f"with hosts configured, Host {host}: {wanted}", answer.status == wanted, answer.status)
        evil = Client(site).get("/office", [("Host", "evil.example")])
        t.check("a foreign Host gets no redirect of its own", evil.status == 421 and evil.header("Location") is None, evil.status)
        proxied = Client(site).get("/login", [("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "8.8.8.8")])
        t.check("nobody is believed to be a proxy unless listed", "Secure" not in " ".join(proxied.all("Set-Cookie")) and
                proxied.header("Strict-Transport-Security") is None, proxied.lines)
    finally:
        site.remove()
    site = Site(program, empty=True, conf=["proxies = 127.0.0.1"]).start()
    try:
        proxied = Client(site, "127.0.0.1").get("/login", [("X-Forwarded-Proto", "https")])
        cookie = " ".join(proxied.all("Set-Cookie"))
        t.check("behind TLS the cookies are __Host-, Secure, HttpOnly, SameSite=Lax, Path=/",
                all(word in cookie for word in ("__Host-gk-form=", "Secure", "HttpOnly", "SameSite=Lax", "Path=/")), cookie)
        t.check("… and HSTS is a year with subdomains", "max-age=31536000; includeSubDomains" in (proxied.header("Strict-Transport-Security") or ""))
    finally:
        site.remove()


def tell(t, program):
    site = Site(program).start()
    try:
        people = People(site)
        messages(t, site)
        what_every_answer_carries(t, site, people)
        redirects(t, site, people)
        conditional(t, site)
        t.check("wire: no child died", "signal=" not in site.log(), site.log()[-800:])
    finally:
        site.remove()
    hosts(t, program)
