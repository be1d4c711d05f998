/** The business numbers of the lab: who may call the Graph API for them and where their webhooks go. */
import { isObject, type Json } from './json.ts';
import { Refusal } from './refusal.ts';

export type BusinessNumber = {
  phone_number_id: string;
  waba_id: string;
  display_phone_number: string;
  verified_name: string;
  access_token: string;
  app_secret: string;
  verify_token: string;
  callback_url: string;
  /** `v23.0`: some webhook fields depend on it. */
  api_version: string;
  /** Whether the callback answered the provider's challenge, for the address and token of now. */
  callback: 'unknown' | 'verified' | 'refused';
};

const FIELDS: { name: Exclude<keyof BusinessNumber, 'callback'>; otherwise?: string }[] = [
  { name: 'phone_number_id' },
  { name: 'waba_id' },
  { name: 'display_phone_number' },
  { name: 'verified_name', otherwise: '' },
  { name: 'access_token' },
  { name: 'app_secret' },
  { name: 'verify_token', otherwise: '' },
  { name: 'callback_url', otherwise: '' },
  { name: 'api_version', otherwise: 'v23.0' },
];

export class Numbers {
  #numbers = new Map<string, BusinessNumber>();

  /** Adds a number, or changes the members given of one that is known. */
  save(draft: Json): BusinessNumber {
    if (!isObject(draft)) throw new Refusal(400, 'a number is an object');
    const id = draft['phone_number_id'];
    const known = typeof id === 'string' ? this.#numbers.get(id) : undefined;
    const values = {} as Record<(typeof FIELDS)[number]['name'], string>;
    for (const { name, otherwise } of FIELDS) {
      const value = draft[name] ?? known?.[name] ?? otherwise;
      if (typeof value !== 'string' || (otherwise === undefined && value === '')) {
        throw new Refusal(400, `number: ${name} must be a text`);
      }
      values[name] = value;
    }
    if (!/^v\d+\.\d+$/.test(values.api_version)) throw new Refusal(400, 'number: api_version looks like v23.0');
    if (values.callback_url !== '' && !URL.canParse(values.callback_url)) throw new Refusal(400, 'number: callback_url');
    const same = known?.callback_url === values.callback_url && known.verify_token === values.verify_token;
    const number: BusinessNumber = { ...values, callback: same ? known.callback : 'unknown' };
    this.#numbers.set(number.phone_number_id, number);
    return number;
  }

  get(phone_number_id: string): BusinessNumber | undefined {
    return this.#numbers.get(phone_number_id);
  }

  list(): BusinessNumber[] {
    return [...this.#numbers.values()];
  }

  ofWaba(waba_id: string): BusinessNumber[] {
    return this.list().filter((number) => number.waba_id === waba_id);
  }

  ofToken(token: string): BusinessNumber[] {
    return this.list().filter((number) => number.access_token === token);
  }

  remove(phone_number_id: string): boolean {
    return this.#numbers.delete(phone_number_id);
  }

  clear(): void {
    this.#numbers.clear();
  }
}

/** The number as webhooks write it: digits only. The Graph API shows it as people do. */
export function digitsOf(number: BusinessNumber): string {
  return number.display_phone_number.replace(/\D/g, '');
}

/** What the page and the tests may see: the secrets are only recognisable. */
export function publicView(number: BusinessNumber): Json {
  const { access_token, app_secret, verify_token, callback_url, ...open } = number;
  return {
    ...open,
    access_token: redact(access_token),
    app_secret: redact(app_secret),
    verify_token: redact(verify_token),
    callback_url: redactUrl(callback_url),
  };
}

export function redact(secret: string): string {
  return secret.length < 12 ? '…' : `…${secret.slice(-4)}`;
}

/** The last step of a callback address is a credential too. */
export function redactUrl(url: string): string {
  if (!URL.canParse(url)) return '';
  const { origin, pathname } = new URL(url);
  const steps = pathname.split('/');
  const last = steps.pop() ?? '';
  return `${origin}${steps.join('/')}/${last === '' ? '' : redact(last)}`;
}
