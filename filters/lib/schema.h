/* schema - member order and types, as the JSON Schemas in schemas/ give them */
#ifndef SCHEMA_H
#define SCHEMA_H

#include <stdbool.h>

struct arena;
struct buf;
struct json;
struct schema;

/*
 * The schema of schemas/NAME.json (draft 2020-12; of its keywords $ref,
 * $defs, type, properties and items are read).  Loaded once, never freed.
 */
const struct schema	*schema_load(const char *name);

/*
 * Write an object with the known members in the schema's order, at every
 * depth, the unknown ones behind them as they stand.
 */
void	 schema_write(struct buf *, const struct schema *, const struct json *);

/*
 * The first member, at any depth, whose type is not one that the schema
 * allows, or NULL.
 */
const struct json	*schema_check(const struct schema *,
			    const struct json *);

/*
 * Take those members out, and elements of lists likewise; tell of each one
 * taken.  An object itself is never taken for what it lacks.
 */
void	 schema_mend(const struct schema *, struct json *,
	    void (*tell)(const struct json *));

#endif
