/** Pictures of what goes on around the conversations: the team, the queue, the clocks, colleagues' talk, who is new. */
import type { Page } from 'playwright-core';

import { origin } from '../../http/support/house.ts';
import { stepUp } from '../support/step-up.ts';
import { goto, isPhone, type Screen, type Shot } from './look.ts';

const opened = (path: string, link: RegExp): Shot => async (page) => {
  await page.goto(origin + path);
  await page.getByRole('link', { name: link }).first().click();
};

/** What an act of the conversation's menu opens. */
const act = (path: string, name: RegExp): Shot => async (page) => {
  await page.goto(origin + path);
  await page.getByRole('main').locator('header').getByRole('button', { name: 'Mais ações' }).click();
  await page.getByRole('menuitem', { name }).click();
  await page.getByRole('dialog').waitFor();
};

/** With the microphone of the browser, which beeps. */
const recording = (path: string): Shot => async (page) => {
  await page.context().grantPermissions(['microphone']);
  await page.goto(origin + path);
  await page.getByRole('button', { name: 'Gravar áudio' }).click();
  await page.getByRole('timer').getByText(/^0:0[1-9]$/).waitFor();
};

const breaksOf = async (page: Page): Promise<void> => {
  await page.goto(`${origin}/equipe`);
  await page.getByText('Pausas', { exact: true }).click();
  await page.getByRole('table', { name: 'Por motivo' }).waitFor();
};

const newTalk: Shot = async (page, look) => {
  await page.goto(`${origin}/atendimentos?tab=serving`);
  await page.getByRole('button', { name: 'Nova conversa' }).click();
  await page.getByRole('dialog').getByRole('searchbox').fill(isPhone(look) ? 'ninguém' : 'a');
};

/** Of somebody who is in no other picture of lists. */
const compact: Shot = async (page) => {
  await page.goto(`${origin}/atendimentos?tab=waiting`);
  await page.evaluate(() => fetch('/api/v1/session/preferences', {
    method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ density: 'compact' }),
  }));
  await page.reload();
};

/** Of people's data, so it asks who is there; they showed that just now. */
const exporting: Shot = async (page) => {
  await stepUp(page);
  await page.goto(`${origin}/contatos/exportacoes?only=granted`);
  await page.getByRole('form', { name: 'Exportar' }).waitFor();
};

/** `of`: the e-mail of a demo person. */
export function workplace(of: (login: string) => string, ticket: number): Screen[] {
  const talk = `/atendimentos/${ticket}?tab=serving`;
  const keeper = (name: string, shot: Shot): Screen => ({ who: of('rafael'), name, shot });
  const agent = (name: string, shot: Shot): Screen => ({ who: of('ana'), name, shot });
  return [
    { who: of('camila'), name: 'time', shot: goto('/equipe') },
    { who: of('camila'), name: 'time-pausas', shot: breaksOf },
    agent('time-sem-direito', goto('/equipe')),
    keeper('pausas', goto('/configuracoes/pausas')),
    keeper('distribuicao', goto('/configuracoes/distribuicao')),
    keeper('distribuicao-setor', opened('/configuracoes/distribuicao', /^Suporte a Canais/)),
    keeper('transferencia', goto('/configuracoes/transferencia-automatica')),
    keeper('inatividade', goto('/configuracoes/inatividade')),
    keeper('sla', goto('/configuracoes/sla')),
    keeper('sla-politica', opened('/configuracoes/sla', /^Suporte/)),
    agent('fila-prazos', goto('/atendimentos?tab=waiting')),
    agent('chat-interno', goto('/chat')),
    agent('chat-interno-conversa', opened('/chat', /Diego Prates/)),
    keeper('grupos-internos', goto('/configuracoes/grupos-internos')),
    keeper('grupo-interno', opened('/configuracoes/grupos-internos', /Plantão de rede/)),
    agent('avisos', goto('/perfil/avisos')),
    agent('perfil-atalhos', goto('/perfil/atalhos')),
    { who: of('camila'), name: 'lista-compacta', shot: compact },
    keeper('novos-contatos', goto('/configuracoes/novos-contatos')),
    keeper('exportar-contatos', exporting),
    keeper('termos', goto('/configuracoes/termos')),
    agent('nova-conversa', newTalk),
    keeper('exportar-conversa', act(talk, /^Exportar conversa/)),
    keeper('prioridade', act(talk, /^Prioridade/)),
    keeper('juntar', act(talk, /^Juntar com outro/)),
    agent('gravar-audio', recording(talk)),
    keeper('configuracoes', goto('/configuracoes')),
  ];
}
