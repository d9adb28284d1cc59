/* names - all papers of the stream and who stands on them */
#include <stdlib.h>
#include <string.h>

#include "cluster/cluster.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/numbers.h"
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
add_claim(struct names *n, enum claim_kind kind, const char *registry,
    const char *value, size_t len)
{
	static struct buf b;

	buf_reset(&b);
	buf_adds(&b, registry);
	buf_add(&b, value, len);
	grow(&n->claims, &n->claimcap, n->nclaims + 1, sizeof(*n->claims));
	n->claims[n->nclaims++] = (struct claim){ (uint32_t)n->nmentions, kind,
	    intern(&n->claim_values, b.p, b.len) };
}

/*
 * Whether an identifier says no more than the name: "j/jing-li" of Jing Li,
 * which all persons of this name have.
 */
static bool
is_name_again(const char *id, const char *name)
{
	static struct buf a, b;
	const char *p = strrchr(id, '/');

	p = p != NULL ? p + 1 : id;
	buf_reset(&a);
	buf_reset(&b);
	text_fold(&a, p, strlen(p), 0);
	text_fold(&b, name, strlen(name), 0);
	return a.len == b.len && memcmp(a.p, b.p, a.len) == 0;
}

static void
add_claims(struct names *n, const struct json *author, const char *name)
{
	static struct buf registry;
	const struct json *ids = json_get(author, "ids"), *id;
	enum claim_kind kind;
	const char *s;

	if ((s = json_get_str(author, "orcid")) != NULL)
		add_claim(n, CLAIM_ORCID, "orcid:", s, strlen(s));
	for (id = ids != NULL ? ids->child : NULL; id != NULL; id = id->next) {
		if (id->type != JSON_STRING || is_name_again(id->text, name))
			continue;
		kind = strcmp(id->name, "openreview") == 0 ? CLAIM_OPENREVIEW :
		    strcmp(id->name, "dblp") == 0 ? CLAIM_DBLP : CLAIM_ID;
		buf_reset(&registry);
		buf_adds(&registry, id->name);
		buf_addc(&registry, ':');
		add_claim(n, kind, registry.p, id->text, id->len);
	}
	if ((s = json_get_str(author, "email")) != NULL)
		add_claim(n, CLAIM_EMAIL, "email:", s, strlen(s));
	if ((s = json_get_str(author, "affiliation")) != NULL)
		add_claim(n, CLAIM_AFFILIATION, "", s, strlen(s));
}

static void
add_mention(struct names *n, const struct json *author, uint32_t position)
{
	size_t claims = n->nclaims;
	const char *name = json_get_str(author, "name");
	uint32_t spelling = intern(&n->spellings, name, strlen(name));
	uint32_t key = key_of(n, spelling);

	if (key == UINT32_MAX)
		return;
	add_claims(n, author, name);
	grow(&n->mentions, &n->mentioncap, n->nmentions + 1,
	    sizeof(*n->mentions));
	n->mentions[n->nmentions++] = (struct mention){ .author = key,
	    .spelling = spelling, .paper = (uint32_t)n->npapers,
	    .position = position,
	    .claims = claims < n->nclaims ? (uint32_t)claims + 1 : 0 };
}

/* "networks" and "network" are one word. */
static size_t
stem(char *w, size_t n)
{
	if (n > 4 && memcmp(w + n - 3, "ies", 3) == 0) {
		w[n - 3] = 'y';
		return n - 2;
	}
	if (n > 5 && memcmp(w + n - 3, "ing", 3) == 0)
		return n - 3;
	if (n > 4 && memcmp(w + n - 2, "ed", 2) == 0)
		return n - 2;
	if (n > 3 && w[n - 1] == 's' && w[n - 2] != 's')
		return n - 1;
	return n;
}

#define MAX_WORDS	256	/* of a title */

