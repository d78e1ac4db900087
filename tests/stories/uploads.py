"""Files: cut off, hostile names, kinds that are refused, too large, endless."""
import io
import random
import threading
import urllib.parse
import zipfile

from harness import *

NEW = "/office/documents/new"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def office_file(entry):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr("[Content_Types].xml", "<Types/>")
        z.writestr(entry, "<x/>")
    return out.getvalue()


def settle(site, before, seconds=75):
    """Temporary files go when the connection is cleaned up: at once mostly, else when it has been idle for a minute."""
    until = time.monotonic() + seconds
    while site.blobs() != before and time.monotonic() < until:
        time.sleep(0.05)
    return site.blobs()


def descriptors(site):
    """Sockets and files of the store; connections to the database come and stay as workers need them."""
    folder = f"/proc/{site.children()['web']}/fd"
    held = []
    for number in os.listdir(folder):
        try:
            held.append(os.readlink(f"{folder}/{number}"))
        except OSError:
            pass
    return sum("/blobs/" in name or name.startswith("socket:") for name in held)


def cut_off(t, site, people):
    author = people.of("drafter")
    form = author.form(NEW)
    fields = form.filled(title="断在半路", body="<p>正文</p>", signed_on="2026-01-05")
    whole = multipart(fields, [("files", "大.pdf", "application/pdf", PDF + b"x" * 3000000)])
    rows, blobs = site.count("document"), site.blobs()
    places = [len(whole) // 2, len(whole) - 3, 10, 600, len(whole) - 100]
    for at in places + [random.Random(7).randrange(len(whole)) for _ in range(40 if LONG else 10)]:
        head = author.head("POST", NEW, [("Cookie", author.cookie_line()), ("Sec-Fetch-Site", "same-origin"), ("Content-Type", MULTIPART),
                                         ("Content-Length", str(len(whole)))])
        with author.connect() as s:
            s.sendall(head + whole[:at])
            time.sleep(0.02)
    t.check("uploads cut off at many places: no document", site.count("document") == rows)
    t.check("… and no file is kept", site.blobs()[0] == blobs[0], site.blobs())
    missing_end = author.request("POST", NEW, multipart(fields, [("files", "a.pdf", "application/pdf", PDF)], end=False),
                                 [("Sec-Fetch-Site", "same-origin"), ("Content-Type", MULTIPART)])
    t.check("a form without its end is refused in words", missing_end.status == 400 and is_chinese(missing_end.plain()), missing_end.status)
    t.check("… and leaves nothing", site.blobs()[0] == blobs[0] and site.count("document") == rows, site.blobs())
    answer = author.upload(NEW, fields, [("files", "大.pdf", "application/pdf", PDF + b"x" * 3000000)])
    t.check("the same form sent whole is taken", answer.status == 303 and site.count("document") == rows + 1, answer.status)


def names(t, site, people):
    author = people.of("drafter", 1)
    hostile = {
        "../../etc/passwd": "passwd", "..\\..\\x.pdf": "x.pdf", "C:\\x\\a.pdf": "a.pdf", "/etc/shadow": "shadow", "a\u202efdp.exe.pdf": None,
        "a\x01\x7fb.pdf": "ab.pdf", "\u200bа.pdf": None, ".htaccess": "htaccess", "...": "文件", "长" * 300 + ".pdf": None,
        "a" * 300 + ".pdf": None, "<script>alert(1)</script>.pdf": None, "x\";y=\".pdf": None, "报告（终稿）.pdf": "报告（终稿）.pdf",
        "CON.pdf": None, "a.pdf\r\nX-Evil: 1": None, "%2e%2e%2f.pdf": None, "-rf.pdf": None, "a;b&c=d.pdf": None, "": None,
    }
    kept_before = set(os.listdir(site.folder))
    sent = [(name.replace('"', "%22").replace("\r", "").replace("\n", ""), shown) for name, shown in hostile.items()]
    form = author.form(NEW)
    answer = author.upload(NEW, form.filled(title="名字", body="<p>正文</p>", signed_on="2026-01-05"),
                           [("files", name, "application/pdf", PDF + str(i).encode()) for i, (name, _) in enumerate(sent)])
    t.check("files with hostile names are taken under clean names", answer.status == 303, (answer.status, summary_of(answer)))
    if answer.status != 303:
        return
    document = re.match(r"/office/documents/(\d+)", answer.header("Location")).group(1)
    rows = site.rows("SELECT f.file_id, f.name FROM edition_file f JOIN document d ON d.latest_edition_id = f.edition_id "
                     "WHERE d.document_id = ? ORDER BY f.no", document)
    t.check("every one is there", len(rows) >= len(sent) - 1, rows)
    bad = re.compile("[\\x00-\\x1f\\x7f/\\\\\u200b-\u200f\u202a-\u202e\u2066-\u2069<>:\"|?*]")
    for _, name in rows:
        clean = not bad.search(name) and not name.startswith(".") and 0 < len(name.encode()) <= 240
        t.check(f"kept as {name[:40]!r}", clean, name)
    stored = [name for _, name in rows]
    for name, shown in sent:
        if shown is not None:
            t.check(f"{name!r} becomes {shown!r}", shown in stored, stored)
    for file_id, name in rows[:6]:
        got = author.get(f"/office/files/{file_id}")
        line = got.header("Content-Disposition") or ""
        t.check(f"{name[:20]!r} is handed out as a file of that name, closed in a sandbox",
                got.status == 200 and line.startswith("attachment") and urllib.parse.quote(name, safe="") .replace("%", "") [:4] in
                line.replace("%", "") and "sandbox" in (got.header("Content-Security-Policy") or "") and
                got.header("X-Content-Type-Options") == "nosniff", (got.status, got.lines))
    t.check("no file came to lie outside the store of files", set(os.listdir(site.folder)) == kept_before)
    page = author.get(f"/office/documents/{document}")
    t.check("no name is markup on the page", "<script>alert" not in page.text and "x\";y" not in page.text)


def kinds(t, site, people):
    author = people.of("drafter", 2)
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    refused = {
        "旧.doc": (ole, "另存为"), "旧.wps": (ole, "另存为"), "a.pdf": (ole, "另存为"), "包.rar": (b"Rar!\x1a\x07\x00" + b"x" * 100, "ZIP"),
        "包.7z": (b"7z\xbc\xaf\x27\x1c" + b"x" * 100, "ZIP"), "图.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "另存为"),
        "图2.png": (b"<?xml version='1.0'?><svg onload='alert(1)'/>", "另存为"), "页.html": (b"<!DOCTYPE html><script>alert(1)</script>", "另存为"),
        "页.txt": (b"\xef\xbb\xbf  <html><body>", "另存为"), "程序.exe": (b"MZ" + b"\x90" * 500, "程序"), "程序.pdf": (b"MZ" + b"\x90" * 500, "程序"),
        "脚本.sh": (b"#!/bin/sh\nrm -rf /\n", "程序"), "包.gz": (b"\x1f\x8b\x08" + b"x" * 50, "ZIP"), "空.pdf": (b"", "空"),
        "乱.bin": (bytes(range(256)) * 4, "请上传"), "文.rtf": (b"{\\rtf1 x}", "另存为"),
    }
    rows, blobs = site.count("document"), site.blobs()
    for name, (content, advice) in refused.items():
        form = author.form(NEW)
        answer = author.upload(NEW, form.filled(title="类型不对", body="<p>正文还在</p>", signed_on="2026-01-05"),
                               [("files", name, "application/pdf", content)])
        words = faults_in(answer).get("files", "") or summary_of(answer)
        back = [f for f in forms_of(answer.text) if f.action == NEW]
        t.check(f"{name}: refused by what is in it, with the name and advice", answer.status == 422 and advice in words and name in words,
                (answer.status, words))
        t.check(f"{name}: what was typed is still there", bool(back) and back[0].value("title") == "类型不对" and back[0].value("body") == "<p>正文还在</p>")
    t.check("refused files leave nothing", site.count("document") == rows and site.blobs()[0] == blobs[0], site.blobs())
    taken = {
        "好.pdf": (PDF, "application/pdf"), "好.docx": (office_file("word/document.xml"), "wordprocessingml"),
        "好.xlsx": (office_file("xl/workbook.xml"), "spreadsheetml"), "好.ofd": (office_file("OFD.xml"), "application/ofd"),
        "好.png": (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "image/png"), "伪.exe": (PDF, "application/pdf"), "表.csv": ("姓名,数\n甲,1\n".encode(), "text/csv"),
    }
    form = author.form(NEW)
    answer = author.upload(NEW, form.filled(title="类型对", body="<p>正文</p>", signed_on="2026-01-05"),
                           [("files", name, "text/html", content) for name, (content, _) in taken.items()])
    t.check("good files are taken", answer.status == 303, (answer.status, summary_of(answer)))
    kept = dict(site.rows("SELECT name, media_type FROM edition_file"))
    for name, (_, kind) in taken.items():
        t.check(f"{name} is {kind} by its bytes, whatever the browser says", kind in kept.get(name, ""), kept.get(name))


def send_until_refused(author, headers, pieces, most):
    """How many bytes went out before the other side answered or closed; the answer."""
    sent = 0
    with author.connect(20) as s:
        s.sendall(author.head("POST", NEW, [("Cookie", author.cookie_line()), ("Sec-Fetch-Site", "same-origin"),
                                            ("Content-Type", MULTIPART)] + headers))
        s.settimeout(0.2)
        raw = b""
        try:
            for piece in pieces:
                s.sendall(piece)
                sent += len(piece)
                s.settimeout(0.0005)
                try:
                    raw = s.recv(65536)
                    break
                except (socket.timeout, BlockingIOError):
                    s.settimeout(20)
                if sent >= most:
                    break
        except (ConnectionError, socket.timeout):
            pass
        try:
            s.settimeout(5)
            while True:
                more = s.recv(65536)
                if not more:
                    break
                raw += more
        except OSError:
            pass
    return sent, Answer(raw) if raw else None


def huge(t, site, people):
    author = people.of("section_head")
    blobs = site.blobs()
    size = 2 * 1024 * 1024 * 1024
    piece = b"x" * 65536
    sent, answer = send_until_refused(author, [("Content-Length", str(size))], (piece for _ in range(size // len(piece))), size)
    print(f"# 2 GB upload: {sent} bytes went out before the refusal", flush=True)
    t.check("a 2 GB upload is refused by 413 before its bytes are read", answer is not None and answer.status == 413 and sent < 8 * 1024 * 1024,
            (sent, answer and answer.status))
    t.check("… in words", answer is not None and is_chinese(answer.plain()))
    for length, allowed in (("99999999999999999999", (400, 413)), ("-1", (400,)), ("1e3", (400,)), ("0x10", (400,)), ("", (400,)), ("+5", (400,))):
        answer = author.raw(author.head("POST", NEW, [("Cookie", author.cookie_line()), ("Sec-Fetch-Site", "same-origin"),
                                                      ("Content-Type", MULTIPART), ("Content-Length", length)]))
        t.check(f"Content-Length {length!r} is refused", answer.status in allowed, answer.status)
    form = author.form(NEW)
    start = multipart(form.filled(title="一百多兆", body="<p>正文</p>", signed_on="2026-01-05"), end=False)
    start += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n'.encode()
    end = f"\r\n--{BOUNDARY}--\r\n".encode()
    megabyte = b"%PDF-1.4\n" + b"x" * (1024 * 1024 - 9)
    body = start + megabyte * 101 + end
    answer = author.request("POST", NEW, body, [("Sec-Fetch-Site", "same-origin"), ("Content-Type", MULTIPART)], timeout=60)
    words = summary_of(answer)
    t.check("a file of 101 MB: 422 at the field with the maximum, the text is kept",
            answer.status == 422 and "100 MB" in words and "一百多兆" in answer.text, (answer.status, words))
    t.check("… and nothing of it is kept", site.blobs()[0] == blobs[0], site.blobs())

    def chunks():
        yield b"%x\r\n" % len(start) + start + b"\r\n"
        while True:
            yield b"10000\r\n" + piece + b"\r\n"

    began = time.monotonic()
    meanwhile = []
    stop = threading.Event()

    def look():
        while not stop.is_set():
            meanwhile.append(home_is_served(site))
            stop.wait(0.2)

    watcher = threading.Thread(target=look)
    watcher.start()
    sent, answer = send_until_refused(author, [("Transfer-Encoding", "chunked")], chunks(), 4 * 1024 * 1024 * 1024)
    stop.set()
    watcher.join()
    print(f"# endless upload: {sent / 1048576:.0f} MiB in {time.monotonic() - began:.1f} s before the cut", flush=True)
    t.check("an endless upload is cut at the limit of a form", sent < 450 * 1024 * 1024, sent)
    t.check("… keeps nothing", site.blobs()[0] == blobs[0], site.blobs())
    t.check("… and others were served meanwhile", meanwhile and None not in meanwhile and max(meanwhile) < 1.5, meanwhile)
    form = author.form(NEW)
    many = [("files", f"{i}.pdf", "application/pdf", PDF + str(i).encode()) for i in range(60)]
    answer = author.upload(NEW, form.filled(title="六十个文件", body="<p>正文</p>", signed_on="2026-01-05"), many)
    t.check("60 files at once: refused in words at the field", answer.status == 422 and "50" in summary_of(answer), (answer.status, summary_of(answer)))
    fields = form.filled(title="字段太多", body="x", signed_on="2026-01-05") + [(f"x{i}", "y") for i in range(500)]
    answer = author.upload(NEW, fields)
    t.check("500 fields: refused in words", answer.status == 413 and is_chinese(answer.plain()), answer.status)
    no_right = people.of("leader")
    sent, answer = send_until_refused(no_right, [("Content-Length", str(90 * 1024 * 1024))], (piece for _ in range(1440)), 90 * 1024 * 1024)
    t.check("who may not draft is told so before his 90 MB are read", answer is not None and answer.status == 403 and sent < 8 * 1024 * 1024,
            (sent, answer and answer.status))


def tell(t, program):
    site = Site(program).start()
    try:
        open_before = descriptors(site)
        people = People(site)
        cut_off(t, site, people)
        names(t, site, people)
        kinds(t, site, people)
        huge(t, site, people)
        kept = site.blobs()[0]
        after = settle(site, (kept, []))
        t.check("what was cut off or refused is gone from the disk within the idle time", after == (kept, []), after)
        until = time.monotonic() + 70
        while descriptors(site) > open_before and time.monotonic() < until:
            time.sleep(0.2)
        t.check("… and no descriptor is left open", descriptors(site) <= open_before, (open_before, descriptors(site)))
        t.check("uploads: no child died", "signal=" not in site.log(), site.log()[-800:])
    finally:
        site.remove()
