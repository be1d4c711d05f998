// eslint-disable-next-line no-restricted-imports -- a type weighs nothing
export type { Icon } from '@tabler/icons-react';
