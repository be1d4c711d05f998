import { Button } from '@mantine/core';
import { letGo } from '@/lib/grace';
import { bringWords, i18n } from '@/lib/i18n';
import { toast } from '@/lib/toast';

/** As the worker finds it (worker/memory.ts). */
const MEMORY = 'balcao.worker';
const LANGUAGE = '/worker/language';

async function tellLanguage() {
  const memory = await caches.open(MEMORY);
  await memory.put(LANGUAGE, new Response(i18n.language));
}

/** Keeps the application for when there is no line, and offers each new version when it is there. */
export async function startWorker() {
  const workers = (navigator as Partial<Navigator>).serviceWorker;
  const registration = await workers?.register('/sw.js').catch(() => undefined);
  if (!workers || !registration) return; // an old browser, or one that keeps nothing
  void tellLanguage();
  i18n.on('languageChanged', () => void tellLanguage());

  const offerWhenReady = (worker: ServiceWorker | null) => {
    if (!worker) return;
    const look = () => {
      if (worker.state === 'installed' && workers.controller) void offer(worker);
    };
    worker.addEventListener('statechange', look);
    look();
  };
  offerWhenReady(registration.waiting);
  registration.addEventListener('updatefound', () => offerWhenReady(registration.installing));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void registration.update().catch(() => undefined);
  });
  workers.addEventListener('message', ({ data }: MessageEvent<unknown>) => go(data));
}

/** A notice was pressed: the worker says where it leads, and nowhere else than here. */
function go(data: unknown) {
  if (typeof data !== 'object' || data === null || !('go' in data)) return;
  if (typeof data.go !== 'string' || !/^\/[^/\\]/.test(`${data.go} `)) return;
  window.location.assign(data.go);
}

/** What is typed is kept on the way out, as on every other: drafts, and what waits to be sent. */
async function offer(worker: ServiceWorker) {
  await bringWords('notices');
  const takeOver = () => {
    letGo();
    navigator.serviceWorker.addEventListener('controllerchange', () => window.location.reload(), {
      once: true,
    });
    worker.postMessage('take_over');
  };
  toast({
    id: 'fresh-version',
    stays: true,
    message: (
      <span>
        {i18n.t('notices:fresh_version')}{' '}
        <Button size="xs" variant="default" onClick={takeOver}>
          {i18n.t('notices:reload')}
        </Button>
      </span>
    ),
  });
}
