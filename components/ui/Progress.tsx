type Props = {
  /** What is under way; or `labelledBy` where it is said beside it. */
  label?: string;
  labelledBy?: string;
  done: number;
  /** Null where nobody knows how much there is. */
  total: number | null;
};

/** How far something has come. Words beside it say the same in numbers. */
export function Progress({ label, labelledBy, done, total }: Props) {
  const most = Math.max(1, total ?? 1);
  return (
    <progress
      aria-label={label}
      aria-labelledby={labelledBy}
      className="progress"
      {...(total === null ? {} : { max: most, value: Math.min(done, most) })}
    />
  );
}
