/* name - tests of lists of personal names */
#include <stdbool.h>

#include "lib/arena.h"
#include "lib/json.h"
#include "lib/name.h"
#include "unit.h"

/* The names of a list, a bar between them. */
static bool
split(struct buf *b, const char *s, size_t n, enum name_list kind)
{
	struct arena a = { 0 };
	struct json *list = json_array(&a), *e;
	char *copy = exact(s, n);
	bool more = name_split_list(&a, list, copy, n, kind);

	free(copy);
	buf_reset(b);
	for (e = list->child; e != NULL; e = e->next) {
		assert_int_equal(e->type, JSON_OBJECT);
		assert_non_null(json_get_str(e, "name"));
		buf_addf(b, "%s%s", e == list->child ? "" : "|",
		    json_get_str(e, "name"));
		if (json_get_str(e, "email") != NULL)
			buf_addf(b, " @%s", json_get_str(e, "email"));
	}
	arena_free(&a);
	return more;
}

struct list_case {
	const char	*in;
	const char	*want;
	bool		 more;
};

static const struct list_case lists[] = {
	/* semicolons */
	{ "A; B", "A|B", false },
	{ "Ann Bee;Cid Dee ; Eli Fox", "Ann Bee|Cid Dee|Eli Fox", false },
	{ "Bee, Ann; Dee, Cid", "Bee, Ann|Dee, Cid", false },
	{ "Bee, A.; Dee, C. D.", "Bee, A.|Dee, C. D.", false },
	{ "Bee, Ann;", "Bee, Ann", false },
	{ "Bee, Ann;; Dee, Cid;", "Bee, Ann|Dee, Cid", false },
	{ "Ann Bee; Cid Dee; and Eli Fox", "Ann Bee|Cid Dee|Eli Fox", false },
	{ "Ann Bee; & Eli Fox", "Ann Bee|Eli Fox", false },
	{ "Ann Bee; C. Dee and E. L. Fox", "Ann Bee|C. Dee|E. L. Fox", false },
	{ "Ann Bee; Cid Dee & Eli Fox", "Ann Bee|Cid Dee|Eli Fox", false },
	{ "Cid Dee and Eli Fox; Ann Bee", "Cid Dee and Eli Fox|Ann Bee", false },
	{ "Ann Bee; Metin And", "Ann Bee|Metin And", false },
	{ "Ann Bee; Cid Dee (Oslo University and Bergen University)",
	    "Ann Bee|Cid Dee (Oslo University and Bergen University)", false },
	{ "Ann Bee; School of Science and Technology",
	    "Ann Bee|School of Science and Technology", false },
	{ "Ann Bee; Dee, Cid and Eli Fox", "Ann Bee|Dee, Cid and Eli Fox",
	    false },
	{ "Bee, Ann, Jr.; Dee, Cid", "Bee, Ann, Jr.|Dee, Cid", false },
	{ "Anderson, Sandra; Andersen, Andy", "Anderson, Sandra|Andersen, Andy",
	    false },
	/* and */
	{ "A and B", "A|B", false },
	{ "Ann Bee and Cid Dee and Eli Fox", "Ann Bee|Cid Dee|Eli Fox", false },
	{ "Ann Bee & Cid Dee", "Ann Bee|Cid Dee", false },
	{ "Ann Bee AND Cid Dee", "Ann Bee|Cid Dee", false },
	{ "Ann Bee\nand\tCid Dee", "Ann Bee|Cid Dee", false },
	{ "Hans Bee und Cid Dee", "Hans Bee|Cid Dee", false },
	{ "Smith, John and Doe, Jane", "Smith, John|Doe, Jane", false },
	{ "Zhai, Q. J. and Yue, X. Y.", "Zhai, Q. J.|Yue, X. Y.", false },
	{ "Smith, A. & Doe, B.", "Smith, A.|Doe, B.", false },
	{ "Knuth, Donald E. and Lamport, Leslie and Tarjan, Robert Endre",
	    "Knuth, Donald E.|Lamport, Leslie|Tarjan, Robert Endre", false },
	{ "Knuth, Donald E. and Leslie Lamport", "Knuth, Donald E.|"
	    "Leslie Lamport", false },
	{ "Donald E. Knuth and Lamport, Leslie", "Donald E. Knuth|"
	    "Lamport, Leslie", false },
	{ "de la Cruz, Ana and von Neumann, John", "de la Cruz, Ana|"
	    "von Neumann, John", false },
	{ "Tarjan, Robert Endre and Knuth, Donald Ervin",
	    "Tarjan, Robert Endre|Knuth, Donald Ervin", false },
	{ "Kim, Min Soo and Lee, Ji Woo and Park, Jin",
	    "Kim, Min Soo|Lee, Ji Woo|Park, Jin", false },
	{ "García Márquez, Gabriel and Doe, Jane",
	    "García Márquez, Gabriel|Doe, Jane", false },
	{ "Madonna and Prince", "Madonna|Prince", false },
	{ "LE CUN, YANN AND DOE, JANE", "LE CUN, YANN|DOE, JANE", false },
	/* commas, and one before the last */
	{ "A, B and C", "A|B|C", false },
	{ "A, B, and C", "A|B|C", false },
	{ "Madonna, Prince, and Cher", "Madonna|Prince|Cher", false },
	{ "Madonna, Ann Bee and Cid Dee", "Madonna|Ann Bee|Cid Dee", false },
	{ "Ann Bee, Cid Dee, Eli Fox", "Ann Bee|Cid Dee|Eli Fox", false },
	{ "Ann Bee,Cid Dee,Eli Fox", "Ann Bee|Cid Dee|Eli Fox", false },
	{ "Ann Bee, Cid Dee and Eli Fox", "Ann Bee|Cid Dee|Eli Fox", false },
	{ "Ann Bee, Cid Dee, and Eli Fox", "Ann Bee|Cid Dee|Eli Fox", false },
	{ "Ann Bee, Cid Dee, & Eli Fox", "Ann Bee|Cid Dee|Eli Fox", false },
	{ "Ann Bee, Cid Dee", "Ann Bee|Cid Dee", false },
	{ "a. b, c. d, and e. f,", "a. b|c. d|e. f", false },
	{ "s guha , r rastogi , k shim", "s guha|r rastogi|k shim", false },
	{ "Guha S, Rastogi R, Shim K", "Guha S|Rastogi R|Shim K", false },
	{ "Guha S, Rastogi R", "Guha S|Rastogi R", false },
	{ "Isabel F. Cruz, Bo Dai", "Isabel F. Cruz|Bo Dai", false },
	{ "J.-P. Bee, M. Dee", "J.-P. Bee|M. Dee", false },
	{ "Sandra Anderson, Andy Land, Candy Anders",
	    "Sandra Anderson|Andy Land|Candy Anders", false },
	/* given names that are particles elsewhere */
	{ "Ben Taskar, Daphne Koller", "Ben Taskar|Daphne Koller", false },
	{ "Le Song, Bo Dai", "Le Song|Bo Dai", false },
	{ "Al Gore, Di Wang, Du Tran", "Al Gore|Di Wang|Du Tran", false },
	{ "Miguel de Cervantes, Madonna", "Miguel de Cervantes|Madonna",
	    false },
	{ "Ludwig van Beethoven, Otto von Bismarck",
	    "Ludwig van Beethoven|Otto von Bismarck", false },
	/* initials tell what stands in front */
	{ "Smith, J., Doe, A., and Roe, B.", "Smith, J.|Doe, A.|Roe, B.",
	    false },
	{ "Smith, J., Doe, A.", "Smith, J.|Doe, A.", false },
	{ "Smith, J. A., Doe, B., & Roe, C. D.",
	    "Smith, J. A.|Doe, B.|Roe, C. D.", false },
	{ "Smith, J.-P., Doe, A.", "Smith, J.-P.|Doe, A.", false },
	{ "Smith, J-P., Doe, A.", "Smith, J-P.|Doe, A.", false },
	{ "Smith, JA, Doe, AB", "Smith, JA|Doe, AB", false },
	{ "SMITH, J., DOE, A.", "SMITH, J.|DOE, A.", false },
	{ "Bee,A.,Dee,C.", "Bee,A.|Dee,C.", false },
	{ "Åström, K., Müller, Ö., Doe, A.", "Åström, K.|Müller, Ö.|Doe, A.",
	    false },
	{ "García Márquez, G., Doe, A.", "García Márquez, G.|Doe, A.", false },
	{ "van der Berg, J., de Boer, P. T.", "van der Berg, J.|de Boer, P. T.",
	    false },
	{ "Li, W., Xu, X. and Wu, Y.", "Li, W.|Xu, X.|Wu, Y.", false },
	{ "O'Connor, S., O’Brien, T.", "O'Connor, S.|O’Brien, T.", false },
	/* one */
	{ "Ziegler, T. R.", "Ziegler, T. R.", false },
	{ "Smith, John", "Smith, John", false },
	{ "Smith, John A.", "Smith, John A.", false },
	{ "Tarjan, Robert Endre", "Tarjan, Robert Endre", false },
	{ "Smith, J", "Smith, J", false },
	{ "van der Berg, Jan", "van der Berg, Jan", false },
	{ "van der Berg, Jan Pieter", "van der Berg, Jan Pieter", false },
	{ "de Freitas, Nando", "de Freitas, Nando", false },
	{ "García Márquez, G.", "García Márquez, G.", false },
	{ "LE CUN, YANN", "LE CUN, YANN", false },
	{ "VAN DER BERG, JAN PIETER", "VAN DER BERG, JAN PIETER", false },
	{ "Anderson, Sandra", "Anderson, Sandra", false },
	{ "O'Connor, Sinead", "O'Connor, Sinead", false },
	{ "Gore, Al", "Gore, Al", false },
	{ "Madonna", "Madonna", false },
	{ "O'Connor", "O'Connor", false },
	{ "Sandra Anderson", "Sandra Anderson", false },
	{ "Metin And", "Metin And", false },
	{ "J. R. R. Tolkien", "J. R. R. Tolkien", false },
	{ "王伟", "王伟", false },
	{ " Ann Bee ", "Ann Bee", false },
	{ "Bo Dai 0001", "Bo Dai 0001", false },
	{ "Zachary C. Lipton.", "Zachary C. Lipton", false },
	/* suffixes */
	{ "John Smith, Jr.", "John Smith, Jr.", false },
	{ "John Smith Jr., Jane Doe", "John Smith Jr.|Jane Doe", false },
	{ "John Smith, Jr., Jane Doe", "John Smith, Jr.|Jane Doe", false },
	{ "John Smith, III, Jane Doe, PhD", "John Smith, III|Jane Doe, PhD",
	    false },
	{ "John Smith, MD, Jane Doe, Ph.D.", "John Smith, MD|Jane Doe, Ph.D.",
	    false },
	{ "King, M. L., Jr., Smith, J.", "King, M. L., Jr.|Smith, J.", false },
	{ "Smith, J., Jr.", "Smith, J., Jr.", false },
	{ "Davis, Jr., Sammy and Martin, Dean", "Davis, Jr., Sammy|"
	    "Martin, Dean", false },
	{ "Sammy Davis, Jr. and Dean Martin", "Sammy Davis, Jr.|Dean Martin",
	    false },
	{ "Ann Bee and Sammy Davis Jr.", "Ann Bee|Sammy Davis Jr.", false },
	{ "Ann Bee, PhD, Cid Dee, MD", "Ann Bee, PhD|Cid Dee, MD", false },
	/* what no name has in it */
	{ "Bee, A.; Dee, C. and Fox, E.", "Bee, A.|Dee, C.|Fox, E.", false },
	{ "Dee, C. and Fox, E.; Bee, A.", "Dee, C.|Fox, E.|Bee, A.", false },
	{ "Ann Bee | Cid Dee|Eli Fox", "Ann Bee|Cid Dee|Eli Fox", false },
	{ "Bee, Ann | Dee, Cid", "Bee, Ann|Dee, Cid", false },
	{ "Bee, Ann；Dee, Cid", "Bee, Ann|Dee, Cid", false },
	{ "李明、王伟、张三", "李明|王伟|张三", false },
	{ "李明，王伟", "李明|王伟", false },
	{ "Ann Bee，Cid Dee，Eli Fox", "Ann Bee|Cid Dee|Eli Fox", false },
	{ "Bee，Ann", "Bee，Ann", false },
	{ "山田, 太郎", "山田, 太郎", false },
	{ "M&uuml;ller, Jo", "M&uuml;ller, Jo", false },
	{ "AT&T; Ann Bee", "AT&T|Ann Bee", false },
	/* what stands behind names, or around them */
	{ "Bee, A., & Dee, C. (2001)", "Bee, A.|Dee, C.", false },
	{ "Bee, A., & Dee, C. (2001).", "Bee, A.|Dee, C.", false },
	{ "Ann Bee (MIT, Cambridge), Cid Dee (Oxford; and Bath)",
	    "Ann Bee (MIT, Cambridge)|Cid Dee (Oxford; and Bath)", false },
	{ "Ann Bee (MIT, Cid Dee", "Ann Bee (MIT|Cid Dee", false },
	{ "Yuan (Alan) Qi, Cid Dee", "Yuan (Alan) Qi|Cid Dee", false },
	{ "Ann Bee <a@x.org>, Cid Dee <c@y.org>",
	    "Ann Bee @a@x.org|Cid Dee @c@y.org", false },
	{ "Bee, Ann <a@x.org>; Dee, Cid", "Bee, Ann @a@x.org|Dee, Cid", false },
	{ "Ann Bee <sup>1</sup>", "Ann Bee <sup>1</sup>", false },
	{ "<a@x.org>", "<a@x.org>", false },
	/* as programs write lists */
	{ "['Ann Bee', 'Dee, Cid']", "Ann Bee|Dee, Cid", false },
	{ "[\"Ann Bee\",\"Cid O'Dee\"]", "Ann Bee|Cid O'Dee", false },
	{ "['Ann Bee', \"Cid O'Dee\"]", "Ann Bee|Cid O'Dee", false },
	{ "('Ann Bee',)", "Ann Bee", false },
	{ "['Ann Bee' 'Cid Dee'\n 'Eli Fox']", "Ann Bee|Cid Dee|Eli Fox",
	    false },
	{ "[\"M\\u00fcller, Jo\", \"Ann \\\"B\\\" Bee\"]",
	    "Müller, Jo|Ann \"B\" Bee", false },
	{ "[Ann Bee, Cid Dee]", "Ann Bee|Cid Dee", false },
	{ "[]", "", false },
	{ "['Ann Bee", "['Ann Bee", false },
	{ "(Ann Bee)", "(Ann Bee)", false },
	/* a letter that is no initial */
	{ "Ramón y Cajal, Santiago", "Ramón y Cajal|Santiago", false },
	/* and more */
	{ "Smith, J. et al.", "Smith, J.", true },
	{ "J. Smith et al", "J. Smith", true },
	{ "J. Smith, et al.", "J. Smith", true },
	{ "J. Smith, A. Doe, et al.", "J. Smith|A. Doe", true },
	{ "J. Smith, A. Doe, et. al.", "J. Smith|A. Doe", true },
	{ "Ann Bee, Cid Dee, ET AL.", "Ann Bee|Cid Dee", true },
	{ "Ann Bee; Cid Dee; et al.", "Ann Bee|Cid Dee", true },
	{ "Ann Bee; Cid Dee et al.", "Ann Bee|Cid Dee", true },
	{ "Ann Bee; Cid Dee; others", "Ann Bee|Cid Dee", true },
	{ "Ann Bee; Cid Dee; and others", "Ann Bee|Cid Dee", true },
	{ "Smith, John and others", "Smith, John", true },
	{ "Smith, J. and Doe, A. and others", "Smith, J.|Doe, A.", true },
	{ "Ann Bee, Cid Dee, and others", "Ann Bee|Cid Dee", true },
	{ "et al.", "", true },
	{ "others", "", true },
	{ "Ann Bee, Mo Others", "Ann Bee|Mo Others", false },
	{ "Ann Bee, Cid Dee, et alii", "Ann Bee|Cid Dee", true },
	{ "Et Alami, Ann; Bee, Cid", "Et Alami, Ann|Bee, Cid", false },
	{ "Peter Al, Petra Etal", "Peter Al|Petra Etal", false },
	/* nothing */
	{ "", "", false },
	{ " \t\r\n", "", false },
	{ ",", "", false },
	{ " , ,, ", "", false },
	{ ";", "", false },
	{ ";;", "", false },
	{ "; ;", "", false },
	{ "and", "", false },
	{ " and ", "", false },
	{ "&", "", false },
	{ " & ", "", false },
	{ "and and", "", false },
	{ ", and", "", false },
	/* separators too many */
	{ "A. Smith and", "A. Smith", false },
	{ "A. Smith and ", "A. Smith", false },
	{ "and A. Smith", "A. Smith", false },
	{ "A. Smith, and", "A. Smith", false },
	{ ", A. Smith,, B. Doe,", "A. Smith|B. Doe", false },
	{ "Ann Bee and and Cid Dee", "Ann Bee|Cid Dee", false },
};

