/* xml_doctype - document types of XML, and the entities they declare */
#include <string.h>

#include "parse/xml_parts.h"

/* Remember that the document declares the entity of the name at p. */
static void
declare(struct xml *x, const char *p, const char *end)
{
	const char *name = xml_space(p, end);
	size_t n = (size_t)(xml_name(name, end) - name);

	if (name == p || n == 0 || x->declared.len >= XML_DECLARED)
		return;
	if (n >= sizeof(x->entity))
		n = sizeof(x->entity) - 1;
	if (x->declared.len == 0)
		buf_addc(&x->declared, ';');
	buf_add(&x->declared, name, n);
	buf_addc(&x->declared, ';');
}

/* Behind the declaration, comment or instruction at p, or NULL. */
static const char *
skip_declaration(struct xml *x, const char *p, const char *end)
{
	const char *mark = end - p >= 4 && memcmp(p, "<!--", 4) == 0 ? "-->" :
	    end - p >= 2 && p[1] == '?' ? "?>" : NULL;

	if (mark != NULL) {
		p = memmem(p + 4, (size_t)(end - p - 4), mark, strlen(mark));
		return p != NULL ? p + strlen(mark) : NULL;
	}
	if (end - p >= 9 && memcmp(p, "<!ENTITY", 8) == 0)
		declare(x, p + 8, end);
	for (; p < end && *p != '>'; p++)
		if ((*p == '"' || *p == '\'') && (p = memchr(p + 1, *p,
		    (size_t)(end - p - 1))) == NULL)
			return NULL;
	return p < end ? p + 1 : NULL;
}

/* Behind what is declared at p, between brackets, at their end; or NULL. */
static const char *
skip_subset(struct xml *x, const char *p, const char *end)
{
	while (p != NULL && p < end && *p != ']')
		if (xml_space(p, end) > p)
			p = xml_space(p, end);
		else if (*p == '%' && (p = xml_name(p + 1, end)) < end &&
		    *p == ';')
			p++;
		else if (end - p >= 9 && *p == '<' &&
		    (p[1] == '!' || p[1] == '?'))
			p = skip_declaration(x, p, end);
		else {
			if (end - p >= 9)
				xml_bad(x, REJECT_BAD_XML, "a document type "
				    "that holds what is no declaration");
			return NULL;
		}
	return p;
}

const char *
xml_skip_doctype(struct xml *x, const char *p, const char *end)
{
	buf_reset(&x->declared);
	for (p += 9; p != NULL && p < end && *p != '>'; ) {
		if (*p == '[')
			p = skip_subset(x, p + 1, end);
		else if (*p == '"' || *p == '\'')
			p = memchr(p + 1, *p, (size_t)(end - p - 1));
		else if (*p == '<') {
			xml_bad(x, REJECT_BAD_XML,
			    "a document type that does not end");
			return NULL;
		}
		p = p != NULL && p < end ? p + 1 : NULL;
	}
	return p != NULL && p < end ? p + 1 : NULL;
}
