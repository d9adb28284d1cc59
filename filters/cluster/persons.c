/* persons - who the mentions of one name most likely are */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cluster/cluster.h"
#include "cluster/evidence.h"
#include "cluster/parts.h"
#include "cluster/persons.h"
#include "lib/buf.h"

static struct parts	 parts;

/* Papers of each person, and the persons with most papers first. */
static struct person	*ranked;

static int
compare_persons(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	if (ranked[x].papers != ranked[y].papers)
		return ranked[x].papers > ranked[y].papers ? -1 : 1;
	return (x > y) - (x < y);
}

/* Persons in the order of their first mentions, and who each mention is. */
static void
collect(struct persons *p, uint32_t n)
{
	uint32_t i, part, *place;

	grow(&p->of, &p->ofcap, n, sizeof(*p->of));
	grow(&p->v, &p->cap, n, sizeof(*p->v));
	place = xcalloc(n, sizeof(*place));
	p->n = 0;
	for (i = 0; i < n; i++) {
		part = parts_of(&parts, i);
		if (place[part] == 0) {
			p->v[p->n] = (struct person){
			    .odds = parts.v[part].weakest };
			place[part] = ++p->n;
		}
		p->of[i] = place[part] - 1;
		/* two mentions on a paper are two persons */
		p->v[p->of[i]].papers++;
	}
	free(place);
}

static void
rank(struct persons *p, uint32_t n)
{
	uint32_t *order = xreallocarray(NULL, p->n, sizeof(*order));
	uint32_t *place = xreallocarray(NULL, p->n, sizeof(*place)), i;
	struct person *v = xreallocarray(NULL, p->n, sizeof(*v));

	for (i = 0; i < p->n; i++)
		order[i] = i;
	ranked = p->v;
	sort_array(order, p->n, sizeof(*order), compare_persons);
	for (i = 0; i < p->n; i++) {
		v[i] = p->v[order[i]];
		v[i].number = i + 1;
		place[order[i]] = i;
	}
	memcpy(p->v, v, p->n * sizeof(*v));
	for (i = 0; i < n; i++)
		p->of[i] = place[p->of[i]];
	free(order);
	free(place);
	free(v);
}

void
persons_part(struct persons *p, struct evidence *e, uint32_t author,
    const struct bond *bonds, size_t nbonds)
{
	uint32_t n = e->names->first[author + 1] - e->names->first[author];

	if (n == 1) {
		grow(&p->of, &p->ofcap, 1, sizeof(*p->of));
		grow(&p->v, &p->cap, 1, sizeof(*p->v));
		p->of[0] = 0;
		p->v[0] = (struct person){ 1, 1, PERSON_CERTAIN };
		p->n = 1;
		return;
	}
	parts_begin(&parts, e, author, bonds, nbonds);
	parts_join(&parts);
	collect(p, n);
	rank(p, n);
}

void
persons_free(struct persons *p)
{
	free(p->v);
	free(p->of);
	parts_free(&parts);
}
