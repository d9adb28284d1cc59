/* reasons - why records were joined, or not, for people */
#include <err.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "dedupe/corrections.h"
#include "dedupe/dedupe.h"
#include "dedupe/exclusions.h"
#include "dedupe/identifiers.h"
#include "dedupe/origins.h"
#include "dedupe/pairs.h"
#include "dedupe/reasons.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/failure.h"
#include "lib/filter.h"
#include "lib/json.h"

static const char	*why_name, *review_name;
static FILE		*why, *review;
static const char	*explained[2];
static int		 nexplained;

/* Joins, if they are to be explained, and pairs that were close. */
static struct link	*joins, *close_pairs;
static size_t		 njoins, joins_cap, nclose;

static FILE *
open_file(const char *file)
{
	FILE *f = fopen(file, "we");

	if (f == NULL)
		err(failure_status(errno, EX_CANTCREAT), "%s", file);
	return f;
}

static void
close_file(FILE *f, const char *file)
{
	if (f != NULL && (ferror(f) | fclose(f)))
		err(EX_IOERR, "%s", file);
}

void
reasons_why(const char *file)
{
	why = open_file(why_name = file);
}

void
reasons_review(const char *file)
{
	review = open_file(review_name = file);
}

void
reasons_explain(const char *id)
{
	if (nexplained == 2)
		filter_usage("--explain: more than two");
	explained[nexplained++] = id;
}

bool
reasons_only(void)
{
	return nexplained > 0;
}

bool
reasons_wanted(void)
{
	return review != NULL;
}

/* "title, authors, year", or the identifier. */
static void
put_reason(struct buf *b, const struct records *r, const struct link *l)
{
	switch (l->kind) {
	case 'a':
		buf_adds(b, "arxiv");
		break;
	case 'c':
		buf_adds(b, "correction");
		break;
	case 'd':
		buf_adds(b, "doi");
		break;
	case 'i':
		buf_adds(b, "ids");
		break;
	case 'k':
		buf_adds(b, "key");
		break;
	case 'u':
		buf_adds(b, "url");
		break;
	default:
		pair_members(b, r, l->a, l->b, false);
	}
}

static void
put_record(struct buf *b, const struct records *r, uint32_t i)
{
	buf_addf(b, "%s:%s", source_name(r, &r->v[i]), source_key(r, &r->v[i]));
}

/* On one line and in one column: control characters as in messages. */
static void
show_record(struct buf *b, const struct records *r, uint32_t i)
{
	static struct buf name;
	size_t k;

	buf_reset(&name);
	put_record(&name, r, i);
	for (k = 0; k < name.len; k++)
		if ((unsigned char)name.p[k] < ' ' || name.p[k] == 0x7f)
			buf_addf(b, "\\x%02x", (unsigned)name.p[k]);
		else
			buf_addc(b, name.p[k]);
}

/* Whether two papers, by their first records, are forms of one work. */
static bool
are_forms(const struct groups *g, uint32_t a, uint32_t b)
{
	return g->version_of[a] == b || g->version_of[b] == a ||
	    (g->version_of[a] != NO_RECORD &&
	    g->version_of[a] == g->version_of[b]);
}

void
reasons_joined(const struct groups *g, const struct link *l)
{
	static struct buf b;

	if (nexplained > 0) {
		grow(&joins, &joins_cap, njoins + 1, sizeof(*joins));
		joins[njoins++] = *l;
	}
	if (why == NULL)
		return;
	buf_reset(&b);
	show_record(&b, &g->r, l->a);
	buf_addc(&b, '\t');
	show_record(&b, &g->r, l->b);
	buf_addc(&b, '\t');
	put_reason(&b, &g->r, l);
	buf_addf(&b, "\t%.2f\n",
	    (double)pair_judge(&g->r, l->a, l->b).score);
	fwrite(b.p, 1, b.len, why);
}

/* The most doubtful first: those nearest to being joined. */
static int
compare_close(const void *a, const void *b)
{
	const struct link *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return (x->b > y->b) - (x->b < y->b);
}

static const struct groups	*papers;	/* for compare_papers */

static int
compare_firsts(uint32_t i, uint32_t k)
{
	uint32_t a = groups_first(papers, i), b = groups_first(papers, k);

	return (a > b) - (a < b);
}

