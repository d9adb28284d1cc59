#!/usr/bin/python3
"""buffers.t - parse with reads of 1 to 31 bytes gives the same, as TAP

Each golden case of parse, for what is at the end of a buffer differs.

buffers.t [WORD ...]: only the cases whose names hold these words."""
import multiprocessing, os, shlex, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
BIN = os.path.abspath(os.environ.get("BIN", TOP + "/bin"))
INJECT = os.path.abspath(os.environ["INJECT"])
CASES = TOP + "/tests/golden/parse"


def content(path):
    try:
        with open(path, "rb") as f:
            return f.read()
    except FileNotFoundError:
        return b""


def run(case, size, folder):
    """Output, messages and rejects of a case; 0: reads of any size."""
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
    if size:
        env.update(LD_PRELOAD=INJECT, FAULT=f"bytes:{size}")
    rejects = folder + "/rejects"
    try:
        stdin = open("in", "rb")
    except FileNotFoundError:
        stdin = open(os.devnull, "rb")
    with stdin:
        p = subprocess.run([BIN + "/parse", "-q", "-r", rejects,
                            *shlex.split(content("args").decode())],
                           stdin=stdin, capture_output=True, env=env)
    return p.returncode, p.stdout, p.stderr, content(rejects)


def test(case):
    os.chdir(f"{CASES}/{case}")
    with tempfile.TemporaryDirectory() as folder:
        want = run(case, 0, folder)
        bad = [n for n in range(1, 32) if run(case, n, folder) != want]
    return case, bad


def main():
    cases = sorted(c for c in os.listdir(CASES)
                   if all(w in c for w in sys.argv[1:]))
    with multiprocessing.Pool(2) as pool:
        for i, (case, bad) in enumerate(pool.imap(test, cases), 1):
            print("not ok" if bad else "ok", i, "-", case)
            if bad:
                print("# differs with reads of", *bad, "bytes")
    print(f"1..{len(cases)}")


main()
