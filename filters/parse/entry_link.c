/* entry_link - what a link of an entry says */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/identifier.h"
#include "lib/text.h"
#include "parse/format.h"

/* The host of a URL and what follows, without "www.", or NULL. */
static const char *
web(const char *url)
{
	size_t scheme = strncasecmp(url, "http", 4) != 0 ? 0 :
	    url[4] == 's' || url[4] == 'S' ? 5 : 4;

	if (scheme == 0 || strncmp(url + scheme, "://", 3) != 0)
		return NULL;
	url += scheme + 3;
	return strncasecmp(url, "www.", 4) == 0 ? url + 4 : url;
}

/* Where s goes on behind the prefix, or NULL. */
static const char *
behind(const char *s, const char *prefix)
{
	return strncasecmp(s, prefix, strlen(prefix)) == 0 ?
	    s + strlen(prefix) : NULL;
}

/* The identifier with which s begins, "P19-1001" or "2020.acl-main.1". */
static size_t
acl_length(const char *s)
{
	size_t n = strcspn(s, "/?#");

	if (n > 4 && strncmp(s + n - 4, ".pdf", 4) == 0)
		n -= 4;
	return strspn(s, "0123456789") == 4 ? n :
	    isalpha((unsigned char)*s) && isdigit((unsigned char)s[1]) ? n : 0;
}

/* What the links of a site say besides. */
static void
add_linked(struct json *paper, const char *url, const char *s)
{
	struct identifier doi;
	const char *rest;

	switch (tolower((unsigned char)*s)) {
	case 'a':
		if ((rest = behind(s, "arxiv.org/abs/")) != NULL)
			entry_str(paper, "arxiv", rest);
		else if ((rest = behind(s, "aclanthology.org/")) != NULL ||
		    (rest = behind(s, "aclweb.org/anthology/")) != NULL)
			entry_id(paper, "acl", rest, acl_length(rest));
		break;
	case 'd':
		/* all hosts that resolve one begin so */
		if (identifier_doi(&doi, url, strlen(url)))
			entry_text(paper, "doi", doi.s, doi.n);
		break;
	case 'o':
		if ((rest = behind(s, "openreview.net/forum?id=")) != NULL)
			entry_id(paper, "openreview", rest,
			    strcspn(rest, "&#"));
	}
}

void
entry_link(struct json *paper, const char *s, size_t n)
{
	const char *url, *site;

	text_trim(&s, &n);
	url = arena_strndup(entry_arena(), s, n);
	if ((site = web(url)) != NULL)
		add_linked(paper, url, site);
	if (n > 4 && strcasecmp(url + n - 4, ".pdf") == 0)
		entry_str(paper, "pdf", url);
	else
		entry_str(paper, "url", url);
}

bool
entry_is_url(const char *s)
{
	return strncasecmp(s, "http://", 7) == 0 ||
	    strncasecmp(s, "https://", 8) == 0;
}
