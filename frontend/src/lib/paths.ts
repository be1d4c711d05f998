/**
 * Every place a person can be. Components ask here; no address is glued anywhere else. For which
 * account a tab speaks is `conta` in its address, kept from place to place by the router: two tabs
 * can be in two accounts, and a link leads into the account it was taken from.
 */
export const paths = {
  signIn: '/entrar',
  inbox: '/atendimentos',
  ticket: '/atendimentos/$ticketId',
  contact: '/atendimentos/$ticketId/contato',
  settings: '/configuracoes',
  channels: '/configuracoes/canais',
  newChannel: '/configuracoes/canais/novo',
  channel: '/configuracoes/canais/$channelId',
  departments: '/configuracoes/setores',
  reasons: '/configuracoes/motivos',
  messages: '/configuracoes/mensagens',
} as const;

/**
 * The door of another account. To be loaded, not navigated to: what a document keeps in memory
 * belongs to one account from its first moment to its last.
 */
export const accountHome = (slug: string) => `${paths.inbox}?conta=${encodeURIComponent(slug)}`;
