#!/usr/bin/python3
"""calls.t - every filter, with its calls failing one after the other, as TAP

For each filter and group of calls of inject.c: the n-th call fails, for n up
to 50 and some beyond.  The filter must then end with the status that goes with
it and a message, or with 0 and every byte of its output as without a fault,
for there are calls that do not matter.  What it left behind must not keep a
plain run from doing as if nothing had been.

calls.t [WORD ...]: only the tests whose names hold these words."""
import concurrent.futures, gzip, http.server, itertools, json
import multiprocessing, os, re, shutil, subprocess, sys, tempfile, threading

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
BIN = os.path.abspath(os.environ.get("BIN", TOP + "/bin"))
INJECT = os.path.abspath(os.environ["INJECT"])
DEMO = TOP + "/pipelines/demo"
FIRST, SPREAD = 50, 15          # the first calls, and some of the others
LATE = 60                       # seconds after which a filter hangs

# Of sysexits.h: what each group may come to.
OSERR, CANTCREAT, IOERR = 71, 73, 74
GROUPS = {
    "malloc": [OSERR], "mmap": [OSERR], "fork": [OSERR],
    "read": [IOERR], "write": [IOERR], "close": [IOERR], "getline": [IOERR],
    "fwrite": [IOERR], "fflush": [IOERR], "fclose": [IOERR],
    "rename": [CANTCREAT, IOERR], "create": [CANTCREAT],
    "sync": [CANTCREAT, IOERR], "truncate": [CANTCREAT, IOERR],
    "unlink": [CANTCREAT, IOERR], "lock": [OSERR, CANTCREAT],
    "open": [OSERR, CANTCREAT, IOERR], "stat": [OSERR, CANTCREAT, IOERR],
}
# where it matters that the messages and the clearing up fail as well
LASTING = ["malloc", "read", "write", "close"]
known = []                      # the cases, before the workers are forked


class Case:
    """A filter with arguments, which write into the folder {d} besides
    standard output; cwd: another folder to run in; before: what the folder
    holds at first."""

    def __init__(self, name, args, stdin=None, cwd=None, before=None):
        self.name, self.args, self.stdin = name, args.split(), stdin
        self.cwd, self.before = cwd, before
        self.good = None

    def run(self, d, fault=None):
        """The exit status, what was said, and whether there was a fault."""
        env = {"PATH": os.environ["PATH"], "LC_ALL": "C", "TMPDIR": d,
               "HOME": d}
        log = d + ".log"
        if fault:
            env.update(LD_PRELOAD=INJECT, FAULT=fault, FAULT_LOG=log)
        args = [a.replace("{d}", d) for a in self.args]
        with open(self.stdin or os.devnull, "rb") as i, \
                open(d + "/out", "wb") as o:
            try:
                p = subprocess.run([BIN + "/" + args[0], *args[1:]], stdin=i,
                                   stdout=o, stderr=subprocess.PIPE, env=env,
                                   cwd=self.cwd or d, timeout=LATE)
                status, said = p.returncode, p.stderr
            except subprocess.TimeoutExpired:
                status, said = "a hang", b""
        fired = os.path.exists(log)
        if fired:
            os.unlink(log)
        return status, said, fired


def tree(path):
    found = {}
    for folder, _, files in os.walk(path):
        for f in files:
            with open(folder + "/" + f, "rb") as body:
                found[os.path.relpath(folder + "/" + f, path)] = body.read()
    return found


def site(d):
    return tree(d + "/site/") if os.path.exists(d + "/site") else None


def held(d):
    return tree(d + "/site.next/")


def outputs(d):
    """All that a run wrote, without what differs from run to run."""
    found = {"site": site(d), "held": held(d), "bodies": tree(d + "/store/body")}
    for f in os.listdir(d):
        if os.path.isfile(d + "/" + f) and not f.startswith("arrow."):
            with open(d + "/" + f, "rb") as body:
                found[f] = body.read()
    found["stats"] = re.sub(rb'"(seconds|cpu|memory)":[0-9.]+', b"",
                            found.get("stats", b""))
    return found


def strays(d):
    """Files that only a run that is not over may have."""
    found = [os.path.relpath(folder + "/" + f, d)
             for folder, _, files in os.walk(d) for f in files]
    found = [f for f in found if
             re.search(r"\.(tmp|link)$|^arrow\.|^store/part/", f)]
    return found + [f for f in os.listdir(d) if os.path.islink(d + "/" + f)
                    and f not in ("site", "site.next")]


def differences(a, b):
    return [k for k in sorted(set(a) | set(b)) if a.get(k) != b.get(k)]


