import { expect, it, vi } from 'vitest';
import type { Receipt } from './api';
import { createReceipts } from './receipts';

const flush = () => new Promise((resolve) => setTimeout(resolve));

it('says each step forward once, and never a step back', async () => {
  const told: Receipt[] = [];
  const receipts = createReceipts(async (receipt) => {
    await Promise.resolve();
    told.push(receipt);
  });
  receipts.report({ id: '02', state: 'delivered' });
  receipts.report({ id: '02', state: 'delivered' });
  await flush();
  receipts.report({ id: '02', state: 'read' });
  receipts.report({ id: '01', state: 'read' });
  receipts.report({ id: '02', state: 'delivered' });
  await flush();
  expect(told).toEqual([
    { id: '02', state: 'delivered' },
    { id: '02', state: 'read' },
  ]);
});

it('says only the newest of those that come while one is on its way', async () => {
  const told: string[] = [];
  const receipts = createReceipts(async ({ id }) => {
    await Promise.resolve();
    told.push(id);
  });
  for (const id of ['01', '02', '03']) receipts.report({ id, state: 'read' });
  await flush();
  expect(told).toEqual(['01', '03']);
});

it('says it again at the next occasion when it failed', async () => {
  const send = vi.fn(() => Promise.resolve());
  send.mockRejectedValueOnce(new Error('gone'));
  const receipts = createReceipts(send);
  receipts.report({ id: '01', state: 'read' });
  await flush();
  receipts.report({ id: '01', state: 'read' });
  await flush();
  expect(send).toHaveBeenCalledTimes(2);
});
