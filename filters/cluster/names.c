/* names - all papers of the stream and who stands on them */
#include <stdlib.h>
#include <string.h>

#include "cluster/cluster.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/status.h"
#include "lib/text.h"

static void
add_mention(struct names *n, const struct json *author, uint32_t position)
{
	static struct buf key;
	const char *name = json_get_str(author, "name");
	struct mention *m;

	buf_reset(&key);
	text_key(&key, name, strlen(name));
	if (key.len == 0)
		return;
	grow(&n->mentions, &n->mentioncap, n->nmentions + 1,
	    sizeof(*n->mentions));
	m = &n->mentions[n->nmentions++];
	m->author = intern(&n->keys, key.p, key.len);
	m->spelling = intern(&n->spellings, name, strlen(name));
	m->paper = (uint32_t)n->npapers;
	m->position = position;
}

void
names_add(struct names *n, const struct json *r)
{
	static struct buf title;
	const char *s;
	const struct json *a;
	struct paper *p;
	uint32_t position = 0;

	grow(&n->papers, &n->papercap, n->npapers + 1, sizeof(*n->papers));
	p = &n->papers[n->npapers];
	memset(p, 0, sizeof(*p));
	p->first = (uint32_t)n->nmentions;
	if (status_shows(r))
		for (a = json_first(r, "authors"); a != NULL; a = a->next)
			add_mention(n, a, position++);
	p->count = (uint32_t)n->nmentions - p->first;
	p->year = (int32_t)json_get_int(r, "year", 0);
	if ((s = json_get_str(r, "venue")) != NULL)
		p->venue = intern(&n->venues, s, strlen(s)) + 1;
	buf_reset(&title);
	if ((s = json_get_str(r, "title")) != NULL)
		text_key(&title, s, strlen(s));
	p->title = arena_strndup(&n->titles, title.p, title.len);
	n->npapers++;
}

static struct paper *papers;	/* for the comparisons */

static int
compare_papers(const void *a, const void *b)
{
	const struct paper *x = &papers[*(const uint32_t *)a];
	const struct paper *y = &papers[*(const uint32_t *)b];
	int c;

	if (x->dropped || y->dropped)
		return x->dropped - y->dropped;
	if (x->year != y->year)
		return x->year > y->year ? -1 : 1;
	c = strcmp(x->title, y->title);
	return c != 0 ? c : strcmp(x->id, y->id);
}

static void
rank_papers(struct names *n)
{
	uint32_t *order = xreallocarray(NULL, n->npapers, sizeof(*order));
	size_t i;

	for (i = 0; i < n->npapers; i++)
		order[i] = (uint32_t)i;
	papers = n->papers;
	sort_array(order, n->npapers, sizeof(*order), compare_papers);
	for (i = 0; i < n->npapers; i++)
		papers[order[i]].rank = (uint32_t)i;
	free(order);
	arena_free(&n->titles);
}

static int
compare_mentions(const void *a, const void *b)
{
	const struct mention *x = a, *y = b;

	if (x->author != y->author)
		return x->author < y->author ? -1 : 1;
	if (x->paper != y->paper)
		return papers[x->paper].rank < papers[y->paper].rank ? -1 : 1;
	return (x->position > y->position) - (x->position < y->position);
}

static void
gather_mentions(struct names *n)
{
	size_t i, k = 0;

	n->by_author = xreallocarray(NULL, n->nmentions,
	    sizeof(*n->by_author));
	for (i = 0; i < n->nmentions; i++)
		if (!n->papers[n->mentions[i].paper].dropped)
			n->by_author[k++] = n->mentions[i];
	sort_array(n->by_author, k, sizeof(*n->by_author), compare_mentions);
	n->first = xcalloc(n->keys.n + 1, sizeof(*n->first));
	for (i = 0; i < k; i++)
		n->first[n->by_author[i].author + 1]++;
	for (i = 0; i < n->keys.n; i++)
		n->first[i + 1] += n->first[i];
}

static void
name_authors(struct names *n)
{
	struct tally rows;
	size_t author, i;

	tally_init(&rows, n->spellings.n);
	n->name = xcalloc(n->keys.n, sizeof(*n->name));
	for (author = 0; author < n->keys.n; author++) {
		tally_reset(&rows);
		for (i = n->first[author]; i < n->first[author + 1]; i++)
			tally_add(&rows, n->by_author[i].spelling,
			    n->by_author[i].paper);
		tally_sort(&rows);
		n->name[author] = rows.n > 0 ?
		    n->spellings.v[rows.v[0].what] : "";
	}
	tally_free(&rows);
}

/* Number what was interned in byte order; returns the new number of each. */
static uint32_t *
sorted(struct intern *s)
{
	uint32_t *place = xreallocarray(NULL, s->n, sizeof(*place));

	intern_sort(s, place);
	return place;
}

static void
number_anew(struct names *n)
{
	uint32_t *key = sorted(&n->keys), *spelling = sorted(&n->spellings);
	uint32_t *venue = sorted(&n->venues);
	size_t i;

	for (i = 0; i < n->nmentions; i++) {
		n->mentions[i].author = key[n->mentions[i].author];
		n->mentions[i].spelling = spelling[n->mentions[i].spelling];
	}
	for (i = 0; i < n->npapers; i++)
		if (n->papers[i].venue != 0)
			n->papers[i].venue = venue[n->papers[i].venue - 1] + 1;
	free(key);
	free(spelling);
	free(venue);
}

void
names_group(struct names *n)
{
	rank_papers(n);
	number_anew(n);
	gather_mentions(n);
	name_authors(n);
}
