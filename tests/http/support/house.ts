/** Where the house under test stands: what `ops/instance.sh env` and its settings file say. */
import { readFileSync } from 'node:fs';

function given(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new Error(`${name} is not set. These tests want a running house: eval "$(ops/instance.sh env)"`);
  }
  return value;
}

/** One setting of balcao.conf. */
export function conf(key: string): string {
  const line = readFileSync(`${house.var}/balcao.conf`, 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`${key}=`));
  if (line === undefined) throw new Error(`balcao.conf has no ${key}`);
  return line.slice(key.length + 1);
}

export const house = {
  var: given('BALCAO_VAR'),
  /** Through nginx. */
  url: given('BALCAO_URL'),
  /** Measurements run without one. */
  get lab(): string {
    return given('BALCAO_LAB_URL');
  },
  bin: given('BALCAO_BIN'),
};

/** What a browser would say in `Origin`. */
export const origin = conf('PUBLIC_URL');
