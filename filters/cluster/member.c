/* member - the members of a record as text */
#include <math.h>
#include <string.h>

#include "cluster/evidence.h"
#include "cluster/member.h"
#include "lib/buf.h"
#include "lib/json.h"

size_t
list_begin(struct buf *b, const char *member)
{
	size_t from = b->len;

	buf_adds(b, ",\"");
	buf_adds(b, member);
	buf_adds(b, "\":[");
	return from;
}

void
list_end(struct buf *b, size_t from)
{
	if (b->p[b->len - 1] == '[')
		b->len = from;
	else
		b->p[b->len - 1] = ']';
}

void
add_number(struct buf *b, const char *before, uint32_t n)
{
	buf_adds(b, before);
	buf_addu(b, n);
}

void
add_string(struct buf *b, const char *before, const char *s)
{
	buf_adds(b, before);
	json_write_string(b, s, strlen(s));
}

#define SURE	.99	/* the highest confidence, for nothing is certain */

void
add_confidence(struct buf *b, double odds)
{
	double p = evidence_probability(odds);

	if (p > SURE)
		p = SURE;
	if (p < 1 - SURE)
		p = 1 - SURE;
	buf_addf(b, ",\"confidence\":%.2f", floor(p * 100 + 1e-9) / 100);
}
