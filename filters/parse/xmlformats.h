/* xmlformats - records of XML formats that others may have in an envelope */
#ifndef XMLFORMATS_H
#define XMLFORMATS_H

#include <stdbool.h>

struct json;
struct node;

/*
 * Each fills a paper from a record of its format, and returns the record's own
 * key, or NULL.  The nodes are as tree.h has them; nothing is written, and
 * nothing rejected.
 */

/* <arXiv>, <arXivRaw> */
const char	*arxiv_paper(struct json *paper, const struct node *record);
/* <resource> of DataCite */
const char	*datacite_paper(struct json *paper, const struct node *record);
/* <dc> of Dublin Core, and <dim>, which is DSpace's */
const char	*dc_paper(struct json *paper, const struct node *record);
const char	*dim_paper(struct json *paper, const struct node *record);
/* <article> of JATS */
const char	*jats_paper(struct json *paper, const struct node *record);
/*
 * <record> of MARC 21; whether it has fields of that, and whether it says that
 * it was deleted
 */
const char	*marcxml_paper(struct json *paper, const struct node *record);
bool		 marcxml_is(const struct node *record);
bool		 marcxml_is_deleted(const struct node *record);
/* <mods> */
const char	*mods_paper(struct json *paper, const struct node *record);
/* <crossref>, and what holds one: <doi_record>, <query>, <crossref_result> */
const char	*unixref_paper(struct json *paper, const struct node *record);

#endif
