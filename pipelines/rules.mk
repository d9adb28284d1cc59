# rules.mk - how a pipeline is made: included by the Makefile with NAME set
#
# $(PIPELINES)/$(NAME)/sources.tsv names the sources, pipeline.mk beside it may
# set
#   MAX_REJECTS	rejects that a stage may have, N or P%
#   SHOW_AUTHOR	whose page a run ends with, as text
#   SITE_TITLE	title of the site
#   BASE_URL	where the site will be: for canonical links and the sitemap
#   CONTACT	mail address or URL of who runs it: for web servers and
#		for the page about the site
# REFRESH=yes asks web servers again for what is there already.
#
# The maps, parse and normalize, run once a source, so that one that changed
# does not redo the others; the folds behind them see all sources.  What fetch
# finds is only written anew where it differs: a file that was touched stops
# there.

PIPELINE	:= $(PIPELINES)/$(NAME)
O		:= $(OUT)/$(NAME)

MAX_REJECTS	:= 0
-include $(PIPELINE)/pipeline.mk

export LC_ALL		:= C
export PARALLEL_HOME	:= $(abspath $(O))/parallel

# What is set, in files that are only written anew where they differ: for all
# stages, for the site, for the report.  Recipes have the texts in their
# environment, where no sign in them means anything.
export SITE_TITLE BASE_URL CONTACT SHOW_AUTHOR
note		 = $(file > $(1).tmp,$(2))$(shell cmp -s $(1).tmp $(1) || \
		   mv $(1).tmp $(1); rm -f $(1).tmp)
$(shell mkdir -p $(O))
$(call note,$(O)/settings,$(PIPELINE) MAX_REJECTS=$(MAX_REJECTS))
$(call note,$(O)/site.settings,$(SITE_TITLE) $(BASE_URL) $(CONTACT))
$(call note,$(O)/report.settings,$(SHOW_AUTHOR))

# SOURCES, the maps that their parse reads, and a list of the files of fetch
include $(O)/sources.mk
$(O)/sources.mk: $(PIPELINE)/sources.tsv pipelines/sources.awk $(O)/settings
	@awk -f pipelines/sources.awk -v folder='$(PIPELINE)/' -v out='$(O)' $< > $@.tmp
	@cmp -s $@.tmp $@ && rm $@.tmp || mv $@.tmp $@

# Size and times of these files: a copy may be older than what it replaces.
.PHONY: FORCE
$(O)/files.stat: FORCE
	@xargs -r -d '\n' -a $(O)/files.list stat -c '%n %s %.Y %.Z' \
	    > $@.tmp 2>/dev/null || true
	@cmp -s $@.tmp $@ && rm $@.tmp || mv $@.tmp $@

PARSED		:= $(SOURCES:%=$(O)/parsed/%.ndjson)
NORMALIZED	:= $(SOURCES:%=$(O)/normalized/%.ndjson)
ENGINE		:= pipelines/rules.mk pipelines/stage.sh

FETCH_OPTIONS	 = -o $(O)/store $${CONTACT:+--contact "$$CONTACT"} \
		   $(if $(filter yes,$(REFRESH)),--refresh)
