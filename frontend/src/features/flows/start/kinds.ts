/** "department" of "department:1". */
export const kindOf = ({ ref }: { ref: string }) => ref.split(':')[0] ?? '';

/** What an import may make here for those who may, and what they need for each. */
const MAKERS = { tag: 'tags.create', department: 'departments.manage' } as const;

/** Which words say what this person would make: both, one of them, or nothing. */
export function whatOneMakes(can: (permission: string) => boolean) {
  const tags = can(MAKERS.tag);
  const departments = can(MAKERS.department);
  if (tags && departments) return 'import.creates';
  if (tags) return 'import.creates_tags';
  return departments ? 'import.creates_departments' : undefined;
}
