"""What all stories need: a demo site of their own, a client that can also misbehave, a browser of a person, and the count."""
import html
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
import urllib.parse

LONG = bool(os.environ.get("GONGKAI_TEST_LONG"))


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


# ---- counting ----

class Tally:
    """Each check prints one line; a story that breaks off counts as one failed."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, name, well, why=""):
        if well:
            self.passed += 1
            print(f"ok {name}", flush=True)
        else:
            self.failed += 1
            print(f"not ok {name}: {str(why)[:600]}", flush=True)
        return bool(well)

    def skip(self, name, why):
        print(f"SKIPPED {name}: {why}", flush=True)


# ---- the site ----

class Site:
    """A demo site in a folder of its own, served on a free port of loopback. Stopped by the process that was started, no other."""

    def __init__(self, program, folder=None, empty=False, conf=None, serve_options=(), environment=None):
        self.program = program
        self.folder = folder or tempfile.mkdtemp(prefix="gongkai-story-")
        self.data = os.path.join(self.folder, "site")
        self.environment = dict(os.environ, GONGKAI_TEST_FAST_HASH="1", **(environment or {}))
        self.options = list(serve_options)
        self.port = free_port()
        self.server = None
        self.log_path = os.path.join(self.folder, "serve.log")
        made = self.run("demo", *(["--empty"] if empty else []))
        if made.returncode != 0:
            raise RuntimeError("demo: " + made.stderr)
        if conf:
            self.configure(conf)
        self.accounts = {}
        with open(os.path.join(self.data, "demo-accounts.txt"), encoding="utf-8") as f:
            for line in f:
                role, login, password = line.split()
                self.accounts.setdefault(role, []).append((login, password))

    def run(self, *words, stdin=None):
        return subprocess.run([self.program, *words, "--data", self.data], env=self.environment, text=True, capture_output=True,
                              input=stdin, timeout=120)

    def configure(self, lines):
        with open(os.path.join(self.data, "gongkai.conf"), "a", encoding="utf-8") as f:
            f.write("".join(line + "\n" for line in lines))

    def start(self):
        log = open(self.log_path, "ab")
        self.server = subprocess.Popen([self.program, "serve", "--data", self.data, "--port", str(self.port), *self.options],
                                       env=self.environment, stdout=log, stderr=log)
        log.close()
        self.wait_ready()
        return self

    def wait_ready(self, seconds=20):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.server.poll() is not None:
                raise RuntimeError("serve ended: " + self.log()[-2000:])
            try:
                if Client(self).get("/healthz").status == 200:
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise RuntimeError("serve is not ready: " + self.log()[-2000:])

    def stop(self):
        if self.server is not None and self.server.poll() is None:
            self.server.send_signal(signal.SIGTERM)
            try:
                self.server.wait(20)
            except subprocess.TimeoutExpired:
                self.server.kill()
                self.server.wait()
        self.server = None

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def log(self):
        with open(self.log_path, encoding="utf-8", errors="replace") as f:
            return f.read()

    def children(self):
        """name -> pid of the processes the parent looks after."""
        found = {}
        with open(f"/proc/{self.server.pid}/task/{self.server.pid}/children", encoding="ascii") as f:
            for pid in f.read().split():
                with open(f"/proc/{pid}/comm", encoding="utf-8") as name:
                    found[name.read().strip()] = int(pid)
        return found

    def rows(self, sql, *values):
        """Looks into the store beside the program, reading only."""
        with sqlite3.connect(f"file:{self.data}/site.db?mode=ro", uri=True, timeout=10) as db:
            return db.execute(sql, values).fetchall()

    def write(self, sql, *values):
        """Changes the store behind the program's back: for clocks that cannot be waited for."""
        with sqlite3.connect(f"{self.data}/site.db", timeout=10) as db:
            return db.execute(sql, values).rowcount

    def count(self, table):
        return self.rows(f"SELECT count(*) FROM {table}")[0][0]

    def blobs(self):
        kept, temporary = [], []
        for folder, _, names in os.walk(os.path.join(self.data, "blobs")):
            (temporary if folder.endswith("/tmp") else kept).extend(names)
        return sorted(kept), sorted(temporary)

    def login_of(self, role, nth=0):
        return self.accounts[role][nth]

    def op(self, name, login, **fields):
        """An operation by the command line, in somebody's name; its JSON answer."""
        words = ["op", name, "--as", login, "--json"]
        for key, value in fields.items():
            words += [f"--{key.replace('_', '-')}", str(value)]
        done = self.run(*words)
        try:
            return json.loads(done.stdout) if done.returncode == 0 else {"error": done.stderr + done.stdout}
        except ValueError:
            return {"error": done.stdout + done.stderr}


