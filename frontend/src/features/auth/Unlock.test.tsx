import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { renderApp } from '@/testing/renderApp';
import { server } from '@/testing/server';

it('opens the door with the token behind the #, at a press and not before', async () => {
  const seen: unknown[] = [];
  server.use(
    http.post('*/api/v1/session/unlock', async ({ request }) => {
      seen.push(await request.json());
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { user } = renderApp('/desbloquear#abc.def');
  const press = await screen.findByRole('button', { name: 'Desbloquear' });
  expect(seen).toEqual([]);
  await user.click(press);
  expect(await screen.findByText('Pronto. Já pode entrar.')).toBeVisible();
  expect(seen).toEqual([{ token: 'abc.def' }]);
});
