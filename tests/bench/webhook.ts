/** A customer's message, as the provider posts it. */
import { createHmac } from 'node:crypto';

export type Said = { phone_number_id: string; from: string; id: string; text: string };

export function body({ phone_number_id, from, id, text }: Said): string {
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '554932220000', phone_number_id },
    contacts: [{ profile: { name: `Cliente ${from.slice(-4)}` }, wa_id: from }],
    messages: [{ from, id, timestamp: String(Math.floor(Date.now() / 1000)), type: 'text', text: { body: text } }],
  };
  return JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '30001', changes: [{ value, field: 'messages' }] }] });
}

export const SIGNATURE = 'X-Hub-Signature-256';

export function signature(secret: string, bytes: string): string {
  return `sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`;
}
