#!/usr/bin/python3
"""merging.py - hold what dedupe merges to its records, nothing lost

usage: merging.py DEDUPE STREAM SEED

The papers of the stream, some of them again with changes at random, are joined
by corrections at random as well.  With --keep-conflicts every value of every
record must be found in its paper, white space aside, whatever the order; without
it the papers are the same but for the conflicts.
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
    records = [r for r in map(json.loads, f) if r["kind"] == "paper"]
titles = {}
for r in records:
    r["sources"] = r["sources"][:1]
    titles.setdefault(r.get("title"), []).append(r)


def abbreviate(name):
    words = name.split()
    return " ".join([w[0] + "." for w in words[:-1]] + words[-1:])


def change_people(r):
    people = r.get("authors", [])
    what = rnd.randrange(8)
    if what == 0:
        del people[rnd.randrange(len(people)) + 1 if people else 0:]
    elif what == 1 and people:
        del people[1:]
        r["et_al"] = True
    elif what == 2:
        people.sort(key=lambda p: p["name"].split()[-1])
    elif what == 3:
        rnd.shuffle(people)
    for p in people:
        if what == 4:
            p["name"] = abbreviate(p["name"])
        elif what == 5:
            p["name"] = " ".join(reversed(p["name"].split()))
        if rnd.random() < .2:
            p["affiliation"] = rnd.choice(["MIT", "NYU", "NYU  Tandon"])
        if rnd.random() < .2:
            p["ids"] = {rnd.choice(["dblp", "openreview"]):
                        rnd.choice("abc")}
        if rnd.random() < .1:
            p["orcid"] = "0000-0002-1825-009%d" % rnd.randrange(3)
    if not people:
        r.pop("authors", None)


def change(r, n):
    r = json.loads(json.dumps(r))
    r["sources"] = [{"source": rnd.choice(["x", "y", "z"]),
                     "key": "k%d" % n}]
    if rnd.random() < .7:
        r["sources"][0]["trust"] = rnd.randrange(20)
    r["id"] = r["sources"][0]["source"] + ":k%d" % n
    if rnd.random() < .1:
        r["id"] = "own %d" % n
    for member in list(r):
        if member in ("kind", "id", "sources"):
            continue
        if rnd.random() < .15:
            del r[member]
        elif member in ("title", "abstract", "venue", "venue_name", "url",
                        "publisher", "pages") and rnd.random() < .2:
            r[member] = rnd.choice([
                r[member].upper(), r[member].replace(" ", "  "),
                r[member] + " .", r[member]])
    change_people(r)
    for member, values in (("year", [1999, 2001]), ("doi", ["10.1/a"]),
                           ("venue", ["A", "B"]), ("track", ["main", "demo"]),
                           ("status", ["accepted", "submitted", "rejected"]),
                           ("keywords", [["a", "b"], ["b"]]),
                           ("editors", [[{"name": "Ann Lee"}],
                                        [{"name": "A. Lee", "email": "a@b.c"},
                                         {"name": "Bo Mai"}]]),
                           ("ids", [{"a": "1"}, {"a": "2", "b": "1"}]),
                           ("foreign", [1.50, {"x": [None]}, "text"])):
        if rnd.random() < .15:
            r[member] = rnd.choice(values)
    return r


table = []
for n in range(150):
    r = rnd.choice(records)
    other = change(r, n)
    titles.setdefault(r.get("title"), []).append(other)
    records.append(other)
    # what is joined twice says nothing more
    if rnd.random() < .8:
        pair = [q["sources"][0]["source"] + ":" + q["sources"][0]["key"]
                for q in (r, other)]
        table.append("\t".join(["same"] + pair) + "\n")
lines = [json.dumps(r, ensure_ascii=False) + "\n" for r in records]


def run(folder, *options):
    with open(os.path.join(folder, "in"), "w", encoding="utf-8") as out:
        out.writelines(lines)
    with open(os.path.join(folder, "table"), "w", encoding="utf-8") as out:
        out.writelines(table)
    done = subprocess.run([dedupe, "-q", "-c", out.name, *options,
                           os.path.join(folder, "in")],
                          capture_output=True, check=True)
    assert not done.stderr, done.stderr.decode()
    return done.stdout


with tempfile.TemporaryDirectory() as tmp:
    plain = run(tmp)
    kept = run(tmp, "--keep-conflicts")
    rnd.shuffle(lines)
    assert run(tmp, "--keep-conflicts") == kept, "another order, other bytes"
papers = [json.loads(line) for line in kept.splitlines()]
without = [dict(p) for p in papers]
for p in without:
    p.pop("conflicts", None)
assert without == [json.loads(line) for line in plain.splitlines()]


def fold(v):
    if isinstance(v, str):
        return " ".join(v.split())
    if isinstance(v, list):
        return [fold(e) for e in v]
    if isinstance(v, dict):
        return {name: fold(e) for name, e in v.items()}
    return v


def has_person(have, person):
    for member, v in person.items():
        mine = have.get(member)
        if member == "ids":
            if not mine or any(mine.get(i) != v[i] for i in v):
                return False
        elif member == "variants":
            if not mine or not set(v) <= set(mine):
                return False
        elif mine != v:
            return False
    return True


def has(member, have, v):
    if have is None:
        return False
    if member in ("authors", "editors"):
        return len(have) == len(v) and all(map(has_person, have, v))
    return have == v


where = {}
for p in papers:
    for s in p["sources"]:
        where[s["source"], s["key"], s.get("offset")] = p
merged = lost = 0
for r in records:
    s = r["sources"][0]
    p = where[s["source"], s["key"], s.get("offset")]
    mine = [s for s in p["sources"] if (s["source"], s["key"]) == (
        r["sources"][0]["source"], r["sources"][0]["key"])]
    assert any(all(m.get(n) == r["sources"][0][n] for n in r["sources"][0])
               for m in mine), r
    if len(p["sources"]) == 1:
        continue
    merged += 1
    conflicts = {m: [fold(c["value"]) for c in v]
                 for m, v in p.get("conflicts", {}).items()}
    for member, v in fold(r).items():
        if member in ("kind", "sources"):
            continue
        values = [fold(p.get(member))] + conflicts.get(member, [])
        if member == "id" and v in (
                s["source"] + ":" + s["key"], "doi:" + r.get("doi", "")):
            continue
        if member == "ids":
            lost += not has(member, values[0], v)
            assert all(any(c and c.get(i) == v[i] for c in values)
                       for i in v), (member, r, p)
            continue
        lost += not has(member, values[0], v)
        assert any(has(member, c, v) for c in values), (member, r, p)
assert merged > 200 and lost > 200, (merged, lost)
