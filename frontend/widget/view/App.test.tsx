import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Config } from '../api';
import { type Chat, createChat } from '../chat';
import { createShelf } from '../storage';
import { FakeServer, config, message } from '../testing/fake-server';
import { FakeSource } from '../testing/fake-source';
import { memoryStorage } from '../testing/memory-storage';
import { createWords } from '../words';
import { App } from './App';

let server: FakeServer;
let chat: Chat;
let shadow: ShadowRoot;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-20T12:00:00Z') });
  FakeSource.opened = [];
  server = new FakeServer();
  const host = document.createElement('div');
  document.body.append(host);
  shadow = host.attachShadow({ mode: 'open' });
});
afterEach(() => {
  render(null, shadow);
  document.body.replaceChildren();
  vi.useRealTimers();
});

const soon = () => vi.advanceTimersByTimeAsync(50);

async function show(looks: Partial<Config> = {}) {
  const [local, visit] = [memoryStorage(), memoryStorage()];
  chat = createChat({
    client: server.client,
    config: config(looks),
    shelf: createShelf('t:', () => local),
    visit: createShelf('t:', () => visit),
    identity: null,
    page: () => 'https://loja.exemplo/',
    openSource: (url) => new FakeSource(url),
  });
  chat.start();
  render(<App chat={chat} words={createWords(config(looks).locale)} />, shadow);
  await soon();
}

function find(selector: string): HTMLElement {
  const found = shadow.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`nothing matches ${selector}`);
  return found;
}
const button = (name: string) => find(`button[aria-label="${name}"]`);
const dialog = () => shadow.querySelector('[role=dialog]');
const textIn = (selector: string) => find(selector).textContent;

function press(target: HTMLElement, key: string, more: KeyboardEventInit = {}) {
  target.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more }),
  );
}
async function write(text: string) {
  const area = find('textarea') as HTMLTextAreaElement;
  area.value = text;
  area.dispatchEvent(new Event('input', { bubbles: true }));
  await soon();
  return area;
}
async function openPanel() {
  find('.launcher').click();
  await soon();
}

describe('the bubble', () => {
  it('opens a labelled dialog and takes the focus back when Escape closes it', async () => {
    await show();
    button('Abrir conversa').click();
    await soon();
    expect(dialog()?.getAttribute('aria-labelledby')).toBe('title');
    expect(textIn('#title')).toBe('Rede Pinhão');
    expect(textIn('.greeting')).toBe('Olá! Como podemos ajudar?');

    press(find('textarea'), 'Escape');
    await soon();
    expect(dialog()).toBeNull();
    expect(shadow.activeElement).toBe(find('.launcher'));
  });

  it('says how many messages wait', async () => {
    await show();
    chat.send('Oi');
    await soon();
    FakeSource.last.accept('1-0');
    await soon();
    FakeSource.last.tell('message', { message: message() }, '1-1');
    FakeSource.last.tell('message', { message: message() }, '1-2');
    await soon();
    expect(button('Abrir conversa, 2 mensagens novas').textContent).toBe('2');
  });
});

describe('the composer', () => {
  it('sends with Enter, breaks the line with Shift, and leaves Enter to who composes', async () => {
    await show();
    await openPanel();
    const area = await write('Olá');
    press(area, 'Enter', { shiftKey: true });
    press(area, 'Enter', { isComposing: true });
    await soon();
    expect(server.posts).toEqual([]);
    press(area, 'Enter');
    await soon();
    expect(server.posts.map(({ text }) => text)).toEqual(['Olá']);
    expect(area.value).toBe('');
    expect(textIn('.row.mine .text')).toBe('Olá');
    expect(textIn('.tick')).toBe('Enviada');
  });

  it('keeps its keys from the page', async () => {
    await show();
    await openPanel();
    const heard = vi.fn();
    document.addEventListener('keydown', heard);
    press(find('textarea'), '/');
    document.removeEventListener('keydown', heard);
    expect(heard).not.toHaveBeenCalled();
  });

  it('says by how much a text is too long, and does not send it', async () => {
    await show({ text_max: 3 });
    await openPanel();
    const area = await write('12345');
    expect(textIn('#over')).toBe('2 caracteres a mais. O limite é 3.');
    expect(area.getAttribute('aria-describedby')).toBe('over');
    press(area, 'Enter');
    await soon();
    expect(server.posts).toEqual([]);
  });
});

describe('the form before the first message', () => {
  it('names each fault at its field and goes to the first', async () => {
    await show({
      prechat: [
        { name: 'name', required: true },
        { name: 'email', required: false },
      ],
    });
    await openPanel();
    expect(shadow.querySelector('textarea')).toBeNull();
    find('.details').dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true }));
    await soon();
    expect(textIn('#name-fault')).toBe('Escreva seu nome.');
    expect(find('#name').getAttribute('aria-invalid')).toBe('true');
    expect(shadow.activeElement).toBe(find('#name'));
    expect(shadow.querySelector('#email-fault')).toBeNull();

    const name = find('#name') as HTMLInputElement;
    name.value = 'Ana';
    name.dispatchEvent(new Event('input', { bubbles: true }));
    await soon();
    find('.details').dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true }));
    await soon();
    expect(shadow.querySelector('textarea')).not.toBeNull();
  });
});

