/* mustache - tests of templates, of what is wrong with them, of escaping */
#include <stdbool.h>
#include <sysexits.h>

#include "lib/arena.h"
#include "lib/json.h"
#include "lib/mustache.h"
#include "lib/text.h"
#include "lib/utf8.h"
#include "unit.h"

/* The template of a case is called page; these are its partials. */
static const struct {
	const char	*name;
	const char	*text;
} partials[] = {
	{ "name", "<{{n}}>" },
	{ "lines", "1\n2\n" },
	{ "gap", "1\n\n2" },
	{ "crlf", "1\r\n2\r\n" },
	{ "empty", "" },
	{ "list", "{{#l}}\n- {{.}}\n{{/l}}\n" },
	{ "nested", "(\n {{>lines}}\n)\n" },
	{ "tree", "{{n}}\n{{#kids}}\n  {{>tree}}\n{{/kids}}\n" },
	{ "flat", "{{n}}{{#kids}}({{>flat}}){{/kids}}" },
	{ "delims", "{{=[ ]=}}[n]{{n}}" },
	{ "a/b-c.d", "path" },
	{ "for_ever", "x{{>for_ever}}" },
	{ "for_ever_in", "x\n {{>for_ever_in}}\n" },
	{ "broken", "\n\n{{#a}}" },
	{ "names_broken", "{{#never}}\n  {{>broken}}\n{{/never}}" },
};

struct text {
	const char	*s;
	size_t		 n;
	int		 loads;
};

static const char *
load(const char *name, size_t *len, void *ctx)
{
	struct text *page = ctx;
	size_t i;

	page->loads++;
	if (strcmp(name, "page") == 0) {
		*len = page->n;
		return page->s;
	}
	for (i = 0; i < NCASES(partials); i++)
		if (strcmp(name, partials[i].name) == 0) {
			*len = strlen(partials[i].text);
			return partials[i].text;
		}
	return NULL;
}

static void
render(struct buf *b, const char *s, size_t n, const char *data)
{
	struct arena a = { 0 };
	char *copy = exact(s, n);
	struct text page = { copy, n, 0 };
	struct mustache_set *set = mustache_set_new(load, &page);
	const struct mustache *m = mustache_get(set, "page");
	const struct json *v = NULL;
	enum reject_code code;
	const char *detail;

	if (data != NULL &&
	    (v = json_parse(&a, data, strlen(data), &code, &detail)) == NULL)
		fail_msg("%s: %s", data, detail);
	assert_non_null(m);
	buf_reset(b);
	mustache_render(b, m, v);
	mustache_set_free(set);
	arena_free(&a);
	free(copy);
}