# ---- HTTP ----

class Answer:
    def __init__(self, raw):
        self.raw = raw
        head, _, self.body = raw.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        words = lines[0].split(b" ", 2)
        self.status = int(words[1]) if len(words) > 1 and words[1].isdigit() else 0
        self.lines = []
        for line in lines[1:]:
            name, _, value = line.partition(b":")
            self.lines.append((name.decode("latin-1"), value.strip().decode("utf-8", "replace")))

    def header(self, name):
        for key, value in self.lines:
            if key.lower() == name.lower():
                return value
        return None

    def all(self, name):
        return [value for key, value in self.lines if key.lower() == name.lower()]

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    def plain(self):
        """What a reader sees: no tags, entities resolved."""
        return html.unescape(re.sub(r"<[^>]*>", " ", self.text))

    def without_date(self):
        return re.sub(rb"(?m)^Date: [^\r\n]*\r\n", b"", self.raw)


def read_answer(s, timeout=30, whole=False):
    """Reads until the end of the connection, or of the body its length tells."""
    s.settimeout(timeout)
    raw = b""
    wanted = None
    while True:
        try:
            piece = s.recv(65536)
        except (ConnectionError, socket.timeout):
            break
        if not piece:
            break
        raw += piece
        if wanted is None and b"\r\n\r\n" in raw and not whole:
            head, _, _ = raw.partition(b"\r\n\r\n")
            m = re.search(rb"(?im)^content-length: *(\d+)", head)
            wanted = len(head) + 4 + int(m.group(1)) if m else None
        if wanted is not None and len(raw) >= wanted:
            break
    return Answer(raw)


class Client:
    """A client without memory. `source` is the address it comes from: rates are kept by network of 256 addresses."""
    counter = 0

    def __init__(self, site, source=None):
        self.site = site
        if source is None:
            Client.counter += 1
            source = f"127.{1 + Client.counter // 250 % 250}.{Client.counter % 250}.1"
        self.source = source

    def connect(self, timeout=30):
        s = socket.socket()
        s.settimeout(timeout)
        s.bind((self.source, 0))
        s.connect(("127.0.0.1", self.site.port))
        return s

    def raw(self, message, timeout=30, whole=False):
        with self.connect(timeout) as s:
            try:
                s.sendall(message)
            except ConnectionError:
                pass  # refused early: the answer may be there all the same
            return read_answer(s, timeout, whole)

    def head(self, method, target, headers=()):
        target = target if isinstance(target, bytes) else target.encode("utf-8")
        lines = [method.encode() + b" " + target + b" HTTP/1.1"]
        names = {name.lower() for name, _ in headers}
        if "host" not in names:
            lines.append(f"Host: 127.0.0.1:{self.site.port}".encode())
        for name, value in headers:
            lines.append(f"{name}: ".encode() + (value if isinstance(value, bytes) else value.encode("utf-8")))
        if "connection" not in names:
            lines.append(b"Connection: close")
        return b"\r\n".join(lines) + b"\r\n\r\n"

    def request(self, method, target, body=None, headers=(), timeout=30):
        headers = list(headers)
        if body is not None:
            headers.append(("Content-Length", str(len(body))))
        return self.raw(self.head(method, target, headers) + (body or b""), timeout)

    def get(self, target, headers=(), timeout=30):
        return self.request("GET", target, None, headers, timeout)


def urlencoded(fields):
    return urllib.parse.urlencode([(k, v) for k, v in fields], encoding="utf-8").encode()


BOUNDARY = "----storyBoundary7d1f"


