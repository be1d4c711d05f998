/* What colleagues say to one another, and the groups in which they do. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { bringWords } from '@/lib/i18n';
import { settings, signedIn } from './roots';

const chats = createRoute({
  getParentRoute: () => signedIn,
  path: '/chat',
  beforeLoad: () => bringWords('chat'),
  component: lazyRouteComponent(() => import('@/features/chat/ChatPage'), 'ChatPage'),
});

const noChat = createRoute({
  getParentRoute: () => chats,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/chat/ChatPage'), 'NoChatOpen'),
});

const chat = createRoute({
  getParentRoute: () => chats,
  path: '/$chatId',
  component: lazyRouteComponent(() => import('@/features/chat/ChatThread'), 'ChatThread'),
});

const internalGroups = createRoute({
  getParentRoute: () => settings,
  path: '/grupos-internos',
  beforeLoad: () => bringWords('chat'),
  component: lazyRouteComponent(() => import('@/features/chat/GroupsPage'), 'InternalGroupsPage'),
});

const noInternalGroup = createRoute({
  getParentRoute: () => internalGroups,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/chat/GroupsPage'), 'NoInternalGroupOpen'),
});

const newInternalGroup = createRoute({
  getParentRoute: () => internalGroups,
  path: '/novo',
  component: lazyRouteComponent(() => import('@/features/chat/GroupPage'), 'NewInternalGroup'),
});

const internalGroup = createRoute({
  getParentRoute: () => internalGroups,
  path: '/$groupId',
  component: lazyRouteComponent(() => import('@/features/chat/GroupPage'), 'InternalGroupPage'),
});

export const chatRoutes = chats.addChildren([noChat, chat]);

export const internalGroupRoutes = internalGroups.addChildren([
  noInternalGroup,
  newInternalGroup,
  internalGroup,
]);
