import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message, Turn } from './api';
import { Composer } from './Composer';
import { Controls } from './Controls';
import { Keypad } from './Keypad';
import { stretchesOf, type Look } from './model/marked';
import type { Step } from './model/play';
import { useConversation } from './useConversation';
import { useSayStep } from './words';
import classes from './simulator.module.css';

const TAGS: Record<Look, 'b' | 'i' | 's' | 'code'> = {
  bold: 'b',
  italic: 'i',
  strike: 's',
  mono: 'code',
};

/** What the customer has in hand: all that was said, and what this channel lets them answer with. */
export function Phone() {
  const { t } = useTranslation('simulator');
  const { play, query, isOld, now } = useConversation();
  const end = useRef<HTMLSpanElement>(null);
  const turns = now?.turns ?? [];
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' });
  }, [play.steps.length, turns.length]);
  const last = isOld ? undefined : turns.at(-1)?.said.at(-1);
  const waits = query.isFetching && play.steps.length > 0;
  return (
    <div className={classes.phone} data-channel={play.given.channel}>
      <div
        role="log"
        aria-label={t('log')}
        aria-busy={waits}
        tabIndex={0}
        className={`${classes.log} scrolls`}
      >
        {play.steps.length === 0 && <p className={classes.line}>{t('begin_hint')}</p>}
        {play.steps.map((step, at) => (
          <Exchange key={at} step={step} turn={turns.find((one) => one.step === at)} />
        ))}
        {now?.state === 'ended' && !isOld && <p className={classes.line}>{t('ended')}</p>}
        <span ref={end} aria-hidden />
      </div>
      {last?.kind === 'ask' && <Controls said={last} />}
      {play.given.channel === 'telephony' ? <Keypad /> : <Composer ask={last} />}
    </div>
  );
}

/** One thing that was done, and what the bot said to it. */
function Exchange({ step, turn }: { step: Step; turn: Turn | undefined }) {
  const sayStep = useSayStep();
  const words = sayStep(step, turn);
  return (
    <>
      <p className={'in' in step ? classes.mine : classes.line}>{words}</p>
      {turn?.said.flatMap((said, at) =>
        said.messages.map((message, part) => (
          <p key={`${at}.${part}`} className={classes.theirs} data-card={said.card}>
            <Text message={message} />
            {message.file && said.transcript && <Transcript text={said.transcript} />}
          </p>
        )),
      )}
    </>
  );
}

/** What people of the house read under a recording; the customer only hears it. */
function Transcript({ text }: { text: string }) {
  const { t } = useTranslation('simulator');
  return <small className={classes.small}>{t('transcript', { text })}</small>;
}

function Text({ message: { text, file, name } }: { message: Message }) {
  const { t } = useTranslation('simulator');
  const { play } = useConversation();
  return (
    <>
      {file && <span className={classes.file}>{name || t('file')}</span>}
      {stretchesOf(play.given.channel, text).map((one, at) => {
        const inner = one.looks.reduceRight<React.ReactNode>((child, look) => {
          const Tag = TAGS[look];
          return <Tag>{child}</Tag>;
        }, one.text);
        return <span key={at}>{inner}</span>;
      })}
    </>
  );
}
