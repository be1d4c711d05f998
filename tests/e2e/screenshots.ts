/**
 * Pictures of every screen, for eyes: `npm run screenshots -- FOLDER` against a running house (the same environment as
 * the journeys), with the demo's people in it. Changes the demo a little: one customer tells everything at once.
 * With a pattern after the folder, only the pictures whose names fit: 'grupos.*-390-light'.
 */
import { mkdirSync } from 'node:fs';
import { type Browser, chromium, type Page, type Request } from 'playwright-core';

import { value } from '../http/support/database.ts';
import { house, origin } from '../http/support/house.ts';
import { lab } from '../http/support/lab.ts';
import { until } from '../http/support/until.ts';
import { access } from './pictures/access.ts';
import { bot } from './pictures/bot.ts';
import { flows } from './pictures/flows.ts';
import { goto, isPhone, LIGHTS, type Look, type Screen, type Shot, SIZES } from './pictures/look.ts';
import { rooms } from './pictures/rooms.ts';
import { strain } from './pictures/strain.ts';
import { workplace } from './pictures/workplace.ts';

/* Some pictures are of pages that wait. */
const PATIENCE_MS = 4000;
const PASSWORD = 'balcao-demo-2026';

const [folder, pattern = ''] = process.argv.slice(2);
if (folder === undefined) {
  console.error('npm run screenshots -- FOLDER [PATTERN]');
  process.exit(2);
}
const wanted = new RegExp(pattern);
mkdirSync(folder, { recursive: true });

/** A conversation of Ana's in which a customer has sent every kind of message. */
async function theTalk(): Promise<number> {
  const { numbers } = await lab<{ numbers: { phone_number_id: string }[] }>('GET', '/config');
  const number = numbers[0]?.phone_number_id ?? '';
  const person = `fotos${Date.now() % 1e6}`;
  const name = 'Maximiliana Aparecida do Nascimento e Albuquerque Cavalcanti';
  await lab('POST', '/people', { id: person, name, wa_id: `55499${String(Date.now()).slice(-8)}` });
  const send = (message: Record<string, unknown>) => lab<{ message_id: string }>('POST', `/chats/${number}/${person}/messages`, message);
  const { message_id } = await send({ type: 'text', text: { body: 'Bom dia! Minha internet caiu de novo, é a terceira vez nesta semana. Podem ver o que acontece com o roteador? Ele fica com a luz vermelha acesa e não volta.' } });
  await send({ type: 'image', image: { sample: true, caption: 'olha a luz' } });
  await send({ type: 'audio', audio: { sample: true, voice: true } });
  await send({ type: 'document', document: { sample: true, filename: 'comprovante de pagamento da fatura de outubro de 2026 (segunda via).pdf' } });
  await send({ type: 'location', location: { latitude: -27.1004, longitude: -52.6152, name: 'Casa', address: 'Rua das Araucárias, 120' } });
  await send({ type: 'contacts', contacts: [{ name: { formatted_name: 'Bento Sá', first_name: 'Bento' }, phones: [{ phone: '+5549988412076', wa_id: '5549988412076' }] }] });
  await send({ type: 'text', text: { body: 'sobre isto' }, context: { id: message_id } });
  await send({ type: 'unsupported', errors: [{ code: 131051, title: 'Message type unknown' }], unsupported: { type: 'poll' } });
  for (let turn = 0; turn < 3; turn++) await send({ type: 'image', image: { sample: true } });
  await lab('GET', '/idle?timeout_ms=10000');
  return value<number>('SELECT max(t.id) FROM tickets t JOIN contacts c ON c.account_id = t.account_id AND c.id = t.contact_id WHERE c.name = :\'name\'', { name });
}

async function inbox(browser: Browser): Promise<Screen[]> {
  const ticket = await theTalk();
  const page = await browser.newPage();
  await signIn(page, ofDemo('ana'));
  await answer(page, ticket);
  await page.close();
  return [...ofInbox(ticket), ...flows(ofDemo), ...bot(ofDemo), ...strain(ofDemo), ...rooms(ofDemo, ticket), ...workplace(ofDemo, ticket)];
}

async function answer(page: Page, ticket: number): Promise<void> {
  const account = await value<number>("SELECT id FROM accounts WHERE slug = 'rede-pinhao'");
  const headers = { 'Origin': origin, 'Balcao-Account': String(account) };
  const post = (path: string, data?: unknown) => page.context().request.post(`${origin}/api/v1/tickets/${ticket}${path}`, { headers, ...(data === undefined ? {} : { data }) });
  await post('/take');
  await post('/messages', { client_key: `fotos-${ticket}-1`, mode: 'reply', text: 'Bom dia, Maximiliana! Já estou olhando o sinal da sua casa. Um minuto.' });
  await post('/messages', { client_key: `fotos-${ticket}-2`, mode: 'whisper', text: 'A caixa da rua caiu ontem também. Equipe avisada.' });
}

