/** `$BALCAO_VAR/lab/numbers.json`: what the product's set-up wrote for the lab. It may come, change or go at any time. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { branch, isObject, type Json, textOf } from './json.ts';
import type { PersonDraft } from './people.ts';
import { Refusal } from './refusal.ts';
import { verifyPatiently } from './webhook/verify.ts';
import type { World } from './world.ts';

export function configPath(varDir: string): string {
  return join(varDir, 'lab', 'numbers.json');
}

/** Takes what the file says into the world. No file is no news; a broken one is journalled and changes nothing. */
export async function loadConfig(world: World, path: string): Promise<void> {
  let config: Json;
  try {
    config = JSON.parse(await readFile(path, 'utf8')) as Json;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      world.journal.add({ kind: 'problem', why: `numbers.json: ${error instanceof Error ? error.message : String(error)}` });
    }
    return;
  }
  try {
    apply(world, config);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    world.journal.add({ kind: 'problem', why: `numbers.json: ${error.message}` });
  }
}

function apply(world: World, config: Json): void {
  if (!isObject(config)) throw new Refusal(400, 'must be an object');
  const saved = listOf(config['numbers']).map((draft) => world.numbers.save(draft));
  for (const person of listOf(config['people'])) {
    if (isObject(person) && typeof person['name'] === 'string') world.people.save(person as PersonDraft);
  }
  world.webchat = {
    channel_key: textOf(branch(config, 'webchat')['channel_key']) ?? '',
    identity_key: textOf(branch(config, 'webchat')['identity_key']) ?? '',
  };
  const public_url = textOf(config['public_url']);
  if (public_url !== undefined && URL.canParse(public_url)) world.public_url = new URL(public_url).origin;
  for (const number of saved) {
    world.templates.stock(number.waba_id);
    /* The outcome is only journalled: deliveries go out regardless. */
    if (number.callback === 'unknown' && number.callback_url !== '') void verifyPatiently(world.journal, number);
  }
  world.journal.add({ kind: 'configured', numbers: saved.map(({ phone_number_id }) => phone_number_id) });
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
