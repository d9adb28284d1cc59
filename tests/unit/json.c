/* json - tests of reading, changing and writing JSON values */
#include <glob.h>
#include <inttypes.h>
#include <stdbool.h>

#include "lib/arena.h"
#include "lib/json_parts.h"
#include "lib/text.h"
#include "lib/utf8.h"
#include "unit.h"

static const char *const code_names[] = {
#define REJECT(name, code, level, text)	[REJECT_##name] = code,
#include "lib/reject.def"
#undef REJECT
};

static bool
is_same(const struct json *a, const struct json *b)
{
	const struct json *x = a->child, *y = b->child;

	if (a->type != b->type || a->namelen != b->namelen ||
	    a->len != b->len || (a->name == NULL) != (b->name == NULL) ||
	    (a->name != NULL && memcmp(a->name, b->name, a->namelen) != 0) ||
	    (a->text != NULL && memcmp(a->text, b->text, a->len) != 0))
		return false;
	for (; x != NULL && y != NULL; x = x->next, y = y->next)
		if (!is_same(x, y))
			return false;
	return x == NULL && y == NULL;
}

/*
 * What is read the fast way, if it is, is what is read the other way; and
 * compact is said where it is true.  Whether it was read the fast way.
 */
static bool
ways_agree(const char *s, size_t n)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	enum reject_code code;
	const char *detail;
	struct json *fast, *slow;

	fast = json_read_plain(&a, s, n);
	if (fast != NULL) {
		slow = json_read_any(&a, s, n, &code, &detail);
		if (slow == NULL)
			fail_msg("only the fast way reads %.*s", (int)n, s);
		if (!is_same(fast, slow))
			fail_msg("the ways differ on %.*s", (int)n, s);
		json_write(&b, fast);
		if (fast->compact != (b.len == n && memcmp(b.p, s, n) == 0))
			fail_msg("wrongly compact: %.*s", (int)n, s);
	}
	buf_free(&b);
	arena_free(&a);
	return fast != NULL;
}

/* Only what is in a container is read the fast way. */
static void
ways_agree_inside(const char *s, size_t n)
{
	struct buf b = { 0 };

	buf_addc(&b, '[');
	buf_add(&b, s, n);
	buf_addc(&b, ']');
	ways_agree(b.p, b.len);
	buf_free(&b);
}

static struct json *
parse(struct arena *a, const char *s, size_t n, enum reject_code *code)
{
	char *copy = exact(s, n);
	const char *detail = NULL;
	struct json *v = json_parse(a, copy, n, code, &detail);

	if (utf8_valid(s, n)) {
		ways_agree(copy, n);
		ways_agree_inside(copy, n);
	}
	/* the message outlives the text it is about */
	free(copy);
	if (v == NULL)
		assert_non_null(detail);
	return v;
}

static struct json *
must_parse(struct arena *a, const char *s)
{
	enum reject_code code;
	struct json *v = parse(a, s, strlen(s), &code);

	if (v == NULL)
		fail_msg("%s: refused", s);
	return v;
}

static void
assert_written(const struct json *v, const char *want)
{
	struct buf b = { 0 };

	json_write(&b, v);
	if (differs("written", &b, want) > 0)
		fail();
	buf_free(&b);
}

/* Whether every list in the tree ends where it says it does. */
static void
assert_sound(const struct json *v)
{
	const struct json *c, *last = NULL;

	for (c = v->child; c != NULL; c = c->next) {
		last = c;
		assert_int_equal(c->name != NULL, v->type == JSON_OBJECT);
		if (c->name != NULL)
			assert_int_equal(c->name[c->namelen], '\0');
		assert_sound(c);
	}
	assert_ptr_equal(v->last, last);
	assert_int_equal(v->text != NULL, v->type == JSON_STRING ||
	    v->type == JSON_NUMBER);
	if (v->text != NULL)
		assert_int_equal(v->text[v->len], '\0');
}

