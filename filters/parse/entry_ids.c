/* entry_ids - the identifiers of an entry, by what they look like or are called */
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/identifier.h"
#include "lib/json.h"
#include "lib/text.h"
#include "lib/words.h"
#include "parse/format.h"

#define LOOKED	64	/* ISSN of a paper: hostile lists are longer */

/* Whether two spellings of one member are of the same identifier. */
static bool
is_same(const char *a, const char *b, size_t n)
{
	struct identifier id;

	if (identifier_is(&id, a, strlen(a)))
		return id.n == n && strncasecmp(id.s, b, n) == 0;
	return strlen(a) == n && strncasecmp(a, b, n) == 0;
}

/* Registries whose identifiers are members of their own. */
static bool
is_member(const char *registry)
{
	static const char *const members[] = { "arxiv", "doi", "isbn", "issn",
	    "orcid", NULL };

	return words_have(members, registry);
}

/* Numbers of PubMed Central that lack their letters. */
static const char *
with_letters(const char *s, size_t *n)
{
	struct buf b = { 0 };

	if (*n == 0 || *s < '0' || *s > '9')
		return s;
	buf_adds(&b, "PMC");
	buf_add(&b, s, *n);
	s = arena_strndup(entry_arena(), b.p, *n = b.len);
	buf_free(&b);
	return s;
}

void
entry_id(struct json *paper, const char *registry, const char *s, size_t n)
{
	struct json *ids = json_get(paper, "ids");
	struct identifier id;

	text_trim(&s, &n);
	if (n == 0)
		return;
	/* "WOS:000076557300010" in a column for those */
	if (identifier_is(&id, s, n) && strcmp(id.registry, registry) == 0) {
		s = id.s;
		n = id.n;
	}
	if (ids == NULL) {
		ids = json_object(entry_arena());
		json_set(entry_arena(), paper, "ids", ids);
	}
	if (strcmp(registry, "pmcid") == 0)
		s = with_letters(s, &n);
	entry_text(ids, registry, s, n);
}

/* A journal has one for each form that it comes in. */
static void
add_issn(struct json *paper, const char *s, size_t n)
{
	const char *have = json_get_str(paper, "issn");
	const struct json *v;
	size_t looked;

	if (have != NULL && is_same(have, s, n))
		return;
	for (v = json_first(paper, "issn"), looked = 0; v != NULL &&
	    looked < LOOKED; v = v->next, looked++)
		if (v->type == JSON_STRING && is_same(v->text, s, n))
			return;
	entry_foreign_again(paper, "", "issn", strlen("issn"), s, n);
}

/* False: another one is there. */
static bool
set(struct json *paper, const char *registry, const char *s, size_t n)
{
	bool own = is_member(registry);
	const char *have = json_get_str(own ? paper : json_get(paper, "ids"),
	    registry);

	if (strcmp(registry, "issn") == 0)
		add_issn(paper, s, n);
	else if (have != NULL)
		return is_same(have, s, n);
	else if (own)
		entry_text(paper, registry, s, n);
	else
		entry_id(paper, registry, s, n);
	return true;
}

bool
entry_known_id(struct json *paper, const char *s, size_t n)
{
	struct identifier id;

	return identifier_is(&id, s, n) &&
	    set(paper, id.registry, id.s, id.n);
}

bool
entry_typed_id(struct json *paper, const char *type, const char *s, size_t n)
{
	const char *registry = identifier_registry(type, strlen(type));
	struct identifier id;

	if (registry == NULL)
		return false;
	text_trim(&s, &n);
	if (strcmp(registry, "pmcid") == 0) {
		s = with_letters(s, &n);
		/* "pmc-id: PMC6286148;" */
		if (!identifier_is(&id, s, n))
			return false;
	}
	return n == 0 || set(paper, registry, s, n);
}

void
entry_issn(struct json *paper, const char *s)
{
	entry_typed_id(paper, "issn", s, strlen(s));
}

/* Append a piece of a field, without what parted it from others. */
static void
join(struct buf *b, const char *s, const char *end)
{
	while (end > s && strchr(" \t\n;,(", end[-1]) != NULL)
		end--;
	if (b->len > 0 && end > s)
		buf_adds(b, "; ");
	buf_add(b, s, (size_t)(end - s));
}

bool
entry_serials(struct json *paper, const char *s, size_t n)
{
	static const char *const members[] = { "isbn", "issn" };
	const char *end = s + n, *p = s, *from = s;
	struct buf b[2] = { { 0 }, { 0 } };
	struct identifier id;
	bool is_issn = false, found = false;
	size_t i;

	/* each number with what is around it, up to the next one */
	for (; identifier_serial(&id, &p, end); found = true) {
		if (found) {
			join(&b[is_issn], from, id.from);
			from = id.from;
		}
		is_issn = strcmp(id.registry, "issn") == 0;
	}
	if (found && b[!is_issn].len == 0)
		entry_text(paper, members[is_issn], s, n);
	else if (found) {
		join(&b[is_issn], from, end);
		for (i = 0; i < 2; i++)
			entry_text(paper, members[i], b[i].p, b[i].len);
	}
	buf_free(&b[0]);
	buf_free(&b[1]);
	return found;
}
