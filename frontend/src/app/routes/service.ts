/* Where customers come from, and what is said and marked there. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { bringWords } from '@/lib/i18n';
import { settings } from './roots';

const channels = createRoute({
  getParentRoute: () => settings,
  path: '/canais',
  beforeLoad: () => bringWords('channels'),
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

const answers = createRoute({
  getParentRoute: () => settings,
  path: '/respostas',
  beforeLoad: () => bringWords('answers'),
  component: lazyRouteComponent(() => import('@/features/answers/AnswersPage'), 'AnswersPage'),
});

const noAnswer = createRoute({
  getParentRoute: () => answers,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/answers/AnswersPage'), 'NoAnswerOpen'),
});

const newAnswer = createRoute({
  getParentRoute: () => answers,
  path: '/nova',
  component: lazyRouteComponent(() => import('@/features/answers/AnswerPage'), 'NewAnswer'),
});

const answer = createRoute({
  getParentRoute: () => answers,
  path: '/$answerId',
  component: lazyRouteComponent(() => import('@/features/answers/AnswerPage'), 'AnswerPage'),
});

const tags = createRoute({
  getParentRoute: () => settings,
  path: '/etiquetas',
  beforeLoad: () => bringWords('tags'),
  component: lazyRouteComponent(() => import('@/features/tags/TagsPage'), 'TagsPage'),
});

export const serviceSettings = [
  channels.addChildren([noChannel, newChannel, channel]),
  answers.addChildren([noAnswer, newAnswer, answer]),
  tags,
] as const;
