#!/usr/bin/python3
"""dedupe-damage.py - dedupe over records that are damaged at random

usage: dedupe-damage.py DEDUPE RECORDS.ndjson ROUNDS
       dedupe-damage.py - RECORDS.ndjson ROUND

A round damages a few of the records and holds what dedupe makes of them against
its laws: exit status 0, or 65 where it rejects some; in = out + merged + rejected;
lines of JSON with ids that are unique; and in turn the same bytes in another
order, reasons and close pairs too, no line that is in two papers where some are
repeated, and one paper of one line three times.  Exit status 1 if a round fails.
The second form writes what a round puts in.
"""
import collections
import json
import os
import random
import subprocess
import sys
import tempfile

dedupe, path, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
failed = False
with open(path, encoding="utf-8") as file:
    records = [json.loads(line) for line in file]
# copies side by side, so that few records hold some
records.sort(key=lambda r: (r.get("title", r.get("name", "")).casefold(), r["id"]))
NASTY = ["", " ", "0", "?", "\u00e9" * 3, "e\u0301", "\u202e", "\U0001f600",
         "\u6df1\u5ea6\u5b66\u4e60", "\ufeff", "$x^2$", "Part II", "Editorial",
         "a" * 999, "a b " * 99, "\\", "\t", "\x00", "-", "10.1/x", "9" * 30]
WRONG = [None, True, 0, -1, 1e300, 10 ** 40, "", [], {}, [[]], [{}], [None],
         {"": ""}, [""], [0]]


def any_text(rng, paper):
    names = [k for k, v in paper.items() if isinstance(v, str) and k != "kind"]
    return rng.choice(names) if names else "title"


def drop(rng, paper, other):
    del paper[rng.choice(list(paper))]


def wrong(rng, paper, other):
    paper[rng.choice(list(paper))] = rng.choice(WRONG)


def nasty(rng, paper, other):
    paper[any_text(rng, paper)] = rng.choice(NASTY)


def borrow(rng, paper, other):
    member = rng.choice(list(other))
    paper[member] = other[member]


def truncate(rng, paper, other):
    text = paper.get("title")
    if isinstance(text, str) and text:
        paper["title"] = text[:rng.randrange(len(text))]


def twist(rng, paper, other):
    words = str(paper.get("title", "")).split(" ")
    at = rng.randrange(len(words))
    words[at:at + 1] = rng.choice([[], words[at:at + 1] * 2, ["Part", "II"],
                                   [words[at].upper()], [words[at][::-1]]])
    paper["title"] = " ".join(words)


def authors(rng, paper, other):
    people = paper.get("authors")
    if not isinstance(people, list):
        return
    people = [dict(p) if isinstance(p, dict) else p for p in people]
    what = rng.randrange(7)
    if what == 0:
        rng.shuffle(people)
    elif what == 1:
        people = people[:rng.randrange(len(people) + 1)]
    elif what == 2:
        people *= rng.choice([2, 2, 9])
    elif what == 3:
        people += other.get("authors") or []
    elif what == 4:
        people.append({"name": rng.choice(NASTY)})
    elif what == 5:
        people.append(rng.choice(WRONG))
    else:
        for person in people:
            if isinstance(person, dict) and isinstance(person.get("name"), str):
                first, _, rest = person["name"].partition(" ")
                person["name"] = rng.choice([f"{rest} {first}", rest,
                                             f"{first[:1]} {rest}"])
    paper["authors"] = people


def facts(rng, paper, other):
    member, value = rng.choice([
        ("year", rng.randrange(1900, 2100)), ("doi", "10.1/x"), ("arxiv", "2001.00001"),
        ("pages", "1-" + "9" * rng.randrange(30)), ("volume", "1"), ("number", "2"),
        ("ids", {"x": "1"}), ("type", "preprint"), ("status", "rejected"),
        ("version_of", other.get("id")), ("abstract", "a b c d e f g"), ("zz", 1.50),
        ("sources", [{"source": "s", "key": "k", "trust": 1}]),
        ("venue", "CoRR"), ("kind", "person"), ("id", "s:k")])
    paper[member] = value


DAMAGES = [drop, drop, wrong, nasty, borrow, truncate, twist, authors, authors, facts]


