/** The lab page in a real browser: the journeys of somebody who plays the customer, and what everybody must be able to use. */
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { launch } from '../chromium.ts';
import { type Bench, list, messages, NUMBER, startBench, statuses } from './testing.ts';

const DESK = { width: 1440, height: 900 };
const HAND = { width: 390, height: 844 };

/* A browser on a busy machine: slow is not wrong. */
vi.setConfig({ testTimeout: 40_000, hookTimeout: 60_000 });

let bench: Bench;
let browser: Browser;

beforeAll(async () => {
  bench = await startBench();
  browser = await launch('pages');
});
afterAll(async () => {
  await browser.close();
  await bench.close();
});
beforeEach(async () => {
  await bench.ask('POST', '/reset');
  bench.product.received.length = 0;
});

async function open(viewport = DESK, colorScheme: 'light' | 'dark' = 'light', path = '/?pessoa=marina'): Promise<Page> {
  /* The page's own policy would refuse axe; everything else the page does is tested under it (see the last test). */
  const context = await browser.newContext({ viewport, colorScheme, locale: 'pt-BR', bypassCSP: true });
  const page = await context.newPage();
  await page.goto(bench.lab.origin + path);
  await page.locator('#app').waitFor({ state: 'visible' });
  return page;
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const result = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}

async function greetWithMenu(): Promise<void> {
  await bench.customer({ type: 'text', text: { body: 'Oi' } });
  await bench.send({
    type: 'interactive',
    interactive: { type: 'list', body: { text: 'Sobre o que vamos falar?' }, action: { button: 'Ver opções', sections: [{ rows: [{ id: 'a', title: 'Internet lenta' }, { id: 'b', title: '2ª via' }] }] } },
  });
  await bench.settle();
  bench.product.received.length = 0;
}