static void
check_lists(const struct list_case *v, size_t n, enum name_list kind)
{
	struct buf b = { 0 };
	size_t i, failed = 0;

	for (i = 0; i < n; i++) {
		bool more = split(&b, v[i].in, strlen(v[i].in), kind);

		failed += differs(v[i].in, &b, v[i].want);
		if (more != v[i].more) {
			print_error("\"%s\": %smore\n", v[i].in,
			    more ? "" : "no ");
			failed++;
		}
	}
	if (failed > 0)
		fail_msg(PLURAL, failed);
	buf_free(&b);
}

static void
name_lists_are_split(void **state)
{
	(void)state;
	check_lists(lists, NCASES(lists), NAMES_SEVERAL);
}

/* A text that should be one name is several only where that is sure. */
static void
single_names_are_kept(void **state)
{
	static const struct list_case ones[] = {
		{ "Bee, Ann", "Bee, Ann", false },
		{ "Bee, Ann, Jr.", "Bee, Ann, Jr.", false },
		{ "Bee, Ann and Dee, Cid", "Bee, Ann|Dee, Cid", false },
		{ "Bee, Ann and Dee, Cid & Fox, E.", "Bee, Ann|Dee, Cid|Fox, E.",
		    false },
		{ "Bee, Ann, Jr. and Dee, Cid", "Bee, Ann, Jr.|Dee, Cid",
		    false },
		{ "Bee, Ann; Dee, Cid", "Bee, Ann|Dee, Cid", false },
		{ "Bee, A.; Dee, C. and Fox, E.", "Bee, A.|Dee, C.|Fox, E.",
		    false },
		{ "Ann Bee; Cid Dee and Eli Fox", "Ann Bee|Cid Dee|Eli Fox",
		    false },
		{ "李明、王伟", "李明|王伟", false },
		{ "A. Bee, Cid Dee", "A. Bee|Cid Dee", false },
		{ "Ann B. Bee, C. Dee", "Ann B. Bee|C. Dee", false },
		{ "Bee A., Dee C.", "Bee A.|Dee C.", false },
		/* or not */
		{ "Ann Bee, Cid Dee", "Ann Bee, Cid Dee", false },
		{ "García Márquez, Gabriel José",
		    "García Márquez, Gabriel José", false },
		{ "Ramón y Cajal, Santiago Felipe",
		    "Ramón y Cajal, Santiago Felipe", false },
		{ "A. B. Bee, Jr.", "A. B. Bee, Jr.", false },
		{ "A. B. Bee, Stanford University",
		    "A. B. Bee, Stanford University", false },
		{ "Ann Bee and Cid Dee", "Ann Bee and Cid Dee", false },
		{ "Department of Health and Human Services",
		    "Department of Health and Human Services", false },
		{ "Ministry of Health, Welfare and Sport, The Hague",
		    "Ministry of Health, Welfare and Sport, The Hague", false },
		{ "Bee, Ann | MIT", "Bee, Ann | MIT", false },
		{ "['Ann Bee']", "['Ann Bee']", false },
		{ "Acme Corp.", "Acme Corp.", false },
		{ "M&uuml;ller, Jo", "M&uuml;ller, Jo", false },
		/* and more */
		{ "et al.", "", true },
		{ "and others", "", true },
		{ "Bee, Ann et al.", "Bee, Ann", true },
		{ "Bee, Ann, et al", "Bee, Ann", true },
	};

	(void)state;
	check_lists(ones, NCASES(ones), NAMES_ONE);
}