/* What is accepted, and how it is spelt behind that. */
static const struct {
	const char	*text;
	const char	*written;
} accepted[] = {
	{ "null", "null" },
	{ "true", "true" },
	{ "false", "false" },
	{ "\"\"", "\"\"" },
	{ "[]", "[]" },
	{ "{}", "{}" },
	{ " \t\r\n{ \t\r\n\"a\" \t\r\n: \t\r\n[ 1 , 2 ] \t\r\n,"
	    " \"b\":{ } } \t\r\n",
	    "{\"a\":[1,2],\"b\":{}}" },
	{ "[[[]],{\"a\":{}},[{}]]", "[[[]],{\"a\":{}},[{}]]" },
	{ "[null,true,false,\"\",0,[],{}]", "[null,true,false,\"\",0,[],{}]" },
	/* members stay in their order, names are text as any other */
	{ "{\"b\":1,\"a\":2,\"\":3}", "{\"b\":1,\"a\":2,\"\":3}" },
	{ "{\"a\\n\\\"\":1}", "{\"a\\n\\\"\":1}" },
	{ "{\"\\u00e9\":1,\"E\":2,\"e\":3}", "{\"é\":1,\"E\":2,\"e\":3}" },
	{ "[{\"a\":1},{\"a\":1}]", "[{\"a\":1},{\"a\":1}]" },
	{ "{\"a\":{\"a\":{\"a\":1}}}", "{\"a\":{\"a\":{\"a\":1}}}" },
	/* numbers keep their spelling */
	{ "0", "0" },
	{ "-0", "-0" },
	{ "-0.0", "-0.0" },
	{ "1.0", "1.0" },
	{ "1.50", "1.50" },
	{ "1e400", "1e400" },
	{ "-1E+400", "-1E+400" },
	{ "1e-400", "1e-400" },
	{ "0e0", "0e0" },
	{ "0.1e01", "0.1e01" },
	{ "9007199254740993", "9007199254740993" },
	{ "123456789012345678901234567890", "123456789012345678901234567890" },
	{ "0.1000000000000000055511151231257827021181583404541015625",
	    "0.1000000000000000055511151231257827021181583404541015625" },
	/* every escape, and what needs none */
	{ "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
	    "\"\\\"\\\\/\\u0008\\u000c\\n\\r\\t\"" },
	{ "\"\\u0000\\u001f\\u0020\\u007f\"", "\"\\u0000\\u001f \x7f\"" },
	{ "\"\\u001F\"", "\"\\u001f\"" },
	{ "\"\\u000a\\u000d\\u0009\"", "\"\\n\\r\\t\"" },
	{ "\"\\u00e9\\u00E9\\u20ac\"", "\"éé€\"" },
	{ "\"\\u2028\\u2029\"", "\"\xe2\x80\xa8\xe2\x80\xa9\"" },
	{ "\"\\uD83D\\ude00\"", "\"😀\"" },
	{ "\"\\ud800\\udc00\\udbff\\udfff\"",
	    "\"\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\"" },
	{ "\"\\ufffe\\uffff\\ufdd0\"",
	    "\"\xef\xbf\xbe\xef\xbf\xbf\xef\xb7\x90\"" },
	{ "\"é€😀\"", "\"é€😀\"" },
	{ "\"\x7f\"", "\"\x7f\"" },
	{ "\"/*no*/ //comment\"", "\"/*no*/ //comment\"" },
	/* a backslash and then letters: no surrogate, no escape */
	{ "\"\\\\ud800\"", "\"\\\\ud800\"" },
	{ "\"\\\\\\\\udfff\\\\f\"", "\"\\\\\\\\udfff\\\\f\"" },
	{ "\"\\ud7ff\\ue000\"", "\"\xed\x9f\xbf\xee\x80\x80\"" },
};

static void
json_reads_and_writes(void **state)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct json *v;
	enum reject_code code;
	size_t i, failed = 0;

	(void)state;
	for (i = 0; i < NCASES(accepted); i++) {
		const char *s = accepted[i].text;

		if ((v = parse(&a, s, strlen(s), &code)) == NULL) {
			print_error("%s: refused\n", s);
			failed++;
			continue;
		}
		assert_sound(v);
		assert_null(v->name);
		assert_null(v->next);
		buf_reset(&b);
		json_write(&b, v);
		failed += differs(s, &b, accepted[i].written);
		/* and the same again */
		v = must_parse(&a, accepted[i].written);
		buf_reset(&b);
		json_write(&b, v);
		failed += differs(s, &b, accepted[i].written);
	}
	if (failed > 0)
		fail_msg(PLURAL, failed);
	buf_free(&b);
	arena_free(&a);
}

