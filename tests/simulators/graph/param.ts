/**
 * Reads one parameter of a call, remembering where it stands, and refuses what the provider refuses: 131008 when it is
 * missing, 131009 when its value will not do. Lengths count characters (code points), not UTF-16 units.
 */
import type { Json, JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import { GraphRefusal } from './errors.ts';

export class Param {
  readonly value: Json | undefined;
  readonly path: string;

  constructor(value: Json | undefined, path: string) {
    this.value = value;
    this.path = path;
  }

  get isAbsent(): boolean {
    return this.value === undefined || this.value === null;
  }

  /** A member of this object. */
  get(name: string): Param {
    return new Param(this.object()[name], this.path === '' ? name : `${this.path}.${name}`);
  }

  /** Itself when present: `param.get('footer').optional?.get('text')…`. */
  get optional(): Param | undefined {
    return this.isAbsent ? undefined : this;
  }

  required(): Json {
    if (this.value === undefined || this.value === null) throw new GraphRefusal(131008, `${this.path} is required`);
    return this.value;
  }

  object(): JsonObject {
    const value = this.required();
    if (!isObject(value)) throw this.wrong('must be an object');
    return value;
  }

  list(min: number, max: number): Param[] {
    const value = this.required();
    if (!Array.isArray(value)) throw this.wrong('must be a list');
    if (value.length < min || value.length > max) throw this.wrong(`must have ${min} to ${max} items, has ${value.length}`);
    return value.map((item, at) => new Param(item, `${this.path}[${at}]`));
  }

  /** `code` is for the few parameters whose excess the provider reports under another number. */
  text(max: number, code = 131009): string {
    const value = this.required();
    if (typeof value !== 'string') throw this.wrong('must be a text');
    if (value.trim() === '') throw new GraphRefusal(131008, `${this.path} must not be empty`);
    const length = [...value].length;
    if (length > max) {
      throw new GraphRefusal(code, `${this.path} length invalid. Min length: 1, Max length: ${max}, length: ${length}`);
    }
    return value;
  }

  number(min: number, max: number): number {
    const value = this.required();
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isFinite(number)) throw this.wrong('must be a number');
    if (number < min || number > max) throw this.wrong(`must be between ${min} and ${max}`);
    return number;
  }

  oneOf(words: readonly string[], code = 131009): string {
    const value = this.required();
    if (typeof value !== 'string' || !words.includes(value)) {
      throw new GraphRefusal(code, `${this.path} must be one of {${words.join(', ')}}`);
    }
    return value;
  }

  url(max: number): string {
    const value = this.text(max);
    if (!/^https?:\/\//.test(value) || !URL.canParse(value)) throw this.wrong('must be an http or https address');
    return value;
  }

  wrong(why: string): GraphRefusal {
    return new GraphRefusal(131009, `${this.path} ${why}`);
  }
}

/** Two of a kind where the provider wants each to be its own (ids and titles of buttons and rows). */
export function requireUnique(params: Param[], values: string[]): void {
  const again = values.findIndex((value, at) => values.indexOf(value) !== at);
  const param = params[again];
  if (param) throw param.wrong('is repeated');
}
