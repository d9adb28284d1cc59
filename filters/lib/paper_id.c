/* paper_id - all ids that a paper is known by */
#include <string.h>
#include <strings.h>

#include "lib/buf.h"
#include "lib/json.h"
#include "lib/paper_id.h"

const struct buf *
paper_id(const char *prefix, const char *s)
{
	static struct buf b;
	char *p;

	buf_reset(&b);
	buf_adds(&b, prefix);
	buf_adds(&b, s);
	if (strncasecmp(b.p, "arxiv:", 6) == 0)
		memcpy(b.p, "arxiv:", 6);
	if (strncasecmp(b.p, "doi:", 4) == 0)
		for (p = b.p; *p != '\0'; p++)
			if (*p >= 'A' && *p <= 'Z')
				*p += 'a' - 'A';
	return &b;
}

static void
look_up(const char *prefix, const char *s, void (*found)(const struct buf *))
{
	if (s != NULL)
		found(paper_id(prefix, s));
}

void
paper_ids(const struct json *paper, void (*found)(const struct buf *))
{
	static struct buf source;
	const struct json *s;

	look_up("", json_get_str(paper, "id"), found);
	look_up("doi:", json_get_str(paper, "doi"), found);
	look_up("arxiv:", json_get_str(paper, "arxiv"), found);
	for (s = json_first(paper, "sources"); s != NULL; s = s->next) {
		buf_reset(&source);
		buf_addf(&source, "%s:", json_get_str(s, "source"));
		look_up(source.p, json_get_str(s, "key"), found);
	}
}
