import type { Schema } from '@/api/client';

/** Things as the server would tell them, with one line changed where a test cares. */
const NOON = '2026-11-20T15:00:00.000Z';

export const minutesAgo = (minutes: number) =>
  new Date(Date.now() - minutes * 60_000).toISOString();

type Account = Schema['Me']['accounts'][number];

const EVERYTHING = [
  'tickets.view',
  'tickets.reply',
  'tickets.whisper',
  'messages.template',
  'tickets.pick',
  'tickets.take_over',
  'tickets.transfer',
  'tickets.close',
  'tickets.reopen',
  'tickets.classify',
  'tickets.tag',
  'tickets.snooze',
  'tags.create',
  'contacts.view',
  'contacts.edit',
  'departments.view',
  'channels.view',
  'channels.manage',
  'channels.secrets',
];

export const me = (account: Partial<Account> = {}): Schema['Me'] => ({
  person: {
    id: 70,
    email: 'ana@redepinhao.exemplo',
    name: 'Ana Lopes',
    locale: 'pt-BR',
    theme: 'light',
    enter_sends: true,
    plays_sound: false,
    density: 'comfortable',
    keys: [],
  },
  accounts: [
    {
      id: 1,
      name: 'Rede Pinhão',
      slug: 'rede-pinhao',
      locale: 'pt-BR',
      time_zone: 'America/Sao_Paulo',
      member_id: 7,
      display_name: 'Ana Lopes',
      photo_id: null,
      group: { id: 2, name: 'administrator', builtin: 'administrator' },
      scope: 'account',
      masks: 0,
      permissions: EVERYTHING,
      ...account,
    },
  ],
});

export const without = (...permissions: string[]) => ({
  permissions: EVERYTHING.filter((each) => !permissions.includes(each)),
});

export const catalogue = (
  change: Partial<Schema['AccountCatalogue']> = {},
): Schema['AccountCatalogue'] => ({
  id: 1,
  name: 'Rede Pinhão',
  locale: 'pt-BR',
  time_zone: 'America/Sao_Paulo',
  currency: 'BRL',
  lab_url: null,
  as_of: NOON,
  departments: [
    {
      id: 1,
      name: 'Suporte',
      description: '',
      color: 'blue',
      is_active: true,
      serves: true,
      waiting: 2,
      hours: { is_open: true, opens_at: null, closes_at: null },
    },
    {
      id: 2,
      name: 'Comercial',
      description: '',
      color: 'green',
      is_active: true,
      serves: true,
      waiting: 0,
      hours: { is_open: true, opens_at: null, closes_at: null },
    },
  ],
  members: [
    {
      id: 7,
      display_name: 'Ana Lopes',
      photo_id: null,
      is_agent: true,
      is_active: true,
      department_ids: [1],
      serving: 1,
    },
    {
      id: 8,
      display_name: 'Diego Prates',
      photo_id: null,
      is_agent: true,
      is_active: true,
      department_ids: [1],
      serving: 0,
    },
  ],
  channels: [
    { id: 1, kind: 'whatsapp_cloud', name: 'Suporte', is_active: true, state: 'connected' },
    { id: 2, kind: 'webchat', name: 'Chat do site', is_active: true, state: 'connected' },
  ],
  channel_kinds: [
    {
      kind: 'whatsapp_cloud',
      text_max: 4096,
      caption_max: 1024,
      window_hours: 24,
      edit_minutes: 0,
      delete_minutes: 0,
      shows_typing: true,
      takes_reactions: true,
      takes_voice: true,
      reaches: ['phone', 'whatsapp_user'],
      media: [
        { kind: 'image', mimes: ['image/jpeg', 'image/png'], max_bytes: 5_000_000 },
        { kind: 'document', mimes: ['application/pdf'], max_bytes: 100_000_000 },
      ],
    },
    {
      kind: 'webchat',
      text_max: 20,
      caption_max: 20,
      window_hours: null,
      edit_minutes: 60,
      delete_minutes: 2880,
      shows_typing: true,
      takes_reactions: false,
      takes_voice: true,
      reaches: ['visitor', 'external'],
      media: [{ kind: 'document', mimes: [], max_bytes: 1000 }],
    },
  ],
  closing: { text: '', requires_reason: true },
  close_reasons: [
    {
      id: 1,
      name: 'Resolvido',
      message: 'Obrigada, {{contact.first_name}}. Protocolo {{ticket.protocol}}.',
      forces_message: false,
      is_active: true,
    },
    { id: 2, name: 'Sem resposta', message: '', forces_message: false, is_active: true },
  ],
  tags: [
    { id: 1, name: 'boleto', color: 'warn', description: '', is_active: true },
    { id: 2, name: 'fibra', color: 'ok', description: '', is_active: true },
  ],
  ticket_types: [{ id: 1, name: 'Dúvida', is_active: true }],
  ...change,
});

