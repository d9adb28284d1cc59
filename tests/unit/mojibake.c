/* mojibake - tests of text that was read in a wrong encoding */
#include <stdbool.h>

#include "lib/mojibake.h"
#include "lib/utf8.h"
#include "unit.h"

static bool
mend(struct buf *b, const char *s, size_t n)
{
	char *copy = exact(s, n);
	bool changed = mojibake_mend(b, copy, n);

	free(copy);
	return changed;
}

static size_t
check(const char *in, const char *want)
{
	struct buf b = { 0 }, again = { 0 };
	bool changed = mend(&b, in, strlen(in));
	size_t failed = differs(in, &b, want);

	failed += changed != (strcmp(in, want) != 0);
	failed += mend(&again, b.p, b.len);
	failed += differs(b.p, &again, want);
	buf_free(&b);
	buf_free(&again);
	return failed;
}

static const struct {
	const char	*in;
	const char	*want;
} cases[] = {
	/* as real lists have it */
	{ "FranÃ§oise Siepel", "Françoise Siepel" },
	{ "Lina MarÃ\u00ada Paz", "Lina María Paz" },
	{ "Emmanuel J. CandÃ¨s", "Emmanuel J. Candès" },
	{ "JÃ¡nos KramÃ¡r", "János Kramár" },
	{ "Emir DemiroviÄ‡", "Emir Demirović" },
	{ "ÃŽle-de-France", "Île-de-France" },
	{ "Sabanci University, Ä°stanbul", "Sabanci University, İstanbul" },
	{ "Auvergne-RhÃ´ne-Alpes", "Auvergne-Rhône-Alpes" },
	{ "a model called NÃœWA", "a model called NÜWA" },
	{ "naÃ¯ve, and Face2Face^Ï" "\xc2\x81", "naïve, and Face2Face^ρ" },
	{ "the so-called Ï€-ambiguity", "the so-called π-ambiguity" },
	{ "l‘ κÏ" "\xc2\x89" " and Î± as well", "l‘ κω and α as well" },
	{ "M\u00c2\u00b3PT, 1\u00c2\u00b0, ISÂ±0.1", "M³PT, 1°, IS±0.1" },
	{ "Treebank\u00c2\u00a02.0", "Treebank\u00a02.0" },
	{ "the userâ€™s", "the user’s" },
	{ "an â" "\xc2\x80" "\xc2\x98" "out-of-the-boxâ" "\xc2\x80" "\xc2\x99" " fashion",
	    "an ‘out-of-the-box’ fashion" },
	{ "lâ" "\xc2\x89" "¤2", "l≤2" },
	{ "Turkishâ" "\xc2\x86" "\xc2\x92" "Kyrgyz", "Turkish→Kyrgyz" },
	{ "inevitably suï¬€ers", "inevitably suﬀers" },
	{ "this yearï¿½s task", "this year\ufffds task" },
	{ "the TuÌ" "\xc2\x88" "bingen Baumbank", "the Tu\u0308bingen Baumbank" },
	{ "Y (Ù" "\xc2\x89" ") and A (Ø§)", "Y (ى) and A (ا)" },
	{ "ðŸ˜€ it", "😀 it" },
	{ "Nguyá»…n Minh", "Nguyễn Minh" },
	{ "ä¸­å›½", "中国" },
	{ "Ð¡Ð°ÑˆÐ°", "Саша" },
	{ "Âµm, Â£5, 5Â³ Â±0.1 Â© 5", "µm, £5, 5³ ±0.1 © 5" },
	{ "0 to 30 Â°C, 5 Â± x, Â°F", "0 to 30 °C, 5 ± x, °F" },
	/* the last byte of a quote is no character of windows-1252 */
	{ "â€œQuotedâ€ text, â€œtwiceâ€.", "“Quoted” text, “twice”." },
	{ "×©×œ×•×" "\xc2\x9d", "שלום" },
	/* twice */
	{ "Gilles SÃ" "\xc2\x83" "Â©rasset", "Gilles Sérasset" },
	{ "the systemÃ¢Â€Â™s", "the system’s" },
	/* windows-1252 as Latin-1 */
	{ "d" "\xc2\x92" "archivage", "d’archivage" },
	{ "\xc2\x93" "time" "\xc2\x94" " " "\xc2\x96" " " "\xc2\x97", "“time” – —" },
	{ "stakeholders" "\xc2\x80" "\xc2\x99" ", such as",
	    "stakeholders’, such as" },
	{ "Arm" "\xc2\x99", "Arm™" },
	{ "Janez Per" "\xc2\x9a" ", " "\xc2\x8e" "ust", "Janez Perš, Žust" },
	{ "Tur" "\xc2\x87" "n", "Tur\ufffdn" },
	{ "interpreters" "\xc2\x81" "f ways", "interpreters\ufffdf ways" },
	{ "a 3" "\xc2\x8d" " year", "a 3" "\xc2\x8d" " year" },
	/* what is right */
	{ "Tomáš Roubíček", "Tomáš Roubíček" },
	{ "Pavol Balážik, Kríž, POSPÍŠIL, ČÍŽEK",
	    "Pavol Balážik, Kríž, POSPÍŠIL, ČÍŽEK" },
	{ "“L’Unità”, “bruité”. Itô’s", "“L’Unità”, “bruité”. Itô’s" },
	{ "‘passé’, L’Eredità”. Ayuukjä’äy",
	    "‘passé’, L’Eredità”. Ayuukjä’äy" },
	{ "Charité–Universität, Yorùbá—c", "Charité–Universität, Yorùbá—c" },
	{ "CAFÉ”, CAFÉ™, „Ä“", "CAFÉ”, CAFÉ™, „Ä“" },
	{ "10 Å², 4 Å±1, 3 Å–4", "10 Å², 4 Å±1, 3 Å–4" },
	{ "«está»… Ø ±2 São", "«está»… Ø ±2 São" },
	{ "Øystein Ångström Çelik Ñandú Über", "Øystein Ångström Çelik Ñandú Über" },
	{ "日本語 русский العربية", "日本語 русский العربية" },
	{ "ETH ZÈªµich", "ETH ZÈªµich" },
	{ "the spectrum of Â² and B̂, (Â±B), Ã², Ä³",
	    "the spectrum of Â² and B̂, (Â±B), Ã², Ä³" },
	{ "5×€100 vs 3×£5, 2×½", "5×€100 vs 3×£5, 2×½" },
	{ "Pipe Ø¼ inch, Ø½", "Pipe Ø¼ inch, Ø½" },
	{ "an odd â€ alone", "an odd â€ alone" },
	{ "plain", "plain" },
	{ "", "" },
};

