/* json - one JSON value as a tree in an arena */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "lib/reject.h"

struct arena;
struct buf;

enum json_type {
	JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_STRING,
	JSON_ARRAY, JSON_OBJECT
};

/*
 * Trees live in the arena they were made in.  Strings are valid UTF-8, may
 * hold NUL, and have a NUL behind them; numbers keep their spelling.
 */
struct json {
	enum json_type	 type;
	bool		 compact;	/* see json_parse */
	const char	*name;		/* of a member of an object, else NULL */
	uint32_t	 namelen;
	uint32_t	 look;		/* of the name, see json_look */
	const char	*text;		/* string, or number as spelt */
	size_t		 len;
	struct json	*child;		/* first element or member */
	struct json	*last;
	struct json	*next;		/* in the same array or object */
	uint64_t	 names;		/* bits of its members, see json_bit */
};

#define JSON_MAX_DEPTH	128

/*
 * Parse one whole JSON text (RFC 8259; duplicate member names, lone
 * surrogates and a depth over JSON_MAX_DEPTH are refused).  Returns NULL,
 * why in *code, and a message in *detail (static or in the arena).  The value
 * returned is compact where json_write would write the text as it was read.
 */
struct json	*json_parse(struct arena *, const char *, size_t,
		    enum reject_code *code, const char **detail);

struct json	*json_object(struct arena *);
struct json	*json_array(struct arena *);
struct json	*json_string(struct arena *, const char *, size_t);
struct json	*json_str(struct arena *, const char *);
struct json	*json_int(struct arena *, int64_t);
/* A number as it is spelt, which is copied. */
struct json	*json_number(struct arena *, const char *);
struct json	*json_true(struct arena *);
struct json	*json_null(struct arena *);
/* A copy of the whole tree in another arena. */
struct json	*json_copy(struct arena *, const struct json *);

/* The bytes of a name that is short, else those at both ends. */
struct json_ends {
	uint64_t	first, last;
};
static inline struct json_ends
json_ends(const char *s, size_t n)
{
	struct json_ends e = { 0, 0 };

	if (n >= 8) {
		memcpy(&e.first, s, 8);
		memcpy(&e.last, s + n - 8, 8);
	} else if (n >= 4) {
		memcpy(&e.first, s, 4);
		memcpy(&e.last, s + n - 4, 4);
	} else if (n > 0)
		e.first = (uint64_t)(unsigned char)s[0] << 16 |
		    (uint64_t)(unsigned char)s[n / 2] << 8 |
		    (unsigned char)s[n - 1];
	return e;
}
/*
 * A number that few names share: names are compared where it is the same.  The
 * compiler knows that of a literal.
 */
static inline uint32_t
json_look(const char *name, size_t n)
{
	struct json_ends e = json_ends(name, n);
	uint64_t h = e.first ^ e.last << 9 ^ e.last >> 27 ^ n;

	return (uint32_t)(h * 0x9e3779b97f4a7c15 >> 32);
}
/* The bit that the object of a member with that look has set. */
static inline uint64_t
json_bit(uint32_t look)
{
	return (uint64_t)1 << look % 64;
}
/* Whether that is the whole name of a member: one may hold NUL. */
static inline bool
json_is_named(const struct json *m, const char *name, size_t n, uint32_t look)
{
	struct json_ends e, f;

	if (m->look != look || m->namelen != n)
		return false;
	/* a call of memcmp would take longer */
	e = json_ends(m->name, n);
	f = json_ends(name, n);
	return e.first == f.first && e.last == f.last &&
	    (n <= 16 || memcmp(m->name, name, n) == 0);
}
static inline bool
json_name_is(const struct json *m, const char *name)
{
	size_t n = strlen(name);

	return json_is_named(m, name, n, json_look(name, n));
}
struct json	*json_find(const struct json *o, const char *name, size_t n,
		    uint32_t look);
/* The member, or NULL where o is NULL, no object, or has none. */
static inline struct json *
json_member(const struct json *o, const char *name, size_t n)
{
	uint32_t look = json_look(name, n);

	return o != NULL && (o->names & json_bit(look)) != 0 ?
	    json_find(o, name, n, look) : NULL;
}
static inline struct json *
json_get(const struct json *o, const char *name)
{
	return json_member(o, name, strlen(name));
}
/* The member where it is a string that is not empty, else NULL. */
static inline const char *
json_get_str(const struct json *o, const char *name)
{
	const struct json *m = json_get(o, name);

	return m != NULL && m->type == JSON_STRING && m->len > 0 ? m->text :
	    NULL;
}
/* The first child of the member, if it is an array: for loops over ->next. */
static inline struct json *
json_first(const struct json *o, const char *name)
{
	const struct json *m = json_get(o, name);

	return m != NULL && m->type == JSON_ARRAY ? m->child : NULL;
}
/* How many siblings there are from the first one on, which may be NULL. */
size_t		 json_count(const struct json *first);
/* The member as a whole number, or dflt. */
int64_t		 json_get_int(const struct json *o, const char *name,
		    int64_t dflt);
/* Let it be the name, which is not copied, of what is to be a member. */
static inline void
json_name(struct json *v, const char *name, size_t n)
{
	v->name = name;
	v->namelen = (uint32_t)n;
	v->look = json_look(name, n);
}
/* Replace or append; v is not copied.  name is copied.  v NULL: remove. */
void		 json_set(struct arena *, struct json *o, const char *name,
		    struct json *v);
/* Append a member without a look for one of the same name. */
void		 json_add(struct arena *, struct json *o, const char *name,
		    size_t namelen, struct json *v);
/* The same of a string, which is copied. */
void		 json_add_string(struct arena *, struct json *o,
		    const char *name, size_t namelen, const char *, size_t n);
static inline void
json_append(struct json *array, struct json *v)
{
	v->next = NULL;
	if (array->last == NULL)
		array->child = v;
	else
		array->last->next = v;
	array->last = v;
	if (v->name != NULL)
		array->names |= json_bit(v->look);
}
/* Like json_add; name is not copied: it lasts as long as v, as literals do. */
static inline void
json_put(struct json *o, const char *name, struct json *v)
{
	json_name(v, name, strlen(name));
	json_append(o, v);
}
/* Take the members or elements for which keep says false out of v. */
void		 json_keep_if(struct json *v, bool (*keep)(struct json *));

static inline bool
json_is_empty(const struct json *v)	/* null "" [] {} */
{
	return v->type == JSON_STRING ? v->len == 0 :
	    v->type == JSON_ARRAY || v->type == JSON_OBJECT ?
	    v->child == NULL : v->type == JSON_NULL;
}

/* Compact spelling: no white space, non-ASCII as it is. */
void		 json_write(struct buf *, const struct json *);
void		 json_write_string(struct buf *, const char *, size_t);

#endif
