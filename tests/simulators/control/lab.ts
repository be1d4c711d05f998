/** The lab as a whole: what it is connected to, its clock, and starting over. */
import { activeFaults } from '../faults.ts';
import { Refusal } from '../refusal.ts';
import { publicView } from '../numbers.ts';
import { type ControlRoutes, objectBody } from './request.ts';

/** What the picker of the page offers. The other channels have no stand-in yet, and the page says so. */
const CHANNELS = [
  { kind: 'whatsapp', live: true },
  { kind: 'telegram', live: false },
  { kind: 'instagram', live: false },
  { kind: 'messenger', live: false },
  { kind: 'facebook', live: false },
  { kind: 'site', live: true },
  { kind: 'app', live: false },
  { kind: 'phone', live: false },
];

export const labRoutes: ControlRoutes = {
  'GET /config': ({ context: { world } }) => ({
    public_url: world.public_url,
    channels: CHANNELS,
    numbers: world.numbers.list().map((number) => ({
      ...(publicView(number) as object), faults: activeFaults(world.faults.get(number.phone_number_id)),
    })),
    webchat: { channel_key: world.webchat.channel_key, has_identity_key: world.webchat.identity_key !== '' },
    clock: clockView(world.clock),
    seq: world.journal.seq,
    pending: world.deliverer.pending(),
  }),

  'GET /clock': ({ context: { world } }) => clockView(world.clock),

  'POST /clock': async ({ context: { world }, req }) => {
    const { advance_ms } = await objectBody(req);
    if (typeof advance_ms !== 'number' || !Number.isFinite(advance_ms)) throw new Refusal(400, 'advance_ms must be a number');
    world.clock.advance(advance_ms);
    return clockView(world.clock);
  },

  'DELETE /clock': ({ context: { world } }) => {
    world.clock.reset();
    return clockView(world.clock);
  },

  'POST /reset': async ({ context: { world }, req }) => {
    const { numbers } = await objectBody(req);
    world.reset({ numbers: numbers === true });
    return { seq: world.journal.seq };
  },

  'POST /reload': async ({ context: { world, reload } }) => {
    await reload();
    return { numbers: world.numbers.list().map(publicView) };
  },
};

function clockView(clock: { now: () => number; ahead_ms: number }): { now: string; ahead_ms: number } {
  return { now: new Date(clock.now()).toISOString(), ahead_ms: clock.ahead_ms };
}
