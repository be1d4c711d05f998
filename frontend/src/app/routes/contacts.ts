/* The address book, and what is asked of somebody new. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { bookSearch } from '@/features/contacts/place';
import { bringWords } from '@/lib/i18n';
import { settings, signedIn } from './roots';

const contacts = createRoute({
  getParentRoute: () => signedIn,
  path: '/contatos',
  validateSearch: bookSearch,
  beforeLoad: () => bringWords('contacts'),
  component: lazyRouteComponent(() => import('@/features/contacts/ContactsPage'), 'ContactsPage'),
});

const noContact = createRoute({
  getParentRoute: () => contacts,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/contacts/ContactsPage'), 'NoContactOpen'),
});

const newContact = createRoute({
  getParentRoute: () => contacts,
  path: '/novo',
  component: lazyRouteComponent(() => import('@/features/contacts/NewContact'), 'NewContact'),
});

const duplicates = createRoute({
  getParentRoute: () => contacts,
  path: '/duplicados',
  component: lazyRouteComponent(
    () => import('@/features/contacts/DuplicatesPage'),
    'DuplicatesPage',
  ),
});

const imports = createRoute({
  getParentRoute: () => contacts,
  path: '/importacoes',
  component: lazyRouteComponent(() => import('@/features/contacts/ImportsPage'), 'ImportsPage'),
});

const openImport = createRoute({
  getParentRoute: () => contacts,
  path: '/importacoes/$importId',
  component: lazyRouteComponent(() => import('@/features/contacts/ImportPage'), 'ImportPage'),
});

const exports = createRoute({
  getParentRoute: () => contacts,
  path: '/exportacoes',
  component: lazyRouteComponent(() => import('@/features/contacts/ExportsPage'), 'ExportsPage'),
});

const person = createRoute({
  getParentRoute: () => contacts,
  path: '/$contactId',
  component: lazyRouteComponent(() => import('@/features/contacts/ContactPage'), 'ContactPage'),
});

const contactRules = createRoute({
  getParentRoute: () => settings,
  path: '/novos-contatos',
  beforeLoad: () => bringWords('intake'),
  component: lazyRouteComponent(
    () => import('@/features/intake/ContactSettingsPage'),
    'ContactSettingsPage',
  ),
});

const terms = createRoute({
  getParentRoute: () => settings,
  path: '/termos',
  beforeLoad: () => bringWords('intake'),
  component: lazyRouteComponent(() => import('@/features/intake/TermsPage'), 'TermsPage'),
});

const contactFields = createRoute({
  getParentRoute: () => settings,
  path: '/campos-de-contato',
  beforeLoad: () => bringWords('contacts'),
  component: lazyRouteComponent(() => import('@/features/contacts/FieldsPage'), 'FieldsPage'),
});

const contactGroups = createRoute({
  getParentRoute: () => settings,
  path: '/grupos-de-contatos',
  beforeLoad: () => bringWords('contacts'),
  component: lazyRouteComponent(
    () => import('@/features/contacts/GroupsPage'),
    'ContactGroupsPage',
  ),
});

export const contactRoutes = contacts.addChildren([
  noContact,
  newContact,
  duplicates,
  imports,
  openImport,
  exports,
  person,
]);

export const contactSettings = [contactRules, terms, contactFields, contactGroups] as const;
