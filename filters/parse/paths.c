/* paths - the values of a JSON object that a map names */
#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "parse/format.h"
#include "parse/paths.h"

#define NO_ROW	SIZE_MAX

static struct path_place *
place_of(struct paths *p, const char *name, size_t n)
{
	uint32_t had = (uint32_t)p->names.n, i = intern(&p->names, name, n);

	if (i == had) {
		grow(&p->place, &p->cap, i + 1, sizeof(*p->place));
		p->place[i] = (struct path_place){ .row = NO_ROW };
	}
	return &p->place[i];
}

static void
add_row(struct paths *p, const char *from, const char *to, enum map_use use,
    const struct form *form)
{
	struct path_place *place;
	const char *dot = from;

	for (; (dot = strchr(dot, '.')) != NULL; dot++)
		place_of(p, from, (size_t)(dot - from))->opens = true;
	place = place_of(p, from, strlen(from));
	p->row[p->n] = (struct path_row){ .to = to, .use = use, .form = form,
	    .same = place->row };
	if (place->row == NO_ROW)
		place->row = p->n;
	p->n++;
}

void
paths_init(struct paths *p, const struct map *map)
{
	const char *const *own = entry_own_names();
	const struct map_row *r;
	size_t i, n = map != NULL ? map->n : 0;

	memset(p, 0, sizeof(*p));
	for (i = 0; own[i] != NULL; i++)
		n++;
	p->mapped = map != NULL ? map->n : 0;
	p->row = xcalloc(n, sizeof(*p->row));
	p->list[0] = map != NULL && map->list != NULL ? map->list : "papers";
	for (i = 0; map != NULL && i < map->n; i++) {
		r = &map->rows[i];
		add_row(p, r->from, r->to, r->use, form_is_set(&r->form) ?
		    &r->form : NULL);
	}
	for (; *own != NULL; own++)
		if (place_of(p, *own, strlen(*own))->row == NO_ROW)
			add_row(p, *own, *own, map_use(*own), NULL);
}

void
paths_free(struct paths *p)
{
	intern_free(&p->names);
	free(p->place);
	free(p->row);
}

/* A node of the same value that can stand in another list. */
static struct json *
alias(const struct json *v)
{
	struct json *a = json_object(entry_arena());

	*a = *v;
	a->next = NULL;
	return a;
}

static void
pad(struct path_row *row, size_t n)
{
	for (; row->n < n; row->n++)
		json_append(row->value, json_null(entry_arena()));
}

/* at: the element of the list around it, or -1 where there is none. */
static void
found(struct path_row *row, const struct json *v, long at)
{
	struct json *last, *first;

	if (at < 0) {
		if (row->value == NULL)
			row->value = alias(v);
		return;
	}
	if (row->value == NULL)
		row->value = json_array(entry_arena());
	pad(row, (size_t)at);
	last = row->value->last;
	if (row->n == (size_t)at) {
		json_append(row->value, alias(v));
		row->n++;
	} else if (last->type == JSON_ARRAY)
		json_append(last, alias(v));
	else {
		first = alias(last);
		last->type = JSON_ARRAY;
		last->child = last->last = NULL;
		json_append(last, first);
		json_append(last, alias(v));
	}
}

static const struct path_place *
find_place(const struct paths *p, const char *name, size_t n)
{
	uint32_t i = memchr(name, '\0', n) == NULL ?
	    intern_find(&p->names, name, n) : UINT32_MAX;

	return i != UINT32_MAX ? &p->place[i] : NULL;
}

/* The values inside of v, which is at path. */
static void
walk(struct paths *p, const struct json *v, const char *path, long at)
{
	const struct path_place *place;
	const struct json *m;
	struct buf b = { 0 };
	size_t from;
	long i = 0;

	if (v->type == JSON_ARRAY)
		for (m = v->child; m != NULL; m = m->next, i++)
			walk(p, m, path, at < 0 ? i : at);
	if (v->type != JSON_OBJECT)
		return;
	buf_addf(&b, "%s.", path);
	from = b.len;
	for (m = v->child; m != NULL; m = m->next) {
		b.len = from;
		buf_add(&b, m->name, m->namelen);
		if ((place = find_place(p, b.p, b.len)) == NULL)
			continue;
		if (place->row != NO_ROW)
			found(&p->row[place->row], m, at);
		if (place->opens)
			walk(p, m, b.p, at);
	}
	buf_free(&b);
}

