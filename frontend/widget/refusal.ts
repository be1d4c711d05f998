/** No answer at all: the network is gone, or the server is. Nobody refused anything. */
export const UNREACHABLE = 'unreachable';

/** Why something asked of the server did not happen. The slug is a stable word, see words.ts. */
export class Refusal extends Error {
  readonly slug: string;
  readonly status: number; // 0: there was no answer
  readonly field: string | undefined;
  readonly retry_after_s: number | undefined;

  constructor(slug: string, status = 0, field?: string, retry_after_s?: number) {
    super(slug);
    this.name = 'Refusal';
    this.slug = slug;
    this.status = status;
    this.field = field;
    this.retry_after_s = retry_after_s;
  }

  /** The same request may well succeed later, unchanged. */
  get isTemporary(): boolean {
    const { status } = this;
    return status === 0 || status === 408 || status === 425 || status === 429 || status >= 500;
  }
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** Reads a problem document. The body is not trusted: a proxy on the way may have answered instead. */
export function refusalFrom(status: number, body: string, retryAfter: string | null): Refusal {
  let problem: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === 'object' && parsed !== null) problem = { ...parsed };
  } catch {
    // not ours, so the status is all we know
  }
  const wait_s = Number(problem.retry_after_s ?? retryAfter);
  return new Refusal(
    text(problem.slug) ?? `http_${status}`,
    status,
    text(problem.field),
    Number.isFinite(wait_s) && wait_s > 0 ? wait_s : undefined,
  );
}

/** Whatever was thrown while asking, as a Refusal, so that the screens know one kind of failure. */
export function asRefusal(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown;
  return new Refusal(UNREACHABLE);
}
