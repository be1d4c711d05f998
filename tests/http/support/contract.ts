/**
 * Holds every answer against backend/openapi.yaml: a status, a type, a property that is not written there is a
 * failure of the test that met it.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Ajv2020 as Ajv, ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

import type { Answered } from './wire.ts';

type Content = Record<string, { schema?: unknown }>;
type Response = { $ref?: string; description?: string; content?: Content };
export type Operation = { operationId: string; security?: unknown[]; responses: Record<string, Response> };
export type Api = {
  info: { description: string };
  paths: Record<string, Record<string, Operation>>;
  components: {
    responses: Record<string, Response>;
    schemas: Record<string, unknown>;
    requestBodies?: Record<string, { content?: Content }>;
  };
};

export const api = parse(readFileSync(new URL('../../../backend/openapi.yaml', import.meta.url), 'utf8')) as Api;

const require = createRequire(import.meta.url);
const { Ajv2020 } = require('ajv/dist/2020.js') as { Ajv2020: typeof Ajv };
const addFormats = require('ajv-formats') as (ajv: Ajv) => void;

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addFormat('binary', true);
ajv.addSchema(api as object, 'api');

const compiled = new Map<string, ValidateFunction>();

/** Why `value` is not what the pointer (`#/components/schemas/Ticket`) describes; nothing when it is. */
export function misfit(pointer: string, value: unknown): string | undefined {
  const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `api${pointer}` });
  compiled.set(pointer, validate);
  return validate(value) ? undefined : `${ajv.errorsText(validate.errors)} in ${JSON.stringify(value)?.slice(0, 2000)}`;
}

/** The path of the description that a request's path falls under. */
export function templateOf(path: string): string | undefined {
  const steps = path.split('?')[0]?.split('/') ?? [];
  return Object.keys(api.paths)
    .filter((template) => matches(template.split('/'), steps))
    .sort((a, b) => a.split('{').length - b.split('{').length)[0];
}

/** nginx refuses a range after it wrote its headers, and writes them again: the same id, twice. */
export function requestId({ headers }: Pick<Answered, 'headers'>): string {
  return [...new Set(String(headers['x-request-id']).split(', '))].join();
}

export function checkAnswer(method: string, path: string, answer: Answered): void {
  const wrong = whatIsWrong(method, path, answer);
  if (wrong !== undefined) throw new Error(`${method} ${path} → ${answer.status}: ${wrong}`);
}

function whatIsWrong(method: string, path: string, answer: Answered): string | undefined {
  if (!/^[0-9a-f]{32}$/.test(requestId(answer))) return 'no X-Request-Id of 32 digits';

  const template = templateOf(path);
  const operation = template === undefined ? undefined : api.paths[template]?.[method.toLowerCase()];
  if (method === 'HEAD') return answer.body.length === 0 ? undefined : 'HEAD with a body';
  if (template === undefined || operation === undefined) return wrongElsewhere(method, answer);

  const key = [String(answer.status), `${Math.floor(answer.status / 100)}XX`].find((one) => one in operation.responses);
  if (key === undefined) return `the status is not described: ${answer.body.toString().slice(0, 500)}`;
  return wrongBody(
    `#/paths/${escaped(template)}/${method.toLowerCase()}/responses/${key}`,
    operation.responses[key] ?? {},
    answer,
  );
}

/** Where nothing is described there are refusals only, and a browser's question before it calls. */
function wrongElsewhere(method: string, answer: Answered): string | undefined {
  if (method === 'OPTIONS' && answer.status === 204) return undefined;
  if (answer.status < 400) return 'the operation is not described';
  return wrongBody('#/components/responses/Problem', api.components.responses['Problem'] ?? {}, answer);
}

function wrongBody(pointer: string, response: Response, answer: Answered): string | undefined {
  if (response.$ref !== undefined) {
    return wrongBody(response.$ref, api.components.responses[response.$ref.split('/').at(-1) ?? ''] ?? {}, answer);
  }
  const type = answer.headers['content-type']?.split(';')[0] ?? '';
  if (response.content === undefined) {
    return answer.body.length === 0 ? undefined : `a body (${type}) where none is described`;
  }
  const key = [type, '*/*'].find((one) => one in (response.content ?? {}));
  if (key === undefined) return `type ${type || 'none'} is not described: ${answer.body.toString().slice(0, 500)}`;
  if (!/[/+]json$/.test(type)) return undefined;
  const body: unknown = JSON.parse(answer.body.toString());
  return misfit(`${pointer}/content/${escaped(key)}/schema`, body) ?? wrongProblem(type, body, answer);
}

function wrongProblem(type: string, body: unknown, answer: Answered): string | undefined {
  if (type !== 'application/problem+json') return undefined;
  const { status, request_id, retry_after_s } = body as { status: number; request_id: string; retry_after_s?: number };
  if (status !== answer.status) return `the problem says ${status}`;
  if (request_id !== requestId(answer)) return 'the problem has another request id than the header';
  const retry = answer.headers['retry-after'];
  if (retry_after_s !== undefined && String(retry_after_s) !== retry)
    return `retry_after_s is ${retry_after_s}, Retry-After is ${retry}`;
  return undefined;
}

function matches(template: string[], steps: string[]): boolean {
  return template.length === steps.length && template.every((one, at) => one.startsWith('{') || one === steps[at]);
}

const escaped = (step: string): string => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'));