describe('the log', () => {
  it('never makes markup of what people write', async () => {
    await show();
    await openPanel();
    chat.send('<img src=x onerror=alert(1)> https://a.exemplo');
    await soon();
    expect(shadow.querySelector('.log img')).toBeNull();
    expect(find('.text a').getAttribute('rel')).toBe('noopener noreferrer');
  });

  it('says that the conversation ended, until the visitor writes again', async () => {
    await show();
    await openPanel();
    chat.send('Oi');
    await soon();
    FakeSource.last.accept('1-0');
    await soon();
    FakeSource.last.tell('message', { message: message() }, '1-1');
    const client_key = server.posts[0]?.client_key ?? '';
    FakeSource.last.tell('message', { message: message({ from: 'visitor', client_key }) }, '1-2');
    FakeSource.last.tell('ticket', { state: 'closed' }, '1-3');
    await soon();
    expect(textIn('.system')).toContain('Atendimento encerrado');
    chat.send('Mais uma coisa');
    await soon();
    expect(shadow.querySelector('.system')).toBeNull();
  });
});

describe('a question with options', () => {
  const options = [
    { id: 'b1.c.1.a', label: 'Fatura', description: 'Segunda via' },
    { id: 'b1.c.1.b', label: 'Outra coisa', description: null },
  ];
  const buttons = () => [...shadow.querySelectorAll<HTMLButtonElement>('[role=group] button')];

  it('is answered by one tap, which stays marked and leaves the reader in the conversation', async () => {
    await show();
    await openPanel();
    await write('Oi');
    press(find('textarea'), 'Enter');
    await soon();
    const question = { style: 'buttons' as const, options };
    server.thread = [
      message({ from: 'visitor', client_key: server.posts[0]?.client_key ?? '', text: 'Oi' }),
      message({ from: 'bot', kind: 'question', text: 'Como posso ajudar?', question }),
    ];
    server.state = 'open';
    chat.reload();
    await soon();

    expect(buttons().map(({ textContent }) => textContent)).toEqual([
      'FaturaSegunda via',
      'Outra coisa',
    ]);
    buttons()[1]?.click();
    buttons()[0]?.click();
    await soon();
    expect(server.posts.slice(1)).toMatchObject([
      { text: 'Outra coisa', question_id: server.thread[1]?.id, option_id: 'b1.c.1.b' },
    ]);
    expect(buttons().map((one) => [one.disabled, one.getAttribute('aria-pressed')])).toEqual([
      [true, 'false'],
      [true, 'true'],
    ]);
    expect(shadow.activeElement?.getAttribute('role')).toBe('log');
  });
});

describe('a question for something else than words', () => {
  const ask = (style: 'location' | 'file') =>
    message({
      from: 'bot',
      kind: 'question',
      text: 'Onde você está?',
      question: {
        style,
        options: [],
        ...(style === 'file' && { accepts: 'image' as const }),
      },
    });
  const locate = (getCurrentPosition: Geolocation['getCurrentPosition']) =>
    vi.stubGlobal('navigator', { ...navigator, onLine: true, geolocation: { getCurrentPosition } });

  async function showAsked(style: 'location' | 'file') {
    server.thread = [ask(style)];
    server.state = 'open';
    await show();
    await openPanel();
    chat.send('Oi');
    await soon();
    server.thread = [
      message({ from: 'visitor', client_key: server.posts[0]?.client_key ?? '', text: 'Oi' }),
      ask(style),
    ];
    chat.reload();
    await soon();
  }
  afterEach(() => vi.unstubAllGlobals());

  it('tells where the visitor is once their device lets us know', async () => {
    locate((tell) =>
      tell({ coords: { latitude: -27.1, longitude: -52.6 } } as GeolocationPosition),
    );
    await showAsked('location');
    find('.options button').click();
    await soon();
    expect(server.posts.at(-1)).toMatchObject({
      location: { latitude: -27.1, longitude: -52.6 },
    });
    expect(server.posts.at(-1)).not.toHaveProperty('text');
    expect(find('.log').textContent).toContain('Minha localização');
  });

  it('says so when it does not', async () => {
    locate((_tell, fail) => fail?.({} as GeolocationPositionError));
    await showAsked('location');
    const before = server.posts.length;
    find('.options button').click();
    await soon();
    expect(find('[role=alert]').textContent).toContain('onde você está');
    expect(server.posts.length).toBe(before);
  });

  it('opens what is asked for, to be looked at before it goes', async () => {
    await showAsked('file');
    const picker = find('.options input') as HTMLInputElement;
    expect(picker.accept).toBe('image/*');
    Object.defineProperty(picker, 'files', { value: [new File(['x'], 'carteirinha.png')] });
    picker.dispatchEvent(new Event('change', { bubbles: true }));
    await soon();
    expect(find('.staged').textContent).toContain('carteirinha.png');
  });
});
