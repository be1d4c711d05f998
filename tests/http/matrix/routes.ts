/** The route table, as the program prints it: whatever is in it is in the matrix. */
import { execFileSync } from 'node:child_process';

import { api } from '../support/contract.ts';
import { house } from '../support/house.ts';

export type Route = {
  method: string;
  path: string;
  access: 'member' | 'session' | 'public' | 'visitor' | 'loopback' | 'operator';
  /** `@self`: any member. */
  permission: string;
  flags: string[];
  body: 'none' | 'json' | 'raw' | 'file';
  /** What each parameter of the path names. */
  ids: { name: string; kind: string }[];
};

const list = (text: string | undefined): string[] => (text === undefined || text === '-' ? [] : text.split(','));

export const routes: Route[] = execFileSync(`${house.bin}/balcaoctl`, ['routes'], {
  env: { ...process.env, BALCAO_VAR: house.var },
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .map((line) => {
    const [method = '', path = '', access, permission = '', flags, , body, ids] = line.split('\t');
    return {
      method,
      path,
      access: access as Route['access'],
      permission,
      flags: list(flags),
      body: body as Route['body'],
      ids: list(ids).map((one) => {
        const [name = '', kind = ''] = one.split(':');
        return { name, kind };
      }),
    };
  });

type Schema = {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minLength?: number;
  minimum?: number;
};
type Described = {
  parameters?: { name?: string; in?: string; required?: boolean; schema?: Schema }[];
  requestBody?: { $ref?: string; content?: Record<string, { schema: Schema }> };
};

function described({ method, path }: Route): Described {
  const template = path.replace(/:(\w+)/g, '{$1}');
  return (api.paths[template]?.[method.toLowerCase()] ?? {}) as unknown as Described;
}

function resolved(schema: Schema): Schema {
  return schema.$ref === undefined ? schema : (api.components.schemas[schema.$ref.split('/').at(-1) ?? ''] as Schema);
}

const isId = (schema: Schema | undefined): boolean => schema?.$ref?.endsWith('/Id') === true;

/** The smallest value that the description lets pass. */
function least(schema: Schema): unknown {
  const { enum: words, type, minLength = 1, minimum = 1, items, properties = {}, required = [] } = resolved(schema);
  if (words !== undefined) return words[0];
  const kind = Array.isArray(type) ? type[0] : type;
  if (kind === 'string') return 'x'.repeat(minLength);
  if (kind === 'integer' || kind === 'number') return minimum;
  if (kind === 'boolean') return true;
  if (kind === 'array') return items === undefined ? [] : [least(items)];
  return Object.fromEntries(required.map((name) => [name, least(properties[name] ?? {})]));
}

/** What has to stand in the query. */
export function leastQuery(route: Route): string {
  const needed = (described(route).parameters ?? []).filter((one) => one.in === 'query' && one.required === true);
  return new URLSearchParams(needed.map((one) => [one.name ?? '', String(least(one.schema ?? {}))])).toString();
}

/** Of what is sent along, written out where it stands or shared by name. */
export function bodySchema(route: Route): Schema | undefined {
  const body = described(route).requestBody;
  const shared = body?.$ref === undefined ? body : api.components.requestBodies?.[body.$ref.split('/').at(-1) ?? ''];
  return shared?.content?.['application/json']?.schema as Schema | undefined;
}

export function leastBody(route: Route): Record<string, unknown> {
  const schema = bodySchema(route);
  return schema === undefined ? {} : (least(schema) as Record<string, unknown>);
}

/** Members of the body that name rows by id: one, or a list of them. */
export function idsInBody(route: Route): { name: string; isList: boolean }[] {
  const schema = bodySchema(route);
  return Object.entries(schema === undefined ? {} : (resolved(schema).properties ?? {}))
    .filter(([, one]) => isId(one) || isId(one.items))
    .map(([name, one]) => ({ name, isList: isId(one.items) }));
}
