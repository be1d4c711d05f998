/** The customers. */
import type { JsonObject } from '../json.ts';
import { carryWaiting } from '../outgoing.ts';
import type { Person, PersonDraft } from '../people.ts';
import { Refusal } from '../refusal.ts';
import { type ControlRoutes, objectBody, personOf } from './request.ts';

type Member = { name: keyof Person; is: (value: unknown) => boolean };

const text = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
const flag = (value: unknown): boolean => typeof value === 'boolean';

const MEMBERS: Member[] = [
  { name: 'id', is: (value) => typeof value === 'string' && /^[\w.-]{1,64}$/.test(value) },
  { name: 'name', is: text },
  { name: 'wa_id', is: (value) => typeof value === 'string' && /^\d{8,15}$/.test(value) },
  { name: 'user_id', is: (value) => value === null || text(value) },
  { name: 'username', is: text },
  { name: 'note', is: text },
  { name: 'hides_phone', is: flag },
  { name: 'read_receipts', is: flag },
  { name: 'offline', is: flag },
];

export const peopleRoutes: ControlRoutes = {
  'GET /people': ({ context: { world } }) => ({ data: world.people.list() }),

  'POST /people': async ({ context: { world }, req }) => {
    const draft = draftOf(await objectBody(req));
    if (draft.name === undefined) throw new Refusal(400, 'a person has a name');
    const person = world.people.save({ ...draft, name: draft.name });
    if (person.wa_id === undefined && person.user_id === undefined) throw new Refusal(400, 'a person has a wa_id or a user_id');
    return person;
  },

  'GET /people/:person': (request) => personOf(request),

  /** Back from `offline`, the messages that waited arrive. */
  'PATCH /people/:person': async (request) => {
    const { world } = request.context;
    const before = personOf(request);
    const person = world.people.save({ ...before, ...draftOf(await objectBody(request.req)), id: before.id });
    if (before.offline && !person.offline) world.deliverer.track(carryWaiting(world, person));
    return person;
  },

  'DELETE /people/:person': (request) => ({ removed: request.context.world.people.remove(personOf(request).id) }),
};

function draftOf(body: JsonObject): Partial<PersonDraft> {
  for (const [name, value] of Object.entries(body)) {
    const member = MEMBERS.find((one) => one.name === name);
    if (!member) throw new Refusal(400, `a person has no ${name}`);
    if (!member.is(value)) throw new Refusal(400, `person: ${name} does not take ${JSON.stringify(value)}`);
  }
  return body as Partial<PersonDraft>;
}
