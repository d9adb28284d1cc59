/* files - what holds for every file of a site, without a browser */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { attr, elements, read, text } from "./site.mjs";

const BASE = "http://site.invalid/";	/* as browser.t has it */
const FULL = 4096;	/* entries that a folder may have */

const vnu = join(dirname(createRequire(import.meta.url)
    .resolve("vnu-jar/package.json")), "build/dist/vnu.jar");

/*
 * What the Nu Html Checker says and is no defect here:
 * - it reads files, which have no origin: "self" of the policy then is nothing
 *   and blocks every stylesheet.  The browser tests the policy.
 * - KaTeX's stylesheet is another project's.
 * - Characters that a source has are shown as they are: no form of Unicode, no
 *   private use and no mark in front is put right here.  Nor is what language
 *   they are in, for which the checker has an option.
 */
function is_defect(message)
{
	return !/^Resource violates Content Security Policy .* blocked by|^Text run |Unicode Private Use Area/
	    .test(message.message) &&
	    !/\/assets\/katex[^/]*\.css$/.test(message.url);
}

/* What the Nu Html Checker says of all pages, stylesheets and images. */
export async function run_checker(sites)
{
	const child = spawn("java", ["-Xss4m", "-jar", vnu, "--format", "json",
	    "--no-langdetect", "--skip-non-html", "--also-check-css", "--also-check-svg",
	    "--stdout", "--exit-zero-always", ...sites.map((s) => s.dir)],
	    { stdio: ["ignore", "pipe", "inherit"] });
	const parts = [];

	for await (const part of child.stdout)
		parts.push(part);
	return JSON.parse(Buffer.concat(parts)).messages.filter(is_defect);
}

export function check_markup(site, messages)
{
	const base = `file:${site.dir}/`;

	return messages.filter((m) => m.url.startsWith(base)).map((m) =>
	    `${m.url.slice(base.length)}:${m.lastLine ?? 0}: ` +
	    `${m.subType ?? m.type}: ${m.message} ${m.extract ?? ""}`);
}