static const struct {
	const char	*text;
	const char	*data;
	const char	*want;
} cases[] = {
	/* text */
	{ "", "{}", "" },
	{ "a\n", "{}", "a\n" },
	{ "a } }} {", NULL, "a } }} {" },
	{ "{ {a}} \n", NULL, "{ {a}} \n" },
	/* values */
	{ "{{s}}", "{\"s\":\"é王\"}", "é王" },
	{ "{{ s }}|{{\ts\n}}", "{\"s\":\"x\"}", "x|x" },
	{ "{{s}}}", "{\"s\":\"x\"}", "x}" },
	{ "{{s}}{{s}}\n", "{\"s\":\"x\"}", "xx\n" },
	{ " {{s}} \n", "{\"s\":\"x\"}", " x \n" },
	{ "{{s}}{{{s}}}{{&s}}{{ & s }}{{ {s}}}", "{\"s\":\"<\"}", "&lt;<<<<" },
	{ "{{{ s }}}}", "{\"s\":\"x\"}", "x}" },
	{ "{{i}} {{f}} {{e}} {{z}}",
	    "{\"i\":-12,\"f\":1.50,\"e\":1E+400,\"z\":0}", "-12 1.50 1E+400 0" },
	{ "{{t}}{{f}}{{n}}{{a}}{{o}}",
	    "{\"t\":true,\"f\":false,\"n\":null,\"a\":[1],\"o\":{\"x\":1}}",
	    "truefalse" },
	{ "{{{t}}}{{{n}}}{{&a}}{{&o}}",
	    "{\"t\":true,\"n\":null,\"a\":[1],\"o\":{\"x\":1}}", "true" },
	{ "[{{s}}]", "{\"t\":1}", "[]" },
	{ "[{{s}}{{.}}{{#s}}x{{/s}}{{^s}}y{{/s}}]", NULL, "[y]" },
	{ "{{.}}", "\"a&b\"", "a&amp;b" },
	{ "{{s}}", "{\"s\":\"{{t}}\",\"t\":\"x\"}", "{{t}}" },
	/* members that begin alike, the first one, names of any letters */
	{ "{{ab}}{{a}}{{abc}}", "{\"ab\":2,\"abc\":3,\"a\":1}", "213" },
	{ "{{é-1_/}}", "{\"é-1_/\":\"x\"}", "x" },
	/* dotted names */
	{ "{{a.b}}", "{\"a\":{\"b\":1}}", "1" },
	{ "{{a.b.c}}|{{a.c.b}}", "{\"a\":{\"b\":{\"c\":1}}}", "1|" },
	{ "{{a.b}}", "{\"a\":\"b\",\"b\":1}", "" },
	{ "{{a.b}}", "{\"a\":[{\"b\":1}]}", "" },
	{ "{{#x}}{{a.b}}{{/x}}", "{\"x\":{\"c\":1},\"a\":{\"b\":1}}", "1" },
	{ "{{#x}}[{{a.b}}]{{/x}}", "{\"x\":{\"a\":1},\"a\":{\"b\":1}}", "[]" },
	{ "{{#a.b}}{{c}}{{/a.b}}", "{\"a\":{\"b\":[{\"c\":1},{\"c\":2}]}}",
	    "12" },
	{ "{{^a.b}}x{{/a.b}}", "{\"a\":{\"c\":1},\"b\":1}", "x" },
	/* what is true */
	{ "{{#v}}x{{/v}}{{^v}}y{{/v}}", "{\"v\":true}", "x" },
	{ "{{#v}}x{{/v}}{{^v}}y{{/v}}", "{\"v\":false}", "y" },
	{ "{{#v}}x{{/v}}{{^v}}y{{/v}}", "{\"v\":null}", "y" },
	{ "{{#v}}x{{/v}}{{^v}}y{{/v}}", "{\"v\":\"\"}", "y" },
	{ "{{#v}}x{{/v}}{{^v}}y{{/v}}", "{\"v\":\"0\"}", "x" },
	{ "{{#v}}x{{/v}}{{^v}}y{{/v}}", "{\"v\":0}", "x" },
	{ "{{#v}}x{{/v}}{{^v}}y{{/v}}", "{\"v\":[]}", "y" },
	{ "{{#v}}x{{/v}}{{^v}}y{{/v}}", "{\"v\":{}}", "x" },
	{ "{{#v}}x{{/v}}{{^v}}y{{/v}}", "{}", "y" },
	/* elements that are false take their turn as well */
	{ "{{#v}}[{{.}}]{{/v}}", "{\"v\":[null,false,\"\",0,[]]}",
	    "[][false][][0][]" },
	/* contexts */
	{ "{{#v}}{{.}}{{/v}}", "{\"v\":\"<\",\"w\":2}", "&lt;" },
	{ "{{#a}}{{.}}{{/a}}{{.}}", "{\"a\":[1,2]}", "12" },
	{ "{{#a}}{{#.}}{{.}},{{/.}};{{/a}}", "{\"a\":[[1,2],[],[3]]}",
	    "1,2,;;3,;" },
	{ "{{#a}}{{^.}}none{{/.}}{{/a}}", "{\"a\":[[],[1]]}", "none" },
	{ "{{#.}}{{k}}{{/.}}", "[{\"k\":1},{\"k\":2}]", "12" },
	{ "{{#a}}{{k}}{{#b}}{{k}}{{m}}{{/b}}{{k}}{{/a}}{{k}}",
	    "{\"k\":0,\"m\":9,\"a\":{\"k\":1,\"b\":{\"k\":2}}}", "12910" },
	{ "{{#a}}{{k}}{{/a}}{{k}}", "{\"k\":0,\"a\":[{\"k\":1},{},{\"k\":2}]}",
	    "1020" },
	/* a null is there: it hides what is further out */
	{ "{{#a}}[{{k}}{{#k}}x{{/k}}]{{/a}}", "{\"k\":1,\"a\":{\"k\":null}}",
	    "[]" },
	{ "{{#a}}{{#a}}{{k}}{{/a}}{{/a}}", "{\"a\":{\"k\":1}}", "1" },
	{ "{{#a}}{{#b}}{{k}}{{/b}}{{/a}}", "{\"k\":0,\"a\":{\"k\":1,\"b\":2}}",
	    "1" },
	{ "{{^a}}{{k}}{{^b}}{{k}}{{/b}}{{/a}}{{k}}", "{\"k\":1}", "111" },
	{ "{{^a}}x{{/a}}{{#b}}{{^a}}y{{/a}}{{.}}{{/b}}", "{\"b\":[1,2]}",
	    "xy1y2" },
	{ "{{#a}}x{{#b}}y{{/b}}z{{/a}}!", "{\"b\":1}", "!" },
	{ "{{#a}}{{#b}}{{/b}}{{/a}}{{k}}", "{\"a\":[1,2],\"b\":[3],\"k\":4}",
	    "4" },
	/* alone on a line, or not */
	{ "a\n{{#v}}\nb\n{{/v}}\nc\n", "{\"v\":1}", "a\nb\nc\n" },
	{ "a\n \t{{#v}}\t \nb\n\t{{/v}}  \nc\n", "{\"v\":1}", "a\nb\nc\n" },
	{ "{{^v}}\n  b\n{{/v}}", "{}", "  b\n" },
	{ "a\r\n {{#v}} \r\nb\r\n{{/v}}\r\n", "{\"v\":1}", "a\r\nb\r\n" },
	{ "{{#v}}\rb{{/v}}\r", "{\"v\":1}", "\rb\r" },
	{ "{{#v}}\n{{/v}}\n", "{\"v\":[1,2,3]}", "" },
	{ "{{#v}} \n{{/v}} x\n", "{\"v\":1}", " x\n" },
	{ " {{#v}}{{/v}} \n", "{\"v\":1}", "  \n" },
	{ " {{#v}} {{/v}} \n", "{\"v\":1}", "   \n" },
	{ "x {{#v}}\n{{/v}}\n", "{\"v\":1}", "x \n" },
	{ "\n\n{{#v}}\n\n{{/v}}\n\n", "{\"v\":1}", "\n\n\n\n" },
	{ "\v{{#v}}\n{{/v}}\n", "{\"v\":1}", "\v\n" },
	{ "  {{v}}\n  {{{v}}}\n\t{{&v}}\n", "{}", "  \n  \n\t\n" },
	{ "{{v}}{{#v}}\n{{/v}}\n", "{\"v\":1}", "1\n" },
	/* comments */
	{ "a{{!b}}c{{! {{d }}e", NULL, "ace" },
	{ "{{!}}{{! }}", NULL, "" },
	{ "a\n  {{! b\n\n c }}  \nd", NULL, "a\nd" },
	{ "a\n {{!b}} {{!c}}\nd", NULL, "a\n  \nd" },
	{ "{{!=a b=}}x", NULL, "x" },
	/* delimiters */
	{ "{{=<< >>=}}<<v>>{{v}}<<={{ }}=>>{{v}}<<v>>", "{\"v\":1}",
	    "1{{v}}1<<v>>" },
	{ "{{= | | =}}|v|| v ||&v||{v}|", "{\"v\":\"<\"}", "&lt;&lt;<<" },
	{ "a\n {{=\n$\t$\n=}} \n$v$", "{\"v\":1}", "a\n1" },
	{ "{{=aa aaa=}}aavaaa", "{\"v\":1}", "1" },
	{ "{{=1234567890123456 }=}}1234567890123456v}", "{\"v\":1}", "1" },
	{ "{{#v}}{{=( )=}}(/v)(.)", "{\"v\":1}", "" },
	/* partials */
	{ "a{{>name}}b{{> name }}", "{\"n\":\"&\"}", "a<&amp;>b<&amp;>" },
	{ "[{{>none}}]\n {{>none}}\n{{>empty}}\n\t{{>empty}}\n|", NULL,
	    "[]\n|" },
	{ "{{>a/b-c.d}}", NULL, "path" },
	{ "{{>lines}}\n|", NULL, "1\n2\n|" },
	{ " \t{{>lines}} \n|", NULL, " \t1\n \t2\n|" },
	{ "x {{>lines}}\n|", NULL, "x 1\n2\n\n|" },
	{ " {{>lines}}", NULL, " 1\n 2\n" },
	{ "  {{>lines}}\n {{>lines}}\n\t{{>lines}}\n{{>lines}}\n", NULL,
	    "  1\n  2\n 1\n 2\n\t1\n\t2\n1\n2\n" },
	{ "  {{>gap}}\n|", NULL, "  1\n  \n  2|" },
	{ " {{>crlf}}\r\n|", NULL, " 1\r\n 2\r\n|" },
	{ "  {{>name}}\n|", "{\"n\":\"a\\nb\"}", "  <a\nb>|" },
	{ " {{>list}}\n|", "{\"l\":[1,2]}", " - 1\n - 2\n|" },
	{ " {{>nested}}\n|", NULL, " (\n  1\n  2\n )\n|" },
	{ "{{#l}}\n {{>name}}\n{{/l}}\n", "{\"l\":[{\"n\":1},{\"n\":2}]}",
	    " <1> <2>" },
	{ "{{>delims}}{{n}}", "{\"n\":1}", "1{{n}}1" },
	{ "{{=[ ]=}}[>name][n]", "{\"n\":1}", "<1>1" },
	{ "{{>flat}}", "{\"n\":1,\"kids\":[{\"n\":2,\"kids\":[{\"n\":3,"
	    "\"kids\":[]}]},{\"n\":4,\"kids\":[]}]}", "1(2(3))(4)" },
	{ "|\n  {{>tree}}\n|", "{\"n\":1,\"kids\":[{\"n\":2,\"kids\":[{\"n\":3,"
	    "\"kids\":[]}]},{\"n\":4,\"kids\":[]}]}",
	    "|\n  1\n    2\n      3\n    4\n|" },
	/* a template that names itself */
	{ "({{n}}{{#kids}}{{>page}}{{/kids}})",
	    "{\"n\":1,\"kids\":[{\"n\":2,\"kids\":[]}]}", "(1(2))" },
};

