import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { wordsFor } from '@/lib/i18n';
import type { Ticket } from '../api';
import { Fold } from './Block';
import classes from './panel.module.css';

type Props = { origin: NonNullable<Ticket['origin']> };

/** What brought them here: an advertisement, a post or a link, as the network or the page said it with the first message. */
export function Origin({ origin: { kind, headline, campaign, ad_id, ref } }: Props) {
  const { t } = useTranslation('inbox');
  const how = wordsFor('inbox', `panel.origin.kinds.${kind}`) ?? kind;
  const facts = [
    [t('panel.origin.how'), how],
    [t('panel.origin.headline'), headline],
    [t('panel.origin.campaign'), campaign],
    [t('panel.origin.ad_id'), ad_id],
    [t('panel.origin.ref'), ref],
  ].filter(([, said]) => said);
  return (
    <Fold title={t('panel.origin.title')} open>
      <dl className={classes.facts}>
        {facts.map(([term, said]) => (
          <Fragment key={term}>
            <dt>{term}</dt>
            <dd>{said}</dd>
          </Fragment>
        ))}
      </dl>
    </Fold>
  );
}
