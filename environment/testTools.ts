/** What the test command takes from a developer's environment. */
export function testTools(): { readonly chromePath: string | undefined; readonly searchPath: string } {
  return { chromePath: process.env.CHROME_PATH || undefined, searchPath: process.env.PATH ?? "" };
}
