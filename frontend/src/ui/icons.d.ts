/* Tabler ships one file per icon without a declaration of its own. */
declare module '@tabler/icons-react/dist/esm/icons/*.mjs' {
  // eslint-disable-next-line no-restricted-imports -- a type weighs nothing
  import type { Icon } from '@tabler/icons-react';
  const icon: Icon;
  export default icon;
}
