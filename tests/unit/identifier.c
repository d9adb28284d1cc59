/* identifier - unit tests of lib/identifier.c and lib/identifier_serial.c */
#include "lib/identifier.h"
#include "unit.h"

struct answer {
	const char	*in;
	const char	*want;
};

/* Hold what show appends for each text against the answer. */
static void
check(const struct answer *v, size_t count,
    void (*show)(struct buf *, const char *, size_t))
{
	struct buf got = { 0 };
	size_t i, n, bad = 0;
	char *s;

	for (i = 0; i < count; i++) {
		n = strlen(v[i].in);
		s = exact(v[i].in, n);
		buf_reset(&got);
		show(&got, s, n);
		bad += differs(v[i].in, &got, v[i].want);
		free(s);
	}
	buf_free(&got);
	if (bad > 0)
		fail_msg(PLURAL, bad);
}

/* What a text is as "registry identifier", "" for none. */
static const struct answer whole[] = {
	{ "", "" }, { " ", "" }, { "A title", "" }, { "1234", "" },
	/* DOI */
	{ "10.1000/182", "doi 10.1000/182" },
	{ " 10.1000/182 ", "doi 10.1000/182" },
	{ "doi:10.1000/182", "doi 10.1000/182" },
	{ "DOI: 10.1/x", "doi 10.1/x" },
	{ "doi 10.1000/182", "doi 10.1000/182" },
	{ "info:doi/10.1000/182", "doi 10.1000/182" },
	{ "urn:doi:10.1000/182", "doi 10.1000/182" },
	{ "https://doi.org/10.1000/182", "doi 10.1000/182" },
	{ "HTTP://DX.DOI.ORG/10.1000/182", "doi 10.1000/182" },
	{ "http://www.doi.org/10.1000%2F182", "doi 10.1000%2F182" },
	{ "doi.org/10.1000/182", "doi 10.1000/182" },
	{ "https://doi.acm.org/10.1145/1", "doi 10.1145/1" },
	{ "10.1016/j.x.2016.10.006 [doi]", "doi 10.1016/j.x.2016.10.006" },
	{ "10.1002/(SICI)1097-4571(1998)49:8<693::AID-ASI4>3.0.CO;2-O",
	    "doi 10.1002/(SICI)1097-4571(1998)49:8<693::AID-ASI4>3.0.CO;2-O" },
	{ "10.1000.5/182", "doi 10.1000.5/182" },
	{ "Comment on https://doi.org/10.1000/182", "" },
	{ "doi:10.1000/182; see also", "" }, { "10.1000/182 and more", "" },
	{ "10.5/3", "" }, { "10.1000", "" }, { "10.1000/", "" },
	{ "10.1000-182", "" }, { "https://example.org/10.1000/182", "" },
	{ "https://doi.org/", "" }, { "doi", "" }, { "doi:", "" },
	{ "https://10.1000/182", "" },
	/* arXiv */
	{ "arXiv:2101.00001", "arxiv 2101.00001" },
	{ "arxiv: 1412.6980 [cs.LG]", "arxiv 1412.6980" },
	{ "arXiv:1706.03762v5", "arxiv 1706.03762v5" },
	{ "info:arxiv/hep-th/9901001", "arxiv hep-th/9901001" },
	{ "arXiv:math.GT/0309136", "arxiv math.GT/0309136" },
	{ "2101.00001", "" }, { "arXiv", "" }, { "arXiv:2101.001", "" },
	{ "arXiv preprint", "" }, { "arXiv:2101.000011", "" },
	{ "arXivs:2101.00001", "" },
	/* ISBN, ISSN */
	{ "978-3-16-148410-0", "isbn 978-3-16-148410-0" },
	{ "9783161484100", "isbn 9783161484100" },
	{ "978 3 16 148410 0", "isbn 978 3 16 148410 0" },
	{ "ISBN-13: 978-3-16-148410-0", "isbn 978-3-16-148410-0" },
	{ "isbn 0-8044-2957-X (pbk.)", "isbn 0-8044-2957-X" },
	{ "ISBN0306406152", "isbn 0306406152" },
	{ "urn:isbn:9783161484100", "isbn 9783161484100" },
	{ "0306406152", "" }, { "Isbnormal place", "" }, { "isbn", "" },
	{ "978-3-16-148410-0, 978-3-16-148411-7", "" },
	{ "On ISBN 978-3-16-148410-0", "" },
	{ "1533-7928", "issn 1533-7928" }, { "1050-124X", "issn 1050-124X" },
	{ "urn:ISSN:1533-7928", "issn 1533-7928" },
	{ "eISSN 1533-7928", "issn 1533-7928" },
	{ "e-ISSN 1533-7928", "" }, { "15337928", "" },
	{ "ISSN 15337928", "issn 15337928" }, { "1995-2001", "" },
	{ "0302-9740", "issn 0302-9740" },
	/* others */
	{ "PMC3654245", "pmcid PMC3654245" },
	{ "PMC3654245[pmcid]", "pmcid PMC3654245" },
	{ "PMCID: PMC3654245", "pmcid PMC3654245" },
	{ "23690738[pmid]", "pmid 23690738" }, { "PMID:23690738", "pmid 23690738" },
	{ "info:pmid/23690738", "pmid 23690738" },
	{ "MEDLINE:23690738", "pmid 23690738" }, { "PMID: x", "" },
	{ "PMCs", "" }, { "[pmid]", "" }, { "pmid", "" },
	{ "WOS:000082252000006", "wos 000082252000006" },
	{ "ISI:A1", "wos A1" }, { "INSPEC:8863438", "inspec 8863438" },
	{ "DBLP:conf/x/Lee01", "dblp conf/x/Lee01" }, { "dblp: a note", "" },
	{ "acl", "" }, { "mag 1", "" }, { "nbn:de:1", "" },
	{ "orcid:0000-0002-1825-0097", "orcid 0000-0002-1825-0097" },
};