static const struct {
	const char		*text;
	enum reject_code	 code;
} refused[] = {
	/* no value, or more than one */
	{ "", REJECT_BAD_JSON },
	{ " ", REJECT_BAD_JSON },
	{ "\n", REJECT_BAD_JSON },
	{ "1 2", REJECT_BAD_JSON },
	{ "{}{}", REJECT_BAD_JSON },
	{ "[]]", REJECT_BAD_JSON },
	{ "{}x", REJECT_BAD_JSON },
	{ "null,", REJECT_BAD_JSON },
	{ "\"a\" \"b\"", REJECT_BAD_JSON },
	/* literals */
	{ "nul", REJECT_BAD_JSON },
	{ "nulll", REJECT_BAD_JSON },
	{ "True", REJECT_BAD_JSON },
	{ "FALSE", REJECT_BAD_JSON },
	{ "undefined", REJECT_BAD_JSON },
	{ "NaN", REJECT_BAD_JSON },
	{ "-Infinity", REJECT_BAD_JSON },
	{ "a", REJECT_BAD_JSON },
	/* numbers */
	{ "01", REJECT_BAD_JSON },
	{ "-01", REJECT_BAD_JSON },
	{ "00", REJECT_BAD_JSON },
	{ "+1", REJECT_BAD_JSON },
	{ "-", REJECT_BAD_JSON },
	{ "--1", REJECT_BAD_JSON },
	{ "1.", REJECT_BAD_JSON },
	{ ".5", REJECT_BAD_JSON },
	{ "1.e5", REJECT_BAD_JSON },
	{ "1e", REJECT_BAD_JSON },
	{ "1e+", REJECT_BAD_JSON },
	{ "1e1.5", REJECT_BAD_JSON },
	{ "0x10", REJECT_BAD_JSON },
	{ "1_000", REJECT_BAD_JSON },
	{ "1 000", REJECT_BAD_JSON },
	{ "1a", REJECT_BAD_JSON },
	{ "[-]", REJECT_BAD_JSON },
	{ "[1.]", REJECT_BAD_JSON },
	{ "[012]", REJECT_BAD_JSON },
	{ "[１]", REJECT_BAD_JSON },
	/* strings */
	{ "\"", REJECT_BAD_JSON },
	{ "\"a", REJECT_BAD_JSON },
	{ "\"\\\"", REJECT_BAD_JSON },
	{ "'a'", REJECT_BAD_JSON },
	{ "\"\\a\"", REJECT_BAD_JSON },
	{ "\"\\'\"", REJECT_BAD_JSON },
	{ "\"\\0\"", REJECT_BAD_JSON },
	{ "\"\\x41\"", REJECT_BAD_JSON },
	{ "\"\\U0041\"", REJECT_BAD_JSON },
	{ "\"\\u\"", REJECT_BAD_JSON },
	{ "\"\\u12\"", REJECT_BAD_JSON },
	{ "\"\\u123\"", REJECT_BAD_JSON },
	{ "\"\\u123g\"", REJECT_BAD_JSON },
	{ "\"\\u+123\"", REJECT_BAD_JSON },
	{ "\"\\u 123\"", REJECT_BAD_JSON },
	{ "\"\\é\"", REJECT_BAD_JSON },
	{ "\"a\nb\"", REJECT_BAD_JSON },
	{ "\"a\tb\"", REJECT_BAD_JSON },
	{ "\"a\rb\"", REJECT_BAD_JSON },
	{ "\"a\fb\"", REJECT_BAD_JSON },
	{ "\"a\vb\"", REJECT_BAD_JSON },
	{ "\"a\x1f\"", REJECT_BAD_JSON },
	{ "\"a\x01\"", REJECT_BAD_JSON },
	/* arrays and objects */
	{ "[", REJECT_BAD_JSON },
	{ "]", REJECT_BAD_JSON },
	{ "[1", REJECT_BAD_JSON },
	{ "[1,", REJECT_BAD_JSON },
	{ "[1,]", REJECT_BAD_JSON },
	{ "[,1]", REJECT_BAD_JSON },
	{ "[1,,2]", REJECT_BAD_JSON },
	{ "[1 2]", REJECT_BAD_JSON },
	{ "[1:2]", REJECT_BAD_JSON },
	{ "[1}", REJECT_BAD_JSON },
	{ "{", REJECT_BAD_JSON },
	{ "}", REJECT_BAD_JSON },
	{ "{]", REJECT_BAD_JSON },
	{ "{\"a\"", REJECT_BAD_JSON },
	{ "{\"a\":", REJECT_BAD_JSON },
	{ "{\"a\":1", REJECT_BAD_JSON },
	{ "{\"a\":1,", REJECT_BAD_JSON },
	{ "{\"a\":1,}", REJECT_BAD_JSON },
	{ "{\"a\"}", REJECT_BAD_JSON },
	{ "{\"a\":}", REJECT_BAD_JSON },
	{ "{:1}", REJECT_BAD_JSON },
	{ "{,}", REJECT_BAD_JSON },
	{ "{\"a\" 1}", REJECT_BAD_JSON },
	{ "{\"a\",1}", REJECT_BAD_JSON },
	{ "{\"a\"::1}", REJECT_BAD_JSON },
	{ "{a:1}", REJECT_BAD_JSON },
	{ "{'a':1}", REJECT_BAD_JSON },
	{ "{1:1}", REJECT_BAD_JSON },
	{ "{null:1}", REJECT_BAD_JSON },
	{ "{[]:1}", REJECT_BAD_JSON },
	{ "{\"a\":1 \"b\":2}", REJECT_BAD_JSON },
	/* what is no white space, and comments */
	{ "\f1", REJECT_BAD_JSON },
	{ "1\f", REJECT_BAD_JSON },
	{ "[\f]", REJECT_BAD_JSON },
	{ "\v1", REJECT_BAD_JSON },
	{ "[1\v]", REJECT_BAD_JSON },
	{ "\xc2\xa0" "1", REJECT_BAD_JSON },
	{ "1\xe2\x80\xa8", REJECT_BAD_JSON },
	{ "[\xe2\x81\xa0]", REJECT_BAD_JSON },
	{ "\xef\xbb\xbf{}", REJECT_BAD_JSON },
	{ "/**/1", REJECT_BAD_JSON },
	{ "[1//\n]", REJECT_BAD_JSON },
	{ "#\n1", REJECT_BAD_JSON },
	{ "\x1e{}", REJECT_BAD_JSON },
	/* surrogates that are no pair */
	{ "\"\\ud800\"", REJECT_BAD_JSON },
	{ "\"\\udbff\"", REJECT_BAD_JSON },
	{ "\"\\udc00\\udc00\"", REJECT_BAD_JSON },
	{ "\"\\udc00\"", REJECT_BAD_JSON },
	{ "\"\\uDFFF\"", REJECT_BAD_JSON },
	{ "\"\\ud800a\"", REJECT_BAD_JSON },
	{ "\"\\ud800\\n\"", REJECT_BAD_JSON },
	{ "\"\\ud800\\u0041\"", REJECT_BAD_JSON },
	{ "\"\\ud800\\ue000\"", REJECT_BAD_JSON },
	{ "\"\\ud800\\ud800\"", REJECT_BAD_JSON },
	{ "\"\\ud800\\ud800\\udc00\"", REJECT_BAD_JSON },
	{ "\"\\udc00\\ud800\"", REJECT_BAD_JSON },
	{ "\"\\ud83d\\ude00\\ude00\"", REJECT_BAD_JSON },
	{ "\"\\ud83d\\\\ude00\"", REJECT_BAD_JSON },
	{ "\"\\\\\\ud83d\"", REJECT_BAD_JSON },
	{ "\"\\ud83d\\ude0\"", REJECT_BAD_JSON },
	{ "{\"\\ud800\":1}", REJECT_BAD_JSON },
	/* bytes that are no UTF-8, wherever they stand */
	{ "\"\xff\"", REJECT_BAD_UTF8 },
	{ "\"\xe9\"", REJECT_BAD_UTF8 },
	{ "\"\xc0\xaf\"", REJECT_BAD_UTF8 },
	{ "\"\xed\xa0\x80\"", REJECT_BAD_UTF8 },
	{ "\"\xf4\x90\x80\x80\"", REJECT_BAD_UTF8 },
	{ "\"\xe2\x82\"", REJECT_BAD_UTF8 },
	{ "{\"\xe9\":1}", REJECT_BAD_UTF8 },
	{ "\xa0", REJECT_BAD_UTF8 },
	{ "1\xff", REJECT_BAD_UTF8 },
	/* two members of one name, however it is spelt */
	{ "{\"a\":1,\"a\":1}", REJECT_DUPLICATE_MEMBER },
	{ "{\"a\":1,\"b\":2,\"a\":3}", REJECT_DUPLICATE_MEMBER },
	{ "{\"\":1,\"\":1}", REJECT_DUPLICATE_MEMBER },
	{ "{\"a\":1,\"\\u0061\":1}", REJECT_DUPLICATE_MEMBER },
	{ "{\"a\\/\":1,\"a/\":1}", REJECT_DUPLICATE_MEMBER },
	{ "{\"\\u0000\":1,\"\\u0000\":1}", REJECT_DUPLICATE_MEMBER },
	{ "{\"\\ud83d\\ude00\":1,\"😀\":1}", REJECT_DUPLICATE_MEMBER },
	{ "[1,{\"x\":{\"a\":null,\"a\":null}}]", REJECT_DUPLICATE_MEMBER },
};

