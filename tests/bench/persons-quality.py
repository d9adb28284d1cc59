"""persons-quality.py - how well cluster parts names into persons, on labelled sets

usage: persons-quality.py CLUSTER EVAL

EVAL has score_authors.py and a folder authors/SET for each set: papers.ndjson,
and gold.tsv, who each mention of some names is.  All sets go the same way, with
the same options.  persons-known.tsv, beside this, has what a set must reach and
what others did.

Behind each set come canaries, which must score as they must or the scores say
nothing: all mentions of a name one person, each mention one, persons as the gold
has them, and those of the gold shuffled within each name.  Then, by the
confidence that was given, the share of the persons of two papers and more whose
papers are of one person in the gold, and for names of ten mentions and more that
are one person there the mean share of them in the largest person.
Exit status 1 where something fails.
"""
import collections
import csv
import json
import os
import random
import subprocess
import sys

cluster, eval_dir = sys.argv[1:3]
here = os.path.dirname(os.path.abspath(__file__))
failed = False


def rows(path):
    with open(path, encoding="utf-8") as f:
        yield from csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE)


def score(authors, gold_file):
    lines = "".join(json.dumps(a) + "\n" for a in authors)
    run = subprocess.run(
        ["/usr/bin/python3", os.path.join(eval_dir, "score_authors.py"), gold_file],
        input=lines, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def row(name, s, ok, note):
    global failed
    failed |= not ok
    print("%-28s %.4f %.4f %.4f %.4f %7d %7d  %-4s  %s" % (
        name, s["b3_precision"], s["b3_recall"], s["b3_f1"], s["pair_f1"],
        s["people"], s["found"], "ok" if ok else "FAIL", note))


def with_persons(authors, number):
    """The same authors, with other persons: number(author, mention, index)."""
    return [{"kind": "author", "key": a["key"], "papers": [
        {"id": m["id"], "position": m["position"], "person": number(a, m, i)}
        for i, m in enumerate(a["papers"])]} for a in authors]


def shuffled(authors, gold):
    draw = random.Random(1)
    out = []
    for a in authors:
        people = [gold.get((m["id"], m["position"]), 0) for m in a["papers"]]
        draw.shuffle(people)
        out += with_persons([a], lambda _, __, i: people[i])
    return out


def canaries(authors, gold, gold_file, found):
    one = score(with_persons(authors, lambda *_: 1), gold_file)
    row("  one person a name", one, one["b3_recall"] == 1 and
        one["b3_f1"] < found["b3_f1"], "recall = 1")
    each = score(with_persons(authors, lambda a, m, i: i), gold_file)
    row("  one person a mention", each, each["b3_precision"] == 1 and
        each["b3_f1"] < found["b3_f1"], "precision = 1")
    right = score(with_persons(authors, lambda a, m, i: gold.get(
        (m["id"], m["position"]), 0)), gold_file)
    row("  the gold", right, right["b3_f1"] > .999, "f1 = 1, or persons of several names")
    mixed = score(shuffled(authors, gold), gold_file)
    row("  the gold, shuffled", mixed, mixed["b3_f1"] < found["b3_f1"] - .1,
        "far below")


def calibration(authors, gold):
    tenths = collections.defaultdict(lambda: [0, 0])
    for a in authors:
        people = collections.defaultdict(list)
        for m in a["papers"]:
            who = gold.get((m["id"], m["position"]))
            if who is not None:
                people[m["person"]].append(who)
        for p in a["persons"]:
            if len(people[p["person"]]) < 2 or "confidence" not in p:
                continue
            c = p["confidence"]
            at = tenths[.95 if c >= .95 else int(c * 10) / 10]
            at[0] += 1
            at[1] += len(set(people[p["person"]])) == 1
    print("  confidence: " + ", ".join("%s %d pure %.3f" % (
        at, n, pure / n) for at, (n, pure) in sorted(tenths.items())))
    n, pure = tenths[.95]
    return pure / n if n else 1


def kept_together(authors, gold):
    shares = []
    for a in authors:
        known = [(gold[m["id"], m["position"]], m["person"]) for m in a["papers"]
                 if (m["id"], m["position"]) in gold]
        if len(known) >= 10 and len({g for g, _ in known}) == 1:
            people = collections.Counter(p for _, p in known)
            shares.append(people.most_common(1)[0][1] / len(known))
    if shares:
        print("  names that are one person: %d, in the largest %.3f" % (
            len(shares), sum(shares) / len(shares)))


print("%-28s %6s %6s %6s %6s %7s %7s" % (
    "set", "b3 p", "b3 r", "b3 f1", "pairs", "people", "found"))
known = {r["set"]: r for r in rows(os.path.join(here, "persons-known.tsv"))}
for name in sorted(os.listdir(os.path.join(eval_dir, "authors"))):
    folder = os.path.join(eval_dir, "authors", name)
    gold_file = os.path.join(folder, "gold.tsv")
    gold = {(r["paper"], int(r["position"])): r["person"] for r in rows(gold_file)}
    with open(os.path.join(folder, "papers.ndjson"), "rb") as papers:
        run = subprocess.run([cluster, "-q"], stdin=papers, capture_output=True,
                             check=True)
    authors = [a for a in map(json.loads, run.stdout.splitlines())
               if a["kind"] == "author"]
    found = score(authors, gold_file)
    want = known.get(name, {"f1": "0", "pure": "0", "known": ""})
    row(name, found, found["missing"] == 0 and found["b3_f1"] >= float(want["f1"]),
        "f1 >= %s; %s" % (want["f1"], want["known"]))
    canaries(authors, gold, gold_file, found)
    pure = calibration(authors, gold)
    if pure < float(want["pure"]):
        print("  FAIL: of the persons of .95 and more %.3f are pure, not %s" % (
            pure, want["pure"]))
        failed = True
    kept_together(authors, gold)
sys.exit(failed)
