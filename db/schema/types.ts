import { customType, timestamp } from "drizzle-orm/pg-core";

/** Bytes. */
export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/** A transaction id of 64 bits, as text: JavaScript's numbers end before it does. */
export const xid8 = customType<{ data: string; driverData: string }>({ dataType: () => "xid8" });

/** A span of time, as PostgreSQL writes it. */
export const interval = customType<{ data: string; driverData: string }>({ dataType: () => "interval" });

/** An instant. Milliseconds in JavaScript; the database keeps microseconds, and leaves of the log carry them. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
