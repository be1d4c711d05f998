/**
 * The Graph API's refusals as a table. `http` is what a simulator should answer: the provider itself says to decide on
 * `code` and `details` and never on the status.
 */
import { traceId } from '../ids.ts';
import type { Json } from '../json.ts';

type Row = { http: number; title: string; type?: string };

const BAD_REQUEST = 400;

const ROWS: Record<number, Row> = {
  0: { http: 401, title: 'AuthException' },
  1: { http: BAD_REQUEST, title: 'API Unknown' },
  2: { http: 503, title: 'API Service' },
  3: { http: 403, title: 'API Method' },
  4: { http: BAD_REQUEST, title: 'API Too Many Calls' },
  10: { http: 403, title: 'Permission Denied' },
  33: { http: BAD_REQUEST, title: 'Parameter value is not valid' },
  100: { http: BAD_REQUEST, title: 'Invalid parameter' },
  190: { http: 401, title: 'Invalid OAuth access token' },
  200: { http: 403, title: 'API Permission' },
  368: { http: 403, title: 'Temporarily blocked for policies violations' },
  2200: { http: BAD_REQUEST, title: 'Callback verification failed' },
  2500: { http: BAD_REQUEST, title: 'Unknown path components' },
  80007: { http: BAD_REQUEST, title: 'Rate limit issues' },
  130403: { http: 403, title: 'The business blocked this user' },
  130429: { http: BAD_REQUEST, title: 'Rate limit hit' },
  130472: { http: BAD_REQUEST, title: "User's number is part of an experiment" },
  130497: { http: 403, title: 'Business account is restricted from messaging users in this country' },
  131000: { http: 500, title: 'Something went wrong' },
  131005: { http: 403, title: 'Access denied' },
  131008: { http: BAD_REQUEST, title: 'Required parameter is missing' },
  131009: { http: BAD_REQUEST, title: 'Parameter value is not valid' },
  131016: { http: 503, title: 'Service unavailable' },
  131021: { http: BAD_REQUEST, title: 'Recipient cannot be sender' },
  131026: { http: BAD_REQUEST, title: 'Message undeliverable' },
  131031: { http: 403, title: 'Account has been locked' },
  131037: { http: BAD_REQUEST, title: 'Display name approval needed' },
  131042: { http: BAD_REQUEST, title: 'Business eligibility payment issue' },
  131045: { http: BAD_REQUEST, title: 'Incorrect certificate' },
  131047: { http: BAD_REQUEST, title: 'Re-engagement message' },
  131048: { http: BAD_REQUEST, title: 'Spam rate limit hit' },
  131049: { http: BAD_REQUEST, title: 'Meta chose not to deliver' },
  131050: { http: BAD_REQUEST, title: 'User stopped marketing messages' },
  131051: { http: BAD_REQUEST, title: 'Unsupported message type' },
  131052: { http: BAD_REQUEST, title: 'Media download error' },
  131053: { http: BAD_REQUEST, title: 'Media upload error' },
  131056: { http: BAD_REQUEST, title: 'Pair rate limit hit' },
  131057: { http: BAD_REQUEST, title: 'Account in maintenance mode' },
  131062: { http: BAD_REQUEST, title: 'Business-scoped user id is not supported for this message' },
  131064: { http: BAD_REQUEST, title: 'Template misclassification limit' },
  132000: { http: BAD_REQUEST, title: 'Number of parameters does not match the expected number of params' },
  132001: { http: 404, title: 'Template name does not exist in the translation' },
  132005: { http: BAD_REQUEST, title: 'Template hydrated text too long' },
  132007: { http: BAD_REQUEST, title: 'Template format character policy violated' },
  132012: { http: BAD_REQUEST, title: 'Template parameter format mismatch' },
  132015: { http: BAD_REQUEST, title: 'Template is paused' },
  132016: { http: BAD_REQUEST, title: 'Template is disabled' },
  132018: { http: BAD_REQUEST, title: 'Template parameter validation failed' },
  133004: { http: 503, title: 'Server temporarily unavailable' },
  133010: { http: BAD_REQUEST, title: 'Phone number not registered' },
  135000: { http: BAD_REQUEST, title: 'Generic user error' },
  2388019: { http: BAD_REQUEST, title: 'Template limit exceeded' },
  2388023: { http: BAD_REQUEST, title: 'Template language is being deleted' },
  2388024: { http: BAD_REQUEST, title: 'Template with this name and language already exists' },
  2388040: { http: BAD_REQUEST, title: 'Template character limit exceeded' },
  2388293: { http: BAD_REQUEST, title: 'Too many variables for the length of the text' },
  2388299: { http: BAD_REQUEST, title: 'Variable at the start or at the end of the text' },
};

/** Thrown anywhere on the way of a call; the gateway turns it into the answer. */
export class GraphRefusal extends Error {
  readonly code: number;
  readonly details: string;
  readonly subcode: number | undefined;
  /** Only for an answer whose status is not the one of the table: HTTP 429, for instance. */
  readonly http: number | undefined;

  constructor(code: number, details: string, more: { subcode?: number; http?: number } = {}) {
    super(`(#${code}) ${details}`);
    this.code = code;
    this.details = details;
    this.subcode = more.subcode;
    this.http = more.http;
  }
}

export function unknownNode(id: string): GraphRefusal {
  return new GraphRefusal(
    100,
    `Unsupported request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, ` +
      'or does not support this operation.',
    { subcode: 33 },
  );
}

export function errorTitle(code: number): string {
  return ROWS[code]?.title ?? 'Unknown error';
}

export function errorStatus(refusal: GraphRefusal): number {
  return refusal.http ?? ROWS[refusal.code]?.http ?? BAD_REQUEST;
}

export function errorBody(refusal: GraphRefusal): Json {
  const { code, details, subcode } = refusal;
  return {
    error: {
      message: `(#${code}) ${errorTitle(code)}`,
      type: code === 100 && subcode === 33 ? 'GraphMethodException' : 'OAuthException',
      code,
      ...(subcode === undefined ? {} : { error_subcode: subcode }),
      error_data: { messaging_product: 'whatsapp', details },
      fbtrace_id: traceId(),
    },
  };
}

/** The same refusal inside a `failed` status. */
export function statusError(code: number, details: string): Json {
  return {
    code,
    title: errorTitle(code),
    message: errorTitle(code),
    error_data: { details },
    href: 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/',
  };
}
