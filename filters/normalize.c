/* normalize - make the same fact read the same, whatever source it is from */
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/schema.h"
#include "lib/text.h"
#include "normalize/normalize.h"
#include "normalize/venue_parts.h"

static const char *const kinds[] = { "paper", "person", NULL };

enum { OPT_UNKNOWN = 0x200 };

static const struct filter filter = {
	.name = "normalize",
	.synopsis = "normalize [--unknown-venues file] [options] [file ...]",
	.options = "",
	.longopts = (const struct option[]){
		{ "unknown-venues", required_argument, NULL, OPT_UNKNOWN },
		{ NULL, 0, NULL, 0 }
	},
	.kinds = kinds,
};

void
drop_value(struct arena *a, struct json *o, const char *member, const char *why)
{
	const struct json *v = json_get(o, member);

	filter_note(REJECT_DROPPED_VALUE, member, v->text, v->len, "%s", why);
	json_set(a, o, member, NULL);
}

bool
is_blank(const struct json *v)
{
	static struct buf b;

	buf_reset(&b);
	text_clean(&b, v->text, v->len);
	return b.len == 0;
}

void
set_text(struct arena *a, struct json *o, const char *member,
    const struct buf *b)
{
	const struct json *v = json_get(o, member);

	if (b->len == 0 && v != NULL && !is_blank(v))
		drop_value(a, o, member, "nothing is left of it");
	else if (b->len == 0)
		json_set(a, o, member, NULL);
	else if (v == NULL || v->type != JSON_STRING || v->len != b->len ||
	    memcmp(v->text, b->p, b->len) != 0)
		json_set(a, o, member, json_string(a, b->p, b->len));
}

static void
tell_dropped(const char *name, const struct json *v)
{
	filter_dropped(name, v, "not what the schema allows");
}

static void
normalize(const struct record *r)
{
	struct arena *arena = r->arena;
	struct json *paper = r->json;
	static const struct schema *parsed, *strict;
	const char *venue;

	if (parsed == NULL) {
		parsed = schema_load("parsed");
		strict = schema_load("paper");
	}
	schema_mend(parsed, paper, tell_dropped);
	normalize_encoding(arena, paper, r->line, r->len);
	normalize_texts(arena, paper);
	normalize_people(arena, paper, "authors");
	normalize_people(arena, paper, "editors");
	venue = normalize_venue(arena, paper);
	normalize_date(arena, paper, venue);
	normalize_links(arena, paper);
	normalize_numbers(arena, paper);
	normalize_identifiers(arena, paper);
	normalize_status(arena, paper, venue);
	normalize_type(arena, paper);
	schema_mend_members(strict, paper, tell_dropped);
	filter_emit(paper);
}

/* A person stays as it is, but for what the schema does not allow. */
static void
pass(struct json *person)
{
	schema_mend(schema_load("person"), person, tell_dropped);
	filter_emit(person);
}

int
main(int argc, char *argv[])
{
	struct record r;
	int ch;

	while ((ch = filter_getopt(&filter, argc, argv)) != -1)
		if (ch == OPT_UNKNOWN)
			unknown_open(filter_path("--unknown-venues", optarg));
	filter_operands(argv + optind);
	while (filter_next(&r))
		if (strcmp(json_get_str(r.json, "kind"), "person") == 0)
			pass(r.json);
		else
			normalize(&r);
	unknown_close();
	return filter_close();
}
