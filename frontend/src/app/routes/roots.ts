/* What every place hangs on: the whole, what needs a person, and the settings. */
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import * as z from 'zod/mini';
import { meQuery } from '@/features/auth/api';
import { SignedIn } from '../SignedIn';

type Context = { cache: QueryClient };

export const root = createRootRouteWithContext<Context>()({ component: Outlet });

/** Everything that needs a person. Without one, the door, and back here afterwards. */
export const signedIn = createRoute({
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

export const settings = createRoute({
  getParentRoute: () => signedIn,
  path: '/configuracoes',
  component: lazyRouteComponent(() => import('@/features/settings/SettingsPage'), 'SettingsPage'),
});

export const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/settings/SettingsPage'), 'SettingsHome'),
});
