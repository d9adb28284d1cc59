#!/usr/bin/python3
"""members.t - every member that the golden cases of parse and normalize write:
named by its schema, or foreign, as TAP.  A foreign one stands in what the case
reads; a paper's may also have the name that the manual or a map gives it."""
import glob, json, os, re

top = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def read(path):
    with open(path, "rb") as f:
        return f.read().replace(b"\0", b"")


def fold(s):
    return re.sub(rb"[^a-z0-9]", b"", s.lower())


def members(name, definition=None):
    schema = json.loads(read(f"{top}/schemas/{name}.json"))
    return set((schema["$defs"][definition] if definition else
                schema)["properties"])


named = {"paper": members("parsed"), "person": members("person"),
         "authors": members("parsed", "person"),
         "editors": members("parsed", "person"),
         "sources": members("parsed", "source"),
         "versions": members("parsed", "version")}
manual = read(top + "/filters/parse.1").replace(rb"\-", b"-").decode()
maps = b" ".join(read(p) for p in sorted(glob.glob(top + "/schemas/maps/*")))
words = set(re.findall(r"[\w.+-]+", manual + " " + maps.decode()))
# note_TYPE
fronts = tuple(w.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for w in words
               if re.fullmatch(r"[a-z_]+_[A-Z]+", w))
# csv_kind: the member kind of a row of csv
formats = tuple(w + "_" for w in re.findall(r"^FORMAT\((\w+)", read(
    top + "/filters/parse/formats.def").decode(), re.M))


def is_documented(name):
    return name in words or name.startswith(fronts + formats)


def unnamed(path):
    case = os.path.dirname(path)
    seen = fold(b" ".join(
        read(os.path.join(folder, f)) for folder, _, files in os.walk(case)
        for f in files if f not in ("out", "err", "rejects", "status")))

    def odd(where, o):
        return [f"{where}: {m}" for m in o if m not in named[where]
                and fold(m.encode()) not in seen
                and not (where == "paper" and is_documented(m))]

    found = []
    for line in read(path).splitlines():
        try:
            record = json.loads(line)
        except ValueError:
            continue        # of parse -l
        if not isinstance(record, dict):
            continue
        found += odd(record["kind"], record)
        for where in ("authors", "editors", "sources", "versions"):
            for o in record.get(where, []):
                found += odd(where, o)
    return sorted(set(found))


number = 0
for path in sorted(glob.glob(top + "/tests/golden/parse/*/out")
                   + glob.glob(top + "/tests/golden/normalize/*/out")):
    number += 1
    found = unnamed(path)
    print(("not " if found else "") + f"ok {number} - "
          + os.path.relpath(path, top))
    for m in found:
        print("# " + m)
print(f"1..{number}")
