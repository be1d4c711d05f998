import { act, screen, waitFor } from '@testing-library/react';
import { renderApp } from '@/testing/renderApp';

const network = (online: boolean) => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(online);
  act(() => void window.dispatchEvent(new Event(online ? 'online' : 'offline')));
};

afterEach(() => vi.restoreAllMocks());

it('says so when the network is gone, before the stream notices', async () => {
  renderApp('/atendimentos?tab=serving');
  await screen.findByRole('link', { name: /Marina Alves/ });
  expect(screen.queryByText(/Reconectando/)).not.toBeInTheDocument();
  network(false);
  expect(await screen.findByText('Reconectando… Pode continuar escrevendo.')).toBeVisible();
  network(true);
  await waitFor(() => expect(screen.queryByText(/Reconectando/)).not.toBeInTheDocument());
});
