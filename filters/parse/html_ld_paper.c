/* html_ld_paper - what an object of JSON-LD says of a paper */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/json.h"
#include "lib/text.h"
#include "parse/format.h"
#include "parse/html.h"
#include "parse/html_ld.h"
#include "parse/parts.h"

#define MAX_CHAIN	8	/* of what is part of what */
#define MAX_WORDS	16	/* of a name that is compared */

static void
take(struct json *o, const char *member, const struct json *item,
    const char *name)
{
	entry_str(o, member, ld_text(json_get(item, name)));
}

/* Identifiers */

static const char *
behind_slash(const char *s)
{
	const char *p = s != NULL ? strrchr(s, '/') : NULL;

	return p != NULL ? p + 1 : s;
}

void
ld_take_identifiers(struct json *paper, const struct json *item)
{
	static const char *const links[] = { "sameAs", "@id", "url" };
	struct json *list = json_get(item, "identifier"), *e;
	const char *s;
	size_t i;

	for (e = ld_first(list); e != NULL; e = ld_next(list, e)) {
		s = e->type == JSON_OBJECT ? ld_text(json_get(e, "value")) :
		    ld_text(e);
		if (s != NULL)
			html_take_identifier(paper, s, behind_slash(
			    ld_text(json_get(e, "propertyID"))));
	}
	take(paper, "doi", item, "doi");
	for (i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
		list = json_get(item, links[i]);
		for (e = ld_first(list); e != NULL; e = ld_next(list, e))
			if (e->type == JSON_STRING &&
			    (strstr(e->text, "doi.org/") != NULL ||
			    strstr(e->text, "arxiv.org/abs/") != NULL))
				html_take_identifier(paper, e->text, NULL);
	}
}

/* People */

static void
take_orcid(struct json *person, const struct json *v)
{
	static const char *const places[] = { "identifier", "sameAs", "@id",
	    "url" };
	struct json *list, *e;
	const char *s;
	size_t i;

	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		list = json_get(v, places[i]);
		for (e = ld_first(list); e != NULL; e = ld_next(list, e)) {
			s = e->type == JSON_OBJECT ?
			    ld_text(json_get(e, "value")) : ld_text(e);
			if (s != NULL && (strstr(s, "orcid.org/") != NULL ||
			    (e->type == JSON_OBJECT && strcasecmp("orcid",
			    behind_slash(json_get_str(e, "propertyID") != NULL ?
			    json_get_str(e, "propertyID") : "")) == 0)))
				entry_str(person, "orcid", s);
		}
	}
}

static void
take_affiliation(struct html_page *page, struct json *person,
    const struct json *v)
{
	struct json *list = json_get(v, "affiliation"), *e;
	struct buf b = { 0 };

	for (e = ld_first(list); e != NULL; e = ld_next(list, e))
		parts_join(&b, ld_text(ld_resolve(page, e)));
	parts_set(person, "affiliation", &b);
}

static void
add_person(struct html_page *page, struct json *people, struct json *v)
{
	struct json *person;
	const char *email;

	if (v->type == JSON_STRING) {
		entry_person(people, v->text, v->len);
		return;
	}
	if (v->type != JSON_OBJECT)
		return;
	v = ld_resolve(page, v);
	if (ld_is(v, "Role") && json_get(v, "author") != NULL)
		v = json_get(v, "author");
	person = json_object(entry_arena());
	take(person, "name", v, "name");
	take(person, "given", v, "givenName");
	take(person, "family", v, "familyName");
	take(person, "suffix", v, "honorificSuffix");
	take_orcid(person, v);
	take_affiliation(page, person, v);
	email = ld_text(json_get(v, "email"));
	if (email != NULL && strncasecmp(email, "mailto:", 7) == 0)
		email += 7;
	entry_str(person, "email", email);
	json_append(people, person);
}

