#!/usr/bin/python3
"""encodings.t - parse reads text in any encoding, as TAP

What a document says does not depend on its encoding: papers, rejects and notes
are those of the same text in UTF-8.  And where a record is said to be, in bytes
of the document, its bytes begin: converted, they go on as the text does."""
import codecs, concurrent.futures, functools, glob, gzip, json, os, re, shlex
import subprocess, sys, tempfile

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BIN = os.path.abspath(os.environ.get("BIN", TOP + "/bin"))
# these find out about their encoding themselves
OWN = {"html"}
# Python's name, the one for -e (none: the data tells), what stands in front
ENCODINGS = [
    ("utf-16-le", "UTF-16LE", b""),
    ("utf-16-be", "UTF-16BE", b""),
    ("utf-16-le", None, codecs.BOM_UTF16_LE),
    ("utf-16-be", None, codecs.BOM_UTF16_BE),
    ("utf-16-be", "UTF-16", codecs.BOM_UTF16_BE),
    ("utf-16-le", None, b""),
    ("utf-16-be", "UTF-16", b""),
    ("utf-32-le", None, codecs.BOM_UTF32_LE),
    ("utf-32-be", None, b""),
    ("utf-7", "UTF-7", b""),
    ("latin-1", "ISO-8859-1", b""),
    ("cp1252", "windows-1252", b""),
    ("cp037", "IBM037", b""),
    ("cp932", "SHIFT_JIS", b""),
    ("euc_jp", "EUC-JP", b""),
    ("iso2022_jp", "ISO-2022-JP", b""),
    ("gb18030", "GB18030", b""),
]
# those in which a declaration can be read
DECLARED = {"ISO-8859-1", "windows-1252", "SHIFT_JIS", "EUC-JP", "ISO-2022-JP",
            "GB18030"}
SAMPLES = {
    "csv": ("title,authors\n", "%s %d,Ann Lee\n", ""),
    "bibtex": ("", "@book{b%.0s%d, title = {%.0s}}\n@book{c, title={%s}}\n",
               ""),
    "json": ("[\n", '  {"title": "%s", "number": "%d"},\n', '{"title": "x"}]'),
    "dblp": ("<dblp>\n", '<book key="%.0s%d"><title>%s%.0s</title></book>\n',
             "</dblp>"),
    "openreview": ("", '{"id": "%.0s%d", "content": {"title": "x"}}\n', ""),
}
number = failures = 0


def tap(name, why):
    global number, failures
    number += 1
    failures += bool(why)
    print("not ok" if why else "ok", number, "-", name)
    for line in why[:5]:
        print("#", line[:300])