/* "given|family|suffix|dates", or "whole|suffix|dates"; NULL: not told. */
static void
names_are_cut_at_commas(void **state)
{
	static const struct {
		const char	*in;
		bool		 third;
		const char	*want;
	} cases[] = {
		{ "Bee, Ann", false, "Ann|Bee||" },
		{ "Bee，Ann", false, NULL },
		{ "Bee, Jr., Ann", false, "Ann|Bee|Jr.|" },
		{ "Bee, Ann, III", false, "Ann|Bee|III|" },
		{ "Ann Bee, Jr.", false, "Ann Bee|Jr.|" },
		{ "Bee, Jr.", false, "|Bee|Jr.|" },
		{ "Bee, MD", false, "MD|Bee||" },
		{ "Bee, Ann, MD", false, "Ann|Bee|MD|" },
		{ "Bee, Ann, Sons", false, NULL },
		{ "Bee, Ann, Sons", true, "Ann|Bee|Sons|" },
		{ "Bee, Ann, 1950-", false, "Ann|Bee||1950-" },
		{ "Bee, Ann, Jr., 1950-2001", false, "Ann|Bee|Jr.|1950-2001" },
		{ "Bee, Ann, b. 1950", false, "Ann|Bee||b. 1950" },
		{ "Bee, Ann, 1950–2001", false, "Ann|Bee||1950–2001" },
		{ "Bee, 1950?-", false, "Bee||1950?-" },
		{ "Bee, Ann, 50", false, NULL },
		{ "Ann Bee", false, NULL },
		{ "Bee,", false, NULL },
		{ "Bee,, Ann", false, NULL },
		{ "Bee, Cid, Dee, Ann, Eli", true, NULL },
		{ "Bee, Ann; MIT", false, NULL },
		{ "Institute of Sums, Oslo", true, NULL },
		{ "Sums, Institute of", false, NULL },
		{ "College, Ann", false, "Ann|College||" },
		{ "M&uuml;ller, Jo", false, "Jo|M&uuml;ller||" },
		{ "", false, NULL },
	};
	struct name_parts p;
	struct buf b = { 0 };
	size_t i, failed = 0;
	char *copy;

	(void)state;
	for (i = 0; i < NCASES(cases); i++) {
		copy = exact(cases[i].in, strlen(cases[i].in));
		buf_reset(&b);
		if (name_cut(copy, strlen(cases[i].in), cases[i].third, &p)) {
			if (p.whole.n == 0) {
				buf_add(&b, p.given.s, p.given.n);
				buf_addc(&b, '|');
				buf_add(&b, p.family.s, p.family.n);
			} else
				buf_add(&b, p.whole.s, p.whole.n);
			buf_addc(&b, '|');
			buf_add(&b, p.suffix.s, p.suffix.n);
			buf_addc(&b, '|');
			buf_add(&b, p.dates.s, p.dates.n);
		}
		failed += differs(cases[i].in, &b, cases[i].want != NULL ?
		    cases[i].want : "");
		free(copy);
	}
	if (failed > 0)
		fail_msg(PLURAL, failed);
	buf_free(&b);
}

