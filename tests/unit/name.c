/* name - tests of lists of personal names */
#include <stdbool.h>

#include "lib/arena.h"
#include "lib/json.h"
#include "lib/name.h"
#include "unit.h"

/* The names of a list, a bar between them. */
static bool
split(struct buf *b, const char *s, size_t n)
{
	struct arena a = { 0 };
	struct json *list = json_array(&a), *e;
	char *copy = exact(s, n);
	bool more = name_split_list(&a, list, copy, n);

	free(copy);
	buf_reset(b);
	for (e = list->child; e != NULL; e = e->next) {
		assert_int_equal(e->type, JSON_OBJECT);
		assert_non_null(json_get_str(e, "name"));
		assert_null(e->child->next);
		buf_addf(b, "%s%s", e == list->child ? "" : "|",
		    json_get_str(e, "name"));
	}
	arena_free(&a);
	return more;
}

static const struct {
	const char	*in;
	const char	*want;
	bool		 more;
} lists[] = {
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
name_lists_are_split(void **state)
{
	struct buf b = { 0 };
	size_t i, failed = 0;

	(void)state;
	for (i = 0; i < NCASES(lists); i++) {
		bool more = split(&b, lists[i].in, strlen(lists[i].in));

		failed += differs(lists[i].in, &b, lists[i].want);
		if (more != lists[i].more) {
			print_error("\"%s\": %smore\n", lists[i].in,
			    more ? "" : "no ");
			failed++;
		}
	}
	if (failed > 0)
		fail_msg(PLURAL, failed);
	buf_free(&b);
}

/* Names are appended to those that the array has. */
static void
name_lists_are_appended(void **state)
{
	struct arena a = { 0 };
	struct json *list = json_array(&a);
	struct buf b = { 0 };

	(void)state;
	assert_false(name_split_list(&a, list, "Ann Bee", 7));
	assert_true(name_split_list(&a, list, "Cid Dee; Eli \"X\" Fox; et al.",
	    28));
	assert_false(name_split_list(&a, list, "", 0));
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
		assert_false(name_split_list(&a, list, b.p, b.len));
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
	    "Jr., ", "é", "-" };
	struct arena a = { 0 };
	struct buf b = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < NCASES(units); i++) {
		buf_reset(&b);
		while (b.len < 1000000)
			buf_adds(&b, units[i]);
		name_split_list(&a, json_array(&a), b.p, b.len);
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
		cmocka_unit_test(name_lists_are_appended),
		cmocka_unit_test(name_lists_may_be_long),
		cmocka_unit_test(hostile_lists_are_quick),
		cmocka_unit_test(suffixes_are_known),
		cmocka_unit_test(particles_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
