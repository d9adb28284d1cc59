#!/usr/bin/python3
"""dedupe-copies.py - a stream of normalized papers, and more like it

usage: dedupe-copies.py N < normalized.ndjson

Writes each paper N times, as N papers: from the second time on its keys and
identifiers are others, and so are the words of title and abstract with more than
four letters, or all of them where none has, the venue, and all of a name but its
first word, by an alphabet in another order.  So words are as long, as rare and as
alike as before, but among their own.  Left out of these are identifiers that have
a form or a check digit.
"""
import json
import random
import re
import string
import sys

LONG = re.compile(r"[^\W\d_]{5,}")
WORD = re.compile(r"[^\W\d_]+")
EARLY = re.compile(r"^\S+\s")


def alphabet(n):
    letters = list(string.ascii_lowercase)
    random.Random(n).shuffle(letters)
    letters = "".join(letters)
    return str.maketrans(string.ascii_letters, letters + letters.upper())


def another(paper, n, table):
    def translated(match):
        return match.group().translate(table)

    def renamed(person):
        person = dict(person)
        for member in ("name", "family"):
            if member in person:
                text = person[member]
                first = EARLY.match(text) if member == "name" else None
                at = first.end() if first else 0
                person[member] = text[:at] + text[at:].translate(table)
        person.pop("orcid", None)
        if "ids" in person:
            person["ids"] = {k: f"{v}/{n}" for k, v in person["ids"].items()}
        return person

    paper = dict(paper, id=f"{paper['id']}/{n}")
    if "sources" in paper:
        paper["sources"] = [dict(s, key=f"{s['key']}/{n}") if "key" in s else s
                            for s in paper["sources"]]
    for member in ("title", "abstract"):
        if member in paper:
            word = LONG if LONG.search(paper[member]) else WORD
            paper[member] = word.sub(translated, paper[member])
    for member in ("venue", "venue_name"):
        if member in paper:
            paper[member] = paper[member].translate(table)
    for member in ("authors", "editors"):
        if member in paper:
            paper[member] = [renamed(p) for p in paper[member]]
    for member in ("doi", "url", "pdf", "crossref"):
        if isinstance(paper.get(member), str):
            paper[member] += f"/{n}"
    if "ids" in paper:
        paper["ids"] = {k: f"{v}/{n}" for k, v in paper["ids"].items()}
    for member in ("arxiv", "isbn"):
        paper.pop(member, None)
    return paper


write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
tables = [alphabet(n) for n in range(int(sys.argv[1]))]
sys.stdin.reconfigure(encoding="utf-8")
sys.stdout.reconfigure(encoding="utf-8")
for line in sys.stdin:
    sys.stdout.write(line)
    record = json.loads(line)
    if record["kind"] == "paper":
        for n in range(1, len(tables)):
            sys.stdout.write(write(another(record, n, tables[n])) + "\n")
