import type { RequestMoved } from "../../../contracts/legal/requests.ts";

/** How a request stands now, and nothing else of what the database answered. */
export const moved = ({ state, scopeVersion }: RequestMoved): RequestMoved => ({ state, scopeVersion });
