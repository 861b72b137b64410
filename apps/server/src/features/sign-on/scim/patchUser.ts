import * as z from 'zod';
import { ScimError } from './ScimError.ts';
import { type PatchOperation, ScimUserInput, USER } from './schemas.ts';

/** A User while it is being changed: what stands in it is checked at the end. */
type Draft = Readonly<Record<string, unknown>>;

/** Attributes of a User that PATCH changes here: what each puts in the place of which. All others are taken and not kept. */
const PATHS: Readonly<Record<string, (user: Draft, value: unknown) => Draft>> = {
  username: (user, userName) => ({ ...user, userName }),
  externalid: (user, externalId) => ({ ...user, externalId }),
  displayname: (user, displayName) => ({ ...user, displayName }),
  active: (user, active) => ({ ...user, active: active ?? false }),
  name: (user, name) => ({
    ...user,
    name: name === null ? null : { ...attributes(user['name']), ...attributes(name) },
  }),
  'name.formatted': (user, formatted) => ({ ...user, name: { ...attributes(user['name']), formatted } }),
  'name.givenname': (user, givenName) => ({ ...user, name: { ...attributes(user['name']), givenName } }),
  'name.familyname': (user, familyName) => ({ ...user, name: { ...attributes(user['name']), familyName } }),
};

/** @throws ScimError invalidValue */
function attributes(value: unknown): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {};
  const read = z.record(z.string().max(300), z.unknown()).safeParse(value);
  if (!read.success) throw new ScimError(400, 'invalidValue');
  return read.data;
}

/**
 * A User after PATCH (RFC 7644, section 3.5.2), in the forms that Microsoft Entra ID and Okta send: with a path; without one, with an
 * object of attributes as the value; with dotted names as the keys of that object.
 * @throws ScimError invalidPath, invalidValue, mutability
 */
export function patchUser(user: ScimUserInput, operations: readonly PatchOperation[]): ScimUserInput {
  let draft: Draft = { ...user };
  for (const { op, path, value } of operations) {
    if (path === undefined || path === null || path === '') {
      if (op === 'remove') throw new ScimError(400, 'noTarget');
      if (value === undefined || value === null) throw new ScimError(400, 'invalidValue');
      for (const [name, inner] of Object.entries(attributes(value))) draft = withValue(draft, name, inner);
    } else draft = withValue(draft, path, op === 'remove' ? null : value);
  }
  const result = ScimUserInput.safeParse(draft);
  if (!result.success) throw new ScimError(400, 'invalidValue');
  return result.data;
}

function withValue(draft: Draft, path: string, value: unknown): Draft {
  const name = path.toLowerCase().startsWith(`${USER.toLowerCase()}:`) ? path.slice(USER.length + 1) : path;
  const key = name.toLowerCase();
  if (key === 'id') throw new ScimError(400, 'mutability');
  const write = Object.hasOwn(PATHS, key) ? PATHS[key] : undefined;
  // Attributes that are not kept (addresses, departments, extensions) change nothing; `emails` follow the user name.
  if (write === undefined && !/^[a-z$][\w$.:\-[\]" ]*$/i.test(name)) throw new ScimError(400, 'invalidPath');
  return write?.(draft, value) ?? draft;
}