static void
mustache_renders(void **state)
{
	struct buf b = { 0 };
	size_t i, failed = 0;

	(void)state;
	for (i = 0; i < NCASES(cases); i++) {
		render(&b, cases[i].text, strlen(cases[i].text),
		    cases[i].data);
		failed += differs(cases[i].text, &b, cases[i].want);
	}
	if (failed > 0)
		fail_msg(PLURAL, failed);
	buf_free(&b);
}

static void
render_bytes(void *arg)
{
	const struct text *t = arg;
	struct buf b = { 0 };

	render(&b, t->s, t->n, "{\"a\":{\"b\":[1,\"\",{\"a\":2}]},\"n\":1}");
	buf_free(&b);
}

static const struct {
	const char	*text;
	const char	*want;		/* the message begins so */
} errors[] = {
	/* tags that do not end */
	{ "{{", "page:1: a tag is not closed" },
	{ "a\n{{b", "page:2: a tag is not closed" },
	{ "{{b}", "page:1: a tag is not closed" },
	{ "{{{b}}", "page:1: a tag is not closed" },
	{ "{{!b\n\n", "page:1: a tag is not closed" },
	{ "{{=a b}}", "page:1: a tag is not closed" },
	{ "{{=<< >>=}}\n{{a}}<<a}}", "page:2: a tag is not closed" },
	/* sections */
	{ "\n\n {{#a}}\n{{b}}\n", "page:3: section a is not closed" },
	{ "{{#a}}{{^b.c}}", "page:1: section b.c is not closed" },
	{ "{{^a}}\n{{#b}}\n{{/b}}", "page:1: section a is not closed" },
	{ "{{a}}\r\n{{/a}}", "page:2: end of a, but no section is open" },
	{ "{{#a}}{{/a}}{{/a}}", "page:1: end of a, but no section is open" },
	{ "{{#a}}\n{{#b}}\n\n{{/a}}{{/b}}",
	    "page:4: end of a, but the section open since line 2 is b" },
	{ "{{#a}}{{/aa}}", "page:1: end of aa, but the section open " },
	{ "{{#aa}}{{/a}}", "page:1: end of a, but the section open " },
	{ "{{#a.b}}{{/a.c}}", "page:1: end of a.c, but the section open " },
	/* names */
	{ "{{}}", "page:1: a tag without a name" },
	{ "{{  \n }}", "page:1: a tag without a name" },
	{ "{{{}}}", "page:1: a tag without a name" },
	{ "{{& }}", "page:1: a tag without a name" },
	{ "{{#}}{{/}}", "page:1: a tag without a name" },
	{ "{{^}}{{/}}", "page:1: a tag without a name" },
	{ "{{#a}}{{/ }}", "page:1: a tag without a name" },
	{ "{{>}}", "page:1: a tag without a name" },
	{ "{{a b}}", "page:1: white space " },
	{ "{{>a b}}", "page:1: white space " },
	{ "{{#a}}{{/a\tb}}", "page:1: white space " },
	{ "{{a\x01}}", "page:1: white space or a control character" },
	{ "{{a\x7f}}", "page:1: white space or a control character" },
	{ "{{..}}", "page:1: ..: nothing " },
	{ "{{.a}}", "page:1: .a: nothing " },
	{ "{{#a.}}", "page:1: a.: nothing " },
	{ "{{{a..b}}}", "page:1: a..b: nothing " },
	/* delimiters */
	{ "{{==}}", "page:1: not two delimiters " },
	{ "{{= =}}", "page:1: not two delimiters " },
	{ "\n{{=a=}}", "page:2: not two delimiters " },
	{ "{{=a b c=}}", "page:1: not two delimiters " },
	{ "{{=a b= =}}", "page:1: not two delimiters " },
	{ "{{=a= b=}}", "page:1: not two delimiters " },
	{ "{{=12345678901234567 b=}}", "page:1: not two delimiters " },
	{ "{{=b 12345678901234567=}}", "page:1: not two delimiters " },
	/* partials, also those that no page comes to */
	{ "{{>broken}}", "broken:3: section a is not closed" },
	{ "{{#never}} {{>names_broken}}{{/never}}",
	    "broken:3: section a is not closed" },
	{ "\n{{>for_ever}}", "for_ever:1: more than 64 partials " },
	{ " {{>for_ever_in}}", "for_ever_in:2: more than 64 partials " },
	{ "{{>page}}{{>page}}", "page:1: more than 64 partials " },
};

