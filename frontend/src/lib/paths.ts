/** Every place a person can be. Components ask here; no address is glued anywhere else. */
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
