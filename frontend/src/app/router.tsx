import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
  type RouterHistory,
} from '@tanstack/react-router';
import * as z from 'zod/mini';
import { auditSearch } from '@/features/audit/place';
import { meQuery } from '@/features/auth/api';
import { bookSearch } from '@/features/contacts/place';
import { placeSchema } from '@/features/inbox/place';
import { bringWords } from '@/lib/i18n';
import { BrokenScreen, LostScreen } from './edges';
import { SignedIn } from './SignedIn';
import { SignInScreen } from './SignInScreen';

type Context = { cache: QueryClient };

const root = createRootRouteWithContext<Context>()({ component: Outlet });

/** Only our own addresses: a link must not send people elsewhere after signing in. */
const ownPath = z.catch(z.optional(z.string().check(z.regex(/^\/(?!\/|\\)/))), undefined);

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/entrar',
  validateSearch: z.object({
    to: ownPath,
    ended: z.catch(z.optional(z.literal(true)), undefined),
    left: z.catch(z.optional(z.literal(true)), undefined),
  }),
  component: SignInScreen,
});

/** Who keeps the installation; nothing of an account is behind it. */
const operator = createRoute({
  getParentRoute: () => root,
  path: '/operator',
  beforeLoad: () => bringWords('operator'),
  component: lazyRouteComponent(() => import('@/features/operator/OperatorArea'), 'OperatorArea'),
});

const unlock = createRoute({
  getParentRoute: () => root,
  path: '/desbloquear',
  component: lazyRouteComponent(() => import('./UnlockScreen'), 'UnlockScreen'),
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/atendimentos', search: { tab: 'serving' } });
  },
});

/** Everything that needs a person. Without one, the door, and back here afterwards. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'in',
  component: SignedIn,
  validateSearch: z.object({ conta: z.catch(z.optional(z.coerce.string()), undefined) }),
  search: { middlewares: [retainSearchParams(['conta'])] },
  beforeLoad: async ({ context: { cache }, location }) => {
    const me = await cache.query({ ...meQuery, staleTime: 'static' }).catch(() => undefined);
    if (me === null) throw redirect({ to: '/entrar', search: { to: location.href } });
  },
});

const inbox = createRoute({
  getParentRoute: () => signedIn,
  path: '/atendimentos',
  validateSearch: placeSchema,
  component: lazyRouteComponent(() => import('./InboxScreen'), 'InboxScreen'),
});

const noTicket = createRoute({
  getParentRoute: () => inbox,
  path: '/',
  component: lazyRouteComponent(() => import('./InboxScreen'), 'NoTicketScreen'),
});

const ticket = createRoute({
  getParentRoute: () => inbox,
  path: '/$ticketId',
  component: Outlet,
});

const conversation = createRoute({
  getParentRoute: () => ticket,
  path: '/',
  component: lazyRouteComponent(() => import('./TicketScreen'), 'TicketScreen'),
});

const contact = createRoute({
  getParentRoute: () => ticket,
  path: '/contato',
  component: lazyRouteComponent(() => import('@/features/inbox/panel/ContactPage'), 'ContactPage'),
});

/* What colleagues say to one another. */

const chats = createRoute({
  getParentRoute: () => signedIn,
  path: '/chat',
  beforeLoad: () => bringWords('chat'),
  component: lazyRouteComponent(() => import('@/features/chat/ChatPage'), 'ChatPage'),
});

const noChat = createRoute({
  getParentRoute: () => chats,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/chat/ChatPage'), 'NoChatOpen'),
});

const chat = createRoute({
  getParentRoute: () => chats,
  path: '/$chatId',
  component: lazyRouteComponent(() => import('@/features/chat/ChatThread'), 'ChatThread'),
});

const internalGroups = createRoute({
  getParentRoute: () => settings,
  path: '/grupos-internos',
  beforeLoad: () => bringWords('chat'),
  component: lazyRouteComponent(() => import('@/features/chat/GroupsPage'), 'InternalGroupsPage'),
});

const noInternalGroup = createRoute({
  getParentRoute: () => internalGroups,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/chat/GroupsPage'), 'NoInternalGroupOpen'),
});

const newInternalGroup = createRoute({
  getParentRoute: () => internalGroups,
  path: '/novo',
  component: lazyRouteComponent(() => import('@/features/chat/GroupPage'), 'NewInternalGroup'),
});

const internalGroup = createRoute({
  getParentRoute: () => internalGroups,
  path: '/$groupId',
  component: lazyRouteComponent(() => import('@/features/chat/GroupPage'), 'InternalGroupPage'),
});

