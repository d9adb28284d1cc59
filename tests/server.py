#!/usr/bin/python3
"""server.py - an HTTP server that goes wrong on purpose, for the tests of fetch

server.py FOLDER PORTFILE LOG: serve the files of FOLDER on 127.0.0.1, write the
port to PORTFILE, and a line of JSON for each request to LOG.

The first part of a path says what goes wrong, the last one is the file:
/cut/big is the file "big", cut in the middle when it is first asked for."""
import hashlib, http.server, json, os, sys, threading, time
from email.utils import formatdate
from urllib.parse import parse_qs, urlsplit

folder, portfile, logfile = sys.argv[1:4]
lock = threading.Lock()
asked = {}      # path -> how often
held = 0        # requests of /hold that wait
CHUNK = 16384


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def do_GET(self):
        global held
        url = urlsplit(self.path)
        self.parts = url.path.strip("/").split("/")
        self.query = {k: v[0] for k, v in parse_qs(url.query).items()}
        with lock:
            held += self.parts[0] == "hold"
            self.nth = asked[self.path] = asked.get(self.path, 0) + 1
            entry = {"path": self.path, "nth": self.nth, "held": held,
                     "time": time.time(),
                     **{k.lower(): v for k, v in self.headers.items()}}
            with open(logfile, "a", encoding="utf-8") as log:
                log.write(json.dumps(entry) + "\n")
        try:
            getattr(self, "do_" + self.parts[0])()
        except (BrokenPipeError, ConnectionResetError):
            pass
        finally:
            self.close_connection = True

    def file(self, suffix=""):
        with open(f"{folder}/{self.parts[-1]}{suffix}", "rb") as f:
            return f.read()

    def head(self, status, length, **headers):
        self.send_response(status)
        if length is not None:
            self.send_header("Content-Length", str(length))
        for name, value in headers.items():
            if value is not None:
                self.send_header(name.replace("_", "-"), value)
        self.send_header("Connection", "close")
        self.end_headers()

    def write(self, body, pause=0, size=CHUNK):
        for i in range(0, len(body), size):
            self.wfile.write(body[i:i + size])
            self.wfile.flush()
            time.sleep(pause)

    def entire(self, body, stop=None, pause=0, ranges=True, shift=0,
               piece=None, **headers):
        """As a good server: 200, 206 or 304.  stop: cut it there; piece: cut
        every answer behind so many bytes."""
        headers = {"ETag": '"%s"' % hashlib.md5(body).hexdigest(),
                   "Last_Modified": formatdate(1e9, usegmt=True),
                   "Content_Type": "text/csv; charset=utf-8", **headers}
        known = self.headers.get("If-None-Match")
        if known == headers["ETag"] if known else headers["Last_Modified"] \
                and self.headers.get("If-Modified-Since") == \
                headers["Last_Modified"]:
            self.head(304, None, ETag=headers["ETag"])
            return
        wanted = self.headers.get("Range")
        if wanted and ranges and self.headers.get("If-Range") in (
                headers["ETag"], headers["Last_Modified"]):
            at = int(wanted[len("bytes="):-1])
            headers["Content_Range"] = \
                f"bytes {at + shift}-{len(body) - 1}/{len(body)}"
            # as RFC 9110 has it: what the client knows is not said again
            del headers["Content_Type"]
            if headers["ETag"]:
                del headers["Last_Modified"]
            self.head(206, len(body) - at - shift, **headers)
            self.write(body[at + shift:][:piece], pause)
        else:
            self.head(200, len(body), **headers)
            self.write(body[:stop or piece], pause)

    def do_plain(self):
        self.entire(self.file())

    def do_cut(self):
        """The first time; with ?times=N, the first N times."""
        body = self.file()
        if self.nth <= int(self.query.get("times", 1)):
            self.entire(body, stop=len(body) // 2)
        else:
            self.entire(body)

    def do_pieces(self):
        """/pieces/N/file: no more than N bytes at a time"""
        self.entire(self.file(), piece=int(self.parts[1]))

    def do_cutdated(self):
        """No ETag: only the date tells whether it is the same."""
        body = self.file()
        self.entire(body, stop=len(body) // 2 if self.nth == 1 else None,
                    ETag=None)

    def do_cutchanged(self):
        body = self.file()
        if self.nth == 1:
            self.entire(body, stop=len(body) // 2)
        else:
            self.entire(body[::-1])

    def do_cutswapped(self):
        """/cutswapped/KIND/file: dated; the rest is that of another version,
        as long, whatever If-Range says."""
        body = self.file()
        if self.nth == 1:
            self.entire(body, stop=len(body) // 2, ETag=None)
            return
        date = {"date": formatdate(1e9 + 60, usegmt=True), "none": None,
                "weak": None}[self.parts[1]]
        etag = 'W/"1"' if self.parts[1] == "weak" else None
        if "Range" not in self.headers:
            self.entire(body[::-1], ETag=etag, Last_Modified=date)
            return
        at = int(self.headers["Range"][len("bytes="):-1])
        self.head(206, len(body) - at, ETag=etag, Last_Modified=date,
                  Content_Range=f"bytes {at}-{len(body) - 1}/{len(body)}")
        self.write(body[::-1][at:])

    def do_turn(self):
        """/turn?1=URL&2=URL: now to the one, then to the other"""
        self.head(302, 0, Location=self.query[str(min(self.nth, 2))])

    def do_twin(self):
        """/twin/KIND/file?file=A, ?file=B: two files of one length and with
        the same validator, or, with ?signed=, one; the first request for A is
        cut, and the second turned to B."""
        body = self.file()
        if self.query.get("file") == "B":
            body = body[::-1]
        headers = {"ETag": '"1"' if self.parts[1] == "etag" else None}
        first = self.query.get("file") == "A" or self.query.get("signed") == "1"
        if first and self.nth > 1 and "turned" in self.query:
            self.head(302, 0, Location="?file=B")
        elif first and "cut" in self.query and self.nth == 1:
            self.entire(body, stop=len(body) // 2, **headers)
        else:
            self.entire(body, **headers)

    def do_misled(self):
        """304 for a version that is not the one asked about, once"""
        if self.nth == 1:
            self.entire(self.file(), ETag='"1"', Last_Modified=None)
        elif self.nth == 2 or self.headers.get("If-None-Match") == '"2"':
            self.head(304, None, ETag='"2"')
        else:
            self.entire(self.file()[::-1], ETag='"2"')

    def do_cutnorange(self):
        """Cut the first time; with ?always=1 each time."""
        body = self.file()
        if "always" in self.query:
            self.nth = 1
        self.entire(body, stop=len(body) // 2 if self.nth == 1 else None,
                    ranges=False)

    def do_cutshifted(self):
        """The rest that comes is not the rest that was asked for."""
        body = self.file()
        self.entire(body, stop=len(body) // 2 if self.nth == 1 else None,
                    shift=7)

    def do_cutlie(self):
        """/cutlie/KIND/file: the rest comes under a head of nonsense."""
        body = self.file()
        if self.nth == 1 or "Range" not in self.headers:
            self.entire(body, stop=len(body) // 2 if self.nth == 1 else None)
            return
        at = int(self.headers["Range"][len("bytes="):-1])
        lie = {"none": None, "words": "bytes soon-later/many",
               "huge": f"bytes {at}-99999999999999999999/99999999999999999999",
               "minus": f"bytes -{at}-1/2", "star": f"bytes {at}-{at}/*",
               "total": f"bytes {at}-{len(body)}/{len(body) + 1}",
               }.get(self.parts[1], f"bytes {at}-{len(body) - 1}/{len(body)}")
        good = hashlib.md5(body).hexdigest()
        etag = {"etag": '"other"', "noetag": None, "weak": f'W/"{good}"',
                }.get(self.parts[1], f'"{good}"')
        self.head(206, 2**63 - 1 if self.parts[1] == "long" else
                  len(body) - at, Content_Range=lie, ETag=etag)
        self.write(b"x" * (len(body) - at))

    def do_cutflying(self):
        """Compressed while it is sent, under the ETag of what is not: no
        length, and a range is of what is not compressed."""
        body = self.file()
        etag = '"%s"' % hashlib.md5(body).hexdigest()
        if "Range" in self.headers or \
                "gzip" not in self.headers["Accept-Encoding"]:
            self.entire(body, ETag=etag)
            return
        packed = self.file(".gz")
        self.send_response(200)
        for name, value in (("Transfer-Encoding", "chunked"), ("ETag", etag),
                            ("Content-Encoding", "gzip")):
            self.send_header(name, value)
        self.end_headers()
        if self.nth == 1:
            packed = packed[:len(packed) // 2]
        self.wfile.write(b"%x\r\n%s\r\n" % (len(packed), packed))
        self.wfile.write(b"0\r\n\r\n" if self.nth > 1 else b"")

    def do_dies(self):
        """Cut within the compressed bytes, whose end nothing else tells."""
        body = self.file()
        self.head(200, None, Content_Encoding="gzip")
        self.write(body[:len(body) // 2 if self.nth == 1 else None])

    def do_nolength(self):
        self.head(200, None)
        self.write(self.file())

    def do_long(self):
        body = self.file()
        self.head(200, len(body) + 10)
        self.write(body)

    def do_once(self):
        """/once/STATUS/file: that status first, with ?after=SECONDS."""
        if self.nth == 1:
            self.head(int(self.parts[1]), 0,
                      Retry_After=self.query.get("after"))
        else:
            self.entire(self.file())

    def do_always(self):
        self.head(int(self.parts[1]), 0, Retry_After=self.query.get("after"))

    def do_to(self):
        url = self.query["url"].encode().decode("latin-1")
        self.head(302, 0, Location=url)

    def do_loop(self):
        self.head(302, 0, Location=f"/loop/{int(self.parts[1]) + 1}")

    def do_encoded(self):
        """/encoded/CODING/file: the file is compressed so already."""
        self.entire(self.file(), Content_Encoding=self.parts[1])

    def do_cutencoded(self):
        body = self.file()
        self.entire(body, stop=len(body) // 2 if self.nth == 1 else None,
                    Content_Encoding=self.parts[1])

    def do_slow(self):
        self.head(200, 1 << 20)
        self.write(b"slow " * 1000, pause=0.1, size=1)

    def do_throttle(self):
        """/throttle/N/file: N pieces a second"""
        self.entire(self.file(), pause=1 / int(self.parts[1]))

    def do_hold(self):
        global held
        time.sleep(0.15)
        with lock:
            held -= 1
        self.entire(self.file())

    def do_hostile(self):
        """/hostile/KIND/file: the body is right, its head is not."""
        self.entire(self.file(), **{
            "etag": {"ETag": '"' + "x" * 90000 + '"'},
            "control": {"Content_Type": "text/\x01csv\x1b[31m",
                        "ETag": '"a\x07b"'},
            "latin": {"Content_Type": "text/\xe9\xff", "ETag": '"\xe9"',
                      "Last_Modified": "\xff"},
            "type": {"Content_Type": "x" * 3000},
            "wait": {"Retry_After": "-99999999999999999999"},
            "date": {"Last_Modified": "Mon, 99 Foo 99999 99:99:99 GMT"},
            "empty": {"ETag": "", "Content_Type": "", "Last_Modified": ""},
        }[self.parts[1]])

    def do_garbage(self):
        self.wfile.write(b"\x00\xff\x00 this is not HTTP\n" * 100)

    def do_silent(self):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open(portfile + ".tmp", "w", encoding="ascii") as f:
    f.write(f"{server.server_port}\n")
os.rename(portfile + ".tmp", portfile)
server.serve_forever()