def parse(args, data, cwd):
    """Papers and rejects as lists of objects, told apart by kind."""
    with tempfile.NamedTemporaryFile() as rejects:
        p = subprocess.run([BIN + "/parse", "-q", "-E", "100%", "-r",
                            rejects.name, *args], input=data, cwd=cwd,
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        lines = p.stdout.splitlines() + rejects.read().splitlines()
    if p.returncode != 0:
        return ["exit status %d" % p.returncode], []
    records = [json.loads(line) for line in lines]
    offsets = []
    for r in records:
        offsets.append((r if r["kind"] == "reject" else r["sources"][0])
                       .pop("offset"))
    return records, offsets


@functools.cache
def in_utf8(args, text, cwd):
    # XML may declare another one
    return parse([*args, *(["-e", "UTF-8"] if is_xml(text) else [])],
                 text.encode(), cwd)


def compare(args, text, data, encoding, cwd, packed=None):
    """What differs between the document and the same text in UTF-8."""
    codec, name, _ = encoding
    want, at = in_utf8(tuple(args), text, cwd)
    if want and isinstance(want[0], str):
        return ["in UTF-8: " + want[0]]
    got, places = parse(args + (["-e", name] if name else []),
                        packed or data, cwd)
    if got != want:
        return ["another record: %s" % g for g, w in zip(got, want)
                if g != w] or ["%d records, not %d" % (len(got), len(want))]
    raw = text.encode()
    for offset, place in zip(at, places):
        rest = raw[offset:offset + 400].decode(errors="replace")[:50]
        there = data[place:place + 400].decode(codec, "replace")[:50]
        if there.lstrip("\ufeff") != rest:
            return ["at %d there is %r, not %r" % (place, there, rest)]
    return []


def encode(text, encoding):
    """None where it cannot be."""
    codec, name, mark = encoding
    if not name and not mark and (len(text) < 4 or not text[:4].isascii()):
        return None
    try:
        data = mark + text.encode(codec)
        return data if data[len(mark):].decode(codec) == text else None
    except UnicodeError:
        return None


def is_xml(text):
    return text.lstrip()[:1] == "<"


def declare(text, name):
    """The XML, which says that it is in the encoding."""
    return '<?xml version="1.0" encoding="%s"?>' % name + \
        re.sub(r"^\s*<\?xml\b[^>]*\?>", "", text)


def golden(encoding, declared=False):
    """Cases in UTF-8 that the encoding can spell: a quarter of them, each
    encoding another one, with SHARE=1 all.  Those that declare it are XML."""
    jobs, n = [], 0
    step = int(os.environ.get("SHARE", 4))
    turn = ENCODINGS.index(encoding)
    for folder in sorted(glob.glob(TOP + "/tests/golden/parse/*/")):
        try:
            with open(folder + "args", encoding="utf-8") as f:
                args = shlex.split(f.read())
            with open(folder + "in", encoding="utf-8", newline="") as f:
                text = f.read()
        except (OSError, UnicodeError):
            continue
        # what is wrong with the options is so in all encodings
        if os.path.exists(folder + "status") and \
                open(folder + "status").read().strip() != "65":
            continue
        if "-e" in args or "-f" not in args or text.startswith("\ufeff") or \
                args[args.index("-f") + 1] in OWN:
            continue
        if not text.strip() or (declared and not is_xml(text)):
            continue
        if declared:
            text = declare(text, encoding[1])
        data = encode(text, encoding)
        if data:
            n += 1
            if (n + turn) % step == 0:
                jobs.append((os.path.basename(folder[:-1]), args, text,
                             data, folder))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = pool.map(lambda j: [j[0] + ": " + w for w in compare(
            j[1], j[2], j[3], (encoding[0], None, b"") if declared else
            encoding, j[4])], jobs)
        why = [w for r in results for w in r]
    return why if n >= 30 else why + ["only %d cases" % n]


def title(encoding, i):
    """One that the encoding can spell, of another length each time."""
    for letters in ("\U0001f600\u65e5\u00e9", "\u65e5\u672c", "\u00e9\u00fc"):
        t = letters * (i % 7) + "abc" * (i % 5)
        if encode("title" + letters, encoding):
            return t
    return "x" * (i % 30)


def long_document(form, encoding, packed):
    head, row, tail = SAMPLES[form]
    text = head + "".join(
        row % ((title(encoding, i), i) * (2 if form in ("bibtex", "dblp") else 1))
        for i in range(4000)) + tail
    data = encode(text, encoding)
    if data is None:
        return ["it cannot be spelt"]
    return compare(["-f", form], text, data, encoding, TOP,
                   packed=gzip.compress(data) if packed else None)


def broken(encoding):
    """A record that is not in the encoding is lost, and no other one."""
    codec, name, mark = encoding
    bad = {"utf-16-le": b"\0\xd8", "utf-16-be": b"\xdc\0",
           "utf-32-le": b"\0\0\x11\0", "utf-32-be": b"\0\x11\0\0",
           "utf-7": b"\xff", "cp1252": b"\x81", "cp932": b"\x81",
           "euc_jp": b"\xff", "iso2022_jp": b"\xff",
           "gb18030": b"\xff"}.get(codec)
    if bad is None:
        return []
    rows = ["title,year\n", "One,2001\n", "Two ", ",2002\n", "Three,2003\n"]
    data = [r.encode(codec) for r in rows]
    data[2] += bad
    raw = mark + b"".join(data)
    got, places = parse(["-f", "csv"] + (["-e", name] if name else []), raw,
                        TOP)
    want = [len(mark + data[0]), len(mark + b"".join(data[:4])),
            len(mark + b"".join(data[:2]))]
    codes = [r.get("code") or r["title"] for r in got]
    if codes != ["One", "Three", "bad-utf8"] or places != want:
        return ["%s at %s, not at %s" % (codes, places, want)]
    return []


for e in ENCODINGS:
    label = "%s%s%s" % (e[0], "" if e[1] else ", not named",
                        ", with a mark" if e[2] else "")
    tap(label + ": as in UTF-8", golden(e))
    tap(label + ": what is not in it", broken(e))
    if e[1] in DECLARED:
        tap(label + ": as it is declared", golden(e, True))
    for f in SAMPLES:
        tap("%s: many records of %s" % (label, f),
            long_document(f, e, f == "csv"))
print("1..%d" % number)
sys.exit(failures > 0)
