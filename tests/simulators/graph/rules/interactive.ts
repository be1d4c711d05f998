/** Messages with something to press: a row per kind, with the lengths and counts of the provider. */
import type { Media } from '../../media/store.ts';
import { type Param, requireUnique } from '../param.ts';
import { checkMedia } from './media.ts';

const BODY_MAX = 1024;
const LIST_BODY_MAX = 4096;
const HEADER_MAX = 60;
const FOOTER_MAX = 60;

const BUTTONS_MAX = 3;
const BUTTON_TITLE_MAX = 20;
const BUTTON_ID_MAX = 256;

const LIST_BUTTON_MAX = 20;
const SECTIONS_MAX = 10;
const SECTION_TITLE_MAX = 24;
/** In the whole list, not per section. */
const ROWS_MAX = 10;
const ROW_ID_MAX = 200;
const ROW_TITLE_MAX = 24;
const ROW_DESCRIPTION_MAX = 72;

const URL_MAX = 2000;
const REFERENCE_MAX = 35;

type Finder = (media_id: string) => Media | undefined;
type Kind = { body: number; headers: string[]; action: (action: Param) => void };

const KINDS: Record<string, Kind> = {
  button: { body: BODY_MAX, headers: ['text', 'image', 'video', 'document'], action: checkButtons },
  list: { body: LIST_BODY_MAX, headers: ['text'], action: checkList },
  cta_url: { body: BODY_MAX, headers: ['text', 'image', 'video', 'document'], action: checkCallToAction },
  location_request_message: { body: BODY_MAX, headers: [], action: (action) => void action.get('name').oneOf(['send_location']) },
  order_details: { body: BODY_MAX, headers: ['text', 'image', 'video', 'document'], action: checkOrderDetails },
  order_status: { body: BODY_MAX, headers: [], action: checkOrderStatus },
};

export function checkInteractive(interactive: Param, find: Finder): void {
  const kind = KINDS[interactive.get('type').oneOf(Object.keys(KINDS))];
  if (!kind) return;
  const header = interactive.get('header').optional;
  if (header) checkHeader(header, kind.headers, find);
  interactive.get('body').get('text').text(kind.body);
  interactive.get('footer').optional?.get('text').text(FOOTER_MAX);
  kind.action(interactive.get('action'));
}

function checkHeader(header: Param, allowed: string[], find: Finder): void {
  const type = header.get('type').oneOf(allowed);
  if (type === 'text') header.get('text').text(HEADER_MAX);
  else checkMedia(type as 'image' | 'video' | 'document', header.get(type), find);
}

function checkButtons(action: Param): void {
  const buttons = action.get('buttons').list(1, BUTTONS_MAX);
  for (const button of buttons) button.get('type').oneOf(['reply']);
  const ids = buttons.map((button) => button.get('reply').get('id'));
  const titles = buttons.map((button) => button.get('reply').get('title'));
  requireUnique(ids, ids.map((id) => id.text(BUTTON_ID_MAX)));
  requireUnique(titles, titles.map((title) => title.text(BUTTON_TITLE_MAX)));
}

function checkList(action: Param): void {
  action.get('button').text(LIST_BUTTON_MAX);
  const sections = action.get('sections').list(1, SECTIONS_MAX);
  for (const section of sections) {
    const title = section.get('title');
    if (sections.length > 1) title.text(SECTION_TITLE_MAX);
    else title.optional?.text(SECTION_TITLE_MAX);
  }
  const rows = sections.flatMap((section) => section.get('rows').list(1, Number.MAX_SAFE_INTEGER));
  if (rows.length > ROWS_MAX) throw action.get('sections').wrong(`has ${rows.length} rows in total, the most is ${ROWS_MAX}`);
  const ids = rows.map((row) => row.get('id'));
  requireUnique(ids, ids.map((id) => id.text(ROW_ID_MAX)));
  for (const row of rows) {
    row.get('title').text(ROW_TITLE_MAX);
    row.get('description').optional?.text(ROW_DESCRIPTION_MAX);
  }
}

function checkCallToAction(action: Param): void {
  action.get('name').oneOf(['cta_url']);
  const parameters = action.get('parameters');
  parameters.get('display_text').text(BUTTON_TITLE_MAX);
  parameters.get('url').url(URL_MAX);
}

/** The Brazilian payment message: Pix and boleto travel as settings; the totals must add up. */
function checkOrderDetails(action: Param): void {
  action.get('name').oneOf(['review_and_pay']);
  const parameters = action.get('parameters');
  parameters.get('reference_id').text(REFERENCE_MAX);
  parameters.get('type').oneOf(['digital-goods', 'physical-goods']);
  parameters.get('payment_type').oneOf(['br']);
  parameters.get('currency').oneOf(['BRL']);
  for (const setting of parameters.get('payment_settings').list(1, 5)) checkPayment(setting);

  const order = parameters.get('order');
  order.get('status').oneOf(['pending']);
  const items = order.get('items').list(1, 999);
  const subtotal = items.reduce((sum, item) => {
    item.get('name').text(60);
    return sum + cents(item.get('amount')) * item.get('quantity').number(1, 9999);
  }, 0);
  if (subtotal !== cents(order.get('subtotal'))) throw order.get('subtotal').wrong('is not the sum of the items');
  const optional = (name: string): number => (order.get(name).isAbsent ? 0 : cents(order.get(name)));
  const total = subtotal + cents(order.get('tax')) + optional('shipping') - optional('discount');
  if (total !== cents(parameters.get('total_amount'))) throw parameters.get('total_amount').wrong('is not the sum of the order');
}

function checkPayment(setting: Param): void {
  const type = setting.get('type').oneOf(['pix_dynamic_code', 'boleto', 'payment_link']);
  const details = setting.get(type);
  if (type === 'boleto') details.get('digitable_line').text(60);
  if (type === 'payment_link') details.get('uri').url(URL_MAX);
  if (type === 'pix_dynamic_code') {
    details.get('code').text(1024);
    details.get('merchant_name').text(60);
    details.get('key').text(128);
    details.get('key_type').oneOf(['CPF', 'CNPJ', 'EMAIL', 'PHONE', 'EVP']);
  }
}

function checkOrderStatus(action: Param): void {
  action.get('name').oneOf(['review_order']);
  const parameters = action.get('parameters');
  parameters.get('reference_id').text(REFERENCE_MAX);
  parameters.get('order').get('status').oneOf([
    'pending', 'processing', 'partially-shipped', 'shipped', 'completed', 'canceled',
  ]);
}

function cents(amount: Param): number {
  amount.get('offset').number(100, 100);
  return amount.get('value').number(0, Number.MAX_SAFE_INTEGER);
}
