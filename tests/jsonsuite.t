#!/usr/bin/python3
"""jsonsuite.t - the files of JSONTestSuite (test_parsing) as TAP, where they are
at hand: the folder that is the argument, or JSON_SUITE; else those that
../shared beside the project has.

Each is read by parse in two ways: as a document, and as the value of a member of
an object in a list.  A file y_* is a value, the same that Python reads, unless
an object names a member twice; a file n_* ends as a reject; of a file i_* it is
told what it is.  Whatever it is, each entry is a paper or a reject."""
import glob, json, os, subprocess, sys, tempfile

top = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
folder = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("JSON_SUITE", "")
parse = os.environ.get("BIN", top + "/bin") + "/parse"
scratch = tempfile.TemporaryDirectory()
shared = top + "/../shared/data/nasty.tar.zst"
if not folder and os.path.exists(shared):
    inside = "nasty/JSONTestSuite/test_parsing"
    with subprocess.Popen(["zstd", "-dc", shared], stdout=subprocess.PIPE) as z:
        subprocess.run(["tar", "-xf", "-", "-C", scratch.name, inside],
                       stdin=z.stdout, check=True)
    folder = f"{scratch.name}/{inside}"
files = sorted(glob.glob(folder + "/[iny]_*.json"))

if not files:
    print("1..0 # SKIP the files of JSONTestSuite are not here")
    sys.exit()

# an object names a member twice, which the standard leaves open
REPEATED = {"y_object_duplicated_key.json",
            "y_object_duplicated_key_and_value.json"}
rejects, stats = scratch.name + "/rejects", scratch.name + "/stats"


def read(document):
    """The papers of a document, the codes of its rejects, what went wrong."""
    run = subprocess.run([parse, "-q", "-f", "json", "-E", "100%", "-r", rejects,
                          "--stats", stats], input=document, capture_output=True)
    with open(stats, encoding="utf-8") as f:
        count = json.load(f)
    wrong = ""
    if run.returncode not in (0, 65):
        wrong = f"exit status {run.returncode}"
    elif count["in"] != count["out"] + count["rejected"]:
        wrong = "no balance"
    with open(rejects, encoding="utf-8") as f:
        codes = [json.loads(line)["code"] for line in f]
    return [json.loads(l) for l in run.stdout.splitlines()], codes, wrong


def judge(name, text):
    """What is wrong, and what the file was taken for."""
    _, codes, wrong = read(text)
    papers, inside, wrong_inside = read(
        b'[{"title":"a","x":' + text + b'},{"title":"b"}]')
    wrong = wrong or wrong_inside
    accepted = len(papers) == 2 and not inside
    taken = "accepted" if accepted else "rejected: " + ", ".join(inside)
    if wrong:
        return wrong, taken
    if name[0] == "y":
        if name in REPEATED:
            wrong = "" if inside == ["duplicate-member"] else taken
        elif not accepted:
            wrong = taken
        else:
            # what is empty is left out
            value = json.loads(text)
            wrong = "" if papers[0].get("x") == value or \
                value in (None, "", [], {}) else repr(papers[0].get("x"))
            if isinstance(value, str):
                wrong = "" if papers[0].get("x", "") == value.strip(" \t\r\n") \
                    else repr(papers[0].get("x"))
    elif name[0] == "n":
        if not inside:
            wrong = taken
        elif not codes:
            wrong = "as a document it has no reject"
    return wrong, taken


for number, path in enumerate(files, 1):
    with open(path, "rb") as f:
        text = f.read()
    wrong, taken = judge(os.path.basename(path), text)
    print("not ok" if wrong else "ok", number, "-", os.path.basename(path)
          + (": " + taken if os.path.basename(path)[0] == "i" else ""))
    if wrong:
        print("#", wrong)
print(f"1..{len(files)}")
