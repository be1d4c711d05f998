/* The ways in: for strangers, for whoever comes by a mailed link, for whoever keeps the installation. */
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { bringWords } from '@/lib/i18n';
import { SignInScreen } from '../SignInScreen';
import { root } from './roots';

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
  beforeLoad: () => bringWords('operator'),
  component: lazyRouteComponent(() => import('@/features/operator/OperatorArea'), 'OperatorArea'),
});

const unlock = createRoute({
  getParentRoute: () => root,
  path: '/desbloquear',
  component: lazyRouteComponent(() => import('../UnlockScreen'), 'UnlockScreen'),
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/atendimentos', search: { tab: 'serving' } });
  },
});

const invite = createRoute({
  getParentRoute: () => root,
  path: '/convite',
  beforeLoad: () => bringWords('team'),
  component: lazyRouteComponent(() => import('../InviteScreen'), 'InviteScreen'),
});

const forgot = createRoute({
  getParentRoute: () => root,
  path: '/esqueci-a-senha',
  beforeLoad: () => bringWords('team'),
  component: lazyRouteComponent(() => import('@/features/team/ForgotPassword'), 'ForgotPassword'),
});

const reset = createRoute({
  getParentRoute: () => root,
  path: '/nova-senha',
  beforeLoad: () => bringWords('team'),
  component: lazyRouteComponent(() => import('@/features/team/ResetPassword'), 'ResetPassword'),
});

const confirmEmail = createRoute({
  getParentRoute: () => root,
  path: '/confirmar-email',
  beforeLoad: () => bringWords('team'),
  component: lazyRouteComponent(() => import('@/features/team/EmailLink'), 'ConfirmEmail'),
});

const undoEmail = createRoute({
  getParentRoute: () => root,
  path: '/desfazer-email',
  beforeLoad: () => bringWords('team'),
  component: lazyRouteComponent(() => import('@/features/team/EmailLink'), 'UndoEmail'),
});

/** For whoever is not in yet. */
export const doors = [
  signIn,
  operator,
  invite,
  forgot,
  reset,
  confirmEmail,
  undoEmail,
  unlock,
  home,
] as const;
