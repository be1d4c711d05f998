import type { TemplateBook } from '@/lib/templates/api';

/** It is queued, or was asked for and has neither come nor failed since. */
export function isReading(book: TemplateBook | undefined, askedAt: string | null) {
  if (book?.wanted_at) return true;
  if (!askedAt) return false;
  const told = [book?.read_at, book?.failed_at].filter((at) => at != null);
  return !told.some((at) => Date.parse(at) >= Date.parse(askedAt));
}
