/** Browsers that subscribe, and their push service being difficult. */
import { textOf } from '../json.ts';
import type { PushFaults, Subscription } from '../push/subscriptions.ts';
import { PUSH_PREFIX } from '../push/service.ts';
import { found } from '../refusal.ts';
import { type ControlRequest, type ControlRoutes, objectBody } from './request.ts';

const subscriptionOf = ({ context, params }: ControlRequest): Subscription => found(context.world.push.get(params['subscription'] ?? ''), 'subscription');

export const pushRoutes: ControlRoutes = {
  /** `key`: applicationServerKey, base64url. */
  'POST /push': async ({ context: { world }, req }) => {
    const { id } = world.push.add(textOf((await objectBody(req))['key']) ?? '');
    return { id, endpoint: `${world.origin}${PUSH_PREFIX}${id}` };
  },

  'GET /push/:subscription': (request) => subscriptionOf(request),

  'PUT /push/:subscription/faults': async (request) => {
    const subscription = subscriptionOf(request);
    subscription.faults = (await objectBody(request.req)) as PushFaults;
    return subscription.faults;
  },

  'DELETE /push/:subscription': (request) => {
    subscriptionOf(request).is_gone = true;
    return {};
  },
};
