/* html_source - the sources that the html view tells of */
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/failure.h"
#include "lib/filter.h"
#include "lib/input.h"
#include "lib/json.h"
#include "lib/store.h"
#include "render/html.h"
#include "render/view.h"

static struct arena	 texts;
static uint32_t		*place;		/* in html.sources + 1, by number */
static size_t		 places;	/* numbers that fit into place */

/* The source of a number in the catalogue; a new one comes behind the others. */
static struct source *
source(uint32_t number)
{
	static size_t cap;
	size_t had = places;

	grow(&place, &places, (size_t)number + 1, sizeof(*place));
	memset(place + had, 0, (places - had) * sizeof(*place));
	if (place[number] == 0) {
		grow(&html.sources, &cap, html.nsources + 1,
		    sizeof(*html.sources));
		html.sources[html.nsources] = (struct source){
		    .name = html.catalogue->sources.v[number] };
		place[number] = (uint32_t)++html.nsources;
	}
	return &html.sources[place[number] - 1];
}

const struct source *
html_source_at(uint32_t number)
{
	return source(number);
}

const struct source *
html_source(const char *name)
{
	return source(intern(&html.catalogue->sources, name, strlen(name)));
}

static const char *
keep_text(const char *old, const struct json *document, const char *member)
{
	const char *s = json_get_str(document, member);

	return old != NULL || s == NULL ? old :
	    arena_strndup(&texts, s, strlen(s));
}

static bool
take_document(const struct json *document)
{
	const char *kind = json_get_str(document, "kind");
	const char *name = json_get_str(document, "source");
	const char *fetched = json_get_str(document, "fetched");
	struct source *s;

	if (kind == NULL || strcmp(kind, "document") != 0 || name == NULL)
		return false;
	s = source(intern(&html.catalogue->sources, name, strlen(name)));
	s->licence = keep_text(s->licence, document, "licence");
	s->homepage = keep_text(s->homepage, document, "homepage");
	/* dates sort as text */
	if (fetched != NULL && (s->fetched == NULL ||
	    strcmp(fetched, s->fetched) > 0))
		s->fetched = arena_strndup(&texts, fetched, strlen(fetched));
	return true;
}

static void
read_documents(const char *path)
{
	struct arena a = { 0 };
	struct input in;
	const char *line, *detail;
	enum reject_code code;
	struct json *v;
	uint64_t at, number;
	size_t n;
	int got;

	if (!input_open(&in, path))
		err(failure_status(errno, EX_NOINPUT), "%s", path);
	while ((got = input_line(&in, filter_max_record(), &line, &n, &at,
	    &number)) != 0) {
		arena_reset(&a);
		v = got == 1 ? json_parse(&a, line, n, &code, &detail) : NULL;
		if (v == NULL || !take_document(v))
			errx(EX_DATAERR, "%s:%llu: not a document of fetch",
			    path, (unsigned long long)number);
	}
	if (in.error != NULL)
		errx(EX_IOERR, "%s: %s", path, in.error);
	input_close(&in);
	arena_free(&a);
}

static int
compare_names(const void *a, const void *b)
{
	const char *const *names = html.catalogue->sources.v;

	return strcmp(names[*(const uint32_t *)a], names[*(const uint32_t *)b]);
}

/* Those that no document names come behind these, by name. */
static void
add_others(const struct catalogue *c)
{
	uint32_t *order = xcalloc(c->sources.n, sizeof(*order));
	uint32_t i, n = (uint32_t)c->sources.n;

	for (i = 0; i < n; i++)
		order[i] = i;
	sort_array(order, n, sizeof(*order), compare_names);
	for (i = 0; i < n; i++)
		source(order[i]);
	free(order);
}

void
html_sources(void)
{
	const struct catalogue *c = html.catalogue;
	const struct paper *p;
	size_t i;
	uint32_t k;

	if (settings.sources != NULL)
		read_documents(settings.sources);
	add_others(c);
	for (i = 0; i < store_count(c->papers); i++) {
		p = catalogue_paper(c, i);
		for (k = 0; p->shown && k < p->nsources; k++)
			source(c->source_of[p->first_source + k])->papers++;
	}
}
