/**
 * Every place a person can be. Components ask here; no address is glued anywhere else. For which
 * account a tab speaks is `conta` in its address, kept from place to place by the router: two tabs
 * can be in two accounts, and a link leads into the account it was taken from.
 */
export const paths = {
  signIn: '/entrar',
  forgot: '/esqueci-a-senha',
  reset: '/nova-senha',
  invite: '/convite',
  unlock: '/desbloquear',
  inbox: '/atendimentos',
  ticket: '/atendimentos/$ticketId',
  contact: '/atendimentos/$ticketId/contato',
  contacts: '/contatos',
  newContact: '/contatos/novo',
  duplicates: '/contatos/duplicados',
  contactImports: '/contatos/importacoes',
  contactImport: '/contatos/importacoes/$importId',
  person: '/contatos/$contactId',
  profile: '/perfil',
  notices: '/perfil/avisos',
  settings: '/configuracoes',
  signInLog: '/configuracoes/usuarios/$memberId/entradas',
  channels: '/configuracoes/canais',
  newChannel: '/configuracoes/canais/novo',
  channel: '/configuracoes/canais/$channelId',
  members: '/configuracoes/usuarios',
  member: '/configuracoes/usuarios/$memberId',
  groups: '/configuracoes/grupos',
  newGroup: '/configuracoes/grupos/novo',
  group: '/configuracoes/grupos/$groupId',
  hours: '/configuracoes/horarios',
  followers: '/configuracoes/horarios/quem-segue',
  newPeriod: '/configuracoes/horarios/novo',
  period: '/configuracoes/horarios/$periodId',
  holidays: '/configuracoes/feriados',
  shifts: '/configuracoes/turnos',
  trial: '/configuracoes/testar-horarios',
  contactFields: '/configuracoes/campos-de-contato',
  contactGroups: '/configuracoes/grupos-de-contatos',
  networks: '/configuracoes/redes',
  security: '/configuracoes/seguranca',
  answers: '/configuracoes/respostas',
  newAnswer: '/configuracoes/respostas/nova',
  answer: '/configuracoes/respostas/$answerId',
  audit: '/configuracoes/auditoria',
  tokens: '/configuracoes/tokens',
  companies: '/configuracoes/empresas',
  newCompany: '/configuracoes/empresas/nova',
  company: '/configuracoes/empresas/$companyId',
  newBranch: '/configuracoes/empresas/$companyId/filiais/nova',
  branch: '/configuracoes/empresas/$companyId/filiais/$branchId',
  tags: '/configuracoes/etiquetas',
  departments: '/configuracoes/setores',
  newDepartment: '/configuracoes/setores/novo',
  department: '/configuracoes/setores/$departmentId',
  messages: '/configuracoes/mensagens',
  closing: '/configuracoes/encerramento',
  closingRules: '/configuracoes/encerramento/regras',
  newReason: '/configuracoes/encerramento/novo',
  reason: '/configuracoes/encerramento/$reasonId',
} as const;

/**
 * The door of another account. To be loaded, not navigated to: what a document keeps in memory
 * belongs to one account from its first moment to its last.
 */
export const accountHome = (slug: string) => `${paths.inbox}?conta=${encodeURIComponent(slug)}`;
