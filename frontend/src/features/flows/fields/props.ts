import type { Json, Settings } from '../model/document';
import type { Field } from '../model/palette';

/** One setting: what the table says of it, and what it is now. `scope` is the card type or section it belongs to. */
export type FieldProps = {
  field: Field;
  scope: string;
  value: Json | undefined;
  /** undefined: as if it had not been given. */
  onChange: (value: Json | undefined) => void;
  disabled: boolean;
  error?: string | undefined;
};

export type FormProps = {
  fields: Field[];
  scope: string;
  values: Settings;
  onChange: (name: string, value: Json | undefined) => void;
  disabled: boolean;
  /** What is wrong with one of them, in words. */
  wrong?: (name: string) => string | undefined;
};

export const textOf = (value: Json | undefined) => (typeof value === 'string' ? value : '');
export const listOf = <T extends Json>(value: Json | undefined) =>
  (Array.isArray(value) ? value : []) as T[];

/** As every control says it. */
export const withError = (error: string | undefined) => (error ? { error } : {});