static void
names_are_told_from_addresses(void **state)
{
	static const struct {
		const char		*a, *b;
		enum name_likeness	 want;
	} cases[] = {
		{ "Bee, Ann", "Dee, Cid", NAME_ALIKE },
		{ "Bee, Ann", "van der Dee, C. E.", NAME_ALIKE },
		{ "Ann Bee", "Cid Dee", NAME_ALIKE },
		{ "BEE, Ann", "DEE, Cid", NAME_ALIKE },
		{ "Bee, Ann", "MIT", NAME_OTHER },
		{ "Bee, Ann", "MIT, Cambridge", NAME_OTHER },
		{ "Bee, Ann", "University of Oxford, Oxford", NAME_OTHER },
		{ "Bee, Ann", "Dept of Physics, Oxford", NAME_OTHER },
		{ "Bee, Ann", "Stanford University", NAME_OTHER },
		{ "Bee, Ann", "1 Main Street, Oxford", NAME_OTHER },
		{ "Bee, Ann", "Oxford, Keble Road, England", NAME_OTHER },
		{ "Ann Bee", "MIT", NAME_OTHER },
		{ "Ann Bee", "MIT Media Lab", NAME_OTHER },
		{ "Bee, Ann", "Cid Dee", NAME_UNSURE },
		{ "BEE, Ann", "Dee, Cid", NAME_UNSURE },
		{ "Bee", "Dee", NAME_UNSURE },
	};
	size_t i, failed = 0;

	(void)state;
	for (i = 0; i < NCASES(cases); i++)
		if (name_compare(cases[i].a, strlen(cases[i].a), cases[i].b,
		    strlen(cases[i].b)) != cases[i].want) {
			print_error("\"%s\", \"%s\"\n", cases[i].a,
			    cases[i].b);
			failed++;
		}
	if (failed > 0)
		fail_msg(PLURAL, failed);
}

