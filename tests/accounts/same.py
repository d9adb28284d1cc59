#!/usr/bin/python3
"""same - one library in two formats: which fields do not read the same

same.py FILE FILE

Both go through parse -f auto and normalize; papers are paired in order of title
and number of authors, and each member that not all pairs have alike is told,
with the first two that differ."""
import collections, json, os, subprocess, sys

BIN = os.environ.get("BIN", os.path.join(os.path.dirname(__file__),
                                         "../../bin"))


def papers(path):
    p = subprocess.run(["bash", "-c", '"$1"/parse -q -E 100% -r /dev/null '
                        '-f auto "$2" 2>/dev/null | "$1"/normalize -q -E 100% '
                        '-r /dev/null', "same", BIN, path],
                       stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in p.stdout.splitlines()]


def key(p):
    return "".join(c for c in p.get("title", "").casefold() if c.isalnum())


def plain(p):
    """What is compared: of people their names."""
    p = {k: v for k, v in p.items() if k not in ("id", "kind", "sources")}
    for k in ("authors", "editors"):
        if k in p:
            p[k] = [a["name"] for a in p[k]]
    return p


def main():
    a, b = (collections.defaultdict(list) for _ in range(2))
    for side, path in ((a, sys.argv[1]), (b, sys.argv[2])):
        for p in papers(path):
            side[key(p)].append(p)
    pairs = []
    alone = [0, 0]
    for k in sorted(set(a) | set(b)):
        pairs += zip(a[k], b[k])
        alone[0] += max(0, len(a[k]) - len(b[k]))
        alone[1] += max(0, len(b[k]) - len(a[k]))
    print(f"{len(pairs)} pairs; only in one: {alone[0]}, {alone[1]}")
    fields = collections.defaultdict(lambda: [0, 0, 0, 0, []])
    for p, q in pairs:
        p, q = plain(p), plain(q)
        for f in sorted(set(p) | set(q)):
            s = fields[f]
            if f not in q:
                s[1] += 1
            elif f not in p:
                s[2] += 1
            elif p[f] == q[f]:
                s[0] += 1
            else:
                s[3] += 1
                if len(s[4]) < 2:
                    s[4].append((p[f], q[f]))
    print("member\tequal\tonly first\tonly second\tdiffer")
    for f, s in sorted(fields.items()):
        print(f, *s[:4], sep="\t")
        for x, y in s[4]:
            print("\t" + json.dumps(x, ensure_ascii=False)[:160])
            print("\t" + json.dumps(y, ensure_ascii=False)[:160])


main()
