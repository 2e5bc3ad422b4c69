/**
 * Makes this process the one that the settings describe, before anything has read them: for benchmarks, samples and the
 * demo, which run the product's own code against a database that they have just made.
 */
export function assumeSettings(values: Readonly<Record<string, string>>): void {
  Object.assign(process.env, values);
}
