import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import * as z from 'zod/mini';
import { bringWords } from '@/lib/i18n';
import { server } from './server';

z.config({ jitless: true });
configure({ asyncUtilTimeout: 10_000 }); // lazy routes are compiled when a test first meets them

/* A DOM without layout: virtual lists would draw nothing and the tests would lie. */
const sized = { clientHeight: 600, clientWidth: 400, offsetHeight: 600, offsetWidth: 400 };
for (const [name, value] of Object.entries(sized)) {
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => value });
}
HTMLElement.prototype.scrollTo = function scrollTo() {};
Element.prototype.scrollIntoView = function scrollIntoView() {};

Object.defineProperty(document, 'fonts', {
  configurable: true,
  value: { addEventListener: () => undefined, removeEventListener: () => undefined },
});

/** The desk of 1440: phones and tablets are looked at in a real browser. */
window.matchMedia = (query: string) =>
  ({
    matches: query.includes('min-width'),
    media: query,
    onchange: null,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    dispatchEvent: () => false,
  }) as unknown as MediaQueryList;

beforeAll(async () => {
  server.listen({ onUnhandledRequest: 'error' });
  await bringWords('talk'); // for what is drawn without its route
});
afterEach(async () => {
  cleanup();
  await vi.dynamicImportSettled(); // what comes late and draws nothing may still be on its way
  server.resetHandlers();
  localStorage.clear();
});
afterAll(() => server.close());
