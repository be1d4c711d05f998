import js from '@eslint/js';
import a11y from 'eslint-plugin-jsx-a11y-x';
import hooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import ts from 'typescript-eslint';

export default defineConfig(
  js.configs.recommended,
  {
    files: ['widget/**/*.{ts,tsx}'],
    extends: [ts.configs.strictTypeChecked, a11y.configs.recommended],
    plugins: { 'react-hooks': hooks },
    languageOptions: {
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off', // `onClick={() => close()}` reads well
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
      '@typescript-eslint/unbound-method': 'off', // our methods are closures, there is no `this`
      '@typescript-eslint/no-misused-spread': 'off', // code points are what the server counts
      '@typescript-eslint/no-unused-vars': [
        'error',
        { ignoreRestSiblings: true, varsIgnorePattern: '^_' },
      ],
      'jsx-a11y-x/no-noninteractive-element-interactions': 'off', // a dialog listens to Escape
      'jsx-a11y-x/no-noninteractive-tabindex': 'off', // scroll regions must be reachable by keyboard
      'jsx-a11y-x/media-has-caption': 'off', // people's own recordings have none
    },
  },
  {
    files: ['widget/**/*.test.{ts,tsx}'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
);
