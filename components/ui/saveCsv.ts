/** Figures as a file, made on this page: they are on it already, so nothing more leaves. */
export function saveCsv(name: string, lines: string[]): void {
  const url = URL.createObjectURL(new Blob(lines, { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `unseal-${name}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
