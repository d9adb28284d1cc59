# defaults.mk - what pipeline.mk may set, and what holds without it
#
# The README has this list as a table, word by word, which a test compares.

# the title of the site
SITE_TITLE	:= Arrow Research search
# where the site will be, for canonical links and a sitemap
BASE_URL	:=
# a mail address or URL, for the site and for web servers
CONTACT		:=
# the rejects that a stage may have before the run stops, `N` or `P%`
MAX_REJECTS	:= 0
# what a group of 50 or more may lose, as `P%`, before a site is not published
MAX_LOSS	:= 2%
# whose page a run ends with, as text
SHOW_AUTHOR	:=
# more options for `fetch(1)`, such as `--rate 10`
FETCH_OPTIONS	:=
# a command for bash to run behind a new site, with its folder in `SITE`
PUBLISH_CMD	:=
# how many former sites, and logs of nights, are kept
KEEP		:= 7
# whether `bin/nightly --all` runs it, `yes` or `no`
NIGHTLY		:= no
# how long a night may take, as `timeout(1)` has it
TIME_LIMIT	:= 6h
# the free disk space that a night does not begin without, as `numfmt(1)` has it
MIN_FREE	:= 1G
# the bytes from which on the records of one source go to all cores
SPREAD		:= 33554432
