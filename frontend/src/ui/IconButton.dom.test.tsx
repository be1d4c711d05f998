import { Menu, MantineProvider } from '@mantine/core';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { IconButton } from './IconButton';

it('its words go when what it opens is there, and come again after', async () => {
  const user = userEvent.setup();
  render(
    <MantineProvider env="test">
      <Menu>
        <Menu.Target>
          <IconButton label="Mais">…</IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item>Exportar</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </MantineProvider>,
  );
  const button = screen.getByRole('button', { name: 'Mais' });
  await user.hover(button);
  await screen.findByRole('tooltip');
  await user.click(button);
  await screen.findByRole('menuitem', { name: 'Exportar' });
  await waitFor(() => expect(screen.queryByRole('tooltip')).toBeNull());
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('menuitem')).toBeNull());
  await user.unhover(button);
  await user.hover(button);
  await screen.findByRole('tooltip');
});
