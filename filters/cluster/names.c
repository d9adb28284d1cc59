/* names - all papers of the stream and who stands on them */
#include <stdlib.h>
#include <string.h>

#include "cluster/cluster.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/status.h"
#include "lib/text.h"

/* The key of a spelling, or UINT32_MAX where nothing is left of it. */
static uint32_t
key_of(struct names *n, uint32_t spelling)
{
	static struct buf key;
	const char *name = n->spellings.v[spelling];

	if (spelling < n->nkeyed)
		return n->key_of[spelling];
	grow(&n->key_of, &n->keycap, spelling + 1, sizeof(*n->key_of));
	n->nkeyed = spelling + 1;
	buf_reset(&key);
	text_key(&key, name, strlen(name));
	return n->key_of[spelling] = key.len == 0 ? UINT32_MAX :
	    intern(&n->keys, key.p, key.len);
}

static void
add_mention(struct names *n, const struct json *author, uint32_t position)
{
	const char *name = json_get_str(author, "name");
	uint32_t spelling = intern(&n->spellings, name, strlen(name));
	uint32_t key = key_of(n, spelling);

	if (key == UINT32_MAX)
		return;
	grow(&n->mentions, &n->mentioncap, n->nmentions + 1,
	    sizeof(*n->mentions));
	n->mentions[n->nmentions++] = (struct mention){ .author = key,
	    .spelling = spelling, .paper = (uint32_t)n->npapers,
	    .position = position };
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

/* All papers in the order of the author pages; the caller frees it. */
static uint32_t *
sort_papers(struct names *n)
{
	uint32_t *order = xreallocarray(NULL, n->npapers, sizeof(*order));
	size_t i;

	for (i = 0; i < n->npapers; i++)
		order[i] = (uint32_t)i;
	papers = n->papers;
	sort_array(order, n->npapers, sizeof(*order), compare_papers);
	arena_free(&n->titles);
	return order;
}

/* By author; as the papers come in order, so do each author's mentions. */
static void
gather_mentions(struct names *n)
{
	uint32_t *order = sort_papers(n), *next;
	const struct paper *p;
	const struct mention *m;
	size_t i, k;

	n->by_author = xreallocarray(NULL, n->nmentions,
	    sizeof(*n->by_author));
	n->first = xcalloc(n->keys.n + 1, sizeof(*n->first));
	for (i = 0; i < n->nmentions; i++)
		if (!n->papers[n->mentions[i].paper].dropped)
			n->first[n->mentions[i].author + 1]++;
	for (i = 0; i < n->keys.n; i++)
		n->first[i + 1] += n->first[i];
	next = xreallocarray(NULL, n->keys.n + 1, sizeof(*next));
	memcpy(next, n->first, (n->keys.n + 1) * sizeof(*next));
	for (i = 0; i < n->npapers; i++) {
		p = &n->papers[order[i]];
		for (k = 0; k < p->count && !p->dropped; k++) {
			m = &n->mentions[p->first + k];
			n->by_author[next[m->author]++] = *m;
		}
	}
	free(next);
	free(order);
}

/* As it stands in each record that the author is in. */
static const char *
who(struct names *n, const char *key, const char *name)
{
	static struct buf b;

	buf_reset(&b);
	buf_adds(&b, "\"key\":");
	json_write_string(&b, key, strlen(key));
	buf_adds(&b, ",\"name\":");
	json_write_string(&b, name, strlen(name));
	return arena_strndup(&n->texts, b.p, b.len);
}

static void
name_authors(struct names *n)
{
	struct tally rows;
	size_t author, i;

	tally_init(&rows, n->spellings.n);
	n->who = xcalloc(n->keys.n, sizeof(*n->who));
	for (author = 0; author < n->keys.n; author++) {
		tally_reset(&rows);
		for (i = n->first[author]; i < n->first[author + 1]; i++)
			tally_add(&rows, n->by_author[i].spelling,
			    n->by_author[i].paper);
		tally_sort(&rows);
		if (rows.n > 0)
			n->who[author] = who(n, n->keys.v[author],
			    n->spellings.v[rows.v[0].what]);
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
	free(n->key_of);
}

void
names_group(struct names *n)
{
	number_anew(n);
	gather_mentions(n);
	name_authors(n);
}
