import type { Finding } from '../api';
import { worstFirst } from './worst-first';

const finding = (code: string, severity: Finding['severity']): Finding => ({
  code,
  severity,
  message: '',
  fix: '',
});

it('errors stand before warnings, and those before advice, each in the order of the check', () => {
  const said = [
    finding('L702', 'advice'),
    finding('L302', 'warning'),
    finding('L107', 'error'),
    finding('L204', 'error'),
  ];
  expect(worstFirst(said).map(({ code }) => code)).toEqual(['L107', 'L204', 'L302', 'L702']);
});
