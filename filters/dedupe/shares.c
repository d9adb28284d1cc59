/* shares - how many records a source gave, and how many papers begin with it */
#include <inttypes.h>
#include <string.h>

#include "dedupe/dedupe.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/intern.h"
#include "lib/json.h"
#include "lib/source.h"

static struct intern	 sources;
static uint64_t		(*share)[2];	/* of a source: records, papers */

void
shares_add(const char *source, bool paper)
{
	static size_t cap;
	size_t had = cap;
	uint32_t s = intern(&sources, source, strlen(source));

	grow(&share, &cap, (size_t)s + 1, sizeof(*share));
	memset(share + had, 0, (cap - had) * sizeof(*share));
	share[s][0]++;
	share[s][1] += paper;
}

void
shares_add_dropped(const struct json *paper)
{
	const char *source = json_get_str(json_first(paper, "sources"),
	    "source"), *id = json_get_str(paper, "id"), *key;
	static struct buf b;

	buf_reset(&b);
	if (source == NULL) {
		buf_add(&b, id, source_of_id(id, strlen(id), &key));
		source = b.p;
	}
	shares_add(source, false);
}

void
shares_tell(void)
{
	struct buf b = { 0 };
	size_t i;

	buf_addc(&b, '[');
	for (i = 0; i < sources.n; i++) {
		buf_adds(&b, i > 0 ? ",{\"source\":" : "{\"source\":");
		json_write_string(&b, sources.v[i], strlen(sources.v[i]));
		buf_addf(&b, ",\"records\":%" PRIu64 ",\"papers\":%" PRIu64 "}",
		    share[i][0], share[i][1]);
	}
	buf_addc(&b, ']');
	filter_stats("sources", b.p);
	buf_free(&b);
}