static void
json_refuses(void **state)
{
	struct arena a = { 0 };
	enum reject_code code;
	size_t i, failed = 0;

	(void)state;
	for (i = 0; i < NCASES(refused); i++) {
		const char *s = refused[i].text;

		code = REJECT_CODES;
		if (parse(&a, s, strlen(s), &code) != NULL) {
			print_error("%s: accepted\n", s);
			failed++;
		} else if (code != refused[i].code) {
			print_error("%s: %s, not %s\n", s, code_names[code],
			    code_names[refused[i].code]);
			failed++;
		}
		arena_reset(&a);
	}
	if (failed > 0)
		fail_msg(PLURAL, failed);
	arena_free(&a);
}

static void
json_refuses_nul_bytes(void **state)
{
	static const char *const at[] = { "?1", "1?", "[?]", "\"?\"",
	    "{\"?\":1}", "{?}", "nul?" };
	struct arena a = { 0 };
	enum reject_code code;
	size_t i, n;
	char s[16];

	(void)state;
	for (i = 0; i < NCASES(at); i++) {
		n = strlen(at[i]);
		memcpy(s, at[i], n);
		*(char *)memchr(s, '?', n) = '\0';
		if (parse(&a, s, n, &code) != NULL)
			fail_msg("%s: accepted", at[i]);
		assert_int_equal(code, REJECT_BAD_JSON);
	}
	arena_free(&a);
}

/* A text cut anywhere is none. */
static void
json_refuses_every_cut(void **state)
{
	static const char text[] = "{\"a\":[null,true,false,-1.5e+3,\"x\\n"
	    "\\u00e9\\ud83d\\ude00é😀\"],\"b\":{\"c\":{}}}";
	struct arena a = { 0 };
	enum reject_code code;
	size_t n;

	(void)state;
	for (n = 0; n < sizeof(text) - 1; n++) {
		if (parse(&a, text, n, &code) != NULL)
			fail_msg("%.*s: accepted", (int)n, text);
		assert_int_equal(code, utf8_valid(text, n) ? REJECT_BAD_JSON :
		    REJECT_BAD_UTF8);
		arena_reset(&a);
	}
	assert_non_null(parse(&a, text, n, &code));
	arena_free(&a);
}

static void
add_nested(struct buf *b, int depth, const char *open, const char *in,
    const char *shut)
{
	int i;

	buf_reset(b);
	for (i = 0; i < depth; i++)
		buf_adds(b, open);
	buf_adds(b, in);
	for (i = 0; i < depth; i++)
		buf_adds(b, shut);
}