static void
add_words(struct names *n, struct paper *p, const char *title)
{
	static struct buf b;
	size_t len, k = 0;
	char *w;

	p->first_word = (uint32_t)n->nwords;
	buf_reset(&b);
	text_fold(&b, title, strlen(title), ' ');
	grow(&n->words_of, &n->wordcap, n->nwords + MAX_WORDS,
	    sizeof(*n->words_of));
	for (w = b.p; *w != '\0' && k < MAX_WORDS; w += len + (w[len] != '\0')) {
		len = strcspn(w, " ");
		n->words_of[n->nwords + k++] = intern(&n->words, w,
		    stem(w, len));
	}
	p->nwords = (uint16_t)numbers_distinct(n->words_of + n->nwords, k);
	n->nwords += p->nwords;
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
	if (p->count > 0 && (s = json_get_str(r, "title")) != NULL)
		add_words(n, p, s);
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

void
names_rename(struct names *n, uint32_t author, const char *name)
{
	n->name[author] = name;
	n->who[author] = who(n, n->keys.v[author], name);
}

static void
name_authors(struct names *n)
{
	struct tally rows;
	size_t author, i;

	tally_init(&rows, n->spellings.n);
	n->name = xcalloc(n->keys.n + 1, sizeof(*n->name));
	n->who = xcalloc(n->keys.n + 1, sizeof(*n->who));
	for (author = 0; author < n->keys.n; author++) {
		tally_reset(&rows);
		for (i = n->first[author]; i < n->first[author + 1]; i++)
			tally_add(&rows, n->by_author[i].spelling,
			    n->by_author[i].paper);
		tally_sort(&rows);
		if (rows.n == 0)
			continue;
		names_rename(n, (uint32_t)author,
		    n->spellings.v[rows.v[0].what]);
	}
	tally_free(&rows);
}

#define WIDESPREAD	20	/* a word of one title in so many tells nothing, */
#define FEW		10	/* but not in that few titles */

/*
 * Keep the words that several titles share and that tell something, numbered in
 * byte order.
 */
static void
settle_words(struct names *n)
{
	uint32_t *titles = xcalloc(n->words.n + 1, sizeof(*titles)), i, k, from;
	struct intern kept = { 0 };
	uint32_t *place;
	size_t shown = 0, all = 0, most;
	struct paper *p;

	for (p = n->papers; p < n->papers + n->npapers; p++) {
		if (p->dropped)
			continue;
		shown += p->count > 0;
		for (k = 0; k < p->nwords; k++)
			titles[n->words_of[p->first_word + k]]++;
	}
	most = shown / WIDESPREAD > FEW ? shown / WIDESPREAD : FEW;
	for (i = 0; i < n->words.n; i++)
		titles[i] = titles[i] < 2 || titles[i] > most ? UINT32_MAX : intern(&kept, n->words.v[i],
		    strlen(n->words.v[i]));
	place = xreallocarray(NULL, kept.n + 1, sizeof(*place));
	intern_sort(&kept, place);
	for (p = n->papers; p < n->papers + n->npapers; p++) {
		from = p->first_word;
		p->first_word = (uint32_t)all;
		for (k = 0; k < p->nwords; k++)
			if ((i = titles[n->words_of[from + k]]) != UINT32_MAX)
				n->words_of[all++] = place[i];
		p->nwords = (uint16_t)numbers_distinct(n->words_of +
		    p->first_word, all - p->first_word);
	}
	intern_free(&n->words);
	n->words = kept;
	free(titles);
	free(place);
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
	uint32_t *venue = sorted(&n->venues), *value = sorted(&n->claim_values);
	size_t i;

	for (i = 0; i < n->nmentions; i++) {
		n->mentions[i].author = key[n->mentions[i].author];
		n->mentions[i].spelling = spelling[n->mentions[i].spelling];
	}
	for (i = 0; i < n->npapers; i++)
		if (n->papers[i].venue != 0)
			n->papers[i].venue = venue[n->papers[i].venue - 1] + 1;
	n->claim_kind = xcalloc(n->claim_values.n + 1, sizeof(*n->claim_kind));
	for (i = 0; i < n->nclaims; i++) {
		n->claims[i].value = value[n->claims[i].value];
		n->claim_kind[n->claims[i].value] = (uint8_t)n->claims[i].kind;
	}
	free(value);
	free(key);
	free(spelling);
	free(venue);
	free(n->key_of);
}

void
names_group(struct names *n)
{
	number_anew(n);
	settle_words(n);
	gather_mentions(n);
	name_authors(n);
}
