/* source - the names of sources */
#include <string.h>

#include "lib/buf.h"
#include "lib/source.h"

#define LETTERS	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define FIRST	LETTERS "0123456789"
#define LONGEST	64

bool
source_is_name(const char *s)
{
	size_t n = strspn(s, FIRST "._-");

	return n > 0 && n <= LONGEST && s[n] == '\0' && strchr("._-", *s) == NULL;
}

char *
source_of_path(const char *path)
{
	const char *base = strrchr(path, '/');
	struct buf b = { 0 };
	const char *p;

	for (p = base != NULL ? base + 1 : path; *p != '\0' && *p != '.' &&
	    b.len < LONGEST; p++)
		if (strchr(b.len == 0 ? FIRST : FIRST "_-", *p) != NULL)
			buf_addc(&b, *p);
		else if (b.len > 0)
			buf_addc(&b, '_');
	if (b.len == 0)
		buf_adds(&b, "file");
	return b.p;
}

size_t
source_of_id(const char *id, size_t n, const char **key)
{
	const char *colon = memchr(id, ':', n);

	*key = id;
	if (colon == NULL || colon == id || colon + 1 == id + n)
		return 0;
	*key = colon + 1;
	return (size_t)(colon - id);
}