static void
what_is_wrong_is_told_with_its_line(void **state)
{
	struct buf b = { 0 };
	const char *what;
	size_t i, failed = 0;
	int status;

	(void)state;
	for (i = 0; i < NCASES(errors); i++) {
		struct text t = { errors[i].text, strlen(errors[i].text), 0 };

		buf_reset(&b);
		status = exit_status(render_bytes, &t, &b);
		/* behind the name of the program */
		what = strstr(b.p, ": ");
		if (status == EX_CONFIG && what != NULL &&
		    strncmp(what + 2, errors[i].want,
		    strlen(errors[i].want)) == 0)
			continue;
		print_error("\"%s\": %d, \"%s\", not \"%s\"\n", t.s, status,
		    b.p, errors[i].want);
		failed++;
	}
	if (failed > 0)
		fail_msg(PLURAL, failed);
	buf_free(&b);
}

static void
nul_is_a_byte_as_any_other(void **state)
{
	static const char text[] = "a\0{{v}}\0{{!\0}}{{&v}}{{a\0b}}";
	struct text t = { text, sizeof(text) - 1, 0 };
	struct buf b = { 0 };

	(void)state;
	render(&b, text, sizeof(text) - 8, "{\"v\":\"x\\u0000<\"}");
	assert_int_equal(b.len, 14);
	assert_memory_equal(b.p, "a\0x\xef\xbf\xbd&lt;\0x\0<", 14);
	/* but not in a name, which load would take for a shorter one */
	assert_int_equal(exit_status(render_bytes, &t, NULL), EX_CONFIG);
	buf_free(&b);
}

