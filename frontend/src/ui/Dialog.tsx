import { Modal } from '@mantine/core';
import { useRef, type ReactNode } from 'react';

type Props = {
  open: boolean;
  title: string;
  width?: number;
  onClose: () => void;
  children: ReactNode;
};

/**
 * A dialog gives the focus back to what had it. Mantine remembers the element that was focused,
 * which for a dialog opened from a menu is an item that no longer exists; so we remember ours,
 * and fall back to the nearest menu button.
 */
export function Dialog({ open, title, width = 480, onClose, children }: Props) {
  const opener = useRef<Element | null>(null);

  return (
    <Modal
      opened={open}
      onClose={onClose}
      title={title}
      size={width}
      centered
      returnFocus={false}
      onEnterTransitionEnd={undefined}
      transitionProps={{
        duration: 140,
        transition: 'fade',
        onEnter: () => {
          opener.current = openerOf(document.activeElement);
        },
        onExited: () => {
          if (opener.current instanceof HTMLElement && opener.current.isConnected)
            opener.current.focus();
        },
      }}
    >
      {children}
    </Modal>
  );
}

function openerOf(element: Element | null) {
  const menu = element?.closest('[role="menu"]');
  const label = menu?.getAttribute('aria-labelledby');
  return (label ? document.getElementById(label) : null) ?? element;
}
