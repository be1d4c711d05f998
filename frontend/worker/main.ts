/**
 * The browser's worker. It keeps what the application is made of, so that it opens without a line,
 * and wakes for pushes. It never keeps what people said: no answer of the API, no file, no stream.
 */
import { clicked, told } from './push';
import { isPage, isShell, keepShell, page, shellFile, sweepShells } from './shell';

declare const self: ServiceWorkerGlobalScope;

self.addEventListener('install', (event) => event.waitUntil(keepShell()));

/* A new version waits until the person says so: what they are in the middle of is theirs. */
self.addEventListener('message', ({ data }) => {
  if (data === 'take_over') void self.skipWaiting();
});
self.addEventListener('activate', (event) => event.waitUntil(sweepShells()));

self.addEventListener('fetch', (event) => {
  if (isPage(event.request)) event.respondWith(page(event.request));
  else if (isShell(event.request)) event.respondWith(shellFile(event.request));
});

self.addEventListener('push', (event) => event.waitUntil(told(self)));
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(clicked(self, event.notification.data as unknown));
});