/* The address book. */

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

/* What the bot says. Of answers are the words of variables. */
const bringFlows = () =>
  Promise.all([bringWords('flows'), bringWords('answers'), bringWords('simulator')]);

const flows = createRoute({
  getParentRoute: () => signedIn,
  path: '/fluxos',
  beforeLoad: bringFlows,
  component: lazyRouteComponent(() => import('@/features/flows/FlowsPage'), 'FlowsPage'),
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

const team = createRoute({
  getParentRoute: () => signedIn,
  path: '/equipe',
  beforeLoad: () => bringWords('presence'),
  component: lazyRouteComponent(() => import('@/features/presence/TeamPage'), 'TeamPage'),
});

const profile = createRoute({
  getParentRoute: () => signedIn,
  path: '/perfil',
  beforeLoad: () => bringWords('profile'),
  component: lazyRouteComponent(() => import('@/features/profile/ProfilePage'), 'ProfilePage'),
});

const notices = createRoute({
  getParentRoute: () => signedIn,
  path: '/perfil/avisos',
  beforeLoad: () => bringWords('notices'),
  component: lazyRouteComponent(() => import('@/features/notices/NoticesPage'), 'NoticesPage'),
});

const keys = createRoute({
  getParentRoute: () => signedIn,
  path: '/perfil/atalhos',
  beforeLoad: () => bringWords('keys'),
  component: lazyRouteComponent(() => import('./KeysScreen'), 'KeysScreen'),
});

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: '/configuracoes',
  component: lazyRouteComponent(() => import('@/features/settings/SettingsPage'), 'SettingsPage'),
});

const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/settings/SettingsPage'), 'SettingsHome'),
});

const channels = createRoute({
  getParentRoute: () => settings,
  path: '/canais',
  beforeLoad: () => bringWords('channels'),
  component: lazyRouteComponent(() => import('@/features/channels/ChannelsPage'), 'ChannelsPage'),
});

const noChannel = createRoute({
  getParentRoute: () => channels,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/channels/ChannelsPage'), 'NoChannelOpen'),
});

const newChannel = createRoute({
  getParentRoute: () => channels,
  path: '/novo',
  component: lazyRouteComponent(() => import('@/features/channels/NewChannel'), 'NewChannel'),
});

const channel = createRoute({
  getParentRoute: () => channels,
  path: '/$channelId',
  validateSearch: z.object({ step: z.catch(z.optional(z.number()), undefined) }),
  component: lazyRouteComponent(() => import('@/features/channels/ChannelPage'), 'ChannelPage'),
});

/* Organisation: companies, departments, and what the account says by itself. */

const companies = createRoute({
  getParentRoute: () => settings,
  path: '/empresas',
  beforeLoad: () => bringWords('organisation'),
  component: lazyRouteComponent(
    () => import('@/features/organisation/CompaniesPage'),
    'CompaniesPage',
  ),
});

const noCompany = createRoute({
  getParentRoute: () => companies,
  path: '/',
  component: lazyRouteComponent(
    () => import('@/features/organisation/CompaniesPage'),
    'NoCompanyOpen',
  ),
});

const newCompany = createRoute({
  getParentRoute: () => companies,
  path: '/nova',
  component: lazyRouteComponent(() => import('@/features/organisation/CompanyPage'), 'NewCompany'),
});

const company = createRoute({
  getParentRoute: () => companies,
  path: '/$companyId',
  component: lazyRouteComponent(() => import('@/features/organisation/CompanyPage'), 'CompanyPage'),
});

const newBranch = createRoute({
  getParentRoute: () => companies,
  path: '/$companyId/filiais/nova',
  component: lazyRouteComponent(() => import('@/features/organisation/BranchPage'), 'NewBranch'),
});

const branch = createRoute({
  getParentRoute: () => companies,
  path: '/$companyId/filiais/$branchId',
  component: lazyRouteComponent(() => import('@/features/organisation/BranchPage'), 'BranchPage'),
});

const departments = createRoute({
  getParentRoute: () => settings,
  path: '/setores',
  beforeLoad: () => bringWords('organisation'),
  component: lazyRouteComponent(
    () => import('@/features/organisation/DepartmentsPage'),
    'DepartmentsPage',
  ),
});

const noDepartment = createRoute({
  getParentRoute: () => departments,
  path: '/',
  component: lazyRouteComponent(
    () => import('@/features/organisation/DepartmentsPage'),
    'NoDepartmentOpen',
  ),
});

