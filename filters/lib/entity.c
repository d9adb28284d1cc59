/* entity - the characters that HTML and ISO 8879 have names for */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "lib/buf.h"
#include "lib/entity.h"
#include "lib/table.h"
#include "lib/utf8.h"

size_t
entity_characters(const char *name, size_t n, char out[ENTITY_MAX])
{
	static struct dict *known;
	static struct buf b;
	const char *hex;
	char *end;

	if (known == NULL)
		known = dict_load("vocab/entities.tsv");
	if ((hex = dict_get(known, name, n)) == NULL)
		return 0;
	buf_reset(&b);
	for (; *hex != '\0'; hex = end)
		utf8_add(&b, (int32_t)strtol(hex, &end, 16));
	memcpy(out, b.p, b.len + 1);
	return b.len;
}

bool
entity_ends(const char *s, const char *begin)
{
	char out[ENTITY_MAX];
	const char *q = s;

	while (q > begin && s - q < 32 && (isalnum((unsigned char)q[-1]) ||
	    q[-1] == '#'))
		q--;
	return q < s && q > begin && q[-1] == '&' && (*q == '#' ||
	    entity_characters(q, (size_t)(s - q), out) > 0);
}
