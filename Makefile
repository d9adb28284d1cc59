# Arrow Research search: build the filters, run the pipelines, test.
#
# make help lists the targets: the lines below that begin with two hashes.

SHELL		:= /bin/bash
.SHELLFLAGS	:= -euo pipefail -c
MAKEFLAGS	+= --no-builtin-rules
.SUFFIXES:
.DELETE_ON_ERROR:
.SECONDARY:
.DEFAULT_GOAL	:= all

# The one list of Debian packages: tools and libraries of the build, of the
# pipelines, and of the tests.
PACKAGES :=	gcc libc6-dev make pkg-config \
		libxml2-dev libyajl-dev libutf8proc-dev \
		libxxhash-dev libzstd-dev zlib1g-dev nettle-dev \
		libcurl4-openssl-dev ca-certificates libjs-katex \
		parallel jq \
		bats libcmocka-dev libcsv-dev mandoc perl python3-jsonschema shellcheck zstd
PACKAGES_CLANG := clang
# apart, for Debian's nginx starts a server where it is installed
PACKAGES_WEB :=	nginx-light openssl
# likewise
PACKAGES_CRON := cron
PACKAGES_BENCH := libxml2-utils time
# npm may come with a node from elsewhere, which Debian's packages conflict with
PACKAGES_BROWSER = chromium default-jre-headless fonts-noto-core \
		$(shell command -v npm >/dev/null || echo nodejs npm)

# make V=1 shows the commands of the compiler
Q		:= $(if $(V),,@)
VERSION		:= 0.1
CC		:= gcc
BUILD		:= build
BIN		:= bin
PREFIX		?= /usr/local
WARN		:= -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Werror
CFLAGS		?= -O2 -g
LIBS		:= libxml-2.0 yajl libutf8proc zlib libzstd nettle libcurl
# expanded when a command runs, for deps may have to install pkg-config first
ALL_CFLAGS	 = -std=c11 -D_GNU_SOURCE -DVERSION='"$(VERSION)"' $(WARN) \
		   $(CFLAGS) -Ifilters $(shell pkg-config --cflags $(LIBS))
ALL_LIBS	 = $(shell pkg-config --libs $(LIBS)) -lm

