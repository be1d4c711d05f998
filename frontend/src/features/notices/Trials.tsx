import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { readPreference } from '@/lib/preferences';
import { sayRefusal } from '@/lib/refusal';
import { toast } from '@/lib/toast';
import { testPush, WAYS, type NoticeChoices, type NoticeSettings, type Way } from './api';
import { showNotice } from './deliver';
import { ownSubscription, pushState } from './push';
import { mayPlay, play } from './sound';
import classes from './notices.module.css';

/** Longer than any push service that means well. */
const PUSH_PATIENCE_MS = 15_000;

type Outcome =
  | 'shown'
  | 'played'
  | 'muted'
  | 'gesture'
  | 'unsupported'
  | 'denied'
  | 'off'
  | 'arrived'
  | 'silent';

/** The worker says so when it shows a test. */
function arrival(): Promise<Outcome> {
  return new Promise((resolve) => {
    const workers = navigator.serviceWorker;
    const done = (outcome: Outcome) => {
      clearTimeout(timer);
      workers.removeEventListener('message', hear);
      resolve(outcome);
    };
    const hear = ({ data }: MessageEvent<unknown>) => {
      if (data === 'test_arrived') done('arrived');
    };
    const timer = setTimeout(() => done('silent'), PUSH_PATIENCE_MS);
    workers.addEventListener('message', hear);
  });
}

async function tryOut(
  way: Way,
  settings: NoticeSettings,
  choices: NoticeChoices,
  words: string,
): Promise<Outcome> {
  switch (way) {
    case 'page':
      toast({ message: words });
      return 'shown';
    case 'sound':
      if (readPreference('sound') === 'off' || choices.volume === 0) return 'muted';
      if (!(await mayPlay())) return 'gesture';
      await play('assigned', choices);
      return 'played';
    case 'system':
      if (typeof Notification === 'undefined') return 'unsupported';
      if ((await Notification.requestPermission()) !== 'granted') return 'denied';
      await showNotice(words, 'test');
      return 'shown';
    case 'push': {
      const state = await pushState(settings);
      const id = await ownSubscription(settings);
      if (state !== 'on' || !id) return state === 'on' ? 'off' : state;
      const heard = arrival();
      await testPush(id);
      return heard;
    }
  }
}

/** A button for each way, and what the browser said to it. */
export function Trials({
  settings,
  choices,
}: {
  settings: NoticeSettings;
  choices: NoticeChoices;
}) {
  const { t } = useTranslation('notices');
  const [said, setSaid] = useState<Partial<Record<Way, string>>>({});
  const [busy, setBusy] = useState<Way>();
  const run = async (way: Way) => {
    setBusy(way);
    let words: string;
    try {
      words = t(`said.${await tryOut(way, settings, choices, t('trial'))}`);
    } catch (thrown) {
      words = sayRefusal(asRefusal(thrown));
    }
    setSaid((before) => ({ ...before, [way]: words }));
    setBusy(undefined);
  };
  return (
    <section aria-labelledby="notices-trials" className={classes.section}>
      <h2 id="notices-trials">{t('trials')}</h2>
      <ul className={classes.trials}>
        {WAYS.map((way) => (
          <li key={way}>
            <Button variant="default" loading={busy === way} onClick={() => void run(way)}>
              {t('try', { way: t(`way.${way}`) })}
            </Button>
            <span role="status">{said[way]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
