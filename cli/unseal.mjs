#!/usr/bin/env node
// The `unseal` command as a package installs it. Node 20 will do here: bootstrap hands over to Node 24.
process.argv.splice(2, 0, "unseal");
await import("../scripts/bootstrap.mjs");
