import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/session';
import { Chip, type Tone } from '@/ui/Chip';
import { CardTile } from '../icons';
import type { FlowDocument } from '../model/document';
import type { CardType } from '../model/palette';
import { sayWord } from '../words';
import { labelOf, type Visit } from './api';
import classes from './paths.module.css';

type Props = {
  visit: Visit;
  place: number;
  document: FlowDocument | undefined;
  types: ReadonlyMap<string, CardType>;
};

const TONES: Record<Visit['state'], Tone> = {
  open: 'bot',
  left: 'plain',
  ended: 'plain',
  interrupted: 'warn',
  moved: 'plain',
};

/** One card that was met: what was said there, how it was taken, and where it led. */
export function VisitItem({ visit, place, document, types }: Props) {
  const { t } = useTranslation('flows');
  const format = useFormat();
  const { type, name, entered_at, closed_at, inputs, calls, error, skipped } = visit;
  const known = types.get(type);
  const spent_s = closed_at ? (Date.parse(closed_at) - Date.parse(entered_at)) / 1000 : undefined;
  return (
    <li>
      <CardTile type={known} />
      <div>
        <p>
          <b>
            {place}. {name || known?.label || sayWord('card', type)}
          </b>{' '}
          <span className={`${classes.quiet} num`}>
            {format.timed(entered_at)}
            {spent_s !== undefined && ` · ${spent(spent_s, format.duration, t('path.at_once'))}`}
          </span>
        </p>
        {inputs
          .filter(({ message_seq }) => message_seq !== null)
          .map(({ message_seq, text, form, is_hidden }) => (
            <blockquote key={message_seq}>
              {is_hidden ? t('path.hidden') : text || sayWord('form', form ?? '')}
            </blockquote>
          ))}
        <Facts visit={visit} />
        {calls.map(({ action, outcome, took_ms }, n) => (
          <p key={n} className={classes.quiet}>
            {t('path.call', { action: action ?? '', outcome: outcome ?? t('path.no_answer') })}
            {outcome && ` · ${format.number(took_ms)} ms`}
          </p>
        ))}
        {skipped && <p className={classes.quiet}>{t('path.skipped', { why: skipped })}</p>}
        {error && (
          <p className={classes.bad}>{t('path.error', { why: sayWord('fault', error) })}</p>
        )}
        <Decision
          visit={visit}
          label={visit.outlet ? labelOf(document, types, visit.card, visit.outlet) : undefined}
        />
      </div>
    </li>
  );
}

const spent = (seconds: number, say: (seconds: number) => string, atOnce: string) =>
  seconds < 1 ? atOnce : seconds < 10 ? `${Math.round(seconds)} s` : say(seconds);

function Facts({ visit: { invalid_count, remind_count } }: { visit: Visit }) {
  const { t } = useTranslation('flows');
  const facts = [
    ...(invalid_count > 0 ? [t('path.wrong', { count: invalid_count })] : []),
    ...(remind_count > 0 ? [t('path.reminded', { count: remind_count })] : []),
  ];
  return facts.length > 0 ? <p className={classes.wrong}>{facts.join(' · ')}</p> : null;
}

/** How the visit closed, in one line. */
function Decision({ visit, label }: { visit: Visit; label: string | undefined }) {
  const { t } = useTranslation('flows');
  const { state, outlet, answer, matched_by, reason } = visit;
  const how = matched_by && matched_by !== 'nothing' ? ` (${sayWord('matched', matched_by)})` : '';
  if (state === 'left')
    return (
      <p className={classes.decision}>
        → {label ?? (outlet?.includes(':') && answer ? answer : sayWord('outlet', outlet ?? ''))}
        {how}
        {answer && !outlet?.includes(':') && ` · ${answer}`}
      </p>
    );
  const say =
    state === 'ended' || state === 'interrupted'
      ? sayWord(state === 'ended' ? 'end' : 'hold', reason ?? '')
      : t(`path.state.${state}`);
  return (
    <p className={classes.decision}>
      <Chip tone={TONES[state]}>{say}</Chip>
    </p>
  );
}
