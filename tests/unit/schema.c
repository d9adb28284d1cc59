/* schema - tests of member order, and of what the schemas allow */
#include <stdbool.h>
#include <sysexits.h>

#include "lib/arena.h"
#include "lib/json.h"
#include "lib/schema.h"
#include "unit.h"

static struct json *
must_parse(struct arena *a, const char *s)
{
	enum reject_code code;
	const char *detail;
	struct json *v = json_parse(a, s, strlen(s), &code, &detail);

	if (v == NULL)
		fail_msg("%s: %s", s, detail);
	return v;
}

static void
schema_is_loaded_once(void **state)
{
	static const char *const names[] = { "author", "document", "paper",
	    "parsed", "reject" };
	size_t i;

	(void)state;
	for (i = 0; i < NCASES(names); i++) {
		const struct schema *s = schema_load(names[i]);

		assert_non_null(s);
		assert_ptr_equal(schema_load(names[i]), s);
	}
	assert_ptr_not_equal(schema_load("paper"), schema_load("parsed"));
}

static void
load(void *name)
{
	schema_load(name);
}

static void
schema_that_is_missing_is_a_bug(void **state)
{
	struct buf messages = { 0 };
	char name[] = "no-such";

	(void)state;
	assert_int_equal(exit_status(load, name, &messages), EX_SOFTWARE);
	assert_non_null(strstr(messages.p, "no-such"));
	buf_free(&messages);
}

static const struct {
	const char	*schema;
	const char	*from;
	const char	*want;
} writes[] = {
	{ "paper", "{}", "{}" },
	{ "paper", "{\"id\":\"x\",\"kind\":\"paper\"}",
	    "{\"kind\":\"paper\",\"id\":\"x\"}" },
	{ "paper", "{\"year\":2020,\"title\":\"T\",\"id\":\"x\","
	    "\"authors\":[],\"kind\":\"paper\"}",
	    "{\"kind\":\"paper\",\"id\":\"x\",\"title\":\"T\",\"authors\":[],"
	    "\"year\":2020}" },
	/* unknown members behind the known ones, in their own order */
	{ "paper", "{\"zz\":1,\"id\":\"x\",\"aa\":{\"z\":1,\"a\":2},"
	    "\"kind\":\"paper\",\"mm\":[3]}",
	    "{\"kind\":\"paper\",\"id\":\"x\",\"zz\":1,\"aa\":{\"z\":1,"
	    "\"a\":2},\"mm\":[3]}" },
	{ "paper", "{\"b\":1,\"a\":2}", "{\"b\":1,\"a\":2}" },
	{ "paper", "{\"id\":\"x\",\"b\":1,\"title\":\"T\"}",
	    "{\"id\":\"x\",\"title\":\"T\",\"b\":1}" },
	{ "paper", "{\"authors\":[{\"given\":\"G\",\"name\":\"N\"}]}",
	    "{\"authors\":[{\"name\":\"N\",\"given\":\"G\"}]}" },
	/* at every depth, also where the unknown one is first */
	{ "paper", "{\"authors\":[{\"x\":1,\"orcid\":\"o\",\"name\":\"N\"},"
	    "{\"family\":\"F\",\"given\":\"G\",\"name\":\"M\"}],"
	    "\"sources\":[{\"line\":7,\"key\":\"k\",\"source\":\"s\"}]}",
	    "{\"sources\":[{\"source\":\"s\",\"key\":\"k\",\"line\":7}],"
	    "\"authors\":[{\"name\":\"N\",\"orcid\":\"o\",\"x\":1},"
	    "{\"name\":\"M\",\"given\":\"G\",\"family\":\"F\"}]}" },
	/* the keys of a map are in no order but their own */
	{ "paper", "{\"ids\":{\"z\":\"1\",\"a\":\"2\"}}",
	    "{\"ids\":{\"z\":\"1\",\"a\":\"2\"}}" },
	/* a known name inside of an unknown member is not known */
	{ "paper", "{\"x\":{\"year\":1,\"kind\":\"y\"}}",
	    "{\"x\":{\"year\":1,\"kind\":\"y\"}}" },
	/* values of a wrong type are written as they are */
	{ "paper", "{\"title\":{\"b\":1,\"a\":2},\"authors\":\"A\","
	    "\"id\":null}",
	    "{\"id\":null,\"title\":{\"b\":1,\"a\":2},\"authors\":\"A\"}" },
	/* numbers keep their spelling, strings their characters */
	{ "paper", "{\"u\":[1e400,-0,1.0,\"\\u0000\\n\\\"\"],\"year\":2020.0}",
	    "{\"year\":2020.0,\"u\":[1e400,-0,1.0,\"\\u0000\\n\\\"\"]}" },
	{ "author", "{\"papers\":[{\"row\":0,\"id\":\"x\",\"person\":1,"
	    "\"position\":2}],\"name\":\"N\",\"kind\":\"author\","
	    "\"key\":\"k\"}",
	    "{\"kind\":\"author\",\"key\":\"k\",\"name\":\"N\",\"papers\":["
	    "{\"id\":\"x\",\"position\":2,\"row\":0,\"person\":1}]}" },
};