def multipart(fields, files=(), end=True):
    """fields: (name, text or bytes); files: (field, file name as sent (bytes or str), media type, bytes)."""
    out = b""
    for name, value in fields:
        value = value if isinstance(value, bytes) else value.encode("utf-8")
        out += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value + b"\r\n"
    for name, file_name, kind, value in files:
        file_name = file_name if isinstance(file_name, bytes) else file_name.encode("utf-8")
        out += (f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="'.encode() + file_name +
                f'"\r\nContent-Type: {kind}\r\n\r\n'.encode() + value + b"\r\n")
    return out + (f"--{BOUNDARY}--\r\n".encode() if end else b"")


MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


# ---- forms in pages ----

TAG = re.compile(r"<(form|/form|input|textarea|select|option|button)\b([^>]*)>", re.S)
ATTRIBUTE = re.compile(r'([a-zA-Z-]+)(?:="([^"]*)")?')


def attributes(text):
    return {m.group(1).lower(): html.unescape(m.group(2) or "") for m in ATTRIBUTE.finditer(text)}


class Form:
    def __init__(self, action, multipart_form):
        self.action, self.multipart, self.fields, self.required = action, multipart_form, [], set()

    def value(self, name):
        for key, value in self.fields:
            if key == name:
                return value
        return None

    def filled(self, **values):
        fields = [(k, v) for k, v in self.fields if k not in values]
        for k, v in values.items():
            fields += [(k, one) for one in v] if isinstance(v, (list, tuple)) else ([(k, v)] if v is not None else [])
        return fields


def forms_of(text):
    """The forms of a page with what a browser would send."""
    forms, form, at, select = [], None, 0, None
    while True:
        m = TAG.search(text, at)
        if m is None:
            return forms
        at = m.end()
        kind, a = m.group(1), attributes(m.group(2))
        if kind == "form":
            form = Form(a.get("action", ""), "multipart" in a.get("enctype", ""))
            forms.append(form)
        elif kind == "/form":
            form = None
        elif form is None:
            continue
        elif kind == "input" and "name" in a:
            if a.get("type") in ("checkbox", "radio") and "checked" not in a:
                continue
            if a.get("type") != "file":
                form.fields.append((a["name"], a.get("value", "")))
        elif kind == "textarea" and "name" in a:
            end = text.find("</textarea>", at)
            value = html.unescape(text[at:end])
            form.fields.append((a["name"], value[1:] if value.startswith("\n") else value))
            at = end
        elif kind == "select":
            select = a.get("name")
        elif kind == "option" and select is not None:
            if "selected" in a or form.value(select) is None:
                form.fields = [(k, v) for k, v in form.fields if k != select] + [(select, a.get("value", ""))]


# ---- a person at a browser ----

class Browser(Client):
    def __init__(self, site, source=None):
        super().__init__(site, source)
        self.cookies = {}

    def cookie_line(self):
        return "; ".join(f"{k}={v}" for k, v in self.cookies.items())

    def take_cookies(self, answer):
        for line in answer.all("Set-Cookie"):
            name, _, value = line.split(";")[0].partition("=")
            if value and "Max-Age=0" not in line:
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)

    def request(self, method, target, body=None, headers=(), timeout=30):
        headers = list(headers)
        if self.cookies and not any(k.lower() == "cookie" for k, _ in headers):
            headers.append(("Cookie", self.cookie_line()))
        answer = super().request(method, target, body, headers, timeout)
        self.take_cookies(answer)
        return answer

    def post(self, target, fields, headers=(), timeout=30):
        headers = list(headers)
        if not any(k.lower() in ("sec-fetch-site", "origin") for k, _ in headers):
            headers.append(("Sec-Fetch-Site", "same-origin"))
        headers.append(("Content-Type", "application/x-www-form-urlencoded"))
        return self.request("POST", target, urlencoded(fields), headers, timeout)

    def upload(self, target, fields, files=(), headers=(), timeout=60):
        headers = list(headers) + [("Sec-Fetch-Site", "same-origin"), ("Content-Type", MULTIPART)]
        return self.request("POST", target, multipart(fields, files), headers, timeout)

    def form(self, target, action=None):
        """The form of a page that posts to `action` (or the page itself)."""
        page = self.get(target)
        wanted = action or target.split("?")[0]
        for form in forms_of(page.text):
            if form.action.split("?")[0] == wanted:
                return form
        raise AssertionError(f"no form for {wanted} on {target}: {page.status} {page.plain()[:300]}")

    def login(self, login, password):
        form = self.form("/login")
        answer = self.post("/login", form.filled(login=login, password=password))
        if answer.status != 303 or "gk" not in self.cookies:
            raise AssertionError(f"log-in of {login}: {answer.status} {answer.plain()[:300]}")
        return self

    def as_role(self, role, nth=0):
        return self.login(*self.site.login_of(role, nth))

    def token(self, page="/office/me"):
        for form in forms_of(self.get(page).text):
            if form.value("_token"):
                return form.value("_token")
        raise AssertionError("no token on " + page)

    def draft(self, **values):
        """Makes a draft by the form; its id."""
        form = self.form("/office/documents/new")
        fields = dict(title="故事里的通知", body="<p>这是故事里的正文，至少有十个字。</p>", signed_on="2026-01-05")
        fields.update(values)
        answer = self.upload("/office/documents/new", form.filled(**fields))
        m = re.match(r"/office/documents/(\d+)", answer.header("Location") or "")
        if answer.status != 303 or m is None:
            raise AssertionError(f"draft: {answer.status} {answer.plain()[:600]}")
        return int(m.group(1))


