#!/usr/bin/python3
"""corrections.py - hold dedupe to corrections made at random

usage: corrections.py DEDUPE STREAM SEED

The papers of the stream go through dedupe in two orders, with a table of
lines that contradict each other now and then.  Each line must be obeyed or told
of for a reason that is true; nothing may be lost.
"""
import json
import os
import random
import subprocess
import sys
import tempfile

dedupe, stream, seed = sys.argv[1:]
rnd = random.Random(int(seed))
with open(stream, encoding="utf-8") as f:
    papers = [line for line in f if json.loads(line)["kind"] == "paper"]
records = [json.loads(line) for line in papers]


def place(source):
    return source["source"], source["key"], source.get("offset")


def ids(r):
    yield r["id"]
    for s in r["sources"]:
        yield s["source"] + ":" + s["key"]
    for member in "doi", "arxiv":
        if member in r:
            yield member + ":" + r[member]


known = {}
for n, r in enumerate(records):
    for i in ids(r):
        known.setdefault(i, set()).add(n)

# a few records come again and again, so that lines meet; neighbours of one
# title are often copies
few = rnd.sample(range(len(records)), 30)
titles = {}
for n, r in enumerate(records):
    titles.setdefault(r.get("title"), []).append(n)
few += [n for i in few for n in titles[records[i].get("title")]]
table = []
for _ in range(60):
    if rnd.random() < .05 and table:
        table.append(rnd.choice(table))
        continue
    verb = rnd.choice(["same"] * 4 + ["different"] * 4 + ["drop"])
    line = [verb]
    for _ in range(1 if verb == "drop" else 2):
        i = rnd.choice(sorted(ids(records[rnd.choice(few)])))
        line.append("none:such" if rnd.random() < .03 else i)
    table.append(line)


def run(folder, lines):
    names = [os.path.join(folder, n) for n in ("in", "table", "rejects",
                                               "stats")]
    with open(names[0], "w", encoding="utf-8") as out:
        out.writelines(lines)
    with open(names[1], "w", encoding="utf-8") as out:
        out.writelines("\t".join(line) + "\n" for line in table)
    done = subprocess.run([dedupe, "-q", "-c", names[1], "-r", names[2],
                           "--stats", names[3], names[0]],
                          capture_output=True, check=True)
    with open(names[2], encoding="utf-8") as out:
        rejects = [json.loads(line) for line in out]
    with open(names[3], encoding="utf-8") as out:
        stats = json.load(out)
    assert stats["in"] == stats["out"] + stats["rejected"] + stats["merged"]
    return done.stdout, rejects, done.stderr


with tempfile.TemporaryDirectory() as tmp:
    first, rejects, said = run(tmp, papers)
    shuffled = papers[:]
    rnd.shuffle(shuffled)
    second, _, again = run(tmp, shuffled)
assert first == second, "another order, other bytes"
assert said == again, "another order, other messages"

told = {r["line"]: r for r in rejects if "url" in r and "source" not in r}
assert len(told) == said.count(b"\n")
owner = {}
for n, line in enumerate(first.splitlines()):
    for s in json.loads(line)["sources"]:
        owner[place(s)] = n
paper = [owner.get(place(r["sources"][0])) for r in records]
dropped = {n for line in table if line[0] == "drop"
           for n in known.get(line[1], ())}
assert {n for n, p in enumerate(paper) if p is None} == dropped
assert sum(r["code"] == "dropped" for r in rejects) == len(dropped)


def live(i):
    return known.get(i, set()) - dropped


def bundles(lines):
    """Who goes together by the lines of same that were obeyed."""
    group = list(range(len(records)))
    for line in lines:
        if line[0] == "same":
            old = {group[n] for i in line[1:] for n in live(i)}
            group = [min(old) if g in old else g for g in group]
    return group


obeyed = []
had = set()
for number, line in enumerate(table, 1):
    same_line = line[0], tuple(sorted(line[1:]))
    repeated = same_line in had
    had.add(same_line)
    what = "line %d, %s: " % (number, line)
    code = told[number]["code"] if number in told else None
    if line[0] == "drop":
        assert (code is not None) == (repeated or line[1] not in known), what
        continue
    a, b = map(live, line[1:])
    group = bundles(obeyed + ([line] if line[0] == "same" else []))
    clash = not a or not b or any(
        x != y and group[x] == group[y] for other in
        obeyed + ([line] if line[0] == "different" else [])
        if other[0] == "different"
        for x in live(other[1]) for y in live(other[2]))
    if code == "unused-correction":
        assert repeated or not known.get(line[1]) or \
            not known.get(line[2]) or len(a | b) == 1, what
    elif code == "contradiction":
        assert clash, what
    else:
        assert code is None and not clash and not repeated, what
        obeyed.append(line)
        if line[0] == "same":
            assert len({paper[n] for n in a | b}) == 1, what
for line in obeyed:
    if line[0] == "different":
        assert not any(x != y and paper[x] == paper[y]
                       for x in live(line[1]) for y in live(line[2])), line
