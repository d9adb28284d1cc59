#!/usr/bin/python3
"""mustache.t - the cases of the Mustache specification, as TAP, where they are
at hand: ../shared/data/mustache-spec beside the project, or MUSTACHE_SPEC.
DRIVER is the program built of mustache-driver.c."""
import json, os, subprocess, sys

top = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
spec = os.environ.get("MUSTACHE_SPEC",
                      top + "/../shared/data/mustache-spec")
driver = os.environ.get("DRIVER", top + "/build/mustache-driver")
modules = ["comments", "delimiters", "interpolation", "inverted", "partials",
           "sections"]

if not os.path.isdir(spec):
    print("1..0 # SKIP the cases of the specification are not here")
    sys.exit()


def render(test):
    """The page, or what went wrong."""
    run = subprocess.run([driver], input=json.dumps(test).encode() + b"\n",
                         capture_output=True)
    if run.returncode != 0:
        return f"exit status {run.returncode}", run.stderr.decode()
    return json.loads(run.stdout)


number = 0
for module in modules:
    with open(f"{spec}/{module}.json", encoding="utf-8") as f:
        tests = json.load(f)["tests"]
    for test in tests:
        number += 1
        got = render(test)
        ok = got == test["expected"]
        print("ok" if ok else "not ok", number, "-", module,
              test["name"].replace("#", ""))
        if not ok:
            print("#", repr(got), "not", repr(test["expected"]))
print(f"1..{number}")