static void
json_depth_is_bounded(void **state)
{
	static const struct {
		const char	*open;
		const char	*in;
		const char	*shut;
		int		 levels;	/* of each open */
	} kinds[] = {
		{ "[", "", "]", 1 },
		{ "[", "1", "]", 1 },
		{ "{\"a\":", "\"x\"", "}", 1 },
		{ "[{\"a\":", "null", "}]", 2 },
		{ "[1,2,", "3", "]", 1 },
	};
	static const int over[] = { 1, 2, 1000, 100000 };
	struct arena a = { 0 };
	struct buf b = { 0 };
	enum reject_code code;
	size_t i, j;

	(void)state;
	assert_int_equal(JSON_MAX_DEPTH, 128);
	for (i = 0; i < NCASES(kinds); i++) {
		int most = JSON_MAX_DEPTH / kinds[i].levels;

		add_nested(&b, most, kinds[i].open, kinds[i].in,
		    kinds[i].shut);
		if (parse(&a, b.p, b.len, &code) == NULL)
			fail_msg("%s: refused at %d", kinds[i].open, most);
		for (j = 0; j < NCASES(over); j++) {
			add_nested(&b, most + over[j], kinds[i].open,
			    kinds[i].in, kinds[i].shut);
			if (parse(&a, b.p, b.len, &code) != NULL)
				fail_msg("%s: accepted at %d", kinds[i].open,
				    most + over[j]);
			assert_int_equal(code, REJECT_TOO_DEEP);
			/* nor is the rest of it needed to know */
			if (parse(&a, b.p, b.len / 2, &code) != NULL)
				fail_msg("%s: accepted", kinds[i].open);
			arena_reset(&a);
		}
	}
	buf_free(&b);
	arena_free(&a);
}

/* Of all sizes, for a large object is searched another way than a small one. */
static void
json_finds_duplicates_in_any_size(void **state)
{
	static const int sizes[] = { 2, 3, 23, 24, 25, 26, 100, 5000 };
	struct arena a = { 0 };
	struct buf b = { 0 };
	enum reject_code code;
	size_t i;
	int j, k;

	(void)state;
	for (i = 0; i < NCASES(sizes); i++)
		for (k = -1; k < sizes[i] - 1;
		    k += k < 0 ? 1 : 1 + sizes[i] / 20) {
			buf_reset(&b);
			for (j = 0; j < sizes[i]; j++)
				buf_addf(&b, "%c\"name%d\":%d",
				    j == 0 ? '{' : ',',
				    j == sizes[i] - 1 && k >= 0 ? k : j, j);
			buf_adds(&b, "}");
			if (k < 0) {
				if (parse(&a, b.p, b.len, &code) == NULL)
					fail_msg("%d: refused", sizes[i]);
			} else {
				if (parse(&a, b.p, b.len, &code) != NULL)
					fail_msg("%d: accepted", sizes[i]);
				assert_int_equal(code,
				    REJECT_DUPLICATE_MEMBER);
			}
			arena_reset(&a);
		}
	buf_free(&b);
	arena_free(&a);
}

#define STEP	256

/* All characters: written, read again, and read from \u escapes. */
static void
json_keeps_every_character(void **state)
{
	struct arena a = { 0 };
	struct buf plain = { 0 }, escaped = { 0 }, want = { 0 };
	struct json *v;
	enum reject_code code;
	int32_t from, c;
	size_t i;

	(void)state;
	for (from = 0; from < 0x110000; from += STEP) {
		if (from >= 0xd800 && from < 0xe000)
			continue;
		buf_reset(&want);
		buf_reset(&plain);
		buf_reset(&escaped);
		buf_adds(&escaped, "\"");
		for (c = from; c < from + STEP; c++) {
			utf8_add(&want, c);
			if (c < 0x10000)
				buf_addf(&escaped, c & 1 ? "\\u%04x" :
				    "\\u%04X", (unsigned)c);
			else
				buf_addf(&escaped, "\\u%04x\\u%04X", (unsigned)
				    (0xd800 + ((c - 0x10000) >> 10)),
				    (unsigned)(0xdc00 + (c & 0x3ff)));
		}
		buf_adds(&escaped, "\"");
		json_write_string(&plain, want.p, want.len);
		for (i = 0; i < plain.len; i++)
			assert_true((unsigned char)plain.p[i] >= 0x20);
		v = parse(&a, plain.p, plain.len, &code);
		assert_non_null(v);
		assert_int_equal(v->len, want.len);
		assert_memory_equal(v->text, want.p, want.len + 1);
		v = parse(&a, escaped.p, escaped.len, &code);
		assert_non_null(v);
		assert_int_equal(v->len, want.len);
		assert_memory_equal(v->text, want.p, want.len + 1);
		arena_reset(&a);
	}
	buf_free(&plain);
	buf_free(&escaped);
	buf_free(&want);
	arena_free(&a);
}

static void
json_names_may_hold_nul(void **state)
{
	struct arena a = { 0 };
	struct json *o;

	(void)state;
	o = must_parse(&a, "{\"id\\u0000x\":1,\"\\u0000\":2,\"id\":3}");
	assert_int_equal(o->child->namelen, 4);
	assert_memory_equal(o->child->name, "id\0x", 5);
	assert_int_equal(json_get_int(o, "id", 0), 3);
	assert_null(json_get(o, ""));
	json_set(&a, o, "id", json_int(&a, 4));
	assert_written(o, "{\"id\\u0000x\":1,\"\\u0000\":2,\"id\":4}");
	json_set(&a, o, "", NULL);
	json_set(&a, o, "id", NULL);
	assert_written(o, "{\"id\\u0000x\":1,\"\\u0000\":2}");
	arena_free(&a);
}

