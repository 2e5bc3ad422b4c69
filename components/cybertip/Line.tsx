type Props = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  help: string;
  error: string | undefined;
  required?: boolean;
};

/** One line that somebody writes. */
export function Line({ label, value, onChange, help, error, required = false }: Props) {
  return (
    <label className="grid gap-1">
      <span className="heading">{label}</span>
      <input
        className="field"
        required={required}
        maxLength={200}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={error ? true : undefined}
      />
      <span className={error ? "text-danger" : "text-muted"}>{error ?? help}</span>
    </label>
  );
}
