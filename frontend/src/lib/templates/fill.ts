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

/** What its header is that has to be sent along, and what of that the network takes. */
const ACCEPTED = {
  image: 'image/jpeg,image/png',
  video: 'video/mp4,video/3gpp',
  document: undefined,
} as const;

export type FileKind = keyof typeof ACCEPTED;

export const fileOf = ({ header }: TemplateShape): FileKind | undefined =>
  header && header.kind in ACCEPTED ? (header.kind as FileKind) : undefined;

export const acceptedOf = (kind: FileKind) => ACCEPTED[kind];

/** What the map of a header is called. */
export const placeOf = (values: Values) =>
  ['header.name', 'header.address']
    .map((name) => (values[name] ?? '').trim())
    .filter(Boolean)
    .join(', ');

/** Decimal degrees: as far as the poles, and once around. */
const DEGREES_MOST: Record<string, number> = { latitude: 90, longitude: 180 };

/** Whether it may be said there: degrees are figures, all else is anything. */
export const fits = ({ place, own }: Variable, value: string) => {
  const most = place === 'location' ? DEGREES_MOST[own] : undefined;
  return most === undefined || (/^-?\d+(\.\d+)?$/.test(value) && Math.abs(Number(value)) <= most);
};

export const isWhole = ({ variables }: TemplateShape, values: Values) =>
  variables.every((one) => {
    const value = (values[one.name] ?? '').trim();
    return value !== '' && fits(one, value);
  });

/** As the API takes them. */
export const paramsOf = ({ variables }: TemplateShape, values: Values) =>
  variables.map(({ name }) => ({ name, value: (values[name] ?? '').trim() }));
