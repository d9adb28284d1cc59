/* tex_commands - the commands of TeX that are known */
#include <string.h>

#include "lib/tex_parts.h"

/* Accent commands and their combining marks (The TeXbook, chapter 9). */
static const struct {
	char	 name;
	int32_t	 mark;
} accents[] = {
	{ '`', 0x300 }, { '\'', 0x301 }, { '^', 0x302 }, { '~', 0x303 },
	{ '=', 0x304 }, { 'u', 0x306 }, { '.', 0x307 }, { '"', 0x308 },
	{ 'h', 0x309 }, { 'r', 0x30a }, { 'H', 0x30b }, { 'v', 0x30c },
	{ 'U', 0x30e }, { 'G', 0x30f }, { 'f', 0x311 }, { 'd', 0x323 },
	{ 'c', 0x327 }, { 'k', 0x328 }, { 'b', 0x331 }, { 't', 0x361 },
};

/* Likewise those whose names are longer. */
static const struct {
	const char	*name;
	int32_t		 mark;
} long_accents[] = {
	{ "ocirc", 0x30a }, { "textcommabelow", 0x326 },
	{ "textogonekcentered", 0x328 },
};

static const struct tex_command commands[] = {
#define SIGN(name, text)	{ name, TEX_SIGN, text, NULL, 0 },
#define FONT(name)		{ name, TEX_FONT, NULL, NULL, 0 },
#define AROUND(name, l, r)	{ name, TEX_AROUND, l, r, 0 },
#define GONE(name, args)	{ name, TEX_GONE, NULL, NULL, args },
#include "lib/tex.def"
#undef SIGN
#undef FONT
#undef AROUND
#undef GONE
	{ NULL, TEX_UNKNOWN, NULL, NULL, 0 }
};

bool
tex_is_named(const char *word, const char *name, size_t n)
{
	return *word == *name && strlen(word) == n &&
	    memcmp(word, name, n) == 0;
}

const struct tex_command *
tex_find(const char *name, size_t n)
{
	const struct tex_command *c = commands;

	while (c->name != NULL && !tex_is_named(c->name, name, n))
		c++;
	return c;
}

int32_t
tex_accent(const char *name, size_t n)
{
	size_t i;

	for (i = 0; n == 1 && i < sizeof(accents) / sizeof(accents[0]); i++)
		if (accents[i].name == *name)
			return accents[i].mark;
	for (i = 0; n > 1 && i < sizeof(long_accents) /
	    sizeof(long_accents[0]); i++)
		if (tex_is_named(long_accents[i].name, name, n))
			return long_accents[i].mark;
	return 0;
}
