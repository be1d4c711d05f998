import createClient from 'openapi-fetch';
import { bringRefusal } from '@/lib/i18n';
import { asRefusal, refusalFrom } from './refusal';
import type { components, paths } from './schema.gen';
import { fetchWithSession } from './session-refresh';

export { inAccount } from './account';

export type Schema = components['schemas'];

export const api = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: 'same-origin',
  fetch: fetchWithSession,
});

/** The server's own words (of cards, of what a linter finds) come as the page speaks. */
api.use({
  onRequest: ({ request }) => {
    request.headers.set('Accept-Language', document.documentElement.lang);
    return request;
  },
});

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The body of a good answer, or a Refusal. */
export async function unwrap<T>(asked: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await asked;
  } catch (thrown) {
    throw asRefusal(thrown);
  }
  if (!answer.response.ok) {
    const refusal = refusalFrom(answer.error, answer.response);
    await bringRefusal(refusal.slug);
    throw refusal;
  }
  return answer.data as T; // undefined for a 204, which is what T says then
}
