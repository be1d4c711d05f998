import { createMemoryHistory } from '@tanstack/react-router';
import { QueryClient } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Providers } from '@/app/Providers';
import { makeRouter } from '@/app/router';
import { stubEventSource } from './live';

/** The whole application at one address, with the real providers and routes. */
export function renderApp(address: string) {
  stubEventSource();
  const cache = new QueryClient({
    defaultOptions: { queries: { retry: false }, mutations: { retry: false } },
  });
  const history = createMemoryHistory({ initialEntries: [address] });
  const router = makeRouter(cache, history);
  const user = userEvent.setup();
  const screen = render(<Providers cache={cache} router={router} nonce={() => ''} env="test" />);
  return { user, cache, router, ...screen };
}
