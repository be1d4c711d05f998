/** A template message against the template it names: it must exist, be approved, and get exactly its variables. */
import type { Media } from '../../media/store.ts';
import { component, type Template, type Templates, variables } from '../../templates.ts';
import { GraphRefusal } from '../errors.ts';
import type { Param } from '../param.ts';
import { checkMedia } from './media.ts';

const TEXT_MAX = 1024;
const NAME_MAX = 512;
const PARTS_MAX = 12;
const PARAMETERS_MAX = 100;

export function checkTemplate(param: Param, waba_id: string, templates: Templates, find: (id: string) => Media | undefined): Template {
  const name = param.get('name').text(NAME_MAX);
  const language = param.get('language').get('code').text(10);
  const template = templates.find(waba_id, name, language);
  if (!template || template.status === 'DELETED' || template.status === 'PENDING') {
    throw new GraphRefusal(132001, `template name (${name}) does not exist in ${language}`);
  }
  if (template.status === 'PAUSED') throw new GraphRefusal(132015, `template (${name}) is paused due to low quality`);
  if (template.status !== 'APPROVED') throw new GraphRefusal(132016, `template (${name}) is ${template.status}`);

  const parts = param.get('components').optional?.list(0, PARTS_MAX) ?? [];
  const ofType = (type: string): Param[] =>
    parts.filter((part) => part.get('type').oneOf(['header', 'body', 'button', 'footer']) === type);
  checkHeader(template, ofType('header')[0], find);
  checkTexts(template, 'BODY', ofType('body')[0]);
  checkButtons(template, ofType('button'));
  return template;
}

function checkHeader(template: Template, part: Param | undefined, find: (id: string) => Media | undefined): void {
  const header = component(template, 'HEADER');
  const format = String(header?.['format'] ?? '').toLowerCase();
  if (header && format !== 'text') {
    const parameter = parametersOf(part)[0];
    if (!parameter) throw new GraphRefusal(132012, `header: Format mismatch, expected ${format.toUpperCase()}, received UNKNOWN`);
    parameter.get('type').oneOf([format], 132012);
    if (format === 'location') checkPlace(parameter.get('location'));
    else checkMedia(format as 'image' | 'video' | 'document', parameter.get(format), find);
    return;
  }
  checkTexts(template, 'HEADER', part);
}

/** All four: a template has none of them itself. */
function checkPlace(location: Param): void {
  location.get('latitude').number(-90, 90);
  location.get('longitude').number(-180, 180);
  for (const words of ['name', 'address']) location.get(words).text(TEXT_MAX);
}

function checkTexts(template: Template, type: 'HEADER' | 'BODY', part: Param | undefined): void {
  const expected = variables(String(component(template, type)?.['text'] ?? ''));
  const given = parametersOf(part);
  if (given.length !== expected.length) {
    throw new GraphRefusal(
      132000,
      `${type.toLowerCase()}: number of localizable_params (${given.length}) does not match the expected number of params (${expected.length})`,
    );
  }
  for (const parameter of given) {
    const kind = parameter.get('type').oneOf(['text', 'currency', 'date_time'], 132012);
    if (kind === 'text') parameter.get('text').text(TEXT_MAX, 132005);
    else parameter.get(kind).get('fallback_value').text(TEXT_MAX);
    if (template.parameter_format === 'NAMED') {
      const name = parameter.get('parameter_name').text(NAME_MAX);
      if (!expected.includes(name)) throw new GraphRefusal(132018, `parameter_name ${name} is not in the template`);
    }
  }
}

function checkButtons(template: Template, parts: Param[]): void {
  const list = component(template, 'BUTTONS')?.['buttons'];
  const buttons = Array.isArray(list) ? list : [];
  for (const part of parts) {
    part.get('sub_type').oneOf(['quick_reply', 'url', 'catalog', 'flow', 'copy_code']);
    const index = part.get('index').number(0, 9);
    if (buttons[index] === undefined) throw part.get('index').wrong('is not a button of the template');
    part.get('parameters').list(1, 1);
  }
  buttons.forEach((button, index) => {
    const url = typeof button === 'object' && button !== null && !Array.isArray(button) ? button['url'] : undefined;
    const isDynamic = typeof url === 'string' && variables(url).length > 0;
    if (isDynamic && !parts.some((part) => Number(part.get('index').value) === index)) {
      throw new GraphRefusal(131008, `buttons: Button at index ${index} of type Url requires a parameter`);
    }
  });
}

function parametersOf(part: Param | undefined): Param[] {
  return part?.get('parameters').optional?.list(0, PARAMETERS_MAX) ?? [];
}
