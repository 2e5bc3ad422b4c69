import { z } from "zod";

/**
 * zod compiles its parsers with `new Function` where it can. The content security policy forbids that, and even the
 * attempt is reported, so it is told before the first schema is made. Import this before any contract.
 */
z.config({ jitless: true });