static void
show_whole(struct buf *got, const char *s, size_t n)
{
	struct identifier id;

	if (identifier_is(&id, s, n))
		buf_addf(got, "%s %.*s", id.registry, (int)id.n, id.s);
}

static void
test_whole(void **state)
{
	(void)state;
	check(whole, NCASES(whole), show_whole);
}

/* All numbers of a text, "!" behind one whose check digit is wrong. */
static const struct answer serials[] = {
	{ "", "" }, { "kmptns", "" }, { "ISBN", "" }, { "I-S-B-N", "" },
	{ "1234-5679", "issn 1234-5679" }, { "1234-5678", "issn 1234-5678!" },
	{ "2234943X (ISSN)", "issn 2234943X" },
	{ "ISSN 1234-5679", "issn 1234-5679" },
	{ "1050124x", "issn 1050124x" },
	{ "1532-1827 (Electronic) 0007-0920 (Linking)",
	    "issn 1532-1827, issn 0007-0920" },
	{ "1939-1676 0891-6640", "issn 1939-1676, issn 0891-6640" },
	{ "0302-9743, 1611-3349", "issn 0302-9743, issn 1611-3349" },
	{ "0302-9743 (Print)1611-3349", "issn 0302-9743, issn 1611-3349" },
	{ "978-3-16-148410-0 (print); 978-3-16-148411-7 (online)",
	    "isbn 978-3-16-148410-0, isbn 978-3-16-148411-7" },
	{ "ISBN-13: 978-3-16-148410-0", "isbn 978-3-16-148410-0" },
	{ "ISBN-13 978-3-16-148410-0", "isbn 978-3-16-148410-0" },
	{ "ISBN 13 9783161484100", "isbn 9783161484100" },
	{ "ISBN-10 0-306-40615-2", "isbn 0-306-40615-2" },
	{ "ISBN-10: 0306406152 ISBN-13: 9780306406157",
	    "isbn 0306406152, isbn 9780306406157" },
	{ "978 3 16 148410 0", "isbn 978 3 16 148410 0" },
	{ "978\xe2\x80\x93" "3\xe2\x80\x93" "16\xe2\x80\x93" "148410\xe2\x80\x93" "0",
	    "isbn 978\xe2\x80\x93" "3\xe2\x80\x93" "16\xe2\x80\x93" "148410\xe2\x80\x93" "0" },
	{ "978-131750096-4 (ISBN); 978-113888701-5 (ISBN)",
	    "isbn 978-131750096-4, isbn 978-113888701-5" },
	{ "0302-9743; 978-3-540-67884-7", "issn 0302-9743, isbn 978-3-540-67884-7" },
	{ "978-3-540-67884-7 0302-9743", "isbn 978-3-540-67884-7, issn 0302-9743" },
	{ "0-8044-2957-X", "isbn 0-8044-2957-X" },
	{ "ISSN 978-3-16-148410-0", "isbn 978-3-16-148410-0" },
	{ "978-953-7619-34-3", "isbn 978-953-7619-34-3" },
	{ "978-3-16-148410", "" }, { "9783161484101", "isbn 9783161484101!" },
	{ "1227401508525", "" }, { "12345-6789", "" },
	{ "937-0-1234-56789-X", "" }, { "123456789", "" }, { "B0000-0019", "" },
	{ "0000-0019", "issn 0000-0019" }, { "12 34 56 78", "" },
	{ "1234--5679", "" }, { "1234-567X9", "" }, { "X234-5679", "" },
};

