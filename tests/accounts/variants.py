#!/usr/bin/python3
"""variants - of the spellings of one person's name, how many meet in cluster

variants.py REGISTRY PAPERS

PAPERS is a stream of parse in which some persons have an identifier of REGISTRY:
that of acl has those with the attribute id.  Each two spellings of one
identifier that differ only by accents, case, periods of initials, or order are
a pair; it meets where normalize and cluster give both one key, or one has the
key of the other in similar.  Tells the share, likewise of pairs that differ by
an initial or a name in the middle, and the first of each that do not meet."""
import collections, itertools, json, os, re, subprocess, sys, unicodedata

BIN = os.environ.get("BIN", os.path.join(os.path.dirname(__file__),
                                         "../../bin"))
SHOWN = 20


def run(program, lines):
    p = subprocess.run([f"{BIN}/{program}", "-q", "-E", "100%"],
                       input="".join(lines).encode(), stdout=subprocess.PIPE,
                       check=True)
    return [json.loads(line) for line in p.stdout.splitlines()]


def words(name):
    """Folded, initials one by one."""
    name = re.sub(r"\b[A-Z]{2,3}\b(?= )", lambda m: " ".join(m[0]), name)
    name = unicodedata.normalize("NFKD", name).casefold()
    name = "".join(c for c in name if not unicodedata.combining(c))
    name = name.translate(str.maketrans({"ø": "o", "ł": "l", "đ": "d",
                                         "ı": "i", "æ": "ae"}))
    return re.findall(r"\w+", name)


def kind(a, b):
    """How two names differ: spelling, initials, or another way."""
    a, b = sorted((words(a), words(b)), key=len)
    if sorted(a) == sorted(b):
        return "accents, case, periods or order"
    if a and b and a[-1] == b[-1] and a[0][0] == b[0][0] and all(
            any(x == y or (1 in (len(x), len(y)) and x[0] == y[0]) for y in b)
            for x in a):
        return "initials or middle names"
    return None


def main():
    registry, path = sys.argv[1:]
    with open(path, encoding="utf-8") as f:
        lines = f.readlines()
    known = collections.defaultdict(set)
    spelt = {}      # the name that comes of one, where a paper alone has it
    normal = run("normalize", lines)
    for line, after in zip(lines, normal):
        before = json.loads(line)
        for member in ("authors", "editors"):
            a, b = before.get(member, []), after.get(member, [])
            for p, q in zip(a, b) if len(a) == len(b) else ():
                if registry in p.get("ids", {}):
                    known[p["ids"][registry]].add(p["name"])
                    spelt[p["name"]] = q["name"]
    keys, similar = {}, collections.defaultdict(set)
    for r in run("cluster", [json.dumps(p) + "\n" for p in normal]):
        if r["kind"] == "author":
            for row in r["rows"]:
                keys[row["name"]] = r["key"]
            similar[r["key"]].update(r.get("similar", []))
    count = collections.defaultdict(lambda: [0, 0, []])
    for names in known.values():
        # editors are not clustered
        for a, b in itertools.combinations(sorted(names), 2):
            what = kind(a, b)
            x, y = keys.get(spelt[a]), keys.get(spelt[b])
            if what is None or x is None or y is None:
                continue
            c = count[what]
            c[0] += 1
            if x == y or y in similar[x] or x in similar[y]:
                c[1] += 1
            else:
                c[2].append(f"{a} | {b}")
    for what, (n, met, apart) in sorted(count.items()):
        print(f"{what}: {met} of {n} pairs meet, {100 * met / n:.1f} %")
        for pair in apart[:SHOWN]:
            print("    " + pair)


main()
