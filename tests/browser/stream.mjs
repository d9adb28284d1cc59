/* stream - print papers for cluster, or a report: stream.mjs WHAT [strings.json];
 * made | hostile | loose: the papers of these sites; -report behind it: its report;
 * persons: what cluster writes of a name of several persons */
import { readFileSync } from "node:fs";
import * as hostile from "./hostile.mjs";
import * as made from "./made.mjs";
import * as persons from "./persons.mjs";
import { report } from "./report.mjs";

const [what, strings] = process.argv.slice(2);
const naughty = strings === undefined ? [] :
    JSON.parse(readFileSync(strings, "utf8"));

/* normalize leaves no other text */
function is_seen(s)
{
	return /[^\s\p{C}]/u.test(s);
}

function* records()
{
	if (what.endsWith("-report"))
		yield report(what.startsWith("made") ? [] :
		    [...hostile.texts, ...naughty].filter(is_seen));
	else if (what === "made")
		yield* made.papers();
	else if (what === "persons")
		yield* persons.records();
	else
		yield* hostile.papers(naughty, what === "loose");
}

for (const record of records())
	process.stdout.write(`${JSON.stringify(record)}\n`);
