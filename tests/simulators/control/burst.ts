/** Many customers at once, for load tests and benchmarks. */
import { customerSends } from '../customer.ts';
import { found, Refusal } from '../refusal.ts';
import { type ControlRoutes, objectBody } from './request.ts';

const MOST = 20_000;

export const burstRoutes: ControlRoutes = {
  /** Invents the people that are missing (ids burst-0, burst-1, …) and lets each write; answers before delivery is over. */
  'POST /burst': async ({ context: { world }, req }) => {
    const { phone_number_id, people = 100, messages = 1, text = 'Oi, preciso de ajuda.' } = await objectBody(req);
    const number = found(world.numbers.get(String(phone_number_id)), 'number');
    if (typeof people !== 'number' || typeof messages !== 'number' || people * messages > MOST) {
      throw new Refusal(400, `people and messages are numbers, ${MOST} messages at most`);
    }
    const after = world.journal.seq;
    for (let turn = 0; turn < messages; turn++) {
      for (let one = 0; one < people; one++) {
        const id = `burst-${one}`;
        const person = world.people.get(id)
          ?? world.people.save({ id, name: `Cliente ${one + 1}`, wa_id: `55479${String(80_000_000 + one)}` });
        customerSends(world, number, person, { type: 'text', text: { body: `${String(text)} ${turn + 1}` } });
      }
    }
    return { sent: people * messages, after };
  },
};
