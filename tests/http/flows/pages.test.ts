/** Who has a flow open, and who of them writes: one page at a time, told to the others as it moves. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Answer, Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { aFlow, draftOf, type Flow, greeting, saying } from '../support/flows.ts';
import { aToken, type Program } from '../support/token.ts';

type Pages = Schemas['FlowPages'];

let account: Account;
let rafael: Browser;
let olga: Browser;

beforeAll(async () => {
  account = await anAccount();
  [rafael, olga] = await Promise.all([account.as('rafael'), account.as('olga')]);
});

const at = (flow: Flow, page: number): string => `/api/v1/flows/${flow.id}/pages/${page}`;
const reads = async (who: Browser, flow: Flow, page: number): Promise<Pages> => (await who.put(at(flow, page))).ok();
const writes = async (who: Browser, flow: Flow, page: number, asks = false): Promise<Pages> => (await who.put(`${at(flow, page)}/pencil`, { asks })).ok();
const isHeldHere = ({ pencil }: Pages): boolean => pencil?.is_here ?? false;
const opened = (): Promise<Flow> => aFlow(rafael, greeting(account));
const saves = (who: Browser | Program, flow: Flow, revision: number): Promise<Answer> =>
  who.ask('PUT', `/api/v1/flows/${flow.id}/draft`, { revision, document: { ...saying(greeting(account), `Da revisão ${revision}`), key: flow.key } });

describe('a page', () => {
  it('says who else has the flow open, and whoever comes first writes', async () => {
    const flow = await opened();
    expect(await writes(rafael, flow, 1)).toMatchObject({
      pages: [{ member_id: account.members.rafael, is_here: true }],
      pencil: { member_id: account.members.rafael, is_here: true, asked_by: null },
    });
    const seen = await writes(olga, flow, 2);
    expect(seen.pages.map(({ member_id, is_here }) => [member_id, is_here])).toEqual([[account.members.rafael, false], [account.members.olga, true]]);
    expect(seen.pencil).toMatchObject({ member_id: account.members.rafael, is_here: false });
  });

  it('is told to others when it comes and when it goes, and hands the pencil on to who asked', async () => {
    const flow = await opened();
    const stream = await olga.live();
    const told = () => stream.next('flow.pages', ({ flow_id }) => flow_id === flow.id);
    await writes(rafael, flow, 1);
    await told();
    expect((await writes(olga, flow, 2, true)).pencil).toMatchObject({ member_id: account.members.rafael, asked_by: account.members.olga });
    await told();
    (await rafael.delete(at(flow, 1))).ok(204);
    await told();
    expect(await writes(olga, flow, 2)).toMatchObject({ pages: [{ is_here: true }], pencil: { is_here: true, asked_by: null } });
    (await rafael.delete(at(flow, 1))).ok(204);
    stream.close();
  });

  it('is one of several of the same person, of which one writes', async () => {
    const flow = await opened();
    expect(isHeldHere(await writes(rafael, flow, 1))).toBe(true);
    const second = await writes(rafael, flow, 2);
    expect(second.pencil).toMatchObject({ member_id: account.members.rafael, is_here: false });
    await writes(rafael, flow, 2, true);
    await reads(rafael, flow, 1);
    expect(isHeldHere(await writes(rafael, flow, 2))).toBe(true);
  });
});

describe('the pencil', () => {
  it('leaves who does not answer', async () => {
    const flow = await opened();
    await writes(rafael, flow, 1);
    expect(isHeldHere(await writes(olga, flow, 2, true))).toBe(false);
    await sql("UPDATE flow_pages SET asked_at = asked_at - interval '5 seconds' WHERE account_id = :'a' AND flow_id = :'f' AND asked_at IS NOT NULL", { a: account.id, f: flow.id });
    expect(isHeldHere(await writes(olga, flow, 2, true))).toBe(true);
    expect(isHeldHere(await writes(rafael, flow, 1))).toBe(false);
  });

  it('leaves a browser that died', async () => {
    const flow = await opened();
    await writes(rafael, flow, 1);
    await sql("UPDATE flow_pages SET alive_until = now() WHERE account_id = :'a' AND flow_id = :'f'", { a: account.id, f: flow.id });
    const { pages, pencil } = await writes(olga, flow, 2);
    expect(pages).toHaveLength(1);
    expect(pencil?.is_here).toBe(true);
  });

  it('goes to one of two who reach for it at once', async () => {
    const flow = await opened();
    const both = await Promise.all([writes(rafael, flow, 1), writes(olga, flow, 2)]);
    expect(both.filter(isHeldHere)).toHaveLength(1);
  });

  it('is needed by a person to save while somebody else has it, and by no program', async () => {
    const flow = await opened();
    await writes(rafael, flow, 1);
    (await saves(olga, flow, 1)).refused(409, 'flow_is_held');
    (await saves(rafael, flow, 1)).ok();
    const program = await aToken(account, { kind: 'service', permissions: ['flows.view', 'flows.edit'] });
    (await saves(program, flow, 1)).refused(409, 'flow_moved_on');
    (await saves(program, flow, 2)).ok();
    (await program.ask('PUT', at(flow, 3))).refused(403, 'token_not_allowed');
    expect((await draftOf(rafael, flow)).revision).toBe(3);
    await reads(rafael, flow, 1);
    (await saves(olga, flow, 3)).ok();
  });
});

describe('who may', () => {
  it('whoever may only read has the flow open, and never the pencil', async () => {
    const [camila, ana] = [await account.as('camila'), await account.as('ana')];
    const flow = await opened();
    expect((await reads(camila, flow, 1)).pencil).toBeNull();
    (await camila.put(`${at(flow, 1)}/pencil`, { asks: true })).refused(403, 'permission_denied');
    (await ana.put(at(flow, 1))).refused(403, 'permission_denied');
    expect((await writes(rafael, flow, 1)).pages).toHaveLength(2);
  });

  it('another account’s flow is nowhere, and a page of somebody else’s is not one’s own', async () => {
    const flow = await opened();
    const elsewhere = await (await anAccount()).as('rafael');
    (await elsewhere.put(at(flow, 1))).refused(404, 'not_found');
    (await elsewhere.put(`${at(flow, 1)}/pencil`, { asks: true })).refused(404, 'not_found');
    (await elsewhere.delete(at(flow, 1))).refused(404, 'not_found');
    await writes(rafael, flow, 7);
    (await olga.delete(at(flow, 7))).ok(204);
    expect(isHeldHere(await writes(rafael, flow, 7))).toBe(true);
    expect((await reads(olga, flow, 7)).pages).toHaveLength(2);
  });

  it('a page has a number, and says what it wants', async () => {
    const flow = await opened();
    (await rafael.put(`/api/v1/flows/${flow.id}/pages/x`)).refused(404, 'not_found');
    (await rafael.put(`${at(flow, 1)}/pencil`, {})).refused(400, 'required', 'asks');
  });
});
