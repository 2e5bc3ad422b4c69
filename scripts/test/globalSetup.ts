import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { migrate } from "../../db/migrate.ts";
import type { ForEachRole } from "../../db/roles/loginRoles.ts";
import { setRolePasswords } from "../../db/roles/setRolePasswords.ts";
import { startCluster } from "../postgres/cluster.ts";
import { removeCluster } from "../postgres/removeCluster.ts";
import { makeRunDir, sweepRunDirs } from "./runDir.ts";

declare module "vitest" {
  interface ProvidedContext {
    cluster: {
      readonly adminUrl: string;
      readonly template: string;
      readonly passwords: ForEachRole<string>;
    };
  }
}

const TEMPLATE = "unseal_template";

/**
 * Starts one PostgreSQL for this run, on a port of its own, and migrates one database in it, which tests clone
 * (`db/test/database.ts`). Runs beside each other share nothing.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweepRunDirs();
  const dataDir = await makeRunDir("vitest");
  const cluster = await startCluster({ dataDir, passing: true });
  const stop = async () => {
    await cluster.stop();
    await removeCluster(dataDir);
  };
  try {
    const passwords = await prepareTemplate(cluster.adminUrl(), cluster.adminUrl(TEMPLATE));
    project.provide("cluster", { adminUrl: cluster.adminUrl(), template: TEMPLATE, passwords });
  } catch (cause) {
    await stop();
    throw cause;
  }
  return stop;
}

async function prepareTemplate(adminUrl: string, templateUrl: string): Promise<ForEachRole<string>> {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${TEMPLATE}`);
  const template = postgres(templateUrl, { max: 1, onnotice: () => {} });
  try {
    await migrate(template);
    return await setRolePasswords(template);
  } finally {
    // A database with a connection open cannot be cloned.
    await Promise.all([admin.end(), template.end()]);
  }
}
