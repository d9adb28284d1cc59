/* mustache-driver - render cases: {template, partials, data} a line */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/mustache.h"

/* The template is the partial that has no name. */
static const char *
load(const char *name, size_t *len, void *ctx)
{
	const struct json *test = ctx, *v;

	if (*name == '\0')
		v = json_get(test, "template");
	else
		v = json_get(json_get(test, "partials"), name);
	if (v == NULL || v->type != JSON_STRING)
		return NULL;
	*len = v->len;
	return v->text;
}

int
main(void)
{
	struct arena a = { 0 };
	struct buf b = { 0 }, out = { 0 };
	enum reject_code code;
	const struct mustache *m;
	const char *detail;
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;

	while ((n = getline(&line, &cap, stdin)) > 0) {
		struct json *test = json_parse(&a, line, (size_t)n, &code,
		    &detail);
		struct mustache_set *set = mustache_set_new(load, test);

		if (test == NULL)
			errx(EX_DATAERR, "%s", detail);
		if ((m = mustache_get(set, "")) == NULL)
			errx(EX_DATAERR, "a case without a template");
		buf_reset(&b);
		buf_reset(&out);
		mustache_render(&b, m, json_get(test, "data"));
		json_write_string(&out, b.p, b.len);
		puts(out.p);
		mustache_set_free(set);
		arena_reset(&a);
	}
	if (ferror(stdin) || fflush(stdout) != 0)
		err(EX_IOERR, NULL);
	arena_free(&a);
	buf_free(&b);
	buf_free(&out);
	free(line);
	return 0;
}