static int
compare_words(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The words of a name, sorted: "Lee, Ann" is "Ann Lee". */
static size_t
words_of(struct buf *b, char *word[MAX_WORDS], const struct json *person)
{
	const struct json *name = json_get(person, "name");
	size_t n = 0;
	char *p, *state;

	buf_reset(b);
	text_fold(b, name->text, name->len, ' ');
	for (p = strtok_r(b->p, " ", &state); p != NULL && n < MAX_WORDS;
	    p = strtok_r(NULL, " ", &state))
		word[n++] = p;
	qsort(word, n, sizeof(word[0]), compare_words);
	return n;
}

static bool
is_same_person(const struct json *a, const struct json *b)
{
	static struct buf x, y;
	char *v[MAX_WORDS], *w[MAX_WORDS];
	size_t n = words_of(&x, v, a), i;

	if (n == 0 || n == MAX_WORDS || words_of(&y, w, b) != n)
		return false;
	for (i = 0; i < n; i++)
		if (strcmp(v[i], w[i]) != 0)
			return false;
	return true;
}

/* Facts that the tags did not give, of those who are the same. */
static void
join_people(struct json *people, const struct json *others)
{
	static const char *const facts[] = { "orcid", "affiliation", "email" };
	const struct json *q;
	struct json *p;
	size_t i;

	if (json_count(people->child) != json_count(others->child))
		return;
	for (p = people->child, q = others->child; p != NULL;
	    p = p->next, q = q->next)
		for (i = 0; i < 3 && is_same_person(p, q); i++)
			entry_str(p, facts[i], json_get_str(q, facts[i]));
}

static void
take_people(struct html_page *page, struct json *paper, const char *member,
    struct json *v)
{
	struct json *people = json_get(paper, member), *other, *e;
	struct json *holder = json_object(entry_arena());

	if (v == NULL)
		return;
	if (v->type == JSON_STRING) {
		entry_names(paper, member, v->text, v->len);
		return;
	}
	other = entry_people(holder, member);
	for (e = ld_first(v); e != NULL; e = ld_next(v, e))
		add_person(page, other, e);
	entry_people_done(holder, member);
	if (people == NULL)
		json_set(entry_arena(), paper, member, other);
	else
		join_people(people, other);
}

/* Where it is */

/* What a paper is part of, from the inside: an issue, then its journal. */
struct container {
	const char	*venue;
	bool		 book;
};

static void
take_part(struct json *paper, struct json *part, struct container *c)
{
	static const char *const journals[] = { "Periodical",
	    "PublicationIssue", "PublicationVolume", NULL };
	static const char *const series[] = { "BookSeries",
	    "CreativeWorkSeries", NULL };
	const char *name = ld_text(json_get(part, "name"));
	bool journal = ld_type(part, journals) != NULL;

	if (part->type == JSON_STRING)
		name = strstr(part->text, "://") == NULL ? part->text : NULL;
	take(paper, "number", part, "issueNumber");
	take(paper, "volume", part, "volumeNumber");
	take(paper, "issn", part, "issn");
	if (ld_type(part, series) != NULL || (journal && c->book)) {
		entry_str(paper, "series", name);
		return;
	}
	if (ld_is(part, "Book")) {
		take(paper, "isbn", part, "isbn");
		entry_str(paper, "type", "chapter");
		c->book = true;
	} else if (journal)
		entry_str(paper, "type", "journal-article");
	else if (json_get(part, "@type") != NULL)
		return;		/* a site, for instance */
	take(paper, "publisher", part, "publisher");
	if (name != NULL)
		c->venue = name;
}

static void
take_parts(struct html_page *page, struct json *paper,
    const struct json *item)
{
	struct json *list = json_get(item, "isPartOf"), *e, *next, *part;
	struct container c = { 0 };
	int i;

	for (i = 0; i < MAX_CHAIN && list != NULL; i++, list = next) {
		next = NULL;
		for (e = ld_first(list); e != NULL; e = ld_next(list, e)) {
			part = ld_resolve(page, e);
			take_part(paper, part, &c);
			if (next == NULL)
				next = json_get(part, "isPartOf");
		}
	}
	entry_str(paper, "venue", c.venue);
}

/* The rest */

static void
take_keywords(struct json *paper, struct json *v)
{
	struct json *e;

	if (v == NULL || json_get(paper, "keywords") != NULL)
		return;
	if (v->type == JSON_STRING) {
		entry_keywords(paper, v->text, v->len);
		return;
	}
	for (e = ld_first(v); e != NULL; e = ld_next(v, e))
		parts_keyword(paper, ld_text(e));
}

static void
take_links(struct json *paper, const struct json *item)
{
	static const char *const media[] = { "encoding", "associatedMedia",
	    "distribution" };
	struct json *list, *e;
	const char *s, *format;
	size_t i;

	s = ld_text(json_get(item, "url"));
	if (s == NULL)
		s = json_get_str(item, "mainEntityOfPage");
	if (s == NULL)
		s = json_get_str(json_get(item, "mainEntityOfPage"), "@id");
	if (s != NULL && strstr(s, "://") != NULL)
		entry_link(paper, s, strlen(s));
	for (i = 0; i < sizeof(media) / sizeof(media[0]); i++) {
		list = json_get(item, media[i]);
		for (e = ld_first(list); e != NULL; e = ld_next(list, e)) {
			format = json_get_str(e, "encodingFormat");
			if (format == NULL)
				format = json_get_str(e, "fileFormat");
			if (format != NULL && strstr(format, "pdf") != NULL)
				take(paper, "pdf", e, "contentUrl");
		}
	}
}

void
html_ld_take(struct html_page *page, struct json *paper, struct json *item)
{
	static const char *const loose[] = { "Article", "CreativeWork",
	    "TechArticle", NULL };
	const struct json *language = json_get(item, "inLanguage");
	const char *s;

	entry_str(paper, "title", ld_title(item));
	take_people(page, paper, "authors", json_get(item, json_get(item,
	    "author") != NULL ? "author" : "creator"));
	take_people(page, paper, "editors", json_get(item, "editor"));
	if ((s = ld_text(json_get(item, "abstract"))) != NULL)
		html_take_abstract(paper, s);
	else if (ld_type(item, loose) == NULL &&
	    (s = ld_text(json_get(item, "description"))) != NULL)
		html_take_abstract(paper, s);
	take_keywords(paper, json_get(item, "keywords"));
	if ((s = json_get_str(language, "alternateName")) == NULL)
		s = ld_text(language);
	entry_str(paper, "language", s);
	take(paper, "number", item, "issueNumber");
	take(paper, "volume", item, "volumeNumber");
	take_parts(page, paper, item);
	entry_str(paper, "type", ld_paper_type(item));
	take(paper, "date", item, "datePublished");
	take(paper, "date", item, "dateCreated");
	parts_pages(paper, ld_text(json_get(item, "pageStart")),
	    ld_text(json_get(item, "pageEnd")));
	take(paper, "pages", item, "pagination");
	take(paper, "publisher", item, "publisher");
	take_links(paper, item);
	ld_take_identifiers(paper, item);
	take(paper, "isbn", item, "isbn");
	take(paper, "issn", item, "issn");
}