export const aTicket = (change: Partial<Schema['Ticket']> = {}): Schema['Ticket'] => ({
  id: 5,
  protocol: '20261120-0005',
  state: 'serving',
  controller: 'user',
  priority: 'normal',
  channel_id: 1,
  department_id: 1,
  assignee_id: 7,
  contact: { id: 50, name: 'Marina Alves', address: '+5549988412076' },
  unread_count: 0,
  last_seq: 2,
  last: {
    kind: 'text',
    direction: 'in',
    state: 'received',
    preview: 'Oi, tudo bem?',
    author_kind: 'contact',
    author_id: null,
  },
  last_activity_at: minutesAgo(5),
  last_inbound_at: minutesAgo(5),
  last_outbound_at: null,
  window_ends_at: minutesAgo(-600),
  opened_at: minutesAgo(60),
  queued_at: minutesAgo(59),
  assigned_at: minutesAgo(30),
  closed_at: null,
  closed_by: null,
  reason_id: null,
  type_id: null,
  tag_ids: [],
  snoozed_until: null,
  woken_at: null,
  taken_from_id: null,
  out_of_hours_at: null,
  origin: null,
  merged_into: null,
  merged_ids: [],
  sla: null,
  ...change,
});

export const aMessage = (change: Partial<Schema['Message']> = {}): Schema['Message'] => ({
  ticket_id: 5,
  seq: 1,
  created_at: minutesAgo(10),
  provider_at: null,
  direction: 'in',
  author_kind: 'contact',
  author_id: null,
  kind: 'text',
  text: 'Oi, tudo bem?',
  detail: null,
  reactions: [],
  quoted_seq: null,
  attachments: [],
  state: 'received',
  error_code: null,
  error_slug: null,
  client_key: null,
  edited_at: null,
  deleted_at: null,
  tag_ids: [],
  ...change,
});

export const aReply = (change: Partial<Schema['Message']> = {}) =>
  aMessage({
    direction: 'out',
    author_kind: 'member',
    author_id: 7,
    state: 'delivered',
    ...change,
  });

export const anAttachment = (change: Partial<Schema['Attachment']> = {}): Schema['Attachment'] => ({
  id: 90,
  state: 'ready',
  kind: 'document',
  mime: 'application/pdf',
  filename: 'laudo.pdf',
  size_bytes: 1200,
  error_slug: null,
  created_at: minutesAgo(10),
  ...change,
});

export const aChannel = (change: Partial<Schema['Channel']> = {}): Schema['Channel'] => ({
  id: 1,
  kind: 'whatsapp_cloud',
  name: 'Suporte',
  department_id: 1,
  is_active: true,
  state: 'new',
  state_reason: null,
  welcome_text: '',
  settings: { phone_number_id: '123' },
  secrets_set: [],
  hook_url: 'https://atende.exemplo/hooks/abc',
  verify_token: 'verifique',
  public_key: 'publica',
  last_event_at: null,
  created_at: NOON,
  ...change,
});

export const aProblem = (slug: string, status: number, more: Partial<Schema['Problem']> = {}) => ({
  type: 'about:blank',
  title: slug,
  status,
  slug,
  request_id: 'pedido-1',
  ...more,
});