async function dialogOf(page: Page, look: Look, act: 'Transferir' | 'Encerrar'): Promise<void> {
  if (isPhone(look)) {
    await page.getByRole('button', { name: 'Mais ações' }).click();
    await page.getByRole('menuitem', { name: act }).click();
  } else {
    await page.getByRole('main').locator('header').getByRole('button', { name: act }).click();
  }
  await page.getByRole('dialog').waitFor();
}

const ofDemo = (who: string): string => `${who}@redepinhao.exemplo`;

function ofInbox(ticket: number): Screen[] {
  const talk = `/atendimentos/${ticket}?tab=serving`;
  const inTalk = (then: Shot): Shot => async (page, look) => {
    await page.goto(origin + talk);
    await page.getByRole('log').getByText('Um minuto.').waitFor();
    await then(page, look);
  };
  const channel = async (page: Page, kind: RegExp): Promise<void> => {
    await page.goto(`${origin}/configuracoes/canais`);
    await page.getByRole('link', { name: kind }).first().click();
    await page.getByRole('heading', { level: 3 }).first().waitFor();
  };
  const opened = (path: string, name: RegExp): Shot => async (page) => {
    await page.goto(origin + path);
    await page.getByRole('link', { name }).first().click();
    await page.getByRole('heading', { level: 3 }).first().waitFor();
  };
  return [
    { who: null, name: 'entrar', shot: goto('/entrar') },
    { who: null, name: 'entrar-senha-errada', shot: async (page) => {
      await page.goto(`${origin}/entrar`);
      await page.getByLabel('E-mail').fill('ninguem@redepinhao.exemplo');
      await page.getByLabel('Senha', { exact: true }).fill('errada');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').waitFor();
    } },
    { who: ofDemo('ana'), name: 'caixa', shot: goto('/atendimentos?tab=waiting') },
    { who: ofDemo('ana'), name: 'caixa-vazia', shot: goto('/atendimentos?tab=waiting&q=ninguem') },
    { who: ofDemo('ana'), name: 'busca-mensagens', shot: goto('/atendimentos?tab=serving&q=boleto&find=messages') },
    { who: ofDemo('ana'), name: 'busca-mensagens-nada', shot: goto('/atendimentos?tab=serving&q=zebra&find=messages') },
    { who: ofDemo('ana'), name: 'conversa', shot: inTalk(async () => undefined) },
    { who: ofDemo('ana'), name: 'conversa-inicio', shot: inTalk(async (page) => {
      await page.getByRole('log').evaluate((one) => { (one as unknown as { scrollTop: number }).scrollTop = 0; });
      await page.getByRole('log').getByText('olha a luz').waitFor();
    }) },
    { who: ofDemo('ana'), name: 'sussurro', shot: inTalk(async (page) => {
      await page.getByRole('tab', { name: 'Sussurro' }).click();
      await page.getByRole('textbox', { name: /^Sussurro/ }).fill('Alguém da rua por perto?');
    }) },
    { who: ofDemo('ana'), name: 'transferir', shot: inTalk((page, look) => dialogOf(page, look, 'Transferir')) },
    { who: ofDemo('ana'), name: 'encerrar', shot: inTalk((page, look) => dialogOf(page, look, 'Encerrar')) },
    { who: ofDemo('ana'), name: 'visualizador', shot: inTalk(async (page) => {
      await page.getByRole('log').getByRole('button', { name: /^Abrir / }).last().click();
      await page.getByRole('dialog').waitFor();
    }) },
    { who: ofDemo('ana'), name: 'painel', shot: async (page, look) => {
      await page.goto(`${origin}/atendimentos/${ticket}${isPhone(look) ? '/contato' : ''}?tab=serving`);
      await page.getByText('Como nos encontra').waitFor();
      for (const block of (await page.locator('details:not([open]) summary').all()).reverse()) await block.click();
    } },
    { who: ofDemo('ana'), name: 'atalhos', shot: inTalk(async (page) => {
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    }) },
    { who: ofDemo('ana'), name: 'paleta', shot: inTalk(async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
    }) },
    { who: ofDemo('ana'), name: 'menu-proprio', shot: async (page, look) => {
      await page.goto(origin);
      await page.getByRole('navigation', { name: 'Principal' }).getByRole('button', { name: 'Minha conta' }).click();
      await page.getByText('Rede Pinhão').first().waitFor();
      void look;
    } },
    { who: ofDemo('ana'), name: 'nada-aqui', shot: goto('/nao-existe') },
    { who: ofDemo('rafael'), name: 'canais', shot: goto('/configuracoes/canais') },
    { who: ofDemo('rafael'), name: 'horario', shot: async (page) => {
      await page.goto(`${origin}/configuracoes/horarios`);
      await page.getByRole('link', { name: /^Plantão/ }).click();
      await page.getByRole('heading', { level: 3, name: 'Semana' }).waitFor();
    } },
    { who: ofDemo('rafael'), name: 'quem-segue', shot: goto('/configuracoes/horarios/quem-segue') },
    { who: ofDemo('rafael'), name: 'feriados', shot: goto('/configuracoes/feriados') },
    { who: ofDemo('rafael'), name: 'turnos', shot: goto('/configuracoes/turnos') },
    { who: ofDemo('rafael'), name: 'testar-horarios', shot: goto('/configuracoes/testar-horarios') },
    { who: ofDemo('rafael'), name: 'canal-novo', shot: goto('/configuracoes/canais/novo') },
    { who: ofDemo('rafael'), name: 'canal-whatsapp', shot: async (page) => {
      await channel(page, /WhatsApp/);
      await page.goto(`${page.url().split('?')[0]}?step=3`);
      await page.getByRole('button', { name: 'Testar conexão' }).click();
      await page.getByText('Token aceito').or(page.getByText('Dados preenchidos')).first().waitFor();
    } },
    { who: ofDemo('rafael'), name: 'canal-site', shot: (page) => channel(page, /site/i) },
    { who: ofDemo('rafael'), name: 'empresas', shot: goto('/configuracoes/empresas') },
    { who: ofDemo('rafael'), name: 'empresa', shot: opened('/configuracoes/empresas', /Rede Pinhão/) },
    { who: ofDemo('rafael'), name: 'setores', shot: goto('/configuracoes/setores') },
    { who: ofDemo('rafael'), name: 'setores-ordem', shot: async (page) => {
      await page.goto(`${origin}/configuracoes/setores`);
      await page.getByRole('button', { name: 'Ordenar' }).click();
    } },
    { who: ofDemo('rafael'), name: 'setor', shot: opened('/configuracoes/setores', /Suporte Geral/) },
    { who: ofDemo('rafael'), name: 'setor-membros', shot: async (page, look) => {
      await opened('/configuracoes/setores', /Suporte Geral/)(page, look);
      await page.getByRole('region', { name: 'Membros' }).scrollIntoViewIfNeeded();
    } },
    { who: ofDemo('rafael'), name: 'mensagens', shot: goto('/configuracoes/mensagens') },
    { who: ofDemo('rafael'), name: 'encerramento', shot: goto('/configuracoes/encerramento') },
    { who: ofDemo('rafael'), name: 'encerramento-regras', shot: goto('/configuracoes/encerramento/regras') },
    { who: ofDemo('rafael'), name: 'encerramento-motivo', shot: opened('/configuracoes/encerramento', /Resolvido/) },
    { who: null, name: 'site', shot: async (page) => void (await page.goto(`${house.lab}/site.html`)) },
    { who: null, name: 'site-chat', shot: async (page) => {
      await page.goto(`${house.lab}/site.html?login=1`);
      await page.getByRole('button', { name: /^Abrir conversa/ }).click();
      await page.getByRole('dialog').waitFor();
    } },
    { who: null, name: 'laboratorio', shot: async (page) => {
      await page.goto(house.lab);
      await page.locator('#app').waitFor();
    } },
  ];
}

