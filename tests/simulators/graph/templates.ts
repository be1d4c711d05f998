/** Templates of an account: list, create, change, delete, under the provider's rules of form. */
import { branch, type JsonObject, isObject, textOf } from '../json.ts';
import { type Template, variables } from '../templates.ts';
import type { Call, Reply } from './call.ts';
import { GraphRefusal, unknownNode } from './errors.ts';
import { wabaNumbers } from './number.ts';
import { Param } from './param.ts';

const BODY_MAX = 1024;
const HEADER_MAX = 60;
const FOOTER_MAX = 60;
const LABEL_MAX = 25;
const BUTTONS_MAX = 10;
const PAGE = 25;

/** The provider wants words around its variables; about three per variable passes. */
const WORDS_PER_VARIABLE = 3;

const CATEGORIES = ['AUTHENTICATION', 'MARKETING', 'UTILITY'];

/** Once approved, only these may be written to again. */
const EDITABLE = ['APPROVED', 'REJECTED', 'PAUSED'];

export function getTemplates(call: Call): Reply {
  wabaNumbers(call);
  const asked = (name: string): string | null => call.query.get(name);
  const status = asked('status')?.toUpperCase();
  const all = call.world.templates
    .of(call.node)
    .filter((one) => (asked('name') === null || one.name === asked('name')) && (status === undefined || one.status === status));
  const limit = Math.max(1, Number(asked('limit') ?? PAGE) || PAGE);
  const from = Math.max(0, Number(Buffer.from(asked('after') ?? '', 'base64url').toString()) || 0);
  const page = all.slice(from, from + limit);
  const cursor = (at: number): string => Buffer.from(String(at)).toString('base64url');
  const next = new URL(call.world.origin + (call.raw.url ?? ''));
  next.searchParams.set('after', cursor(from + page.length));
  return {
    body: {
      data: page.map((one) => view(one)),
      paging: {
        cursors: { before: cursor(from), after: cursor(from + page.length) },
        ...(from + page.length < all.length ? { next: next.href } : {}),
      },
    },
  };
}

export async function postTemplate(call: Call): Promise<Reply> {
  wabaNumbers(call);
  const body = await call.body();
  const draft = new Param(body, '');
  const name = draft.get('name').text(512);
  if (!/^[a-z0-9_]+$/.test(name)) throw draft.get('name').wrong('takes lowercase letters, digits and _');
  const language = draft.get('language').text(10);
  const category = draft.get('category').oneOf(CATEGORIES);
  const isNamed = String(body['parameter_format'] ?? 'positional').toUpperCase() === 'NAMED';
  const components = checkComponents(draft.get('components'));
  if (call.world.templates.find(call.node, name, language)) {
    throw new GraphRefusal(2388024, `Content in this language already exists for ${name}`);
  }
  const template = call.world.templates.add({
    waba_id: call.node, name, language, category, components, parameter_format: isNamed ? 'NAMED' : 'POSITIONAL',
  });
  return { body: { id: template.id, status: template.status, category } };
}

export function deleteTemplates(call: Call): Reply {
  wabaNumbers(call);
  const name = call.query.get('name');
  const id = call.query.get('hsm_id');
  if (name === null) throw new GraphRefusal(100, 'The parameter name is required.');
  const ours = call.world.templates.of(call.node).filter((one) => one.name === name && (id === null || one.id === id));
  if (ours.length === 0) throw new GraphRefusal(100, `no template is called ${name}`);
  for (const one of ours) call.world.templates.remove(one.id);
  return { body: { success: true } };
}

/** The template with this id, if its account is one the token opens. */
export function templateNode(call: Call): Template | undefined {
  const template = call.world.templates.get(call.node);
  return template && call.numbers.some(({ waba_id }) => waba_id === template.waba_id) ? template : undefined;
}

export function getTemplate(template: Template): Reply {
  return { body: view(template) };
}

