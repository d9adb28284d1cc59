/* report - a report of a run of 250 sources, with these texts where any may be */
export function report(texts)
{
	let turn = 0;
	const pick = (text) => texts.length === 0 ? text :
	    texts[turn++ % texts.length] || text;
	const counts = (stage, n) => ({ stage, in: n, out: n - 2, rejected: 2,
		merged: 0, made: 0, notes: 1, codes: { "bad-value": 2,
		    "dropped-value": 1, [pick("short-row")]: 1 },
		passed: { [pick("author pages")]: 1 }, seconds: 75.5,
		memory: 512000000, rate: 12345.6 });
	const source = (_, i) => ({ source: pick(`source-${i}`), documents: [
		{ url: pick(`https://source-${i}.example.org/${"very/".repeat(i % 9)}long.xml`),
		    sha256: `${i}`.padStart(64, "0"), bytes: 10 ** (i % 11),
		    date: "2026-11-02" },
		...i % 50 === 0 ? [{ url: `lists/${i}.json`,
		    sha256: "f".repeat(64), bytes: 1 }] : []].slice(i === 7 ? 2 : 0),
		stages: [counts("parse", 1000 * i + 2)], records: 1000 * i,
		papers: 900 * i });

	return { kind: "report", pipeline: pick("made"),
		started: "2026-11-02T03:17:05Z", seconds: 4000,
		stages: ["fetch", "parse", "normalize", "dedupe", "cluster",
		    "render"].map((stage) => counts(pick(stage), 1234567)),
		sources: Array.from({ length: 250 }, source),
		gaps: [pick("dedupe: 5 in, 3 out, 1 merged")],
		versions: [{ program: pick("render"), version: pick("0.1") }] };
}