const newDepartment = createRoute({
  getParentRoute: () => departments,
  path: '/novo',
  component: lazyRouteComponent(
    () => import('@/features/organisation/DepartmentPage'),
    'NewDepartment',
  ),
});

const department = createRoute({
  getParentRoute: () => departments,
  path: '/$departmentId',
  component: lazyRouteComponent(
    () => import('@/features/organisation/DepartmentPage'),
    'DepartmentPage',
  ),
});

const messages = createRoute({
  getParentRoute: () => settings,
  path: '/mensagens',
  beforeLoad: () => bringWords('organisation'),
  component: lazyRouteComponent(
    () => import('@/features/organisation/MessagesPage'),
    'MessagesPage',
  ),
});

/* Of organisation are the words of text fields and of putting in order. */
const bringTimers = () => Promise.all([bringWords('timers'), bringWords('organisation')]);

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

const closing = createRoute({
  getParentRoute: () => settings,
  path: '/encerramento',
  beforeLoad: () => bringWords('organisation'),
  component: lazyRouteComponent(() => import('@/features/organisation/ClosingPage'), 'ClosingPage'),
});

const noReason = createRoute({
  getParentRoute: () => closing,
  path: '/',
  component: lazyRouteComponent(
    () => import('@/features/organisation/ClosingPage'),
    'NoReasonOpen',
  ),
});

const closingRules = createRoute({
  getParentRoute: () => closing,
  path: '/regras',
  component: lazyRouteComponent(
    () => import('@/features/organisation/ClosingRules'),
    'ClosingRules',
  ),
});

const newReason = createRoute({
  getParentRoute: () => closing,
  path: '/novo',
  component: lazyRouteComponent(() => import('@/features/organisation/ReasonPage'), 'NewReason'),
});

const reason = createRoute({
  getParentRoute: () => closing,
  path: '/$reasonId',
  component: lazyRouteComponent(() => import('@/features/organisation/ReasonPage'), 'ReasonPage'),
});

const breaks = createRoute({
  getParentRoute: () => settings,
  path: '/pausas',
  beforeLoad: () => bringWords('presence'),
  component: lazyRouteComponent(() => import('@/features/presence/BreaksPage'), 'BreaksPage'),
});

const answers = createRoute({
  getParentRoute: () => settings,
  path: '/respostas',
  beforeLoad: () => bringWords('answers'),
  component: lazyRouteComponent(() => import('@/features/answers/AnswersPage'), 'AnswersPage'),
});

const noAnswer = createRoute({
  getParentRoute: () => answers,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/answers/AnswersPage'), 'NoAnswerOpen'),
});

const newAnswer = createRoute({
  getParentRoute: () => answers,
  path: '/nova',
  component: lazyRouteComponent(() => import('@/features/answers/AnswerPage'), 'NewAnswer'),
});

const answer = createRoute({
  getParentRoute: () => answers,
  path: '/$answerId',
  component: lazyRouteComponent(() => import('@/features/answers/AnswerPage'), 'AnswerPage'),
});

