/** The page's own files, read at each request: whoever edits one sees it at the next reload. */
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Answers false when there is no such file. */
export async function serveFile(root: string, pathname: string, res: ServerResponse, headers: Record<string, string> = {}): Promise<boolean> {
  const path = normalize(join(root, pathname));
  const type = TYPES[extname(path)];
  if (!path.startsWith(`${root}/`) || type === undefined) return false;
  try {
    const bytes = await readFile(path);
    res.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff', ...headers });
    res.end(bytes);
    return true;
  } catch {
    return false;
  }
}
