/* store - records of a stream, by id or key, with their text in a spill file */
#define XXH_INLINE_ALL
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <xxhash.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/spill.h"
#include "lib/store.h"

struct store {
	struct arena	 ids;
	struct spill	*spill;
	struct stored	*v;
	size_t		 n;
	size_t		 cap;
	struct buf	 line;
};

struct store *
store_new(const char *tmpdir)
{
	struct store *s = xcalloc(1, sizeof(*s));

	s->spill = spill_new(tmpdir);
	return s;
}

void
store_add(struct store *s, const struct record *r, const char *id,
    uint32_t user)
{
	const struct where *w = filter_where();
	struct stored *p;

	grow(&s->v, &s->cap, s->n + 1, sizeof(*s->v));
	p = &s->v[s->n++];
	p->id = arena_strndup(&s->ids, id, strlen(id));
	p->at = spill_add(s->spill, r->line, r->len);
	p->len = (uint32_t)r->len;
	p->hash = XXH3_64bits(r->line, r->len);
	p->line = w->line;
	p->offset = w->offset;
	p->file = w->file;
	p->user = user;
	p->verbatim = filter_is_verbatim(r);
}

static int
compare(const void *a, const void *b)
{
	const struct stored *x = a, *y = b;
	int c = strcmp(x->id, y->id);

	return c != 0 ? c : (x->hash > y->hash) - (x->hash < y->hash);
}

void
store_reject(struct store *s, const struct stored *p, enum reject_code code,
    const char *got)
{
	struct where w = { .file = p->file, .line = p->line,
	    .offset = p->offset, .len = p->len };

	spill_get(s->spill, p->at, p->len, &s->line);
	w.input = s->line.p;
	filter_back(&w);
	filter_reject(code, "id", got, strlen(got), "%s", got);
}

void
store_sort(struct store *s, void (*dropped)(uint32_t))
{
	size_t i, n = 0;

	sort_array(s->v, s->n, sizeof(*s->v), compare);
	for (i = 0; i < s->n; i++) {
		if (n > 0 && strcmp(s->v[n - 1].id, s->v[i].id) == 0) {
			store_reject(s, &s->v[i], REJECT_DUPLICATE_ID,
			    s->v[i].id);
			if (dropped != NULL)
				dropped(s->v[i].user);
		} else
			s->v[n++] = s->v[i];
	}
	s->n = n;
	spill_flush(s->spill);
}

size_t
store_count(const struct store *s)
{
	return s->n;
}

const struct stored *
store_at(const struct store *s, size_t i)
{
	return &s->v[i];
}

static int
compare_id(const void *key, const void *elem)
{
	return strcmp(key, ((const struct stored *)elem)->id);
}

const struct stored *
store_find(const struct store *s, const char *id)
{
	return s->n == 0 ? NULL : bsearch(id, s->v, s->n, sizeof(*s->v),
	    compare_id);
}

struct json *
store_read(struct store *s, const struct stored *p, struct arena *a)
{
	enum reject_code code;
	const char *detail;
	struct json *v;

	spill_get(s->spill, p->at, p->len, &s->line);
	v = json_parse(a, s->line.p, s->line.len, &code, &detail);
	if (v == NULL)
		errx(EX_SOFTWARE, "spill file: %s", detail);
	return v;
}

void
store_emit(struct store *s, const struct stored *p)
{
	static struct arena arena;

	if (p->verbatim) {
		spill_get(s->spill, p->at, p->len, &s->line);
		filter_emit_text(s->line.p, s->line.len);
		return;
	}
	arena_reset(&arena);
	filter_emit(store_read(s, p, &arena));
}

void
store_free(struct store *s)
{
	arena_free(&s->ids);
	spill_free(s->spill);
	buf_free(&s->line);
	free(s->v);
	free(s);
}
