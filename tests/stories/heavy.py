"""Text made to be heavy: the largest bodies of the worst shapes, through every page that works on them. No child dies, nothing hangs."""
import random

from harness import *

NEW = "/office/documents/new"
MIB = 1024 * 1024
PAGE_SECONDS = 15  # also under sanitizers on a busy machine; plain builds need about one


def shapes():
    dice = random.Random(5)
    word = lambda n: "".join(chr(dice.randrange(0x4e00, 0x5e00)) for _ in range(n))
    prose = ["<p>" + word(dice.randint(5, 60)) + "</p>" for _ in range(20000)]
    mixed = prose[:]
    dice.shuffle(mixed)
    edited = [p.replace(p[4], "改", 1) if i % 3 else p for i, p in enumerate(prose)]
    yield "prose, every third paragraph changed", "".join(prose), "".join(edited)
    yield "prose, shuffled", "".join(prose), "".join(mixed)
    yield "a paragraph of 3 MiB, wholly other", "<p>" + word(MIB) + "</p>", "<p>" + word(MIB) + "</p>"
    yield "2 MiB of &", "<p>" + "&" * (2 * MIB), "<p>" + "&" * (2 * MIB) + "x"
    yield "a million paragraphs", "<p>a" * MIB, "<p>b" * MIB
    yield "a million line breaks", "a<br>" * (MIB * 4 // 5 - 100), "b<br>" * (MIB * 4 // 5 - 100)
    yield "a table of a million cells", "<table><tr>" + "<td>" * (MIB - 100), "<table><tr>" + "<td>x" * (MIB * 4 // 5 - 100)
    yield "half a million list entries", "<ul>" + "<li>a" * (MIB * 4 // 5 - 100), "<ul>" + "<li>b" * (MIB * 4 // 5 - 100)
    yield "four million <", "<" * (4 * MIB - 1), "<" * (4 * MIB - 2)
    yield "boxes in boxes", "<div>" * (4 * MIB // 5), "<b><p>" * (4 * MIB // 6)
    yield "tables in bold in tables", "<table>x<b>x" * (4 * MIB // 12), "<b id=n><p>" * (4 * MIB // 11)


def timed(t, name, site, ask):
    began = time.monotonic()
    answer = ask()
    took = time.monotonic() - began
    t.check(f"{name}: answered within {PAGE_SECONDS} s, no fault", 200 <= answer.status < 500 and took < PAGE_SECONDS, (answer.status, round(took, 2)))
    return answer, took


def one_shape(t, site, people, nth, name, first, second):
    author, head = people.of("drafter", nth), people.of("section_head", nth)
    body = lambda text: dict(title=name, body="<p>正文十个字以上的内容在这里。</p>" + text, signed_on=today())
    answer, took = timed(t, f"{name}: draft", site, lambda: author.upload(NEW, author.form(NEW).filled(**body(first)), timeout=60))
    worst = took
    if answer.status == 422:
        t.check(f"{name}: refused at the body, in words", is_chinese(faults_in(answer).get("body", "")), faults_in(answer))
        return worst
    if answer.status != 303:
        return worst
    document = int(re.match(r"/office/documents/(\d+)", answer.header("Location")).group(1))
    place = f"/office/documents/{document}"
    for page in ("/edit", "", "/preview"):
        worst = max(worst, timed(t, f"{name}: page{page}", site, lambda: author.get(place + page, timeout=60))[1])
    sent, took = timed(t, f"{name}: sent to review", site, lambda: act(author, document, "submit"))
    worst = max(worst, took)
    if sent.status != 303:
        return worst
    case = head.get(f"/office/review/of/{document}").header("Location")
    answer, took = timed(t, f"{name}: first review page", site, lambda: head.get(case, timeout=60))
    head.post(case, head.form(case).filled(verdict="return", opinion="请修改后再报"))
    edit = author.form(place + "/edit")
    answer, again = timed(t, f"{name}: saved again", site, lambda: author.upload(place + "/edit", edit.filled(**body(second)), timeout=60))
    worst = max(worst, took, again)
    if answer.status != 303:
        return worst
    timed(t, f"{name}: sent again", site, lambda: act(author, document, "submit"))
    case = head.get(f"/office/review/of/{document}").header("Location")
    for view in ("", "?view=stacked", "?view=final"):
        worst = max(worst, timed(t, f"{name}: difference{view}", site, lambda: head.get(case + view, timeout=60))[1])
    return worst


def memory_mib(site):
    with open(f"/proc/{site.children()['web']}/status", encoding="ascii") as f:
        return int(re.search(r"VmRSS:\s+(\d+)", f.read()).group(1)) // 1024


def forms(t, site, people):
    author = people.of("section_head", 2)
    form = author.form(NEW)
    base = dict(title="大表单", body="<p>正文</p>", signed_on=today())
    fields = form.filled(**base) + [(f"x{i}", "y" * 15000) for i in range(360)]
    timed(t, "a form of 5.4 MB in 390 fields", site, lambda: author.upload(NEW, fields, timeout=60))
    parts = author.form(NEW).filled(**dict(base, part_title=["附"] * 20, part_body=["<p>a" * 70000] * 20))
    timed(t, "twenty parts of 280 KB", site, lambda: author.upload(NEW, parts, timeout=60))
    answer, _ = timed(t, "21 parts", site, lambda: author.upload(NEW, author.form(NEW).filled(**dict(base, part_title=["附"] * 21, part_body=["甲"] * 21))))
    t.check("21 parts are refused in words", answer.status == 422 and is_chinese(summary_of(answer)), answer.status)
    timed(t, "1,900 addressees", site, lambda: author.upload(NEW, author.form(NEW).filled(**dict(base, addressees="，".join(["甲"] * 1900)))))
    answer, _ = timed(t, "a wrong date beside 4 MiB of &", site,
                      lambda: author.upload(NEW, author.form(NEW).filled(**dict(base, body="&" * (4 * MIB - 100), printed_on="xx")), timeout=60))
    t.check("… typed text comes back whole", answer.status == 422 and answer.body.count(b"&amp;") >= 4 * MIB - 200, answer.status)


def tell(t, program):
    site = Site(program).start()
    try:
        people = People(site)
        for i, (name, first, second) in enumerate(shapes()):
            worst = one_shape(t, site, people, i % 3, name, first, second)
            print(f"# {name}: worst page {worst:.2f} s", flush=True)
            t.check(f"{name}: the home page is served", home_is_served(site) is not None)
        forms(t, site, people)
        used = memory_mib(site)
        print(f"# memory of the web process after all this: {used} MiB", flush=True)
        sanitized = "AddressSanitizer" in subprocess.run(["strings", "-n", "16", program], capture_output=True, text=True).stdout
        if sanitized:
            t.skip("memory after heavy pages", "a build with AddressSanitizer keeps what was freed")
        else:
            t.check("heavy pages give their memory back", used < 150, used)
        t.check("heavy: no child died", "signal=" not in site.log() and "must failed" not in site.log(), site.log()[-600:])
    finally:
        site.remove()
