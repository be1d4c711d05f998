/** Message templates per WhatsApp account: what was approved, and what it looks like once its variables are filled. */
import { nodeId } from './ids.ts';
import { branch, isObject, type Json, type JsonObject, textOf } from './json.ts';

export const TEMPLATE_STATUSES = [
  'APPROVED', 'PENDING', 'REJECTED', 'PAUSED', 'DISABLED', 'IN_APPEAL', 'PENDING_DELETION', 'DELETED', 'LIMIT_EXCEEDED',
  'ARCHIVED',
] as const;

export type TemplateStatus = (typeof TEMPLATE_STATUSES)[number];

export type Template = {
  id: string;
  waba_id: string;
  name: string;
  language: string;
  category: string;
  status: TemplateStatus;
  parameter_format: 'POSITIONAL' | 'NAMED';
  components: JsonObject[];
};

export type TemplateDraft = Omit<Template, 'id' | 'status'> & { status?: TemplateStatus };

export class Templates {
  #templates = new Map<string, Template>();

  add(draft: TemplateDraft): Template {
    const template: Template = { status: 'PENDING', ...draft, id: nodeId() };
    this.#templates.set(template.id, template);
    return template;
  }

  get(id: string): Template | undefined {
    return this.#templates.get(id);
  }

  find(waba_id: string, name: string, language: string): Template | undefined {
    return this.of(waba_id).find((template) => template.name === name && template.language === language);
  }

  of(waba_id: string): Template[] {
    return [...this.#templates.values()].filter((template) => template.waba_id === waba_id);
  }

  remove(id: string): void {
    this.#templates.delete(id);
  }

  /** A new account has a few approved ones, so that a closed window is not a dead end. */
  stock(waba_id: string): void {
    if (this.of(waba_id).length > 0) return;
    for (const draft of FIRST_TEMPLATES) this.add({ ...draft, waba_id, status: 'APPROVED' });
  }

  clear(): void {
    this.#templates.clear();
  }
}

export function component(template: Template, type: string): JsonObject | undefined {
  return template.components.find((one) => String(one['type']).toUpperCase() === type);
}

/** `{{1}}`, `{{nome}}`: the names inside, in order of appearance and once each. */
export function variables(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1] ?? ''))];
}

/** What the phone shows for a template message that was accepted. */
export function fill(template: Template, sent: Json[]): JsonObject {
  const parameters = (type: string): JsonObject[] => {
    const one = sent.find((part) => isObject(part) && String(part['type']).toLowerCase() === type);
    const list = isObject(one) ? one['parameters'] : undefined;
    return Array.isArray(list) ? list.filter(isObject) : [];
  };
  const header = component(template, 'HEADER');
  const format = String(header?.['format'] ?? '').toUpperCase();
  const filled: JsonObject = { name: template.name, language: template.language };
  if (header && format === 'TEXT') {
    filled['header'] = { type: 'text', text: substitute(String(header['text'] ?? ''), parameters('header')) };
  } else if (header) {
    filled['header'] = parameters('header')[0] ?? { type: format.toLowerCase() };
  }
  filled['body'] = { text: substitute(String(component(template, 'BODY')?.['text'] ?? ''), parameters('body')) };
  const footer = textOf(component(template, 'FOOTER')?.['text']);
  if (footer !== undefined) filled['footer'] = { text: footer };
  const buttons = component(template, 'BUTTONS')?.['buttons'];
  if (Array.isArray(buttons)) filled['buttons'] = buttons.filter(isObject).map((button, at) => fillButton(button, at, sent));
  return filled;
}

function fillButton(button: JsonObject, at: number, sent: Json[]): JsonObject {
  const part = sent.find((one) => isObject(one) && String(one['type']) === 'button' && Number(one['index']) === at);
  const list = isObject(part) ? part['parameters'] : undefined;
  const parameter = Array.isArray(list) && isObject(list[0]) ? list[0] : {};
  const text = String(button['text'] ?? '');
  if (button['type'] === 'QUICK_REPLY') return { type: 'quick_reply', text, payload: textOf(parameter['payload']) ?? text };
  if (button['type'] === 'URL') {
    return { type: 'url', text, url: substitute(String(button['url'] ?? ''), [parameter]) };
  }
  return { type: String(button['type'] ?? '').toLowerCase(), text };
}

function substitute(text: string, parameters: JsonObject[]): string {
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => {
    const parameter = parameters.find((one) => one['parameter_name'] === name) ?? parameters[Number(name) - 1];
    return parameter ? parameterText(parameter) : whole;
  });
}

function parameterText(parameter: JsonObject): string {
  const fallback = textOf(branch(parameter, String(parameter['type']))['fallback_value']);
  return textOf(parameter['text']) ?? fallback ?? '';
}

const FIRST_TEMPLATES: Omit<TemplateDraft, 'waba_id'>[] = [
  {
    name: 'retomar_conversa', language: 'pt_BR', category: 'UTILITY', parameter_format: 'POSITIONAL',
    components: [
      { type: 'BODY', text: 'Olá, {{1}}. Podemos continuar a nossa conversa?', example: { body_text: [['Ana']] } },
      { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Podemos' }, { type: 'QUICK_REPLY', text: 'Agora não' }] },
    ],
  },
  {
    name: 'lembrete_fatura', language: 'pt_BR', category: 'UTILITY', parameter_format: 'NAMED',
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Fatura de {{mes}}', example: { header_text_named_params: [{ param_name: 'mes', example: 'maio' }] } },
      {
        type: 'BODY', text: 'Oi, {{nome}}. A sua fatura de {{valor}} vence em {{data}}, sem pressa.',
        example: {
          body_text_named_params: [
            { param_name: 'nome', example: 'Ana' }, { param_name: 'valor', example: 'R$ 99,90' }, { param_name: 'data', example: '10/05' },
          ],
        },
      },
      { type: 'FOOTER', text: 'Para não receber lembretes, responda PARAR.' },
      { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Ver fatura', url: 'https://fatura.example/{{1}}', example: ['abc'] }] },
    ],
  },
  {
    name: 'segunda_via', language: 'pt_BR', category: 'UTILITY', parameter_format: 'POSITIONAL',
    components: [
      { type: 'HEADER', format: 'DOCUMENT', example: { header_handle: ['4::aW'] } },
      { type: 'BODY', text: 'Segue a segunda via que você pediu.' },
      { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Recebi' }, { type: 'QUICK_REPLY', text: 'Preciso de ajuda' }] },
    ],
  },
  {
    name: 'oferta_do_dia', language: 'pt_BR', category: 'MARKETING', parameter_format: 'POSITIONAL',
    components: [
      { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::aW'] } },
      { type: 'BODY', text: 'Veja a oferta de hoje.' },
    ],
  },
  {
    name: 'visita_marcada', language: 'pt_BR', category: 'UTILITY', parameter_format: 'POSITIONAL',
    components: [
      { type: 'HEADER', format: 'LOCATION' },
      { type: 'BODY', text: 'Esperamos você, {{1}}.', example: { body_text: [['Ana']] } },
      { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Vou' }, { type: 'QUICK_REPLY', text: 'Não vou' }] },
    ],
  },
  {
    name: 'codigo_acesso', language: 'pt_BR', category: 'AUTHENTICATION', parameter_format: 'POSITIONAL',
    components: [
      { type: 'BODY', text: 'O seu código é {{1}}. Não o mostre a ninguém.', add_security_recommendation: true },
      { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE', text: 'Copiar código' }] },
    ],
  },
];
