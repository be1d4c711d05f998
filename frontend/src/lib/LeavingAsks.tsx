import { Button } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { Dialog } from '@/ui/Dialog';
import classes from './panes/form.module.css';

type Props = {
  /** Something would be lost. */
  asks: boolean;
  /** A place within which one may go about without losing it. */
  within?: string;
  title: string;
  text: string;
  discard: string;
  stay: string;
};

/** Nothing made is lost by a click elsewhere: leaving this place asks, and so does closing the page. */
export function LeavingAsks({ asks, within, title, text, discard, stay }: Props) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      asks && current.pathname !== next.pathname && !(within && next.pathname.startsWith(within)),
    enableBeforeUnload: () => asks,
    withResolver: true,
  });
  const back = () => blocker.reset?.();
  return (
    <Dialog open={blocker.status === 'blocked'} title={title} width={440} onClose={back}>
      <p>{text}</p>
      <div className={classes.acts}>
        <Button variant="default" onClick={() => blocker.proceed?.()}>
          {discard}
        </Button>
        <Button onClick={back} data-autofocus>
          {stay}
        </Button>
      </div>
    </Dialog>
  );
}