static void
a_set_asks_once_for_each_name(void **state)
{
	static const char text[] = " {{>lines}}\n{{>lines}}\n{{>none}} "
	    "\n {{>none}}\n{{>page}}";
	struct text page = { text, sizeof(text) - sizeof("{{>page}}"), 0 };
	struct mustache_set *set = mustache_set_new(load, &page);
	const struct mustache *m = mustache_get(set, "page");
	struct buf b = { 0 };
	int i;

	(void)state;
	assert_int_equal(page.loads, 3);
	assert_null(mustache_get(set, "none"));
	assert_null(mustache_get(set, "no_other"));
	assert_null(mustache_get(set, ""));
	assert_int_equal(page.loads, 5);
	assert_null(mustache_get(set, "no_other"));
	for (i = 0; i < 3; i++) {
		assert_ptr_equal(mustache_get(set, "page"), m);
		buf_reset(&b);
		mustache_render(&b, m, NULL);
		assert_string_equal(b.p, " 1\n 2\n1\n2\n");
	}
	assert_non_null(mustache_get(set, "lines"));
	assert_int_equal(page.loads, 5);
	/* pages are appended */
	mustache_render(&b, m, NULL);
	assert_string_equal(b.p, " 1\n 2\n1\n2\n 1\n 2\n1\n2\n");
	mustache_set_free(set);
	mustache_set_free(NULL);
	buf_free(&b);
}

