/* What happened, counted. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { surveySearch } from '@/features/surveys/place';
import { bringWords } from '@/lib/i18n';
import { signedIn } from './roots';

export const surveys = createRoute({
  getParentRoute: () => signedIn,
  path: '/relatorios/satisfacao',
  validateSearch: surveySearch,
  beforeLoad: () => bringWords('surveys'),
  component: lazyRouteComponent(() => import('@/features/surveys/SurveysPage'), 'SurveysPage'),
});
