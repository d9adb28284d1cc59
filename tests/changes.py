#!/usr/bin/python3
"""changes.py - papers for a site, changed at random

usage: changes.py SEED PAPERS DOCUMENTS

Changes both files in place; where they are not there it makes them: a venue and
year, a letter and a name that fill more than a page.
"""
import json
import os
import random
import sys

rnd = random.Random(int(sys.argv[1]))
VENUES = [c + " %d" % n for c in "Vv" for n in range(30)]
TEXTS = ["A word", "On $k$ means", "<b>", "Ünïcode", "x", "A & B", "[?]"]
SOURCES = ["dblp", "arxiv", "ours", "csv"]


def name(often):
    first = rnd.choice(["Ann", "José", "Jose", "J.", "Bo", "Ümit", "A."])
    last = rnd.choice(["Lee", "García", "Garcia", "lee", "Li 0001", "Li"])
    if not often:
        last = "Mac" + rnd.choice("abcdefgh") + rnd.choice("abcdefgh") + \
            rnd.choice("abcdefgh")
    return first + " " + last


def person(often):
    p = {"name": name(often)}
    if rnd.random() < 0.2:
        p["affiliation"] = rnd.choice(TEXTS)
    return p


def source():
    s = {"source": rnd.choice(SOURCES), "key": "k%d" % rnd.randrange(1000),
         "offset": rnd.randrange(1000), "line": rnd.randrange(1000)}
    if rnd.random() < 0.5:
        s["fields"] = rnd.sample(["title", "authors", "year"], 2)
    return s


def text():
    return rnd.choice(TEXTS) + " " + str(rnd.randrange(50))


def url():
    return "https://example.org/%d" % rnd.randrange(50)


def people():
    kind = rnd.random()
    return [person(kind < 0.3 or (kind < 0.6 and rnd.random() < 0.5))
            for _ in range(rnd.randrange(1, 12))]


MEMBERS = {
    "title": text, "abstract": text, "authors": people, "editors": people,
    "venue": lambda: rnd.choice(VENUES),
    "venue_kind": lambda: rnd.choice(["conference", "journal"]),
    "venue_name": lambda: rnd.choice(["International X", "Advances in Y"]),
    "year": lambda: rnd.randrange(2018, 2024),
    "type": lambda: rnd.choice(["conference-paper", "preprint", "book"]),
    "status": lambda: rnd.choice(["accepted", "rejected", "withdrawn"]),
    "doi": lambda: "10.1/%d" % rnd.randrange(9999), "url": url, "pdf": url,
    "code": url, "arxiv": lambda: "2101.%05d" % rnd.randrange(9999),
    "volume": text, "number": text, "pages": lambda: "1-%d" % rnd.randrange(9),
    "publisher": text, "isbn": text, "language": lambda: rnd.choice("abc"),
    "date": lambda: "2020-0%d" % rnd.randrange(1, 9),
    "keywords": lambda: [text()], "et_al": lambda: True,
    "sources": lambda: [source() for _ in range(rnd.randrange(1, 4))],
    "versions": lambda: [{"id": text(), "year": 2019, "url": url()}],
}


def paper(n):
    p = {"kind": "paper", "id": "x:%d" % n, "title": text() + " %d" % n,
         "authors": people(), "sources": [source()]}
    if n % 4:
        p["venue"], p["year"] = "ICML", 2020
    else:
        p["editors"] = people()
        for member in "venue", "venue_kind", "venue_name":
            p[member] = MEMBERS[member]()
    return p


def change(p):
    member = rnd.choice(list(MEMBERS) + ["authors"] * 9 +
                        ["venue", "venue_name", "venue_kind"] * 4)
    if rnd.random() < 0.2 and member not in ("title", "authors"):
        p.pop(member, None)
    elif rnd.random() < 0.3 and member in p:
        # a part of it only
        part = p[member]
        if isinstance(part, str):
            p[member] = part.swapcase() if rnd.random() < 0.5 and \
                member in ("title", "abstract", "venue") else MEMBERS[member]()
        elif isinstance(part, list) and isinstance(part[0], dict):
            entry = rnd.choice(part)
            if member == "authors" and rnd.random() < 0.5:
                entry["name"] = entry["name"].swapcase()
                return
            key = rnd.choice(list(entry))
            if isinstance(entry[key], str):
                entry[key] = entry[key].upper() if key == "name" else "z"
            elif isinstance(entry[key], int):
                entry[key] += 1
            elif rnd.random() < 0.5:
                rnd.shuffle(part)
    else:
        p[member] = MEMBERS[member]()


def changed(papers):
    for p in rnd.sample(papers, rnd.choice([0, 1, 1, 1, 30])):
        change(p)
    for p in rnd.sample(papers, rnd.choice([0, 0, 0, 1, 10])):
        papers.remove(p)
    for _ in range(rnd.choice([0, 0, 0, 1, 10])):
        papers.append(paper(rnd.randrange(1000, 10 ** 6)))
    return papers


def document(s):
    d = {"kind": "document", "source": s, "homepage": url()}
    if rnd.random() < 0.7:
        d["licence"] = text()
    return d


def read(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def write(path, records):
    with open(path, "w", encoding="utf-8") as f:
        for r in records:
            f.write(json.dumps(r, ensure_ascii=False) + "\n")


if os.path.exists(sys.argv[2]):
    write(sys.argv[2], changed(read(sys.argv[2])))
    documents = read(sys.argv[3])
    if rnd.random() < 0.3:
        documents[rnd.randrange(len(documents))] = document(rnd.choice(SOURCES))
    write(sys.argv[3], documents)
else:
    write(sys.argv[2], [paper(n) for n in range(450)])
    write(sys.argv[3], [document(s) for s in SOURCES[:2]])
