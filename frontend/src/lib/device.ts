import type { Schema } from '@/api/client';
import { i18n } from './i18n';

/** "Chrome no Windows", from what a browser says it is. */
export function sayDevice({ browser, system }: Schema['Device']): string {
  if (browser && system) return i18n.t('common:device.both', { browser, system });
  return browser ?? system ?? i18n.t('common:device.unknown');
}