/* By the papers that they are of, which stand in order, the most doubtful first. */
static int
compare_papers(const void *a, const void *b)
{
	const struct link *x = a, *y = b;
	int c;

	if ((c = compare_firsts(x->a, y->a)) != 0 ||
	    (c = compare_firsts(x->b, y->b)) != 0)
		return c;
	return compare_close(a, b);
}

/* One pair of records of each two papers. */
static void
keep_most_doubtful(const struct groups *g)
{
	size_t i, n = 0;

	papers = g;
	sort_array(close_pairs, nclose, sizeof(*close_pairs), compare_papers);
	for (i = 0; i < nclose; i++)
		if (n == 0 ||
		    compare_firsts(close_pairs[n - 1].a, close_pairs[i].a) != 0 ||
		    compare_firsts(close_pairs[n - 1].b, close_pairs[i].b) != 0)
			close_pairs[n++] = close_pairs[i];
	nclose = n;
}

void
reasons_settle(struct groups *g, const struct links *l)
{
	struct link v;
	uint32_t a, b;
	size_t i;

	if (review == NULL)
		return;
	close_pairs = xreallocarray(NULL, l->n + 1, sizeof(*close_pairs));
	for (i = 0; i < l->n; i++) {
		v = l->v[i];
		a = groups_first(g, v.a);
		b = groups_first(g, v.b);
		if (a == b || corrections_forbid(a, b) != 0 ||
		    are_forms(g, a, b) || pair_is_generic(&g->r, v.a, v.b))
			continue;
		if (a > b) {
			v.a = l->v[i].b;
			v.b = l->v[i].a;
		}
		close_pairs[nclose++] = v;
	}
	keep_most_doubtful(g);
	sort_array(close_pairs, nclose, sizeof(*close_pairs), compare_close);
}

/* What a person needs to tell a paper. */
static struct json *
essentials(struct arena *a, const struct groups *g, const struct ids *ids,
    struct spill *spill, uint32_t i)
{
	static const char *const members[] = { "type", "title", "venue", "year",
	    "volume", "number", "pages", "doi", "arxiv", "url", "status" };
	struct json *o = json_object(a), *names = json_array(a), *paper, *v;
	static struct buf b;
	const char *name;
	size_t k;

	paper = groups_record(g, spill, a, i);
	buf_reset(&b);
	put_record(&b, &g->r, i);
	json_set(a, o, "record", json_string(a, b.p, b.len));
	ids_text(ids, g, groups_first(g, i), &b);
	json_set(a, o, "id", json_string(a, b.p, b.len));
	for (k = 0; k < sizeof(members) / sizeof(members[0]); k++)
		if ((v = json_get(paper, members[k])) != NULL)
			json_set(a, o, members[k], json_copy(a, v));
	for (v = json_first(paper, "authors"); v != NULL; v = v->next)
		if ((name = json_get_str(v, "name")) != NULL)
			json_append(names, json_str(a, name));
	if (names->child != NULL)
		json_set(a, o, "authors", names);
	return o;
}

static void
set_text(struct arena *a, struct json *o, const char *member,
    const struct buf *b)
{
	if (b->len > 0)
		json_set(a, o, member, json_string(a, b->p, b->len));
}

static void
write_review(const struct groups *g, const struct ids *ids,
    struct spill *spill)
{
	static struct arena a;
	struct buf b = { 0 }, line = { 0 };
	const struct link *l;
	struct json *o;
	size_t i;
	char score[32];

	for (i = 0; i < nclose; i++) {
		l = &close_pairs[i];
		arena_reset(&a);
		o = json_object(&a);
		json_set(&a, o, "kind", json_str(&a, "review"));
		snprintf(score, sizeof(score), "%.2f", (double)l->score);
		json_set(&a, o, "score", json_number(&a, score));
		buf_reset(&b);
		pair_members(&b, &g->r, l->a, l->b, false);
		set_text(&a, o, "for", &b);
		buf_reset(&b);
		pair_members(&b, &g->r, l->a, l->b, true);
		set_text(&a, o, "against", &b);
		json_set(&a, o, "a", essentials(&a, g, ids, spill, l->a));
		json_set(&a, o, "b", essentials(&a, g, ids, spill, l->b));
		buf_reset(&line);
		json_write(&line, o);
		buf_addc(&line, '\n');
		fwrite(line.p, 1, line.len, review);
	}
	buf_free(&b);
	buf_free(&line);
}

static bool
is_paper(const struct groups *g, const struct ids *ids, uint32_t i,
    const char *id)
{
	static struct buf b;

	if (groups_first(g, i) != i)
		return false;
	ids_text(ids, g, i, &b);
	return strcmp(b.p, id) == 0;
}

