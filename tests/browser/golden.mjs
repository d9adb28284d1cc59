/* golden - the author's page against the text that is expected of it */
import { readFileSync } from "node:fs";
import { attr, by_tag, has_class, text } from "./site.mjs";

const AUTHOR = "Rishabh Agarwal";
const BUDGET = 60000;	/* bytes of the page */
const BLOCKS = new Set(("html body header main h1 h2 h3 p ul ol li a div " +
    "section").split(" "));

/* What the text does not have: the way through the site, the margin, persons. */
function is_extra(node)
{
	return /^(head|nav|aside|script)$/.test(node.tagName) ||
	    node.tagName !== undefined && (has_class(node, "skip") ||
	    has_class(node, "persons") ||
	    attr(node, "href")?.startsWith("#person")) ||
	    node.tagName === "li" && by_tag(node, "a") !== undefined &&
	    /^and [\d,]+ more$/.test(text(node));
}

/* The text of a node, a line for each block. */
function render(node)
{
	if (node.nodeName === "#text")
		return node.value.replace(/\s+/g, " ");
	if (is_extra(node))
		return "";
	const inner = (node.childNodes ?? []).map(render).join("");
	return BLOCKS.has(node.tagName) ? `\n${inner}\n` : inner;
}

function lines(all)
{
	return all.split("\n").map((line) => line.replace(/\s+/g, " ")
	    .replace(/^ ?• /, "").trim()).filter((line) => line !== "");
}

export function check_golden(site, expected)
{
	const findings = [];
	const want = lines(readFileSync(expected, "utf8"));
	const [path, tree] = [...site.pages].find(([path, tree]) =>
	    path.startsWith("a/") && !path.includes("~co") &&
	    text(by_tag(tree, "h1")).trim() === AUTHOR);
	const got = lines(render(tree));

	if (site.files.get(path) > BUDGET)
		findings.push(`${path}: ${site.files.get(path)} bytes`);
	for (let i = 0; i < Math.max(want.length, got.length); i++)
		if (want[i] !== got[i]) {
			findings.push(`line ${i + 1}: ${got[i]}; ` +
			    `expected: ${want[i]}`);
			break;
		}
	return findings;
}
