/** Business numbers and the faults of each. */
import { activeFaults, noFaults, withFaults } from '../faults.ts';
import { publicView } from '../numbers.ts';
import { verifyCallback } from '../webhook/verify.ts';
import { type ControlRequest, type ControlRoutes, numberOf, objectBody } from './request.ts';

export const numberRoutes: ControlRoutes = {
  'GET /numbers': ({ context: { world } }) => ({ data: world.numbers.list().map(publicView) }),

  /** `verify: true` sends the challenge before answering. */
  'POST /numbers': async ({ context: { world }, req }) => {
    const { verify, ...draft } = await objectBody(req);
    const number = world.numbers.save(draft);
    world.templates.stock(number.waba_id);
    world.journal.add({ kind: 'configured', numbers: [number.phone_number_id] });
    const verdict = verify === true ? { verification: await verifyCallback(world.journal, number) } : {};
    return { ...(publicView(number) as object), ...verdict };
  },

  'GET /numbers/:number': (request) => publicView(numberOf(request)),

  'DELETE /numbers/:number': (request) => {
    request.context.world.numbers.remove(numberOf(request).phone_number_id);
    return { removed: true };
  },

  'POST /numbers/:number/verify': (request) => verifyCallback(request.context.world.journal, numberOf(request)),

  'GET /numbers/:number/faults': (request) => request.context.world.faults.get(numberOf(request).phone_number_id),
  /** Exactly these. */
  'PUT /numbers/:number/faults': async (request) => put(request, await objectBody(request.req), true),
  /** These besides the present ones; null turns one off. */
  'PATCH /numbers/:number/faults': async (request) => put(request, await objectBody(request.req), false),
  'DELETE /numbers/:number/faults': (request) => put(request, {}, true),
};

function put(request: ControlRequest, patch: Parameters<typeof withFaults>[1], fromNone: boolean): unknown {
  const { world } = request.context;
  const { phone_number_id } = numberOf(request);
  const faults = withFaults(fromNone ? noFaults() : world.faults.get(phone_number_id), patch);
  world.faults.set(phone_number_id, faults);
  world.journal.add({ kind: 'faults', faults: activeFaults(faults) }, { phone_number_id });
  return faults;
}
