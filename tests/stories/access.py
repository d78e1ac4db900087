"""Every role at every route, over HTTP: what `gongkai access` prints is what happens."""
from harness import *

NOBODY_ID = "111111111111111111"


def report(site):
    """(method, pattern) -> role -> allowed; for everybody who can sign in."""
    text = subprocess.run([site.program, "access"], capture_output=True, text=True, check=True).stdout
    routes, columns = {}, None
    for line in text.splitlines():
        words = line.split()
        if words[:1] == ["route"]:
            columns = words[1:-1]
        elif columns and words[:1] in (["GET"], ["POST"]):
            marks = words[2:2 + len(columns)]
            allowed = {}
            for role, mark in zip(columns, marks):
                allowed.setdefault(role, mark == "●")  # the last «system» is the program itself
            routes[words[0], words[1]] = allowed
    return routes


def address(pattern):
    return re.sub(r"\{(\w+)\}", lambda m: {"digest": "0" * 64, "no": "1", "number": "x", "name": "x", "code": "x" * 26}.get(m.group(1), NOBODY_ID), pattern)


LAST = ("/office/me/end-others", "/logout")  # after these nothing else can be tried


def tell(t, program):
    site = Site(program).start()
    try:
        routes = report(site)
        t.check("the report lists the routes", len(routes) > 60, len(routes))
        for (method, pattern), allowed in routes.items():
            target = address(pattern)
            body = b"" if method == "POST" else None
            answer = Client(site).request(method, target, body, [("Sec-Fetch-Site", "same-origin"),
                                                                 ("Content-Type", "application/x-www-form-urlencoded")])
            if allowed["nobody"]:
                good = answer.status in (200, 303, 404, 422) or method == "POST" and answer.status == 403  # the form was not ours
            elif method == "GET":
                good = answer.status == 303 and (answer.header("Location") or "").startswith("/login?next=")
            else:
                good = answer.status == 401
            t.check(f"nobody: {method} {pattern} is {'open' if allowed['nobody'] else 'closed'}", good, (answer.status, answer.header("Location")))
        for role in site.accounts:
            person = Browser(site).as_role(role)
            token = person.token()
            wrong, tried = [], 0
            for (method, pattern), allowed in sorted(routes.items(), key=lambda r: LAST.index(r[0][1]) + 1 if r[0][1] in LAST else 0):
                if pattern in ("/login", "/login.json") and method == "POST":
                    continue
                target = address(pattern)
                if method == "GET":
                    answer = person.get(target)
                else:
                    answer = person.post(target, [("_token", token), ("_key", f"{role}{tried}")])
                tried += 1
                to_login = (answer.header("Location") or "").startswith("/login")
                if allowed[role]:
                    good = answer.status in (200, 303, 404, 409, 410, 422) and (not to_login or pattern == "/logout")
                else:
                    good = answer.status == 403 and is_chinese(answer.plain())
                if not good:
                    wrong.append((method, pattern, allowed[role], answer.status, answer.header("Location")))
            t.check(f"{role}: {tried} routes answer as the report says", tried > 60 and not wrong, wrong)
        t.check("access: no fault was logged", "signal=" not in site.log() and "kind=fault" not in site.log(), site.log()[-600:])
    finally:
        site.remove()
