import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { renderApp } from '@/testing/renderApp';
import { refuse, server } from '@/testing/server';

const at = '2026-03-04T15:00:00Z';
const account = {
  id: 3,
  name: 'Rede Pinhão',
  slug: 'rede-pinhao',
  state: 'active',
  created_at: at,
  members: 10,
  tickets_today: 42,
  storage_bytes: 5_000_000,
  channels: 2,
  channels_failing: 1,
};

function signedIn(state = 'active', others = 0) {
  const more = Array.from({ length: others }, (_, n) => ({
    ...account,
    id: 100 + n,
    name: `Clínica ${n}`,
    slug: `clinica-${n}`,
  }));
  server.use(
    http.get('*/api/v1/operator/session', () =>
      HttpResponse.json({ name: 'Olívia', email: 'o@x.y' }),
    ),
    http.get('*/api/v1/operator/accounts', () =>
      HttpResponse.json({ data: [{ ...account, state }, ...more], as_of: at }),
    ),
    http.get('*/api/v1/operator/health', () =>
      HttpResponse.json({
        queues: [{ queue: 'outbound', waiting: 7, oldest_s: 3 }],
        dead: [{ kind: 'message.send', count: 2 }],
        inbound: { pending: 0, oldest_s: 0 },
        as_of: at,
      }),
    ),
  );
}