static void
json_get_finds_members(void **state)
{
	struct arena a = { 0 };
	struct json *o;

	(void)state;
	o = must_parse(&a, "{\"s\":\"text\",\"empty\":\"\",\"n\":5,"
	    "\"null\":null,\"list\":[\"x\",2],\"none\":[],\"o\":{\"s\":\"in\"},\"\":\"e\"}");
	assert_sound(o);
	assert_int_equal(o->type, JSON_OBJECT);
	assert_string_equal(json_get(o, "s")->text, "text");
	assert_string_equal(json_get(o, "s")->name, "s");
	assert_int_equal(json_get(o, "null")->type, JSON_NULL);
	assert_string_equal(json_get_str(json_get(o, "o"), "s"), "in");
	assert_string_equal(json_get_str(o, ""), "e");
	assert_null(json_get(o, "S"));
	assert_null(json_get(o, "li"));
	assert_null(json_get(o, "lists"));
	assert_null(json_get(NULL, "s"));
	assert_null(json_get(json_get(o, "list"), "s"));
	assert_null(json_get(json_get(o, "s"), "s"));

	assert_string_equal(json_get_str(o, "s"), "text");
	assert_null(json_get_str(o, "empty"));
	assert_null(json_get_str(o, "n"));
	assert_null(json_get_str(o, "null"));
	assert_null(json_get_str(o, "list"));
	assert_null(json_get_str(o, "absent"));
	assert_null(json_get_str(NULL, "s"));

	assert_string_equal(json_first(o, "list")->text, "x");
	assert_string_equal(json_first(o, "list")->next->text, "2");
	assert_null(json_first(o, "list")->next->next);
	assert_null(json_first(o, "list")->name);
	assert_null(json_first(o, "none"));
	assert_null(json_first(o, "o"));
	assert_null(json_first(o, "s"));
	assert_null(json_first(o, "absent"));
	assert_null(json_first(NULL, "list"));
	arena_free(&a);
}

static void
json_names_are_compared_whole(void **state)
{
	struct arena a = { 0 };
	struct json *o;

	(void)state;
	o = must_parse(&a, "{\"id\\u0000x\":1,\"id\":2,\"\":3}");
	assert_false(json_name_is(o->child, "id"));
	assert_true(json_name_is(o->child->next, "id"));
	assert_false(json_name_is(o->child->next, "i"));
	assert_false(json_name_is(o->child->next, "idx"));
	assert_false(json_name_is(o->last, "id"));
	assert_true(json_name_is(o->last, ""));
	arena_free(&a);
}

static void
json_counts_siblings(void **state)
{
	struct arena a = { 0 };
	struct json *o;

	(void)state;
	o = must_parse(&a, "[[1,2,3],[],{\"x\":[1],\"y\":2}]");
	assert_int_equal(json_count(NULL), 0);
	assert_int_equal(json_count(o->child), 3);
	assert_int_equal(json_count(o->child->next), 2);
	assert_int_equal(json_count(o->child->child), 3);
	assert_int_equal(json_count(o->child->next->child), 0);
	assert_int_equal(json_count(o->last->child), 2);
	arena_free(&a);
}

static void
json_makes_words(void **state)
{
	struct arena a = { 0 };
	struct json *list = json_array(&a);

	(void)state;
	json_append(list, json_true(&a));
	json_append(list, json_null(&a));
	assert_written(list, "[true,null]");
	arena_free(&a);
}

static void
json_get_int_takes_whole_numbers(void **state)
{
	static const struct {
		const char	*text;
		int64_t		 want;
	} cases[] = {
		{ "0", 0 },
		{ "-0", 0 },
		{ "7", 7 },
		{ "-7", -7 },
		{ "2026", 2026 },
		{ "9223372036854775807", INT64_MAX },
		{ "-9223372036854775808", INT64_MIN },
		/* all others: the default */
		{ "9223372036854775808", 42 },
		{ "-9223372036854775809", 42 },
		{ "123456789012345678901234567890", 42 },
		{ "1.5", 42 },
		{ "\"7\"", 42 },
		{ "null", 42 },
		{ "true", 42 },
		{ "[7]", 42 },
		{ "{\"x\":7}", 42 },
	};
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct json *o;
	int64_t got;
	size_t i, failed = 0;

	(void)state;
	for (i = 0; i < NCASES(cases); i++) {
		buf_reset(&b);
		buf_addf(&b, "{\"x\":%s}", cases[i].text);
		o = must_parse(&a, b.p);
		got = json_get_int(o, "x", 42);
		if (got != cases[i].want) {
			print_error("%s: %" PRId64 "\n", cases[i].text, got);
			failed++;
		}
		assert_int_equal(json_get_int(o, "y", -1), -1);
	}
	assert_int_equal(json_get_int(NULL, "x", 3), 3);
	if (failed > 0)
		fail_msg(PLURAL, failed);
	buf_free(&b);
	arena_free(&a);
}

static void
json_builds(void **state)
{
	struct arena a = { 0 };
	struct json *o, *list;
	char name[] = "name?";

	(void)state;
	o = json_object(&a);
	assert_written(o, "{}");
	list = json_array(&a);
	assert_written(list, "[]");
	json_append(list, json_string(&a, "a\0b", 3));
	json_append(list, json_str(&a, ""));
	json_append(list, json_int(&a, 0));
	json_append(list, json_int(&a, INT64_MAX));
	json_append(list, json_int(&a, INT64_MIN));
	json_append(list, json_object(&a));
	json_add(&a, o, name, 4, list);
	memset(name, 'x', sizeof(name) - 1);
	json_add(&a, o, "", 0, json_str(&a, "é\"\\/\n"));
	assert_sound(o);
	assert_written(o, "{\"name\":[\"a\\u0000b\",\"\",0,"
	    "9223372036854775807,-9223372036854775808,{}],"
	    "\"\":\"é\\\"\\\\/\\n\"}");
	arena_free(&a);
}

