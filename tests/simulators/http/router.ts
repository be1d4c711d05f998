/** A table of `METHOD /path/:name` rows and the function that walks it. */
import type { IncomingMessage, ServerResponse } from 'node:http';

export type Request<Context> = {
  context: Context;
  req: IncomingMessage;
  res: ServerResponse;
  url: URL;
  params: Record<string, string>;
};

/** Returns what is to be written as JSON; undefined when the handler wrote the answer itself. */
export type RouteHandler<Context> = (request: Request<Context>) => unknown;

export type Routes<Context> = Record<string, RouteHandler<Context>>;

type Row<Context> = { method: string; path: RegExp; handler: RouteHandler<Context> };

export class Router<Context> {
  #rows: Row<Context>[];

  constructor(routes: Routes<Context>) {
    this.#rows = Object.entries(routes).map(([name, handler]) => {
      const [method = '', path = ''] = name.split(' ');
      return { method, handler, path: new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`) };
    });
  }

  /** undefined: no such path; 'method': it exists under another method. */
  find(method: string, pathname: string): { handler: RouteHandler<Context>; params: Record<string, string> } | 'method' | undefined {
    let hasPath = false;
    for (const row of this.#rows) {
      const match = row.path.exec(pathname);
      if (!match) continue;
      hasPath = true;
      if (row.method !== method) continue;
      const params = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
      return { handler: row.handler, params: Object.fromEntries(params) };
    }
    return hasPath ? 'method' : undefined;
  }
}
