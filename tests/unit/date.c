/* date - dates as sources write them */
#include "unit.h"

#include "lib/calendar.h"
#include "lib/date.h"

/* "2017-02-27", "--02-27" without a year, "?" where numbers are unclear. */
static void
show(struct buf *b, struct date d)
{
	char s[DATE_ROOM];

	buf_reset(b);
	if (d.year > 0)
		buf_adds(b, date_print(s, d));
	else if (d.month > 0) {
		buf_addf(b, "--%02d", d.month);
		if (d.day > 0)
			buf_addf(b, "-%02d", d.day);
	}
	if (d.unclear)
		buf_adds(b, "?");
}

static void
texts_are_read(void **state)
{
	static const struct {
		const char	*text, *date;
	} cases[] = {
		/* numbers */
		{ "2017-02-27", "2017-02-27" }, { "2017/02/27", "2017-02-27" },
		{ "2017.2.7", "2017-02-07" }, { "20170227", "2017-02-27" },
		{ "2017-02-27T10:00:00Z", "2017-02-27" },
		{ "2017-02-27Z", "2017-02-27" },
		{ "2017-02-27 10:00:00", "2017-02-27" },
		{ "20170227100000", "2017-02-27" },
		{ "20170227T100000Z", "2017-02-27" },
		{ "2017-02", "2017-02" }, { "2017/2", "2017-02" },
		{ "2017 02 27", "2017-02-27" }, { "2017   02", "2017-02" },
		{ "2017 10:30", "2017" }, { "2017", "2017" },
		{ "27/02/2017", "2017-02-27" }, { "02/27/2017", "2017-02-27" },
		{ "05/05/2017", "2017-05-05" }, { "27.02.2017", "2017-02-27" },
		{ "02/2017", "2017-02" }, { "04 2006", "2006-04" },
		{ "2019\xe5\xb9\xb4""5\xe6\x9c\x88""3\xe6\x97\xa5",
		    "2019-05-03" },
		/* of RIS */
		{ "2005/07/15/other", "2005-07-15" }, { "2016/01/", "2016-01" },
		{ "2019/12//undefined", "2019-12" }, { "1983///", "1983" },
		{ "2004/12//Winter", "2004-12" }, { "2015/october", "2015-10" },
		{ "2015/october/3", "2015-10-03" },
		{ "10/15/online", "--10-15" }, { "10/09/online", "--10" },
		/* names of months */
		{ "27 February 2017", "2017-02-27" },
		{ "Feb 27, 2017", "2017-02-27" },
		{ "Feb. 27th, 2017", "2017-02-27" },
		{ "27. Feb. 2017", "2017-02-27" },
		{ "27-Feb-2017", "2017-02-27" },
		{ "Feb-27-2017", "2017-02-27" },
		{ "2017-Feb-27", "2017-02-27" }, { "03MAY2019", "2019-05-03" },
		{ "3rd of May 2019", "2019-05-03" },
		{ "Mon, 2 Apr 2007 19:18:42 GMT", "2007-04-02" },
		{ "Mon Apr  2 19:18:42 2007", "2007-04-02" },
		{ "Apr 10:30 2007", "2007-04" },
		{ "2022 Nov 30", "2022-11-30" }, { "April, 1989", "1989-04" },
		{ "Published: 9 June 2019", "2019-06-09" },
		/* without a year */
		{ "12 March", "--03-12" }, { "3 Sep", "--09-03" },
		{ "September 3", "--09-03" }, { "jul~11", "--07-11" },
		{ "10\xc2\xa0""feb", "--02-10" }, { "AUG", "--08" },
		{ "MAY-JUN", "--05" }, { "DEC-JAN", "" }, { "5", "--05" }, { "04", "--04" },
		{ "14", "" }, { "5/6", "--05" }, { "5-6", "--05" },
		{ "12-14", "" }, { "19-Feb", "--02" }, { "Summer", "" },
		{ "Vol. 5", "" },
		/* ranges */
		{ "2019-05/2019-06", "2019-05" }, { "2019/05-06", "2019-05" },
		{ "2019-05-28/2019-06-03", "2019-05-28" },
		{ "2019-05-28/06-03", "2019-05-28" },
		{ "05/2019-06/2019", "2019-05" }, { "2019/", "2019" },
		{ "2019/2020", "2019" }, { "2019-2020", "2019" },
		{ "2019--2020", "2019" }, { "1998/99", "1998" },
		{ "2019\xe2\x80\x93""20", "2019" },
		{ "May-June 2019", "2019-05" }, { "2019 May-Jun", "2019-05" },
		{ "May\xe2\x80\x93June 2019", "2019-05" },
		{ "May & June 2019", "2019-05" }, { "Sept./Oct. 2019", "2019-09" },
		{ "1998 Dec-1999 Jan", "1998-12" },
		{ "Dec 1998-Jan 1999", "1998-12" },
		{ "27 Dec 1998-2 Jan 1999", "1998-12-27" },
		{ "27 Dec 2018-28 Jan 2019", "2018-12-27" },
		{ "Dec-Jan 1999", "1999" }, { "1998-1999 Dec", "1998" },
		{ "1998-99 Dec", "1998" }, { "May 2018-2019", "2018" },
		{ "9--15 June 2003", "2003-06-09" },
		{ "26 and 27 May 2003", "2003-05-26" },
		{ "June 9-15, 2003", "2003-06-09" },
		{ "October 31 - November 4", "--10-31" },
		{ "October 31 \xe2\x80\x93 November 4, 2018", "2018-10-31" },
		{ "30 September to 4 October 2018", "2018-09-30" },
		{ "Sep-Oct 5, 2018", "2018-09" }, { "3 Feb-Mar 2018", "2018-02" },
		/* less than a month is certain */
		{ "Winter 2019", "2019" }, { "2019 Spring", "2019" },
		{ "1998 4th Quart", "1998" }, { "2019-21", "2019" },
		{ "c2019", "2019" }, { "[2019]", "2019" }, { "2019?", "2019" },
		{ "\xc2\xa9""2019", "2019" }, { "ca. 1999", "1999" },
		{ "1950~", "1950" }, { "2019a", "2019" }, { "2019-XX", "2019" },
		{ "3 mai 2017", "2017" }, { "No. 5, 2019", "2019" },
		{ "Vol 3 March 2019", "2019-03" }, { "2019-9 June", "2019-09" },
		{ "2019-W05", "2019" }, { "2019-053", "2019" },
		/* no date, or several */
		{ "-2000~", "?" }, { "../2004-01-01", "?" },
		{ "/2004-01-01", "?" }, { "- 2004", "2004" },
		{ "05/10/2004", "2004?" }, { "05-06/2019", "2019?" },
		{ "2019-13-05", "2019?" }, { "2019-00-00", "2019" },
		{ "2019-05-00", "2019-05" }, { "2019-02-30", "2019-02" },
		{ "29 February 2019", "2019-02" },
		{ "29 February 2020", "2020-02-29" },
		{ "31/06/2019", "2019-06" }, { "2003 Feb 30x", "2003-02" },
		{ "20190230", "2019-02" }, { "20191345", "" },
		{ "99", "" }, { "in press", "" }, { "", "" }, { "-", "" },
		{ "202020", "" }, { "123456789-01-02", "" },
	};
	struct buf b = { 0 };
	size_t i, failed = 0;

	(void)state;
	for (i = 0; i < NCASES(cases); i++) {
		show(&b, date_read(cases[i].text));
		failed += differs(cases[i].text, &b, cases[i].date);
	}
	buf_free(&b);
	if (failed > 0)
		fail_msg(PLURAL, failed);
}

