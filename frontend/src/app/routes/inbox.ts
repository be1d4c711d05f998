/* Tickets: the list, one conversation, and whom it is with. */
import { createRoute, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import { placeSchema } from '@/features/inbox/place';
import { bringWords } from '@/lib/i18n';
import { signedIn } from './roots';

const inbox = createRoute({
  getParentRoute: () => signedIn,
  path: '/atendimentos',
  validateSearch: placeSchema,
  component: lazyRouteComponent(() => import('../InboxScreen'), 'InboxScreen'),
});

const noTicket = createRoute({
  getParentRoute: () => inbox,
  path: '/',
  component: lazyRouteComponent(() => import('../InboxScreen'), 'NoTicketScreen'),
});

const ticket = createRoute({
  getParentRoute: () => inbox,
  path: '/$ticketId',
  beforeLoad: () => bringWords('talk'),
  component: Outlet,
});

const conversation = createRoute({
  getParentRoute: () => ticket,
  path: '/',
  component: lazyRouteComponent(() => import('../TicketScreen'), 'TicketScreen'),
});

const contact = createRoute({
  getParentRoute: () => ticket,
  path: '/contato',
  component: lazyRouteComponent(() => import('@/features/inbox/panel/ContactPage'), 'ContactPage'),
});

export const inboxRoutes = inbox.addChildren([
  noTicket,
  ticket.addChildren([conversation, contact]),
]);