static bool
is_record(const struct groups *g, uint32_t i, const char *id)
{
	static struct buf b;

	buf_reset(&b);
	put_record(&b, &g->r, i);
	return strcmp(b.p, id) == 0 || ((g->r.v[i].flags & HAS_DOI) != 0 &&
	    strncmp(id, "doi:", 4) == 0 &&
	    strcmp(doi_text(&g->r, &g->r.v[i]), id + 4) == 0);
}

/* A paper of that id; else, for a source may use a key twice, a record. */
static uint32_t
find_record(const struct groups *g, const struct ids *ids, const char *id)
{
	uint32_t i, found = NO_RECORD;

	for (i = 0; i < g->r.n; i++) {
		if (is_paper(g, ids, i, id))
			return i;
		if (found == NO_RECORD && is_record(g, i, id))
			found = i;
	}
	if (found == NO_RECORD)
		filter_warn(EX_DATAERR, "--explain: no such record: %s", id);
	return found;
}

static void
tell_pair(struct buf *b, const struct groups *g, uint32_t i, uint32_t k)
{
	struct buf text = { 0 };
	char *p, *next;

	pair_tell(&text, &g->r, i, k);
	for (p = text.p; p != NULL; p = next) {
		if ((next = strchr(p, '\n')) != NULL)
			*next++ = '\0';
		buf_addf(b, "    %s\n", p);
	}
	buf_free(&text);
}

/* The joins that made a group, in their order. */
static void
tell_group(struct buf *b, const struct groups *g, uint32_t i)
{
	uint32_t first = groups_first(g, i);
	const uint32_t *members;
	size_t n = groups_members(g, first, &members), k;

	show_record(b, &g->r, i);
	if (n == 1) {
		buf_adds(b, ": no other record is a copy of it\n");
		return;
	}
	buf_addf(b, ": %zu records are one paper\n", n);
	for (k = 0; k < njoins; k++) {
		if (groups_first(g, joins[k].a) != first)
			continue;
		buf_adds(b, "  ");
		show_record(b, &g->r, joins[k].a);
		buf_adds(b, "\t");
		show_record(b, &g->r, joins[k].b);
		buf_adds(b, "\t");
		put_reason(b, &g->r, &joins[k]);
		buf_addc(b, '\n');
		tell_pair(b, g, joins[k].a, joins[k].b);
	}
}

static void
tell_two(struct buf *b, const struct groups *g, uint32_t i, uint32_t k)
{
	uint32_t x = groups_first(g, i), y = groups_first(g, k);
	const char *exclusion = pair_exclusion(&g->r, &g->r.v[i], &g->r.v[k]);
	uint64_t line = corrections_forbid(x, y);

	show_record(b, &g->r, i);
	buf_adds(b, " and ");
	show_record(b, &g->r, k);
	if (x == y)
		buf_adds(b, " are one paper\n");
	else if (are_forms(g, x, y))
		buf_adds(b, " are two forms of one work\n");
	else
		buf_adds(b, " are not one paper\n");
	if (x != y && line != 0)
		buf_addf(b, "  line %" PRIu64 " of the corrections keeps them "
		    "apart\n", line);
	if (exclusion != NULL)
		buf_addf(b, "  they say that they are two: %s\n", exclusion);
	tell_pair(b, g, i, k);
	if (x != y && line == 0 && exclusion == NULL &&
	    pair_judge(&g->r, i, k).score > 0)
		buf_adds(b, "  the two would be joined, but not with what goes "
		    "with either, or another record would do as well\n");
	if (x == y)
		tell_group(b, g, i);
}

static void
explain(const struct groups *g, const struct ids *ids)
{
	struct buf b = { 0 };
	uint32_t i = find_record(g, ids, explained[0]), k;

	if (nexplained == 2) {
		k = find_record(g, ids, explained[1]);
		if (i != NO_RECORD && k != NO_RECORD)
			tell_two(&b, g, i, k);
	} else if (i != NO_RECORD)
		tell_group(&b, g, i);
	filter_write(b.p, b.len);
	buf_free(&b);
}

void
reasons_write(const struct groups *g, const struct ids *ids,
    struct spill *spill)
{
	if (review != NULL)
		write_review(g, ids, spill);
	if (nexplained > 0)
		explain(g, ids);
	close_file(why, why_name);
	close_file(review, review_name);
	free(joins);
	free(close_pairs);
}
