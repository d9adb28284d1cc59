/* html_meta - the meta tags of a page, and what they are with us */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/filter.h"
#include "lib/json.h"
#include "lib/utf8.h"
#include "parse/format.h"
#include "parse/html_meta.h"
#include "parse/parts.h"

/*
 * The tags: Highwire Press as Google Scholar documents them and publishers
 * extend them, EPrints, PRISM, Dublin Core, Open Graph.  Of several that say
 * the same the first in this order counts.  type is what their presence tells.
 */
static const struct html_tag tags[] = {
#define T(group, name, use, member) \
	{ name, HTML_##group, TAG_##use, member, NULL },
#define TYPED(group, name, use, member, type) \
	{ name, HTML_##group, TAG_##use, member, type },
#include "parse/html_tags.def"
#undef T
#undef TYPED
};
#define NTAGS	(sizeof(tags) / sizeof(tags[0]))

/* of a page: more is no paper's, and all of it is kept until its end */
#define MAX_BYTES	(1024 * 1024)
#define MAX_TAGS	50000

/* Finding them */

static int
compare_names(const void *a, const void *b)
{
	const struct html_tag *const *x = a, *const *y = b;

	return strcmp((*x)->name, (*y)->name);
}

static int
compare_name(const void *key, const void *elem)
{
	const struct html_tag *const *t = elem;

	return strcmp(key, (*t)->name);
}

static const struct html_tag *
find_tag(const char *name)
{
	static const struct html_tag *sorted[NTAGS];
	const struct html_tag *const *found;
	size_t i;

	if (sorted[0] == NULL) {
		for (i = 0; i < NTAGS; i++)
			sorted[i] = &tags[i];
		qsort(sorted, NTAGS, sizeof(sorted[0]), compare_names);
	}
	found = bsearch(name, sorted, NTAGS, sizeof(sorted[0]), compare_name);
	if (found != NULL)
		return *found;
	for (i = 0; i < NTAGS; i++)
		if (tags[i].use == TAG_DROP && strncmp(name, tags[i].name,
		    strlen(tags[i].name)) == 0)
			return &tags[i];
	return NULL;
}

/*
 * The name as the table has it: in lower case, "dcterms:title" and "DC_title"
 * as "dc.title".  false: it is of no group, or no name.
 */
static bool
put_name(struct buf *b, const char *s)
{
	static const struct {
		const char	*prefix, *own;
		bool		 parted;	/* by one of ".:_" */
	} groups[] = {
		{ "citation_", "citation_", false },
		{ "bepress_citation_", "citation_", false },
		{ "eprints", "eprints.", true }, { "prism", "prism.", true },
		{ "dcterms", "dc.", true }, { "dc", "dc.", true },
		{ "og:", "og:", false }, { "twitter:", "twitter:", false },
		{ "article:", "article:", false }, { "doi", "doi", false },
		{ "link:", "link:", false },
	};
	size_t i, n = 0;

	buf_reset(b);
	for (i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		n = strlen(groups[i].prefix);
		if (strncasecmp(s, groups[i].prefix, n) != 0)
			continue;
		if (groups[i].parted && (s[n] == '\0' ||
		    strchr(".:_", s[n++]) == NULL))
			continue;
		break;
	}
	if (i == sizeof(groups) / sizeof(groups[0]))
		return false;
	buf_adds(b, groups[i].own);
	for (s += n; isgraph((unsigned char)*s); s++)
		buf_addc(b, tolower((unsigned char)*s));
	return s[strspn(s, " \t\r\n")] == '\0';
}

/* What Open Graph calls the page, for when nothing else names it. */
static bool
take_og(struct html_page *page, enum html_use use, const char *value)
{
	const char **p = use == TAG_OG_TITLE ? &page->og_title :
	    use == TAG_OG_TYPE ? &page->og_type :
	    use == TAG_OG_SITE ? &page->og_site : NULL;

	if (p != NULL && *p == NULL)
		*p = value;
	return p != NULL;
}

/* Groups of which also the tags that are not in the table pass through. */
static bool
is_foreign(const char *name)
{
	return strncmp(name, "citation_", 9) == 0 ||
	    strncmp(name, "dc.", 3) == 0 || strncmp(name, "prism.", 6) == 0;
}

/* Whether a value of n bytes is too much; tell of the first one that is. */
static bool
is_over(struct html_page *page, const char *name, const char *value, size_t n)
{
	if (page->meta_bytes + n <= MAX_BYTES && page->nmeta < MAX_TAGS) {
		page->meta_bytes += n;
		return false;
	}
	if (!page->meta_over)
		filter_note(REJECT_DROPPED_VALUE, name, value, n,
		    "over %d bytes or %d tags in a page", MAX_BYTES, MAX_TAGS);
	page->meta_over = true;
	return true;
}

bool
html_meta_add(struct html_page *page, const char *name, const char *value,
    const char *scheme)
{
	static struct buf b;
	const struct html_tag *t;
	struct html_meta *m;
	size_t n = strlen(value);

	if (!put_name(&b, name))
		return false;
	t = find_tag(b.p);
	if (value[strspn(value, " \t\r\n\f")] == '\0' ||
	    (t == NULL ? !is_foreign(b.p) : t->use == TAG_DROP))
		return true;
	if (is_over(page, name, value, n))
		return true;
	if (!utf8_valid(value, n))
		page->bad_utf8 = true;
	value = arena_strndup(&page->arena, value, n);
	if (t != NULL && take_og(page, t->use, value))
		return true;
	if (t != NULL && t->use == TAG_URL && page->own_url == NULL &&
	    entry_is_url(value))
		page->own_url = value;
	grow(&page->meta, &page->capmeta, page->nmeta + 1, sizeof(*m));
	m = &page->meta[page->nmeta];
	*m = (struct html_meta){
		.tag = t, .value = value, .seq = page->nmeta++,
		.name = t != NULL ? t->name :
		    arena_strndup(&page->arena, b.p, b.len),
		.scheme = scheme == NULL ? NULL :
		    arena_strndup(&page->arena, scheme, strlen(scheme)),
	};
	return true;
}

/* Tags of people next to each other in the table are kept in page order. */
static size_t
rank(const struct html_tag *t)
{
	while (t > tags && html_is_of_people(t) && html_is_of_people(t - 1) &&
	    t[-1].group == t->group)
		t--;
	return (size_t)(t - tags);
}

static int
compare_meta(const void *a, const void *b)
{
	const struct html_meta *x = a, *y = b;
	size_t rx, ry;
	int c;

	if (x->tag == NULL && y->tag == NULL) {
		c = strcmp(x->name, y->name);
		if (c != 0)
			return c;
	} else {
		rx = x->tag != NULL ? rank(x->tag) : NTAGS;
		ry = y->tag != NULL ? rank(y->tag) : NTAGS;
		if (rx != ry)
			return rx < ry ? -1 : 1;
	}
	return x->seq < y->seq ? -1 : x->seq > y->seq;
}

void
html_meta_sort(struct html_page *page)
{
	sort_array(page->meta, page->nmeta, sizeof(page->meta[0]),
	    compare_meta);
}

/* The other members */

static void
take_pages(struct json *paper, const struct html_meta *first,
    const struct html_meta *end)
{
	const struct html_meta *last = first;

	if (json_get(paper, "pages") != NULL)
		return;
	while (last < end && last->tag == first->tag)
		last++;
	parts_pages(paper, first->value, last < end && last->tag != NULL &&
	    last->tag->use == TAG_LAST &&
	    last->tag->group == first->tag->group ? last->value : NULL);
}

static void
take_keywords(struct json *paper, const struct html_meta *m, size_t n)
{
	static struct buf b;
	size_t i;

	if (json_get(paper, "keywords") != NULL)
		return;
	for (i = 0; i < n; i++) {
		html_resolve(&b, m[i].value);
		entry_keywords(paper, b.p, b.len);
	}
}

static void
take_meta(struct json *paper, const struct html_meta *m)
{
	const struct html_tag *t = m->tag;
	size_t n = strlen(m->value);

	switch (t->use) {
	case TAG_TEXT:
		if (strcmp(t->member, "venue") != 0 || !entry_is_url(m->value))
			entry_member(paper, "html", t->member, m->value, n);
		break;
	case TAG_TYPE:
		if (strcasecmp(m->value, "text") != 0)
			entry_text(paper, "type", m->value, n);
		break;
	case TAG_ABSTRACT:
		html_take_abstract(paper, m->value);
		break;
	case TAG_LINK:
		entry_link(paper, m->value, n);
		break;
	case TAG_URL:
		if (entry_is_url(m->value))
			entry_text(paper, "url", m->value, n);
		break;
	case TAG_IDENTIFIER:
		html_take_identifier(paper, m->value, m->scheme);
		break;
	default:
		break;
	}
	if (t->type != NULL)
		entry_str(paper, "type", t->type);
}

/* How many tags from m on are to be taken together. */
static size_t
run_length(const struct html_page *page, const struct html_meta *m)
{
	const struct html_meta *end = page->meta + page->nmeta, *p = m;

	do
		p++;
	while (p < end && p->tag != NULL && rank(p->tag) == rank(m->tag));
	return (size_t)(p - m);
}

void
html_meta_take(struct html_page *page, struct json *paper,
    enum html_group from, enum html_group to)
{
	struct html_meta *m, *end;
	size_t n, titles = 0;
	const struct html_tag *t;

	if (page->nmeta == 0)
		return;
	end = page->meta + page->nmeta;
	for (m = page->meta; m < end && m->tag != NULL; m += n) {
		t = m->tag;
		n = 1;
		if (t->group < from || t->group > to)
			continue;
		if (html_is_of_people(t)) {
			n = run_length(page, m);
			html_take_people(paper, m, n, titles == 2);
		} else if (t->use == TAG_KEYWORDS) {
			n = run_length(page, m);
			take_keywords(paper, m, n);
		} else if (t->use == TAG_FIRST)
			take_pages(paper, m, end);
		else
			take_meta(paper, m);
		if (t->member != NULL && strcmp(t->member, "title") == 0)
			titles = m > page->meta && m[-1].tag == t ?
			    titles + 1 : 1;
	}
}

void
html_meta_take_foreign(const struct html_page *page, struct json *paper)
{
	struct json *rest = json_object(entry_arena());
	const struct html_meta *m;
	size_t i;

	for (i = 0; i < page->nmeta; i++) {
		m = &page->meta[i];
		if (m->tag == NULL && (i == 0 || m[-1].tag != NULL ||
		    strcmp(m->name, m[-1].name) != 0))
			json_add(entry_arena(), rest, m->name, strlen(m->name),
			    json_str(entry_arena(), m->value));
	}
	entry_foreign_members(paper, "html", rest);
}