/*
 * json_set on an object with the members that stand in "from"; "tail" is then
 * appended, to see that the end of the list is known.
 */
static void
json_set_keeps_the_list_whole(void **state)
{
	static const struct {
		const char	*from;
		const char	*name;
		bool		 take;
		const char	*want;
	} cases[] = {
		{ "{}", "a", false, "{\"a\":0,\"tail\":9}" },
		{ "{}", "a", true, "{\"tail\":9}" },
		{ "{\"a\":1}", "a", false, "{\"a\":0,\"tail\":9}" },
		{ "{\"a\":1}", "a", true, "{\"tail\":9}" },
		{ "{\"a\":1}", "b", false, "{\"a\":1,\"b\":0,\"tail\":9}" },
		{ "{\"a\":1}", "b", true, "{\"a\":1,\"tail\":9}" },
		{ "{\"a\":1,\"b\":2,\"c\":3}", "a", false,
		    "{\"a\":0,\"b\":2,\"c\":3,\"tail\":9}" },
		{ "{\"a\":1,\"b\":2,\"c\":3}", "b", false,
		    "{\"a\":1,\"b\":0,\"c\":3,\"tail\":9}" },
		{ "{\"a\":1,\"b\":2,\"c\":3}", "c", false,
		    "{\"a\":1,\"b\":2,\"c\":0,\"tail\":9}" },
		{ "{\"a\":1,\"b\":2,\"c\":3}", "a", true,
		    "{\"b\":2,\"c\":3,\"tail\":9}" },
		{ "{\"a\":1,\"b\":2,\"c\":3}", "b", true,
		    "{\"a\":1,\"c\":3,\"tail\":9}" },
		{ "{\"a\":1,\"b\":2,\"c\":3}", "c", true,
		    "{\"a\":1,\"b\":2,\"tail\":9}" },
		{ "{\"ab\":1,\"a\":[1]}", "a", false,
		    "{\"ab\":1,\"a\":0,\"tail\":9}" },
	};
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct json *o;
	char name[8];
	size_t i, failed = 0;

	(void)state;
	for (i = 0; i < NCASES(cases); i++) {
		o = must_parse(&a, cases[i].from);
		snprintf(name, sizeof(name), "%s", cases[i].name);
		json_set(&a, o, name, cases[i].take ? NULL : json_int(&a, 0));
		memset(name, 'x', sizeof(name));
		assert_sound(o);
		json_set(&a, o, "tail", json_int(&a, 9));
		assert_sound(o);
		buf_reset(&b);
		json_write(&b, o);
		failed += differs(cases[i].from, &b, cases[i].want);
	}
	if (failed > 0)
		fail_msg(PLURAL, failed);
	buf_free(&b);
	arena_free(&a);
}

static bool
is_kept(struct json *v)
{
	return v->text[0] != '-';
}

static void
json_keep_if_keeps_the_list_whole(void **state)
{
	static const struct {
		const char	*from;
		const char	*want;
	} cases[] = {
		{ "[]", "[0]" },
		{ "[1]", "[1,0]" },
		{ "[-1]", "[0]" },
		{ "[1,2]", "[1,2,0]" },
		{ "[-1,2,3]", "[2,3,0]" },
		{ "[1,-2,3]", "[1,3,0]" },
		{ "[1,2,-3]", "[1,2,0]" },
		{ "[-1,-2,3,-4,-5]", "[3,0]" },
		{ "[-1,-2]", "[0]" },
		{ "{\"a\":1,\"b\":-2,\"c\":3,\"d\":-4}",
		    "{\"a\":1,\"c\":3,\"t\":0}" },
		{ "{\"a\":-1}", "{\"t\":0}" },
	};
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct json *v;
	size_t i, failed = 0;

	(void)state;
	for (i = 0; i < NCASES(cases); i++) {
		v = must_parse(&a, cases[i].from);
		json_keep_if(v, is_kept);
		assert_sound(v);
		if (v->type == JSON_ARRAY)
			json_append(v, json_int(&a, 0));
		else
			json_set(&a, v, "t", json_int(&a, 0));
		assert_sound(v);
		buf_reset(&b);
		json_write(&b, v);
		failed += differs(cases[i].from, &b, cases[i].want);
	}
	if (failed > 0)
		fail_msg(PLURAL, failed);
	buf_free(&b);
	arena_free(&a);
}

static void
json_copy_shares_nothing(void **state)
{
	static const char text[] = "{\"a\\u0000\":[1e400,\"x\\u0000y\",null,"
	    "true,false,{},[],\"\"],\"b\":{\"c\":{\"d\":-0}}}";
	struct arena from = { 0 }, to = { 0 };
	struct json *v, *c;

	(void)state;
	v = must_parse(&from, text);
	c = json_copy(&to, v);
	json_set(&from, v, "b", NULL);
	memset((void *)(uintptr_t)v->child->child->text, 'x', 5);
	arena_free(&from);
	assert_sound(c);
	assert_written(c, text);
	json_set(&to, c, "e", json_int(&to, 1));
	assert_sound(c);
	arena_free(&to);
}

