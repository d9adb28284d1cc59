/* made - papers of test names: TeX in titles, and lists that need many pages */

/* Titles, and how many formulas are to be typeset in each. */
export const formulas = [
	["Learning $k$-means in $O(n\\log n)$", 2],
	["$\\ell_1$-regularised tests", 1],
	["Saving $5 to $10", 0],
	["From $5-$10 a day", 0],
	["From $5-$10 for $x$", 1],
	["Where \\$HOME and \\$PATH lead", 0],
	["A price of $5, and $x$ for it", 1],
	["Broken $\\frac{$ TeX", 0],
	["Unknown $\\nosuchthing$ TeX", 0],
	["Link $\\href{javascript:alert(1)}{x}$ here", 1],
	["Address $\\url{javascript:alert(1)}$ here", 1],
	["Image $\\includegraphics{https://x.invalid/a.png}$ here", 1],
	["Markup $\\htmlClass{skip}{x}\\htmlStyle{position:fixed}{y}$ here", 1],
	["Bomb $\\def\\a{\\a\\a}\\a$ here", 0],
	["Doubling $\\def\\a{xx}\\def\\b{\\a\\a\\a\\a}\\def\\c{\\b\\b\\b\\b}" +
	    "\\def\\d{\\c\\c\\c\\c}\\def\\e{\\d\\d\\d\\d}\\e$ here", 0],
	[`Deep $${"{".repeat(3000)}x${"}".repeat(3000)}$ here`, 0],
	["Wide $\\rule{1000em}{1000em}$ here", 1],
	[`Long $${"x+".repeat(400)}x$ here`, 1],
	["<b>Tags</b> $a<b>c$ here", 1],
];

function* titles()
{
	for (const [i, [title]] of formulas.entries())
		yield { kind: "paper", id: `tex:${i}`, title,
			authors: [{ name: "Test Tex" }], venue: "Tex", year: 2000,
			sources: [{ source: "tex", key: `${i}` }],
			abstract: i === 0 ? "An abstract with $x^2$ in it." :
			    undefined };
}

/* A venue of 700 papers, and a name with 100 coauthors. */
function* lists()
{
	for (let i = 0; i < 700; i++)
		yield { kind: "paper", id: `list:${i}`,
			title: `Test paper ${i}`, venue: "Test venue",
			venue_kind: "conference", type: "conference-paper",
			year: i < 600 ? 2001 : 2002,
			authors: [{ name: `Number${i} Test` },
			    ...i < 100 ? [{ name: "Everyone Test" }] : []],
			sources: [{ source: "one", key: `${i}` },
			    ...i % 2 === 0 ? [{ source: "two", key: `b/${i}`,
			    fields: ["year"] }] : []] };
}

export function* papers()
{
	yield* titles();
	yield* lists();
}
