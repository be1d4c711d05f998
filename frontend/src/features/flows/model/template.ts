import { newId, type Json, type Settings } from './document';

/** What a card takes over from the template that it names. */
export type TemplateShape = {
  variables: readonly { name: string; example: string }[];
  buttons: readonly { kind: string; label: string }[];
};

export const TEMPLATE_CARD = 'interactive_template';

type Named = { name?: Json; value?: Json }[];
type Options = { id?: Json; label?: Json }[];

const STEM = 'op';

const labelsOf = ({ buttons }: TemplateShape) =>
  buttons.filter(({ kind }) => kind === 'quick_reply').map(({ label }) => label);

/** Its variables and answers; what was said of one that is called alike stays said, and so do its ways out. */
export function ofTemplate(
  shape: TemplateShape,
  settings: Settings,
): { params: Json | undefined; options: Json | undefined } {
  const given = (settings.params ?? []) as Named;
  const known = (settings.options ?? []) as Options;
  const taken = known.flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
  const params = shape.variables.map(({ name }) => ({
    name,
    value: given.find((one) => one.name === name)?.value ?? '',
  }));
  const options = labelsOf(shape).map((label, at) => {
    const same = known.find((one) => one.label === label);
    const id = typeof same?.id === 'string' ? same.id : newId(STEM, taken);
    taken.push(id);
    return { ...same, id, label, number: at + 1 };
  });
  return {
    params: params.length > 0 ? params : undefined,
    options: options.length > 0 ? options : undefined,
  };
}
