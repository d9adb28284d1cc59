#!/usr/bin/python3
"""dedupe-canary.py - what dedupe might have written of a labelled set

usage: dedupe-canary.py merged|none|gold|shuffled GOLD.tsv

GOLD.tsv has a group of equal records on a line, as SOURCE:KEY; one may be in
several.  Written are papers that list those records as their sources: all of them
in one paper, each in a paper of its own, as the groups are, or as they are once
the records have been permuted, each among those of its source, so that a group
has as many of a source as before.
"""
import json
import random
import sys

kind, path = sys.argv[1:]
with open(path, encoding="utf-8") as file:
    gold = [line.rstrip("\n").split("\t") for line in file if line.strip()]
records = [r for group in gold for r in group]


def source(record):
    return record.partition(":")[0]


def shuffled():
    drawn = {}
    for record in records:
        drawn.setdefault(source(record), []).append(record)
    rng = random.Random(1)
    for of_source in drawn.values():
        rng.shuffle(of_source)
    return [[drawn[source(r)].pop() for r in group] for group in gold]


groups = {
    "merged": lambda: [list(dict.fromkeys(records))],
    "none": lambda: [[r] for r in dict.fromkeys(records)],
    "gold": lambda: gold,
    "shuffled": shuffled,
}[kind]()
for group in groups:
    sources = [dict(zip(("source", "key"), r.split(":", 1))) for r in group]
    print(json.dumps({"kind": "paper", "id": group[0], "sources": sources}))
