-- The first schema: profile, people, campaigns, commitment letters, audit.
-- Dates are YYYY-MM-DD text ('' when unknown), instants UTC seconds.

CREATE TABLE setting (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE hospital (
  id                INTEGER PRIMARY KEY CHECK (id = 1),
  name              TEXT NOT NULL CHECK (name <> ''),
  credit_code       TEXT NOT NULL,
  office            TEXT NOT NULL,
  report_phone      TEXT NOT NULL,
  report_address    TEXT NOT NULL,
  mailbox           TEXT NOT NULL,
  reception_hours   TEXT NOT NULL,
  integrity_account TEXT NOT NULL,
  integrity_bank    TEXT NOT NULL,
  integrity_no      TEXT NOT NULL,
  bureau            TEXT NOT NULL,
  handover_limit    INTEGER NOT NULL,
  handover_unit     TEXT NOT NULL
) STRICT;

CREATE TABLE department (
  id            INTEGER PRIMARY KEY,
  name          TEXT NOT NULL UNIQUE CHECK (name <> ''),
  kind          TEXT NOT NULL,
  head_id       INTEGER REFERENCES staff (id),
  nurse_head_id INTEGER REFERENCES staff (id),
  leader        TEXT NOT NULL,
  sort_order    INTEGER NOT NULL,
  closed_on     TEXT NOT NULL,
  initials      TEXT NOT NULL
) STRICT;

-- Other names that rosters use for a department, answered once by the office.
CREATE TABLE department_alias (
  alias         TEXT PRIMARY KEY,
  department_id INTEGER NOT NULL REFERENCES department (id)
) STRICT;

CREATE TABLE party_branch (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE CHECK (name <> '')
) STRICT;

CREATE TABLE staff (
  id              INTEGER PRIMARY KEY,
  employee_no     TEXT NOT NULL UNIQUE CHECK (employee_no <> ''),
  name            TEXT NOT NULL CHECK (name <> ''),
  sex             TEXT NOT NULL,
  born_on         TEXT NOT NULL,
  id_number       TEXT NOT NULL,
  phone           TEXT NOT NULL,
  department_id   INTEGER NOT NULL REFERENCES department (id),
  branch_id       INTEGER REFERENCES party_branch (id),
  post            TEXT NOT NULL,
  title           TEXT NOT NULL,
  position        TEXT NOT NULL,
  political       TEXT NOT NULL,
  joined_on       TEXT NOT NULL,
  key_post_reason TEXT NOT NULL,
  grid_supervisor INTEGER NOT NULL CHECK (grid_supervisor IN (0, 1)),
  note            TEXT NOT NULL,
  left_on         TEXT NOT NULL,
  left_reason     TEXT NOT NULL,
  sort_key        TEXT NOT NULL, -- pinyin of the name
  initials        TEXT NOT NULL  -- ' zs zc': first letters in all readings
) STRICT;
CREATE INDEX staff_by_department ON staff (department_id, employee_no);
CREATE INDEX staff_by_name ON staff (sort_key, employee_no);

CREATE TABLE campaign (
  id          INTEGER PRIMARY KEY,
  template_id TEXT NOT NULL,
  title       TEXT NOT NULL UNIQUE CHECK (title <> ''),
  document_no TEXT NOT NULL,
  starts_on   TEXT NOT NULL,
  ends_on     TEXT NOT NULL CHECK (ends_on >= starts_on)
) STRICT;

-- The last running number given out for a form prefix in a year.
CREATE TABLE numbering (
  prefix TEXT NOT NULL,
  year   INTEGER NOT NULL,
  last   INTEGER NOT NULL,
  PRIMARY KEY (prefix, year)
) STRICT;

CREATE TABLE commitment (
  id            INTEGER PRIMARY KEY,
  campaign_id   INTEGER NOT NULL REFERENCES campaign (id),
  kind          TEXT NOT NULL CHECK (kind IN ('personal', 'department', 'supplier', 'works')),
  form_no       TEXT NOT NULL UNIQUE,
  staff_id      INTEGER REFERENCES staff (id),
  department_id INTEGER REFERENCES department (id),
  party_name    TEXT NOT NULL,
  party_code    TEXT NOT NULL,
  party_person  TEXT NOT NULL,
  state         TEXT NOT NULL CHECK (state IN ('未打印', '未交回', '已交回', '免签', '作废')),
  printed_on    TEXT NOT NULL,
  print_count   INTEGER NOT NULL,
  returned_on   TEXT NOT NULL,
  excuse_reason TEXT NOT NULL,
  excused_until TEXT NOT NULL,
  void_reason   TEXT NOT NULL,
  voided_on     TEXT NOT NULL,
  CHECK ((kind = 'personal') = (staff_id IS NOT NULL)),
  CHECK ((kind = 'department') = (department_id IS NOT NULL)),
  CHECK ((state = '已交回') = (returned_on <> ''))
) STRICT;
CREATE INDEX commitment_by_state ON commitment (campaign_id, kind, state);
-- One letter in force for each signer and campaign.
CREATE UNIQUE INDEX commitment_one_per_person ON commitment (campaign_id, staff_id)
  WHERE staff_id IS NOT NULL AND state <> '作废';
CREATE UNIQUE INDEX commitment_one_per_department ON commitment (campaign_id, department_id)
  WHERE department_id IS NOT NULL AND state <> '作废';

CREATE TABLE audit (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  at        INTEGER NOT NULL,
  actor     TEXT NOT NULL,
  action    TEXT NOT NULL,
  entity    TEXT NOT NULL,
  entity_id INTEGER NOT NULL,
  label     TEXT NOT NULL,
  before    TEXT NOT NULL,
  after     TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_entity ON audit (entity, entity_id);
CREATE TRIGGER audit_keeps_lines BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'audit lines are never changed'); END;
CREATE TRIGGER audit_loses_nothing BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'audit lines are never removed'); END;