def damaged(rng):
    lines = []
    for _ in range(2):
        at = rng.randrange(len(records) - 8)
        for record in records[at:at + 8]:
            paper = dict(record)
            # most of a stream is as it should be
            for _ in range(rng.choice([0, 0, 1, 1, 3])):
                if paper:
                    rng.choice(DAMAGES)(rng, paper, rng.choice(records))
            line = bytearray(json.dumps(paper, ensure_ascii=rng.random() < .5)
                             .encode("utf-8", "surrogatepass"))
            if rng.random() < .05:
                line[rng.randrange(len(line))] = rng.randrange(256)
            if rng.random() < .02:
                del line[rng.randrange(len(line)):]
            # a damaged byte may be the end of a line
            lines += [bytes(part) for part in line.split(b"\n")]
    return lines


class Broken(Exception):
    pass


def run(lines, files, told=False):
    """What dedupe writes of lines that are parted among so many files, and its
    counts; with what it tells of its reasons, where that is wanted."""
    names = [os.path.join(work, f"{n}") for n in range(files)]
    for n, name in enumerate(names):
        with open(name, "wb") as file:
            file.write(b"".join(line + b"\n" for line in lines[n::files]))
    stats, why, review = (os.path.join(work, x) for x in ("stats", "why", "review"))
    more = ["-k", "-w", why, "-v", review] if told else []
    done = subprocess.run([dedupe, "-q", "-T", work, "--stats", stats, *more, *names],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, close_fds=False)
    if done.returncode not in (0, 65):
        raise Broken(f"exit status {done.returncode}: {done.stderr.decode(errors='replace')}")
    with open(stats, encoding="utf-8") as file:
        counts = json.load(file)
    if counts["in"] != counts["out"] + counts["merged"] + counts["rejected"]:
        raise Broken(f"no balance: {counts}")
    if (done.returncode == 65) != (counts["rejected"] > 0):
        raise Broken(f"exit status {done.returncode}: {counts}")
    written = done.stdout
    for name in [why, review] if told else []:
        with open(name, "rb") as file:
            written += b"\n" + file.read()
    return written, counts


def places(record):
    """Where a record says that it is from."""
    listed = record.get("sources")
    if isinstance(listed, list):
        return {(s.get("source"), s.get("key")) for s in listed
                if isinstance(s, dict) and all(isinstance(v, str) for v in
                                               (s.get("source"), s.get("key")))}
    ident = record.get("id")
    return {tuple(ident.split(":", 1))} if ":" in str(ident) else set()


def alone(found):
    """Of the places of records, by record, those that only one of them has."""
    count = collections.Counter(place for places_ in found for place in places_)
    return {place for place, n in count.items() if n == 1}


def loads(line):
    try:
        record = json.loads(line)
        return record if isinstance(record, dict) else {}
    except ValueError:
        return {}


def hold(rng, lines, how):
    first, counts = run(lines, 1)
    written = [json.loads(line) for line in first.splitlines()]
    if len(written) != counts["out"]:
        raise Broken(f"{len(written)} lines: {counts}")
    ids = [r["id"] for r in written if r["kind"] == "paper"]
    if len(set(ids)) != len(ids):
        raise Broken("an id is not unique")
    files = rng.randrange(1, 4)
    if how == 0:
        told = run(lines, 1, True)[0]
        if run(rng.sample(lines, len(lines)), files, True)[0] != told:
            raise Broken("other bytes in another order")
    elif how == 1:
        more = lines + rng.choices(lines, k=rng.choice([1, 3, len(lines)]))
        again = run(rng.sample(more, len(more)), files)[0]
        twice = alone(places(loads(line)) for line in set(lines)) - alone(
            places(json.loads(line)) for line in again.splitlines())
        listed = {p for line in again.splitlines() for p in places(json.loads(line))}
        if twice & listed:
            raise Broken(f"a line repeated is two papers: {twice & listed}")
    else:
        line = rng.choice(lines)
        if run([line] * 3, files)[1]["out"] > 1:
            raise Broken(f"not merged: {line!r} three times")


if dedupe == "-":
    sys.stdout.buffer.write(b"".join(x + b"\n" for x in damaged(random.Random(rounds))))
    sys.exit()
with tempfile.TemporaryDirectory() as work:
    for seed in range(rounds):
        draw = random.Random(seed)
        lines = damaged(draw)
        try:
            hold(draw, lines, seed % 3)
            if set(os.listdir(work)) - {"0", "1", "2", "stats", "why", "review"}:
                raise Broken("a temporary file is left")
        except (Broken, ValueError, KeyError) as error:
            print(f"round {seed}: {error!r}")
            failed = True
sys.exit(failed)
