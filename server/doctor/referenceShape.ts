import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { migrate } from "../../db/migrate.ts";
import { type Shape, shapeOf } from "./shapeOf.ts";

/**
 * The shape that this version of the product gives a database: read off an empty one that is made beside the real one,
 * migrated, and dropped again.
 *
 * @param adminUrl of a role that may create databases
 * @throws when no database can be made there
 */
export async function referenceShape(adminUrl: string): Promise<Shape> {
  const name = `unseal_doctor_${randomBytes(6).toString("hex")}`;
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    await admin.unsafe(`create database ${name} template template0`);
    try {
      const url = new URL(adminUrl);
      url.pathname = `/${name}`;
      const fresh = postgres(url.toString(), { max: 1, onnotice: () => {} });
      try {
        await migrate(fresh);
        return await shapeOf(fresh);
      } finally {
        await fresh.end();
      }
    } finally {
      await admin.unsafe(`drop database if exists ${name} with (force)`);
    }
  } finally {
    await admin.end();
  }
}
