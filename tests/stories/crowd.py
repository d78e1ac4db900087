"""Crowds: 2,000 idle connections, 200 slow ones, a flood of log-ins, and the limits that stand by default."""
import concurrent.futures
import resource

from harness import *


def raise_descriptors(wanted):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return most


def latencies(site, times):
    took = [home_is_served(site) for _ in range(times)]
    return sorted(x for x in took if x is not None), took.count(None)


def hold(site, how_many, first=b""):
    held = []
    for i in range(how_many):
        s = socket.socket()
        s.bind((f"127.200.{i // 200}.{1 + i % 200}", 0))
        s.settimeout(5)
        s.connect(("127.0.0.1", site.port))
        if first:
            s.sendall(first)
        held.append(s)
    return held


def idle(t, site, count):
    quiet, _ = latencies(site, 20)
    held = hold(site, count)
    took, lost = latencies(site, 40)
    worst, middle = (took[-1], took[len(took) // 2]) if took else (99, 99)
    print(f"# {count} idle connections: home page in {middle * 1000:.1f} ms (median), {worst * 1000:.1f} ms (worst); quiet "
          f"{quiet[len(quiet) // 2] * 1000:.1f} ms", flush=True)
    t.check(f"{count} idle connections: everybody else is served within 100 ms", lost == 0 and middle < 0.1 and worst < 0.5, (middle, worst, lost))
    author = Browser(site).as_role("drafter")
    t.check("… and somebody can sign in and work", author.get("/office").status == 200)
    for s in held[:50]:
        s.sendall(f"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\n\r\n".encode())
    answered = sum(read_answer(s, 5).status == 200 for s in held[:50])
    t.check("… and those who waited are served when they ask", answered == 50, answered)
    for s in held:
        s.close()


def slow(t, site):
    heads = hold(site, 100, b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ")
    bodies = hold(site, 100, f"POST /login HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                  "Sec-Fetch-Site: same-origin\r\nContent-Length: 200000\r\n\r\nlogin=".encode())
    worst, lost = 0.0, 0
    for _ in range(12):
        for s in heads + bodies:
            try:
                s.sendall(b"a")
            except OSError:
                pass
        took = home_is_served(site)
        lost += took is None
        worst = max(worst, took or 0)
    print(f"# 200 slow connections: worst home page {worst * 1000:.1f} ms", flush=True)
    t.check("200 connections that drip a byte at a time cost a reader less than 100 ms", lost == 0 and worst < 0.1, (worst, lost))
    readers = []
    for i in range(100):
        s = hold(site, 1)[0]
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        s.sendall((f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\n\r\n" * 5).encode())
        readers.append(s)
    took, lost = latencies(site, 20)
    t.check("100 clients that ask and never read disturb nobody", lost == 0 and took[-1] < 0.5, (lost, took[-1:]))
    for s in heads + bodies + readers:
        s.close()


def churn(t, site):
    """Connections that come and go at once, half of them in the middle of a message."""
    def rude(i):
        try:
            with Client(site, f"127.210.{i % 250}.{1 + i % 199}").connect(5) as s:
                if i % 2:
                    s.sendall(b"GET /list HTTP/1.1\r\nHo")
                elif i % 3 == 0:
                    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # ends by RST
                    s.sendall(f"GET /list HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\n\r\n".encode())
        except OSError:
            return 1
        return 0
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        failed = sum(pool.map(rude, range(20000 if LONG else 2000)))
    t.check("connections that come and go are all taken", failed < 20, failed)
    t.check("… and the next is served", home_is_served(site) is not None)


def floods(t, site):
    source = "127.220.1.1"
    statuses = [Client(site, source).get("/login").status for _ in range(60)]
    limited = Client(site, source).get("/login")
    wait = limited.header("Retry-After") or ""
    t.check("log-in pages asked sixty times a minute from one address: 429 with Retry-After", 429 in statuses and limited.status == 429 and
            wait.isdigit() and 0 < int(wait) <= 60, (statuses.count(429), wait))
    t.check("… in words", is_chinese(limited.plain()))
    t.check("… while another address signs in", Browser(site).as_role("drafter").get("/office").status == 200)
    t.check("… and the limited one still reads public pages", Client(site, source).get("/list").status == 200)

    def hammer(i):
        return Client(site, f"127.230.{i % 250}.1").request("POST", "/login", b"login=a&password=b", [
            ("Sec-Fetch-Site", "same-origin"), ("Content-Type", "application/x-www-form-urlencoded")]).status
    with concurrent.futures.ThreadPoolExecutor(32) as pool:
        took_before = home_is_served(site)
        statuses = list(pool.map(hammer, range(400)))
        took = home_is_served(site)
    t.check("four hundred log-ins at once are all answered", set(statuses) <= {403, 422, 429, 503}, set(statuses))
    t.check("… and the home page is still there", took is not None, (took_before, took))

    def strike(pair):
        client, fields = pair
        return client.post("/login", fields, timeout=60).status
    pairs = []
    for i in range(64):
        person = Browser(site)
        pairs.append((person, person.form("/login").filled(login=f"nobody{i}", password="x" * 20)))
    with concurrent.futures.ThreadPoolExecutor(64) as pool:
        busy = list(pool.map(strike, pairs))
    t.check("sixty-four passwords to be checked at once: each is answered, by 422 or 503", set(busy) <= {422, 503}, set(busy))


def default_limit(t, program):
    """Ruling 18: on 127.0.0.1 there is no limit by address; everywhere else it is 64. This way of writing loopback counts as elsewhere."""
    site = Site(program, empty=True, conf=["hosts = 127.0.0.1"], serve_options=["--listen", "::ffff:127.0.0.1"]).start()
    try:
        held = []
        for _ in range(120):
            s = socket.socket()
            s.settimeout(5)
            s.connect(("127.0.0.1", site.port))
            held.append(s)
        served = 0
        for s in held:
            try:
                s.sendall(f"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\nConnection: close\r\n\r\n".encode())
            except OSError:
                pass
        for s in held:
            served += read_answer(s, 5).status == 200
            s.close()
        t.check("by default one address holds at most 64 connections", 0 < served <= 64, served)
        until = time.monotonic() + 5
        while home_is_served(site) is None and time.monotonic() < until:
            time.sleep(0.1)
        t.check("… and is served again when it lets go", home_is_served(site) is not None)
    finally:
        site.remove()


def tell(t, program):
    most = raise_descriptors(6000)
    site = Site(program).start()
    try:
        count = 2000 if most >= 2300 else max(100, most - 300)
        if count < 2000:
            t.skip("2,000 idle connections", f"only {most} descriptors are allowed here; {count} instead")
        idle(t, site, count)
        slow(t, site)
        churn(t, site)
        floods(t, site)
        t.check("crowd: no child died", "signal=" not in site.log(), site.log()[-800:])
    finally:
        site.remove()
    default_limit(t, program)
