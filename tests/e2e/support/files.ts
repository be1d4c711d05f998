/** Files brought to a page the ways people bring them. */
import type { JSHandle, Locator, Page } from 'playwright-core';

export type Brought = { name: string; mimeType: string; buffer: Buffer };

export async function drop(target: Locator, ...files: Brought[]): Promise<void> {
  const dataTransfer = await transferOf(target.page(), files);
  await target.dispatchEvent('dragover', { dataTransfer });
  await target.dispatchEvent('drop', { dataTransfer });
}

export async function paste(target: Locator, ...files: Brought[]): Promise<void> {
  const clipboardData = await transferOf(target.page(), files);
  await target.evaluate(
    (element, data) => element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })),
    clipboardData,
  );
}

/** Presses what opens the file picker, and picks. */
export async function pick(button: Locator, ...files: Brought[]): Promise<void> {
  const chooser = button.page().waitForEvent('filechooser');
  await button.click();
  await (await chooser).setFiles(files);
}

function transferOf(page: Page, files: Brought[]): Promise<JSHandle<DataTransfer>> {
  const packed = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString('base64') }));
  return page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const { name, mimeType, base64 } of all) {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      transfer.items.add(new File([bytes], name, { type: mimeType }));
    }
    return transfer;
  }, packed);
}

/** So little room on the way up that one sees the file going. */
export async function slowUploads(page: Page, bytes_per_s: number): Promise<() => Promise<void>> {
  const network = await page.context().newCDPSession(page);
  const limit = (uploadThroughput: number): Promise<unknown> =>
    network.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput });
  await network.send('Network.enable');
  await limit(bytes_per_s);
  return async () => {
    await limit(-1);
  };
}
