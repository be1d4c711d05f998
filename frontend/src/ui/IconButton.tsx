import { ActionIcon, Tooltip, type ActionIconProps } from '@mantine/core';
import type { ComponentPropsWithRef, ReactNode } from 'react';

type Props = Omit<ActionIconProps, 'children' | 'aria-label'> &
  Omit<ComponentPropsWithRef<'button'>, keyof ActionIconProps | 'aria-label'> & {
    label: string;
    /** Key that does the same, shown beside the name. */
    hint?: string | undefined;
    side?: 'top' | 'right' | 'bottom' | 'left';
    children: ReactNode;
  };

/** An icon always has words: as its name, and in the tooltip, which does not lie over what the button opened. */
export function IconButton({ label, hint, side = 'bottom', children, ...rest }: Props) {
  const isOpen = Boolean(rest['aria-haspopup'] && rest['aria-expanded']);
  return (
    <Tooltip label={hint ? `${label} · ${hint}` : label} position={side} disabled={isOpen}>
      <ActionIcon aria-label={label} {...rest}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
