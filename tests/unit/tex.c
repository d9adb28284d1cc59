/* tex - tests of TeX decoded to Unicode */
#include <stdbool.h>
#include <utf8proc.h>

#include "lib/tex.h"
#include "lib/text.h"
#include "lib/utf8.h"
#include "unit.h"

static void
decode(struct buf *b, const char *s, size_t n, enum tex_mode mode)
{
	char *copy = exact(s, n);

	tex_decode(b, copy, n, mode);
	free(copy);
}

static size_t
check(const char *in, enum tex_mode mode, const char *want)
{
	struct buf b = { 0 };
	size_t failed;

	decode(&b, in, strlen(in), mode);
	failed = differs(in, &b, want);
	buf_free(&b);
	return failed;
}

/*
 * An accent on a letter in every spelling: C the command, L the letter.
 * Commands that are letters need a space or a brace behind them.
 */
static const char *const spellings[] = { "\\C{L}", "{\\C{L}}", "\\C {L}",
    "{\\C {L}}", "{\\C L}", "\\C L", "{{\\C{L}}}", "\\C{{L}}" };
static const char *const tight[] = { "\\CL", "{\\CL}", "{\\CL}{}" };

static const struct {
	const char	*command;
	const char	*letter;
	const char	*want;
} accents[] = {
	{ "`", "a", "à" }, { "`", "E", "È" }, { "'", "e", "é" },
	{ "'", "C", "Ć" }, { "'", "y", "ý" }, { "^", "o", "ô" },
	{ "^", "w", "ŵ" }, { "~", "n", "ñ" }, { "~", "A", "Ã" },
	{ "=", "a", "ā" }, { "=", "U", "Ū" }, { ".", "z", "ż" },
	{ ".", "I", "İ" }, { "\"", "o", "ö" }, { "\"", "U", "Ü" },
	{ "u", "g", "ğ" }, { "u", "A", "Ă" }, { "r", "a", "å" },
	{ "r", "U", "Ů" }, { "H", "o", "ő" }, { "H", "U", "Ű" },
	{ "v", "c", "č" }, { "v", "S", "Š" }, { "v", "z", "ž" },
	{ "d", "h", "ḥ" }, { "d", "S", "Ṣ" }, { "c", "c", "ç" },
	{ "c", "S", "Ş" }, { "k", "a", "ą" }, { "k", "E", "Ę" },
	{ "b", "d", "ḏ" },
	/* letters that are commands themselves */
	{ "'", "\\i", "í" }, { "\"", "\\i", "ï" }, { "^", "\\j", "ĵ" },
	{ "`", "\\i", "ì" }, { "=", "\\i", "ī" }, { "u", "\\i", "ĭ" },
	{ "'", "\\aa", "ǻ" }, { "'", "\\ae", "ǽ" }, { "'", "\\o", "ǿ" },
	{ "=", "\\AE", "Ǣ" },
	{ "h", "a", "ả" }, { "G", "a", "ȁ" }, { "f", "a", "ȃ" },
	{ "textcommabelow", "s", "ș" }, { "textcommabelow", "T", "Ț" },
	/* and none that composes */
	{ "'", "q", "q\u0301" }, { "v", "x", "x\u030c" },
};

static void
spell(struct buf *b, const char *spelling, const char *command,
    const char *letter)
{
	buf_reset(b);
	for (; *spelling != '\0'; spelling++)
		if (*spelling == 'C')
			buf_adds(b, command);
		else if (*spelling == 'L')
			buf_adds(b, letter);
		else
			buf_addc(b, *spelling);
}

