import { call } from '../support/answer.ts';
import { Visitor } from '../support/webchat.ts';
import { a } from './world.ts';

/** A visitor of the first account. */
export async function aVisitor(): Promise<Visitor> {
  const entered = await call({
    method: 'POST', path: `/api/v1/widget/${a.channel_keys['site'] ?? ''}/visitors`, body: '{"name":"Visita"}',
    headers: { 'Content-Type': 'application/json', Origin: 'https://loja.exemplo' },
  });
  return new Visitor(entered.ok<{ token: string }>(201).token, 'Visita');
}
