/**
 * make faults: the house and the network are broken in every way while people work. The house must run already, with
 * the demo and the lab.
 *
 *   FAULTS_SEED   what happens when; printed, and new each time when not given
 *   node faults/main.ts kills …    only those
 */
import { ask, signIn } from '../bench/client.ts';
import { number, whole } from '../bench/house.ts';
import { bots } from './bots.ts';
import { cuts } from './cuts.ts';
import { first } from './first.ts';
import { kills } from './kills.ts';
import { type Chance, chance } from './random.ts';
import { type Outcome, say } from './report.ts';

/* Short ones first: the killing leaves nothing as it was. */
const SCENARIOS: Record<string, (random: Chance) => Promise<Outcome>> = { first, cuts, bots, kills };

const asked = process.argv.slice(2);
const seed = whole('FAULTS_SEED', 1 + Math.floor(Math.random() * 1e9));
say('seed', seed);

/* The demo's bot would answer everybody; here people do. */
const manager = await signIn('rafael@redepinhao.exemplo', await number("SELECT id FROM accounts WHERE slug = 'rede-pinhao'"));
await ask(manager, 'PUT', '/api/v1/flow-starts', { starts: [] });

const sum: Outcome = { passed: 0, failed: 0 };
for (const [name, scenario] of Object.entries(SCENARIOS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const { passed, failed } = await scenario(chance(seed));
  sum.passed += passed;
  sum.failed += failed;
}
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exit(sum.failed > 0 ? 1 : 0);
