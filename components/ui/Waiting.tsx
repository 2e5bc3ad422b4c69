/** Grey lines where rows will be. They stand still; the words are for screen readers. */
export function Waiting({ label, lines = 6 }: { label: string; lines?: number }) {
  return (
    <div role="status" data-waiting className="grid gap-2 p-4">
      <span className="sr-only">{label}</span>
      {Array.from({ length: lines }, (_, line) => line).map((line) => (
        <div key={line} aria-hidden className="h-5 rounded-sm bg-sunken" />
      ))}
    </div>
  );
}
