-- Accounts and keys, sealed columns, the chain of the audit trail, attachments.

-- A person's private key lies here locked by the password; kdf says how the
-- password becomes its lock. Empty while the account is disabled. proof is a
-- MAC over who may do what: a row that something else wrote has none.
CREATE TABLE account (
  id           INTEGER PRIMARY KEY,
  login        TEXT NOT NULL UNIQUE CHECK (login <> ''),
  name         TEXT NOT NULL CHECK (name <> ''),
  role         TEXT NOT NULL CHECK (role IN ('管理员', '经办', '审核', '审计')),
  disabled_on  TEXT NOT NULL,
  must_change  INTEGER NOT NULL CHECK (must_change IN (0, 1)),
  failures     INTEGER NOT NULL,
  locked_until INTEGER NOT NULL, -- UTC seconds, 0 while not locked
  kdf          TEXT NOT NULL,
  locked       TEXT NOT NULL,
  recipient    TEXT NOT NULL,
  proof        TEXT NOT NULL,
  CHECK ((disabled_on = '') = (locked <> ''))
) STRICT;

-- The same for the printed recovery code.
CREATE TABLE recovery (
  id        INTEGER PRIMARY KEY CHECK (id = 1),
  made_at   INTEGER NOT NULL,
  kdf       TEXT NOT NULL,
  locked    TEXT NOT NULL,
  recipient TEXT NOT NULL,
  proof     TEXT NOT NULL
) STRICT;

-- Data keys, sealed to every account in use and to the recovery code. More
-- than one only while a key change goes on; then proof is a MAC by the key
-- before over the new one.
CREATE TABLE data_key (
  number  INTEGER PRIMARY KEY,
  made_at INTEGER NOT NULL,
  sealed  TEXT NOT NULL,
  proof   TEXT NOT NULL
) STRICT;

-- Files of the folder attachments, encrypted, named by the SHA-256 of what
-- lies on the disk.
CREATE TABLE attachment (
  id          INTEGER PRIMARY KEY,
  entity      TEXT NOT NULL,
  entity_id   INTEGER NOT NULL,
  file_name   TEXT NOT NULL, -- sealed
  size        INTEGER NOT NULL, -- of the plain file, bytes
  sum         TEXT NOT NULL UNIQUE,
  key_no      INTEGER NOT NULL,
  added_at    INTEGER NOT NULL,
  voided_on   TEXT NOT NULL,
  void_reason TEXT NOT NULL
) STRICT;
CREATE INDEX attachment_by_entity ON attachment (entity, entity_id);

-- A sealed value reads 'k<key number>.<base64>'; a mark is the keyed hash that
-- finds an equal value. What was stored before has key number 0: plain.
ALTER TABLE staff ADD COLUMN id_number_mark TEXT NOT NULL DEFAULT '';
ALTER TABLE staff ADD COLUMN phone_mark TEXT NOT NULL DEFAULT '';
CREATE INDEX staff_by_id_number ON staff (id_number_mark) WHERE id_number_mark <> '';
CREATE INDEX staff_by_phone ON staff (phone_mark) WHERE phone_mark <> '';
UPDATE staff SET id_number = 'k0.' || id_number WHERE id_number <> '';
UPDATE staff SET phone = 'k0.' || phone WHERE phone <> '';
UPDATE hospital SET integrity_no = 'k0.' || integrity_no WHERE integrity_no <> '';

-- Each line bears the hash of the line before and itself. A line that has its
-- hash is never changed; those of the first schema get theirs once.
DROP TRIGGER audit_keeps_lines;
ALTER TABLE audit ADD COLUMN hash TEXT NOT NULL DEFAULT '';
CREATE TRIGGER audit_keeps_lines BEFORE UPDATE ON audit WHEN OLD.hash <> ''
  BEGIN SELECT RAISE(ABORT, 'audit lines are never changed'); END;
CREATE INDEX audit_by_time ON audit (at);

-- The end of the trail, so that a cut-off end is noticed; seal is a MAC over
-- line sealed_no and its hash, renewed by whoever is signed in.
CREATE TABLE audit_head (
  id        INTEGER PRIMARY KEY CHECK (id = 1),
  last_no   INTEGER NOT NULL,
  hash      TEXT NOT NULL,
  sealed_no INTEGER NOT NULL,
  seal      TEXT NOT NULL
) STRICT;
INSERT INTO audit_head VALUES (1, 0, '', 0, '');
