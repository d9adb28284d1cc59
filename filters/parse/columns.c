/* columns - what the columns of rows become */
#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/text.h"
#include "parse/columns.h"
#include "parse/format.h"

#define NAMES	1024		/* bytes of names in a message */

static struct column *
add(struct columns *c, size_t field, const char *to, enum map_use use)
{
	size_t had = c->members.n;
	uint32_t member = intern(&c->members, to, strlen(to));
	struct column *col;

	grow(&c->v, &c->cap, c->n + 1, sizeof(*c->v));
	col = &c->v[c->n++];
	*col = (struct column){ .field = field, .use = use,
	    .to = c->members.v[member], .repeats = member < had };
	c->title = c->title || strcmp(to, "title") == 0;
	return col;
}

/* By the map: of several for one member the first that has a value counts. */
static void
add_mapped(struct columns *c, size_t field, const struct map_row *r)
{
	struct column *col;

	if (r->use == MAP_LEFT_OUT)
		return;
	col = add(c, field, r->to, r->use);
	col->form = r->form;
	col->repeats = false;
	c->known++;
	c->beside = c->beside || r->use == MAP_BESIDE_PEOPLE ||
	    r->form.open != '\0';
}

/* Names of foreign members are made here, once for all rows. */
static const char *
foreign(const struct row_field *name)
{
	const char *s = entry_foreign_name("csv", name->s, name->len);

	return s != NULL ? xstrdup(s) : NULL;
}

static void
add_foreign(struct columns *c, size_t field, const struct row_field *name)
{
	const char *to = entry_foreign_name("csv", name->s, name->len);

	if (to == NULL)
		return;
	add(c, field, to, MAP_FOREIGN);
	if (c->foreign.len < NAMES)
		buf_addf(&c->foreign, "%s%s", c->foreign.len > 0 ? ", " : "",
		    to);
	else if (c->foreign.p[c->foreign.len - 1] != '.')
		buf_adds(&c->foreign, ", ...");
}

static bool
is_name(const struct row_field *f, const char *name)
{
	return f->len == strlen(name) && memcmp(f->s, name, f->len) == 0;
}

/* The name in the header, or one made where it has none. */
static struct row_field
name_of(const struct row_field *f, size_t i)
{
	struct row_field name = *f;
	struct buf b = { 0 };

	text_trim(&name.s, &name.len);
	if (name.len > 0)
		return name;
	buf_addf(&b, "column_%zu", i + 1);
	name.s = arena_strndup(entry_arena(), b.p, b.len);
	name.len = b.len;
	buf_free(&b);
	return name;
}

void
columns_read(struct columns *c, const struct map *map,
    const struct row_field *f, size_t n)
{
	struct row_field *name = xcalloc(n, sizeof(*name));
	bool *told = xcalloc(n, sizeof(*told));
	const struct map_row *r;
	const char *own;
	size_t i, j;

	for (i = 0; i < n; i++)
		name[i] = name_of(&f[i], i);
	for (j = 0; map != NULL && j < map->n; j++)
		for (i = 0; i < n; i++)
			if (is_name(&name[i], map->rows[j].from)) {
				told[i] = true;
				add_mapped(c, i, &map->rows[j]);
			}
	for (i = 0; i < n; i++)
		if (!told[i] && (own = entry_own(name[i].s, name[i].len)) !=
		    NULL) {
			told[i] = true;
			add(c, i, own, map_use(own));
			c->known++;
		}
	for (i = 0; i < n; i++) {
		if (told[i])
			continue;
		if ((r = map_general(name[i].s, name[i].len)) == NULL) {
			add_foreign(c, i, &name[i]);
			continue;
		}
		add(c, i, r->to, r->use)->other = foreign(&name[i]);
		c->known++;
	}
	free(name);
	free(told);
}

void
columns_free(struct columns *c)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		free((void *)(uintptr_t)c->v[i].other);
	intern_free(&c->members);
	free(c->v);
	buf_free(&c->foreign);
	*c = (struct columns){ 0 };
}
