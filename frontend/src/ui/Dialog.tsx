import { Modal } from '@mantine/core';
import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { lastFocused } from './last-focus';

type Props = {
  open: boolean;
  title: string;
  width?: number;
  onClose: () => void;
  children: ReactNode;
};

/** A dialog gives the focus back to what had it, also when a menu was in between. */
export function Dialog({ open, title, width = 480, onClose, children }: Props) {
  const opener = useRef<HTMLElement>(null);

  /* A layout effect comes before the dialog's own focus trap, which waits for a timer. */
  useLayoutEffect(() => {
    if (open) opener.current = lastFocused();
  }, [open]);

  return (
    <Modal
      opened={open}
      onClose={onClose}
      title={title}
      size={width}
      centered
      returnFocus={false}
      onExitTransitionEnd={() => opener.current?.focus()}
    >
      {children}
    </Modal>
  );
}
