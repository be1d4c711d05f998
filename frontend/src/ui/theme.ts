import {
  ActionIcon,
  Button,
  CloseButton,
  type CloseButtonProps,
  createTheme,
  defaultVariantColorsResolver,
  Input,
  Menu,
  Modal,
  Popover,
  Tooltip,
  type CSSVariablesResolver,
  type VariantColorsResolver,
} from '@mantine/core';
import controls from './controls.module.css';
import tokens from './tokens.json';

const TOGGLE = {
  body: controls.toggle,
  label: controls.toggleLabel,
  description: controls.toggleHint,
};

/** Semantic colours become `--b-<name>`; the few joins tell Mantine which of them are its own. */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const light: Record<string, string> = {};
  const dark: Record<string, string> = {};

  for (const [name, [onLight, onDark]] of Object.entries(tokens)) {
    light[`--b-${name}`] = onLight ?? '';
    dark[`--b-${name}`] = onDark ?? '';
  }
  const joins = {
    '--mantine-color-body': 'var(--b-ground)',
    '--mantine-color-text': 'var(--b-text)',
    '--mantine-color-dimmed': 'var(--b-text-2)',
    '--mantine-color-placeholder': 'var(--b-text-3)',
    '--mantine-color-error': 'var(--b-bad)',
    '--mantine-color-anchor': 'var(--b-accent-text)',
    /* The one shade that the items of a menu ask for by its number. */
    '--mantine-color-red-6': 'var(--b-bad)',
    '--mantine-color-default': 'var(--b-surface)',
    '--mantine-color-default-hover': 'var(--b-sunken)',
    '--mantine-color-default-color': 'var(--b-text)',
    '--mantine-color-default-border': 'var(--b-line-strong)',
  };
  return { variables: {}, light: { ...light, ...joins }, dark: { ...dark, ...joins } };
};

const plain = { border: '1px solid transparent' };

const outlinedBad = {
  background: 'transparent',
  hover: 'var(--b-bad-soft)',
  color: 'var(--b-bad)',
  border: '1px solid var(--b-bad)',
};

/** What takes something away is red however it looks: filled where it is done, outlined or plain where it is only offered. */
const badColors: VariantColorsResolver = ({ variant }) => {
  switch (variant) {
    case 'filled':
      return {
        background: 'var(--b-bad-solid)',
        hover: 'color-mix(in srgb, var(--b-bad-solid) 88%, #000)',
        color: 'var(--b-on-accent)',
        ...plain,
      };
    case 'default':
      return outlinedBad;
    default:
      return { ...outlinedBad, ...plain };
  }
};

/** Four ways a control may look; anything else falls back to Mantine's own. */
const variantColorResolver: VariantColorsResolver = (input) => {
  if (input.color === 'red') return badColors(input);
  switch (input.variant) {
    case 'filled':
      return {
        background: 'var(--b-accent)',
        hover: 'var(--b-accent-hover)',
        color: 'var(--b-on-accent)',
        ...plain,
      };
    case 'default':
      return {
        background: 'var(--b-raised)',
        hover: 'var(--b-sunken)',
        color: 'var(--b-text)',
        border: '1px solid var(--b-line)',
      };
    case 'subtle':
      return {
        background: 'transparent',
        hover: 'var(--b-sunken)',
        color: 'var(--b-text-2)',
        ...plain,
      };
    case 'danger':
      return outlinedBad;
    default:
      return defaultVariantColorsResolver(input);
  }
};

export const makeTheme = (closeLabel: string) =>
  createTheme({
    primaryColor: 'azulejo',
    primaryShade: { light: 6, dark: 5 },
    white: '#FFFFFF',
    black: '#211E18',
    colors: {
      azulejo: [
        '#EEF3FF',
        '#E0E8FF',
        '#C2D1FD',
        '#A3B9FB',
        '#7E9BF5',
        '#4468E0',
        '#2B50C4',
        '#2343A8',
        '#1D3789',
        '#17296A',
      ],
      gray: [
        '#FBFAF7',
        '#F7F5F1',
        '#F1EEE8',
        '#EAE6DE',
        '#E4E0D7',
        '#8F887B',
        '#6B6458',
        '#575146',
        '#3A352C',
        '#211E18',
      ],
      dark: [
        '#F1EEE7',
        '#BDB6A9',
        '#A8A094',
        '#7D766A',
        '#34312B',
        '#2F2D28',
        '#26241F',
        '#1B1917',
        '#171513',
        '#131210',
      ],
    },
    fontFamily: '"Inter Variable", Inter, system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif',
    fontFamilyMonospace:
      'ui-monospace, "JetBrains Mono", "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace',
    fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
    spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
    radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
    defaultRadius: 'md',
    cursorType: 'pointer',
    respectReducedMotion: true,
    focusRing: 'auto',
    variantColorResolver,
    components: {
      Button: Button.extend({
        classNames: { root: controls.button },
        defaultProps: { size: 'sm' },
      }),
      ActionIcon: ActionIcon.extend({
        classNames: { root: controls.icon },
        defaultProps: { variant: 'subtle', size: 32 },
      }),
      CloseButton: CloseButton.extend({
        classNames: { root: controls.close },
        defaultProps: { 'aria-label': closeLabel } as Partial<CloseButtonProps>,
      }),
      /* By their names: no screen of the first load has one. */
      Checkbox: { classNames: { ...TOGGLE, input: controls.box } },
      Radio: { classNames: { ...TOGGLE, radio: controls.box } },
      Tabs: { classNames: { tab: controls.tab } },
      Switch: { classNames: { ...TOGGLE, track: controls.track } },
      SegmentedControl: { classNames: { label: controls.segment } },
      Select: { classNames: { option: controls.option } },
      Input: Input.extend({
        classNames: { input: controls.input, wrapper: controls.inputFrame },
      }),
      InputWrapper: Input.Wrapper.extend({
        classNames: {
          label: controls.label,
          description: controls.hint,
          error: controls.error,
          root: controls.field,
        },
        defaultProps: { inputWrapperOrder: ['label', 'input', 'error', 'description'] },
      }),
      Modal: Modal.extend({
        classNames: {
          content: controls.dialog,
          header: controls.dialogHead,
          title: controls.dialogTitle,
          body: controls.dialogBody,
        },
        defaultProps: {
          transitionProps: { duration: 140, transition: 'fade' },
          overlayProps: { backgroundOpacity: 0.4, color: '#0F0D0A' },
        },
      }),
      Drawer: {
        classNames: { content: controls.drawer },
        defaultProps: {
          transitionProps: { duration: 180 },
          overlayProps: { backgroundOpacity: 0.4, color: '#0F0D0A' },
        },
      },
      Menu: Menu.extend({
        classNames: {
          dropdown: controls.menu,
          item: controls.menuItem,
          label: controls.menuLabel,
          divider: controls.menuDivider,
        },
        defaultProps: { transitionProps: { duration: 90 }, shadow: 'none' },
      }),
      Popover: Popover.extend({
        classNames: { dropdown: controls.menu },
        defaultProps: { transitionProps: { duration: 90 } },
      }),
      Tooltip: Tooltip.extend({
        classNames: { tooltip: controls.tooltip },
        defaultProps: { openDelay: 400, transitionProps: { duration: 90 } },
      }),
    },
  });
