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
LAST = 31
# many small files come and go
SHM = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def content(path):
    try:
        with open(path, "rb") as f:
            return f.read()
    except FileNotFoundError:
        return b""


def test(case):
    """The sizes of reads with which output, messages, rejects or status of a
    case are not those of reads of any size."""
    os.chdir(f"{CASES}/{case}")
    try:
        stdin = open("in", "rb")
    except FileNotFoundError:
        stdin = open(os.devnull, "rb")
    with stdin, tempfile.TemporaryDirectory(dir=SHM) as folder:
        env = {"PATH": os.environ["PATH"], "LC_ALL": "C",
               "LD_PRELOAD": INJECT, "FAULT": f"bytes:{LAST}",
               "FAULT_DIR": folder}
        subprocess.run([BIN + "/parse", "-q", "-r", "/dev/fd/3",
                        *shlex.split(content("args").decode())],
                       stdin=stdin, env=env, check=True)
        runs = [[content(f"{folder}/{n}.{fd}") for fd in range(4)]
                for n in range(LAST + 1)]
    if not runs[LAST][0]:
        return case, ["none: the library is not loaded"]
    return case, [n for n in range(1, LAST + 1) if runs[n] != runs[0]]


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
