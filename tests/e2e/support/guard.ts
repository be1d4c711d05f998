/** What no journey may cause: a breach of the page's policy, an error in the console, an exception nobody caught. */
import type { BrowserContext, Page } from 'playwright-core';

const troubles = new WeakMap<BrowserContext, { seen: string[]; foreseen: RegExp[] }>();

export async function guard(context: BrowserContext): Promise<void> {
  const trouble = { seen: [] as string[], foreseen: [] as RegExp[] };
  troubles.set(context, trouble);
  context.on('console', (message) => {
    if (message.type() === 'error') trouble.seen.push(`${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => trouble.seen.push(`uncaught: ${error.error().stack ?? error.error().message}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile, lineNumber }) => {
      console.error(`securitypolicyviolation: ${effectiveDirective} ${blockedURI} at ${sourceFile}:${lineNumber}`);
    });
  });
}

/** A browser writes every refused request to the console: the journey that provokes one says so. */
export function foresee(page: Page, ...patterns: RegExp[]): void {
  troubles.get(page.context())?.foreseen.push(...patterns);
}

/** Trouble that a look at the page found: told at the end of the journey, with the rest. */
export function note(page: Page, ...trouble: string[]): void {
  troubles.get(page.context())?.seen.push(...trouble);
}

export function troubleIn(context: BrowserContext): string[] {
  const { seen = [], foreseen = [] } = troubles.get(context) ?? {};
  return seen.filter((one) => !foreseen.some((pattern) => pattern.test(one)));
}
