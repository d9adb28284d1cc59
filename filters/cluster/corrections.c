/* corrections - what people say of who is behind a name */
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "cluster/cluster.h"
#include "cluster/corrections.h"
#include "cluster/persons.h"
#include "lib/buf.h"
#include "lib/corrections.h"
#include "lib/intern.h"
#include "lib/json.h"
#include "lib/paper_id.h"
#include "lib/text.h"

/* A line of same-person or different-person that is obeyed. */
struct said {
	uint32_t		 author;	/* first, see find_lines */
	struct bond		 bond;
	const struct correction	*line;
};

/* A line of alias, from either side. */
struct alias {
	uint32_t	 author;	/* first, see find_lines */
	uint32_t	 other;
};

static struct corrections	 table;
static struct intern		 ids;		/* of papers, in the table */
static uint32_t			*papers;	/* of each id, + 1; 0: none */
static uint32_t			 paper_seen;
static struct said		*said;
static struct bond		*bonds;		/* those of said, by author */
static size_t			 nsaid, said_cap;
static struct alias		*aliases;
static uint32_t			*others;	/* those of aliases */
static size_t			 naliases, aliases_cap;

static bool
is_of_papers(const struct correction *c)
{
	return c->verb == CORRECTION_SAME_PERSON ||
	    c->verb == CORRECTION_DIFFERENT_PERSON;
}

void
corrections_load(const char *file)
{
	const struct correction *c;
	const struct buf *b;
	int k;

	corrections_read(&table, file, "cluster");
	for (c = table.v; c < table.v + table.n; c++)
		for (k = 1; is_of_papers(c) && k < 3; k++) {
			b = paper_id("", c->field[k]);
			intern(&ids, b->p, b->len);
		}
	papers = xcalloc(ids.n + 1, sizeof(*papers));
}

static void
look_up(const struct buf *b)
{
	uint32_t id = intern_find(&ids, b->p, b->len);

	if (id != UINT32_MAX)
		papers[id] = paper_seen + 1;
}

void
corrections_see(const struct json *paper, uint32_t number)
{
	paper_seen = number;
	if (ids.n > 0)
		paper_ids(paper, look_up);
}

static int
compare_key(const void *key, const void *v)
{
	return strcmp(key, *(const char *const *)v);
}

/* The number of a name, or UINT32_MAX, which is told of. */
static uint32_t
find_author(const struct names *n, const struct correction *c, int field)
{
	static struct buf key;
	const char *const *v = NULL;
	uint32_t author;

	buf_reset(&key);
	text_key(&key, c->field[field], strlen(c->field[field]));
	if (n->keys.n > 0)
		v = bsearch(key.p, n->keys.v, n->keys.n, sizeof(*n->keys.v),
		    compare_key);
	author = v != NULL ? (uint32_t)(v - (const char *const *)n->keys.v) :
	    UINT32_MAX;
	if (author != UINT32_MAX && n->first[author] != n->first[author + 1])
		return author;
	corrections_report(&table, c, REJECT_UNUSED_CORRECTION,
	    "no paper has the name %s", c->field[field]);
	return UINT32_MAX;
}

/* The author's mention on a paper, by its place; false, which is told of. */
static bool
find_mention(const struct names *n, const struct correction *c, int field,
    uint32_t author, uint32_t *place)
{
	const struct buf *b = paper_id("", c->field[field]);
	uint32_t paper = papers[intern_find(&ids, b->p, b->len)], i;

	for (i = n->first[author]; paper != 0 && i < n->first[author + 1]; i++)
		if (n->by_author[i].paper == paper - 1) {
			*place = i - n->first[author];
			return true;
		}
	if (paper == 0)
		corrections_report(&table, c, REJECT_UNUSED_CORRECTION,
		    "no record has the id %s", c->field[field]);
	else
		corrections_report(&table, c, REJECT_UNUSED_CORRECTION,
		    "%s is not an author of %s", c->field[0], c->field[field]);
	return false;
}

static uint32_t
root_of(uint32_t *root, uint32_t i)
{
	while (root[i] != i)
		i = root[i];
	return i;
}

static int
compare_said(const void *a, const void *b)
{
	const struct said *x = a, *y = b;

	if (x->author != y->author)
		return x->author < y->author ? -1 : 1;
	return (x->line > y->line) - (x->line < y->line);
}

static void
report_contradiction(const struct said *s, const struct correction *other)
{
	if (other == NULL)
		corrections_report(&table, s->line, REJECT_CONTRADICTION,
		    "two authors of one paper are two persons");
	else
		corrections_report(&table, s->line, REJECT_CONTRADICTION,
		    "line %" PRIu64 " says otherwise", other->line);
}

/*
 * Whether the line can be obeyed beside those above it of the same name, which
 * root joins.
 */
static bool
agrees(const struct names *n, const struct said *from, const struct said *s,
    uint32_t *root)
{
	const struct mention *m = n->by_author + n->first[s->author];
	uint32_t a = root_of(root, s->bond.a), b = root_of(root, s->bond.b);
	uint32_t x, y, i, k, count = n->first[s->author + 1] -
	    n->first[s->author];
	const struct said *o;

	if (!s->bond.same) {
		if (a != b)
			return true;
		for (o = from; o < s && !o->bond.same; o++)
			;
		report_contradiction(s, o < s ? o->line : NULL);
		return false;
	}
	for (o = from; o < s; o++) {
		x = root_of(root, o->bond.a);
		y = root_of(root, o->bond.b);
		if (!o->bond.same && ((x == a && y == b) || (x == b && y == a))) {
			report_contradiction(s, o->line);
			return false;
		}
	}
	for (i = 0; i < count && a != b; i++)
		for (k = i + 1; k < count && m[k].paper == m[i].paper; k++) {
			x = root_of(root, i);
			y = root_of(root, k);
			if ((x == a && y == b) || (x == b && y == a)) {
				report_contradiction(s, NULL);
				return false;
			}
		}
	root[b] = a;
	return true;
}

