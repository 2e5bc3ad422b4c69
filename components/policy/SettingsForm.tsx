import { type PolicySettings, policySettings } from "../../contracts/accessPolicy.ts";
import { SETTING_WORDS } from "../access/words.ts";

type Props = { settings: PolicySettings; onChange: (settings: PolicySettings) => void };

/** Numbers that hold for the whole policy. Their bounds come from the contract that the server checks them by. */
export function SettingsForm({ settings, onChange }: Props) {
  return (
    <section aria-label="Settings" className="grid gap-2 px-4">
      <h3 className="heading">Settings</h3>
      <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {(Object.keys(SETTING_WORDS) as (keyof PolicySettings)[]).map((setting) => {
          const { name, says } = SETTING_WORDS[setting];
          const value = settings[setting];
          const shape = policySettings.shape[setting];
          const bounds = "minValue" in shape ? { min: shape.minValue ?? 0, max: shape.maxValue ?? 0 } : {};
          return (
            <label key={setting} className="grid content-start gap-1">
              <span className="heading">{name}</span>
              <input
                required
                type={typeof value === "number" ? "number" : "text"}
                {...bounds}
                autoComplete="off"
                spellCheck={false}
                value={value}
                onChange={(event) =>
                  onChange({
                    ...settings,
                    [setting]:
                      typeof value === "number" ? event.target.valueAsNumber || 0 : event.target.value,
                  })
                }
                className="field font-mono"
              />
              <span className="text-muted">{says}</span>
            </label>
          );
        })}
      </div>
    </section>
  );
}