export async function postEdit(call: Call, template: Template): Promise<Reply> {
  if (!EDITABLE.includes(template.status)) throw new GraphRefusal(100, `a template that is ${template.status} cannot be edited`);
  const draft = new Param(await call.body(), '');
  const category = draft.get('category').optional?.oneOf(CATEGORIES);
  const components = draft.get('components').optional;
  if (category !== undefined) template.category = category;
  if (components) template.components = checkComponents(components);
  template.status = 'PENDING';
  return { body: { success: true } };
}

export function postUnpause(call: Call): Reply {
  const template = templateNode(call);
  if (!template) throw unknownNode(call.node);
  if (template.status !== 'PAUSED') throw new GraphRefusal(100, 'the template is not paused');
  template.status = 'APPROVED';
  return { body: { success: true } };
}

function view(template: Template): JsonObject {
  const { id, name, status, category, language, parameter_format, components } = template;
  return {
    id, name, status, category, language, parameter_format, components,
    quality_score: { score: status === 'PAUSED' ? 'RED' : 'UNKNOWN', date: 0 },
  };
}

function checkComponents(components: Param): JsonObject[] {
  const list = components.list(1, 6);
  const types = list.map((one) => one.get('type').text(20).toUpperCase());
  if (!types.includes('BODY')) throw components.wrong('needs a BODY');
  list.forEach((one, at) => {
    if (types[at] === 'BODY' && one.get('add_security_recommendation').isAbsent) checkText(one, BODY_MAX);
    if (types[at] === 'HEADER') checkHeader(one);
    if (types[at] === 'FOOTER') one.get('text').optional?.text(FOOTER_MAX, 2388040);
    if (types[at] === 'BUTTONS') checkButtons(one);
  });
  return list.map((one) => one.object());
}

function checkText(one: Param, max: number): void {
  const text = one.get('text').text(max, 2388040);
  const names = variables(text);
  if (names.length === 0) return;
  if (/^\s*\{\{|\}\}\s*$/.test(text)) throw new GraphRefusal(2388299, `${one.path}: variables can't be at the start or end`);
  if (text.split(/\s+/).length < names.length * WORDS_PER_VARIABLE) {
    throw new GraphRefusal(2388293, `${one.path}: too many variables for its length`);
  }
  if (!isObject(one.get('example').value)) throw new GraphRefusal(131008, `${one.path}.example is required`);
}

function checkHeader(one: Param): void {
  const format = one.get('format').oneOf(['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION']);
  if (format === 'TEXT') {
    const text = one.get('text').text(HEADER_MAX, 2388040);
    if (variables(text).length > 1) throw one.get('text').wrong('takes one variable');
  } else if (format !== 'LOCATION' && !Array.isArray(branch(one.object(), 'example')['header_handle'])) {
    throw new GraphRefusal(131008, `${one.path}.example.header_handle is required`);
  }
}

function checkButtons(one: Param): void {
  const buttons = one.get('buttons').list(1, BUTTONS_MAX);
  for (const button of buttons) {
    const type = button.get('type').oneOf(['QUICK_REPLY', 'URL', 'PHONE_NUMBER', 'COPY_CODE', 'OTP', 'FLOW', 'CATALOG']);
    if (type !== 'COPY_CODE') button.get('text').text(LABEL_MAX, 2388040);
    if (type === 'URL') button.get('url').text(2000);
    if (type === 'PHONE_NUMBER') button.get('phone_number').text(20);
  }
  const kinds = buttons.map((button) => textOf(button.object()['type']) ?? '');
  const most = (kind: string, max: number): void => {
    if (kinds.filter((other) => other === kind).length > max) throw one.get('buttons').wrong(`takes ${max} of ${kind}`);
  };
  most('URL', 2);
  most('PHONE_NUMBER', 1);
  most('COPY_CODE', 1);
  /* Quick replies stand together: the kinds, with neighbours folded, may name QUICK_REPLY once. */
  const folded = kinds.filter((kind, at) => kind !== kinds[at - 1]);
  if (folded.filter((kind) => kind === 'QUICK_REPLY').length > 1) throw one.get('buttons').wrong('needs its quick replies together');
}
