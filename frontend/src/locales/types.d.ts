import type resources from './pt-BR';
import type acts from './pt-BR/acts.json';
import type answers from './pt-BR/answers.json';
import type audit from './pt-BR/audit.json';
import type chat from './pt-BR/chat.json';
import type channels from './pt-BR/channels.json';
import type compose from './pt-BR/compose.json';
import type contacts from './pt-BR/contacts.json';
import type distribution from './pt-BR/distribution.json';
import type firststeps from './pt-BR/firststeps.json';
import type flowplan from './pt-BR/flowplan.json';
import type flows from './pt-BR/flows.json';
import type hours from './pt-BR/hours.json';
import type intake from './pt-BR/intake.json';
import type keys from './pt-BR/keys.json';
import type merge from './pt-BR/merge.json';
import type notices from './pt-BR/notices.json';
import type operator from './pt-BR/operator.json';
import type organisation from './pt-BR/organisation.json';
import type presence from './pt-BR/presence.json';
import type profile from './pt-BR/profile.json';
import type refusals from './pt-BR/refusals.json';
import type search from './pt-BR/search.json';
import type signinlog from './pt-BR/signinlog.json';
import type simulator from './pt-BR/simulator.json';
import type start from './pt-BR/start.json';
import type surveys from './pt-BR/surveys.json';
import type tags from './pt-BR/tags.json';
import type talk from './pt-BR/talk.json';
import type team from './pt-BR/team.json';
import type templates from './pt-BR/templates.json';
import type timers from './pt-BR/timers.json';
import type tokens from './pt-BR/tokens.json';
import type voice from './pt-BR/voice.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    /* Rooms of one feature come with its pages: lib/i18n. */
    resources: typeof resources & {
      /* Two rooms go on later: lib/i18n. */
      inbox: typeof talk;
      refused: typeof refusals;
      acts: typeof acts;
      answers: typeof answers;
      audit: typeof audit;
      chat: typeof chat;
      channels: typeof channels;
      compose: typeof compose;
      contacts: typeof contacts;
      distribution: typeof distribution;
      firststeps: typeof firststeps;
      flowplan: typeof flowplan;
      flows: typeof flows;
      hours: typeof hours;
      intake: typeof intake;
      keys: typeof keys;
      merge: typeof merge;
      notices: typeof notices;
      operator: typeof operator;
      organisation: typeof organisation;
      presence: typeof presence;
      profile: typeof profile;
      search: typeof search;
      signinlog: typeof signinlog;
      simulator: typeof simulator;
      start: typeof start;
      surveys: typeof surveys;
      tags: typeof tags;
      team: typeof team;
      templates: typeof templates;
      timers: typeof timers;
      tokens: typeof tokens;
      voice: typeof voice;
    };
  }
}