# Bodies that were taken out of the store are fetched again.
LOST		:= $(shell sed -n 's,.*"path":"\([^"]*/store/body/[^"]*\)".*,\1,p' \
		   $(O)/fetched/*.ndjson 2>/dev/null | \
		   while read -r body; do [ -e "$$body" ] || echo $$body; done)

$(O)/fetch.done: $(PIPELINE)/sources.tsv $(O)/settings $(O)/files.stat \
    $(BIN)/fetch $(ENGINE) $(if $(filter yes,$(REFRESH))$(LOST),FORCE)
	@mkdir -p $(O)/fetched $(O)/rejects $(O)/stats
	@progress=; [ ! -t 2 ] || progress=--progress; \
	$(BIN)/fetch -q -E '$(MAX_REJECTS)' -r $(O)/rejects/fetch.ndjson \
	    $(FETCH_OPTIONS) $$progress --stats $(O)/stats/fetch.json $< \
	    > $(O)/documents.tmp
	@pipelines/stage.sh split $(O)/documents.tmp $(O)/fetched $(SOURCES)
	@pipelines/stage.sh summary $(O)/stats/fetch.json
	@touch $@

# made by fetch.done, and older than it where it is the same as before
$(SOURCES:%=$(O)/fetched/%.ndjson): $(O)/fetch.done
	@:

$(O)/parsed/%.ndjson: $(O)/fetched/%.ndjson $(BIN)/parse $(ENGINE)
	@pipelines/stage.sh map $(JOBS) $(BIN)/parse $< $@

$(O)/parse.done: $(PARSED) $(O)/sources.mk $(O)/settings | $(O)/fetch.done
	@pipelines/stage.sh collect parse '$(MAX_REJECTS)' $(O) $(PARSED)
	@touch $@

$(O)/normalized/%.ndjson: $(O)/parsed/%.ndjson $(BIN)/normalize $(ENGINE) | \
    $(O)/parse.done
	@pipelines/stage.sh map $(JOBS) $(BIN)/normalize $< $@

$(O)/normalize.done: $(NORMALIZED) $(O)/sources.mk $(O)/settings | \
    $(O)/parse.done
	@pipelines/stage.sh collect normalize '$(MAX_REJECTS)' $(O) $(NORMALIZED)
	@touch $@

# A fold of all: $(call fold,FILTER,OPTIONS,INPUTS)
define fold
@mkdir -p $(O)/rejects $(O)/stats
@$(BIN)/$(1) -q -E '$(MAX_REJECTS)' -r $(O)/rejects/$(1).ndjson \
    --stats $(O)/stats/$(1).json $(2) $(3) < /dev/null > $@.tmp
@pipelines/stage.sh summary $(O)/stats/$(1).json
@mv $@.tmp $@
endef

$(O)/deduped.ndjson: $(NORMALIZED) $(O)/sources.mk $(O)/settings $(BIN)/dedupe \
    $(ENGINE) | $(O)/normalize.done
	$(call fold,dedupe,-w $(O)/why.tsv,$(NORMALIZED))

$(O)/clustered.ndjson: $(O)/deduped.ndjson $(BIN)/cluster $(ENGINE)
	$(call fold,cluster,,$<)

# The documents with the dates of their bodies, for the page about the sources.
$(O)/about.ndjson: $(O)/fetch.done $(SOURCES:%=$(O)/fetched/%.ndjson) $(ENGINE)
	@pipelines/stage.sh about $(O) $(SOURCES) > $@.tmp
	@cmp -s $@.tmp $@ && rm $@.tmp || mv $@.tmp $@

# render leaves what readers see alone until all of the new site is there.
$(O)/site.done: $(O)/clustered.ndjson $(O)/about.ndjson $(O)/site.settings \
    $(BIN)/render $(ENGINE) $(if $(wildcard $(O)/site/index.html),,FORCE)
	@mkdir -p $(O)/rejects $(O)/stats
	@$(BIN)/render -q -E '$(MAX_REJECTS)' -r $(O)/rejects/render.ndjson \
	    --stats $(O)/stats/render.json --view html --jobs $(JOBS) \
	    --sources $(O)/about.ndjson $${SITE_TITLE:+--title "$$SITE_TITLE"} \
	    $${BASE_URL:+--base-url "$$BASE_URL"} \
	    $${CONTACT:+--contact "$$CONTACT"} -o $(O)/site $<
	@pipelines/stage.sh summary $(O)/stats/render.json
	@touch $@

$(O)/report.txt: $(O)/site.done $(O)/report.settings
	@pipelines/stage.sh report $(O) $(BIN) "$$SHOW_AUTHOR" > $@.tmp
	@mv $@.tmp $@
	@cat $@
	@printf '\nsite: %s\n' $(O)/site/index.html

.PHONY: pipeline fetch parse normalize dedupe cluster render
fetch: $(O)/fetch.done
parse: $(O)/parse.done
normalize: $(O)/normalize.done
dedupe: $(O)/deduped.ndjson
cluster: $(O)/clustered.ndjson
render: $(O)/site.done
pipeline: $(O)/report.txt
