/** The messages of the fields that are required and hold nothing but blanks. */
export const missingIn = <Name extends string>(
  values: Record<Name, string>,
  required: Partial<Record<Name, string>>,
): Partial<Record<Name, string>> => {
  const found = { ...required }
  for (const name in found) if (values[name].trim() !== '') delete found[name]
  return found
}
