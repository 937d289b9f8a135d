/** A JSON Schema validator for the part of draft 2020-12 that `docs/wish.schema.json` uses. */

const TYPES = {
  object: (value) => value !== null && typeof value === 'object' && !Array.isArray(value),
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  integer: Number.isInteger,
  number: (value) => typeof value === 'number',
  null: (value) => value === null,
};

/** The errors, each with its path; empty for a valid value. */
export function faults(schema, value, at = '') {
  const wrong = [];
  const check = (ok, what) => { if (!ok) wrong.push(`${at || 'the whole'}: ${what}`); };
  if (schema.anyOf && !schema.anyOf.some((one) => faults(one, value, at).length === 0)) {
    wrong.push(...faults(schema.anyOf[0], value, at));
  }
  if (schema.type) check(TYPES[schema.type](value), `is no ${schema.type}`);
  if (schema.enum) check(schema.enum.includes(value), `${value} is none of ${schema.enum}`);
  if (schema.pattern) check(new RegExp(schema.pattern).test(value), `${value} is not like ${schema.pattern}`);
  if (schema.minimum !== undefined) check(value >= schema.minimum, 'is too small');
  if (schema.maximum !== undefined) check(value <= schema.maximum, 'is too large');
  if (schema.maxLength !== undefined) check([...value].length <= schema.maxLength, 'is too long');
  if (schema.maxItems !== undefined) check(value.length <= schema.maxItems, 'has too many entries');
  if (TYPES.array(value)) value.forEach((entry, nth) => wrong.push(...faults(schema.prefixItems?.[nth] ?? schema.items ?? {}, entry, `${at}[${nth}]`)));
  if (TYPES.object(value)) wrong.push(...objectFaults(schema, value, at));
  return wrong;
}

function objectFaults(schema, value, at) {
  const known = schema.properties ?? {};
  const wrong = (schema.required ?? []).filter((key) => !(key in value)).map((key) => `${at}.${key} is missing`);
  if (schema.maxProperties !== undefined && Object.keys(value).length > schema.maxProperties) wrong.push(`${at} has too many fields`);
  for (const [key, part] of Object.entries(value)) {
    if (known[key]) wrong.push(...faults(known[key], part, `${at}.${key}`));
    else if (schema.additionalProperties === false) wrong.push(`${at}.${key} is unknown`);
  }
  return wrong;
}