/* Names are appended to those that the array has. */
static void
name_lists_are_appended(void **state)
{
	struct arena a = { 0 };
	struct json *list = json_array(&a);
	struct buf b = { 0 };

	(void)state;
	assert_false(name_split_list(&a, list, "Ann Bee", 7, NAMES_SEVERAL));
	assert_true(name_split_list(&a, list, "Cid Dee; Eli \"X\" Fox; et al.",
	    28, NAMES_SEVERAL));
	assert_false(name_split_list(&a, list, "", 0, NAMES_SEVERAL));
	json_write(&b, list);
	assert_string_equal(b.p, "[{\"name\":\"Ann Bee\"},"
	    "{\"name\":\"Cid Dee\"},{\"name\":\"Eli \\\"X\\\" Fox\"}]");
	buf_free(&b);
	arena_free(&a);
}

#define MANY	20000

static void
name_lists_may_be_long(void **state)
{
	static const struct {
		const char	*between;
		const char	*last;
		const char	*format;
	} kinds[] = {
		{ "; ", "; ", "Given%d Family%d" },
		{ "; ", "; ", "Family%d, Given%d" },
		{ ", ", ", ", "Given%d Family%d" },
		{ ", ", " and ", "Given%d Family%d" },
		{ ", ", ", and ", "Given%d Family%d" },
		{ ", ", ", ", "Family%d, J." },
		{ " and ", " and ", "Given%d Family%d" },
		{ " and ", " and ", "Family%d, Given%d" },
	};
	struct arena a = { 0 };
	struct buf b = { 0 }, want = { 0 };
	struct json *list, *e;
	size_t i;
	int n;

	(void)state;
	for (i = 0; i < NCASES(kinds); i++) {
		buf_reset(&b);
		for (n = 0; n < MANY; n++) {
			if (n > 0)
				buf_adds(&b, n == MANY - 1 ? kinds[i].last :
				    kinds[i].between);
			buf_addf(&b, kinds[i].format, n, n);
		}
		list = json_array(&a);
		assert_false(name_split_list(&a, list, b.p, b.len, NAMES_SEVERAL));
		for (n = 0, e = list->child; e != NULL; e = e->next, n++) {
			buf_reset(&want);
			buf_addf(&want, kinds[i].format, n, n);
			if (strcmp(json_get_str(e, "name"), want.p) != 0)
				fail_msg("%s: \"%s\", not \"%s\"",
				    kinds[i].format, json_get_str(e, "name"),
				    want.p);
		}
		assert_int_equal(n, MANY);
		arena_reset(&a);
	}
	buf_free(&b);
	buf_free(&want);
	arena_free(&a);
}

