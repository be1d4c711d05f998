/**
 * Phone numbers as the provider understands them. Brazilian mobiles exist with and without the ninth digit: somebody
 * registered before the change keeps the short wa_id, and a call to either spelling reaches the same person.
 */

/** Digits of a dialled number; without `+`, a national number gets the country of the number that is calling. */
export function dialled(to: string, businessDigits: string): string | undefined {
  const digits = to.replace(/[\s()+.-]/g, '');
  if (!/^\d{8,15}$/.test(digits)) return undefined;
  const isNational = !to.trim().startsWith('+') && digits.length <= 11;
  return isNational && businessDigits.startsWith('55') ? `55${digits}` : digits;
}

/** Both spellings of a Brazilian mobile, or the number alone. */
export function spellings(wa_id: string): string[] {
  const brazilian = /^55(\d{2})(9?)(\d{8})$/.exec(wa_id);
  if (!brazilian) return [wa_id];
  const [, area, ninth, rest] = brazilian;
  /* Landlines start with 2 to 5 and never had the extra digit. */
  if (ninth === '' && /^[2-5]/.test(rest ?? '')) return [wa_id];
  return [wa_id, ninth === '9' ? `55${area}${rest}` : `55${area}9${rest}`];
}