FILTERS		:= $(sort $(patsubst filters/%.c,%,$(wildcard filters/*.c)))
PROGRAMS	:= $(FILTERS:%=$(BIN)/%)
LIB_OBJECTS	:= $(patsubst filters/%.c,$(BUILD)/%.o,$(wildcard filters/lib/*.c)) \
		   $(BUILD)/tables.o
SCHEMA_FILES	:= $(sort $(wildcard schemas/*.json schemas/*/*.tsv))

.PHONY: all deps clean help vocab test test-all test-asan test-clang test-hostile test-fetch \
	test-kill test-verify test-cron test-faults test-browser fuzz accounts idempotent bench bench-site \
	bench-nightly bench-parse bench-normalize bench-dedupe bench-dedupe-quality \
	bench-persons-quality

## all: build the filters into bin/
all: $(PROGRAMS)

## deps: install the Debian packages that are missing
deps:
	@missing=$$({ dpkg-query -W -f '$${db:Status-Status} $${Package}\n' \
	    $(PACKAGES) 2>/dev/null || true; } | sed -n 's/^installed //p' | \
	    sort | comm -13 - <(printf '%s\n' $(PACKAGES) | sort) | xargs); \
	[ -n "$$missing" ] || exit 0; \
	if [ "$$(id -u)" = 0 ]; then sudo=; \
	elif sudo -n true 2>/dev/null; then sudo=sudo; \
	else echo "deps: packages are missing; as root, run:" >&2; \
	    echo "apt-get update && apt-get install -y $$missing" >&2; \
	    exit 1; \
	fi; \
	echo "deps: installing $$missing"; \
	apt="$$sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq"; \
	$$apt update && $$apt install -y --no-install-recommends $$missing \
	    >/dev/null

# Present once the packages are; asked again when the list changes.
$(BUILD)/deps: Makefile
	@$(MAKE) --no-print-directory deps
	@mkdir -p $(@D)
	@touch $@

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

$(BUILD)/%.o: filters/%.c Makefile | $(BUILD)/deps
	@mkdir -p $(@D)
	@echo "cc $<"
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The files of schemas/ as a table in C, so that a program needs no files.
$(BUILD)/tables.c: filters/lib/embed.sh $(SCHEMA_FILES)
	@mkdir -p $(@D)
	@sh filters/lib/embed.sh table_files schemas $(SCHEMA_FILES:schemas/%=%) > $@.tmp
	@mv $@.tmp $@

# Likewise what render puts into a site: templates, assets, and KaTeX of Debian
# with its licence.
KATEX		:= /usr/share/javascript/katex
RENDER_FILES	:= $(wildcard filters/render/templates/*.mustache \
		   filters/render/assets/*)
$(BUILD)/render_files.c: filters/lib/embed.sh $(RENDER_FILES) \
    filters/render/templates filters/render/assets | $(BUILD)/deps
	@rm -rf $(BUILD)/render_files
	@mkdir -p $(BUILD)/render_files
	@cp $(RENDER_FILES) $(KATEX)/katex.min.js $(KATEX)/katex.min.css \
	    $(KATEX)/fonts/*.woff2 $(BUILD)/render_files
	@cp /usr/share/doc/libjs-katex/copyright $(BUILD)/render_files/katex.txt
	@sh filters/lib/embed.sh render_files $(BUILD)/render_files \
	    $$(ls $(BUILD)/render_files) > $@.tmp
	@mv $@.tmp $@
OBJECTS_render	:= $(BUILD)/render_files.o

$(BUILD)/tables.o $(BUILD)/render_files.o: %.o: %.c | $(BUILD)/deps
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/lib.a: $(LIB_OBJECTS)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

# filters/X.c is main() of X, filters/X/ its parts
define program
$(BIN)/$(1): $(patsubst filters/%.c,$(BUILD)/%.o,filters/$(1).c \
    $(wildcard filters/$(1)/*.c)) $(OBJECTS_$(1)) $(BUILD)/lib.a
	@mkdir -p $$(@D)
	@echo "ld $$@"
	$$(Q)$$(CC) $$(ALL_CFLAGS) $$(LDFLAGS) -o $$@ $$^ $$(ALL_LIBS)
endef
$(foreach f,$(FILTERS),$(eval $(call program,$(f))))

# The tables of schemas/vocab/ are held to their rules before normalize has them.
VOCAB		:= $(BUILD)/vocab
VENUE_OBJECTS	:= $(patsubst %,$(BUILD)/normalize/%.o,\
		   track venue_text venue_words vocabulary)
$(VOCAB): schemas/vocab.c $(VENUE_OBJECTS) $(BUILD)/lib.a Makefile
	@echo "cc $<"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -MMD -MP -o $@ $< $(VENUE_OBJECTS) \
	    $(BUILD)/lib.a $(ALL_LIBS)
$(VOCAB).ok: $(VOCAB)
	@$(VOCAB)
	@touch $@
$(BIN)/normalize: | $(VOCAB).ok

## vocab: fold and sort the rows of schemas/vocab/
FOLDED		:= tracks types venue-aliases
vocab: $(VOCAB)
	@for name in $(FOLDED) acl-venues dblp-streams venues; do \
	    file=schemas/vocab/$$name.tsv; \
	    case ' $(FOLDED) ' in *" $$name "*) fold='$(VOCAB) fold' ;; \
	    *) fold=cat ;; esac; \
	    { head -n 1 $$file; tail -n +2 $$file | $$fold | \
		LC_ALL=C sort -t $$'\t' -k 1,1 -k 2,2 | uniq; } > $(VOCAB).tmp; \
	    cmp -s $(VOCAB).tmp $$file || cp $(VOCAB).tmp $$file; \
	done; rm -f $(VOCAB).tmp
	@$(MAKE) --no-print-directory $(VOCAB).ok

# Pipelines: rules.mk is how one is made, by one run at a time.
PIPELINES	?= pipelines
OUT		?= out
JOBS		?= 1
RUNS		:= pipeline fetch parse normalize dedupe cluster audit render \
		   publish rollback verify
LOOKS		:= report diff

## pipeline: run a pipeline: make pipeline NAME=x [PIPELINES=dir] [JOBS=n]
## fetch, parse, normalize, dedupe, cluster, audit, render: up to that stage
## report: the counts of the last run of a pipeline, as tables
## diff: what changed since the site that is public [SINCE=n: since site n]
## publish: show what was built and held back [FORCE=yes: whatever was lost]
## rollback: show the site before again [TO=n: that site]
## verify: build from nothing beside and compare
GOALS		:= $(filter $(RUNS) $(LOOKS),$(MAKECMDGOALS))
ifneq ($(GOALS),)
.PHONY: $(GOALS)
ifneq ($(and $(NAME),$(wildcard $(PIPELINES)/$(NAME)/sources.tsv)),)
RUN		:= $(filter $(RUNS),$(GOALS))
ifneq ($(RUN),)
$(firstword $(RUN)): all
	@pipelines/hold.sh '$(OUT)/$(NAME)' $(MAKE) -s --no-print-directory \
	    -f pipelines/rules.mk NAME='$(NAME)' PIPELINES='$(PIPELINES)' \
	    OUT='$(OUT)' BIN='$(BIN)' JOBS='$(JOBS)' $(RUN)
$(wordlist 2,$(words $(RUN)),$(RUN)): $(firstword $(RUN))
	@:
endif
report: $(RUN)
	@pipelines/report.sh show '$(OUT)/$(NAME)'
diff: $(RUN) | all
	@BIN='$(BIN)' pipelines/publish.sh diff '$(OUT)/$(NAME)' '$(SINCE)'
else
$(GOALS):
	@echo "make $@ NAME=x: no such pipeline: '$(NAME)'; there are:" >&2
	@ls -d $(PIPELINES)/*/sources.tsv 2>/dev/null | \
	    sed 's,.*/\([^/]*\)/sources.tsv,\1,' >&2
	@exit 1
endif
endif

CORES		:= $(shell nproc)
KILLS		?= 200
CHANGES		?= 20

# Tests: each unit test tests/unit/X.c is a program with the library; so is the
# one through which mustache.t renders.
UNIT_TESTS	:= $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/*.c))
DRIVER		:= $(BUILD)/mustache-driver
ORACLES		:= $(BUILD)/oracle-xml
# the longest ones first, and the one that waits
SLOW_TESTS	:= tests/cron.t tests/laws/hostile.bats $(wildcard tests/faults/*.t) \
		   tests/browser.t tests/kill.t tests/laws/verify.bats \
		   tests/laws/fetch-slow.bats
TESTS		:= $(filter-out $(SLOW_TESTS),\
		   $(sort $(wildcard tests/*.t tests/laws/*.bats))) $(UNIT_TESTS)

$(UNIT_TESTS) $(DRIVER): $(BUILD)/%: tests/%.c $(BUILD)/lib.a Makefile
	@mkdir -p $(@D)
	@echo "cc $<"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -MMD -MP -o $@ $< $(filter %.o,$^) \
	    $(BUILD)/lib.a $(ALL_LIBS) -lcmocka -lcsv
# parts of filters, which are in no library
$(BUILD)/unit/venue: $(VENUE_OBJECTS)

# What tests sync need not reach a disk, where there is a large one in memory
# that programs may stand on.
SHM		:= /dev/shm
TEST_TMP	:= $(or $(TMPDIR),$(shell df -P $(SHM) 2>/dev/null | \
		   awk '$$4 > 4000000 { n++ } END { exit !n }' && \
		   [ -w $(SHM) ] && ! findmnt -no OPTIONS $(SHM) | grep -q noexec && \
		   echo $(SHM)),/tmp)

# How a test finds what was built, and how much of what is random it does.
PROVE		 = TMPDIR=$(TEST_TMP) CMOCKA_MESSAGE_OUTPUT=TAP BIN=$(abspath $(BIN)) \
		   BUILD=$(abspath $(BUILD)) OUT=$(abspath $(BUILD))/demo \
		   DRIVER=$(abspath $(DRIVER)) ORACLES=$(abspath $(BUILD)) \
		   INJECT=$(abspath $(INJECT)) \
		   KILLS='$(KILLS)' CHANGES='$(CHANGES)' prove --merge

# Preloaded into the filters: calls that fail.
INJECT		:= $(BUILD)/inject.so
$(INJECT): tests/faults/inject.c Makefile
	@mkdir -p $(@D)
	@echo "cc $<"
	$(Q)$(CC) -std=c11 -D_GNU_SOURCE $(WARN) $(CFLAGS) -fPIC -shared -o $@ $<

.PHONY: test-programs
test-programs: all test-units $(ORACLES) $(INJECT)

# what the tests of sites look at
.PHONY: test-demo
test-demo: all
	@$(MAKE) --no-print-directory pipeline NAME=demo OUT=$(BUILD)/demo >/dev/null 2>&1

## test: run the tests, against what is in bin/
test: test-programs test-demo
	@$(MAKE) --no-print-directory deps PACKAGES='$(PACKAGES_WEB)'
	@$(PROVE) --timer -j2 $(TESTS)

## test-all: run these and the slow ones, which the targets below run alone
test-all: test-programs test-demo
	@$(MAKE) --no-print-directory deps \
	    PACKAGES='$(PACKAGES_WEB) $(PACKAGES_CRON) $(PACKAGES_BROWSER)'
	@$(PROVE) --timer -j3 $(SLOW_TESTS) $(TESTS)

## test-hostile: run the tests that feed gigabytes and garbage
test-hostile: all
	@$(PROVE) tests/laws/hostile.bats

## test-fetch: run the tests of fetch that wait, kill and fill a disk
test-fetch: all
	@$(MAKE) --no-print-directory deps PACKAGES='$(PACKAGES_WEB)'
	@$(PROVE) tests/laws/fetch-slow.bats

## test-kill: kill runs at random moments, KILLS of them
test-kill: all
	@$(PROVE) tests/kill.t

## test-verify: hold the site against its sources after random changes, CHANGES
test-verify: all
	@$(PROVE) tests/laws/verify.bats

## test-cron: let Debian's cron run a night
test-cron: all
	@$(MAKE) --no-print-directory deps PACKAGES='$(PACKAGES_CRON)'
	@$(PROVE) tests/cron.t

## test-faults: let the calls of the filters fail one after the other
test-faults: all $(INJECT)
	@$(PROVE) tests/faults/*.t

## test-browser: look at sites in a browser; SITE=folder: at this one only
test-browser: test-demo
	@$(MAKE) --no-print-directory deps PACKAGES='$(PACKAGES_BROWSER)'
	@$(PROVE) --failures --comments tests/browser.t $(if $(SITE),:: 'site=$(SITE)')

# What the sanitizers see is only a test where the programs run: no manuals, no
# shell.
ASAN_TESTS	:= tests/golden.t tests/titles.t tests/names.t \
		   tests/fuzz.t tests/mustache.t tests/encodings.t \
		   tests/laws/laws.bats \
		   tests/laws/audit.bats tests/laws/dedupe.bats tests/laws/fetch.bats \
		   tests/laws/locked.bats tests/laws/bibtex.bats \
		   tests/laws/site.bats tests/laws/builds.bats

ASAN		:= BUILD=build/asan BIN=build/asan/bin CFLAGS='-O1 -g \
		   -fno-omit-frame-pointer -fsanitize=address,undefined \
		   -fno-sanitize-recover=all'

## test-asan: the same under the address and undefined behaviour sanitizers
test-asan:
	@$(MAKE) --no-print-directory -j$(CORES) $(ASAN) all test-units
	@$(MAKE) --no-print-directory $(ASAN) test-sanitized

# The parts of parse under libFuzzer, or held against a library over files.
PARSE_OBJECTS	:= $(patsubst filters/%.c,$(BUILD)/%.o,$(wildcard filters/parse/*.c)) \
		   $(BUILD)/lib.a
$(BUILD)/fuzz-%: tests/fuzz/%.c tests/fuzz/fuzz.c tests/fuzz/fuzz.h $(PARSE_OBJECTS)
	@echo "ld $@"
	$(Q)$(CC) $(ALL_CFLAGS) -fsanitize=fuzzer -o $@ $(filter-out %.h,$^) $(ALL_LIBS)
$(BUILD)/oracle-%: tests/fuzz/%.c tests/fuzz/fuzz.c tests/fuzz/fuzz.h $(PARSE_OBJECTS)
	@echo "ld $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -DFILES -o $@ $(filter-out %.h,$^) $(ALL_LIBS)

## fuzz: FORMAT (or all of XML: ORACLE=xml) under libFuzzer for SECONDS
FORMAT		?= dblp
SECONDS		?= 600
fuzz: all
	@$(MAKE) --no-print-directory deps PACKAGES='$(PACKAGES_CLANG)'
	@$(MAKE) --no-print-directory BUILD=build/fuzz BIN=build/fuzz/bin CC=clang \
	    CFLAGS='-O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all' \
	    build/fuzz/fuzz-$(or $(ORACLE),parse)
	@FUZZ=$(abspath build/fuzz/fuzz-$(or $(ORACLE),parse)) \
	    tests/fuzz/run.sh '$(or $(ORACLE),$(FORMAT))' '$(SECONDS)'

## accounts: hold what parse makes of real files against counts of other tools,
##     DATA=folder [FORMATS=...]
accounts: all
	@BIN=$(abspath $(BIN)) tests/accounts/accounts.py \
	    tests/accounts/accounts.tsv '$(DATA)' $(FORMATS)

## idempotent: see that normalize changes nothing that it wrote: FILES='a.ndjson ...'
idempotent: all
	@BIN=$(abspath $(BIN)) tests/idempotent.sh $(FILES)

## test-clang: build with clang, which warns of other things
test-clang:
	@$(MAKE) --no-print-directory deps PACKAGES='$(PACKAGES_CLANG)'
	@$(MAKE) --no-print-directory -j$(CORES) BUILD=build/clang BIN=build/clang/bin CC=clang

## bench: time and memory of the chain: make bench DBLP=dblp.xml
## bench-site: likewise of a site: make bench-site STREAM=clustered.ndjson
## bench-nightly: likewise of nights: make bench-nightly LISTS=folder
## bench-parse: speed of formats against bare libraries: make bench-parse
##   YARD=folder FILES='csv=list.csv dblp=dblp.xml' [TIMES=7]
## bench-normalize: speed of normalize, alone and behind parse: make
##   bench-normalize YARD=folder [DBLP=dblp.xml] FILES='a.ndjson ...'
## bench-dedupe: time, memory and growth of dedupe: make bench-dedupe
##   STREAM=normalized.ndjson [TIMES=3]
## bench-dedupe-quality: hold dedupe against labelled sets: make
##   bench-dedupe-quality EVAL=folder
## bench-persons-quality: likewise the persons of cluster
bench: BENCH = chain.sh $(DBLP)
bench-site: BENCH = site.sh $(STREAM)
bench-nightly: BENCH = nightly.sh $(LISTS)
bench-parse: BENCH = parse.sh $(YARD) $(or $(TIMES),7) $(FILES)
bench-normalize: BENCH = normalize.sh $(YARD)/yajl_noop $(or $(TIMES),5) $(or $(DBLP),-) $(FILES)
bench-dedupe: BENCH = dedupe.sh $(STREAM) $(or $(TIMES),3)
bench-dedupe-quality: BENCH = dedupe-quality.sh $(EVAL)
bench-persons-quality: BENCH = persons-quality.sh $(EVAL)
bench bench-site bench-nightly bench-parse bench-normalize bench-dedupe bench-dedupe-quality bench-persons-quality: all
	@$(MAKE) --no-print-directory deps \
	    PACKAGES='$(PACKAGES_BENCH) $(PACKAGES_WEB)'
	@BIN=$(abspath $(BIN)) tests/bench/$(BENCH)

# of what is random some rounds, for test does the others
.PHONY: test-units test-sanitized
test-units: $(UNIT_TESTS) $(DRIVER)
test-sanitized: all test-units
	@$(MAKE) --no-print-directory deps PACKAGES='$(PACKAGES_WEB)'
	@ROUNDS=4 MOVES=15 SHARE=16 $(PROVE) --timer -j2 $(ASAN_TESTS) $(UNIT_TESTS)

## clean: remove what was built (out/ stays)
clean:
	rm -rf $(BUILD) $(PROGRAMS)

## help: this list
help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)