static void
parts_are_put_together(void **state)
{
	static const struct {
		const char	*year, *month, *day, *date;
	} cases[] = {
		{ "2017", "2", "27", "2017-02-27" },
		{ "2017", "Feb", "27", "2017-02-27" },
		{ "2017", "12 March", NULL, "2017-03-12" },
		{ "2017", "3 Sep", NULL, "2017-09-03" },
		{ "2017", "2017 Sep 3", NULL, "2017-09-03" },
		{ "2017", "2016 Sep 3", NULL, "2017" },
		{ "2017", "May-June", "3", "2017-05" },
		{ "2017", "5-6", "3", "2017-05" },
		{ "2017", "13", "1", "2017" }, { "2017", "Summer", "1", "2017" },
		{ "2017", "2", "30", "2017-02" }, { "2017", "2", "x", "2017-02" },
		{ "2017", "2", "29", "2017-02" }, { "2017", NULL, "3", "2017" },
		{ "2017", "29 Feb", NULL, "2017-02" },
		{ "c2017", "May", NULL, "2017-05" },
		{ "2017-05-03", NULL, NULL, "2017-05-03" },
		{ "2017-2018", "May", NULL, "2017" },
		{ "in press", "May", "3", "" }, { NULL, "May", "3", "" },
		{ "", "5", "3", "" }, { "-0500", "5", NULL, "?" },
	};
	struct buf b = { 0 };
	size_t i, failed = 0;

	(void)state;
	for (i = 0; i < NCASES(cases); i++) {
		show(&b, date_of_parts(cases[i].year, cases[i].month,
		    cases[i].day));
		failed += differs(cases[i].month != NULL ? cases[i].month :
		    cases[i].date, &b, cases[i].date);
	}
	buf_free(&b);
	if (failed > 0)
		fail_msg(PLURAL, failed);
}

static void
what_is_not_understood_is_left(void **state)
{
	static const struct {
		const char	*text, *date;
	} cases[] = {
		{ "2019-05/2019-06", "2019-05" }, { "c2019", "2019" },
		{ "Winter 2019", "2019" }, { "May 3, 2019", "2019-05-03" },
		{ "05/10/2004", NULL }, { "in press 2019", NULL },
		{ "May", NULL }, { "", NULL }, { "1234-5678", NULL },
	};
	char s[DATE_ROOM], *text, large[300];
	const char *iso;
	size_t i, n;

	(void)state;
	for (i = 0; i < NCASES(cases); i++) {
		n = strlen(cases[i].text);
		text = exact(cases[i].text, n);
		iso = date_iso(s, text, n);
		if (cases[i].date == NULL ? iso != NULL : iso == NULL ||
		    strcmp(iso, cases[i].date) != 0)
			fail_msg("%s", cases[i].text);
		free(text);
	}
	assert_null(date_iso(s, "2019\0x", 6));
	memset(large, ' ', sizeof(large));
	memcpy(large, "2019", 4);
	assert_null(date_iso(s, large, sizeof(large)));
	assert_non_null(date_iso(s, large, 255));
}

static void
months_have_their_days(void **state)
{
	(void)state;
	assert_int_equal(calendar_days(2019, 2), 28);
	assert_int_equal(calendar_days(2020, 2), 29);
	assert_int_equal(calendar_days(1900, 2), 28);
	assert_int_equal(calendar_days(2000, 2), 29);
	assert_int_equal(calendar_days(0, 2), 29);
	assert_int_equal(calendar_days(2019, 12), 31);
	assert_int_equal(calendar_month("Sept", 4), 9);
	assert_int_equal(calendar_month("ju", 2), 0);
	assert_int_equal(calendar_month("Marchs", 6), 0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_read),
		cmocka_unit_test(parts_are_put_together),
		cmocka_unit_test(what_is_not_understood_is_left),
		cmocka_unit_test(months_have_their_days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
