/* persons - a name of several persons: each of them alone, and all of them */
import axe from "axe-core";
import { visit } from "./browser.mjs";
import { look } from "./inpage.mjs";

const PERSONS = 12;	/* of two papers */
const SINGLES = 3;
const KEY = "several test";

/* What cluster writes of them; a last paper is by the first two. */
export function* records()
{
	const papers = [], persons = [];
	const add = (...numbers) => {
		const id = `several:${papers.length}`;

		numbers.forEach((person, position) => papers.push({ id, position,
			row: 0, person }));
		return { kind: "paper", id, title: `Test paper ${id}`,
			authors: [...numbers.map(() => ({ name: "Several Test" })),
			{ name: `Number${numbers[0]} Test` }], venue: "Test venue",
			year: 2001 };
	};

	for (let i = 1; i <= PERSONS; i++) {
		yield add(i);
		yield add(i);
		persons.push({ person: i, papers: i <= 2 ? 3 : 2,
			years: [2001, 2001], venues: ["Test venue"],
			coauthors: [{ key: `number${i} test`,
			    name: `Number${i} Test`, papers: 2 }],
			orcid: "0000-0002-1825-0097",
			ids: { openreview: `~Several_Test${i}`, other: "1" },
			affiliations: ["Test University", `Institute ${i}`],
			confidence: 1 - i / 13,
			evidence: [`2 papers with Number${i} Test`] });
	}
	for (let i = PERSONS + 1; i <= PERSONS + SINGLES; i++) {
		yield add(i);
		persons.push({ person: i, papers: 1, years: [2001, 2001] });
	}
	yield add(1, 2);
	yield author(KEY, "Several Test", papers, persons, { similar:
	    [{ key: "number1 test", reason: "initials", confidence: 0.1 },
	    { key: "number2 test", reason: "order", confidence: 0.9 }] });
	for (let i = 1; i <= PERSONS + SINGLES; i++) {
		const own = papers.filter(({ person }, k) => person === i &&
		    (papers[k - 1]?.id !== papers[k].id))
		    .map(({ id }) => ({ id, position: 1, row: 0, person: 1 }));

		yield author(`number${i} test`, `Number${i} Test`, own, [{ person: 1,
			papers: own.length, ...own.length > 1 && { confidence: 0.9,
			evidence: ["2 papers with Several Test"] } }]);
	}
}

function author(key, name, papers, persons, rest)
{
	return { kind: "author", key, name, slug: key.replace(" ", "_"),
		rows: [{ name, papers: new Set(papers.map((p) => p.id)).size }],
		papers, persons, ...rest };
}

/* Runs in the page: what of it is to be seen. */
function seen()
{
	const count = (selector) => [...document.querySelectorAll(selector)]
	    .filter((e) => e.checkVisibility()).length;

	return [count(".author > ol > li"), count(".persons > ul > li"),
		count(".rest"), count("aside"), count(".author > h2")].join(" ");
}

export function check_persons(site)
{
	const all = PERSONS * 2 + SINGLES + 1;
	const path = site.kinds.get("author of several persons");

	return visit(site, "script", path, async (page, findings) => {
		const expect = async (where, want) => {
			const got = await page.evaluate(seen);

			if (got !== want)
				findings.push(`${where}: ${got}, not ${want}`);
			for (const finding of await page.evaluate(look))
				findings.push(`${where}: ${finding}`);
		};
		const follow = async (selector, want) => {
			await page.click(selector);
			await expect(selector, want);
		};

		await page.setViewportSize({ width: 390, height: 844 });
		/* cards, blocks, the link to more, the column beside, heading */
		await expect("all", `${all} 6 1 1 1`);
		await follow('.persons h3 a[href="#person-2"]', "3 1 0 0 0");
		await page.evaluate(axe.source);
		const { violations } = await page.evaluate(() =>
		    globalThis.axe.run(document));
		findings.push(...violations.map((v) => `axe: ${v.id}`));
		await follow('.persons a[href="#persons"]',
		    `${all} ${PERSONS + 1} 0 1 1`);
		await follow('.persons h3 a[href="#person-12"]', "2 1 0 0 0");
		await follow('.persons a[href="#papers"]', `${all} 6 1 1 1`);
		await follow('.persons h3 a[href="#alone"]', `${SINGLES} 1 0 0 0`);
		await follow('a[id="person-13"]', "1 0 0 0 0");
		await page.goBack();
		await expect("back", `${SINGLES} 1 0 0 0`);
	});
}