static void
schema_write_orders_members(void **state)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	size_t i, failed = 0;

	(void)state;
	for (i = 0; i < NCASES(writes); i++) {
		const struct schema *s = schema_load(writes[i].schema);

		buf_reset(&b);
		schema_write(&b, s, must_parse(&a, writes[i].from));
		failed += differs(writes[i].from, &b, writes[i].want);
		/* the cases differ in order only */
		assert_int_equal(schema_is_ordered(s, must_parse(&a,
		    writes[i].from)), strcmp(writes[i].from, writes[i].want) == 0);
		assert_true(schema_is_ordered(s, must_parse(&a,
		    writes[i].want)));
		/* what is in order stays so */
		buf_reset(&b);
		schema_write(&b, s, must_parse(&a, writes[i].want));
		failed += differs(writes[i].want, &b, writes[i].want);
	}
	buf_reset(&b);
	buf_adds(&b, "before");
	schema_write(&b, schema_load("paper"),
	    must_parse(&a, "{\"id\":\"x\"}"));
	failed += differs("append", &b, "before{\"id\":\"x\"}");
	if (failed > 0)
		fail_msg(PLURAL, failed);
	buf_free(&b);
	arena_free(&a);
}

/* However many members are unknown, and in whatever order the known ones. */
static void
schema_write_takes_many_members(void **state)
{
	struct arena a = { 0 };
	struct buf from = { 0 }, want = { 0 }, got = { 0 };
	int i;

	(void)state;
	buf_adds(&from, "{");
	buf_adds(&want, "{\"kind\":\"paper\",\"id\":\"x\",\"year\":2020");
	for (i = 0; i < 2000; i++) {
		if (i == 700)
			buf_adds(&from, "\"year\":2020,");
		if (i == 1400)
			buf_adds(&from, "\"id\":\"x\",");
		buf_addf(&from, "\"m%d\":%d,", i, i);
		buf_addf(&want, ",\"m%d\":%d", i, i);
	}
	buf_adds(&from, "\"kind\":\"paper\"}");
	buf_adds(&want, "}");
	schema_write(&got, schema_load("paper"), must_parse(&a, from.p));
	assert_string_equal(got.p, want.p);
	buf_free(&from);
	buf_free(&want);
	buf_free(&got);
	arena_free(&a);
}

/*
 * What is not allowed in a paper that has kind and id, by its nearest name
 * (NULL: all is well), and what is left behind schema_mend.
 */
