/* stream - print papers for cluster: stream.mjs made | (hostile | loose) [strings.json] */
import { readFileSync } from "node:fs";
import * as hostile from "./hostile.mjs";
import * as made from "./made.mjs";

const [what, strings] = process.argv.slice(2);
const naughty = strings === undefined ? [] :
    JSON.parse(readFileSync(strings, "utf8"));
const papers = what === "made" ? made.papers() : hostile.papers(naughty, what === "loose");

for (const paper of papers)
	process.stdout.write(`${JSON.stringify(paper)}\n`);
