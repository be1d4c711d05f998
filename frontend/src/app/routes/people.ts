/* People: who works here, what they may do, where they come from; what each keeps for themselves. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { auditSearch } from '@/features/audit/place';
import { bringWords } from '@/lib/i18n';
import { settings, signedIn } from './roots';

const team = createRoute({
  getParentRoute: () => signedIn,
  path: '/equipe',
  beforeLoad: () => bringWords('presence'),
  component: lazyRouteComponent(() => import('@/features/presence/TeamPage'), 'TeamPage'),
});

const profile = createRoute({
  getParentRoute: () => signedIn,
  path: '/perfil',
  beforeLoad: () => bringWords('profile'),
  component: lazyRouteComponent(() => import('@/features/profile/ProfilePage'), 'ProfilePage'),
});

const notices = createRoute({
  getParentRoute: () => signedIn,
  path: '/perfil/avisos',
  beforeLoad: () => bringWords('notices'),
  component: lazyRouteComponent(() => import('@/features/notices/NoticesPage'), 'NoticesPage'),
});

const keys = createRoute({
  getParentRoute: () => signedIn,
  path: '/perfil/atalhos',
  beforeLoad: () => bringWords('keys'),
  component: lazyRouteComponent(() => import('../KeysScreen'), 'KeysScreen'),
});

const members = createRoute({
  getParentRoute: () => settings,
  path: '/usuarios',
  beforeLoad: () => bringWords('team'),
  component: lazyRouteComponent(() => import('@/features/team/MembersPage'), 'MembersPage'),
});

const noMember = createRoute({
  getParentRoute: () => members,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/team/MembersPage'), 'NoMemberOpen'),
});

const member = createRoute({
  getParentRoute: () => members,
  path: '/$memberId',
  component: lazyRouteComponent(() => import('@/features/team/MemberPage'), 'MemberPage'),
});

const signInLog = createRoute({
  getParentRoute: () => members,
  path: '/$memberId/entradas',
  beforeLoad: () => bringWords('signinlog'),
  component: lazyRouteComponent(
    () => import('@/features/signin-log/SignInLogPage'),
    'SignInLogPage',
  ),
});

const groups = createRoute({
  getParentRoute: () => settings,
  path: '/grupos',
  beforeLoad: () => bringWords('team'),
  component: lazyRouteComponent(() => import('@/features/team/GroupsPage'), 'GroupsPage'),
});

const noGroup = createRoute({
  getParentRoute: () => groups,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/team/GroupsPage'), 'NoGroupOpen'),
});

const newGroup = createRoute({
  getParentRoute: () => groups,
  path: '/novo',
  component: lazyRouteComponent(() => import('@/features/team/GroupPage'), 'NewGroup'),
});

const group = createRoute({
  getParentRoute: () => groups,
  path: '/$groupId',
  component: lazyRouteComponent(() => import('@/features/team/GroupPage'), 'GroupPage'),
});

const networks = createRoute({
  getParentRoute: () => settings,
  path: '/redes',
  beforeLoad: () => bringWords('team'),
  component: lazyRouteComponent(() => import('@/features/team/NetworksPage'), 'NetworksPage'),
});

const security = createRoute({
  getParentRoute: () => settings,
  path: '/seguranca',
  beforeLoad: () => bringWords('team'),
  component: lazyRouteComponent(() => import('@/features/team/SecurityPage'), 'SecurityPage'),
});

const audit = createRoute({
  getParentRoute: () => settings,
  path: '/auditoria',
  validateSearch: auditSearch,
  beforeLoad: () => bringWords('audit'),
  component: lazyRouteComponent(() => import('@/features/audit/AuditPage'), 'AuditPage'),
});

const tokens = createRoute({
  getParentRoute: () => settings,
  path: '/tokens',
  beforeLoad: () => bringWords('tokens'),
  component: lazyRouteComponent(() => import('@/features/tokens/TokensPage'), 'TokensPage'),
});

export const ownRoutes = [team, profile, notices, keys] as const;

export const peopleSettings = [
  members.addChildren([noMember, member, signInLog]),
  groups.addChildren([noGroup, newGroup, group]),
  networks,
  security,
  audit,
  tokens,
] as const;
