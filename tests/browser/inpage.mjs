/* inpage - functions that run inside of a page: each has to stand alone */

/* What is wrong with the page as it stands in its window. */
export function look()
{
	const SMALLEST = 12;	/* pixels of a letter */
	const findings = [];
	const root = document.documentElement;
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	const folded = [...document.querySelectorAll("details:not([open])")];
	const range = document.createRange();

	const check_width = (how) => {
		if (root.scrollWidth > innerWidth)
			findings.push(`${root.scrollWidth} pixels wide${how}`);
	};

	check_width("");
	for (const details of folded)
		details.open = true;
	if (folded.length > 0)
		check_width(", unfolded");
	while (texts.nextNode()) {
		const node = texts.currentNode, parent = node.parentElement;

		if (node.data.trim() === "" || !parent.checkVisibility() ||
		    parent.closest(".katex, svg, script, style") !== null)
			continue;
		range.selectNodeContents(node);
		const { left, right } = range.getBoundingClientRect();
		const size = parseFloat(getComputedStyle(parent).fontSize);
		const said = node.data.trim().slice(0, 40);

		if (size < SMALLEST)
			findings.push(`${size} pixels small: ${said}`);
		if (right > innerWidth + 1 && parent.closest(".scroll") === null)
			findings.push(`runs out at the right: ${said}`);
		if (left < -1 && parent.closest(".skip") === null)
			findings.push(`runs out at the left: ${said}`);
	}
	for (const details of folded)
		details.open = false;
	return findings;
}

/* Names of all that Tab should reach, in document order. */
export function openings()
{
	const all = [...document.querySelectorAll(
	    "a[href], summary, button, input, select, textarea, [tabindex]")]
	    .filter((e) => e.checkVisibility());

	globalThis.reachable = all;
	return all.map((e) => e.textContent.trim().slice(0, 40) || e.outerHTML);
}

/* Which of these has the focus, and what is wrong with how it shows that. */
export function outline_of()
{
	const e = document.activeElement;
	const findings = [];
	const name = e.textContent.trim().slice(0, 40);
	const style = getComputedStyle(e);
	const box = e.getBoundingClientRect();
	const luminance = (color) => {
		const [r, g, b] = color.match(/[\d.]+/g).map((c) => {
			c /= 255;
			return c <= 0.04045 ? c / 12.92 :
			    ((c + 0.055) / 1.055) ** 2.4;
		});

		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};

	if (e !== document.body) {
		const a = luminance(style.outlineColor);
		const b = luminance(getComputedStyle(document.body)
		    .backgroundColor);

		if (style.outlineStyle === "none" ||
		    parseFloat(style.outlineWidth) < 2)
			findings.push(`no outline at ${name}`);
		/* WCAG 2.2, 1.4.11 */
		else if ((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 3)
			findings.push(`a faint outline at ${name}`);
		if (box.width === 0 || box.right < 0 || box.left > innerWidth ||
		    box.bottom < 0 || box.top > innerHeight)
			findings.push(`the focus is out of sight at ${name}`);
	}
	return { name, findings, place: globalThis.reachable?.indexOf(e) ?? -1 };
}
