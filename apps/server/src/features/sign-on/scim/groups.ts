import { randomUUID } from 'node:crypto';
import type { AccountId } from '@conclave/protocol';
import * as z from 'zod';
import {
  addMembers,
  countGroups,
  deleteGroup,
  findGroup,
  insertGroup,
  isNameTaken,
  listMembers,
  managedOf,
  removeMembers,
  type ScimGroupRow,
  searchGroups,
  updateGroup,
} from '../../../storage/repositories/signOn/scimGroups.ts';
import type { SignOnPorts } from '../ports.ts';
import { parseFilter } from './filter.ts';
import type { GroupChange } from './patchGroup.ts';
import { ScimError } from './ScimError.ts';
import { SCIM_LIMITS, type ScimGroupInput } from './schemas.ts';
import { followGroups } from './users.ts';

/** @throws ScimError invalidFilter */
export async function findGroups(
  ports: SignOnPorts,
  filter: string | undefined,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ groups: ScimGroupRow[]; total: number }> {
  if (filter === undefined) return searchGroups(ports.db, {}, page);
  const { attribute, value } = parseFilter(filter, ['displayname', 'externalid', 'id']);
  if (attribute === 'displayname') return searchGroups(ports.db, { name: value }, page);
  if (attribute === 'externalid') return searchGroups(ports.db, { externalId: value }, page);
  return z.uuid().safeParse(value).success
    ? searchGroups(ports.db, { id: value }, page)
    : { groups: [], total: 0 };
}

/** @throws ScimError 404 */
export async function getGroup(ports: SignOnPorts, id: string): Promise<ScimGroupRow> {
  const group = z.uuid().safeParse(id).success ? await findGroup(ports.db, id) : null;
  if (group === null) throw new ScimError(404);
  return group;
}

/** @throws ScimError uniqueness, tooMany */
export async function createGroup(ports: SignOnPorts, input: ScimGroupInput): Promise<ScimGroupRow> {
  if ((await countGroups(ports.db)) >= SCIM_LIMITS.groups) throw new ScimError(400, 'tooMany');
  const now = new Date(ports.clock());
  const row = {
    id: randomUUID(),
    display_name: input.displayName,
    external_id: input.externalId ?? null,
    created_at: now,
    changed_at: now,
  };
  if (!(await insertGroup(ports.db, row))) throw new ScimError(409, 'uniqueness');
  await changeGroup(ports, row, membersIn(input));
  ports.emit({ event: 'scim.group_changed', groupId: row.id, what: 'created' });
  return row;
}

/** @throws ScimError uniqueness, tooMany */
export async function replaceGroup(
  ports: SignOnPorts,
  group: ScimGroupRow,
  input: ScimGroupInput,
): Promise<ScimGroupRow> {
  const changes: GroupChange[] = [
    { do: 'rename', displayName: input.displayName },
    { do: 'external-id', externalId: input.externalId ?? null },
    ...membersIn(input),
  ];
  return changeGroup(ports, group, changes);
}

function membersIn({ members }: ScimGroupInput): GroupChange[] {
  if (members === undefined || members === null) return [];
  return [{ do: 'replace', members: members.map(({ value }) => value.toLowerCase()) }];
}

/** Does the changes in their order; then everybody who came or went gets the role of the groups they are in. */
export async function changeGroup(
  ports: SignOnPorts,
  group: ScimGroupRow,
  changes: readonly GroupChange[],
): Promise<ScimGroupRow> {
  const touched = new Set<AccountId>();
  for (const change of changes) for (const id of await apply(ports, group.id, change)) touched.add(id);
  for (const id of touched) await followGroups(ports, id);
  return getGroup(ports, group.id);
}

/** @returns those whose groups have changed */
async function apply(ports: SignOnPorts, id: string, change: GroupChange): Promise<readonly AccountId[]> {
  const { db } = ports;
  const changed_at = new Date(ports.clock());
  if (change.do === 'rename') {
    if (await isNameTaken(db, change.displayName, id)) throw new ScimError(409, 'uniqueness');
    await updateGroup(db, id, { display_name: change.displayName, changed_at });
    return listMembers(db, id);
  }
  if (change.do === 'external-id') {
    await updateGroup(db, id, { external_id: change.externalId, changed_at });
    return [];
  }
  const before = await listMembers(db, id);
  // Owners, and accounts that the directory does not manage, are left out without a word (RFC 7644, section 3.3).
  const named = await managedOf(db, change.members);
  const gone = change.do === 'replace' ? before.filter((member) => !named.includes(member)) : [];
  if (change.do === 'remove') await removeMembers(db, id, named);
  else {
    if (new Set([...before, ...named]).size - gone.length > SCIM_LIMITS.members)
      throw new ScimError(400, 'tooMany');
    await removeMembers(db, id, gone);
    await addMembers(db, id, named);
  }
  await updateGroup(db, id, { changed_at });
  return [...named, ...gone];
}

export async function removeGroup(ports: SignOnPorts, group: ScimGroupRow): Promise<void> {
  const members = await listMembers(ports.db, group.id);
  await deleteGroup(ports.db, group.id);
  for (const id of members) await followGroups(ports, id);
  ports.emit({ event: 'scim.group_changed', groupId: group.id, what: 'deleted' });
}