/* n sections in each other, the innermost with x. */
static void
nest(struct buf *b, int n)
{
	int i;

	buf_reset(b);
	for (i = 0; i < n; i++)
		buf_adds(b, "{{#n}}");
	buf_adds(b, "x");
	for (i = 0; i < n; i++)
		buf_adds(b, "{{/n}}");
}

static void
nesting_has_a_limit(void **state)
{
	struct buf text = { 0 }, b = { 0 };
	struct text t;

	(void)state;
	nest(&text, MUSTACHE_MAX_SECTIONS);
	render(&b, text.p, text.len, "{\"n\":1}");
	assert_string_equal(b.p, "x");
	nest(&text, MUSTACHE_MAX_SECTIONS + 1);
	t = (struct text){ text.p, text.len, 0 };
	buf_reset(&b);
	assert_int_equal(exit_status(render_bytes, &t, &b), EX_CONFIG);
	assert_non_null(strstr(b.p, "page:1: more than 256 sections "));
	/* what is false opens nothing, however deep it is */
	nest(&text, 100000);
	render(&b, text.p, text.len, "{\"n\":false}");
	assert_string_equal(b.p, "");
	buf_free(&text);
	buf_free(&b);
}

static void
partials_go_as_deep_as_the_limit(void **state)
{
	struct buf data = { 0 }, b = { 0 };
	int i;

	(void)state;
	for (i = 0; i < MUSTACHE_MAX_PARTIALS; i++)
		buf_addf(&data, "{\"n\":%d,\"kids\":[", i % 10);
	for (i = 0; i < MUSTACHE_MAX_PARTIALS; i++)
		buf_adds(&data, "]}");
	render(&b, "{{>flat}}", 9, data.p);
	assert_int_equal(b.len, 3 * MUSTACHE_MAX_PARTIALS - 2);
	render(&b, "{{>tree}}", 9, data.p);
	/* each level is two more columns to the right, at its own line */
	assert_int_equal(b.len, MUSTACHE_MAX_PARTIALS *
	    (MUSTACHE_MAX_PARTIALS + 1));
	/* behind each other there may be more */
	buf_reset(&data);
	for (i = 0; i < 3 * MUSTACHE_MAX_PARTIALS; i++)
		buf_adds(&data, "{{>flat}}");
	render(&b, data.p, data.len, "{\"n\":1}");
	assert_int_equal(b.len, 3 * MUSTACHE_MAX_PARTIALS);
	buf_free(&data);
	buf_free(&b);
}

/* Every template cut short is rendered or refused, and nothing else. */
static void
templates_cut_short(void **state)
{
	static const char text[] = "x\n {{#a}}\n{{=<% %>=}}<%!\n%><%^b%>\n"
	    " <%>tree%>\n<%{a.b}%><%={{ }}=%>{{/ b}}\r\n{{&n}}{{/a}}\n{{n}}";
	struct text t = { NULL, 0, 0 };
	char *copy;
	size_t refused = 0;
	int status;

	(void)state;
	for (t.n = 0; t.n < sizeof(text); t.n++) {
		t.s = copy = exact(text, t.n);
		status = exit_status(render_bytes, &t, NULL);
		free(copy);
		refused += status == EX_CONFIG;
		if (status != 0 && status != EX_CONFIG)
			fail_msg("the first %zu bytes: %d", t.n, status);
	}
	/* from the first tag to the end of the section, and in the last tag */
	assert_int_equal(refused, 84);
}

/* The same ones on every run. */
static uint32_t
any(uint32_t *seed, uint32_t n)
{
	*seed = *seed * 1664525 + 1013904223;
	return (*seed >> 8) % n;
}

