#!/usr/bin/python3
"""schemas.t - every line that the golden cases and the demo write, against the
JSON Schemas, as TAP.  Arguments: more files, each held against its stage's."""
import glob, json, os, sys
from jsonschema import Draft202012Validator, RefResolver

top = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
out = os.environ.get("OUT", top + "/out") + "/demo/"
schemas = {}
for path in glob.glob(top + "/schemas/*.json"):
    with open(path, encoding="utf-8") as f:
        schemas[os.path.basename(path)] = json.load(f)


def validator(name):
    schema = schemas[name]
    return Draft202012Validator(schema, resolver=RefResolver(
        name, schema, store=dict(schemas)))


validators = {name[:-5]: validator(name) for name in schemas}


def check(path, paper):
    """The first line that does not hold, or None."""
    with open(path, encoding="utf-8", newline="\n") as f:
        for number, line in enumerate(f, 1):
            try:
                record = json.loads(line)
                if not line.startswith('{"kind":'):
                    return f"line {number}: kind is not the first member"
                kind = record["kind"]
                v = validators[paper if kind == "paper" else kind]
                error = next(v.iter_errors(record), None)
            except (ValueError, KeyError) as e:
                return f"line {number}: {e!r}"
            if error is not None:
                return f"line {number}: {error.json_path}: {error.message}"


# (file, the schema of its papers): parse's are looser than the others'
files = [(p, "parsed" if f == "parse" else "paper")
         for f in ("fetch", "parse", "normalize", "dedupe", "cluster", "audit")
         for p in sorted(glob.glob(f"{top}/tests/golden/{f}/*/out"))]
files += [(p, "paper") for p in sorted(
    glob.glob(f"{top}/tests/golden/*/*/rejects"))]
files += [(p, "paper") for p in sorted(
    glob.glob(f"{top}/tests/golden/dedupe/review*/err"))]
# ledgers
files += [(p, "paper") for p in sorted(
    glob.glob(f"{top}/tests/golden/audit/*/before"))]
files += [(p, "parsed") for p in sorted(glob.glob(out + "parsed/*.ndjson"))]
files += [(p, "paper") for g in ("fetched/*", "normalized/*", "deduped",
          "clustered", "rejects/*") for p in sorted(glob.glob(
              out + g + ".ndjson"))]
files += [(p, "paper") for p in sys.argv[1:]]

number = 0
for name in sorted(schemas):
    number += 1
    try:
        Draft202012Validator.check_schema(schemas[name])
        print(f"ok {number} - {name} is a schema")
    except Exception as e:
        print(f"not ok {number} - {name} is a schema\n# {e!r}")
for path, paper in files:
    if not os.path.getsize(path):
        continue
    # a text is no stream
    if ("/golden/render/" in path or "/golden/dedupe/explain" in path) \
            and path.endswith("/out"):
        continue
    number += 1
    error = check(path, paper)
    print(("" if error is None else "not ") + f"ok {number} - "
          + os.path.relpath(path, top))
    if error is not None:
        print("# " + error)
number += 1
print(("" if os.path.exists(out + "clustered.ndjson") else "not ")
      + f"ok {number} - the demo was there to look at")
print(f"1..{number}")