async function take(browser: Browser, screens: Screen[], look: Look): Promise<void> {
  const finger = isPhone(look) ? { hasTouch: true, isMobile: true } : {};
  for (const { who, name, shot } of screens) {
    const file = `${name}-${look.width}-${look.light}.png`;
    if (!wanted.test(file)) continue;
    const context = await browser.newContext({
      viewport: SIZES[look.width], colorScheme: look.light, locale: 'pt-BR', timezoneId: 'America/Sao_Paulo', reducedMotion: 'reduce', ...finger,
    });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    const quiet = askingOf(page);
    if (who !== null) await signIn(page, who);
    await shot(page, look).catch((error: unknown) => console.error(`${file}: ${String(error).split('\n')[0]}`));
    await drawn(page, quiet);
    await page.screenshot({ path: `${folder}/${file}` });
    /* What a picture answers in the server's place may still be asked while its page goes. */
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await context.close();
    console.log(file);
  }
}

/** Whether the page waits for an answer. Its stream of events never ends and does not count. */
function askingOf(page: Page): () => boolean {
  const asked = new Set<Request>();
  page.on('request', (request) => !request.url().includes('/live') && asked.add(request));
  page.on('requestfinished', (request) => asked.delete(request));
  page.on('requestfailed', (request) => asked.delete(request));
  return () => asked.size === 0;
}

async function drawn(page: Page, quiet: () => boolean): Promise<void> {
  await page.locator('h1, h2, [id=app]').first().waitFor({ state: 'attached' }).catch(() => undefined);
  await until('a quiet page', () => Promise.resolve(quiet() || undefined), PATIENCE_MS).catch(() => undefined);
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

async function signIn(page: Page, email: string): Promise<void> {
  const post = (path: string, data: unknown) => page.context().request.post(origin + path, { headers: { Origin: origin }, data });
  let answer = await post('/api/v1/session', { email, password: PASSWORD });
  /* The demo's people are in once; the picture before this one is done. */
  if (answer.status() === 409) {
    answer = await post('/api/v1/session/takeover', { ticket: ((await answer.json()) as { ticket: string }).ticket });
  }
  if (!answer.ok()) throw new Error(`${email} may not enter: ${answer.status()}`);
}

const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--use-fake-device-for-media-stream'] });
const screens = [...(await inbox(browser)), ...(await access())];
for (const width of [1440, 390] as const) for (const light of LIGHTS) await take(browser, screens, { width, light });
await browser.close();
