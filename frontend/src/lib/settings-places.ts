import { paths } from './paths';

/** The places of the settings in their order, and what one must hold to see each. */
export const SETTINGS_PLACES = [
  { word: 'companies', section: 'organisation', to: paths.companies, needs: 'companies.manage' },
  {
    word: 'departments',
    section: 'organisation',
    to: paths.departments,
    needs: 'departments.members',
  },
  { word: 'members', section: 'people', to: paths.members, needs: 'users.view' },
  { word: 'groups', section: 'people', to: paths.groups, needs: 'groups.view' },
  {
    word: 'internal_groups',
    section: 'people',
    to: paths.internalGroups,
    needs: 'internal_groups.manage',
  },
  { word: 'channels', section: 'service', to: paths.channels, needs: 'channels.view' },
  { word: 'messages', section: 'service', to: paths.messages, needs: 'settings.view' },
  { word: 'closing', section: 'service', to: paths.closing, needs: 'reasons.manage' },
  { word: 'answers', section: 'service', to: paths.answers, needs: 'canned.use' },
  { word: 'tags', section: 'service', to: paths.tags, needs: 'tags.manage' },
  { word: 'distribution', section: 'queue', to: paths.distribution, needs: 'distribution.manage' },
  { word: 'transfer', section: 'queue', to: paths.transfer, needs: 'settings.view' },
  { word: 'idle', section: 'queue', to: paths.idle, needs: 'settings.view' },
  { word: 'sla', section: 'queue', to: paths.policies, needs: 'sla.manage' },
  { word: 'breaks', section: 'queue', to: paths.breaks, needs: 'breaks.manage' },
  { word: 'hours', section: 'time', to: paths.hours, needs: 'hours.manage' },
  { word: 'holidays', section: 'time', to: paths.holidays, needs: 'hours.manage' },
  { word: 'shifts', section: 'time', to: paths.shifts, needs: 'hours.manage' },
  { word: 'trial', section: 'time', to: paths.trial, needs: 'hours.manage' },
  { word: 'contact_rules', section: 'contacts', to: paths.contactRules, needs: 'settings.view' },
  { word: 'terms', section: 'contacts', to: paths.terms, needs: 'settings.view' },
  {
    word: 'contact_fields',
    section: 'contacts',
    to: paths.contactFields,
    needs: 'contact_fields.manage',
  },
  {
    word: 'contact_groups',
    section: 'contacts',
    to: paths.contactGroups,
    needs: 'contact_groups.manage',
  },
  { word: 'networks', section: 'security', to: paths.networks, needs: 'groups.view' },
  { word: 'policy', section: 'security', to: paths.security, needs: 'groups.view' },
  { word: 'audit', section: 'security', to: paths.audit, needs: 'audit.view' },
  { word: 'tokens', section: 'programs', to: paths.tokens, needs: 'tokens.view' },
] as const;

export const settingsFor = (can: (permission: string) => boolean) =>
  SETTINGS_PLACES.filter(({ needs }) => can(needs));
