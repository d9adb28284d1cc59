/* math - typeset the TeX between dollars in elements of class "tex" */
"use strict";

/*
 * As pandoc tells TeX from prices: no white space inside of the dollars, no
 * digit behind them, a backslash in front takes a dollar for a dollar.  The
 * same rule decides in page.c whether a page loads this file.
 */
const tex = /(?<!\\)\$(?!\s)((?:\\[^]|[^$\\])+?)(?<!\s)\$(?!\d)/g;

function typeset(text) {
	const parts = document.createDocumentFragment();
	let at = 0;

	for (const found of text.matchAll(tex)) {
		const span = document.createElement("span");

		try {
			katex.render(found[1], span, { strict: "ignore",
			    trust: false, maxExpand: 100, maxSize: 10 });
		} catch (error) {
			continue;	/* it stays text */
		}
		parts.append(text.slice(at, found.index), span);
		at = found.index + found[0].length;
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
