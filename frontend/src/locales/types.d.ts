import type resources from './pt-BR';
import type audit from './pt-BR/audit.json';
import type contacts from './pt-BR/contacts.json';
import type operator from './pt-BR/operator.json';
import type profile from './pt-BR/profile.json';
import type signinlog from './pt-BR/signinlog.json';
import type team from './pt-BR/team.json';
import type tokens from './pt-BR/tokens.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    /* Rooms of one feature come with its pages: lib/i18n. */
    resources: typeof resources & {
      audit: typeof audit;
      contacts: typeof contacts;
      operator: typeof operator;
      profile: typeof profile;
      signinlog: typeof signinlog;
      team: typeof team;
      tokens: typeof tokens;
    };
  }
}
