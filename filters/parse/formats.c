/* formats - the formats that parse reads */
#include <string.h>

#include "parse/format.h"
#include "parse/sniff.h"

static const struct format formats[] = {
#define FORMAT(name, text)	{ #name, text, parse_##name, sniff_##name },
#include "parse/formats.def"
#undef FORMAT
	{ 0 }
};

const struct format *
format_all(void)
{
	return formats;
}

const struct format *
format_find(const char *name)
{
	const struct format *f;

	for (f = formats; f->name != NULL; f++)
		if (strcmp(f->name, name) == 0)
			return f;
	return NULL;
}

bool
format_has_rows(const struct format *f)
{
	return f->parse == parse_csv || f->parse == parse_auto;
}

bool
format_takes_map(const struct format *f)
{
	return f->parse == parse_json || format_has_rows(f);
}
