/* Who gets a ticket, and what happens when nobody answers. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { bringWords } from '@/lib/i18n';
import { settings } from './roots';

/* Of organisation are the words of text fields and of putting in order. */
const bringTimers = () => bringWords('timers', 'organisation');

const transfer = createRoute({
  getParentRoute: () => settings,
  path: '/transferencia-automatica',
  beforeLoad: bringTimers,
  component: lazyRouteComponent(() => import('@/features/timers/TransferPage'), 'TransferPage'),
});

const idle = createRoute({
  getParentRoute: () => settings,
  path: '/inatividade',
  beforeLoad: bringTimers,
  component: lazyRouteComponent(() => import('@/features/timers/IdlePage'), 'IdlePage'),
});

const policies = createRoute({
  getParentRoute: () => settings,
  path: '/sla',
  beforeLoad: bringTimers,
  component: lazyRouteComponent(() => import('@/features/timers/PoliciesPage'), 'PoliciesPage'),
});

const noPolicy = createRoute({
  getParentRoute: () => policies,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/timers/PoliciesPage'), 'NoPolicyOpen'),
});

const newPolicy = createRoute({
  getParentRoute: () => policies,
  path: '/nova',
  component: lazyRouteComponent(() => import('@/features/timers/PolicyPage'), 'NewPolicy'),
});

const policy = createRoute({
  getParentRoute: () => policies,
  path: '/$policyId',
  component: lazyRouteComponent(() => import('@/features/timers/PolicyPage'), 'PolicyPage'),
});

const breaks = createRoute({
  getParentRoute: () => settings,
  path: '/pausas',
  beforeLoad: () => bringWords('presence'),
  component: lazyRouteComponent(() => import('@/features/presence/BreaksPage'), 'BreaksPage'),
});

const distribution = createRoute({
  getParentRoute: () => settings,
  path: '/distribuicao',
  beforeLoad: () => bringWords('distribution'),
  component: lazyRouteComponent(
    () => import('@/features/distribution/DistributionPage'),
    'DistributionPage',
  ),
});

const noDistribution = createRoute({
  getParentRoute: () => distribution,
  path: '/',
  component: lazyRouteComponent(
    () => import('@/features/distribution/DistributionPage'),
    'NoDepartmentOpen',
  ),
});

const distributionOf = createRoute({
  getParentRoute: () => distribution,
  path: '/$departmentId',
  component: lazyRouteComponent(() => import('@/features/distribution/RulesPage'), 'RulesPage'),
});

export const queueSettings = [
  transfer,
  idle,
  policies.addChildren([noPolicy, newPolicy, policy]),
  breaks,
  distribution.addChildren([noDistribution, distributionOf]),
] as const;
