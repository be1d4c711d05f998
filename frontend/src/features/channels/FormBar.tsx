import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { useShortcuts } from '@/lib/shortcuts';
import { SaveBar } from '@/ui/SaveBar';
import type { ChannelForm } from './useChannelForm';

type Props = {
  form: ChannelForm;
  onBack?: (() => void) | undefined;
  onNext?: (() => void) | undefined;
};

/** What is not saved yet, and the three ways on. Ctrl+S saves without moving. */
export function FormBar({ form, onBack, onNext }: Props) {
  const { t } = useTranslation(['channels', 'common']);
  useShortcuts({ save: () => void form.save() });
  const goOn = () => void form.save().then((saved) => saved && onNext?.());

  return (
    <>
      <RefusalLine error={form.error} />
      <SaveBar summary={form.changes > 0 ? t('unsaved', { count: form.changes }) : ''}>
        {form.changes > 0 && (
          <Button variant="subtle" onClick={form.discard}>
            {t('common:discard')}
          </Button>
        )}
        {onBack && (
          <Button variant="default" size="md" onClick={onBack}>
            {t('common:back')}
          </Button>
        )}
        <Button
          size="md"
          loading={form.saving}
          disabled={!onNext && form.changes === 0}
          onClick={goOn}
        >
          {!onNext ? t('common:save') : form.changes > 0 ? t('save_and_continue') : t('continue')}
        </Button>
      </SaveBar>
    </>
  );
}
