/* browser - pages of a site as Chromium shows them */
import { mkdirSync } from "node:fs";
import { chromium } from "playwright-core";
import axe from "axe-core";
import { look, openings, outline_of } from "./inpage.mjs";

const SIZES = [["narrow", 320, 568], ["phone", 390, 844],
    ["desktop", 1280, 900], ["wide", 1920, 1080]];
const PICTURES = ["phone", "desktop"];
const TALLEST = 4000;	/* pixels of a picture */
const LONGEST = 60000;	/* milliseconds of a visit */

export async function launch()
{
	return chromium.launch({
		executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-gpu", "--no-first-run",
		    "--disable-background-networking", "--disable-sync",
		    "--disable-component-update",
		    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
	});
}

/* Put into findings what goes wrong in a page while it is open. */
async function listen(page, origin, findings)
{
	const missing = (url) => new URL(url).pathname.startsWith("/missing/");

	page.on("console", (m) => {
		if (/^(error|warning|assert)$/.test(m.type()) &&
		    !(missing(m.location().url) && / 404 /.test(m.text())))
			findings.push(`console: ${m.text()}`);
	});
	page.on("pageerror", (error) => findings.push(`script: ${error}`));
	page.on("dialog", (dialog) => {
		findings.push(`dialog: ${dialog.message()}`);
		dialog.dismiss();
	});
	page.on("popup", (popup) => findings.push(`popup: ${popup.url()}`));
	page.on("download", (d) => findings.push(`download: ${d.url()}`));
	page.on("request", (request) => {
		if (!request.url().startsWith(`${origin}/`))
			findings.push(`request to ${request.url()}`);
	});
	page.on("requestfailed", (request) => findings.push(
	    `${request.url()}: ${request.failure().errorText}`));
	page.on("response", (response) => {
		if (response.status() !== (missing(response.url()) ? 404 : 200))
			findings.push(`${response.url()}: ${response.status()}`);
	});
	/* to be seen where a policy is bypassed */
	await page.exposeFunction("violated", (what) =>
	    findings.push(`violation: ${what}`)).catch(() => {});
	await page.addInitScript(() => addEventListener(
	    "securitypolicyviolation", (e) => globalThis.violated(
	    `${e.violatedDirective} ${e.blockedURI} ${e.sample}`)));
}

/* The path under which a page is opened: what is missing, somewhere deep. */
function address(site, path)
{
	return path === "404.html" ? "missing/of/here.html" :
	    path.split("/").map(encodeURIComponent).join("/");
}

/*
 * Open a page of a site, and let fn add findings to those of opening it.
 * site.contexts has the browser's contexts by name.
 */
export async function visit(site, context, path, fn)
{
	const findings = [];
	const page = await site.contexts[context].newPage();

	/* what waits for the page then throws */
	const timer = setTimeout(() => {
		findings.push("takes too long");
		page.close();
	}, LONGEST);

	try {
		await listen(page, site.origin, findings);
		await page.goto(`${site.origin}/${address(site, path)}`);
		await fn?.(page, findings);
	} catch (error) {
		findings.push(error.stack);
	}
	clearTimeout(timer);
	await page.close();
	return findings.map((finding) => `${path}: ${finding}`);
}

async function each_window(page, fn)
{
	for (const [name, width, height] of SIZES) {
		await page.setViewportSize({ width, height });
		for (const colorScheme of ["light", "dark"]) {
			await page.emulateMedia({ colorScheme });
			await fn(`${name}-${colorScheme}`, name);
		}
	}
}

async function take_picture(page, file)
{
	const { width, height } = await page.evaluate(() => ({
		width: document.documentElement.clientWidth,
		height: document.documentElement.scrollHeight }));

	await page.screenshot({ path: file, fullPage: true, clip: { x: 0, y: 0,
		width, height: Math.min(height, TALLEST) } });
}

/* A page in every window, light and dark. */
export function check_windows(site, context, kind, pictures)
{
	const path = site.kinds.get(kind);
	const stem = `${pictures}/${site.name}-${kind.replaceAll(" ", "-")}`;

	if (pictures !== null)
		mkdirSync(pictures, { recursive: true });
	return visit(site, context, path, async (page, findings) => {
		await each_window(page, async (window, size) => {
			if (pictures !== null && PICTURES.includes(size))
				await take_picture(page, `${stem}-${window}.png`);
			for (const finding of await page.evaluate(look))
				findings.push(`${window}: ${finding}`);
		});
	});
}

/* With everything unfolded: what is folded is not looked at. */
export function check_axe(site, kind)
{
	const path = site.kinds.get(kind);

	return visit(site, "script", path, async (page, findings) => {
		await page.evaluate(() => {
			for (const e of document.querySelectorAll("details"))
				e.open = true;
		});
		await page.evaluate(axe.source);
		for (const [name, width, height] of SIZES) {
			if (!PICTURES.includes(name))
				continue;
			await page.setViewportSize({ width, height });
			for (const colorScheme of ["light", "dark"]) {
				await page.emulateMedia({ colorScheme });
				const { violations } = await page.evaluate(() =>
				    globalThis.axe.run(document, { resultTypes:
				    ["violations"], rules: { "target-size":
				    { enabled: true } } }));
				for (const v of violations)
					for (const node of v.nodes.slice(0, 3))
						findings.push(`${name} ` +
						    `${colorScheme}: ${v.id}: ` +
						    `${node.html.slice(0, 120)} ` +
						    node.failureSummary);
			}
		}
	});
}

/* That Tab begins with a link to the text, which leads there. */
export function check_skip(site, kind)
{
	return visit(site, "script", site.kinds.get(kind), async (page, findings) => {
		await page.keyboard.press("Tab");
		const at = await page.evaluate(outline_of);

		findings.push(...at.findings);
		if (at.name !== "Skip to content") {
			findings.push(`Tab begins at ${at.name}`);
			return;
		}
		await page.keyboard.press("Enter");
		await page.keyboard.press("Tab");
		if (await page.evaluate(() => document.querySelector("main a[href]," +
		    " main summary, main [tabindex]") !== null &&
		    document.activeElement.closest("main") === null))
			findings.push("the skip link does not skip");
	});
}

/* The way of Tab through the page, and what Enter unfolds. */
export function check_keyboard(site, kind)
{
	return visit(site, "script", site.kinds.get(kind), async (page, findings) => {
		const all = await page.evaluate(openings);
		const seen = new Set();

		while (seen.size < all.length) {
			await page.keyboard.press("Tab");
			const at = await page.evaluate(outline_of);

			if (at.place === -1 || seen.has(at.place))
				break;
			seen.add(at.place);
			findings.push(...at.findings);
		}
		all.forEach((name, place) => {
			if (!seen.has(place))
				findings.push(`Tab does not reach ${name}`);
		});
		for (const details of await page.$$("details")) {
			if (!await details.isVisible())
				continue;
			await (await details.$("summary")).focus();
			await page.keyboard.press("Enter");
			if (!await details.evaluate((e) => e.open))
				findings.push("Enter unfolds nothing");
		}
	});
}

/* Contexts of a browser by name: with scripts, without, and without policy. */
export async function contexts(browser)
{
	/* else the focus is not in sight before the scrolling ends */
	const still = { reducedMotion: "reduce" };

	return {
		script: await browser.newContext(still),
		plain: await browser.newContext({ ...still,
		    javaScriptEnabled: false }),
		lax: await browser.newContext({ ...still, bypassCSP: true }),
	};
}
