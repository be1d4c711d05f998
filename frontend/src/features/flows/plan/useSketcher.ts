import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { catalogueQuery, usePalette } from '../api';
import { CHANNEL_KINDS } from '../model/flow-fields';
import { sketch, type Plan, type Words } from './sketch';

/** Brokers of one network are one kind to a flow: `whatsapp_cloud` is WhatsApp. */
const networkOf = (kind: string) => kind.split('_')[0] ?? kind;

/** From answers to a flow for the channels that the account has, in the words of who reads this. */
export function useSketcher() {
  const { t } = useTranslation('flowplan');
  const { types } = usePalette();
  const { data: account } = useQuery(catalogueQuery);
  const channels = useMemo(() => {
    const kinds = account?.channels.filter((one) => one.is_active).map(({ kind }) => kind);
    const networks = new Set(kinds?.map(networkOf));
    return CHANNEL_KINDS.filter((kind) => networks.has(kind));
  }, [account]);
  const words = useMemo(
    (): Words => ({
      name: t('name_first'),
      greeting: t('says.greeting', {
        greeting: '{{now.greeting}}',
        name: '{{contact.first_name}}',
        company: '{{company.name}}',
      }),
      question: t('says.question'),
      notes: { erp: t('says.note_erp'), api: t('says.note_api'), ai: t('says.note_ai') },
    }),
    [t],
  );
  return useCallback(
    (plan: Plan) => sketch(plan, words, channels, types),
    [words, channels, types],
  );
}
