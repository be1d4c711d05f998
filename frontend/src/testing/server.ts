import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import type { Schema } from '@/api/client';
import { aMessage, aProblem, aTicket, catalogue, me } from './factories';

/** A quiet house: one person, one ticket, two messages. Tests change what they are about. */
export const quietHouse = [
  http.get('*/api/v1/session', () => HttpResponse.json(me())),
  http.patch('*/api/v1/session/preferences', () => HttpResponse.json(me())),
  http.get('*/api/v1/account', () => HttpResponse.json(catalogue())),
  http.get('*/api/v1/tickets/counts', () =>
    HttpResponse.json({
      mine: 1,
      mine_unread: 0,
      serving: 1,
      waiting: 2,
      bot: 0,
      as_of: new Date().toISOString(),
    }),
  ),
  http.get('*/api/v1/tickets', () => HttpResponse.json({ data: [aTicket()], next: null })),
  http.get('*/api/v1/tickets/:id', () => HttpResponse.json(aTicket())),
  http.get('*/api/v1/tickets/:id/messages', () => thread([aMessage(), aMessage({ seq: 2 })])),
  http.get('*/api/v1/tickets/:id/readers', () => HttpResponse.json({ data: [] })),
  http.get('*/api/v1/tickets/:id/closing', ({ request }) =>
    HttpResponse.json({
      message: request.url.endsWith('reason_id=1') ? 'Obrigada, Marina.' : '',
      is_forced: false,
    }),
  ),
  http.post('*/api/v1/tickets/:id/read', () => new HttpResponse(null, { status: 204 })),
  http.post('*/api/v1/tickets/:id/typing', () => new HttpResponse(null, { status: 204 })),
  http.put('*/api/v1/tickets/:id/draft', () => new HttpResponse(null, { status: 204 })),
  http.get('*/api/v1/channels', () => HttpResponse.json({ data: [] })),
  http.get('*/api/v1/drafts', () => HttpResponse.json({ data: [] })),
  http.get('*/api/v1/contacts/:id', () =>
    HttpResponse.json({
      id: 50,
      name: 'Marina Alves',
      email: null,
      notes: '',
      identities: [],
      created_at: new Date().toISOString(),
    }),
  ),
  http.get('*/api/v1/contacts/:id/tickets', () => HttpResponse.json({ data: [], next: null })),
  http.get('*/api/v1/me/presence', () =>
    HttpResponse.json({
      member_id: 2,
      state: 'online',
      since: new Date().toISOString(),
      chosen: 'available',
      break: null,
    }),
  ),
  http.post('*/api/v1/me/activity', () => new HttpResponse(null, { status: 204 })),
  http.get('*/api/v1/break-reasons', () => HttpResponse.json({ data: [] })),
  http.get('*/api/v1/me/notices', () =>
    HttpResponse.json({
      page: ['assigned', 'mention'],
      sound: ['reply'],
      system: [],
      push: [],
      tune: 'soft',
      volume: 60,
      repeats: false,
      only_away: false,
      quiet_from_min: null,
      quiet_until_min: null,
      push_key: 'BK',
      subscriptions: [],
    }),
  ),
  http.get('*/api/v1/favourites', () => HttpResponse.json({ data: [] })),
  http.get('*/api/v1/contacts/:id/tags', () => HttpResponse.json({ data: [] })),
  http.get('*/api/v1/contacts/:id/files', () => HttpResponse.json({ data: [], next: null })),
];

export const server = setupServer(...quietHouse);

export const thread = (
  data: Schema['Message'][],
  edges: { has_older?: boolean; has_newer?: boolean } = {},
) => HttpResponse.json({ data, has_older: false, has_newer: false, ...edges });

export const refuse = (slug: string, status: number, more: Partial<Schema['Problem']> = {}) =>
  HttpResponse.json(aProblem(slug, status, more), { status });
