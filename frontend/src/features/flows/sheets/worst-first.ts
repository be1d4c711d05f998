import type { Finding } from '../api';

const WORST_FIRST = ['error', 'warning', 'advice'];

/** What hinders most stands first; of equals, the order of the check. */
export const worstFirst = (findings: readonly Finding[]) =>
  findings.toSorted((a, b) => WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity));