def wrong(case, group, fault, want):
    """What is wrong with a run under a fault, or None; and whether there was
    one."""
    d = tempfile.mkdtemp(dir=WORK)
    try:
        if case.before:
            shutil.copytree(case.before, d, symlinks=True, dirs_exist_ok=True)
        before = site(d)
        status, said, fired = case.run(d, fault)
        bad = []
        if status == 0:
            bad = differences(outputs(d), case.good)
            return ("0, but not as without a fault: %s" % bad if bad else
                    None), fired
        if not fired:
            return "%s without a fault: %r" % (status, said), fired
        if status not in want:
            return "%s: %r" % (status, said), fired
        if not re.search(rb"^%s: ." % case.args[0].encode(), said, re.M):
            return "%s, but no message: %r" % (status, said), fired
        if before is not None and site(d) not in (before, case.good["site"]):
            return "%s, and a site that is neither the old nor the new" % \
                status, fired
        status = 0
        if "-o" in case.args or "--ledger" in case.args:
            status, said, _ = case.run(d)
            bad = differences(outputs(d), case.good)
        # where a spill file cannot be removed, there is one
        bad = bad + [f for f in strays(d) if group != "unlink"]
        if status != 0 or bad:
            return "then, without a fault, %s %r: %s" % (status, said, bad), \
                fired
        return None, fired
    finally:
        shutil.rmtree(d)


def calls_of(case, group):
    """How many calls of a group there are, up to a million: the first one
    that does not come is looked for by halves."""
    def comes(n):
        d = tempfile.mkdtemp(dir=WORK)
        try:
            if case.before:
                shutil.copytree(case.before, d, symlinks=True,
                                dirs_exist_ok=True)
            return case.run(d, "%s:%d" % (group, n))[2]
        finally:
            shutil.rmtree(d)
    low, high = FIRST, FIRST * 2
    while comes(high):
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if comes(middle) else (low, middle)
    return low


def test(i, group, lasting):
    """All faults of a group: how many there were, and what went wrong."""
    case = known[i]
    bad, n, fired = [], 0, True
    more = "+" if lasting else ""

    def look(n):
        why, fired = wrong(case, group, "%s:%d%s" % (group, n, more),
                           GROUPS[group])
        if why:
            bad.append("n = %d: %s" % (n, why))
        return fired

    while n < FIRST and fired:
        n += 1
        fired = look(n)
    if not fired:
        return n - 1, bad
    total = calls_of(case, group)
    for n in sorted({FIRST + (total - FIRST) * i // SPREAD
                     for i in range(1, SPREAD + 1)} - {FIRST}):
        look(n)
    return total, bad


def test_parts(i, fault):
    """Reads and writes that do only a part, or are interrupted."""
    why, fired = wrong(known[i], fault, fault, [])
    return int(fired), [why] if why else []


