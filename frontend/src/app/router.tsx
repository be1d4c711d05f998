import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
  type RouterHistory,
} from '@tanstack/react-router';
import * as z from 'zod/mini';
import { meQuery } from '@/features/auth/api';
import { placeSchema } from '@/features/inbox/place';
import { BrokenScreen, LostScreen } from './edges';
import { SignedIn } from './SignedIn';
import { SignInScreen } from './SignInScreen';

type Context = { cache: QueryClient };

const root = createRootRouteWithContext<Context>()({ component: Outlet });

/** Only our own addresses: a link must not send people elsewhere after signing in. */
const ownPath = z.catch(z.optional(z.string().check(z.regex(/^\/(?!\/|\\)/))), undefined);

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/entrar',
  validateSearch: z.object({
    to: ownPath,
    ended: z.catch(z.optional(z.literal(true)), undefined),
    left: z.catch(z.optional(z.literal(true)), undefined),
  }),
  component: SignInScreen,
});

/** Who keeps the installation; nothing of an account is behind it. */
const operator = createRoute({
  getParentRoute: () => root,
  path: '/operator',
  component: lazyRouteComponent(() => import('@/features/operator/OperatorArea'), 'OperatorArea'),
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/atendimentos', search: { tab: 'serving' } });
  },
});

/** Everything that needs a person. Without one, the door, and back here afterwards. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'in',
  component: SignedIn,
  validateSearch: z.object({ conta: z.catch(z.optional(z.coerce.string()), undefined) }),
  search: { middlewares: [retainSearchParams(['conta'])] },
  beforeLoad: async ({ context: { cache }, location }) => {
    const me = await cache.query({ ...meQuery, staleTime: 'static' }).catch(() => undefined);
    if (me === null) throw redirect({ to: '/entrar', search: { to: location.href } });
  },
});

const inbox = createRoute({
  getParentRoute: () => signedIn,
  path: '/atendimentos',
  validateSearch: placeSchema,
  component: lazyRouteComponent(() => import('@/features/inbox/InboxPage'), 'InboxPage'),
});

const noTicket = createRoute({
  getParentRoute: () => inbox,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/inbox/InboxPage'), 'NoTicketOpen'),
});

const ticket = createRoute({
  getParentRoute: () => inbox,
  path: '/$ticketId',
  component: Outlet,
});

const conversation = createRoute({
  getParentRoute: () => ticket,
  path: '/',
  component: lazyRouteComponent(() => import('./TicketScreen'), 'TicketScreen'),
});

const contact = createRoute({
  getParentRoute: () => ticket,
  path: '/contato',
  component: lazyRouteComponent(() => import('@/features/inbox/panel/ContactPage'), 'ContactPage'),
});

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: '/configuracoes',
  component: lazyRouteComponent(() => import('@/features/settings/SettingsPage'), 'SettingsPage'),
});

const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/configuracoes/canais' });
  },
});

const channels = createRoute({
  getParentRoute: () => settings,
  path: '/canais',
  component: lazyRouteComponent(() => import('@/features/channels/ChannelsPage'), 'ChannelsPage'),
});

const noChannel = createRoute({
  getParentRoute: () => channels,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/channels/ChannelsPage'), 'NoChannelOpen'),
});

const newChannel = createRoute({
  getParentRoute: () => channels,
  path: '/novo',
  component: lazyRouteComponent(() => import('@/features/channels/NewChannel'), 'NewChannel'),
});

const channel = createRoute({
  getParentRoute: () => channels,
  path: '/$channelId',
  validateSearch: z.object({ step: z.catch(z.optional(z.number()), undefined) }),
  component: lazyRouteComponent(() => import('@/features/channels/ChannelPage'), 'ChannelPage'),
});

const tree = root.addChildren([
  signIn,
  operator,
  home,
  signedIn.addChildren([
    inbox.addChildren([noTicket, ticket.addChildren([conversation, contact])]),
    settings.addChildren([settingsHome, channels.addChildren([noChannel, newChannel, channel])]),
  ]),
]);

export const makeRouter = (cache: QueryClient, history?: RouterHistory) =>
  createRouter({
    routeTree: tree,
    context: { cache },
    ...(history ? { history } : {}),
    defaultPreload: false,
    defaultErrorComponent: BrokenScreen,
    defaultNotFoundComponent: LostScreen,
  });

export type AppRouter = ReturnType<typeof makeRouter>;

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter;
  }
}