/* What an enemy writes takes no longer than any other text of its length. */
static void
hostile_lists_are_quick(void **state)
{
	static const char *const units[] = { ",", " ", ";", " and", "and ",
	    ", and ", "a", "A.", "A. ", "a, ", "van ", ".", " et al", "\t,",
	    "Jr., ", "é", "-", "(", "()", "((", "'a'", "['", "&a;", "<@>",
	    "、", "，", "A, B and C, D; " };
	struct arena a = { 0 };
	struct buf b = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < NCASES(units); i++) {
		buf_reset(&b);
		while (b.len < 1000000)
			buf_adds(&b, units[i]);
		name_split_list(&a, json_array(&a), b.p, b.len, NAMES_SEVERAL);
		name_split_list(&a, json_array(&a), b.p, b.len, NAMES_ONE);
		arena_reset(&a);
	}
	buf_free(&b);
	arena_free(&a);
}

struct word {
	const char	*s;
	bool		 is;
};

static void
check_words(bool (*f)(const char *, size_t), const struct word *v, size_t n)
{
	size_t i, failed = 0;
	char *copy;

	for (i = 0; i < n; i++) {
		copy = exact(v[i].s, strlen(v[i].s));
		if (f(copy, strlen(v[i].s)) != v[i].is) {
			print_error("\"%s\"\n", v[i].s);
			failed++;
		}
		free(copy);
	}
	if (failed > 0)
		fail_msg(PLURAL, failed);
}