class Server(http.server.BaseHTTPRequestHandler):
    """The files of the demo, with what lets a client ask whether they
    changed; below /gzip/ they come compressed."""

    def log_message(self, *args):
        pass

    def do_GET(self):
        path = self.path.replace("/gzip/", "/")
        with open(DEMO + "/sources" + path, "rb") as f:
            body = f.read()
        if self.headers.get("If-None-Match") == '"%d"' % len(body):
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("ETag", '"%d"' % len(body))
        if path != self.path:
            body = gzip.compress(body, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            pass


def serve():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return "http://127.0.0.1:%d" % server.server_port


def made(name, *args, stdin=None):
    """A file that a command writes."""
    path = WORK + "/" + name
    with open(stdin or os.devnull, "rb") as i, open(path, "wb") as o:
        subprocess.run(args, stdin=i, stdout=o, cwd=TOP, check=True,
                       stderr=subprocess.DEVNULL)
    return path


def head(path, name, n):
    with open(path, "rb") as f:
        lines = f.readlines()[:n]
    with open(WORK + "/" + name, "wb") as f:
        f.writelines(lines)
    return WORK + "/" + name


def folder(case):
    """A folder in which a case ran."""
    d = tempfile.mkdtemp(dir=WORK)
    if case.run(d)[0] != 0:
        raise SystemExit("%s: %s" % (case.name, case.run(d)))
    for f in os.listdir(d):
        if os.path.isfile(d + "/" + f):
            os.unlink(d + "/" + f)
    return d


def cases():
    ours = "-q -r {d}/rejects -E 100% --stats {d}/stats "
    sources = DEMO + "/sources/"
    documents = made("documents", BIN + "/fetch", "-q", DEMO + "/sources.tsv")
    papers = made("papers", BIN + "/parse", "-q", "-E", "100%", documents)
    normal = made("normal", BIN + "/normalize", "-q", papers)
    deduped = made("deduped", BIN + "/dedupe", "-q", normal)
    few = made("few", BIN + "/cluster", "-q", head(deduped, "few.in", 12))
    fewer = made("fewer", BIN + "/cluster", "-q", head(deduped, "fewer.in", 9))

    url = serve()
    table = WORK + "/sources.tsv"
    with open(table, "w") as f:
        f.write("source\tformat\turl\n"
                "plain\tcsv\t%s/icml.csv\nzipped\tcsv\t%s/gzip/neurips.csv\n"
                % (url, url))
    remote = "-o store --rate 0 --retry-wait 0 " + table

    yield Case("fetch files", "fetch " + ours, DEMO + "/sources.tsv", DEMO)
    yield Case("fetch http", "fetch " + ours + remote)
    yield Case("fetch http again", "fetch --refresh " + ours + remote,
               before=folder(Case("", "fetch -q " + remote)))
    yield Case("parse documents", "parse " + ours + head(documents, "some", 3),
               cwd=TOP)
    for name, options in [
            ("dblp.xml", "-f dblp"), ("openreview.json", "-f openreview"),
            ("icml.csv", "-f csv"), ("neurips-1.html", "-f html"),
            ("library.csv", "-f csv -m library -e ISO-8859-1"),
            ("refs.bib", "-f bibtex")]:
        yield Case("parse " + name, "parse %s %s %s" % (
            options, ours, sources + name))
    json_list = WORK + "/list.json"
    with open(json_list, "w") as f:
        json.dump([{"title": "On %d" % i, "id": i, "authors": ["Ann Lee"]}
                   for i in range(20)], f)
    yield Case("parse json", "parse -f json " + ours + json_list)
    for suffix, *command in ("gz", "gzip", "-c"), ("zst", "zstd", "-c"):
        packed = made("icml.csv." + suffix, *command,
                      stdin=sources + "icml.csv")
        yield Case("parse csv." + suffix, "parse -f csv " + ours + packed)
        packed = made("papers." + suffix, *command, stdin=papers)
        yield Case("normalize " + suffix, "normalize " + ours + packed)
    yield Case("normalize", "normalize " + ours, papers)
    yield Case("dedupe", "dedupe -w {d}/why " + ours, normal)
    yield Case("cluster", "cluster " + ours, deduped)
    yield Case("render text", "render --view text " + ours, few)
    ledger = WORK + "/ledger"
    made("none", BIN + "/audit", "-q", "--ledger", ledger, fewer)
    yield Case("audit", "audit --max-loss 100%% --against %s "
               "--ledger {d}/ledger %s" % (ledger, ours), few)
    yield Case("render held", "render --hold --view html -o {d}/site " + ours,
               few)
    for jobs in "1", "2":
        html = "render --view html -o {d}/site --jobs %s %s" % (jobs, ours)
        yield Case("render html, %s jobs" % jobs, html, few)
        yield Case("render html again, %s jobs" % jobs, html, few,
                   before=folder(Case("", html, fewer)))


def main():
    words = sys.argv[1:]
    tests = []
    for i, case in enumerate(cases()):
        known.append(case)
        d = tempfile.mkdtemp(dir=WORK)
        if case.before:
            shutil.copytree(case.before, d, symlinks=True, dirs_exist_ok=True)
        status, said, _ = case.run(d)
        if status != 0:
            raise SystemExit("%s: %s %r" % (case.name, status, said))
        case.good = outputs(d)
        for group, lasting in itertools.chain(
                ((g, False) for g in GROUPS), ((g, True) for g in LASTING)):
            tests.append(("%s: %s%s" % (case.name, group, lasting and
                          " from then on" or ""), test, i, group, lasting))
        for fault in "short", "eintr":
            tests.append(("%s: %s" % (case.name, fault), test_parts, i, fault))
    tests = [t for t in tests if all(w in t[0] for w in words)]
    faults = 0
    fork = multiprocessing.get_context("fork")
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count(), fork) as pool:
        running = [pool.submit(*t[1:]) for t in tests]
        for i, (t, result) in enumerate(zip(tests, running), 1):
            n, bad = result.result()
            faults += n
            print("%sok %d - %s (%d)" % ("not " if bad else "", i, t[0], n))
            for line in bad:
                print("# " + line)
            sys.stdout.flush()
    # a library that is not loaded makes no fault
    print("%sok %d - there were faults" % ("" if faults else "not ",
                                           len(tests) + 1))
    print("1..%d" % (len(tests) + 1))


# thousands of small files come and go
SHM = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
with tempfile.TemporaryDirectory(dir=SHM) as WORK:
    main()
