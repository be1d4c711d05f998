import { Button } from '@mantine/core';
import IconTag from '@tabler/icons-react/dist/esm/icons/IconTag.mjs';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/lib/session';
import { contactTagsQuery, type Ticket } from '../api';
import { startAct } from '../model/acting';
import { useNames } from '../names';
import { TagMarks } from '../tags/TagMark';
import { Block } from './Block';
import classes from './panel.module.css';

/** Words about the person, whichever ticket they come in. */
export function ContactTags({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('inbox');
  const can = useCan();
  const names = useNames();
  const tags = useQuery(contactTagsQuery(ticket.contact.id));
  return (
    <Block title={t('tags.of_contact')} query={tags} count={tags.data?.data.length}>
      {({ data }) => (
        <div className={classes.tags}>
          {data.length === 0 ? (
            <p className={classes.quiet}>{t('tags.none')}</p>
          ) : (
            <TagMarks tags={names.tags(data)} most={20} />
          )}
          {can('contacts.tag') && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconTag size={14} stroke={1.75} />}
              onClick={() => startAct({ kind: 'contact_tags', ticket })}
            >
              {t('tags.change')}
            </Button>
          )}
        </div>
      )}
    </Block>
  );
}
