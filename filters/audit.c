/* audit - hold the papers of a run against those of the one before */
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "audit/audit.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/failure.h"
#include "lib/filter.h"
#include "lib/input.h"
#include "lib/json.h"
#include "lib/status.h"

static const char *const kinds[] = { "paper", "author", "person", NULL };

enum { OPT_AGAINST = 0x200, OPT_LEDGER, OPT_MAX_LOSS, OPT_STATUS };

static const struct filter filter = {
	.name = "audit",
	.synopsis = "audit [--against file] [--ledger file] "
	    "[--max-loss percent] [--status list] [options] [file ...]",
	.options = "",
	.longopts = (const struct option[]){
		{ "against", required_argument, NULL, OPT_AGAINST },
		{ "ledger", required_argument, NULL, OPT_LEDGER },
		{ "max-loss", required_argument, NULL, OPT_MAX_LOSS },
		{ "status", required_argument, NULL, OPT_STATUS },
		{ NULL, 0, NULL, 0 }
	},
	.kinds = kinds,
	.made = "changes",
};

static const char	*against, *ledger;
static struct input	 old;		/* the ledger of before */
static struct holdings	 now;

static void
set_option(int ch)
{
	switch (ch) {
	case OPT_AGAINST:
		against = optarg;
		break;
	case OPT_LEDGER:
		if (*optarg == '\0')
			filter_usage("--ledger: no file");
		ledger = optarg;
		break;
	case OPT_MAX_LOSS:
		gate_option(optarg);
		break;
	case OPT_STATUS:
		status_option(optarg);
		break;
	}
}

static void
take_paper(const struct json *paper)
{
	static struct buf line;
	struct holding *h;

	if (!status_shows(paper)) {
		filter_passed("papers not shown");
		return;
	}
	buf_reset(&line);
	holding_write(&line, paper);
	h = holdings_add(&now, json_get_str(paper, "id"), line.p, line.len);
	if (against != NULL)
		h->groups = groups_keep(paper);
}

/*
 * Authors are not looked at: what counts of them stands on the papers.  Persons
 * are not shown.
 */
static void
read_papers(void)
{
	struct record r;

	while (filter_next(&r))
		if (strcmp(json_get_str(r.json, "kind"), "paper") == 0 &&
		    filter_check("paper", &r))
			take_paper(r.json);
	holdings_sort(&now);
}

/* Those of before were counted when they were read. */
static void
count(const bool *stays)
{
	struct arena arena = { 0 };
	size_t i;

	for (i = 0; i < now.n; i++) {
		if (stays[i])
			continue;
		arena_reset(&arena);
		groups_differ(holding_read(&now.v[i], &arena), NOW);
	}
	arena_free(&arena);
	groups_sum(&now);
}

/* false: the ledger of before is none. */
static bool
hold_against(void)
{
	struct holdings before = { 0 };
	struct kinship kinship;
	bool *stays = xcalloc(now.n, sizeof(*stays));
	bool whole = ledger_read(&old, &now, stays, &before);

	if (whole) {
		count(stays);
		gate_judge();
		kinship_find(&kinship, &now, stays, &before);
		changes_write(&kinship, names_add);
		names_write();
		kinship_free(&kinship);
	}
	free(before.v);
	free(stays);
	return whole;
}

int
main(int argc, char *argv[])
{
	int ch;

	while ((ch = filter_getopt(&filter, argc, argv)) != -1)
		set_option(ch);
	filter_operands(argv + optind);
	if (against != NULL && !input_open(&old, against))
		err(failure_status(errno, EX_NOINPUT), "%s", against);
	read_papers();
	/* of papers that are not all there nothing can be told */
	if (!filter_failed() && (against == NULL || hold_against()) &&
	    ledger != NULL) {
		filter_flush();
		ledger_write(ledger, &now);
	}
	if (against != NULL)
		input_close(&old);
	filter_balance();
	return filter_close();
}
