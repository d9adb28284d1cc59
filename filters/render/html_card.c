/* html_card - what pages of authors have of a paper */
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/spill.h"
#include "lib/store.h"
#include "render/assets.h"
#include "render/bibtex.h"
#include "render/html.h"
#include "render/label.h"
#include "render/page.h"
#include "render/path.h"

void
html_make_card(const struct json *paper, uint32_t number)
{
	static struct buf b;
	struct card *card = &html.cards[number];
	struct json *o;

	/* as seen from the page of any author */
	o = page_begin("a/0/0", NULL);
	buf_reset(&b);
	label_heading(&b, paper);
	page_set(o, "heading", b.p);
	page_title(o, paper);
	page_link(o, "href", path_paper(json_get_str(paper, "id")));
	page_authors(o, paper);
	page_copy(o, "abstract", paper, "abstract");
	card->tex = json_get(o, "tex") != NULL;
	buf_reset(&b);
	assets_render(&b, "card", o);
	card->len = (uint32_t)b.len;
	bibtex_add(&b, paper);
	card->bibtex = (uint32_t)b.len - card->len;
	if (html.cards_text == NULL)
		html.cards_text = spill_new(filter_tmpdir());
	card->at = spill_add(html.cards_text, b.p, b.len);
	card->made = true;
}

void
html_need_card(size_t place)
{
	static struct arena arena;
	const struct catalogue *c = html.catalogue;
	const struct stored *s = store_at(c->papers, place);

	if (html.cards[s->user].made)
		return;
	arena_reset(&arena);
	html_make_card(store_read(c->papers, s, &arena), s->user);
}

static const struct card *
card_at(size_t place)
{
	return &html.cards[store_at(html.catalogue->papers, place)->user];
}

bool
html_card(size_t place, struct buf *text)
{
	const struct card *card = card_at(place);

	spill_get(html.cards_text, card->at, card->len, text);
	return card->tex;
}

void
html_bibtex(size_t place, struct buf *text)
{
	const struct card *card = card_at(place);

	spill_get(html.cards_text, card->at + card->len, card->bibtex, text);
}
