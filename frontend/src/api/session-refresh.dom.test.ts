import { http, HttpResponse } from 'msw';
import { me } from '@/testing/factories';
import { refuse, server } from '@/testing/server';
import { api, unwrap } from './client';

function expiringSession() {
  let valid = false;
  const seen = { refreshes: 0, refused: 0 };
  server.use(
    http.get('*/api/v1/session', () => {
      if (valid) return HttpResponse.json(me());
      seen.refused += 1;
      return refuse('access_expired', 401);
    }),
    http.post('*/api/v1/session/refresh', () => {
      seen.refreshes += 1;
      valid = true;
      return new HttpResponse(null, { status: 204 });
    }),
  );
  return seen;
}

it('refreshes once for requests that expire together, and answers all of them', async () => {
  const seen = expiringSession();
  const answers = await Promise.all([1, 2, 3].map(() => unwrap(api.GET('/api/v1/session'))));
  expect(answers.map(({ person }) => person.name)).toEqual(['Ana Lopes', 'Ana Lopes', 'Ana Lopes']);
  expect(seen).toEqual({ refreshes: 1, refused: 3 });
});

it('gives the refusal back when the refresh is refused too', async () => {
  server.use(
    http.get('*/api/v1/session', () => refuse('session_missing', 401)),
    http.post('*/api/v1/session/refresh', () => refuse('session_unknown', 401)),
  );
  await expect(unwrap(api.GET('/api/v1/session'))).rejects.toMatchObject({
    slug: 'session_missing',
    status: 401,
  });
});

it('does not refresh for a refusal that is not about an expired session', async () => {
  server.use(http.get('*/api/v1/session', () => refuse('session_reused', 401)));
  await expect(unwrap(api.GET('/api/v1/session'))).rejects.toMatchObject({
    slug: 'session_reused',
  });
});

it('tells a silent server apart from a refusal', async () => {
  server.use(http.get('*/api/v1/session', () => HttpResponse.error()));
  await expect(unwrap(api.GET('/api/v1/session'))).rejects.toMatchObject({
    slug: 'unreachable',
    status: 0,
  });
});
