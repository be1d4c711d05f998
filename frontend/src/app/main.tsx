import { styleNonce } from './first';
import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '@/ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { bringWords, speakPreferred } from '@/lib/i18n';
import { makeQueryClient } from '@/lib/query';
import { Providers } from './Providers';
import { makeRouter } from './router';

/* A deploy may take an old chunk away while a tab is open: load the page anew, once. */
window.addEventListener('vite:preloadError', (event) => {
  const key = 'balcao.reloaded-for-deploy';
  const before = Number(sessionStorage.getItem(key) ?? 0);
  if (Date.now() - before < 60_000) return;
  sessionStorage.setItem(key, String(Date.now()));
  event.preventDefault();
  window.location.reload();
});

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const cache = makeQueryClient();
const router = makeRouter(cache);

/* After the first screen: without a worker everything works, but not without a line. And a line that breaks later finds its words here. */
const later = () => {
  void import('./worker').then(({ startWorker }) => startWorker());
  void bringWords('talk').catch(() => undefined);
};

/* The chosen language comes first, or the first words would change under the reader's eyes. */
void speakPreferred().finally(() =>
  createRoot(root).render(
    <StrictMode>
      <Providers cache={cache} router={router} nonce={styleNonce} />
    </StrictMode>,
  ),
);
if (import.meta.env.PROD) window.addEventListener('load', later);