static void
tex_accents_in_every_spelling(void **state)
{
	struct buf b = { 0 };
	size_t i, j, failed = 0;

	(void)state;
	for (i = 0; i < NCASES(accents); i++) {
		const char *c = accents[i].command, *l = accents[i].letter;
		const char *want = accents[i].want;

		for (j = 0; j < NCASES(spellings); j++) {
			spell(&b, spellings[j], c, l);
			failed += check(b.p, TEX_BIBTEX, want);
			failed += check(b.p, TEX_TEXT, want);
		}
		for (j = 0; j < NCASES(tight); j++) {
			if (strchr("urHvdckbhGft", *c) != NULL && *l != '\\')
				continue;
			spell(&b, tight[j], c, l);
			failed += check(b.p, TEX_BIBTEX, want);
			if (j < 2)
				failed += check(b.p, TEX_TEXT, want);
		}
	}
	if (failed > 0)
		fail_msg(PLURAL, failed);
	buf_free(&b);
}

/* Commands for letters and signs, as \x{}, {\x}, "\x y" and at the end. */
static const struct {
	const char	*name;
	const char	*want;
} symbols[] = {
	{ "ss", "ß" }, { "o", "ø" }, { "O", "Ø" }, { "l", "ł" }, { "L", "Ł" },
	{ "ae", "æ" }, { "AE", "Æ" }, { "oe", "œ" }, { "OE", "Œ" },
	{ "aa", "å" }, { "AA", "Å" }, { "i", "ı" }, { "j", "ȷ" },
	{ "dh", "ð" }, { "DH", "Ð" }, { "th", "þ" }, { "TH", "Þ" },
	{ "dj", "đ" }, { "DJ", "Đ" }, { "ng", "ŋ" }, { "NG", "Ŋ" },
	{ "S", "§" }, { "P", "¶" }, { "dag", "†" }, { "copyright", "©" },
	{ "pounds", "£" }, { "ldots", "…" }, { "dots", "…" },
	{ "textendash", "–" }, { "textemdash", "—" }, { "textquoteright", "’" },
	{ "textquotedblleft", "“" }, { "textquotedblright", "”" },
	{ "texttrademark", "™" }, { "texteuro", "€" }, { "textless", "<" },
	{ "textgreater", ">" }, { "textbar", "|" }, { "textunderscore", "_" },
	{ "textasciitilde", "~" }, { "textasciicircum", "^" },
	{ "textbraceleft", "{" }, { "textbraceright", "}" }, { "TeX", "TeX" }, { "LaTeX", "LaTeX" },
	{ "BibTeX", "BibTeX" }, { "textmu", "µ" }, { "texttimes", "×" },
	{ "textdegree", "°" }, { "slash", "/" }, { "ij", "ĳ" },
	{ "LaTeXe", "LaTeX2e" }, { "XeLaTeX", "XeLaTeX" },
};

static void
tex_letters_and_signs(void **state)
{
	static const struct {
		const char	*in;
		const char	*want;
	} around[] = {
		{ "x\\%s{}y", "x%sy" }, { "x{\\%s}y", "x%sy" },
		{ "x\\%s y", "x%sy" }, { "x{\\%s }y", "x%sy" },
		{ "x\\%s\ny", "x%sy" }, { "x\\%s{} y", "x%s y" },
		{ "x{\\%s} y", "x%s y" }, { "x\\%s-y", "x%s-y" },
		{ "x\\%s7", "x%s7" }, { "x\\%s", "x%s" },
	};
	struct buf in = { 0 }, want = { 0 };
	size_t i, j, k, failed = 0;
	const char *p;

	(void)state;
	for (i = 0; i < NCASES(symbols); i++)
		for (j = 0; j < NCASES(around); j++) {
			buf_reset(&in);
			buf_reset(&want);
			for (k = 0; k < 2; k++) {
				struct buf *b = k == 0 ? &in : &want;

				p = k == 0 ? around[j].in : around[j].want;
				for (; *p != '\0'; p++)
					if (*p == '%' && p[1] == 's') {
						buf_adds(b, k == 0 ?
						    symbols[i].name :
						    symbols[i].want);
						p++;
					} else
						buf_addc(b, *p);
			}
			failed += check(in.p, TEX_BIBTEX, want.p);
			failed += check(in.p, TEX_TEXT, want.p);
		}
	if (failed > 0)
		fail_msg(PLURAL, failed);
	buf_free(&in);
	buf_free(&want);
}

