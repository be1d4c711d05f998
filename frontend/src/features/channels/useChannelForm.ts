import { useForm } from '@mantine/form';
import { useState } from 'react';
import { asRefusal } from '@/api/refusal';
import { sayRefusal } from '@/lib/refusal';
import {
  useEditChannel,
  useSetSecrets,
  type Channel,
  type ChannelChange,
  type ChannelSecrets,
  type ChannelSettings,
} from './api';

export type Prechat = 'no' | 'optional' | 'required';

/** Everything a channel's form can hold, flat, as hands type it. */
export type ChannelValues = {
  name: string;
  department_id: string;
  is_active: boolean;
  welcome_text: string;
  phone_number_id: string;
  waba_id: string;
  display_phone_number: string;
  api_version: string;
  base_url: string;
  color: string;
  greeting: string;
  locale: string;
  origins: string;
  prechat_name: Prechat;
  prechat_email: Prechat;
  prechat_phone: Prechat;
  access_token: string;
  app_secret: string;
  identity_key: string;
};

export type FieldName = keyof ChannelValues;

const OWN = ['name', 'department_id', 'is_active', 'welcome_text'] as const;
const TEXT_SETTINGS = [
  'phone_number_id',
  'waba_id',
  'display_phone_number',
  'api_version',
  'base_url',
  'color',
  'greeting',
  'locale',
] as const;
const SECRETS = ['access_token', 'app_secret', 'identity_key'] as const;
const PRECHAT = ['name', 'email', 'phone'] as const;

export const DEFAULT_COLOUR = '#2B50C4';

function valuesOf(channel: Channel): ChannelValues {
  const { settings } = channel;
  const asked = (field: (typeof PRECHAT)[number]): Prechat => {
    const rule = settings.prechat?.find(({ name }) => name === field);
    return rule ? (rule.required ? 'required' : 'optional') : 'no';
  };
  return {
    name: channel.name,
    department_id: String(channel.department_id),
    is_active: channel.is_active,
    welcome_text: channel.welcome_text,
    phone_number_id: settings.phone_number_id ?? '',
    waba_id: settings.waba_id ?? '',
    display_phone_number: settings.display_phone_number ?? '',
    api_version: settings.api_version ?? '',
    base_url: settings.base_url ?? '',
    color: settings.color ?? DEFAULT_COLOUR,
    greeting: settings.greeting ?? '',
    locale: settings.locale ?? 'pt-BR',
    origins: (settings.origins ?? []).join('\n'),
    prechat_name: asked('name'),
    prechat_email: asked('email'),
    prechat_phone: asked('phone'),
    access_token: '',
    app_secret: '',
    identity_key: '',
  };
}

/** Only what changed travels; the server merges settings by member. */
function changeOf(before: ChannelValues, after: ChannelValues): ChannelChange {
  const changed = (name: FieldName) => before[name] !== after[name];
  const settings: ChannelSettings = {};

  for (const name of TEXT_SETTINGS) if (changed(name)) settings[name] = after[name].trim();
  if (changed('origins')) settings.origins = after.origins.split(/\s+/).filter(Boolean);
  if (PRECHAT.some((name) => changed(`prechat_${name}`))) {
    settings.prechat = PRECHAT.filter((name) => after[`prechat_${name}`] !== 'no').map((name) => ({
      name,
      required: after[`prechat_${name}`] === 'required',
    }));
  }

  return {
    ...(changed('name') ? { name: after.name.trim() } : {}),
    ...(changed('department_id') ? { department_id: Number(after.department_id) } : {}),
    ...(changed('is_active') ? { is_active: after.is_active } : {}),
    ...(changed('welcome_text') ? { welcome_text: after.welcome_text } : {}),
    ...(Object.keys(settings).length > 0 ? { settings } : {}),
  };
}

/** What was typed: an empty field keeps the secret that is there. */
function secretsOf(values: ChannelValues): ChannelSecrets {
  const typed = SECRETS.filter((name) => values[name] !== '');
  return Object.fromEntries(typed.map((name) => [name, values[name].trim()]));
}

const isEmpty = (body: object) => Object.keys(body).length === 0;

const NAMES = new Set<string>([...OWN, ...TEXT_SETTINGS, ...SECRETS, 'origins']);

/** `settings.phone_number_id` and `phone_number_id` are the same input here. */
function fieldOf(told: string | undefined) {
  const last = told?.split('.').findLast((part) => NAMES.has(part));
  return last as FieldName | undefined;
}

export type ChannelForm = ReturnType<typeof useChannelForm>;

export function useChannelForm(channel: Channel) {
  const edit = useEditChannel(channel.id);
  const seal = useSetSecrets(channel.id);
  const [saved, setSaved] = useState(() => valuesOf(channel));
  const form = useForm<ChannelValues>({ initialValues: saved });

  const names = Object.keys(saved) as FieldName[];
  const changes = names.filter((name) => saved[name] !== form.values[name]).length;

  const discard = () => {
    form.setValues(saved);
    form.clearErrors();
    edit.reset();
    seal.reset();
  };

  /** The server's word on it is what counts as saved; secrets that are typed still have to go. */
  const keep = (stored: Channel, typed: Partial<ChannelValues>) => {
    const values = valuesOf(stored);
    setSaved(values);
    form.setValues({ ...values, ...typed });
  };

  /**
   * True when everything is on the server, or nothing had to go. Secrets go last: whoever closes the
   * question that they ask has saved the rest.
   */
  const save = async (): Promise<boolean> => {
    const change = changeOf(saved, form.values);
    const secrets = secretsOf(form.values);
    seal.reset();
    try {
      if (!isEmpty(change)) keep(await edit.mutateAsync(change), secrets);
      if (!isEmpty(secrets)) keep(await seal.mutateAsync(secrets), {});
      return true;
    } catch (thrown) {
      const refusal = asRefusal(thrown);
      const field = fieldOf(refusal.field);
      if (field) {
        form.setFieldError(field, sayRefusal(refusal));
        edit.reset();
        seal.reset();
      }
      return false;
    }
  };

  return {
    values: form.values,
    input: form.getInputProps,
    check: (name: FieldName) => form.getInputProps(name, { type: 'checkbox' }),
    set: form.setFieldValue,
    changes,
    saving: edit.isPending || seal.isPending,
    error: edit.error ?? seal.error,
    save,
    discard,
  };
}
