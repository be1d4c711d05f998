/** Flows as tests write them: one that greets and ends, and what makes it right or wrong. */
import type { Account } from './account.ts';
import type { Schemas } from './answer.ts';
import type { Browser } from './browser.ts';

export type Flow = Schemas['Flow'];
export type Document = Record<string, unknown> & { cards: object[]; connectors: object[] };

/** Greets at the site and ends: nothing in it that a linter would mind. */
export const greeting = (account: Account, more: object = {}): Document => ({
  format: 'balcao-flow', format_version: 1, key: 'saudacao', name: 'Saudação', channels: ['webchat'], start: 'ola',
  settings: { fallback: { department: `department:${account.departments['Suporte']}` } },
  variables: [], notes: [], refs: [],
  cards: [
    { id: 'ola', type: 'send_message', v: 1, position: { x: 0, y: 0 }, settings: { kind: 'text', text: 'Olá!' } },
    { id: 'fim', type: 'finish', v: 1, position: { x: 0, y: 160 }, settings: { reason: `reason:${account.reasons['Resolvido']}` } },
  ],
  connectors: [{ from: 'ola', outlet: 'next', to: 'fim' }],
  ...more,
});

/** The same with other words in its first card. */
export const saying = (document: Document, text: string): Document => ({
  ...document,
  cards: document.cards.map((card) => ('id' in card && card.id === 'ola' ? { ...card, settings: { kind: 'text', text } } : card)),
});

/** Without an end for its first card: an error, wherever it is looked at. */
export const broken = (document: Document): Document => ({ ...document, connectors: [] });

/** A variable that nobody reads: a warning. */
export const doubtful = (document: Document): Document => ({
  ...document,
  variables: [{ name: 'flow.sobra', type: 'text', label: 'Sobra' }],
});

export async function aFlow(by: Browser, document: object, more: object = {}): Promise<Flow> {
  return (await by.post('/api/v1/flows', { document, ...more })).ok<Flow>(201);
}

export async function theFlow(by: Browser, id: number): Promise<Flow> {
  return (await by.get(`/api/v1/flows/${id}`)).ok();
}

export async function draftOf(by: Browser, { id }: { id: number }): Promise<Schemas['FlowDraft'] & { document: Document }> {
  return (await by.get(`/api/v1/flows/${id}/draft`)).ok();
}

export async function publish(by: Browser, { id }: { id: number }, note?: string): Promise<Schemas['FlowVersion']> {
  const { draft } = await theFlow(by, id);
  return (await by.post(`/api/v1/flows/${id}/publish`, { revision: draft.revision, ...(note === undefined ? {} : { note }) })).ok();
}

/** Made of this document, and live. */
export async function aLiveFlow(by: Browser, document: object): Promise<Flow> {
  const flow = await aFlow(by, document);
  await publish(by, flow);
  return theFlow(by, flow.id);
}