/* text NULL: as bibtex. */
static const struct {
	const char	*in;
	const char	*bibtex;
	const char	*text;
} cases[] = {
	{ "", "", NULL },
	{ "plain text", "plain text", NULL },
	{ "é 😀 王伟", "é 😀 王伟", NULL },
	/* names as they are */
	{ "G{\\\"o}del, Kurt", "Gödel, Kurt", NULL },
	{ "Erd{\\H{o}}s and P\\'al", "Erdős and Pál", NULL },
	{ "Fran\\c cois, Fran\\c{c}ois, Fran{\\c c}ois",
	    "François, François, François", NULL },
	{ "Mart\\'{\\i}nez, Mart{\\'\\i}nez, Mart\\'{i}nez, Mart\\'\\i{}nez",
	    "Martínez, Martínez, Martínez, Martínez", NULL },
	{ "Stra\\ss e, Stra{\\ss}e, Stra\\ss{}e", "Straße, Straße, Straße",
	    NULL },
	{ "\\O ystein Pawe{\\l} \\AA ngstr{\\\"o}m",
	    "Øystein Paweł Ångström", NULL },
	{ "\\v{Z}i\\v{z}ek {\\v{S}}i{\\v s}ka", "Žižek Šiška", NULL },
	{ "Nguy{\\~{\\^e}}n", "Nguyễn", NULL },
	{ "Bj\\\"{o}rk\\'{e}", "Björké", NULL },
	{ "\\t{oo} \\t oo", "o͡o o͡o", NULL },
	{ "\\'{\\\"u} \\d{\\'a}", "ǘ ạ\u0301", NULL },
	{ "\\\"{ao}b \\\"aob", "äob äob", NULL },
	{ "\\\"{é} \\'ü", "é\u0308 ǘ", NULL },
	{ "\\'{\\d{q}} \\t{\\c{q}}", "q\u0323\u0301 q\u0327\u0361", NULL },
	{ "\\'{ e}", "é", NULL },
	{ "\\'{}e", "e", NULL },
	/* what no accent can stand on */
	{ "\\'$x$ \\'{\\foo}", "\\'$x$ \\'{\\foo}", NULL },
	{ "a \\' ", "a \\' ", NULL },
	{ "x\\~{}y x\\^{}y", "x~y x^y", NULL },
	/* signs */
	{ "\\& \\% \\$ \\# \\_ \\{ \\}", "& % $ # _ { }", NULL },
	{ "AT\\&T, 5\\% of \\$5", "AT&T, 5% of $5", NULL },
	{ "a\\,b a\\ b a\\;b a\\:b", "a b a b a b a b", NULL },
	{ "a\\-b a\\/b a\\!b a\\@b", "ab ab ab ab", "ab a/b ab ab" },
	/* what of them other texts mean otherwise */
	{ "\\0,1\\-F EEG\\/MEG a \\ b", "\\0,1F EEGMEG a  b",
	    "\\0,1\\-F EEG/MEG a \\ b" },
	{ "N\\hbox\\sf N", "NN", "N\\hbox\\sf N" },
	{ "\\boldmath$x$ {\\sf N}", "$x$ N", NULL },
	{ "tilde{O}(1) [Fe{Ti2(OPri)9}]", "tildeO(1) [FeTi2(OPri)9]",
	    "tilde{O}(1) [Fe{Ti2(OPri)9}]" },
	{ "10\\textsuperscript{3} m\\textsuperscript{2} "
	    "3\\textsuperscript{rd}", "10³ m2 3rd", NULL },
	{ "a\\\\b", "a b", NULL },
	/* fonts */
	{ "\\emph{a} \\textbf{B} \\textit{c d} \\texttt{e}", "a B c d e",
	    NULL },
	{ "{\\em a} {\\bf B} {\\it c d}{\\tt e}", "a B c de", NULL },
	{ "\\emph{\\textbf{a {B}}}", "a B", NULL },
	{ "{\\em this, and that}", "this, and that", NULL },
	{ "\\textsc{Bert}: \\mbox{X-ray}", "Bert: X-ray", NULL },
	{ "\\emph {a}", "a", NULL },
	/* math stays as it is */
	{ "$x$", "$x$", NULL },
	{ "$x_{1}^{N}$ and $\\alpha$", "$x_{1}^{N}$ and $\\alpha$", NULL },
	{ "$\\'e {A} \\o -- ~ ``$", "$\\'e {A} \\o -- ~ ``$", NULL },
	{ "$$a {B}$$ \\'e", "$$a {B}$$ é", NULL },
	{ "$\\$ {A}$ {A}", "$\\$ {A}$ A", NULL },
	{ "\\(x_{ij}\\)", "$x_{ij}$", NULL },
	{ "\\(x_{N}\\) and \\(\\'e\\)", "$x_{N}$ and $\\'e$", NULL },
	{ "{$\\ell_{1}$}", "$\\ell_{1}$", NULL },
	{ "US$ 5 \\'e", "US$ 5 é", NULL },
	/* commands that are not known, with their arguments */
	{ "\\alpha", "\\alpha", NULL },
	{ "\\foo bar", "\\foo bar", NULL },
	{ "\\foo{bar}", "\\foo{bar}", NULL },
	{ "\\foo{Bar}{Baz} {Q}", "\\foo{Bar}{Baz} Q", NULL },
	{ "\\foo{\\'e {A}}", "\\foo{\\'e {A}}", NULL },
	{ "\\foo[x]{Y}", "\\foo[x]{Y}", NULL },
	/* addresses, and what has one */
	{ "\\url{http://x/~a_b--c}", "http://x/~a_b--c", NULL },
	{ "at \\url {http://x/\\~a\\_b\\%20\\x}.", "at http://x/~a_b%20\\x.",
	    NULL },
	{ "\\href{http://x/}{\\emph{X}}y", "Xy", NULL },
	{ "\\href{http://x/} {X}", "X", NULL },
	{ "\\href{X}", "\\href{X}", NULL },
	{ "\\ensuremath{\\alpha_{1}}x", "$\\alpha_{1}$x", NULL },
	/* what prints nothing, with its arguments or without */
	{ "{\\relax Ph}ilip", "Philip", NULL },
	{ "1/f and {\\vphantom}RTS\\vphantom{} Noise", "1/f and RTS Noise", NULL },
	{ "{\\noopsort{a}}von A", "von A", NULL },
	{ "\\noopsort{a}von A", "von A", NULL },
	{ "de'\\hspace{0pt}Medici", "de'Medici", NULL },
	{ "\\relaxed \\vphantoms{A}", "\\relaxed \\vphantoms{A}", NULL },
	{ "On \\enquote{A {B}} \\mkbibparens{c}\\mkbibquote d", "On “A B” (c)d", NULL },
	{ "1\\bibrangedash 2", "1–2", NULL },
	{ "5\\textsuperscript{th} CO\\textsubscript{2}", "5th CO2", NULL },
	{ "\\cite{X} \\ref{Y}", "\\cite{X} \\ref{Y}", NULL },
	{ "\\accent \\cc \\vv{} \\ssx", "\\accent \\cc \\vv{} \\ssx", NULL },
	{ "C:\\docs\\new", "C:\\docs\\new", NULL },
	{ "\\* \\? \\1", "\\* \\? \\1", NULL },
	{ "\\é", "\\é", NULL },
	{ "x\\", "x\\", NULL },
	{ "\\", "\\", NULL },
	/* braces: syntax, or what protects a capital and holds a command */
	{ "The {BERT} of {B}ayes", "The BERT of Bayes", NULL },
	{ "{{A}}", "A", NULL },
	{ "{ABC def}", "ABC def", NULL },
	{ "{abc}", "abc", "{abc}" },
	{ "f{x}", "fx", "f{x}" },
	{ "{a, b}", "a, b", "{a, b}" },
	{ "{1, 2} {A, B}", "1, 2 A, B", "{1, 2} {A, B}" },
	{ "{a {B} c}", "a B c", "{a B c}" },
	{ "{}", "", "{}" },
	{ "{{}}", "", "{}" },
	{ "\\{a\\}", "{a}", NULL },
	/* what is syntax only in BibTeX */
	{ "a~b", "a b", "a~b" },
	{ "J.~R.~{\\'E}. d'Arc", "J. R. É. d'Arc", "J.~R.~É. d'Arc" },
	{ "1--2 a---b c-d", "1–2 a—b c-d", "1--2 a---b c-d" },
	{ "``a'' `b'", "“a” `b'", "``a'' `b'" },
	{ "{\\'e}--{\\'e}~x", "é–é x", "é--é~x" },
	/* unbalanced braces: nothing else is lost */
	{ "{", "", "{" },
	{ "}", "", "}" },
	{ "a}b", "ab", "a}b" },
	{ "a{b", "ab", "a{b" },
	{ "{a {B}", "a B", "{a B" },
	{ "}{", "", "}{" },
	{ "{\\'e", "é", "{é" },
	{ "\\'e}", "é", "é}" },
	{ "\\'{e", "\\'e", "\\'{e" },
	{ "\\'{e}} {A}", "é A", "é} A" },
	{ "{{A} b", "A b", "{A b" },
	{ "\\emph{a", "a", "\\emph{a" },
	{ "\\foo{a", "\\fooa", "\\foo{a" },
	{ "\\o{", "ø", "ø{" },
};

