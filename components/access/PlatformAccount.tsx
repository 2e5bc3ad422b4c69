import type { WatchList } from "../../contracts/watchList.ts";

export type PlatformAccountValue = { platformId: string; accountId: string };

type Props = {
  platforms: WatchList["platforms"];
  value: PlatformAccountValue;
  onChange: (value: PlatformAccountValue) => void;
};

/** An account as a platform knows it: which platform, and the id that the account has there. */
export function PlatformAccount({ platforms, value, onChange }: Props) {
  return (
    <>
      <label className="grid gap-1">
        <span className="heading">Platform</span>
        <select
          required
          className="field"
          value={value.platformId}
          onChange={(event) => onChange({ ...value, platformId: event.target.value })}
        >
          {platforms.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className="grid gap-1">
        <span className="heading">Account: the platform’s own id</span>
        <input
          required
          maxLength={256}
          autoComplete="off"
          spellCheck={false}
          className="field font-mono"
          value={value.accountId}
          onChange={(event) => onChange({ ...value, accountId: event.target.value })}
        />
      </label>
    </>
  );
}
