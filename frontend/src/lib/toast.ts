import { notifications, notificationsStore } from '@mantine/notifications';
import type { ReactNode } from 'react';

const SHOWN_MS = 5000;

type Toast = { id?: string; message: ReactNode; tone?: 'plain' | 'bad'; stays?: boolean };

/**
 * Bottom left, five seconds; errors stay until read. Never the only place of an error. The same words are not stacked:
 * the new ones take the place of those that are still there.
 */
export function toast({ id, message, tone = 'plain', stays = tone === 'bad' }: Toast) {
  const { notifications: shown } = notificationsStore.getState();
  const same = shown.find((one) => !id && typeof message === 'string' && one.message === message);
  if (same?.id) notifications.hide(same.id);
  return notifications.show({
    ...(id ? { id } : {}),
    message,
    withBorder: false,
    autoClose: stays ? false : SHOWN_MS,
    role: tone === 'bad' ? 'alert' : 'status',
  });
}

export const dropToast = (id: string) => notifications.hide(id);
