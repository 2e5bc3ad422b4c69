import type { OcsfClass } from "./mapping.ts";

interface ClassFacts {
  readonly uid: number;
  readonly name: string;
  readonly category: number;
  readonly categoryName: string;
  readonly activities: Readonly<Record<number, string>>;
}

const IAM = { category: 3, categoryName: "Identity & Access Management" } as const;

/** The classes of OCSF 1.8.0 that events become, with the captions of their activities (schema.ocsf.io/1.8.0). */
export const OCSF_CLASSES: Readonly<Record<OcsfClass, ClassFacts>> = {
  account_change: {
    ...IAM,
    uid: 3001,
    name: "Account Change",
    activities: { 1: "Create", 4: "Password Reset", 5: "Disable" },
  },
  authentication: { ...IAM, uid: 3002, name: "Authentication", activities: { 1: "Logon", 2: "Logoff" } },
  entity_management: {
    ...IAM,
    uid: 3004,
    name: "Entity Management",
    activities: { 1: "Create", 2: "Read", 3: "Update", 4: "Delete", 9: "Disable", 10: "Activate" },
  },
  user_access: {
    ...IAM,
    uid: 3005,
    name: "User Access Management",
    activities: { 1: "Assign Privileges", 2: "Revoke Privileges" },
  },
  api_activity: {
    uid: 6003,
    name: "API Activity",
    category: 6,
    categoryName: "Application Activity",
    activities: { 1: "Create", 2: "Read", 3: "Update", 4: "Delete" },
  },
};

export const SEVERITIES = { 1: "Informational", 2: "Low", 3: "Medium", 4: "High" } as const;