def home_is_served(site, seconds=5.0):
    """A citizen from somewhere else gets the home page meanwhile; how long it took, or None."""
    began = time.monotonic()
    try:
        answer = Client(site).get("/", timeout=seconds)
    except OSError:
        return None
    return time.monotonic() - began if answer.status == 200 and b"</html>" in answer.body else None


def faults_in(answer):
    """field -> words of the error shown at it."""
    return {m.group(1): html.unescape(re.sub(r"<[^>]*>", "", m.group(2))).strip()
            for m in re.finditer(r'<p class="msg" id="([^"]+)-e">(.*?)</p>', answer.text, re.S)}


def summary_of(answer):
    """What the summary above the form says."""
    m = re.search(r'<div class="alert bad"[^>]*id="errors".*?</div>', answer.text, re.S)
    return html.unescape(re.sub(r"<[^>]*>", " ", m.group(0))) if m else ""


def is_chinese(words):
    return bool(re.search(r"[\u4e00-\u9fff]{4}", words or ""))


# ---- the whole way of a document ----

class People:
    """One browser for each person, signed in when first wanted."""

    def __init__(self, site):
        self.site, self.known = site, {}

    def of(self, role, nth=0):
        if (role, nth) not in self.known:
            self.known[role, nth] = Browser(self.site).as_role(role, nth)
        return self.known[role, nth]


def today():
    """The day in China."""
    return time.strftime("%Y-%m-%d", time.gmtime(time.time() + 8 * 3600))


def act(browser, document_id, verb, **values):
    """Sends one of the forms of a document's page."""
    page = f"/office/documents/{document_id}"
    return browser.post(f"{page}/{verb}", browser.form(page, f"{page}/{verb}").filled(**values))


def review(people, document_id, role, nth=0, **values):
    reviewer = people.of(role, nth)
    where = reviewer.get(f"/office/review/of/{document_id}").header("Location")
    form = reviewer.form(where)
    answer = reviewer.post(form.action, form.filled(**dict(dict(verdict="pass", secrecy="open", proof_done="1"), **values)))
    if answer.status != 303:
        raise AssertionError(f"review by {role}: {answer.status} {summary_of(answer)}")
    return answer


def approve(people, document_id, nth=0, author="drafter"):
    """From draft to approved."""
    sent = act(people.of(author, nth), document_id, "submit")
    if sent.status != 303:
        raise AssertionError(f"submit: {sent.status} {summary_of(sent)}")
    review(people, document_id, "section_head", nth)
    for role in ("office", "secrecy", "leader"):
        review(people, document_id, role)


def publish(people, document_id, nth=0, author="drafter"):
    """From draft to the public; the index number."""
    approve(people, document_id, nth, author)
    done = act(people.of("office"), document_id, "publish")
    if done.status != 303:
        raise AssertionError(f"publish: {done.status} {summary_of(done)}")
    return number_of(people.site, document_id)


def number_of(site, document_id):
    return site.rows("SELECT index_number FROM document WHERE document_id = ?", document_id)[0][0]
