/* math - typeset the TeX between dollars in elements of class "tex" */
"use strict";

/*
 * As pandoc tells TeX from prices: no white space inside of the dollars, no
 * digit behind them, a backslash in front takes a dollar for a dollar.  The
 * same rule decides in math.c whether a page loads this file.
 */
function isPair(text, open, close) {
	return close - open > 1 && !/[ \t-\r]/.test(text[open + 1]) &&
	    !/[ \t-\r]/.test(text[close - 1]) &&
	    !/[0-9]/.test(text.charAt(close + 1));
}

/* The places of the dollars around each: one pass, whatever the text. */
function pairs(text) {
	const found = [];
	let open = -1;

	for (const sign of text.matchAll(/\\[^]|\$/g)) {
		if (sign[0] !== "$")
			continue;
		if (open >= 0 && isPair(text, open, sign.index)) {
			found.push([open, sign.index]);
			open = -1;
		} else
			open = sign.index;
	}
	return found;
}

function typeset(text) {
	const parts = document.createDocumentFragment();
	let at = 0;

	for (const [open, close] of pairs(text)) {
		const span = document.createElement("span");
		const tex = text.slice(open + 1, close);

		/* a title that is nothing else has a name by this */
		span.setAttribute("role", "math");
		span.setAttribute("aria-label", tex);
		try {
			katex.render(tex, span, {
			    strict: "ignore", trust: false, maxExpand: 100,
			    maxSize: 10 });
		} catch (error) {
			continue;	/* it stays text */
		}
		parts.append(text.slice(at, open), span);
		at = close + 1;
	}
	parts.append(text.slice(at));
	return parts;
}

for (const element of document.querySelectorAll(".tex")) {
	const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
	const nodes = [];

	while (texts.nextNode())
		nodes.push(texts.currentNode);
	for (const node of nodes)
		if (node.data.includes("$"))
			node.replaceWith(typeset(node.data));
}
