/* gate - groups of papers that lost more than they may */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "audit/audit.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"

#define SMALL	50		/* a group of less may lose any */
#define TOLD	20		/* groups in messages */
#define WHOLE	1000000		/* shares are in parts of a million */

static double	 percent = 2;

void
gate_option(const char *value)
{
	size_t n = strspn(value, "0123456789.");
	char *end;

	percent = strtod(value, &end);
	if (n == 0 || *value == '.' || end != value + n || percent > 100 ||
	    strcmp(end + (*end == '%'), "") != 0)
		filter_usage("--max-loss: not a percentage that can be: %s",
		    value);
}

struct loss {
	uint32_t	 before, now;
	const char	*kind;		/* n bytes, a tab, and the name */
	size_t		 n;
	const char	*name;
};

static bool
is_of(const struct loss *l, const char *kind)
{
	return l->n == strlen(kind) && strncmp(l->kind, kind, l->n) == 0;
}

/* Of a source that vanished every record counts. */
static bool
is_loss(const struct loss *l)
{
	uint64_t bound = (uint64_t)(percent * WHOLE / 100 + 0.5);
	bool vanished = l->now == 0 && is_of(l, "source");

	return l->now < l->before && (l->before >= SMALL || vanished) &&
	    (uint64_t)(l->before - l->now) * WHOLE > bound * l->before;
}

/*
 * The larger share first, then the larger group; names, which are many, behind
 * all others.
 */
static int
compare(const void *a, const void *b)
{
	const struct loss *x = a, *y = b;
	int names = is_of(x, "name") - is_of(y, "name");
	uint64_t kept = (uint64_t)x->now * y->before;
	uint64_t other = (uint64_t)y->now * x->before;

	if (names != 0)
		return names;
	if (kept != other)
		return kept < other ? -1 : 1;
	if (x->before != y->before)
		return x->before > y->before ? -1 : 1;
	return strcmp(x->kind, y->kind);
}

static void
write_loss(const struct loss *l)
{
	static struct arena arena;
	struct json *r;

	arena_reset(&arena);
	r = json_object(&arena);
	json_set(&arena, r, "kind", json_str(&arena, "loss"));
	json_set(&arena, r, "group", json_string(&arena, l->kind, l->n));
	json_set(&arena, r, "name", json_str(&arena, l->name));
	json_set(&arena, r, "before", json_int(&arena, l->before));
	json_set(&arena, r, "now", json_int(&arena, l->now));
	filter_make(r);
}

static void
tell_losses(const struct loss *v, size_t n)
{
	size_t i;

	for (i = 0; i < n && i < TOLD; i++)
		filter_warn(EX_DATAERR, "%.*s %s: %u -> %u, %.3g %% lost, "
		    "over %g %%", (int)v[i].n, v[i].kind, v[i].name,
		    v[i].before, v[i].now, 100.0 *
		    (v[i].before - v[i].now) / v[i].before, percent);
	if (n > TOLD)
		filter_warn(EX_DATAERR, "%zu more lost over %g %%", n - TOLD,
		    percent);
}

void
gate_judge(void)
{
	struct loss *v = NULL, l;
	size_t n = 0, cap = 0, i;

	for (i = 0; i < groups_number(); i++) {
		l.name = groups_name((uint32_t)i, &l.kind, &l.n);
		l.before = groups_held((uint32_t)i, BEFORE);
		l.now = groups_held((uint32_t)i, NOW);
		if (!is_loss(&l))
			continue;
		grow(&v, &cap, n + 1, sizeof(*v));
		v[n++] = l;
	}
	sort_array(v, n, sizeof(*v), compare);
	for (i = 0; i < n; i++)
		write_loss(&v[i]);
	tell_losses(v, n);
	free(v);
}
