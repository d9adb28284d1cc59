/* schema_parts - what a schema is, to those that read, write and check by it */
#ifndef SCHEMA_PARTS_H
#define SCHEMA_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/buf.h"
#include "lib/json.h"

#define TYPE(t)	(1u << (t))
#define INTEGER	(1u << 31)	/* beside the bits of enum json_type */

struct property {
	const char		*name;
	size_t			 namelen;
	uint32_t		 look;
	struct buf		 written;	/* the name with quotes and colon */
	struct schema		*schema;
	uint8_t			 next;		/* in the same place, see schema_find */
};

#define LAST		63		/* bit, for all places behind it too */
#define GUESSES		16
#define PLACES		64
#define MAX_KNOWN	64		/* members of one schema */

struct pattern {
	const char		*text;
	char			 last[128];	/* text that matched */
};

struct schema {
	unsigned		 types;		/* TYPE() bits, 0: any */
	unsigned		 plain;		/* those with no more rules */
	bool			 not_empty;
	const struct json	*values;	/* of enum */
	struct pattern		*pattern;
	struct schema		*additional;	/* members not in property */
	struct property		*property;
	size_t			 nproperty;
	uint64_t		 required;	/* bits of the properties */
	size_t			 cap;
	uint8_t			 first[PLACES];	/* property + 1 by look */
	uint8_t			*guess;		/* GUESSES of them, see schema_expect */
	struct schema		*items;
};

static inline bool
schema_is_named(const struct json *m, const struct property *p)
{
	return json_is_named(m, p->name, p->namelen, p->look);
}

/* The property of a member, or NULL. */
struct property	*schema_find(const struct schema *, const struct json *);
/* The same of the member number i, which is the guess for the next record. */
struct property	*schema_find_anew(const struct schema *, size_t i,
		    const struct json *);

/*
 * Records of one source have the same members in the same order: it is mostly
 * what it was in the last one.
 */
static inline struct property *
schema_expect(const struct schema *s, size_t i, const struct json *m)
{
	struct property *p = &s->property[i < GUESSES ? s->guess[i] : 0];

	return schema_is_named(m, p) ? p : schema_find_anew(s, i, m);
}

#endif