describe('a person at the lab', () => {
  it('writes, and sees the message reach the system', async () => {
    const page = await open();
    await page.getByLabel('Mensagem', { exact: true }).fill('Minha internet caiu');
    await page.keyboard.press('Enter');
    await page.getByRole('log', { name: 'Conversa' }).getByText('Minha internet caiu').waitFor();
    await page.getByRole('region', { name: 'O que o sistema viu' }).getByText('Mensagem entregue ao sistema').waitFor();
    expect(messages(bench.product)).toMatchObject([{ type: 'text', text: { body: 'Minha internet caiu' } }]);
    await page.context().close();
  });

  it('picks a row of a menu, and has read what was sent', async () => {
    await greetWithMenu();
    const page = await open();
    await page.getByRole('button', { name: 'Ver opções' }).click();
    await page.getByLabel('2ª via').check();
    await page.getByRole('form', { name: 'Ver opções' }).getByRole('button', { name: 'Enviar' }).click();
    await page.getByRole('log').getByText('2ª via').waitFor();
    await bench.settle();
    expect(messages(bench.product)).toMatchObject([{ interactive: { list_reply: { id: 'b' } } }]);
    expect(statuses(bench.product)).toMatchObject([{ status: 'read' }]);
    await page.context().close();
  });

  it('answers a message, reacts to it and deletes an own one, by keyboard', async () => {
    await greetWithMenu();
    const page = await open();
    await page.getByRole('button', { name: 'Ações da mensagem: Sobre o que vamos falar?' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Responder' }).press('Enter');
    await page.getByLabel('Mensagem', { exact: true }).fill('sobre a fatura');
    await page.keyboard.press('Enter');
    await page.getByRole('log').getByText('sobre a fatura').waitFor();
    await page.getByRole('button', { name: 'Ações da mensagem: Sobre o que vamos falar?' }).press('Enter');
    await page.keyboard.press('Enter');
    await page.getByRole('img', { name: 'Reação: 👍' }).waitFor();
    await page.getByRole('button', { name: 'Ações da mensagem: sobre a fatura' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Apagar' }).press('Enter');
    await page.getByText('Mensagem apagada').waitFor();
    await bench.settle();
    expect(messages(bench.product).map(({ type }) => type)).toEqual(['text', 'reaction', 'revoke']);
    expect(messages(bench.product)[0]).toHaveProperty('context');
    await page.context().close();
  });

  it('attaches a file', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Anexar' }).click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('menuitem', { name: 'Documento' }).click();
    await (await chooser).setFiles({ name: 'contrato.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') });
    await page.getByRole('link', { name: 'contrato.pdf' }).waitFor();
    await bench.settle();
    expect(messages(bench.product)).toMatchObject([{ document: { filename: 'contrato.pdf', mime_type: 'application/pdf' } }]);
    await page.context().close();
  });

  it('turns a fault on and off, and the switch follows the lab', async () => {
    const page = await open();
    const twice = page.getByRole('switch', { name: 'Entregar a mesma mensagem 2 vezes' });
    await twice.check();
    await page.getByText('Falhas mudaram').waitFor();
    expect(await bench.ask('GET', `/numbers/${NUMBER}/faults`)).toMatchObject({ duplicate: 1 });
    await bench.ask('DELETE', `/numbers/${NUMBER}/faults`);
    await page.locator('#fault-duplicate:not(:checked)').waitFor();
    await page.context().close();
  });

  it('creates a person who has only a username', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Criar pessoa' }).click();
    await page.getByLabel('Nome', { exact: true }).fill('Bia Lima');
    await page.getByLabel('Nome de usuário').fill('@bialima');
    await page.getByRole('button', { name: 'Criar', exact: true }).click();
    await page.getByRole('button', { name: 'Bia Lima @bialima · sem telefone', pressed: true }).waitFor();
    expect(list((await bench.ask('GET', '/people'))['data']).at(-1)).toMatchObject({ name: 'Bia Lima', username: 'bialima' });
    await page.context().close();
  });

  it('is told why a channel cannot be chosen', async () => {
    const page = await open();
    /* aria-disabled and yet pressable, so that it can say why: only the driver needs to be told. */
    await page.getByRole('button', { name: 'Telegram' }).click({ force: true });
    await page.getByRole('status').getByText('Ainda não há simulador deste canal.').waitFor();
    await page.context().close();
  });

  it('never runs what a customer wrote', async () => {
    const page = await open();
    await bench.customer({ type: 'text', text: { body: '<img src=x onerror="document.title=\'owned\'"> *negrito*' } });
    await page.getByRole('log').getByText('<img src=x').waitFor();
    await page.getByRole('log').locator('strong', { hasText: 'negrito' }).waitFor();
    expect(await page.title()).toBe('Laboratório · Balcão');
    await page.context().close();
  });
});

describe('in a hand', () => {
  it('shows the phone alone; the rest are sheets that take focus and give it back', async () => {
    const page = await open(HAND);
    const opener = page.getByRole('button', { name: 'O que o sistema viu' });
    await opener.click();
    await page.getByRole('dialog', { name: 'O que o sistema viu' }).waitFor();
    expect(await page.locator('#stage').evaluate((stage) => (stage as unknown as { inert: boolean }).inert)).toBe(true);
    await page.keyboard.press('Escape');
    expect(await opener.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(HAND.width);
    await page.context().close();
  });
});

describe('everybody can use', () => {
  it.each([
    ['the desk, light', DESK, 'light'], ['the desk, dark', DESK, 'dark'], ['the hand, light', HAND, 'light'], ['the hand, dark', HAND, 'dark'],
  ] as const)('%s', async (_, viewport, scheme) => {
    await greetWithMenu();
    await bench.customer({ type: 'image', image: { sample: true, caption: 'olha' } });
    await bench.customer({ type: 'audio', audio: { sample: true } });
    await bench.customer({ type: 'document', document: { sample: true } });
    const page = await open(viewport, scheme);
    await page.getByRole('link', { name: 'comprovante.pdf' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.goto(`${bench.lab.origin}/site.html?login=1`);
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  it('the page in English, in full', async () => {
    const page = await open(DESK, 'light', '/?lang=en&pessoa=marina');
    await page.getByRole('heading', { name: 'What the system saw' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.locator('body').innerText()).not.toMatch(/\b[a-z]+\.[a-z_]+\b(?!\.)/);
    await page.context().close();
  });

  it('the same words in both languages', async () => {
    const words = async (name: string): Promise<string[]> => Object.keys((await (await fetch(`${bench.lab.origin}/locales/${name}.json`)).json()) as object).sort();
    expect(await words('en')).toEqual(await words('pt-BR'));
  });
});

describe('under its own policy', () => {
  it('the page works and breaks no rule of it', async () => {
    const context = await browser.newContext({ viewport: DESK, locale: 'pt-BR' });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
    await bench.customer({ type: 'image', image: { sample: true } });
    await page.goto(`${bench.lab.origin}/?pessoa=marina`);
    await page.getByRole('log').getByRole('img', { name: 'foto' }).waitFor();
    await page.getByRole('button', { name: /^Ações da mensagem/ }).click();
    await page.getByRole('menu').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
});
