/** Times, sizes, phones and money, always through Intl. */
import { language, t } from './words.js';

/** @param {number} at_ms */
export function hour(at_ms) {
  return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' }).format(at_ms);
}

/** To the tenth of a second: the log is read to see what came before what. @param {string} at */
export function instant(at) {
  return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 1, hour12: false }).format(new Date(at));
}

/** @param {number} at_ms @param {number} now_ms */
export function day(at_ms, now_ms) {
  const days = Math.round((startOfDay(now_ms) - startOfDay(at_ms)) / 86_400_000);
  if (days === 0) return t('today');
  if (days === 1) return t('yesterday');
  return new Intl.DateTimeFormat(language, { day: '2-digit', month: '2-digit', year: 'numeric' }).format(at_ms);
}

/** @param {number} at_ms */
export function startOfDay(at_ms) {
  return new Date(at_ms).setHours(0, 0, 0, 0);
}

/** @param {number} ms */
export function seconds(ms) {
  return new Intl.NumberFormat(language, { style: 'unit', unit: 'second', unitDisplay: 'narrow', maximumFractionDigits: 2 }).format(ms / 1000);
}

/** @param {number} ms */
export function took(ms) {
  return ms < 1000 ? `${new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(ms)}\u00a0ms` : seconds(ms);
}

/** @param {number} total_s */
export function playtime(total_s) {
  const whole = Math.max(0, Math.floor(total_s || 0));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** @param {number} bytes */
export function size(bytes) {
  const [value, unit] = bytes < 1e6 ? [bytes / 1000, 'kilobyte'] : [bytes / 1e6, 'megabyte'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}

/** @param {string} text digits, or a number that somebody already wrote in some form */
export function phone(text) {
  const digits = text.replace(/\D/g, '');
  const brazilian = /^55(\d{2})(9?)(\d{4})(\d{4})$/.exec(digits);
  if (!brazilian) return `+${digits}`;
  const [, area, ninth, first, last] = brazilian;
  return `+55 (${area}) ${ninth ? `${ninth} ` : ''}${first}-${last}`;
}

/** @param {{ value: number, offset: number }} amount @param {string} currency */
export function money(amount, currency) {
  return new Intl.NumberFormat(language, { style: 'currency', currency }).format(amount.value / amount.offset);
}

/** @param {string} name */
export function initials(name) {
  const parts = name.trim().split(/\s+/).filter((part) => part.length > 2 || /^[A-ZÀ-Ý]/.test(part));
  return ((parts[0]?.[0] ?? '') + (parts.length > 1 ? (parts.at(-1)?.[0] ?? '') : '')).toUpperCase();
}

/** One of five colours, always the same for the same person. @param {string} id */
export function tint(id) {
  return [...id].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 9973, 7) % 5;
}
