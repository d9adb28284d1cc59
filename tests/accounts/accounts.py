#!/usr/bin/python3
"""accounts - every entry of real files is a paper, a reject, or passed over

accounts.py TABLE DATA [FORMAT ...]

TABLE has a row for each kind of file: format, options of parse, what counts
the entries by other means, and globs below DATA, parted by spaces, those with
! left out; an empty one stands for those of all rows before.  Counters:

  elements NAME...   XML elements of that name, in whatever namespace
  within A B         those named B that are in some A
  objects PATH...    objects in the list, or the object, at the first of the
                     paths a document of JSON has; at the top; or one a line
  match REGEX        matches, ^ and $ at lines
  rows DELIMITER     rows of CSV but the first
  one                each file is one

For each format: files, entries by the counter, what parse made of them; then
each file whose sums differ, with what explained.tsv beside TABLE says of it.
One that nothing explains, and an explanation without a difference, is an
error."""
import collections, csv, fnmatch, glob, gzip, io, json, os, re, subprocess, sys, tempfile

BIN = os.environ.get("BIN", os.path.join(os.path.dirname(__file__),
                                         "../../bin"))
UNKNOWN, NOTHING = "not explained", "explained, but nothing differs"


def content(path):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rb") as f:
        return f.read()


def without_comments(data):
    return re.sub(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>", b"", data, flags=re.S)


def elements(data, *names):
    name = "|".join(map(re.escape, names)).encode()
    return len(re.findall(rb"<(?:[\w.-]+:)?(?:%s)(?=[\s>/])" % name,
                          without_comments(data)))


def within(data, outer, inner):
    parts = re.findall(rb"<(?:[\w.-]+:)?%s[\s>].*?</(?:[\w.-]+:)?%s>" %
                       (outer.encode(), outer.encode()),
                       without_comments(data), re.S)
    return sum(elements(p, inner) for p in parts)


def at(value, path):
    for step in path.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def objects(data, *paths):
    text = data.decode("utf-8-sig", "replace")
    try:
        values = json.loads(text)
    except ValueError:
        return sum(1 for line in text.splitlines() if line.strip())
    for path in paths:
        found = at(values, path)
        if isinstance(found, (list, dict)):
            values = found
            break
    return len(values) if isinstance(values, list) else 1


def match(data, regex):
    return len(re.findall(regex.encode(), data, re.M))


def rows(data, delimiter):
    csv.field_size_limit(1 << 30)
    text = io.StringIO(data.decode("utf-8-sig", "replace"), newline="")
    return sum(1 for r in csv.reader(text, delimiter={"tab": "\t"}.get(
        delimiter, delimiter)) if any(r)) - 1


COUNTERS = {"elements": elements, "within": within, "objects": objects,
            "match": match, "rows": rows, "one": lambda data: 1}


def parse(options, path):
    """The counts of parse: out, codes of rejects and notes, passed over."""
    with tempfile.TemporaryDirectory() as d:
        p = subprocess.run([BIN + "/parse", *options.split(), "-E", "100%",
                            "-r", d + "/rejects", "--stats", d + "/stats",
                            path], stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE)
        if p.returncode not in (0, 65):
            sys.exit(f"{path}: parse ended with {p.returncode}: "
                     f"{p.stderr.decode()}")
        stats = json.loads(content(d + "/stats"))
        codes = collections.Counter()
        for line in content(d + "/rejects").splitlines():
            r = json.loads(line)
            codes[r["level"], r["code"]] += 1
    passed = sum(int(n) for n, what in re.findall(
        r"^parse: passed over: (\d+) (.*)", p.stderr.decode(), re.M)
        if "token" not in what)
    if p.stdout.count(b"\n") != stats["out"]:
        sys.exit(f"{path}: not what parse counted")
    return stats["out"], stats["rejected"], passed, codes


def explanations(table, only):
    """Globs of files, for each why their sums differ."""
    with open(os.path.join(os.path.dirname(table), "explained.tsv")) as f:
        rows = csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(r["format"], r["files"]): r["why"] for r in rows
                if not only or r["format"] in only}


def main():
    table, data, *only = sys.argv[1:]
    sums = {}
    odd = []
    why = explanations(table, only)
    used = set()
    for row in csv.DictReader(open(table), delimiter="\t",
                              quoting=csv.QUOTE_NONE):
        if row["format"].startswith("#") or only and row["format"] not in only:
            continue
        counter, *args = row["counter"].split(" ")
        if counter == "match":
            args = [" ".join(args)]
        paths = set()
        for g in row["files"].split(" "):
            found = glob.glob(glob.escape(data) + "/" + g.lstrip("!"),
                              recursive=True)
            if g.startswith("!"):
                paths -= set(found)
            else:
                paths |= set(found)
        s = sums.setdefault(row["format"], [0, 0, 0, 0, 0,
                                            collections.Counter()])
        for path in sorted(p for p in paths if os.path.isfile(p)):
            entries = COUNTERS[counter](content(path), *args)
            out, rejected, passed, codes = parse(
                f"-f {row['format']} {row['options']}", path)
            for i, n in enumerate((1, entries, out, rejected, passed)):
                s[i] += n
            s[5] += codes
            if entries != out + rejected + passed:
                name = os.path.relpath(path, data)
                known = [k for k in why if k[0] == row["format"] and
                         fnmatch.fnmatch(name, k[1])]
                used.update(known)
                odd.append(f"{row['format']}: {name}: "
                           f"{entries} entries, {out} papers, "
                           f"{rejected} rejected, {passed} passed over"
                           + "".join(f", {n} {c}" for (l, c), n in
                                     sorted(codes.items()) if l == "reject")
                           + ": " + (why[known[0]] if known else UNKNOWN))
    print("format\tfiles\tentries\tpapers\trejected\tpassed over\tcodes")
    for name, s in sums.items():
        print(name, *s[:5], "; ".join(f"{n} {c}" + (" (note)" if l == "note"
              else "") for (l, c), n in sorted(s[5].items())), sep="\t")
    odd += [f"{k[0]}: {k[1]}: {NOTHING}" for k in why if k not in used]
    print(*odd, sep="\n")
    return any(line.endswith((UNKNOWN, NOTHING)) for line in odd)


sys.exit(main())
