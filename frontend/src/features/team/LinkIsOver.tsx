import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Refusal } from '@/api/refusal';
import { paths } from '@/lib/paths';
import { sayRefusal } from '@/lib/refusal';
import { Door } from './Door';
import classes from './team.module.css';

type Props = { error: unknown; asksForPassword?: boolean };

/** A link that was used, is too old, or came without its token. */
export function LinkIsOver({ error, asksForPassword = true }: Props) {
  const { t } = useTranslation('team');
  const refusal =
    error instanceof Refusal ? error : new Refusal({ slug: 'link_expired', status: 410 });
  return (
    <Door title={t('door.over')} lead={sayRefusal(refusal)}>
      {asksForPassword && (
        <p className={classes.doorFoot}>
          <Anchor component={Link} to={paths.forgot}>
            {t('door.ask_again')}
          </Anchor>
        </p>
      )}
      <p className={classes.doorFoot}>
        <Anchor component={Link} to={paths.signIn}>
          {t('forgot.back')}
        </Anchor>
      </p>
    </Door>
  );
}