static void
tex_decodes(void **state)
{
	size_t i, failed = 0;

	(void)state;
	for (i = 0; i < NCASES(cases); i++) {
		failed += check(cases[i].in, TEX_BIBTEX, cases[i].bibtex);
		failed += check(cases[i].in, TEX_TEXT, cases[i].text != NULL ?
		    cases[i].text : cases[i].bibtex);
	}
	if (failed > 0)
		fail_msg(PLURAL, failed);
}

/*
 * In text of any source, what came out is not taken for TeX again; but for
 * signs that were escaped, which then stand there as syntax.
 */
static void
tex_text_is_idempotent(void **state)
{
	struct buf once = { 0 };
	size_t i, failed = 0;

	(void)state;
	for (i = 0; i < NCASES(cases); i++) {
		buf_reset(&once);
		decode(&once, cases[i].in, strlen(cases[i].in), TEX_TEXT);
		failed += check(once.p != NULL ? once.p : "", TEX_TEXT,
		    once.p != NULL ? once.p : "");
	}
	if (failed > 0)
		fail_msg(PLURAL, failed);
	buf_free(&once);
}

static void
tex_braces_nest(void **state)
{
	static const int depths[] = { 1, 2, 31, 32, 33, 100 };
	static const struct {
		const char	*open;
		const char	*in;
		const char	*want;
	} kinds[] = {
		{ "{", "A", "A" }, { "{", "\\'e", "é" },
		{ "\\emph{", "a", "a" }, { "{\\em ", "a", "a" },
		{ "\\textbf{{", "A", "A" },
	};
	struct buf b = { 0 };
	const char *p;
	size_t i, j, failed = 0;
	int n;

	(void)state;
	for (i = 0; i < NCASES(kinds); i++)
		for (j = 0; j < NCASES(depths); j++) {
			buf_reset(&b);
			for (n = 0; n < depths[j]; n++)
				buf_adds(&b, kinds[i].open);
			buf_adds(&b, kinds[i].in);
			for (n = 0; n < depths[j]; n++)
				for (p = kinds[i].open; *p != '\0'; p++)
					if (*p == '{')
						buf_addc(&b, '}');
			/* the one that nests twice as deep */
			if (strchr(kinds[i].open, '{') !=
			    strrchr(kinds[i].open, '{') && depths[j] > 50)
				continue;
			failed += check(b.p, TEX_BIBTEX, kinds[i].want);
			failed += check(b.p, TEX_TEXT, kinds[i].want);
		}
	if (failed > 0)
		fail_msg(PLURAL, failed);
	buf_free(&b);
}

