import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { aChannel, me, without } from '@/testing/factories';
import { renderApp } from '@/testing/renderApp';
import { refuse, server } from '@/testing/server';
import type { Channel } from './api';

const serve = (channel: Channel) =>
  server.use(
    http.get('*/api/v1/channels', () => HttpResponse.json({ data: [channel] })),
    http.get('*/api/v1/channels/:id', () => HttpResponse.json(channel)),
  );

/* The bar of phones holds the same links; style sheets, absent here, show one of the two. */
const inRail = (name: string) => {
  const [rail] = screen.getAllByRole('navigation', { name: 'Principal' });
  return within(rail!).getByRole('link', { name });
};

const steps = () => screen.findByRole('list', { name: 'Passos' });

it('resumes the guided set-up at the first step that is not done', async () => {
  serve(aChannel({ secrets_set: ['access_token', 'app_secret'], settings: {} }));
  renderApp('/configuracoes/canais/1');
  expect(await screen.findByRole('heading', { name: 'O número que atende' })).toBeVisible();
  expect(within(await steps()).getByRole('button', { current: 'step' })).toHaveTextContent(
    'Número',
  );
});

it('sends only what changed, goes on, and never shows a secret again', async () => {
  const changes: unknown[] = [];
  serve(aChannel());
  server.use(
    http.patch('*/api/v1/channels/1', async ({ request }) => {
      changes.push(await request.json());
      return HttpResponse.json(aChannel({ settings: { waba_id: '7' } }));
    }),
    http.put('*/api/v1/channels/1/secrets', async ({ request }) => {
      changes.push(await request.json());
      return HttpResponse.json(
        aChannel({ settings: { waba_id: '7' }, secrets_set: ['access_token'] }),
      );
    }),
  );
  const { user } = renderApp('/configuracoes/canais/1?step=1');
  await user.type(await screen.findByLabelText('Token de acesso'), 'EAAB123');
  expect(screen.getByText('1 mudança não salva')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Salvar e continuar' }));

  expect(await screen.findByRole('heading', { name: 'O número que atende' })).toBeVisible();
  expect(changes).toEqual([{ access_token: 'EAAB123' }]);
  await user.click(screen.getByRole('button', { name: 'Voltar' }));
  expect(await screen.findByLabelText('Token de acesso')).toHaveValue('');
});

it('asks once more who it is before secrets, and the rest was saved all the same', async () => {
  const asked: string[] = [];
  let shown = false;
  serve(aChannel({ settings: {} }));
  server.use(
    http.patch('*/api/v1/channels/1', () => {
      asked.push('settings');
      return HttpResponse.json(aChannel({ settings: { base_url: 'https://graph.exemplo' } }));
    }),
    http.put('*/api/v1/channels/1/secrets', () => {
      asked.push('secrets');
      return shown
        ? HttpResponse.json(
            aChannel({
              settings: { base_url: 'https://graph.exemplo' },
              secrets_set: ['access_token'],
            }),
          )
        : refuse('step_up_required', 403);
    }),
    http.get('*/api/v1/session/step-up', () => HttpResponse.json({ by: 'password' })),
    http.post('*/api/v1/session/step-up', () => {
      shown = true;
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { user } = renderApp('/configuracoes/canais/1?step=1');
  await user.type(await screen.findByLabelText('Token de acesso'), 'EAAB123');
  await user.click(screen.getByText('Ajustes avançados'));
  await user.type(screen.getByLabelText('Endereço da API'), 'https://graph.exemplo');
  await user.click(screen.getByRole('button', { name: 'Salvar e continuar' }));

  const first = await screen.findByRole('dialog');
  await user.click(within(first).getByRole('button', { name: 'Cancelar' }));
  expect(await screen.findByText('1 mudança não salva')).toBeVisible();
  expect(screen.getByLabelText('Token de acesso')).toHaveValue('EAAB123');

  await user.click(screen.getByRole('button', { name: 'Salvar e continuar' }));
  const again = await screen.findByRole('dialog');
  await user.type(within(again).getByLabelText('Senha'), 'balcao-demo-2026');
  await user.click(within(again).getByRole('button', { name: 'Continuar' }));
  expect(await screen.findByRole('heading', { name: 'O número que atende' })).toBeVisible();
  expect(asked).toEqual(['settings', 'secrets', 'secrets', 'secrets']);
});

it('shows secrets closed to whoever may not write them', async () => {
  serve(aChannel());
  server.use(
    http.get('*/api/v1/session', () => HttpResponse.json(me(without('channels.secrets')))),
  );
  renderApp('/configuracoes/canais/1?step=1');
  expect(await screen.findByLabelText('Token de acesso')).toBeDisabled();
  expect(screen.getAllByText('Só quem pode gravar credenciais muda isto.')[0]).toBeVisible();
});

it('puts the refusal on its field and keeps what was typed', async () => {
  serve(aChannel());
  server.use(
    http.patch('*/api/v1/channels/1', () =>
      refuse('digits_only', 422, { field: 'settings.phone_number_id' }),
    ),
  );
  const { user } = renderApp('/configuracoes/canais/1?step=2');
  const input = await screen.findByLabelText('Identificador do número');
  await user.type(input, 'abc');
  await user.click(screen.getByRole('button', { name: 'Salvar e continuar' }));
  expect(await screen.findByText('Use só números.')).toBeVisible();
  expect(input).toHaveValue('123abc');
  expect(input).toBeInvalid();
});

it('asks before leaving what was not saved', async () => {
  serve(aChannel());
  const { user, router } = renderApp('/configuracoes/canais/1?step=2');
  await user.type(await screen.findByLabelText('Identificador do número'), '9');
  await user.click(inRail('Atender, 1 com você'));
  const dialog = await screen.findByRole('dialog', { name: 'Sair sem salvar?' });
  await user.click(within(dialog).getByRole('button', { name: 'Ficar aqui' }));
  expect(router.state.location.pathname).toBe('/configuracoes/canais/1');

  await user.click(inRail('Atender, 1 com você'));
  await user.click(await screen.findByRole('button', { name: 'Sair sem salvar' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/atendimentos'));
});

it('tells step by step what the provider answered, and what to do', async () => {
  serve(aChannel());
  server.use(
    http.post('*/api/v1/channels/1/test', () =>
      HttpResponse.json({
        ok: false,
        tested_at: '2026-11-20T15:00:00Z',
        steps: [
          { name: 'settings_complete', ok: true, slug: null, detail: null, took_ms: 0 },
          { name: 'token_valid', ok: false, slug: 'token_invalid', detail: 'WA-190', took_ms: 84 },
        ],
      }),
    ),
  );
  const { user } = renderApp('/configuracoes/canais/1?step=5');
  await user.click(await screen.findByRole('button', { name: 'Testar conexão' }));
  expect(await screen.findByText('Token aceito pela Meta')).toBeVisible();
  expect(screen.getByText(/A Meta não reconhece o token/)).toBeVisible();
});

it('makes an identity key, shows it once and sends it with the rest', async () => {
  const changes: { identity_key?: string }[] = [];
  serve(aChannel({ kind: 'webchat', settings: {} }));
  server.use(
    http.put('*/api/v1/channels/1/secrets', async ({ request }) => {
      changes.push((await request.json()) as (typeof changes)[number]);
      return HttpResponse.json(
        aChannel({ kind: 'webchat', settings: {}, secrets_set: ['identity_key'] }),
      );
    }),
  );
  const { user } = renderApp('/configuracoes/canais/1');
  await user.click(await screen.findByRole('button', { name: 'Gerar chave' }));
  const shown = within(screen.getByRole('group', { name: 'Chave de identidade' }));
  const key = shown.getByText(/^[0-9a-f]{64}$/).textContent;
  await user.click(screen.getByRole('button', { name: 'Salvar' }));
  expect(await screen.findByRole('button', { name: 'Gerar outra chave' })).toBeVisible();
  expect(changes).toEqual([{ identity_key: key }]);
  expect(screen.queryByText(key)).not.toBeInTheDocument();
});

it('says when white cannot be read on a colour', async () => {
  serve(aChannel({ kind: 'webchat', settings: { color: '#2B50C4' } }));
  const { user } = renderApp('/configuracoes/canais/1');
  const input = await screen.findByLabelText('Cor');
  await user.clear(input);
  await user.type(input, '#F2B33D');
  expect(await screen.findByText(/Clara demais/)).toBeVisible();
});

it('keeps agents out of the settings, and says whom to ask', async () => {
  server.use(http.get('*/api/v1/session', () => HttpResponse.json(me(without('channels.view')))));
  renderApp('/configuracoes/canais');
  expect(await screen.findByText('Você não tem acesso às configurações.')).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Configurações' })).not.toBeInTheDocument();
});
