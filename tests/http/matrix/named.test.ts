/** A row that is named in a body belongs to whoever names it. */
import { describe, expect, it } from 'vitest';

import type { Answer } from '../support/answer.ts';
import { bodyOf, nameOf } from './bodies.ts';
import { withoutRequest } from './cells.ts';
import { bodySchema, idsInBody } from './routes.ts';
import type { Twin, Who } from './twins.ts';
import { a, ABSENT, aMatrix, b, firstOf, holds, kindOf, known, ofMembers, pathOf } from './world.ts';

aMatrix('named');

describe('ids in a body', () => {
  const named = ofMembers
    .filter((route) => route.body === 'json' && (route.ids.length === 0 || known.includes(route)))
    .filter((route) => route.path !== '/api/v1/audit/export') // ids there narrow what is shown, and name nothing
    .filter((route) => route.path !== '/api/v1/bulks') // many rows: each that is not seen is refused by itself, desk/bulk.test.ts
    .flatMap((route) => idsInBody(route).map((one) => [`${nameOf(route)} ${one.name}`, route, one] as const));
  /** A row of the other account for each name that bodies use; what is not here is answered for by any number of theirs. */
  const theirs: Record<string, (twin: Twin) => number> = {
    company_id: (twin) => twin.companies[0] ?? 0,
    department_id: (twin) => twin.departments['suporte'] ?? 0,
    department_ids: (twin) => twin.departments['suporte'] ?? 0,
    assignee_id: (twin) => twin.members.agent,
    mention_ids: (twin) => twin.members.agent,
    reason_id: (twin) => twin.reason_id,
    reason_ids: (twin) => twin.reason_id,
    tag_id: (twin) => twin.tag_id,
    type_id: (twin) => twin.type_id,
    attachment_id: (twin) => twin.unsent_id,
    group_id: (twin) => twin.groups['agent'] ?? 0,
    contact_ids: (twin) => twin.own_contact_id,
    contact_id: (twin) => twin.own_contact_id,
    other_id: (twin) => twin.own_contact_id,
    channel_id: (twin) => twin.channels['site'] ?? 0,
    template_id: (twin) => twin.template_id,
    member_id: (twin) => twin.members.agent,
    member_ids: (twin) => twin.members.agent,
    member_a: (twin) => twin.members.agent,
    member_b: (twin) => twin.members.colleague,
  };

  it.each(named)('%s: one of another account is one that does not exist', async (_, route, { name, isList }) => {
    const rows = kindOf(route);
    const id = rows.find((row) => row.name.startsWith('serving') && row.name.endsWith('agent'))?.id ?? rows[0]?.id ?? '';
    const who: Who = holds('agent', route) ? 'agent' : 'owner';
    const tell = async (row: number): Promise<Answer> => {
      const body = { ...bodyOf(route, a), [name]: isList ? [row] : row };
      if (route.path.endsWith('/transfer')) Object.keys(body).forEach((key) => key !== name && delete (body as Record<string, unknown>)[key]);
      return a.as(who).ask(route.method, pathOf(route, id), body);
    };
    const [foreign, absent] = [await tell((theirs[name] ?? (() => b.tickets[0]?.id ?? 0))(b)), await tell(ABSENT)];
    expect(withoutRequest(foreign)).toBe(withoutRequest(absent));
    expect([400, 404, 409]).toContain(foreign.status);
    expect(foreign.text).not.toContain(b.mark);
  });

  it('no body names the account', async () => {
    for (const route of ofMembers.filter((one) => bodySchema(one) !== undefined)) {
      const answer = await a.as('owner').ask(route.method, pathOf(route, firstOf(a, route).id), { ...bodyOf(route, a), account_id: b.id });
      expect([nameOf(route), answer.status]).toEqual([nameOf(route), 400]);
    }
  });
});
