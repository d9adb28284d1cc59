#!/usr/bin/python3
"""page-text.py - the text that a page of an author shows, in the order of the
text view: page-text.py FILE ...  A form feed parts the pages.

What the HTML page has besides is left out by its elements: the links in the
head, the way past them, "and N more" in author lists, the persons, whose each
card is, and the column beside the papers."""
import re
import sys
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "path", "img"}
BLOCKS = {"p", "h1", "h2", "h3", "li", "ul", "ol", "main", "header", "nav",
          "aside", "a"}
LEFT_OUT = {"title", "script", "nav", "aside"}


class Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines = [""]
        self.out = 0            # depth within what is left out
        self.left = []          # the elements that began it
        self.more = False

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if (tag in LEFT_OUT or attributes.get("class") in ("skip", "persons")
                or attributes.get("href", "").startswith("#person")):
            self.out += 1
            self.left.append(tag)
        if tag in BLOCKS:
            self.lines.append("")

    def handle_endtag(self, tag):
        if self.left and self.left[-1] == tag:
            self.left.pop()
            self.out -= 1
        if tag in BLOCKS:
            self.lines.append("")

    def handle_data(self, data):
        if not self.out:
            self.lines[-1] += data


for number, path in enumerate(sys.argv[1:]):
    page = Page()
    with open(path, encoding="utf-8", newline="") as f:
        page.feed(f.read())
    if number > 0:
        print("\f")
    for line in "\n".join(page.lines).split("\n"):
        line = line.strip(" ")
        if line and not re.fullmatch(r"and [0-9,]+ more", line):
            print(line)
