# rules.mk - how a pipeline is made
#
# A makefile of its own, for one NAME, which the Makefile and bin/nightly run
# from the top of the project while they hold the pipeline's lock (hold.sh).
#
# The maps, parse and normalize, run once a source, so that one that changed
# does not redo the others; the folds behind them see all sources.  What fetch
# finds is only written anew where it differs: a file that was touched stops
# there.  Variables besides those below:
#   REFRESH=yes	ask web servers again for what is there already
#   LOCKED=FILE	take the bodies that this lock.tsv names, and no others
#   FORCE=yes	publish whatever was lost
#   TO=N	roll back to this site

SHELL		:= /bin/bash
.SHELLFLAGS	:= -euo pipefail -c
MAKEFLAGS	+= --no-builtin-rules -j$(JOBS)
.SUFFIXES:
.DELETE_ON_ERROR:
.DEFAULT_GOAL	:= pipeline

PIPELINE	:= $(PIPELINES)/$(NAME)
O		:= $(OUT)/$(NAME)
STORE		:= $(O)/store

include pipelines/defaults.mk
ifneq ($(wildcard $(PIPELINE)/pipeline.mk),)
include $(PIPELINE)/pipeline.mk
endif

# $(call check,VARIABLE,PATTERN)
check		 = $(if $(shell [[ '$(strip $($(1)))' =~ ^($(2))$$ ]] && echo yes),,\
		   $(error $(PIPELINE)/pipeline.mk: $(1) cannot be '$($(1))'))
$(call check,MAX_REJECTS,[0-9]+%?)
$(call check,MAX_LOSS,[0-9]+(\.[0-9]+)?%?)
$(call check,KEEP,[1-9][0-9]*)
$(call check,NIGHTLY,yes|no)
$(call check,SPREAD,[0-9]+)
$(call check,JOBS,[1-9][0-9]*)

# publishing whatever was lost is said each time, not left in an environment
ifneq ($(origin FORCE),command line)
FORCE		:=
endif

export LC_ALL		:= C
export PARALLEL_HOME	:= $(abspath $(O))/parallel
export TMPDIR		:= $(abspath $(O))/tmp

# Recipes have texts in their environment, where no sign in them means anything.
export SITE_TITLE BASE_URL CONTACT SHOW_AUTHOR PUBLISH_CMD
export BIN MAX_REJECTS MAX_LOSS FORCE SPREAD

# What is set, in files that are only written anew where they differ.
note		 = $(file > $(1).tmp,$(2))$(shell cmp -s $(1).tmp $(1) || \
		   mv $(1).tmp $(1); rm -f $(1).tmp)
$(shell mkdir -p $(O)/tmp)
$(call note,$(O)/settings,$(PIPELINE) MAX_REJECTS=$(MAX_REJECTS))
$(call note,$(O)/fetch.settings,$(FETCH_OPTIONS) $(LOCKED))
$(call note,$(O)/site.settings,$(SITE_TITLE) $(BASE_URL) $(CONTACT))
$(call note,$(O)/audit.settings,$(MAX_LOSS))

ENGINE		:= pipelines/rules.mk pipelines/stage.sh
STAGE		:= pipelines/stage.sh
PUBLISH		:= pipelines/publish.sh

# Several goals are done one behind the other.
ifneq ($(filter-out 0 1,$(words $(MAKECMDGOALS))),)
.NOTPARALLEL:
endif

.PHONY: pipeline fetch parse normalize dedupe cluster audit render publish \
	rollback verify FORCE
fetch: $(O)/fetch.done
parse: $(O)/parse.done
normalize: $(O)/normalize.done
dedupe: $(O)/deduped.ndjson
cluster: $(O)/clustered.ndjson
audit: $(O)/audit.done
render: $(O)/site.done

# SOURCES, and the maps that their parse reads
include $(O)/sources.mk
$(O)/sources.mk: FORCE
	@awk -f pipelines/sources.awk -v folder='$(PIPELINE)/' -v out='$(O)' \
	    $(PIPELINE)/sources.tsv > $@.tmp
	@$(STAGE) settle $@ $(O)/files.list $(O)/maps.list

PARSED		:= $(SOURCES:%=$(O)/parsed/%.ndjson)
NORMALIZED	:= $(SOURCES:%=$(O)/normalized/%.ndjson)

# The time at which the run began, and the way clear for it.
$(O)/started: FORCE
	@$(STAGE) begin $(O) $(SOURCES)

# The table and its files, the maps of parse, the bodies of fetch: what was
# touched, cut or taken away is looked at again.  A copy may be older than what
# it replaces.
$(O)/files.stat $(O)/maps.stat $(O)/bodies.stat: $(O)/%.stat: FORCE | $(O)/started
	@$(STAGE) look $(O)/$*.list > $@.tmp
	@$(STAGE) settle $@

$(O)/fetch.done: $(PIPELINE)/sources.tsv $(O)/settings $(O)/fetch.settings \
    $(O)/files.stat $(O)/bodies.stat $(BIN)/fetch $(ENGINE) \
    $(if $(filter yes,$(REFRESH))$(LOCKED),FORCE) | $(O)/started
	@progress=; [ ! -t 2 ] || progress=--progress; \
	$(BIN)/fetch -q -E '$(MAX_REJECTS)' -r $(O)/rejects/fetch.ndjson \
	    -o $(STORE) $${CONTACT:+--contact "$$CONTACT"} $(FETCH_OPTIONS) \
	    $(if $(filter yes,$(REFRESH)),--refresh) \
	    $(if $(LOCKED),--locked '$(LOCKED)') $$progress \
	    --stats $(O)/stats/fetch.json $< > $(O)/documents.ndjson.tmp
	@$(STAGE) fetched $(O) $(SOURCES)
	@$(STAGE) summary $(O)/stats/fetch.json
	@$(STAGE) look $(O)/bodies.list > $(O)/bodies.stat
	@touch $@

