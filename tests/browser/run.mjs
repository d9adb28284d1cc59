/* run - test sites, as TAP: run.mjs [-p pictures] [-e text] name=folder ... */
import { parseArgs } from "node:util";
import { check_axe, check_keyboard, check_skip, check_windows, contexts, launch,
    visit } from "./browser.mjs";
import { check_intruders, check_links, check_markup, check_scripts, check_sitemap,
    check_tree, run_checker } from "./files.mjs";
import { check_golden } from "./golden.mjs";
import { check_hostile, spots } from "./hostile.mjs";
import { check_math } from "./math.mjs";
import { check_persons } from "./persons.mjs";
import { serve } from "./server.mjs";
import { open_site } from "./site.mjs";
import { run_all, test } from "./tap.mjs";

const { values, positionals } = parseArgs({ allowPositionals: true,
	options: { pictures: { type: "string", short: "p", default: "pictures" },
	    expected: { type: "string", short: "e" } } });

function test_files(site)
{
	test(`${site.name}: folders`, () => check_tree(site));
	test(`${site.name}: links`, () => check_links(site));
	test(`${site.name}: scripts`, () => check_scripts(site));
	test(`${site.name}: nothing gets in`, () => check_intruders(site));
}

/* A page of each kind that no site before had, and of these kinds anyway. */
function test_pages(site, seen, always)
{
	for (const kind of [...site.kinds.keys()].sort()) {
		const name = `${site.name}: ${kind}`;

		if (seen.has(kind) && !always.includes(kind))
			continue;
		seen.add(kind);
		test(`${name}: every window`, () =>
		    check_windows(site, "script", kind, values.pictures));
		test(`${name}: without scripts`, () =>
		    check_windows(site, "plain", kind, null));
		test(`${name}: skip link`, () => check_skip(site, kind));
		test(`${name}: keyboard`, () => check_keyboard(site, kind));
		test(`${name}: axe`, () => check_axe(site, kind));
	}
}

function test_hostile(site)
{
	test(`${site.name}: texts`, () => check_hostile(site));
	test(`${site.name}: nothing runs`, async () => {
		const findings = [];

		for (const path of spots(site))
			findings.push(...await visit(site, "lax", path));
		return findings;
	});
	if (site.name !== "hostile")
		return;
	for (const kind of [...site.kinds.keys()].sort()) {
		test(`hostile: ${kind}: every window`, () =>
		    check_windows(site, "script", kind, values.pictures));
		test(`hostile: ${kind}: axe`, () => check_axe(site, kind));
	}
}

const sites = positionals.map((argument) => {
	const [, name, dir] = argument.match(/^([^=]+)=(.*)$/);

	return open_site(name, dir);
});
let messages;
function test_markup(site)
{
	test(`${site.name}: Nu Html Checker`, async () => {
		messages ??= run_checker(sites);
		return check_markup(site, await messages);
	});
}

/* The checker takes all sites at once, and long: the browser goes on beside. */
test_markup(sites[0]);
const browser = await launch();
const seen = new Set();
for (const site of sites) {
	site.server = await serve(site.dir);
	site.origin = site.server.origin;
	site.contexts = await contexts(browser);
	test_files(site);
	if (site.name.startsWith("hostile"))
		test_hostile(site);
	else
		test_pages(site, seen, site.name === "golden" ? ["author of many coauthors",
		    "paper of several sources"] : []);
	if (site.files.has("sitemap.xml"))
		test(`${site.name}: sitemap`, () => check_sitemap(site));
	if (site.name === "made")
		test("made: math", () => check_math(site));
	if (site.name === "persons")
		test("persons: one alone, and all", () => check_persons(site));
	if (site.name === "golden" && values.expected !== undefined)
		test("golden: the page as text", () =>
		    check_golden(site, values.expected));
}
sites.slice(1).forEach(test_markup);
await run_all();
await browser.close();
for (const site of sites)
	site.server.close();
