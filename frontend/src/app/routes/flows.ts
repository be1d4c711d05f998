/* What the bot says. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { bringWords } from '@/lib/i18n';
import { signedIn } from './roots';

/* Of answers are the words of variables. */
const bringFlows = () => bringWords('flows', 'answers', 'simulator');

const flows = createRoute({
  getParentRoute: () => signedIn,
  path: '/fluxos',
  beforeLoad: bringFlows,
  component: lazyRouteComponent(() => import('@/features/flows/FlowsPage'), 'FlowsPage'),
});

const flowAgents = createRoute({
  getParentRoute: () => signedIn,
  path: '/fluxos/agentes',
  beforeLoad: bringFlows,
  component: lazyRouteComponent(() => import('@/features/flows/agents/AgentsPage'), 'AgentsPage'),
});

const flowPlan = createRoute({
  getParentRoute: () => signedIn,
  path: '/fluxos/planejar',
  beforeLoad: () => bringWords('flows', 'flowplan', 'simulator'),
  validateSearch: z.object({ name: z.catch(z.optional(z.string()), undefined) }),
  component: lazyRouteComponent(() => import('@/features/flows/plan/PlanPage'), 'PlanPage'),
});

const flow = createRoute({
  getParentRoute: () => signedIn,
  path: '/fluxos/$flowId',
  beforeLoad: bringFlows,
  component: lazyRouteComponent(() => import('@/features/flows/FlowPage'), 'FlowPage'),
});

const flowSheet = { getParentRoute: () => flow, staticData: { isSheet: true } } as const;

const flowCard = createRoute({
  ...flowSheet,
  path: '/cards/$cardId',
  validateSearch: z.object({ field: z.catch(z.optional(z.string()), undefined) }),
  component: lazyRouteComponent(() => import('@/features/flows/sheets/CardSheet'), 'CardSheet'),
});

const flowSettings = createRoute({
  ...flowSheet,
  path: '/configuracoes',
  component: lazyRouteComponent(
    () => import('@/features/flows/sheets/SettingsSheet'),
    'SettingsSheet',
  ),
});

const flowFindings = createRoute({
  ...flowSheet,
  path: '/verificacao',
  component: lazyRouteComponent(
    () => import('@/features/flows/sheets/FindingsSheet'),
    'FindingsSheet',
  ),
});

const flowVersions = createRoute({
  ...flowSheet,
  path: '/versoes',
  component: lazyRouteComponent(
    () => import('@/features/flows/sheets/VersionsSheet'),
    'VersionsSheet',
  ),
});

const flowStarts = createRoute({
  ...flowSheet,
  path: '/inicios',
  component: lazyRouteComponent(() => import('@/features/flows/sheets/StartsSheet'), 'StartsSheet'),
});

const flowResults = createRoute({
  getParentRoute: () => signedIn,
  path: '/fluxos/$flowId/resultados',
  beforeLoad: bringFlows,
  validateSearch: z.object({
    span: z.catch(z.optional(z.enum(['7', '30', '90'])), undefined),
    from: z.catch(z.optional(z.string()), undefined),
    to: z.catch(z.optional(z.string()), undefined),
    v: z.catch(z.optional(z.number()), undefined),
    view: z.catch(z.optional(z.enum(['bars', 'table', 'map'])), undefined),
    by: z.catch(z.optional(z.enum(['flow', 'abandoned'])), undefined),
  }),
  component: lazyRouteComponent(
    () => import('@/features/flows/results/ResultsPage'),
    'ResultsPage',
  ),
});

const flowSimulator = createRoute({
  ...flowSheet,
  path: '/simulador',
  component: lazyRouteComponent(
    () => import('@/features/flows/simulator/SimulatorSheet'),
    'SimulatorSheet',
  ),
});

export const flowRoutes = [
  flows,
  flowAgents,
  flowPlan,
  flow.addChildren([flowCard, flowSettings, flowFindings, flowVersions, flowStarts, flowSimulator]),
  flowResults,
] as const;
