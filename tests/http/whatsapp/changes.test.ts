/** What a customer does to a message that is already there. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Browser } from '../support/browser.ts';
import { inState, messageOf, reply, take, theTicket, thread, ticketOf } from '../support/desk.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

let account: Account;
let ana: Browser;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  ana = await account.as('ana');
  whatsapp = await aWhatsapp(account);
});

describe('a reaction', () => {
  it('stands at the message, changes, and goes', async () => {
    const rita = await whatsapp.customer();
    await rita.say('Oi');
    const ticket = await ticketOf(ana, rita.name);
    await take(ana, ticket.id);
    const sent = await reply(ana, ticket.id, 'Resolvido!');
    await inState(ana, sent, 'delivered');
    const message_id = (await rita.received())[0]?.message_id;

    const reacted = (emoji: string) =>
      messageOf(
        ana,
        ticket.id,
        `with ${emoji || 'no reaction'}`,
        ({ seq, reactions }) => seq === sent.seq && (reactions[0]?.emoji ?? '') === emoji,
      );
    await rita.send({ type: 'reaction', reaction: { message_id, emoji: '👍' } });
    expect((await reacted('👍')).reactions).toEqual([{ emoji: '👍', by: 'contact' }]);
    await rita.send({ type: 'reaction', reaction: { message_id, emoji: '❤️' } });
    await reacted('❤️');
    await rita.send({ type: 'reaction', reaction: { message_id } });
    await reacted('');
    expect((await thread(ana, ticket.id)).filter(({ direction }) => direction === 'in')).toHaveLength(1);
  });

  it('is told live as a change of the message', async () => {
    const live = await ana.live();
    const rita = await whatsapp.customer();
    const message_id = await rita.say('Oi');
    const { data: created } = await live.next('message.created', ({ ticket }) => ticket.contact.name === rita.name);
    await rita.send({ type: 'reaction', reaction: { message_id, emoji: '🙏' } });
    const { data } = await live.next('message.changed', ({ message }) => message.ticket_id === created.ticket.id);
    expect(data.message).toMatchObject({ text: 'Oi', reactions: [{ emoji: '🙏', by: 'contact' }] });
    live.close();
  });
});

describe('an edit', () => {
  it('shows the new text and says that it was edited', async () => {
    const rita = await whatsapp.customer();
    const message_id = await rita.say('Meu CPF é 111');
    const ticket = await ticketOf(ana, rita.name);
    await rita.send({
      type: 'edit',
      edit: { original_message_id: message_id, message: { type: 'text', text: { body: 'Meu CPF é 222' } } },
    });
    const message = await messageOf(ana, ticket.id, 'that was edited', ({ edited_at }) => edited_at !== null);
    expect(message).toMatchObject({ text: 'Meu CPF é 222', direction: 'in' });
    expect(await thread(ana, ticket.id)).toHaveLength(2);
  });

  it('changes the caption of a picture and leaves the picture', async () => {
    const rita = await whatsapp.customer();
    const message_id = await rita.send({ type: 'image', image: { sample: true, caption: 'antes' } });
    const ticket = await ticketOf(ana, rita.name);
    await rita.send({
      type: 'edit',
      edit: { original_message_id: message_id, message: { type: 'image', image: { caption: 'depois' } } },
    });
    const message = await messageOf(ana, ticket.id, 'that was edited', ({ edited_at }) => edited_at !== null);
    expect(message).toMatchObject({ kind: 'image', text: 'depois' });
    expect(message.attachments).toHaveLength(1);
  });

  it('of the last message changes what the inbox shows of it', async () => {
    const rita = await whatsapp.customer();
    const message_id = await rita.say('Errado');
    const ticket = await ticketOf(ana, rita.name);
    await rita.send({
      type: 'edit',
      edit: { original_message_id: message_id, message: { type: 'text', text: { body: 'Certo' } } },
    });
    await messageOf(ana, ticket.id, 'that was edited', ({ edited_at }) => edited_at !== null);
    expect((await theTicket(ana, ticket.id)).last.preview).toBe('Certo');
  });
});

describe('a message taken back', () => {
  it('is marked as deleted', async () => {
    const rita = await whatsapp.customer();
    const message_id = await rita.say('Apaga isto');
    const ticket = await ticketOf(ana, rita.name);
    await rita.send({ type: 'revoke', revoke: { original_message_id: message_id } });
    const message = await messageOf(ana, ticket.id, 'that is deleted', ({ deleted_at }) => deleted_at !== null);
    expect(message).toMatchObject({ direction: 'in', seq: 2 });
    expect(await thread(ana, ticket.id)).toHaveLength(2);
    expect((await theTicket(ana, ticket.id)).last.preview).not.toContain('Apaga isto');
  });
});

it('a change of a message that nobody knows does no harm', async () => {
  const rita = await whatsapp.customer();
  const value = (message: Record<string, unknown>) => ({
    messaging_product: 'whatsapp',
    metadata: { phone_number_id: whatsapp.number },
    contacts: [{ wa_id: rita.wa_id, profile: { name: rita.name } }],
    messages: [{ from: rita.wa_id, id: `wamid.${Math.random()}`, timestamp: String(Math.floor(Date.now() / 1000)), ...message }],
  });
  await whatsapp.webhook('messages', value({ type: 'reaction', reaction: { message_id: 'wamid.never', emoji: '👍' } }));
  await whatsapp.webhook(
    'messages',
    value({ type: 'edit', edit: { original_message_id: 'wamid.never', message: { type: 'text', text: { body: 'x' } } } }),
  );
  await whatsapp.webhook('messages', value({ type: 'revoke', revoke: { original_message_id: 'wamid.never' } }));
  await rita.say('Ainda funciona');
  const ticket = await ticketOf(ana, rita.name);
  expect(await thread(ana, ticket.id)).toMatchObject([{ direction: 'system' }, { text: 'Ainda funciona' }]);
});
