import { type core, toJSONSchema } from 'zod/mini';

type JsonSchema = Record<string, unknown>;

/** A schema as people read types: `{ name: string 1..64, on: boolean }`. What a sender may write, before transforms. */
export function notation(schema: core.$ZodType): string {
  return describe(toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema);
}

function describe(schema: JsonSchema): string {
  if ('const' in schema) return JSON.stringify(schema['const']);
  const options = schema['enum'];
  if (Array.isArray(options)) {
    return options.length > 8
      ? 'string (see the tables)'
      : options.map((one) => JSON.stringify(one)).join(' | ');
  }
  const union = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(union)) return union.map((one) => describe(one as JsonSchema)).join(' | ');
  const all = schema['allOf'];
  if (Array.isArray(all)) return all.map((one) => describe(one as JsonSchema)).join(' & ');
  const types = schema['type'];
  if (Array.isArray(types)) return types.join(' | ');
  switch (types) {
    case 'object':
      return describeObject(schema);
    case 'array':
      return `[${describe((schema['items'] ?? {}) as JsonSchema)}${bounds(schema, 'minItems', 'maxItems')}]`;
    case 'string':
      return `${schema['format'] ?? 'string'}${bounds(schema, 'minLength', 'maxLength')}`;
    case 'integer':
      return `int${bounds(schema, 'minimum', 'maximum')}`;
    default:
      return typeof types === 'string' ? types : 'any';
  }
}

function describeObject(schema: JsonSchema): string {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>);
  const required = new Set(schema['required'] as string[] | undefined);
  const fields = properties.map(
    ([name, value]) => `${name}${required.has(name) ? '' : '?'}: ${describe(value)}`,
  );
  return fields.length === 0 ? '{ }' : `{ ${fields.join(', ')} }`;
}

function bounds(schema: JsonSchema, low: string, high: string): string {
  const from = schema[low];
  const to = schema[high];
  const tooLarge = to === undefined || Number(to) >= 2 ** 31 - 1;
  if (from === undefined && tooLarge) return '';
  const start = from === undefined || Number(from) < -(2 ** 31) ? '' : from;
  return start === '' && tooLarge ? '' : ` ${start}..${tooLarge ? '' : to}`;
}
