/** A sentence for whoever called the control API wrongly. The Graph API has its own kind (graph/errors.ts). */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function found<T>(thing: T | undefined, what: string): T {
  if (thing === undefined) throw new Refusal(404, `${what} not found`);
  return thing;
}
