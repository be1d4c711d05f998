import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { FormFoot } from '@/lib/panes/FormFoot';
import { useDraft } from '@/lib/panes/useDraft';
import { RefusalState } from '@/lib/refusal';
import { toast } from '@/lib/toast';
import { noticesQuery, useSaveNotices, type NoticeChoices, type NoticeSettings } from './api';
import { Matrix } from './Matrix';
import { PushSection } from './PushSection';
import { SoundSection } from './SoundSection';
import { Trials } from './Trials';
import classes from './notices.module.css';

/** What I am told about, and how. */
export function NoticesPage() {
  const { t } = useTranslation('notices');
  const settings = useQuery(noticesQuery);
  usePageMark(t('title'), 0);
  return (
    <main className={classes.page} id="content" tabIndex={-1}>
      {settings.isError && !settings.data ? (
        <RefusalState error={settings.error} onRetry={() => void settings.refetch()} />
      ) : settings.data ? (
        <NoticesForm settings={settings.data} />
      ) : (
        <div className={classes.column}>
          <Skeleton height={240} />
        </div>
      )}
    </main>
  );
}

/** Without what is not chosen here. */
function choicesOf(settings: NoticeSettings): NoticeChoices {
  const { page, sound, system, push, tune, volume, repeats, only_away } = settings;
  const { quiet_from_min, quiet_until_min } = settings;
  const ways = { page, sound, system, push };
  return { ...ways, tune, volume, repeats, only_away, quiet_from_min, quiet_until_min };
}

function NoticesForm({ settings }: { settings: NoticeSettings }) {
  const { t } = useTranslation('notices');
  const save = useSaveNotices();
  const draft = useDraft(choicesOf(settings));
  const discard = () => {
    draft.discard();
    save.reset();
  };
  return (
    <>
      <div className={`${classes.scroll} scrolls`}>
        <div className={classes.column}>
          <header>
            <h1>{t('title')}</h1>
            <p>{t('lead')}</p>
          </header>
          <Matrix choices={draft.values} onChange={draft.set} />
          <SoundSection choices={draft.values} onChange={draft.set} />
          <PushSection settings={settings} />
          <Trials settings={settings} choices={draft.values} />
        </div>
      </div>
      <FormFoot
        changes={draft.changes}
        saving={save.isPending}
        error={save.error}
        onSave={() =>
          save.mutate(draft.values, {
            onSuccess: () => {
              draft.discard();
              toast({ message: t('saved') });
            },
          })
        }
        onDiscard={discard}
      />
    </>
  );
}
