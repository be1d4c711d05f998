import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { RefusalLine } from '@/lib/refusal';
import { useEmailLink } from './api';
import { Door } from './Door';
import { BackToSignIn } from './ForgotPassword';
import { LinkIsOver } from './LinkIsOver';
import { useToken } from './useToken';
import classes from './team.module.css';

type Props = { act: 'confirm' | 'undo' };

/** The links in letters about a changed e-mail. A press, so that no mail scanner uses them. */
function EmailLink({ act }: Props) {
  const { t } = useTranslation('team');
  const token = useToken();
  const link = useEmailLink(act);

  if (link.isSuccess) {
    return (
      <Door title={t(`email_link.${act}.done_title`)} lead={t(`email_link.${act}.done_text`)}>
        <BackToSignIn />
      </Door>
    );
  }
  if (token === '' || (link.error && asRefusal(link.error).status === 410)) {
    return <LinkIsOver error={link.error} asksForPassword={false} />;
  }
  return (
    <Door title={t(`email_link.${act}.title`)} lead={t(`email_link.${act}.lead`)}>
      <div className={classes.stack}>
        <RefusalLine error={link.error} />
        <Button size="lg" fullWidth loading={link.isPending} onClick={() => link.mutate(token)}>
          {t(`email_link.${act}.submit`)}
        </Button>
      </div>
    </Door>
  );
}

export const ConfirmEmail = () => <EmailLink act="confirm" />;
export const UndoEmail = () => <EmailLink act="undo" />;
