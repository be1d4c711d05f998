/** Recorded conversations where they are kept: with the document, under what changes nothing of it. */
import { newId, type FlowDocument } from '../../model/document';

export type Recording = { id?: string; name?: string; [name: string]: unknown };
type WithMeta = FlowDocument & { meta?: { tests?: Recording[] } };

export const TESTS_MAX = 50;

export const testsOf = (document: FlowDocument): Recording[] => {
  const { meta } = document as WithMeta;
  return Array.isArray(meta?.tests) ? meta.tests : [];
};

export const newTestId = (document: FlowDocument) =>
  newId(
    'teste',
    testsOf(document).map(({ id = '' }) => id),
  );

const keeping = (document: FlowDocument, tests: Recording[]): FlowDocument => {
  const { meta } = document as WithMeta;
  return { ...document, meta: { ...meta, tests } } as FlowDocument;
};

/** In the place of the one of its id, else behind all others. */
export function putTest(document: FlowDocument, test: Recording): FlowDocument {
  const tests = testsOf(document);
  const isThere = tests.some(({ id }) => id === test.id);
  return keeping(
    document,
    isThere ? tests.map((one) => (one.id === test.id ? test : one)) : [...tests, test],
  );
}

export const renameTest = (document: FlowDocument, id: string, name: string) =>
  keeping(
    document,
    testsOf(document).map((test) => (test.id === id ? { ...test, name } : test)),
  );

export const removeTest = (document: FlowDocument, id: string) =>
  keeping(
    document,
    testsOf(document).filter((test) => test.id !== id),
  );
