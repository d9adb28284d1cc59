/* dedupe - merge the copies of one paper */
#include <malloc.h>
#include <string.h>

#include "dedupe/corrections.h"
#include "dedupe/dedupe.h"
#include "dedupe/reasons.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/spill.h"

static const char *const kinds[] = { "paper", "person", NULL };

static const struct filter filter = {
	.name = "dedupe",
	.synopsis = "dedupe [-k] [-c file] [-v file] [-w file] [-x id] [options] [file ...]",
	.options = "c:kv:w:x:",
	.longopts = (const struct option[]){
		{ "corrections", required_argument, NULL, 'c' },
		{ "explain", required_argument, NULL, 'x' },
		{ "keep-conflicts", no_argument, NULL, 'k' },
		{ "review", required_argument, NULL, 'v' },
		{ "why", required_argument, NULL, 'w' },
		{ NULL, 0, NULL, 0 }
	},
	.kinds = kinds,
	.merges = true,
};

static struct groups	 groups;
static struct spill	*spill;

static void
read_records(void)
{
	const struct where *w = filter_where();
	struct origin_line place;
	struct traits *t;
	const char *kind;
	struct record r;

	while (filter_next(&r)) {
		kind = json_get_str(r.json, "kind");
		if (!filter_check(kind, &r))
			continue;
		if (strcmp(kind, "person") == 0) {
			persons_add(&r, spill);
			continue;
		}
		if (corrections_drop(&r))
			continue;
		place = (struct origin_line){ w->line, w->offset, w->file };
		t = records_add(&groups.r, r.json, r.line, r.len);
		t->at = spill_add(spill, &place, sizeof(place));
		spill_add(spill, r.line, r.len);
		corrections_keep(t->at);
		t->rest = papers_rest(&r);
	}
}

int
main(int argc, char *argv[])
{
	struct ids *ids;
	int ch;

	/* what is large goes back to the system when it is freed */
	mallopt(M_MMAP_THRESHOLD, 1 << 20);
	while ((ch = filter_getopt(&filter, argc, argv)) != -1)
		switch (ch) {
		case 'c':
			corrections_load(optarg);
			break;
		case 'k':
			groups.keep_conflicts = true;
			break;
		case 'v':
			reasons_review(filter_path("--review", optarg));
			break;
		case 'w':
			reasons_why(filter_path("--why", optarg));
			break;
		case 'x':
			reasons_explain(optarg);
			break;
		}
	filter_operands(argv + optind);
	spill = spill_new(filter_tmpdir());
	read_records();
	groups_make(&groups);
	ids = ids_new(&groups, spill);
	reasons_write(&groups, ids, spill);
	if (reasons_only())
		filter_balance();
	else {
		papers_write(&groups, ids, spill);
		persons_write(spill);
	}
	ids_free(ids);
	shares_tell();
	return filter_close();
}