static void
mojibake_is_mended(void **state)
{
	size_t i, failed = 0;

	(void)state;
	for (i = 0; i < NCASES(cases); i++)
		failed += check(cases[i].in, cases[i].want);
	if (failed > 0)
		fail_msg(PLURAL, failed);
}

/* Any letter of Latin, Greek and Cyrillic in a word, read wrongly. */
static void
letters_are_mended(void **state)
{
	struct buf good = { 0 }, bad = { 0 }, b = { 0 };
	int32_t c, byte;
	size_t i, failed = 0;

	(void)state;
	for (c = 0xc0; c <= 0x17f; c++) {
		if (c == 0xd7 || c == 0xf7)
			continue;
		buf_reset(&good);
		buf_adds(&good, "Sa");
		utf8_add(&good, c);
		buf_adds(&good, "le");
		buf_reset(&bad);
		for (i = 0; i < good.len; i++) {
			byte = (unsigned char)good.p[i];
			if (mojibake_cp1252(byte) != 0)
				byte = mojibake_cp1252(byte);
			utf8_add(&bad, byte);
		}
		buf_reset(&b);
		mend(&b, bad.p, bad.len);
		failed += differs(bad.p, &b, good.p);
	}
	if (failed > 0)
		fail_msg(PLURAL, failed);
	buf_free(&good);
	buf_free(&bad);
	buf_free(&b);
}

static void
hostile_text_is_quick(void **state)
{
	static const char *const units[] = { "Ã", "Ã©", "â€", "Ã\xc2\x83\u00c2", "é",
	    "ð" };
	struct buf b = { 0 }, out = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < NCASES(units); i++) {
		buf_reset(&b);
		while (b.len < 1000000)
			buf_adds(&b, units[i]);
		buf_reset(&out);
		mend(&out, b.p, b.len);
		assert_true(out.len <= b.len && utf8_valid(out.p, out.len));
	}
	buf_free(&b);
	buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mojibake_is_mended),
		cmocka_unit_test(letters_are_mended),
		cmocka_unit_test(hostile_text_is_quick),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
