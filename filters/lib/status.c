/* status - which papers a page shows */
#include <string.h>

#include "lib/filter.h"
#include "lib/json.h"
#include "lib/status.h"

static const char *const statuses[] = { "rejected", "withdrawn", "submitted" };
#define NSTATUS	(sizeof(statuses) / sizeof(statuses[0]))
static bool	shown[NSTATUS];

static bool
show(const char *p, size_t n)
{
	bool all = n == 3 && strncmp(p, "all", 3) == 0;
	bool known = all || (n == 8 && strncmp(p, "accepted", 8) == 0);
	size_t i;

	for (i = 0; i < NSTATUS; i++)
		if (all || (strlen(statuses[i]) == n &&
		    strncmp(p, statuses[i], n) == 0))
			shown[i] = known = true;
	return known;
}

void
status_option(const char *value)
{
	const char *p = value;
	size_t n;

	for (;; p += n + 1) {
		n = strcspn(p, ",");
		if (!show(p, n))
			filter_usage("--status: not a status: %.*s", (int)n, p);
		if (p[n] == '\0')
			return;
	}
}

bool
status_shows(const struct json *paper)
{
	const char *s = json_get_str(paper, "status");
	size_t i;

	if (json_get(paper, "version_of") != NULL)
		return false;
	if (s == NULL)
		return true;
	for (i = 0; i < NSTATUS; i++)
		if (strcmp(s, statuses[i]) == 0)
			return shown[i];
	return true;
}