it('asks for a password at its own door, and says when it is wrong', async () => {
  server.use(
    http.get('*/api/v1/operator/session', () => refuse('session_missing', 401)),
    http.post('*/api/v1/operator/session', () => refuse('credentials_invalid', 401)),
  );
  const { user } = renderApp('/operator');
  await user.type(await screen.findByLabelText('E-mail'), 'o@x.y');
  await user.type(screen.getByLabelText('Senha'), 'errada');
  await user.click(screen.getByRole('button', { name: 'Entrar' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('E-mail ou senha não conferem.');
});

async function password(user: ReturnType<typeof renderApp>['user']) {
  await user.type(await screen.findByLabelText('E-mail'), 'o@x.y');
  await user.type(screen.getByLabelText('Senha'), 'certa');
  await user.click(screen.getByRole('button', { name: 'Entrar' }));
}

it('sets up a factor before anything else, and shows its recovery codes until they are kept', async () => {
  server.use(
    http.get('*/api/v1/operator/session', () => refuse('session_missing', 401)),
    http.post('*/api/v1/operator/session', () =>
      HttpResponse.json({ state: 'enrol_required', ticket: 'T1' }),
    ),
    http.post('*/api/v1/operator/session/enrol', () =>
      HttpResponse.json({ ticket: 'T2', secret: 'ABCDEFGH', uri: 'otpauth://totp/x' }),
    ),
    http.post('*/api/v1/operator/session/enrol/confirm', async ({ request }) => {
      const { ticket, code } = (await request.json()) as { ticket: string; code: string };
      if (ticket !== 'T2' || code !== '123456') return refuse('code_invalid', 401);
      signedIn();
      return HttpResponse.json({
        state: 'signed_in',
        operator: { name: 'Olívia', email: 'o@x.y' },
        recovery_codes: ['0-AAAAA-BBBBB', '1-CCCCC-DDDDD'],
      });
    }),
  );
  const { user } = renderApp('/operator');
  await password(user);
  await user.click(await screen.findByRole('button', { name: 'Continuar' }));
  await user.click(await screen.findByLabelText('Número 1 de 6'));
  await user.keyboard('123456');
  expect(await screen.findByText('0-AAAAA-BBBBB')).toBeVisible();
  expect(screen.queryByRole('heading', { name: 'Contas' })).toBeNull();
  await user.click(screen.getByLabelText('Guardei os códigos'));
  await user.click(screen.getByRole('button', { name: 'Continuar' }));
  expect(await screen.findByRole('row', { name: /Rede Pinhão/ })).toBeVisible();
});

it('asks for the code, says when it is wrong, and starts over when the ticket is old', async () => {
  server.use(
    http.get('*/api/v1/operator/session', () => refuse('session_missing', 401)),
    http.post('*/api/v1/operator/session', () =>
      HttpResponse.json({ state: 'factor_required', ticket: 'T1' }),
    ),
    http.post('*/api/v1/operator/session/factor', async ({ request }) => {
      const { code } = (await request.json()) as { code: string };
      return refuse(code === '000000' ? 'code_invalid' : 'ticket_invalid', 401);
    }),
  );
  const { user } = renderApp('/operator');
  await password(user);
  await user.click(await screen.findByLabelText('Número 1 de 6'));
  await user.keyboard('000000');
  expect(await screen.findByRole('alert')).toBeVisible();
  expect(screen.getByText(/balcaoctl operator reset-factor/)).toBeVisible();
  await user.click(screen.getByLabelText('Número 1 de 6'));
  await user.keyboard('111111');
  expect(await screen.findByLabelText('Senha')).toBeVisible();
});

it('shows accounts in figures, and how the queues are', async () => {
  signedIn();
  renderApp('/operator');
  const row = await screen.findByRole('row', { name: /Rede Pinhão/ });
  expect(row).toHaveTextContent(/Ativa.*10.*42.*1 de 2/);
  const health = await screen.findByRole('region', { name: 'Filas' });
  expect(within(health).getByText('Parados: message.send')).toBeVisible();
});

it('finds an account among many, and shows so many at once', async () => {
  signedIn('active', 120);
  const { user } = renderApp('/operator');
  await screen.findByRole('row', { name: /Rede Pinhão/ });
  expect(screen.getAllByRole('row')).toHaveLength(1 + 50);
  await user.click(screen.getByRole('button', { name: 'Mostrar mais 50' }));
  expect(screen.getAllByRole('row')).toHaveLength(1 + 100);
  await user.click(screen.getByRole('button', { name: 'Mostrar mais 21' }));
  expect(screen.queryByRole('button', { name: /Mostrar mais/ })).toBeNull();
  const search = screen.getByRole('searchbox', { name: 'Buscar conta por nome ou endereço' });
  await user.type(search, 'CLINICA 117');
  expect(screen.getAllByRole('row')).toHaveLength(1 + 1);
  await user.type(search, 'x');
  expect(screen.getByText('Nenhuma conta com este nome ou endereço')).toBeVisible();
  expect(screen.queryByRole('table')).toBeNull();
});

it('suspends an account once that was confirmed', async () => {
  signedIn();
  server.use(
    http.post('*/api/v1/operator/accounts/3/suspend', () => {
      signedIn('suspended');
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { user } = renderApp('/operator');
  await user.click(await screen.findByRole('button', { name: 'Suspender Rede Pinhão' }));
  const dialog = await screen.findByRole('dialog', { name: 'Suspender Rede Pinhão' });
  await user.click(within(dialog).getByRole('button', { name: 'Suspender' }));
  expect(await screen.findByRole('button', { name: 'Reativar Rede Pinhão' })).toBeVisible();
});

it('opens an account and shows the password of its owner, this once', async () => {
  signedIn();
  server.use(
    http.post('*/api/v1/operator/accounts', async ({ request }) => {
      const { slug } = (await request.json()) as { slug: string };
      if (slug === 'rede-pinhao') return refuse('account_slug_is_taken', 409);
      return HttpResponse.json(
        { id: 4, owner_is_known: false, password: 'umasenha-feita' },
        { status: 201 },
      );
    }),
  );
  const { user } = renderApp('/operator');
  await user.click(await screen.findByRole('button', { name: 'Nova conta' }));
  await user.type(await screen.findByLabelText('Nome da conta'), 'Nova');
  await user.type(screen.getByLabelText('Endereço'), 'rede-pinhao');
  await user.type(screen.getByLabelText('E-mail de quem vai cuidar dela'), 'dona@nova.exemplo');
  await user.click(screen.getByRole('button', { name: 'Abrir conta' }));
  expect(await screen.findByText('Já existe uma conta com este endereço.')).toBeVisible();
  await user.clear(screen.getByLabelText('Endereço'));
  await user.type(screen.getByLabelText('Endereço'), 'nova');
  await user.click(screen.getByRole('button', { name: 'Abrir conta' }));
  expect(await screen.findByText('umasenha-feita')).toBeVisible();
});
