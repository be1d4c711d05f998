import type { components } from './schema.gen';

type Problem = Partial<components['schemas']['Problem']>;

/**
 * What the server answers instead of a result. The slug is a stable word: `lib/refusal` turns it
 * into a sentence, `field` says which input it is about.
 */
export class Refusal extends Error {
  readonly slug: string;
  readonly status: number;
  readonly field: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterS: number | undefined;
  /** All that was said: some refusals come with what to do next. */
  readonly problem: Problem;

  constructor(told: {
    slug: string;
    status: number;
    field?: string | undefined;
    requestId?: string | undefined;
    retryAfterS?: number | undefined;
    problem?: Problem;
  }) {
    super(told.slug);
    this.name = 'Refusal';
    this.slug = told.slug;
    this.status = told.status;
    this.field = told.field;
    this.requestId = told.requestId;
    this.retryAfterS = told.retryAfterS;
    this.problem = told.problem ?? {};
  }
}

/** No answer at all: the network is gone, or the server is. Nobody refused anything. */
export const UNREACHABLE = 'unreachable';

/** Whether the same may be answered otherwise a moment later. What was decided is decided again. */
export const mayPass = (thrown: unknown): boolean => {
  const { status } = asRefusal(thrown);
  return status < 400 || status === 429 || status >= 500;
};

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

export function refusalFrom(body: unknown, response: Response): Refusal {
  const problem: Record<string, unknown> =
    typeof body === 'object' && body !== null ? { ...body } : {};
  const wait = Number(problem.retry_after_s ?? response.headers.get('Retry-After'));
  return new Refusal({
    slug: text(problem.slug) ?? `http_${response.status}`,
    status: response.status,
    field: text(problem.field),
    requestId: text(problem.request_id) ?? response.headers.get('X-Request-Id') ?? undefined,
    retryAfterS: Number.isFinite(wait) && wait > 0 ? wait : undefined,
    problem,
  });
}

/** Anything thrown while asking becomes a Refusal, so that screens know one kind of failure. */
export function asRefusal(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown;
  if (thrown instanceof TypeError) return new Refusal({ slug: UNREACHABLE, status: 0 });
  return new Refusal({ slug: 'unexpected', status: 0 });
}
