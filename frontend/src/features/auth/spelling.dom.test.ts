import { http, HttpResponse } from 'msw';
import { me } from '@/testing/factories';
import { server } from '@/testing/server';
import { door } from './api';

it('X072: sends one spelling of a password, however the keyboard composes it', async () => {
  const heard: unknown[] = [];
  server.use(
    http.post('*/api/v1/session', async ({ request }) => {
      heard.push(await request.json());
      return HttpResponse.json({ state: 'signed_in', me: me() });
    }),
  );
  const email = 'ana@redepinhao.exemplo';
  for (const password of ['a\u00e7\u00e3o', 'ac\u0327a\u0303o'])
    await door.password({ email, password });
  expect(heard).toEqual([
    { email, password: 'ação' },
    { email, password: 'ação' },
  ]);
});