static void
tex_keeps_nul(void **state)
{
	static const char in[] = "a\0{\\'e}\0\\\0b";
	struct buf b = { 0 };

	(void)state;
	decode(&b, in, sizeof(in) - 1, TEX_TEXT);
	assert_int_equal(b.len, 8);
	assert_memory_equal(b.p, "a\0é\0\\\0b", 8);
	buf_free(&b);
}

static void
tex_appends(void **state)
{
	struct buf b = { 0 };

	(void)state;
	buf_adds(&b, "\\'e {A} e");
	decode(&b, "\\'e", 3, TEX_TEXT);
	decode(&b, "", 0, TEX_BIBTEX);
	decode(&b, "{A}", 3, TEX_BIBTEX);
	assert_string_equal(b.p, "\\'e {A} eéA");
	buf_free(&b);
}

/* Scraps of TeX in any order: the result is text in NFC. */
static void
tex_of_anything_is_text(void **state)
{
	static const char *const parts[] = { "\\", "{", "}", "$", "'", "\"",
	    "\\'", "\\c", "\\(", "\\)", "\\emph", "\\foo", "[", "]", " ", "-",
	    "~", "`", "e", "A", "é", "\\i", "\\o", "\\&", "😀", "\n", "\\t",
	    "{\\'e}", "," };
	struct buf in = { 0 }, out = { 0 };
	utf8proc_uint8_t *nfc;
	utf8proc_ssize_t len;
	unsigned seed = 1;
	int i, n, mode;
	char *copy;

	(void)state;
	for (i = 0; i < 50000; i++) {
		buf_reset(&in);
		for (n = 0; n < 10; n++) {
			seed = (seed * 1103515245 + 12345) & 0x7fffffff;
			buf_adds(&in, parts[(seed >> 8) % NCASES(parts)]);
		}
		copy = exact(in.p, in.len);
		for (mode = 0; mode < 2; mode++) {
			buf_reset(&out);
			buf_adds(&out, "");
			tex_decode(&out, copy, in.len,
			    mode == 0 ? TEX_BIBTEX : TEX_TEXT);
			if (!utf8_valid(out.p, out.len))
				fail_msg("%s: no UTF-8", in.p);
			len = utf8proc_map((utf8proc_uint8_t *)out.p,
			    (utf8proc_ssize_t)out.len, &nfc,
			    UTF8PROC_STABLE | UTF8PROC_COMPOSE);
			if (len != (utf8proc_ssize_t)out.len ||
			    memcmp(nfc, out.p, out.len) != 0)
				fail_msg("%s: %s: not NFC", in.p, out.p);
			free(nfc);
		}
		free(copy);
	}
	buf_free(&in);
	buf_free(&out);
}