static void
show_serials(struct buf *got, const char *s, size_t n)
{
	struct identifier id;
	const char *p = s;

	while (identifier_serial(&id, &p, s + n))
		buf_addf(got, "%s%s %.*s%s", got->len > 0 ? ", " : "",
		    id.registry, (int)id.n, id.s, id.checked ? "" : "!");
}

static void
test_serials(void **state)
{
	(void)state;
	check(serials, NCASES(serials), show_serials);
}

static const struct answer orcids[] = {
	{ "0000-0002-1825-0097", "0000-0002-1825-0097" },
	{ "0000-0002-1694-233x", "0000-0002-1694-233X" },
	{ "https://orcid.org/0000-0002-1825-0097/", "0000-0002-1825-0097" },
	{ "(orcid)0000-0002-1825-0097", "0000-0002-1825-0097" },
	{ "ORCID: 0000000218250097", "0000-0002-1825-0097" },
	{ " http://orcid.org/0000000218250097 ", "0000-0002-1825-0097" },
	{ "", "" }, { "X", "" }, { "orcid", "" }, { "0000-0002-1825-009", "" },
	{ "00000-0002-1825-0097", "" }, { "0000-0002-1825-00977", "" },
	{ "0000-0002-18X5-0097", "" }, { "1-0000-0002-1825-0097", "" },
	{ "0000-0002-1825-0097-", "" }, { "0000 0002 1825 0097", "" },
};

static void
show_orcid(struct buf *got, const char *s, size_t n)
{
	char out[ORCID_SIZE];

	if (identifier_orcid(out, s, n))
		buf_adds(got, out);
}

static void
test_orcids(void **state)
{
	(void)state;
	check(orcids, NCASES(orcids), show_orcid);
}

static void
test_registries(void **state)
{
	(void)state;
	assert_string_equal(identifier_registry("PubMed", 6), "pmid");
	assert_string_equal(identifier_registry("pmc", 3), "pmcid");
	assert_string_equal(identifier_registry("EISSN", 5), "issn");
	assert_null(identifier_registry("", 0));
	assert_null(identifier_registry("do", 2));
	assert_null(identifier_registry("url", 3));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_serials),
		cmocka_unit_test(test_orcids),
		cmocka_unit_test(test_registries),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
