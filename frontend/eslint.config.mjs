import js from '@eslint/js';
import a11y from 'eslint-plugin-jsx-a11y-x';
import hooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';

const FEATURES = ['auth', 'inbox', 'channels', 'notices', 'settings', 'team'];

const barrel = {
  name: '@tabler/icons-react',
  message: 'Import one icon per file: @tabler/icons-react/dist/esm/icons/IconX.mjs',
};

const layer = (...above) => ({
  'no-restricted-imports': [
    'error',
    {
      paths: [barrel],
      patterns: above.map((group) => ({
        group: [group, `${group}/**`],
        message: 'Imports flow ui, lib, api ← features ← app.',
      })),
    },
  ],
});

export default defineConfig(
  globalIgnores(['dist', 'widget', 'worker', 'src/api/schema.gen.ts']),
  js.configs.recommended,
  {
    files: ['src/**/*.{ts,tsx}', 'vite.config.ts'],
    extends: [
      ts.configs.strictTypeChecked,
      hooks.configs.flat.recommended,
      a11y.configs.recommended,
    ],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/only-throw-error': 'off', // the router's redirect is thrown, and is not an Error
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off', // `onClick={() => close()}` reads well
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
      'react-hooks/incompatible-library': 'off', // useVirtualizer cannot be memoised, and says so
      'jsx-a11y-x/no-noninteractive-tabindex': 'off', // scroll regions must be reachable by keyboard
      'jsx-a11y-x/no-autofocus': 'off', // the first field of a dialog
      ...layer(),
    },
  },
  { files: ['src/{ui,lib,api}/**/*.{ts,tsx}'], rules: layer('@/features', '@/app') },
  ...FEATURES.map((feature) => ({
    files: [`src/features/${feature}/**/*.{ts,tsx}`],
    rules: layer(
      '@/app',
      ...FEATURES.filter((other) => other !== feature).map((other) => `@/features/${other}`),
    ),
  })),
  {
    files: ['src/**/*.test.{ts,tsx}', 'src/testing/**/*.{ts,tsx}'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', 'no-restricted-imports': 'off' },
  },
  {
    files: ['tools/**/*.mjs', 'eslint.config.mjs'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } },
  },
);
