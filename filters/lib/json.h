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
	size_t		 namelen;
	const char	*text;		/* string, or number as spelt */
	size_t		 len;
	struct json	*child;		/* first element or member */
	struct json	*last;
	struct json	*next;		/* in the same array or object */
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

/* The member, or NULL where o is NULL, no object, or has none. */
struct json	*json_member(const struct json *o, const char *name, size_t n);
static inline struct json *
json_get(const struct json *o, const char *name)
{
	return json_member(o, name, strlen(name));
}
/* The member where it is a string that is not empty, else NULL. */
const char	*json_get_str(const struct json *o, const char *name);
/* The first child of the member, if it is an array: for loops over ->next. */
struct json	*json_first(const struct json *o, const char *name);
/* How many siblings there are from the first one on, which may be NULL. */
size_t		 json_count(const struct json *first);
/* Whether that is the whole name of a member: one may hold NUL. */
bool		 json_name_is(const struct json *, const char *name);
/* The member as a whole number, or dflt. */
int64_t		 json_get_int(const struct json *o, const char *name,
		    int64_t dflt);
/* Replace or append; v is not copied.  name is copied.  v NULL: remove. */
void		 json_set(struct arena *, struct json *o, const char *name,
		    struct json *v);
/* Append a member without a look for one of the same name. */
void		 json_add(struct arena *, struct json *o, const char *name,
		    size_t namelen, struct json *v);
/* The same of a string, which is copied. */
void		 json_add_string(struct arena *, struct json *o,
		    const char *name, size_t namelen, const char *, size_t n);
void		 json_append(struct json *array, struct json *v);
/* Like json_add; name is not copied: it lasts as long as v, as literals do. */
static inline void
json_put(struct json *o, const char *name, struct json *v)
{
	v->name = name;
	v->namelen = strlen(name);
	json_append(o, v);
}
/* Take the members or elements for which keep says false out of v. */
void		 json_keep_if(struct json *v, bool (*keep)(struct json *));

bool		 json_is_empty(const struct json *);	/* null "" [] {} */

/* Compact spelling: no white space, non-ASCII as it is. */
void		 json_write(struct buf *, const struct json *);
void		 json_write_string(struct buf *, const char *, size_t);

#endif