static void
json_is_empty_where_nothing_is_said(void **state)
{
	static const struct {
		const char	*text;
		bool		 empty;
	} cases[] = {
		{ "null", true }, { "\"\"", true }, { "[]", true },
		{ "{}", true }, { "0", false }, { "false", false },
		{ "true", false }, { "\" \"", false }, { "\"\\u0000\"", false },
		{ "[null]", false }, { "{\"a\":null}", false },
	};
	struct arena a = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < NCASES(cases); i++)
		if (json_is_empty(must_parse(&a, cases[i].text)) !=
		    cases[i].empty)
			fail_msg("%s", cases[i].text);
	arena_free(&a);
}

static void
json_reads_long_values(void **state)
{
	struct arena a = { 0 };
	struct buf b = { 0 }, out = { 0 };
	struct json *v;
	enum reject_code code;
	size_t i, n = 0;

	(void)state;
	buf_adds(&b, "[\"");
	for (i = 0; i < 3000000; i++)
		buf_adds(&b, i % 7 ? "x" : "\\n");
	buf_adds(&b, "\",");
	for (i = 0; i < 100000; i++)
		buf_addc(&b, '1');
	for (i = 0; i < 300000; i++)
		buf_adds(&b, ",{\"a\":[]}");
	buf_adds(&b, "]");
	v = parse(&a, b.p, b.len, &code);
	assert_non_null(v);
	assert_int_equal(v->child->len, 3000000);
	assert_int_equal(v->child->next->len, 100000);
	for (v = v->child; v != NULL; v = v->next)
		n++;
	assert_int_equal(n, 300002);
	v = parse(&a, b.p, b.len, &code);
	json_write(&out, v);
	assert_int_equal(out.len, b.len);
	assert_memory_equal(out.p, b.p, b.len);
	buf_free(&b);
	buf_free(&out);
	arena_free(&a);
}

/* The same ones on every run. */
static uint32_t
any(uint32_t *seed, size_t n)
{
	*seed = *seed * 1664525 + 1013904223;
	return (*seed >> 8) % (uint32_t)n;
}

/* A text with a few bytes changed. */
static void
mutate(struct buf *b, const char *s, size_t len, uint32_t *seed)
{
	static const char bytes[] = "\"\\{}[]:,0123456789-+.eEu/bfnrt aAdD8"
	    "\xc3\xa9\n\x01";
	size_t at, to, i, changes;

	buf_reset(b);
	buf_add(b, s, len);
	for (changes = any(seed, 4); changes > 0 && b->len > 0; changes--) {
		at = any(seed, b->len);
		to = at + any(seed, 4);
		switch (any(seed, 3)) {
		case 0:
			b->p[at] = bytes[any(seed, sizeof(bytes) - 1)];
			break;
		case 1:		/* take some out */
			to = to < b->len ? to : b->len;
			memmove(b->p + at, b->p + to, b->len - to);
			b->len -= to - at;
			break;
		default:	/* repeat some at the end */
			for (i = at; i < to && i < b->len; i++)
				buf_addc(b, b->p[i]);
		}
	}
}

/* Each line of a file changed in many ways. */
static void
mutate_file(const char *path, uint32_t *seed, size_t *fast, size_t *slow)
{
	struct buf b = { 0 };
	char *line = NULL, *copy;
	size_t cap = 0, i;
	ssize_t len;
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	while ((len = getline(&line, &cap, f)) > 0)
		for (i = 0; i < 30; i++) {
			mutate(&b, line, (size_t)len - (line[len - 1] == '\n'),
			    seed);
			if (!utf8_valid(b.p, b.len))
				continue;
			copy = exact(b.p, b.len);
			if (ways_agree(copy, b.len))
				(*fast)++;
			else
				(*slow)++;
			free(copy);
		}
	fclose(f);
	free(line);
	buf_free(&b);
}

static void
json_is_the_same_both_ways(void **state)
{
	const char *corpus = getenv("JSON_CORPUS");
	uint32_t seed = 1;
	size_t i, fast = 0, slow = 0;
	glob_t g;

	(void)state;
	assert_int_equal(glob(corpus != NULL ? corpus :
	    "tests/golden/*/*/in", 0, NULL, &g), 0);
	for (i = 0; i < g.gl_pathc; i++)
		mutate_file(g.gl_pathv[i], &seed, &fast, &slow);
	globfree(&g);
	/* both happened, and often */
	assert_true(fast > 1000 && slow > 1000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_reads_and_writes),
		cmocka_unit_test(json_refuses),
		cmocka_unit_test(json_refuses_nul_bytes),
		cmocka_unit_test(json_refuses_every_cut),
		cmocka_unit_test(json_depth_is_bounded),
		cmocka_unit_test(json_finds_duplicates_in_any_size),
		cmocka_unit_test(json_keeps_every_character),
		cmocka_unit_test(json_names_may_hold_nul),
		cmocka_unit_test(json_get_finds_members),
		cmocka_unit_test(json_names_are_compared_whole),
		cmocka_unit_test(json_counts_siblings),
		cmocka_unit_test(json_makes_words),
		cmocka_unit_test(json_get_int_takes_whole_numbers),
		cmocka_unit_test(json_builds),
		cmocka_unit_test(json_set_keeps_the_list_whole),
		cmocka_unit_test(json_keep_if_keeps_the_list_whole),
		cmocka_unit_test(json_copy_shares_nothing),
		cmocka_unit_test(json_is_empty_where_nothing_is_said),
		cmocka_unit_test(json_reads_long_values),
		cmocka_unit_test(json_is_the_same_both_ways),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
