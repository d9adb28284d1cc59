/* tap - the Test Anything Protocol: a test is a list of findings, best empty */

const SHOWN = 12;	/* findings of a test that are told */
const AT_ONCE = 2;

const only = new RegExp(process.env.ONLY ?? "");
const tests = [];

/* One line, without what could end it or be taken for protocol. */
function line(value)
{
	return String(value).replace(/[\s\p{Cc}]+/gu, " ").slice(0, 400);
}

/* fn returns findings, or a promise of them; to throw is one too. */
export function test(name, fn)
{
	if (only.test(name))
		tests.push({ name, fn });
}

async function run(t)
{
	try {
		t.findings = [...new Set(await t.fn())];
	} catch (error) {
		t.findings = [error.stack];
	}
}

function tell({ name, findings }, n)
{
	console.log(`${findings.length > 0 ? "not ok" : "ok"} ${n} - ` +
	    line(name));
	for (const finding of findings.slice(0, SHOWN))
		console.log(`# ${line(finding)}`);
	if (findings.length > SHOWN)
		console.log(`# and ${findings.length - SHOWN} more`);
}

/* Run the tests, some at once, and tell of them in their order. */
export async function run_all()
{
	let next = 0, told = 0;
	const work = async () => {
		while (next < tests.length) {
			await run(tests[next++]);
			while (tests[told]?.findings !== undefined)
				tell(tests[told], ++told);
		}
	};

	await Promise.all(Array.from({ length: AT_ONCE }, work));
	console.log(`1..${tests.length}`);
}
