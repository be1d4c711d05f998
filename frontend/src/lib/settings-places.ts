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
  {
    word: 'distribution',
    section: 'service',
    to: paths.distribution,
    needs: 'distribution.manage',
  },
  { word: 'hours', section: 'service', to: paths.hours, needs: 'hours.manage' },
  { word: 'holidays', section: 'service', to: paths.holidays, needs: 'hours.manage' },
  { word: 'shifts', section: 'service', to: paths.shifts, needs: 'hours.manage' },
  { word: 'trial', section: 'service', to: paths.trial, needs: 'hours.manage' },
  { word: 'breaks', section: 'service', to: paths.breaks, needs: 'breaks.manage' },
  { word: 'tags', section: 'service', to: paths.tags, needs: 'tags.manage' },
  {
    word: 'contact_fields',
    section: 'service',
    to: paths.contactFields,
    needs: 'contact_fields.manage',
  },
  {
    word: 'contact_groups',
    section: 'service',
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
