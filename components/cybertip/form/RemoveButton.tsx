"use client";

import { useState } from "react";
import { Button } from "../../ui/Button.tsx";

/** Takes something out; what says something only at the second press. */
export function RemoveButton({
  name,
  asks,
  onRemove,
}: {
  name: string;
  asks: boolean;
  onRemove: () => void;
}) {
  const [sure, setSure] = useState(false);
  return (
    <Button
      look={sure ? "danger" : "quiet"}
      small
      onClick={() => (asks && !sure ? setSure(true) : onRemove())}
      onBlur={() => setSure(false)}
    >
      {sure ? "Take it out with what it says" : "Take out"}
      <span className="sr-only">: {name}</span>
    </Button>
  );
}
