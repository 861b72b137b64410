import { ScimError } from './ScimError.ts';
import { GROUP, type PatchOperation, ScimGroupInput, ScimMember, ScimMembers } from './schemas.ts';

/** What PATCH does to a group, in its order. */
export type GroupChange =
  | { readonly do: 'rename'; readonly displayName: string }
  | { readonly do: 'external-id'; readonly externalId: string | null }
  | { readonly do: 'add' | 'remove' | 'replace'; readonly members: readonly string[] };

const oneMember = /^members\[\s*value\s+eq\s+"([^"\\]{1,100})"\s*\]$/i;

/**
 * PATCH of a group (RFC 7644, section 3.5.2) in the forms that Microsoft Entra ID and Okta send: `members` with a list, one member or
 * `members[value eq "…"]`; without a path, with an object.
 * @throws ScimError invalidPath, invalidValue, noTarget
 */
export function readGroupChanges(operations: readonly PatchOperation[]): GroupChange[] {
  return operations.flatMap(({ op, path, value }): GroupChange[] => {
    if (path === undefined || path === null || path === '') return withoutPath(op, value);
    const name = path.toLowerCase().startsWith(`${GROUP.toLowerCase()}:`)
      ? path.slice(GROUP.length + 1)
      : path;
    const one = oneMember.exec(name)?.[1];
    if (one !== undefined) {
      if (op !== 'remove') throw new ScimError(400, 'invalidPath');
      return [{ do: 'remove', members: membersOf([{ value: one }]) }];
    }
    return change(op, name, value);
  });
}

function withoutPath(op: PatchOperation['op'], value: unknown): GroupChange[] {
  if (op === 'remove') throw new ScimError(400, 'noTarget');
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ScimError(400, 'invalidValue');
  return Object.entries(value).flatMap(([name, inner]) => (name === 'id' ? [] : change(op, name, inner)));
}

function change(op: PatchOperation['op'], name: string, value: unknown): GroupChange[] {
  switch (name.toLowerCase()) {
    case 'members':
      // Without a value: all of them.
      if (op === 'remove' && (value === undefined || value === null)) return [{ do: 'replace', members: [] }];
      return [{ do: op, members: membersOf(value) }];
    case 'displayname': {
      const displayName = ScimGroupInput.shape.displayName.safeParse(value);
      if (!displayName.success || op === 'remove') throw new ScimError(400, 'invalidValue');
      return [{ do: 'rename', displayName: displayName.data }];
    }
    case 'externalid': {
      const externalId = ScimGroupInput.shape.externalId.safeParse(op === 'remove' ? null : value);
      if (!externalId.success) throw new ScimError(400, 'invalidValue');
      return [{ do: 'external-id', externalId: externalId.data ?? null }];
    }
    case 'schemas':
      return [];
    default:
      throw new ScimError(400, 'invalidPath');
  }
}

function membersOf(value: unknown): string[] {
  const one = ScimMember.safeParse(value);
  if (one.success) return [one.data.value.toLowerCase()];
  const members = ScimMembers.safeParse(value);
  if (!members.success) throw new ScimError(400, 'invalidValue');
  return members.data.map((member) => member.value.toLowerCase());
}
