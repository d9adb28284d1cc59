/* server - serve a site's folder on this machine as a static host would */
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";

export const types = {
	".html": "text/html; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".js": "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
	".woff2": "font/woff2",
	".bib": "text/plain; charset=utf-8",
	".txt": "text/plain; charset=utf-8",
	".xml": "application/xml",
};

/* The file of an address; null where there cannot be one. */
function path_of(url)
{
	let path;

	try {
		path = decodeURIComponent(new URL(url, "http://x").pathname);
	} catch {
		return null;
	}
	if (path.includes("\0") || path.split("/").includes(".."))
		return null;
	return path.endsWith("/") ? `${path}index.html` : path;
}

async function answer(dir, request, response)
{
	const path = path_of(request.url);
	let status = 200, name = path, body;

	try {
		body = await readFile(join(dir, path));
	} catch {
		status = 404;
		name = "404.html";
		body = await readFile(join(dir, name)).catch(() => "");
	}
	response.writeHead(status, {
		"content-type": types[extname(name)] ??
		    "application/octet-stream",
		"x-content-type-options": "nosniff",
	});
	response.end(body);
}

/* Returns the origin, with a close(). */
export async function serve(dir)
{
	const server = createServer((request, response) =>
	    answer(dir, request, response));

	await new Promise((listening) =>
	    server.listen(0, "127.0.0.1", listening));
	return {
		origin: `http://127.0.0.1:${server.address().port}`,
		close: () => {
			server.close();
			server.closeAllConnections();
		},
	};
}
