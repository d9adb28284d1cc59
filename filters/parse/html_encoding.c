/* html_encoding - the encoding of a page */
#include <string.h>
#include <strings.h>

#include "lib/encoding.h"
#include "lib/utf8.h"
#include "parse/html.h"
#include "parse/html_token.h"

/* What the web means by a label (WHATWG Encoding), where iconv means less. */
static const char *
web_encoding(const char *label)
{
	static const struct {
		const char	*label, *encoding;
	} labels[] = {
		{ "iso-8859-1", "WINDOWS-1252" },
		{ "iso8859-1", "WINDOWS-1252" },
		{ "iso_8859-1", "WINDOWS-1252" },
		{ "latin1", "WINDOWS-1252" }, { "us-ascii", "WINDOWS-1252" },
		{ "ascii", "WINDOWS-1252" },
		{ "iso-8859-9", "WINDOWS-1254" }, { "gb2312", "GB18030" },
		{ "gbk", "GB18030" }, { "x-sjis", "CP932" },
		{ "euc-kr", "CP949" },
		{ "ks_c_5601-1987", "CP949" }, { "big5", "BIG5-HKSCS" },
		/* what tells so can be read, so it is not that */
		{ "utf-16", "UTF-8" }, { "utf-16le", "UTF-8" },
		{ "utf-16be", "UTF-8" }, { "unicode", "UTF-8" },
	};
	size_t i;

	for (i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
		if (strcasecmp(label, labels[i].label) == 0)
			return labels[i].encoding;
	return label;
}

/* The name behind mark in a text such as "text/html; charset=utf-8". */
static bool
put_charset(struct buf *b, const char *s, const char *mark)
{
	const char *p = strcasestr(s, mark);

	if (p == NULL)
		return false;
	p += strlen(mark);
	p += strspn(p, " =\"'\t");
	buf_reset(b);
	buf_add(b, p, strcspn(p, " \"';,\t\r\n?>"));
	return b->len > 0;
}

/* The encoding that the head of the page names. */
static bool
put_declared(struct buf *name, const char *s, size_t n)
{
	static struct buf b;
	struct html_reader r = { .p = s, .end = s + n };
	struct html_token t;

	if (n > 5 && memcmp(s, "<?xml", 5) == 0) {
		buf_reset(&b);
		buf_add(&b, s, n < 128 ? n : 128);
		b.p[strcspn(b.p, ">")] = '\0';
		if (put_charset(name, b.p, "encoding"))
			return true;
	}
	while (html_next(&r, &t) && !(t.type == HTML_START &&
	    html_is(&t, "body"))) {
		if (t.type != HTML_START || !html_is(&t, "meta"))
			continue;
		if (html_attribute(&t, "charset", &b) && b.len > 0) {
			buf_reset(name);
			buf_adds(name, b.p);
			return true;
		}
		if (html_attribute(&t, "http-equiv", &b) &&
		    strcasecmp(b.p, "content-type") == 0 &&
		    html_attribute(&t, "content", &b) &&
		    put_charset(name, b.p, "charset"))
			return true;
	}
	return false;
}

const char *
html_encoding(const char *s, size_t n)
{
	static struct buf b;
	const char *name;
	struct encoding *e;
	bool utf8;

	if (encoding_choose(NULL, s, n) != NULL)
		return NULL;
	utf8 = utf8_valid(s, n);
	if (!put_declared(&b, s, n))
		return utf8 ? NULL : "WINDOWS-1252";
	name = web_encoding(b.p);
	/* a name that is none does no harm where it is not needed */
	if (utf8 && (e = encoding_new(name)) == NULL)
		return NULL;
	else if (utf8)
		encoding_free(e);
	return name;
}