/* What an enemy writes takes no longer than any other text of its length. */
static void
hostile_tex_is_quick(void **state)
{
	static const char *const units[] = { "{", "}", "{a}{", "{A{", "{{}",
	    "\\foo{", "\\foo[", "\\emph{", "{\\em ", "\\'{", "\\'", "\\c",
	    "\\c{", "$", "\\(", "\\", "\\foo{}", "{A}{", "{\\'{A}," };
	struct buf b = { 0 }, out = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < NCASES(units); i++) {
		buf_reset(&b);
		while (b.len < 500000)
			buf_adds(&b, units[i]);
		buf_reset(&out);
		tex_decode(&out, b.p, b.len, TEX_TEXT);
		tex_decode(&out, b.p, b.len, TEX_BIBTEX);
		assert_true(out.len <= 4 * b.len);
	}
	buf_free(&b);
	buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tex_accents_in_every_spelling),
		cmocka_unit_test(tex_letters_and_signs),
		cmocka_unit_test(tex_decodes),
		cmocka_unit_test(tex_text_is_idempotent),
		cmocka_unit_test(tex_braces_nest),
		cmocka_unit_test(tex_keeps_nul),
		cmocka_unit_test(tex_appends),
		cmocka_unit_test(tex_of_anything_is_text),
		cmocka_unit_test(hostile_tex_is_quick),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
