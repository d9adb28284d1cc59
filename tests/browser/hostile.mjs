/* hostile - texts that try to be more than text, and what came of them */
import { by_tag, elements, text } from "./site.mjs";

const SPOTS = 60;	/* pages that are opened to see whether something runs */

/* Names and titles in turn. */
export const texts = [
	"<script>alert(1)</script>",
	"\"><img src=x onerror=alert(1)>",
	"'><svg onload=alert(1)>",
	"</title><script>alert(1)</script>",
	"</pre></textarea><iframe src=javascript:alert(1)>",
	"<!--", "-->", "<![CDATA[", "]]>", "<?php", "&lt;script&gt;", "&amp;amp;",
	"&#60;b&#62;", "&", "<", ">", "\"", "'", "`", "=",
	"<a href=\"javascript:alert(1)\">link</a>",
	"{{mustache}}", "{{{x}}}", "{{> head}}", "{{#a}}{{/a}}", "{{=<% %>=}}",
	"../../etc/passwd", "..", ".", "/", "//", "\\", "CON", "nul", "~", "~co",
	"x~co", "%2e%2e%2f", "%00", "index", "404.html", "-rf", "#y2000", "?a=b",
	"a\u0000b", "\u0001\u0002\u001f", "\u007f\u0085\u009f", "tab\there",
	"line\nfeed", "return\r\nhere", "form\ffeed", "\u2028\u2029",
	"\ufeffmark", "\ufffe", "\u{10ffff}", "\ufdd0", "soft\u00adhyphen",
	"\u202eover ride", "\u2066isolate", "\u200bwidth\u200b", "\u200f",
	"שלום עולם", "مرحبا بالعالم", "العربية english עברית",
	"漢字仮名交じり文", "👩‍👩‍👧‍👦 🏳️‍🌈", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "e\u0301\u0301\u0301",
	`Z${"\u0335\u0321\u0489".repeat(40)}algo`, "ﬁ ﷽ ⅷ ẞ İ ı",
	"case test", "CASE TEST", "Case Test", "accent test", "áccent tést",
	"...", "---", "***", "?!", "¿¡", "_", "_ _", ", ", " ", "  inner   space  ",
	"W".repeat(5000), "word ".repeat(1000), "<b>".repeat(1000),
	"$x$", "$$", "\\$HOME", "$5 to $10", "\\end{verbatim}", "@article{x,",
	"}", "{", "\\", "javascript:alert(1)", "onerror=alert(1)",
];

const urls = [
	"javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)",
	"java\nscript:alert(1)", "data:text/html,<script>alert(1)</script>",
	"vbscript:x", "file:///etc/passwd", "//other.invalid/", "http://",
	"https://x.invalid/\" onclick=\"alert(1)", "https://x.invalid/<b>",
	"https://user:pw@x.invalid/", "https://x.invalid/%zz?a=1&b=2&copy=3#%",
	"https://[::1", "http:\\\\x.invalid", "https://x.invalid:99999/",
	"https://ünïcode.invalid/ä", "mailto:a@x.invalid", "../../up", "?", "#",
];

/*
 * Papers with each text everywhere that one can stand: as parse may write them
 * where loose, else as normalize does, but for what the texts are made of.
 */
export function* papers(naughty, loose)
{
	/* normalize leaves no text without anything to see */
	const all = [...texts, ...naughty].filter((s) => loose ?
	    s !== "" : /[^\s\p{C}]/u.test(s));

	for (const [i, s] of all.entries()) {
		const next = all[(i + 1) % all.length];
		const url = urls[i % urls.length];

		yield {
			kind: "paper",
			id: i % 3 === 0 ? `${s}${i}` : `test:${i}`,
			sources: [{ source: i % 5 === 0 ? s : "test", key: s }],
			type: loose ? s : "conference-paper",
			title: s,
			abstract: `${s}\n\n${next}`,
			keywords: [s, next],
			authors: [{ name: s, affiliation: next },
			    { name: next, email: s }, { name: "Test Common" }],
			editors: [{ name: s }],
			venue: s, venue_kind: "conference", venue_name: next,
			year: i % 7 === 0 ? undefined : 1990 + i % 30,
			date: loose ? s : undefined, volume: s, number: next, pages: s, publisher: s,
			doi: `10.1/${loose ? s : s.replace(/[A-Z ]/g, "x")}`,
			arxiv: loose ? s : undefined, isbn: s,
			url, pdf: urls[(i + 1) % urls.length],
			code: urls[(i + 2) % urls.length], language: s,
		};
	}
	yield { kind: "paper", id: "../../../up", title: "T".repeat(20000) };
	yield { kind: "paper", id: "..", title: "long title ".repeat(2000),
		authors: [{ name: "Test Common" }] };
	yield { kind: "paper", id: "/etc/passwd", title: "Down",
		authors: Array.from({ length: 300 }, (_, i) =>
		    ({ name: `Test Number ${i}` })) };
}

/* Pages where something could run, of all folders. */
export function spots(site)
{
	const aimed = [...site.pages].filter(([, tree]) =>
	    /alert|onerror|javascript/i.test(text(tree)))
	    .map(([path]) => path);
	const step = Math.max(1, aimed.length / SPOTS);

	return Array.from({ length: Math.min(SPOTS, aimed.length) },
	    (_, i) => aimed[Math.floor(i * step)]);
}

function headings(site, folder)
{
	const found = new Map();

	for (const [path, tree] of site.pages)
		if (path.startsWith(folder) && !path.includes("~co.")) {
			const h1 = text(by_tag(tree, "h1")).toLowerCase();

			found.set(h1, [...found.get(h1) ?? [], path]);
		}
	return found;
}

/* That names and titles are on their pages, as text. */
export function check_hostile(site)
{
	const findings = [];
	const authors = headings(site, "a/"), titles = headings(site, "p/");

	if (authors.get("case test")?.length !== 1)
		findings.push("names that differ by case have several pages");
	if (authors.get("accent test")?.length !== 1 ||
	    authors.get("áccent tést")?.length !== 1)
		findings.push("names that differ by accents have one page");
	/* normalize may decode markup and mend characters; cluster does not */
	if (site.name === "hostile")
		for (const s of texts) {
			if (!/^[!-~]+( [!-~]+)*$/.test(s))
				continue;
			if (!authors.has(s.toLowerCase()))
				findings.push(`no author ${s}`);
			if (!titles.has(s.toLowerCase()))
				findings.push(`no title ${s}`);
		}
	for (const [path, tree] of site.pages)
		for (const element of elements(tree))
			if (/^h[1-3]$/.test(element.tagName) &&
			    text(element).trim() === "" ||
			    element.tagName === "a" &&
			    text(element).trim() === "")
				findings.push(`${path}: an empty ` +
				    element.tagName);
	return findings;
}