/* Take out lines that contradict others of their name. */
static void
check_name(const struct names *n, struct said *from, const struct said *end,
    size_t *kept)
{
	uint32_t count = n->first[from->author + 1] - n->first[from->author], i;
	uint32_t *root = xreallocarray(NULL, count, sizeof(*root));
	struct said *s, *to = from;

	for (i = 0; i < count; i++)
		root[i] = i;
	for (s = from; s < end; s++) {
		*to = *s;
		to += agrees(n, from, to, root);
	}
	memmove(said + *kept, from, (size_t)(to - from) * sizeof(*from));
	*kept += (size_t)(to - from);
	free(root);
}

static void
check_said(const struct names *n)
{
	size_t i, from = 0, kept = 0;

	sort_array(said, nsaid, sizeof(*said), compare_said);
	for (i = 1; i <= nsaid; i++)
		if (i == nsaid || said[i].author != said[from].author) {
			check_name(n, said + from, said + i, &kept);
			from = i;
		}
	nsaid = kept;
	bonds = xcalloc(nsaid + 1, sizeof(*bonds));
	for (i = 0; i < nsaid; i++)
		bonds[i] = said[i].bond;
}

static void
say(const struct names *n, const struct correction *c)
{
	struct said s = { .line = c };

	if ((s.author = find_author(n, c, 0)) == UINT32_MAX ||
	    !find_mention(n, c, 1, s.author, &s.bond.a) ||
	    !find_mention(n, c, 2, s.author, &s.bond.b))
		return;
	if (s.bond.a == s.bond.b) {
		corrections_report(&table, c, REJECT_UNUSED_CORRECTION,
		    "both are the id of one record");
		return;
	}
	s.bond.same = c->verb == CORRECTION_SAME_PERSON;
	grow(&said, &said_cap, nsaid + 1, sizeof(*said));
	said[nsaid++] = s;
}

static void
add_alias(const struct names *n, const struct correction *c)
{
	uint32_t a, b;

	if ((a = find_author(n, c, 0)) == UINT32_MAX ||
	    (b = find_author(n, c, 1)) == UINT32_MAX)
		return;
	if (a == b) {
		corrections_report(&table, c, REJECT_UNUSED_CORRECTION,
		    "both are one name");
		return;
	}
	grow(&aliases, &aliases_cap, naliases + 2, sizeof(*aliases));
	aliases[naliases++] = (struct alias){ a, b };
	aliases[naliases++] = (struct alias){ b, a };
}

static int
compare_aliases(const void *a, const void *b)
{
	const struct alias *x = a, *y = b;

	if (x->author != y->author)
		return x->author < y->author ? -1 : 1;
	return (x->other > y->other) - (x->other < y->other);
}

static void
sort_aliases(void)
{
	size_t i, n = 0;

	sort_array(aliases, naliases, sizeof(*aliases), compare_aliases);
	for (i = 0; i < naliases; i++)
		if (n == 0 || compare_aliases(&aliases[n - 1], &aliases[i]) != 0)
			aliases[n++] = aliases[i];
	naliases = n;
	others = xcalloc(naliases + 1, sizeof(*others));
	for (i = 0; i < naliases; i++)
		others[i] = aliases[i].other;
}

static void
set_name(struct names *n, const struct correction *c)
{
	static struct buf key;
	uint32_t author = find_author(n, c, 0);

	if (author == UINT32_MAX)
		return;
	buf_reset(&key);
	text_key(&key, c->field[1], strlen(c->field[1]));
	if (strcmp(key.p, n->keys.v[author]) == 0)
		names_rename(n, author, c->field[1]);
	else
		corrections_report(&table, c, REJECT_UNUSED_CORRECTION,
		    "%s is another name, not another spelling", c->field[1]);
}

void
corrections_settle(struct names *n)
{
	const struct correction *c;

	for (c = table.v; c < table.v + table.n; c++)
		if (is_of_papers(c))
			say(n, c);
		else if (c->verb == CORRECTION_ALIAS)
			add_alias(n, c);
		else
			set_name(n, c);
	check_said(n);
	sort_aliases();
}

/* The lines of an author among n sorted by author, which begin with it. */
static size_t
find_lines(const void *lines, size_t n, size_t size, uint32_t author,
    size_t *first)
{
	const char *v = lines;
	size_t from = 0, to = n, middle;
	uint32_t at;

	while (from < to) {
		middle = from + (to - from) / 2;
		memcpy(&at, v + middle * size, sizeof(at));
		if (at < author)
			from = middle + 1;
		else
			to = middle;
	}
	for (*first = from; to < n; to++) {
		memcpy(&at, v + to * size, sizeof(at));
		if (at != author)
			break;
	}
	return to - from;
}

size_t
corrections_bonds(uint32_t author, const struct bond **v)
{
	size_t first, n = find_lines(said, nsaid, sizeof(*said), author,
	    &first);

	*v = n > 0 ? bonds + first : NULL;
	return n;
}

size_t
corrections_aliases(uint32_t author, const uint32_t **v)
{
	size_t first, n = find_lines(aliases, naliases, sizeof(*aliases),
	    author, &first);

	*v = n > 0 ? others + first : NULL;
	return n;
}
