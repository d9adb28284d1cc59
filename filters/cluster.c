/* cluster - papers and persons through, then the papers of each exact author name */
#include <string.h>

#include "cluster/author.h"
#include "cluster/cluster.h"
#include "cluster/corrections.h"
#include "cluster/evidence.h"
#include "cluster/previous.h"
#include "cluster/similar.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/status.h"
#include "lib/store.h"

static const char *const kinds[] = { "paper", "person", NULL };

enum { OPT_PREVIOUS = 0x200, OPT_STATUS };

static const struct filter filter = {
	.name = "cluster",
	.synopsis = "cluster [-c file] [--previous file] [--status list] "
	    "[options] [file ...]",
	.options = "c:",
	.longopts = (const struct option[]){
		{ "corrections", required_argument, NULL, 'c' },
		{ "previous", required_argument, NULL, OPT_PREVIOUS },
		{ "status", required_argument, NULL, OPT_STATUS },
		{ NULL, 0, NULL, 0 }
	},
	.kinds = kinds,
	.made = "authors",
};

static struct store	*store;
static struct store	*persons;
static struct names	 names;

static void
read_records(void)
{
	struct record r;
	const char *kind;

	while (filter_next(&r)) {
		kind = json_get_str(r.json, "kind");
		if (!filter_check(kind, &r))
			continue;
		if (strcmp(kind, "person") == 0) {
			store_add(persons, &r, json_get_str(r.json, "id"), 0);
			continue;
		}
		store_add(store, &r, json_get_str(r.json, "id"),
		    (uint32_t)names.npapers);
		corrections_see(r.json, (uint32_t)names.npapers);
		names_add(&names, r.json);
	}
}

static void
drop(uint32_t paper)
{
	names.papers[paper].dropped = true;
}

/* The papers, in the order of their ids. */
static void
write_papers(void)
{
	const struct stored *s;
	size_t i;

	store_sort(store, drop);
	for (i = 0; i < store_count(store); i++) {
		s = store_at(store, i);
		names.papers[s->user].id = s->id;
		store_emit(store, s);
	}
}

/* They are not looked at. */
static void
write_persons(void)
{
	size_t i;

	store_sort(persons, NULL);
	for (i = 0; i < store_count(persons); i++)
		store_emit(persons, store_at(persons, i));
}

static void
write_authors(void)
{
	struct buf text = { 0 };
	struct evidence evidence = { 0 };
	struct authors authors = { .names = &names, .evidence = &evidence };
	size_t i;

	names_group(&names);
	corrections_settle(&names);
	evidence_learn(&evidence, &names);
	authors.similar = similar_new(names.keys.v, names.keys.n);
	for (i = 0; i < names.keys.n; i++) {
		buf_reset(&text);
		if (author_write(&text, &authors, (uint32_t)i))
			filter_make_text(text.p, text.len);
	}
	similar_free(authors.similar);
	persons_free(&authors.persons);
	evidence_free(&evidence);
	buf_free(&text);
}

int
main(int argc, char *argv[])
{
	int ch;

	while ((ch = filter_getopt(&filter, argc, argv)) != -1)
		if (ch == OPT_STATUS)
			status_option(optarg);
		else if (ch == OPT_PREVIOUS)
			previous_load(optarg);
		else
			corrections_load(optarg);
	filter_operands(argv + optind);
	store = store_new(filter_tmpdir());
	persons = store_new(filter_tmpdir());
	read_records();
	write_papers();
	write_persons();
	write_authors();
	store_free(store);
	store_free(persons);
	return filter_close();
}
