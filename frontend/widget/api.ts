/* The words of the contract that a visitor needs. Types only: nothing of the app is bundled here. */
import type { components, operations } from '../src/api/schema.gen';

export type Message = components['schemas']['VisitorMessage'];
export type Attachment = components['schemas']['Attachment'];

type Json<Answer> = Answer extends { content: { 'application/json': infer Body } } ? Body : never;
type Sent<Name extends 'enterAsVisitor' | 'postVisitorMessage' | 'readAsVisitor'> = Json<
  operations[Name]['requestBody']
>;

export type Config = Json<operations['widgetConfig']['responses'][200]>;
export type Field = Config['prechat'][number]['name'];
export type Visitor = Sent<'enterAsVisitor'>;
export type Pass = Json<operations['enterAsVisitor']['responses'][201]>;
export type History = Json<operations['listVisitorMessages']['responses'][200]>;
export type TicketState = History['state'];
export type MessageBody = Sent<'postVisitorMessage'>;
export type Receipt = Sent<'readAsVisitor'>;
