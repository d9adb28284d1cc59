/* entry_foreign - members of an entry whose names are not ours */
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/text.h"
#include "lib/utf8.h"
#include "parse/entry_parts.h"
#include "parse/format.h"

#define FOREIGN	4096	/* in an object: hostile ones have more */

/* How many there are so far: of the paper, and of another object. */
static struct count {
	const struct json	*object;
	size_t			 n;
} of_paper, of_other;

void
entry_foreign_begin(const struct json *paper)
{
	of_paper = (struct count){ paper, 0 };
	of_other = (struct count){ NULL, 0 };
}

/* Ours, but no text: a foreign column of that name means something else. */
static bool
is_reserved(const char *name)
{
	static const char *const reserved[] = { "kind", "id", "sources", "authors",
	    "editors", "et_al", "ids", "keywords", "versions", "version_of" };
	size_t i;

	for (i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++)
		if (strcmp(reserved[i], name) == 0)
			return true;
	return false;
}

const char *
entry_foreign_name(const char *format, const char *name, size_t n)
{
	struct buf b = { 0 };

	if (!utf8_valid(name, n) || memchr(name, '\0', n) != NULL) {
		filter_note(REJECT_DROPPED_VALUE, NULL, name, n,
		    "no name for a member");
		return NULL;
	}
	name = arena_strndup(entry_arena(), name, n);
	if (!is_reserved(name))
		return name;
	buf_addf(&b, "%s_%s", format, name);
	name = arena_strndup(entry_arena(), b.p, b.len);
	buf_free(&b);
	return name;
}

/* Each is looked up among those before it. */
static bool
has_room(const struct json *o, const char *name, size_t namelen)
{
	struct count *c = o == of_paper.object ? &of_paper : &of_other;

	if (c->object != o)
		*c = (struct count){ o, 0 };
	if (c->n == FOREIGN)
		filter_note(REJECT_DROPPED_VALUE, NULL, name, namelen,
		    "behind %d foreign fields", FOREIGN);
	return c->n++ < FOREIGN;
}

void
entry_foreign(struct json *o, const char *format, const char *name,
    size_t namelen, const char *s, size_t n)
{
	if (has_room(o, name, namelen) &&
	    (name = entry_foreign_name(format, name, namelen)) != NULL)
		entry_text(o, name, s, n);
}

void
entry_foreign_utf8(struct json *o, const char *name, const char *s, size_t n)
{
	if (has_room(o, name, strlen(name)))
		entry_utf8(o, name, s, n);
}

void
entry_foreign_again(struct json *o, const char *format, const char *name,
    size_t namelen, const char *s, size_t n)
{
	struct json *had, *list;

	text_trim(&s, &n);
	if (n == 0 ||
	    (name = entry_foreign_name(format, name, namelen)) == NULL)
		return;
	had = json_get(o, name);
	if (had == NULL || entry_own(name, strlen(name)) != NULL) {
		if (had == NULL && has_room(o, name, namelen))
			entry_text(o, name, s, n);
		return;
	}
	if (had->type != JSON_ARRAY) {
		list = json_array(entry_arena());
		json_set(entry_arena(), o, name, list);
		had->name = NULL;
		json_append(list, had);
	}
	entry_append(o, name, s, n);
}

/* Whether another member may have been given the name by entry_foreign_name. */
static bool
may_be_taken(const char *format, const char *name)
{
	size_t n = strlen(format);

	return strncmp(name, format, n) == 0 && name[n] == '_' &&
	    is_reserved(name + n + 1);
}

void
entry_foreign_members(struct json *o, const char *format, struct json *rest)
{
	struct json *more = json_object(entry_arena()), *m, *next;
	const char *name, *s;
	size_t n;

	for (m = rest->child; m != NULL; m = next) {
		next = m->next;
		if (json_is_empty(m))
			continue;
		if (!has_room(o, m->name, m->namelen) || (name =
		    entry_foreign_name(format, m->name, m->namelen)) == NULL)
			continue;
		if (json_get(o, name) != NULL ||
		    (may_be_taken(format, name) && json_get(more, name) != NULL)) {
			filter_dropped(name, m,
			    "there is a member of this name");
			continue;
		}
		if (m->type == JSON_STRING) {
			s = m->text;
			n = m->len;
			text_trim(&s, &n);
			if (n == 0)
				continue;
			if (n < m->len)
				m = json_string(entry_arena(), s, n);
		}
		json_add(entry_arena(), more, name, strlen(name), m);
	}
	for (m = more->child; m != NULL; m = next) {
		next = m->next;
		json_append(o, m);
	}
}
