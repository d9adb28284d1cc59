/* math - titles with TeX: text without scripts, typeset with them */
import { by_tag, text } from "./site.mjs";
import { formulas } from "./made.mjs";
import { visit } from "./browser.mjs";

function page_of(site, title)
{
	for (const [path, tree] of site.pages)
		if (path.startsWith("p/") && text(by_tag(tree, "h1")) === title)
			return path;
	return undefined;
}

/* Runs in the page. */
async function typeset()
{
	const h1 = document.querySelector("h1");

	await document.fonts.ready;
	return { said: h1.textContent, formulas: h1.querySelectorAll(".katex").length,
		links: h1.querySelectorAll("a, img, iframe, script").length,
		fonts: [...document.fonts].filter((f) =>
		    f.status === "loaded" && f.family.startsWith("KaTeX")).length,
		scripts: document.scripts.length,
		height: h1.getBoundingClientRect().height };
}

export async function check_math(site)
{
	const findings = [];

	for (const [title, count] of formulas) {
		const path = page_of(site, title);
		const tell = (what) => findings.push(`${title.slice(0, 60)}: ${what}`);
		const see = async (page) => {
			const got = await page.evaluate(typeset);

			if (got.formulas !== count)
				tell(`${got.formulas} formulas, not ${count}`);
			if (count > 0 && got.fonts === 0)
				tell("no font of KaTeX");
			if (count === 0 && got.said !== title)
				tell(`shows ${got.said}`);
			if (got.links > 0)
				tell("made a link or an image");
			if (title.length < 100 && got.height > 1000)
				tell(`${got.height} pixels high`);
		};

		if (path === undefined) {
			tell("no page shows it as text");
			continue;
		}
		findings.push(...await visit(site, "script", path, see),
		    ...await visit(site, "lax", path, see));
	}
	return findings;
}
