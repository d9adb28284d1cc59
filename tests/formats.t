#!/usr/bin/python3
"""formats.t - a format that is named wrongly is told of, as TAP

Each document of the golden cases of a format that is XML is read as each of the
others: no paper may come of nothing, and nothing may pass in silence."""
import glob, json, os, subprocess, sys, tempfile

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BIN = os.path.abspath(os.environ.get("BIN", TOP + "/bin"))
CASES = TOP + "/tests/golden/parse/"
FORMATS = ["acl", "arxiv", "datacite", "dblp", "endnote", "html", "jats",
           "marcxml", "mods", "oai", "pubmed", "sru", "unixref"]
IS_PAPER = ("title", "authors", "editors", "doi", "arxiv", "isbn", "ids")


def documents(form):
    """Those from which papers come."""
    for folder in sorted(glob.glob(CASES + form + "-*/")):
        out, document = folder + "out", folder + "in"
        if os.path.exists(document) and os.path.getsize(out) > 0:
            yield document


def read(form, document):
    """What is wrong with reading the document as this format."""
    with tempfile.NamedTemporaryFile() as rejects:
        p = subprocess.run([BIN + "/parse", "-f", form, "-r", rejects.name],
                           stdin=open(document, "rb"), capture_output=True)
        papers = [json.loads(line) for line in p.stdout.splitlines()]
        refused = [r for r in map(json.loads, rejects.read().splitlines())
                   if r["level"] == "reject"]
    if p.returncode not in (0, 65):
        return "exit status %d" % p.returncode
    for paper in papers:
        if paper["kind"] == "paper" and not any(m in paper for m in IS_PAPER):
            return "a paper of nothing: %s" % paper["id"]
    if not papers and not refused and b"passed over" not in p.stderr:
        return "nothing is said"
    return None


failures = 0
for number, form in enumerate(FORMATS, 1):
    why = []
    count = 0
    for other in FORMATS:
        if other == form:
            continue
        for document in documents(other):
            count += 1
            wrong = read(form, document)
            if wrong:
                why.append("%s: %s" % (document[len(CASES):], wrong))
    if count < 30:
        why.append("only %d documents" % count)
    failures += bool(why)
    print("not ok" if why else "ok", number, "- what is not", form)
    for line in why[:5]:
        print("#", line)
print("1..%d" % len(FORMATS))
sys.exit(failures > 0)
