import type { TemplateShape } from './api';

type Variable = TemplateShape['variables'][number];
export type Values = Readonly<Record<string, string>>;

const MARK = /\{\{\s*(\w+)\s*\}\}/g;

/** A text of one place with its variables said: by what was given, else by the example, else as it stands. */
export const filled = (
  text: string,
  variables: readonly Variable[],
  place: Variable['place'],
  values: Values,
) =>
  text.replace(MARK, (mark, own: string) => {
    const found = variables.find((one) => one.place === place && one.own === own);
    return (found && (values[found.name] ?? '').trim()) || found?.example || mark;
  });

export const isWhole = ({ variables }: TemplateShape, values: Values) =>
  variables.every(({ name }) => (values[name] ?? '').trim() !== '');

/** As the API takes them. */
export const paramsOf = ({ variables }: TemplateShape, values: Values) =>
  variables.map(({ name }) => ({ name, value: (values[name] ?? '').trim() }));