static void
suffixes_are_known(void **state)
{
	static const struct word words[] = {
		{ "Jr.", true }, { "Jr", true }, { "jr", true },
		{ "JR.", true }, { "Sr.", true }, { "II", true },
		{ "III", true }, { "IV", true },
		{ "PhD", true }, { "Ph.D.", true }, { "MD", true },
		{ "M.D.", true }, { "Esq.", true }, { "", false },
		{ ".", false }, { "I", false }, { "J", false }, { "J.", false },
		{ "Jr Smith", false }, { "jr sr", false }, { "Junio", false },
		{ "IIII", false }, { "Smith", false }, { " ", false },
	};

	(void)state;
	check_words(name_is_suffix, words, NCASES(words));
}

static void
particles_are_known(void **state)
{
	static const struct word words[] = {
		{ "van", true }, { "von", true }, { "de", true },
		{ "der", true }, { "la", true }, { "del", true },
		{ "Van", true }, { "DE", true }, { "d'", true },
		{ "bin", true },
		{ "", false }, { "v", false }, { "vans", false },
		{ "van der", false }, { "de la", false }, { "Smith", false },
		{ " ", false }, { "de.", false },
	};

	(void)state;
	check_words(name_is_particle, words, NCASES(words));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(name_lists_are_split),
		cmocka_unit_test(single_names_are_kept),
		cmocka_unit_test(names_are_cut_at_commas),
		cmocka_unit_test(names_are_told_from_addresses),
		cmocka_unit_test(name_lists_are_appended),
		cmocka_unit_test(name_lists_may_be_long),
		cmocka_unit_test(hostile_lists_are_quick),
		cmocka_unit_test(suffixes_are_known),
		cmocka_unit_test(particles_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