# made by fetch.done, and older than it where it is the same as before
$(O)/documents.ndjson $(SOURCES:%=$(O)/fetched/%.ndjson): $(O)/fetch.done
	@:

$(O)/parsed/%.ndjson: $(O)/fetched/%.ndjson $(BIN)/parse $(ENGINE)
	@$(STAGE) map $(JOBS) $(BIN)/parse $< $@

$(O)/parse.done: $(PARSED) $(O)/sources.mk $(O)/settings | $(O)/fetch.done
	@$(STAGE) collect parse '$(MAX_REJECTS)' $(O) $(PARSED)
	@touch $@

$(O)/normalized/%.ndjson: $(O)/parsed/%.ndjson $(BIN)/normalize $(ENGINE) | \
    $(O)/parse.done
	@$(STAGE) map $(JOBS) $(BIN)/normalize $< $@

$(O)/normalize.done: $(NORMALIZED) $(O)/sources.mk $(O)/settings | \
    $(O)/parse.done
	@$(STAGE) collect normalize '$(MAX_REJECTS)' $(O) $(NORMALIZED)
	@touch $@

# A copy of what people say of records and names, empty where they don't: what
# was taken away counts as well.
CORRECTIONS	:= $(wildcard $(PIPELINE)/corrections.tsv)
$(O)/corrections.tsv: FORCE | $(O)/started
	@cat /dev/null $(CORRECTIONS) > $@.tmp
	@$(STAGE) settle $@

# A fold of all: $(call fold,FILTER,OPTIONS,INPUTS)
define fold
@$(BIN)/$(1) -q -E '$(MAX_REJECTS)' -r $(O)/rejects/$(1).ndjson \
    --stats $(O)/stats/$(1).json $(2) $(3) < /dev/null > $@.tmp
@$(STAGE) summary $(O)/stats/$(1).json
@mv $@.tmp $@
endef

$(O)/deduped.ndjson: $(NORMALIZED) $(O)/sources.mk $(O)/corrections.tsv \
    $(O)/settings $(BIN)/dedupe $(ENGINE) | $(O)/normalize.done
	$(call fold,dedupe,$(CORRECTIONS:%=-c %) -w $(O)/why.tsv,$(NORMALIZED))

# Persons keep the numbers that they have on the site, for people link to them.
PREVIOUS	= $(wildcard $(O)/persons.public)
$(O)/clustered.ndjson: $(O)/deduped.ndjson $(O)/corrections.tsv $(BIN)/cluster \
    $(ENGINE)
	$(call fold,cluster,$(CORRECTIONS:%=-c %) \
	    $(addprefix --previous ,$(PREVIOUS)),$<)

# The papers held against those that are public.
$(O)/audit.done: $(O)/deduped.ndjson $(O)/audit.settings $(BIN)/audit $(ENGINE) \
    $(PUBLISH)
	@$(PUBLISH) audit $(O)

# The documents with the dates of their bodies, for the page about the sources;
# and what they were, for a run with LOCKED.
$(O)/about.ndjson: $(O)/documents.ndjson $(O)/fetch.done $(ENGINE)
	@$(STAGE) about $(O) $(STORE) > $@.tmp
	@$(STAGE) settle $@

$(O)/lock.tsv: $(O)/documents.ndjson $(ENGINE)
	@$(STAGE) lock $< > $@.tmp
	@mv $@.tmp $@

# render builds beside what readers see; publish shows it.
$(O)/site.done: $(O)/clustered.ndjson $(O)/about.ndjson $(O)/site.settings \
    $(BIN)/render $(ENGINE) $(if $(wildcard $(O)/site/index.html),,FORCE)
	@$(PUBLISH) forget $(O)
	@$(BIN)/render -q -E '$(MAX_REJECTS)' -r $(O)/rejects/render.ndjson \
	    --stats $(O)/stats/render.json --view html --jobs $(JOBS) \
	    --sources $(O)/about.ndjson --report-page --title "$$SITE_TITLE" \
	    $${BASE_URL:+--base-url "$$BASE_URL"} \
	    $${CONTACT:+--contact "$$CONTACT"} \
	    --hold --keep $$(($(KEEP) - 1)) -o $(O)/site $<
	@$(STAGE) summary $(O)/stats/render.json
	@touch $@

$(O)/report.done: $(O)/site.done $(O)/audit.done $(O)/lock.tsv FORCE
	@pipelines/report.sh make $(O) $(SOURCES)

pipeline: $(O)/report.done
	@$(PUBLISH) publish $(O)
	@pipelines/report.sh end $(O)

publish:
	@$(PUBLISH) publish $(O)

rollback:
	@$(PUBLISH) rollback $(O) '$(TO)'

# Once more from the same bodies, beside; what is there must be the same.
verify:
	@$(PUBLISH) verify $(O) $(MAKE) -f pipelines/rules.mk NAME='$(NAME)' \
	    PIPELINES='$(PIPELINES)' BIN='$(BIN)' JOBS='$(JOBS)' \
	    OUT='$(O)/verify' STORE='$(STORE)' LOCKED='$(O)/lock.tsv' \
	    PREVIOUS='$(O)/clustered.ndjson' REFRESH= render
