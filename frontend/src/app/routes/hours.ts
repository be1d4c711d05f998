/* When somebody is there. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { bringWords } from '@/lib/i18n';
import { settings } from './roots';

const hours = createRoute({
  getParentRoute: () => settings,
  path: '/horarios',
  beforeLoad: () => bringWords('hours'),
  component: lazyRouteComponent(() => import('@/features/hours/PeriodsPage'), 'PeriodsPage'),
});

const hoursHome = createRoute({
  getParentRoute: () => hours,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/hours/PeriodsPage'), 'NoPeriodOpen'),
});

const followers = createRoute({
  getParentRoute: () => hours,
  path: '/quem-segue',
  component: lazyRouteComponent(() => import('@/features/hours/FollowersPage'), 'FollowersPage'),
});

const newPeriod = createRoute({
  getParentRoute: () => hours,
  path: '/novo',
  component: lazyRouteComponent(() => import('@/features/hours/PeriodPage'), 'NewPeriod'),
});

const period = createRoute({
  getParentRoute: () => hours,
  path: '/$periodId',
  component: lazyRouteComponent(() => import('@/features/hours/PeriodPage'), 'PeriodPage'),
});

const holidays = createRoute({
  getParentRoute: () => settings,
  path: '/feriados',
  beforeLoad: () => bringWords('hours'),
  component: lazyRouteComponent(() => import('@/features/hours/HolidaysPage'), 'HolidaysPage'),
});

const shifts = createRoute({
  getParentRoute: () => settings,
  path: '/turnos',
  beforeLoad: () => bringWords('hours'),
  component: lazyRouteComponent(() => import('@/features/hours/ShiftsPage'), 'ShiftsPage'),
});

const trial = createRoute({
  getParentRoute: () => settings,
  path: '/testar-horarios',
  beforeLoad: () => bringWords('hours'),
  component: lazyRouteComponent(() => import('@/features/hours/TrialPage'), 'TrialPage'),
});

export const hoursSettings = [
  hours.addChildren([hoursHome, followers, newPeriod, period]),
  holidays,
  shifts,
  trial,
] as const;
