/** Fields of a contact as the bits of a group's masks, and the words for them. */
export const MASKS = [
  { bit: 1, word: 'phone' },
  { bit: 2, word: 'email' },
  { bit: 4, word: 'document' },
  { bit: 8, word: 'birth' },
  { bit: 16, word: 'address' },
] as const;