static const struct {
	const char	*schema;
	const char	*from;
	const char	*bad;
	const char	*mended;
	const char	*told;		/* names and values, a line each */
} checks[] = {
	{ "paper", "{}", NULL, "{}", "" },
	{ "paper", "{\"title\":\"T\",\"authors\":[{\"name\":\"N\"}],"
	    "\"year\":2020}", NULL,
	    "{\"title\":\"T\",\"authors\":[{\"name\":\"N\"}],"
	    "\"year\":2020}", "" },
	/* types */
	{ "paper", "{\"title\":5}", "title", "{}", "title 5\n" },
	{ "paper", "{\"title\":true,\"venue\":\"V\"}", "title",
	    "{\"venue\":\"V\"}", "title true\n" },
	{ "paper", "{\"title\":[\"T\"]}", "title", "{}", "title [\"T\"]\n" },
	{ "paper", "{\"authors\":\"N\"}", "authors", "{}", "authors \"N\"\n" },
	{ "paper", "{\"authors\":{\"name\":\"N\"}}", "authors", "{}",
	    "authors {\"name\":\"N\"}\n" },
	{ "paper", "{\"keywords\":[\"a\",5,\"b\"]}", "keywords",
	    "{\"keywords\":[\"a\",\"b\"]}", "keywords 5\n" },
	/* a number without a fraction is an integer, however it is spelt */
	{ "paper", "{\"year\":2020.0}", NULL, "{\"year\":2020.0}", "" },
	{ "paper", "{\"year\":2e3}", NULL, "{\"year\":2e3}", "" },
	{ "paper", "{\"year\":2020.5}", "year", "{}", "year 2020.5\n" },
	{ "paper", "{\"year\":20205e-1}", "year", "{}", "year 20205e-1\n" },
	{ "paper", "{\"year\":\"2020\"}", "year", "{}", "year \"2020\"\n" },
	/* as parse writes it: text or a number */
	{ "parsed", "{\"year\":\"2020\",\"volume\":7,\"pages\":\"1-2\"}", NULL,
	    "{\"year\":\"2020\",\"volume\":7,\"pages\":\"1-2\"}", "" },
	{ "parsed", "{\"year\":[2020]}", "year", "{}", "year [2020]\n" },
	{ "parsed", "{\"year\":2020.5}", "year", "{}", "year 2020.5\n" },
	/* nothing is absent: not empty, of which nothing is to tell */
	{ "paper", "{\"title\":\"\"}", "title", "{}", "" },
	{ "paper", "{\"title\":null}", "title", "{}", "" },
	{ "paper", "{\"authors\":[]}", "authors", "{}", "" },
	{ "paper", "{\"ids\":{}}", "ids", "{}", "" },
	{ "paper", "{\"keywords\":[\"\"]}", "keywords", "{}", "" },
	{ "paper", "{\"keywords\":[5]}", "keywords", "{}", "keywords 5\n" },
	/* at any depth */
	{ "paper", "{\"authors\":[{\"name\":\"N\",\"orcid\":5},"
	    "{\"name\":\"M\",\"ids\":{\"dblp\":[],\"x\":\"y\"}}]}", "orcid",
	    "{\"authors\":[{\"name\":\"N\"},{\"name\":\"M\","
	    "\"ids\":{\"x\":\"y\"}}]}", "orcid 5\n" },
	{ "paper", "{\"ids\":{\"a\":\"1\",\"b\":2}}", "b",
	    "{\"ids\":{\"a\":\"1\"}}", "b 2\n" },
	/* an author without a name is none; a paper lacks what it lacks */
	{ "paper", "{\"authors\":[{\"name\":\"N\"},{\"orcid\":\"o\"}]}",
	    "authors", "{\"authors\":[{\"name\":\"N\"}]}",
	    "authors {\"orcid\":\"o\"}\n" },
	{ "paper", "{\"authors\":[\"N\"]}", "authors", "{}",
	    "authors \"N\"\n" },
	/* values and patterns */
	{ "paper", "{\"type\":\"thesis\",\"status\":\"accepted\"}", NULL,
	    "{\"type\":\"thesis\",\"status\":\"accepted\"}", "" },
	{ "paper", "{\"type\":\"theses\"}", "type", "{}", "type \"theses\"\n" },
	{ "parsed", "{\"type\":\"theses\"}", NULL,
	    "{\"type\":\"theses\"}", "" },
	{ "paper", "{\"date\":\"2020-02-03\",\"doi\":\"10.1/x\"}", NULL,
	    "{\"date\":\"2020-02-03\",\"doi\":\"10.1/x\"}", "" },
	{ "paper", "{\"date\":\"3 Feb\",\"doi\":\"doi:10.1/x\"}", "date", "{}",
	    "date \"3 Feb\"\ndoi \"doi:10.1/x\"\n" },
	/* what is not known passes */
	{ "paper", "{\"x\":null,\"y\":[],\"z\":{\"title\":5}}", NULL,
	    "{\"x\":null,\"y\":[],\"z\":{\"title\":5}}", "" },
	{ "paper", "{\"authors\":[{\"name\":\"N\",\"x\":[null]}]}", NULL,
	    "{\"authors\":[{\"name\":\"N\",\"x\":[null]}]}", "" },
	/* the first and the last one taken */
	{ "paper", "{\"title\":5,\"venue\":\"V\",\"url\":6}", "title",
	    "{\"venue\":\"V\"}", "title 5\nurl 6\n" },
};

