import type { QueryClient } from '@tanstack/react-query';
import { createRouter, type RouterHistory } from '@tanstack/react-router';
import { BrokenScreen, LostScreen } from './edges';
import { chatRoutes, internalGroupRoutes } from './routes/chat';
import { contactRoutes, contactSettings } from './routes/contacts';
import { doors } from './routes/doors';
import { flowRoutes } from './routes/flows';
import { hoursSettings } from './routes/hours';
import { inboxRoutes } from './routes/inbox';
import { organisationSettings } from './routes/organisation';
import { ownRoutes, peopleSettings } from './routes/people';
import { queueSettings } from './routes/queue';
import { surveys } from './routes/reports';
import { root, settings, settingsHome, signedIn } from './routes/roots';
import { serviceSettings } from './routes/service';

/** Every address (lib/paths) and what is drawn there: a file of routes for each area. */
const tree = root.addChildren([
  ...doors,
  signedIn.addChildren([
    inboxRoutes,
    contactRoutes,
    chatRoutes,
    ...flowRoutes,
    surveys,
    ...ownRoutes,
    settings.addChildren([
      settingsHome,
      ...organisationSettings,
      ...queueSettings,
      ...serviceSettings,
      ...peopleSettings,
      internalGroupRoutes,
      ...hoursSettings,
      ...contactSettings,
    ]),
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
  /** A page that stands beside the one it belongs to. */
  interface StaticDataRouteOption {
    isSheet?: boolean;
  }
}
