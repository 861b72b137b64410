import { ScimError } from './ScimError.ts';

/** One comparison of RFC 7644, section 3.4.2.2: all that directories ask for. */
export interface ScimFilter {
  /** Lower case: names of attributes are not case-sensitive. */
  readonly attribute: string;
  readonly value: string;
}

const comparison =
  /^\s*([A-Za-z][\w.:$-]{0,200})\s+eq\s+"((?:[^"\\\p{Cc}]|\\["\\/bfnrt]|\\u[\da-fA-F]{4}){0,300})"\s*$/iu;

/** @throws ScimError invalidFilter for anything but `attribute eq "value"` on one of `known` (lower case) */
export function parseFilter(text: string, known: readonly string[]): ScimFilter {
  const [, attribute = '', quoted = ''] = comparison.exec(text) ?? [];
  // The URN before an attribute says which schema it is of; there is one for each resource here.
  const name = attribute.toLowerCase().replace(/^urn:ietf:params:scim:schemas:core:2\.0:(?:user|group):/, '');
  if (!known.includes(name)) throw new ScimError(400, 'invalidFilter');
  return { attribute: name, value: JSON.parse(`"${quoted}"`) as string };
}