function* addresses(site, path)
{
	if (path.endsWith(".html"))
		for (const element of elements(site.pages.get(path)))
			for (const name of ["href", "src", "srcset", "poster",
			    "action", "data"]) {
				const value = attr(element, name);

				if (value !== undefined)
					yield value;
			}
	else if (path.endsWith(".xml"))
		for (const found of read(site, path)
		    .matchAll(/<loc>(.*?)<\/loc>/g))
			yield found[1];
	else if (path.endsWith(".css"))
		for (const found of read(site, path)
		    .replace(/\/\*[^]*?\*\//g, "")
		    .matchAll(/(?:url\(\s*|@import\s*)(["']?)(.*?)\1\s*[);]/g))
			yield found[2];
}

function ids_of(tree)
{
	const ids = new Set();

	for (const element of elements(tree))
		if (attr(element, "id") !== undefined)
			ids.add(attr(element, "id"));
	return ids;
}

/*
 * Follow an address that stands in a file: to, the file that it leads to, if
 * it stays in the site; wrong, what is wrong with it.
 */
function follow(site, from, address, ids)
{
	const here = new URL(BASE).origin;
	let url, to, id;

	if (!URL.canParse(address, BASE + from))
		return { wrong: "is no address" };
	url = new URL(address, BASE + from);
	if (/^(https?|mailto):$/.test(url.protocol) && url.origin !== here)
		return {};
	if (url.origin !== here)
		return { wrong: "is no link to a page" };
	try {
		to = decodeURIComponent(url.pathname).slice(1) || "index.html";
		id = decodeURIComponent(url.hash.slice(1));
	} catch {
		return { wrong: "is no address" };
	}
	if (!site.files.has(to))
		return { wrong: "is not there" };
	return { to, wrong: id === "" || ids(to).has(id) ? undefined :
	    "has no such id" };
}

/* Broken links, and files that nothing leads to. */
export function check_links(site)
{
	const findings = [], cache = new Map();
	const links = new Map();	/* what each file leads to */
	const reached = new Set(["index.html"]);
	const todo = ["index.html"];
	const allowed = /^(404\.html|sitemap\.xml|sitemap\/\d+\.xml|robots\.txt|assets\/katex[^/]*\.txt)$/;
	/* the same in all sites, also where there is nothing to typeset */
	const math = /^assets\/(katex|math|KaTeX_)[^/]*$/;
	const has_math = [...site.pages.keys()].some((path) =>
	    [...addresses(site, path)].some((a) => /\.js$/.test(a)));
	const ids = (path) => {
		if (!cache.has(path))
			cache.set(path, ids_of(site.pages.get(path) ??
			    { childNodes: [] }));
		return cache.get(path);
	};

	for (const path of site.files.keys()) {
		const to = new Set();

		for (const address of addresses(site, path)) {
			const found = follow(site, path, address, ids);

			if (found.wrong !== undefined)
				findings.push(`${path}: ${address} ${found.wrong}`);
			if (found.to !== undefined)
				to.add(found.to);
		}
		links.set(path, to);
	}
	while (todo.length > 0)
		for (const to of links.get(todo.pop()))
			if (!reached.has(to)) {
				reached.add(to);
				todo.push(to);
			}
	for (const path of site.files.keys())
		if (!reached.has(path) && !allowed.test(path) &&
		    (has_math || !math.test(path)))
			findings.push(`${path}: nothing leads there`);
	return findings;
}

/* Pages that a sitemap leaves out. */
export function check_sitemap(site)
{
	const listed = new Set();

	for (const path of site.files.keys())
		if (/^sitemap\/\d+\.xml$/.test(path))
			for (const address of addresses(site, path))
				listed.add(follow(site, path, address).to);
	return [...site.pages.keys()].filter((path) => !listed.has(path) &&
	    !/^(404|report)\.html$/.test(path)).map((path) => `${path} is not in the sitemap`);
}

/* Elements and attributes of the templates: what else is there got in. */
const ELEMENTS = new Set(("html head meta title link script body a header " +
    "nav main section aside footer h1 h2 h3 p ul ol li dl dt dd small span b code " +
    "pre details summary div table thead tbody tr th td svg path").split(" "));
const ATTRIBUTES = new Set(("lang charset name content http-equiv rel href " +
    "src defer class id aria-label aria-labelledby aria-current tabindex role " +
    "scope rowspan colspan title viewbox viewBox d").split(" "));

function* intruders(tree)
{
	for (const element of elements(tree)) {
		if (!ELEMENTS.has(element.tagName))
			yield `<${element.tagName}>`;
		if (element.tagName === "script" && text(element) !== "")
			yield "a script in the page";
		if (element.tagName === "script" &&
		    !/^(\.\.\/)*\/?assets\//.test(attr(element, "src")))
			yield `script ${attr(element, "src")}`;
		for (const { name, value } of element.attrs) {
			if (!ATTRIBUTES.has(name))
				yield `<${element.tagName} ${name}>`;
			if (name === "href" && /^[^/#?]*:/.test(value) &&
			    !/^(https?:\/\/[^/]|mailto:)/.test(value))
				yield `href ${value}`;
		}
	}
}

export function check_intruders(site)
{
	const findings = [];

	for (const [path, tree] of site.pages)
		for (const intruder of intruders(tree))
			findings.push(`${path}: ${intruder}`);
	return findings;
}

/* Scripts only where there is TeX to typeset. */
export function check_scripts(site)
{
	const findings = [];

	for (const [path, tree] of site.pages) {
		const all = [...elements(tree)];
		const scripts = all.filter((e) => e.tagName === "script").length;
		const tex = all.some((e) => e.tagName !== "script" &&
		    (attr(e, "class") ?? "").split(" ").includes("tex"));

		if (scripts !== (tex ? 2 : 0))
			findings.push(`${path}: ${scripts} scripts ` +
			    `${tex ? "with" : "without"} TeX`);
	}
	return findings;
}

export function check_tree(site)
{
	const findings = site.strange.map((path) => `${path}: no file`);

	if (site.widest > FULL)
		findings.push(`a folder has ${site.widest} entries`);
	return findings;
}
