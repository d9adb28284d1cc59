/* label - what the views call things */
#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>

#include "lib/buf.h"
#include "lib/json.h"
#include "render/label.h"

void
label_add(struct buf *b, const char *s)
{
	bool start = true;

	for (; *s != '\0'; s++) {
		buf_addc(b, *s == '-' ? ' ' : start ?
		    toupper((unsigned char)*s) : *s);
		start = *s == '-';
	}
}

void
label_confidence(struct buf *b, const struct json *number)
{
	static const struct {
		double		 least;
		const char	*words;
	} words[] = {
		{ 0.95, "very likely" }, { 0.8, "likely" }, { 0.6, "perhaps" },
		{ 0, "unsure" }
	};
	double p;
	int hundredths, i;

	if (number == NULL)
		return;
	p = strtod(number->text, NULL);
	p = p < 0 ? 0 : p > 1 ? 1 : p;
	for (i = 0; words[i].least > p; i++)
		;
	/* 0.29 is a bit less than 29 hundredths; 0.996 is not certain */
	hundredths = (int)(p * 100 + 1e-9);
	buf_addf(b, "%s (confidence %d.%02d)", words[i].words,
	    hundredths / 100, hundredths % 100);
}

void
label_heading(struct buf *b, const struct json *paper)
{
	static const char *const members[] = { "venue", "venue_kind", "year",
	    "type" };
	const struct json *v;
	size_t i, from = b->len;

	for (i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		if ((v = json_get(paper, members[i])) == NULL)
			continue;
		if (b->len > from)
			buf_addc(b, ' ');
		if (i == 1 || i == 3)
			label_add(b, v->text);
		else
			buf_add(b, v->text, v->len);
	}
}
