/** The provider's side of templates: reviewing them, pausing them, and saying so by webhook. */
import { found, Refusal } from '../refusal.ts';
import { TEMPLATE_STATUSES } from '../templates.ts';
import { textOf } from '../json.ts';
import { type ControlRoutes, objectBody } from './request.ts';

export const templateRoutes: ControlRoutes = {
  'GET /templates/:waba': ({ context: { world }, params }) => ({ data: world.templates.of(params['waba'] ?? '') }),

  /** `{event, reason}`: APPROVED, REJECTED, PAUSED… */
  'POST /templates/:waba/:template/review': async ({ context: { world }, params, req }) => {
    const template = found(world.templates.get(params['template'] ?? ''), 'template');
    const body = await objectBody(req);
    const event = TEMPLATE_STATUSES.find((status) => status === body['event']);
    if (event === undefined) throw new Refusal(400, `event is one of ${TEMPLATE_STATUSES.join(', ')}`);
    template.status = event;
    const number = found(world.numbers.ofWaba(template.waba_id)[0], 'number of the account');
    void world.deliverer.send(number.phone_number_id, {
      waba_id: template.waba_id,
      field: 'message_template_status_update',
      value: {
        event,
        message_template_id: Number(template.id),
        message_template_name: template.name,
        message_template_language: template.language,
        message_template_category: template.category,
        reason: textOf(body['reason']) ?? 'NONE',
      },
      what: `template ${event}`,
    });
    return template;
  },
};
