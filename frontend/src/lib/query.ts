import { QueryClient } from '@tanstack/react-query';
import { asRefusal } from '@/api/refusal';

const RETRIES = 2;

/** A refusal is an answer: asking again will not change it. Silence and overload may pass. */
function worthRetrying(failures: number, thrown: unknown) {
  const { status } = asRefusal(thrown);
  return failures < RETRIES && (status === 0 || status >= 502);
}

export const makeQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: worthRetrying,
        /* An agent with a shaky line still sees what is cached, and the failure, at once. */
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
