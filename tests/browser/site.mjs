/* site - the files of a site, its pages parsed, and one page of each kind */
import { lstatSync, readFileSync, readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { parse } from "parse5";

/* A tree of parse5 in document order, with what stands in templates too. */
export function* elements(node)
{
	for (const child of node.childNodes ?? []) {
		if (child.tagName !== undefined)
			yield child;
		yield* elements(child);
	}
	if (node.content !== undefined)
		yield* elements(node.content);
}

export function attr(element, name)
{
	return element.attrs.find((a) => a.name === name)?.value;
}

export function has_class(element, name)
{
	return (attr(element, "class") ?? "").split(/\s+/).includes(name);
}

export function text(node)
{
	if (node.nodeName === "#text")
		return node.value;
	return (node.childNodes ?? []).map(text).join("");
}

export function find(node, test)
{
	for (const element of elements(node))
		if (test(element))
			return element;
	return undefined;
}

export function by_tag(node, tag)
{
	return find(node, (e) => e.tagName === tag);
}

function walk(site, folder)
{
	const names = readdirSync(join(site.dir, folder));

	site.widest = Math.max(site.widest, names.length);
	for (const name of names.sort()) {
		const path = folder === "" ? name : `${folder}/${name}`;
		const stat = lstatSync(join(site.dir, path));

		if (stat.isDirectory())
			walk(site, path);
		else if (stat.isFile())
			site.files.set(path, stat.size);
		else
			site.strange.push(path);
	}
}

function kind_of(path, tree)
{
	const folder = path.includes("/") ? path.split("/")[0] : "";
	const kicker = find(tree, (e) => has_class(e, "kicker"));
	const math = find(tree, (e) => has_class(e, "tex")) !== undefined;
	const pager = find(tree, (e) => has_class(e, "pager"));

	switch (folder) {
	case "a":
		if (path.endsWith("~co.html"))
			return "coauthors";
		return find(tree, (e) => attr(e, "href")?.endsWith("~co.html")) ?
		    "author of many coauthors" :
		    find(tree, (e) => attr(e, "id") === "person-1") ?
		    "author of several persons" : math ? "author with math" :
		    "author";
	case "p":
		if (math)
			return "paper with math";
		return find(tree, (e) => e.tagName === "th" &&
		    text(e).trim() === "Gave") ? "paper of several sources" :
		    "paper of one source";
	case "v":
		if (by_tag(kicker ?? tree, "a") !== undefined &&
		    kicker !== undefined)
			return pager ? "group of many papers" : "group";
		return by_tag(tree, "section") ? "venue" : "large venue";
	case "n":
		return pager ? "letter of many names" : "letter";
	case "y":
		return "year";
	case "":
		return path.replace(".html", "").replace("index", "home");
	default:
		return folder;
	}
}

/*
 * files: sizes by path; pages: parsed trees by path; kinds: the biggest page
 * of each kind; widest: entries of the fullest folder; strange: paths of what
 * is neither file nor folder.
 */
export function open_site(name, dir)
{
	const site = { name, dir: realpathSync(dir), files: new Map(),
		pages: new Map(), kinds: new Map(), widest: 0, strange: [] };

	walk(site, "");
	for (const [path, size] of site.files) {
		if (!path.endsWith(".html"))
			continue;
		const tree = parse(read(site, path));
		const kind = kind_of(path, tree);
		const other = site.kinds.get(kind);

		site.pages.set(path, tree);
		if (other === undefined || size > site.files.get(other))
			site.kinds.set(kind, path);
	}
	return site;
}

export function read(site, path)
{
	return readFileSync(join(site.dir, path), "utf8");
}
