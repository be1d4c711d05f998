import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Refusal } from '@/api/refusal';
import { RefusalLine } from './refusal';

const error = new Refusal({ slug: 'internal_error', status: 500, requestId: '8f14e45fceea' });

it('a line of a failure asks again where whoever shows it can', async () => {
  const again = vi.fn();
  render(
    <MantineProvider env="test">
      <RefusalLine error={error} onRetry={again} />
    </MantineProvider>,
  );
  expect(screen.getByRole('alert')).toHaveTextContent('código 8f14e45f');
  await userEvent.click(screen.getByRole('button', { name: 'Tentar de novo' }));
  expect(again).toHaveBeenCalledOnce();
});

it('and nowhere else', () => {
  render(
    <MantineProvider env="test">
      <RefusalLine error={error} />
    </MantineProvider>,
  );
  expect(screen.queryByRole('button')).toBeNull();
});
