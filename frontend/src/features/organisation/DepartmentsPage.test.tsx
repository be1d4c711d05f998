import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import type { Schema } from '@/api/client';
import { me } from '@/testing/factories';
import { renderApp } from '@/testing/renderApp';
import { refuse, server } from '@/testing/server';

const aDepartment = (id: number, name: string): Schema['Department'] => ({
  id,
  name,
  company_id: 1,
  description: '',
  color: 'blue',
  is_active: true,
  serves: true,
  is_confidential: false,
  notifies_transfer: true,
  welcome_text: '',
  away_text: '',
  member_count: 0,
});

const permissions = ['departments.view', 'departments.manage', 'departments.members'];

const house = () => {
  const data = [aDepartment(1, 'Suporte'), aDepartment(2, 'Vendas'), aDepartment(3, 'Plantão')];
  server.use(
    http.get('*/api/v1/session', () => HttpResponse.json(me({ permissions }))),
    http.get('*/api/v1/departments', () => HttpResponse.json({ data })),
    http.get('*/api/v1/departments/:id/members', () => HttpResponse.json({ members: [] })),
    http.get('*/api/v1/companies', () =>
      HttpResponse.json({
        data: [{ id: 1, name: 'Casa', legal_name: null, document: null, phone: '' }],
      }),
    ),
  );
};

it('takes each step of the order from where the last one led, however long the answers take', async () => {
  house();
  const asked: unknown[] = [];
  server.use(
    http.put('*/api/v1/departments', async ({ request }) => {
      asked.push(await request.json());
      return new Promise<never>(() => undefined);
    }),
  );
  const { user } = renderApp('/configuracoes/setores');
  await user.click(await screen.findByRole('button', { name: 'Ordenar' }));
  const list = screen.getByRole('region', { name: 'Setores' });
  const up = () => within(list).getByRole('button', { name: 'Subir Plantão' });
  await user.click(up());
  await user.click(up());
  expect(within(list).getAllByRole('listitem')[0]).toHaveTextContent('Plantão');
  expect(up()).toHaveFocus();
  expect(asked).toEqual([{ department_ids: [1, 3, 2] }]); // the next one waits for its turn
});

it('says how many tickets keep a department from closing, at the switch that was turned', async () => {
  house();
  server.use(
    http.patch('*/api/v1/departments/1', () =>
      refuse('department_has_tickets', 409, { tickets: 3 }),
    ),
  );
  const { user } = renderApp('/configuracoes/setores/1');
  await user.click(await screen.findByRole('switch', { name: /^Ativo/ }));
  await user.click(screen.getByRole('button', { name: 'Salvar' }));
  expect(await screen.findByText(/Há 3 atendimentos abertos aqui/)).toBeVisible();
  await waitFor(() => expect(screen.getByRole('switch', { name: /^Ativo/ })).not.toBeChecked());
});