static void
templates_of_random_pieces(void **state)
{
	static const char *const pieces[] = {
		"{{", "}}", "{{#a}}", "{{/a}}", "{{^a}}", "{{/b}}", "{{#b}}",
		"{{{a}}}", "{{>", "{{> tree}}", "{{>page}}", "{{=", "=}}",
		"{{=[ ]=}}", "[n]", "{{!", ".", "a", "n", " ", "\n", "\r\n",
		"\t", "{{a.b}}", "{{.}}", "{", "}", "&", "\xff", "<",
	};
	struct buf b = { 0 };
	uint32_t seed = 1, i, n;
	int status, rendered = 0;

	(void)state;
	for (i = 0; i < 500; i++) {
		buf_reset(&b);
		for (n = any(&seed, 12); n > 0; n--)
			buf_adds(&b, pieces[any(&seed, NCASES(pieces))]);
		status = exit_status(render_bytes,
		    &(struct text){ b.p, b.len, 0 }, NULL);
		rendered += status == 0;
		if (status != 0 && status != EX_CONFIG)
			fail_msg("\"%s\": %d", b.p, status);
	}
	assert_true(rendered > 50 && rendered < 450);
	buf_free(&b);
}

/* What HTML says of one code point, spelt otherwise than in the library. */
static void
escape_one(struct buf *b, int32_t c)
{
	bool control = c < 0x20 || (c > 0x7e && c < 0xa0);
	bool none = (c >= 0xfdd0 && c <= 0xfdef) || c % 0x10000 >= 0xfffe;

	if (c == '&')
		buf_adds(b, "&amp;");
	else if (c == '<')
		buf_adds(b, "&lt;");
	else if (c == '>')
		buf_adds(b, "&gt;");
	else if (c == '"')
		buf_adds(b, "&quot;");
	else if (c == '\'')
		buf_adds(b, "&#39;");
	else if ((control && c != '\t' && c != '\n' && c != '\r') || none)
		utf8_add(b, 0xfffd);
	else
		utf8_add(b, c);
}

static void
escape_of_every_character(void **state)
{
	struct buf in = { 0 }, got = { 0 }, want = { 0 };
	int32_t c;
	char *copy;

	(void)state;
	for (c = 0; c < 0x110000; c++) {
		if (c >= 0xd800 && c < 0xe000)
			continue;
		buf_reset(&in);
		buf_reset(&got);
		buf_reset(&want);
		/* alone, and with something around it */
		utf8_add(&in, c);
		copy = exact(in.p, in.len);
		mustache_escape(&got, copy, in.len);
		free(copy);
		escape_one(&want, c);
		buf_adds(&in, "a<");
		utf8_add(&in, c);
		utf8_add(&in, c);
		mustache_escape(&got, in.p, in.len);
		escape_one(&want, c);
		buf_adds(&want, "a&lt;");
		escape_one(&want, c);
		escape_one(&want, c);
		if (got.len != want.len ||
		    memcmp(got.p, want.p, got.len) != 0)
			fail_msg("U+%04X: \"%s\", not \"%s\"", (unsigned)c,
			    got.p, want.p);
	}
	buf_free(&in);
	buf_free(&got);
	buf_free(&want);
}

/* Text that is no UTF-8 at its end is not read past it. */
static void
escape_stops_at_the_end(void **state)
{
	static const char *const ends[] = {
		"\xc2", "\xef", "\xef\xb7", "\xef\xbf", "\xf0", "\xf4\x8f",
		"\xf0\x9f\xbf",
	};
	struct buf b = { 0 };
	char *copy;
	size_t i;

	(void)state;
	for (i = 0; i < NCASES(ends); i++) {
		copy = exact(ends[i], strlen(ends[i]));
		buf_reset(&b);
		mustache_escape(&b, copy, strlen(ends[i]));
		assert_string_equal(b.p, ends[i]);
		free(copy);
	}
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mustache_renders),
		cmocka_unit_test(what_is_wrong_is_told_with_its_line),
		cmocka_unit_test(nul_is_a_byte_as_any_other),
		cmocka_unit_test(a_set_asks_once_for_each_name),
		cmocka_unit_test(nesting_has_a_limit),
		cmocka_unit_test(partials_go_as_deep_as_the_limit),
		cmocka_unit_test(templates_cut_short),
		cmocka_unit_test(templates_of_random_pieces),
		cmocka_unit_test(escape_of_every_character),
		cmocka_unit_test(escape_stops_at_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