/* Put the members behind those that every paper has. */
static const char *
whole(struct buf *b, const char *members)
{
	buf_reset(b);
	buf_adds(b, "{\"kind\":\"paper\",\"id\":\"x\"");
	buf_addf(b, "%s%s", strcmp(members, "{}") == 0 ? "" : ",",
	    members + 1);
	return b->p;
}

static void
schema_check_finds_the_first(void **state)
{
	struct arena a = { 0 };
	struct buf from = { 0 };
	const struct json *bad;
	size_t i, failed = 0;

	(void)state;
	for (i = 0; i < NCASES(checks); i++) {
		const char *want = checks[i].bad, *got;

		bad = schema_check(schema_load(checks[i].schema),
		    must_parse(&a, whole(&from, checks[i].from)));
		got = bad != NULL ? bad->name : NULL;
		if ((bad == NULL) != (want == NULL) || (bad != NULL &&
		    (got == NULL || strcmp(got, want) != 0))) {
			print_error("%s: %s, not %s\n", checks[i].from,
			    got != NULL ? got : "none",
			    want != NULL ? want : "none");
			failed++;
		}
	}
	if (failed > 0)
		fail_msg(PLURAL, failed);
	buf_free(&from);
	arena_free(&a);
}

/* The record itself, which has no name. */
static void
schema_check_wants_what_is_required(void **state)
{
	static const struct {
		const char	*schema;
		const char	*from;
		bool		 bad;
	} cases[] = {
		{ "paper", "{\"kind\":\"paper\",\"id\":\"x\"}", false },
		{ "parsed", "{\"kind\":\"paper\",\"id\":\"x\"}", false },
		{ "paper", "{}", true },
		{ "paper", "{\"kind\":\"paper\"}", true },
		{ "paper", "{\"id\":\"x\",\"title\":\"T\"}", true },
		{ "parsed", "{\"kind\":\"paper\"}", true },
		{ "author", "{\"kind\":\"author\",\"key\":\"k\"}", true },
		{ "paper", "[]", true },
		{ "paper", "\"x\"", true },
	};
	struct arena a = { 0 };
	struct json *v;
	size_t i;

	(void)state;
	for (i = 0; i < NCASES(cases); i++) {
		v = must_parse(&a, cases[i].from);
		if (schema_check(schema_load(cases[i].schema), v) !=
		    (cases[i].bad ? v : NULL))
			fail_msg("%s", cases[i].from);
	}
	arena_free(&a);
}

static struct buf told;

static void
tell(const char *name, const struct json *v)
{
	buf_addf(&told, "%s ", name);
	json_write(&told, v);
	buf_adds(&told, "\n");
}

static void
schema_mend_takes_out(void **state)
{
	struct arena a = { 0 };
	struct buf b = { 0 }, text = { 0 };
	struct json *v;
	size_t i, failed = 0;

	(void)state;
	for (i = 0; i < NCASES(checks); i++) {
		const struct schema *s = schema_load(checks[i].schema);

		buf_reset(&told);
		buf_reset(&b);
		v = must_parse(&a, whole(&text, checks[i].from));
		schema_mend(s, v, tell);
		json_write(&b, v);
		failed += differs(checks[i].from, &b,
		    whole(&text, checks[i].mended));
		failed += differs(checks[i].from, &told, checks[i].told);
		/* then all is well, and the list is whole */
		assert_null(schema_check(s, v));
		json_set(&a, v, "tail", json_int(&a, 1));
		assert_ptr_equal(v->last, json_get(v, "tail"));
		buf_reset(&told);
		schema_mend(s, v, tell);
		assert_int_equal(told.len, 0);
	}
	if (failed > 0)
		fail_msg(PLURAL, failed);
	/* what it lacks does not take the object at the top */
	v = must_parse(&a, "{\"x\":1}");
	schema_mend(schema_load("paper"), v, tell);
	assert_int_equal(v->child->type, JSON_NUMBER);
	buf_free(&told);
	buf_free(&b);
	buf_free(&text);
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(schema_is_loaded_once),
		cmocka_unit_test(schema_that_is_missing_is_a_bug),
		cmocka_unit_test(schema_write_orders_members),
		cmocka_unit_test(schema_write_takes_many_members),
		cmocka_unit_test(schema_check_finds_the_first),
		cmocka_unit_test(schema_check_wants_what_is_required),
		cmocka_unit_test(schema_mend_takes_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