const tags = createRoute({
  getParentRoute: () => settings,
  path: '/etiquetas',
  beforeLoad: () => bringWords('tags'),
  component: lazyRouteComponent(() => import('@/features/tags/TagsPage'), 'TagsPage'),
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

/* People: who works here, what they may do, where they come from. */

const members = createRoute({
  getParentRoute: () => settings,
  path: '/usuarios',
  beforeLoad: () => bringWords('team'),
  component: lazyRouteComponent(() => import('@/features/team/MembersPage'), 'MembersPage'),
});

const noMember = createRoute({
  getParentRoute: () => members,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/team/MembersPage'), 'NoMemberOpen'),
});

const member = createRoute({
  getParentRoute: () => members,
  path: '/$memberId',
  component: lazyRouteComponent(() => import('@/features/team/MemberPage'), 'MemberPage'),
});

const groups = createRoute({
  getParentRoute: () => settings,
  path: '/grupos',
  beforeLoad: () => bringWords('team'),
  component: lazyRouteComponent(() => import('@/features/team/GroupsPage'), 'GroupsPage'),
});

const noGroup = createRoute({
  getParentRoute: () => groups,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/team/GroupsPage'), 'NoGroupOpen'),
});

const newGroup = createRoute({
  getParentRoute: () => groups,
  path: '/novo',
  component: lazyRouteComponent(() => import('@/features/team/GroupPage'), 'NewGroup'),
});

const group = createRoute({
  getParentRoute: () => groups,
  path: '/$groupId',
  component: lazyRouteComponent(() => import('@/features/team/GroupPage'), 'GroupPage'),
});

const networks = createRoute({
  getParentRoute: () => settings,
  path: '/redes',
  beforeLoad: () => bringWords('team'),
  component: lazyRouteComponent(() => import('@/features/team/NetworksPage'), 'NetworksPage'),
});

const security = createRoute({
  getParentRoute: () => settings,
  path: '/seguranca',
  beforeLoad: () => bringWords('team'),
  component: lazyRouteComponent(() => import('@/features/team/SecurityPage'), 'SecurityPage'),
});

const audit = createRoute({
  getParentRoute: () => settings,
  path: '/auditoria',
  validateSearch: auditSearch,
  beforeLoad: () => bringWords('audit'),
  component: lazyRouteComponent(() => import('@/features/audit/AuditPage'), 'AuditPage'),
});

const tokens = createRoute({
  getParentRoute: () => settings,
  path: '/tokens',
  beforeLoad: () => bringWords('tokens'),
  component: lazyRouteComponent(() => import('@/features/tokens/TokensPage'), 'TokensPage'),
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

/* When somebody is there. */

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

/* For whoever comes by a mailed link, or cannot come in. */

const invite = createRoute({
  getParentRoute: () => root,
  path: '/convite',
  beforeLoad: () => bringWords('team'),
  component: lazyRouteComponent(() => import('./InviteScreen'), 'InviteScreen'),
});

const forgot = createRoute({
  getParentRoute: () => root,
  path: '/esqueci-a-senha',
  beforeLoad: () => bringWords('team'),
  component: lazyRouteComponent(() => import('@/features/team/ForgotPassword'), 'ForgotPassword'),
});

const reset = createRoute({
  getParentRoute: () => root,
  path: '/nova-senha',
  beforeLoad: () => bringWords('team'),
  component: lazyRouteComponent(() => import('@/features/team/ResetPassword'), 'ResetPassword'),
});

const confirmEmail = createRoute({
  getParentRoute: () => root,
  path: '/confirmar-email',
  beforeLoad: () => bringWords('team'),
  component: lazyRouteComponent(() => import('@/features/team/EmailLink'), 'ConfirmEmail'),
});

const undoEmail = createRoute({
  getParentRoute: () => root,
  path: '/desfazer-email',
  beforeLoad: () => bringWords('team'),
  component: lazyRouteComponent(() => import('@/features/team/EmailLink'), 'UndoEmail'),
});

const signInLog = createRoute({
  getParentRoute: () => members,
  path: '/$memberId/entradas',
  beforeLoad: () => bringWords('signinlog'),
  component: lazyRouteComponent(
    () => import('@/features/signin-log/SignInLogPage'),
    'SignInLogPage',
  ),
});

const tree = root.addChildren([
  signIn,
  operator,
  invite,
  forgot,
  reset,
  confirmEmail,
  undoEmail,
  unlock,
  home,
  signedIn.addChildren([
    inbox.addChildren([noTicket, ticket.addChildren([conversation, contact])]),
    contacts.addChildren([noContact, newContact, duplicates, imports, openImport, exports, person]),
    chats.addChildren([noChat, chat]),
    flows,
    flow.addChildren([
      flowCard,
      flowSettings,
      flowFindings,
      flowVersions,
      flowStarts,
      flowSimulator,
    ]),
    flowResults,
    team,
    profile,
    notices,
    keys,
    settings.addChildren([
      settingsHome,
      companies.addChildren([noCompany, newCompany, company, newBranch, branch]),
      departments.addChildren([noDepartment, newDepartment, department]),
      messages,
      transfer,
      idle,
      policies.addChildren([noPolicy, newPolicy, policy]),
      breaks,
      closing.addChildren([noReason, closingRules, newReason, reason]),
      channels.addChildren([noChannel, newChannel, channel]),
      answers.addChildren([noAnswer, newAnswer, answer]),
      members.addChildren([noMember, member, signInLog]),
      groups.addChildren([noGroup, newGroup, group]),
      internalGroups.addChildren([noInternalGroup, newInternalGroup, internalGroup]),
      tags,
      distribution.addChildren([noDistribution, distributionOf]),
      hours.addChildren([hoursHome, followers, newPeriod, period]),
      holidays,
      shifts,
      trial,
      contactRules,
      terms,
      contactFields,
      contactGroups,
      networks,
      security,
      audit,
      tokens,
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
