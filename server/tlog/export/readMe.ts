/** Goes with every exported log. */
export const READ_ME = `An exported audit log.

checkpoint           the signed root (c2sp.org/tlog-checkpoint), with the signatures of witnesses if there are any
vkeys                public keys that this log was signed with, as the log itself says: check them against what you were
                     given by another way
tile/<L>/...         hashes (c2sp.org/tlog-tiles)
tile/entries/...     the leaves: canonical JSON (RFC 8785), each prefixed with its length in two bytes
payload/...          for each leaf, the values it holds only commitments to: SHA-256(salt bytes followed by the text), in
                     hexadecimal, under reasonCommitment, detailCommitment, ipCommitment and (from version 2
                     of a leaf on) userAgentCommitment
payload/unlogged.ndjson   present only if there are events without a leaf: there should be none
timestamps/...       RFC 3161 tokens over the checkpoint beside them:
                     openssl ts -verify -token_in -in N.name.tst -data N.checkpoint -CAfile ca.pem

With Unseal, offline and without a database:
  unseal log verify THIS-FOLDER --vkey KEY [--since AN-OLDER-CHECKPOINT]
With other software: any client of tlog-tiles (for instance that of github.com/transparency-dev/tessera) reads this folder
served by any static web server. A leaf hash is SHA-256(0x00 followed by the entry), a node is SHA-256(0x01 followed by left
and right) (RFC 6962 section 2.1); the checkpoint is a signed note (c2sp.org/signed-note, Ed25519).
`;
