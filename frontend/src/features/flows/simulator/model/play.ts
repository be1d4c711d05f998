import type { Hours } from './world';

/** A conversation with the draft, as it is played: a world, and what was done in it. All else the server says. */

export type Given = { channel: string; now: string; [name: string]: unknown };
export type File = { ref: string; mime: string; size_bytes: number; duration_s?: number };
export type In =
  | { kind: 'message'; text: string }
  | { kind: 'message'; form: string; file?: File; lat_e6?: number; lng_e6?: number }
  | { kind: 'reply'; option: string }
  | { kind: 'digits'; digits: string; ended_by: string };
export type Agent =
  'taken' | { returned: 'resume' | 'restart' } | { closed: 'served' | 'unserved' };
export type Fact = { departments: Hours[]; periods: Hours[]; shifts: Hours[] };
export type Step = { in: In } | { advance_s: number } | { agent: Agent } | { fact: Fact };
export type Stub = { kind: string; action: string; times: number; outcome: string; data?: unknown };

/** Answers by hand: each is good for one call, and goes with the step that asked for it. */
type Answered = { stub: Stub; step: number };

export type Play = { given: Given; steps: Step[]; answered: Answered[] };

export type PlayEvent =
  | { kind: 'did'; step: Step }
  | { kind: 'answered'; stub: Stub }
  | { kind: 'back' | 'again' }
  | { kind: 'gave'; given: Partial<Given> };

export const begin = (given: Given): Play => ({ given, steps: [], answered: [] });

export function playReducer(play: Play, event: PlayEvent): Play {
  const { given, steps, answered } = play;
  switch (event.kind) {
    case 'did':
      return { ...play, steps: [...steps, event.step] };
    case 'answered':
      return { ...play, answered: [...answered, { stub: event.stub, step: steps.length - 1 }] };
    case 'back': {
      const last = steps.length - 1;
      return {
        ...play,
        steps: steps.slice(0, -1),
        answered: answered.filter(({ step }) => step < last),
      };
    }
    case 'again':
      return begin(given);
    case 'gave':
      /* Another world is another conversation, and the same things are said in it. */
      return { ...play, given: { ...given, ...event.given } };
  }
}

export const bodyOf = ({ given, steps, answered }: Play) => ({
  given,
  steps,
  stubs: answered.map(({ stub }) => stub),
});

export const SECOND = 1000;

/** "2026-11-20T09:30:00-03:00": now, as the walls of a place show it. */
export function nowIn(zone: string, now = new Date()) {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
  }).formatToParts(now);
  const at = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  const offset = at('timeZoneName').replace('GMT', '') || '+00:00';
  return `${at('year')}-${at('month')}-${at('day')}T${at('hour')}:${at('minute')}:${at('second')}${offset}`;
}
