/** The route tables of the program and the description of the API are the same list. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

import { api } from '../support/contract.ts';
import { house } from '../support/house.ts';

type Schema = { type?: unknown; properties?: object; additionalProperties?: unknown; required?: string[] };

/** `GET /api/v1/tickets/{id}` for each route; questions of browsers (OPTIONS) are no operations. */
async function routes(): Promise<string[]> {
  const { stdout } = await promisify(execFile)(`${house.bin}/balcaoctl`, ['routes'], {
    env: { ...process.env, BALCAO_VAR: house.var },
  });
  return stdout
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('OPTIONS\t'))
    .map((line) => line.split('\t').slice(0, 2).join(' ').replace(/:(\w+)/g, '{$1}'))
    .sort();
}

const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
);

it('every route is described, and everything described is a route', async () => {
  expect(await routes()).toEqual(operations.map(({ name }) => name).sort());
});

describe('every operation', () => {
  it.each(operations)('$name has a name, an answer and refusals', ({ operation }) => {
    expect(operation.operationId).toMatch(/^[a-z][A-Za-z]+$/);
    const statuses = Object.keys(operation.responses);
    expect(statuses.some((status) => status.startsWith('2'))).toBe(true);
    expect(statuses).toContain('4XX');
  });

  it('has a name of its own', () => {
    const names = operations.map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
  });
});

/** Every schema in the document that has properties, with the way to it. */
function objects(value: unknown, way: string): { way: string; schema: Schema }[] {
  if (typeof value !== 'object' || value === null) return [];
  const here = 'properties' in value && 'type' in value ? [{ way, schema: value as Schema }] : [];
  return [...here, ...Object.entries(value).flatMap(([key, inner]) => objects(inner, `${way}/${key}`))];
}

it('every object says whether it may hold more than it lists', () => {
  const open = objects(api, '#')
    .filter(({ schema }) => schema.additionalProperties === undefined)
    .map(({ way }) => way);
  expect(open).toEqual([]);
});

it('what is required is there', () => {
  const missing = objects(api, '#').flatMap(({ way, schema }) =>
    (schema.required ?? []).filter((name) => !(name in (schema.properties ?? {}))).map((name) => `${way}: ${name}`),
  );
  expect(missing).toEqual([]);
});
