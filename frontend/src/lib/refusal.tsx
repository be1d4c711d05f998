import { Button } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { asRefusal, UNREACHABLE, type Refusal } from '@/api/refusal';
import { EmptyState } from '@/ui/EmptyState';
import { i18n, wordsFor } from './i18n';
import classes from './refusal.module.css';

/** Of what a flow still names: which ones, so that nobody has to search. */
function withFlows(words: string, { problem: { flows = [] } }: Refusal) {
  const names = flows.map(({ name }) => `“${name}”`).join(', ');
  return names ? i18n.t('refused:with_flows', { words, names }) : words;
}

/** The sentence for a slug. A slug we have no words for still gets a sentence, and its code. */
export function sayRefusal(refusal: Refusal): string {
  const words = wordsFor('refused', refusal.slug);
  if (words) return withFlows(words, refusal);
  if (refusal.status === 403) return i18n.t('refused:forbidden');
  if (refusal.status === 404) return i18n.t('refused:not_found');
  if (refusal.status === 429) return i18n.t('refused:rate_limited');
  if (refusal.status >= 502) return i18n.t('refused:unavailable');
  return i18n.t('refused:unexpected');
}

/** What support asks for: the beginning of the request's id, or at least the word. */
const CODE_LENGTH = 8;
export const codeOf = (refusal: Refusal) =>
  refusal.requestId?.slice(0, CODE_LENGTH) ?? refusal.slug;

/** Puts the refusal on its field; false when it is about no field of this form. */
export function refuseField<T extends Record<string, unknown>>(
  form: Pick<UseFormReturnType<T>, 'setFieldError' | 'getValues'>,
  thrown: unknown,
): boolean {
  const refusal = asRefusal(thrown);
  if (!refusal.field || !(refusal.field in form.getValues())) return false;
  form.setFieldError(refusal.field, sayRefusal(refusal));
  return true;
}

type Props = { error: unknown; onRetry?: (() => void) | undefined };

/** A whole region that could not be drawn. The rest of the page lives on. */
export function RefusalState({ error, onRetry }: Props) {
  const { t } = useTranslation('refused');
  const refusal = asRefusal(error);
  /* A page that opened without a line comes to life by itself. */
  const again = refusal.slug === UNREACHABLE ? onRetry : undefined;
  useEffect(() => {
    if (!again) return;
    window.addEventListener('online', again);
    return () => window.removeEventListener('online', again);
  }, [again]);
  const forbidden = refusal.status === 403 || refusal.status === 404;
  return (
    <div role="alert" className={classes.state}>
      <EmptyState
        tile={false}
        title={sayRefusal(refusal)}
        {...(forbidden ? {} : { text: t('code', { code: codeOf(refusal) }) })}
        action={
          onRetry &&
          !forbidden && (
            <Button variant="default" onClick={onRetry}>
              {t('retry')}
            </Button>
          )
        }
      />
    </div>
  );
}

/** One line above a button or under a control; with a way to ask again where no other control does. */
export function RefusalLine({ error, onRetry }: Props) {
  const { t } = useTranslation('refused');
  if (!error) return null;
  const refusal = asRefusal(error);
  return (
    <p role="alert" className={classes.line}>
      {sayRefusal(refusal)}
      {refusal.requestId && <span> {t('code', { code: codeOf(refusal) })}</span>}
      {onRetry && (
        <Button variant="default" size="xs" className={classes.again} onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
    </p>
  );
}