/*
 * What is left of v, which is at path and into which paths go on, without what
 * has a row; NULL if nothing is.  The elements of a list keep their places.
 */
static struct json *
rest_of(const struct paths *p, const struct json *v, const char *path)
{
	struct json *rest, *left, *m;
	const struct path_place *place;
	struct buf b = { 0 };
	bool any = false;

	if (v->type != JSON_ARRAY && v->type != JSON_OBJECT)
		return json_is_empty(v) ? NULL : alias(v);
	rest = v->type == JSON_ARRAY ? json_array(entry_arena()) :
	    json_object(entry_arena());
	for (m = v->child; m != NULL; m = m->next) {
		buf_reset(&b);
		buf_adds(&b, path);
		if (v->type == JSON_OBJECT) {
			buf_addc(&b, '.');
			buf_add(&b, m->name, m->namelen);
		}
		place = v->type == JSON_OBJECT ? find_place(p, b.p, b.len) :
		    NULL;
		if (place != NULL && place->row != NO_ROW)
			continue;
		if (place != NULL || v->type == JSON_ARRAY)
			left = rest_of(p, m, b.p);
		else
			left = json_is_empty(m) ? NULL : alias(m);
		any = any || left != NULL;
		if (left == NULL && v->type == JSON_ARRAY)
			left = json_object(entry_arena());
		if (left == NULL)
			continue;
		json_name(left, m->name, m->namelen);
		json_append(rest, left);
	}
	buf_free(&b);
	return any ? rest : NULL;
}

/* Keep what is beside the paths into a member at the top. */
static void
keep_rest(struct paths *p, const struct json *m)
{
	struct json *left = rest_of(p, m, m->name);
	struct buf b = { 0 };

	if (left == NULL)
		return;
	/* no text of ours, which it would be by its name */
	buf_addf(&b, "%s%s", entry_own(m->name, m->namelen) != NULL ?
	    "json_" : "", m->name);
	json_add(entry_arena(), p->rest, b.p, b.len, left);
	buf_free(&b);
}

/* The row of the i-th name, if that is inside of the path; else NULL. */
static struct path_row *
row_inside(const struct paths *p, size_t i, const char *path)
{
	size_t n = strlen(path);

	return p->place[i].row != NO_ROW &&
	    strncmp(p->names.v[i], path, n) == 0 && p->names.v[i][n] == '.' ?
	    &p->row[p->place[i].row] : NULL;
}

static bool
any_inside(const struct paths *p, const char *path)
{
	const struct path_row *row;
	size_t i;

	for (i = 0; i < p->names.n; i++)
		if ((row = row_inside(p, i, path)) != NULL &&
		    row->value != NULL)
			return true;
	return false;
}

/* Make the lists of what is inside of v, a list, as long as v. */
static void
fill(struct paths *p, const struct json *v, const char *path)
{
	size_t i, length = json_count(v->child);
	struct path_row *row;

	for (i = 0; i < p->names.n; i++)
		if ((row = row_inside(p, i, path)) != NULL && row->n > 0)
			pad(row, length);
}

void
paths_read(struct paths *p, const struct json *object)
{
	const struct path_place *place;
	const struct json *m;
	const char *own;
	size_t i;

	for (i = 0; i < p->n; i++) {
		p->row[i].value = NULL;
		p->row[i].n = 0;
	}
	p->rest = json_object(entry_arena());
	for (m = object->child; m != NULL; m = m->next) {
		place = find_place(p, m->name, m->namelen);
		if (place == NULL && (own = entry_own(m->name, m->namelen)) !=
		    NULL)
			place = find_place(p, own, strlen(own));
		if (place == NULL) {
			json_append(p->rest, alias(m));
			continue;
		}
		if (place->opens)
			walk(p, m, m->name, -1);
		if (place->opens && m->type == JSON_ARRAY)
			fill(p, m, m->name);
		if (place->row == NO_ROW || (place->row >= p->mapped &&
		    place->opens && any_inside(p, m->name)))
			keep_rest(p, m);
		else if (p->row[place->row].value == NULL)
			found(&p->row[place->row], m, -1);
		else
			/* "Title" beside "title" */
			json_append(p->rest, alias(m));
	}
	for (i = 0; i < p->n; i++)
		if (p->row[i].same != NO_ROW &&
		    p->row[p->row[i].same].value != NULL)
			p->row[i].value = alias(p->row[p->row[i].same].value);
}
