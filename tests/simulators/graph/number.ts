/** A phone number as a Graph node: its fields, its public profile, where its webhooks go. */
import type { Json, JsonObject } from '../json.ts';
import type { BusinessNumber } from '../numbers.ts';
import { verifyCallback } from '../webhook/verify.ts';
import type { World } from '../world.ts';
import type { Call, Reply } from './call.ts';
import { GraphRefusal, unknownNode } from './errors.ts';
import { Param } from './param.ts';

const DEFAULT_FIELDS = 'verified_name,display_phone_number,quality_rating,code_verification_status,id';

const VERTICALS = [
  'OTHER', 'AUTO', 'BEAUTY', 'APPAREL', 'EDU', 'ENTERTAIN', 'EVENT_PLAN', 'FINANCE', 'GROCERY', 'GOVT', 'HOTEL', 'HEALTH',
  'NONPROFIT', 'PROF_SERVICES', 'RETAIL', 'TRAVEL', 'RESTAURANT', 'ALCOHOL', 'ONLINE_GAMBLING', 'PHYSICAL_GAMBLING',
  'OTC_DRUGS',
];

const PROFILE_FIELDS = [
  'about', 'address', 'description', 'email', 'profile_picture_url', 'websites', 'vertical', 'messaging_product',
];

const CALLBACK_MAX = 200;

export function numberNode({ numbers, node }: Call): BusinessNumber {
  const number = numbers.find(({ phone_number_id }) => phone_number_id === node);
  if (!number) throw unknownNode(node);
  return number;
}

export function getNumber(call: Call): Reply {
  return { body: pick(fieldsOf(numberNode(call)), call.query.get('fields') ?? DEFAULT_FIELDS) };
}

export function getNumbersOfWaba(call: Call): Reply {
  const fields = call.query.get('fields') ?? DEFAULT_FIELDS;
  const data = wabaNumbers(call).map((number) => pick(fieldsOf(number), fields));
  return { body: { data, paging: { cursors: { before: 'MAZDZD', after: 'MAZDZD' } } } };
}

/** Numbers of the account in the path, if the token opens it. */
export function wabaNumbers({ numbers, node }: Call): BusinessNumber[] {
  const ours = numbers.filter(({ waba_id }) => waba_id === node);
  if (ours.length === 0) throw unknownNode(node);
  return ours;
}

/** POST /{phone_number_id}: only the webhook address can be changed here. */
export async function postNumber(call: Call): Promise<Reply> {
  const number = numberNode(call);
  const configuration = new Param(await call.body(), '').get('webhook_configuration');
  await pointWebhooks(call.world, [number], configuration.object());
  return { body: { success: true } };
}

/** POST /{waba}/subscribed_apps, with or without an address of its own. */
export async function postSubscription(call: Call): Promise<Reply> {
  const numbers = wabaNumbers(call);
  const body = await call.body();
  if (body['override_callback_uri'] !== undefined) await pointWebhooks(call.world, numbers, body);
  return { body: { success: true } };
}

export function getSubscription(call: Call): Reply {
  wabaNumbers(call);
  return { body: { data: [{ whatsapp_business_api_data: { id: call.node, name: 'Balcão', link: call.world.public_url } }] } };
}

export function getProfile(call: Call): Reply {
  const profile = call.world.profiles.get(numberNode(call).phone_number_id);
  const fields = call.query.get('fields') ?? PROFILE_FIELDS.join(',');
  return { body: { data: [{ messaging_product: 'whatsapp', ...pick(profile, fields) }] } };
}

export async function postProfile(call: Call): Promise<Reply> {
  const number = numberNode(call);
  const body = await call.body();
  if (body['messaging_product'] !== 'whatsapp') throw new GraphRefusal(100, 'The parameter messaging_product is required.');
  const profile = new Param(body, '');
  profile.get('about').optional?.text(139);
  profile.get('vertical').optional?.oneOf(VERTICALS);
  for (const [name, max] of [['address', 256], ['description', 256], ['email', 128]] as const) {
    /* An empty text erases; only what has content is measured. */
    if (body[name] !== '') profile.get(name).optional?.text(max);
  }
  for (const website of profile.get('websites').optional?.list(0, 2) ?? []) website.url(256);
  const known = PROFILE_FIELDS.filter((name) => body[name] !== undefined && name !== 'profile_picture_url');
  call.world.profiles.change(number.phone_number_id, Object.fromEntries(known.map((name) => [name, body[name] as Json])));
  return { body: { success: true } };
}

/** A new address is believed only after it answers the challenge. */
async function pointWebhooks(world: World, numbers: BusinessNumber[], body: JsonObject): Promise<void> {
  const uri = new Param(body, '').get('override_callback_uri');
  const callback_url = uri.value === '' ? '' : uri.url(CALLBACK_MAX);
  const verify_token = typeof body['verify_token'] === 'string' ? body['verify_token'] : '';
  for (const { phone_number_id } of numbers) {
    const before = world.numbers.get(phone_number_id);
    const number = world.numbers.save({ phone_number_id, callback_url, verify_token });
    if (callback_url === '') continue;
    const verdict = await verifyCallback(world.journal, number);
    if (verdict.ok) continue;
    if (before) world.numbers.save({ ...before });
    throw new GraphRefusal(2200, `(#2200) Callback verification failed: ${verdict.why ?? verdict.status}`);
  }
}

function fieldsOf(number: BusinessNumber): JsonObject {
  return {
    id: number.phone_number_id,
    verified_name: number.verified_name,
    display_phone_number: number.display_phone_number,
    quality_rating: 'GREEN',
    code_verification_status: 'VERIFIED',
    name_status: 'APPROVED',
    status: 'CONNECTED',
    platform_type: 'CLOUD_API',
    throughput: { level: 'STANDARD' },
    whatsapp_business_manager_messaging_limit: 'TIER_2K',
    webhook_configuration: number.callback_url === '' ? {} : { phone_number: number.callback_url },
  };
}

/** `fields=a,b{c}`: the members asked for; `id` always comes along when there is one. */
function pick(all: JsonObject, fields: string): JsonObject {
  const names = fields.replace(/\{[^}]*\}/g, '').split(',').map((name) => name.trim());
  const picked = Object.fromEntries(names.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])));
  return all['id'] !== undefined ? { ...picked, id: all['id'] } : picked;
}
