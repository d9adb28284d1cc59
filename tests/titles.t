#!/usr/bin/python3
"""titles.t - hard titles of real data, through one normalize, as TAP

tests/golden/titles.tsv has a title as a source gives it, what it should be, the
codes of the notes, and where it was seen.  "\\u" and four hexadecimal digits are
a character that cannot be seen; any other backslash is one."""
import json, os, re, subprocess, sys, tempfile

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BIN = os.path.abspath(os.environ.get("BIN", TOP + "/bin"))


def read(s):
    return re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), s)


def normalize(titles):
    """The titles after normalize, and the codes of the notes of each."""
    lines = "".join(json.dumps({"kind": "paper", "id": "t:%d" % i, "title": t})
                    + "\n" for i, t in enumerate(titles, 1))
    with tempfile.NamedTemporaryFile() as notes:
        run = subprocess.run([BIN + "/normalize", "-q", "-r", notes.name],
                             input=lines.encode(), stdout=subprocess.PIPE,
                             check=True)
        codes = [[] for _ in titles]
        for line in notes.read().splitlines():
            note = json.loads(line)
            codes[note["line"] - 1].append(note["code"])
    return [json.loads(l).get("title", "") for l in run.stdout.splitlines()], \
        [" ".join(c) for c in codes]


with open(TOP + "/tests/golden/titles.tsv", encoding="utf-8") as f:
    rows = [line.rstrip("\n").split("\t") for line in f][1:]
given, wanted = [read(r[0]) for r in rows], [read(r[1]) for r in rows]
got, codes = normalize(given)
again, _ = normalize(got)

failed = 0
for i, (row, g, c, a) in enumerate(zip(rows, got, codes, again), 1):
    wrong = [("it is", g, wanted[i - 1])] * (g != wanted[i - 1]) + \
        [("its notes are", c, row[2])] * (c != row[2]) + \
        [("once more it is", a, g)] * (a != g)
    failed += bool(wrong)
    print("not ok" if wrong else "ok", i, "-", row[3].replace("#", "\\#"))
    for what, have, want in wrong:
        print("# %s: %s\n#   not: %s" % (what, have, want))
print("1..%d" % len(rows))
sys.exit(failed > 0)
