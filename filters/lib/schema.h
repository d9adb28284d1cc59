/* schema - member order and types, as the JSON Schemas in schemas/ give them */
#ifndef SCHEMA_H
#define SCHEMA_H

#include <stdbool.h>

struct arena;
struct buf;
struct json;
struct schema;

/*
 * The schema of schemas/NAME.json.  Of draft 2020-12 these keywords are read:
 * $ref, $defs, type, enum, pattern (as a POSIX extended expression), required,
 * properties, additionalProperties as a schema, items, and minLength, minItems
 * and minProperties as "not empty".  Loaded once, never freed.
 */
const struct schema	*schema_load(const char *name);

/*
 * Write an object with the known members in the schema's order, at every
 * depth, the unknown ones behind them as they stand.
 */
void	 schema_write(struct buf *, const struct schema *, const struct json *);

/* Whether its members stand in the order in which schema_write writes them. */
bool	 schema_is_ordered(const struct schema *, const struct json *);

/*
 * The first value, at any depth, that the schema does not allow, by its
 * nearest name, or NULL: all is well.
 */
const struct json	*schema_check(const struct schema *,
			    const struct json *);

/*
 * Take those members and elements out; tell of each one taken that was not
 * empty.  The object at the top is not taken for what it lacks.
 */
void	 schema_mend(const struct schema *, struct json *,
	    void (*tell)(const char *name, const struct json *));
/* The same of the object's members, of which it knows that inside all is well. */
void	 schema_mend_members(const struct schema *, struct json *,
	    void (*tell)(const char *name, const struct json *));

#endif
