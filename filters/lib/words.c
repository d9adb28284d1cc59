/* words - words that are known */
#include <string.h>
#include <strings.h>

#include "lib/words.h"

bool
words_have(const char *const *list, const char *s)
{
	for (; s != NULL && *list != NULL; list++)
		if (strcasecmp(*list, s) == 0)
			return true;
	return false;
}
