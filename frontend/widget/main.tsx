import { render } from 'preact';
import { backoff_ms } from './backoff';
import { createChat } from './chat';
import { type Client, createClient } from './client';
import { paletteOf } from './colors';
import { linkOfVisit, readLink } from './link';
import { mount } from './mount';
import { declaredIdentity, offer } from './page-api';
import { asRefusal } from './refusal';
import { type Place, readScriptTag } from './script-tag';
import { createShelf } from './storage';
import { App } from './view/App';
import { hasRoomBeside } from './view/media';
import { createWords } from './words';

/*
 * Only true while the script runs for the first time, so it is read before anything else. Tag
 * managers that run the text of a script themselves leave it empty.
 */
const place = readScriptTag(
  document.currentScript ?? document.querySelector('script[src*="/widget.js"][data-channel]'),
);

const MOST_ATTEMPTS = 8; // about two minutes

const pause = (wait_ms: number) => new Promise((resolve) => setTimeout(resolve, wait_ms));

async function configOf(client: Client) {
  for (let failures = 0; ; failures += 1) {
    try {
      return await client.config();
    } catch (thrown) {
      const { isTemporary, slug, retry_after_s } = asRefusal(thrown);
      if (!isTemporary || failures === MOST_ATTEMPTS) {
        console.warn(`Balcão: the chat cannot be shown (${slug}).`);
        return null;
      }
      await pause(retry_after_s === undefined ? backoff_ms(failures) : retry_after_s * 1000);
    }
  }
}

const pageReady = () =>
  new Promise<void>((resolve) => {
    if (document.readyState !== 'loading') resolve();
    else document.addEventListener('DOMContentLoaded', () => resolve(), { once: true });
  });

async function run({ origin, channel, ref }: Place) {
  const client = createClient(origin, channel);
  const [config] = await Promise.all([configOf(client), pageReady()]);
  const shadow = config && mount(paletteOf(config.color));
  if (!shadow) return;

  const visit = createShelf(`balcao:${channel}:`, () => sessionStorage);
  const chat = createChat({
    client,
    config,
    visit,
    shelf: createShelf(`balcao:${channel}:`, () => localStorage),
    identity: declaredIdentity(),
    link: linkOfVisit(readLink(ref, location.search), visit),
    // Without its query: searches and tokens of the page are nobody's business.
    page: () => (location.origin + location.pathname).slice(0, 500),
  });
  chat.start();
  // Who was talking goes on talking on the next page. On a phone it would cover the page.
  if (visit.get('open') === true && hasRoomBeside()) chat.open();

  offer({ open: chat.open, close: chat.close, identify: chat.identify });
  render(<App chat={chat} words={createWords(config.locale)} />, shadow);
}

if (place) void run(place);
